import MarkdownIt from 'markdown-it';
import { safeLink } from '../../kernel/links.js';

const MAX_CHARACTERS = 40_000;
const MAX_NESTING = 20;

/**
 * CommonMark with tables, without raw HTML, images and reference links: headings stand below the page's own, links pass
 * `safeLink` ([X2], [X5]), and no element has an attribute besides `href`, `title`, `rel` and a list's `start`.
 */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: MAX_NESTING }).disable([
  'image',
  'html_block',
  'html_inline',
  'reference',
]);

markdown.validateLink = (link: string) => safeLink(link) !== undefined;
markdown.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  const token = tokens[index]!;
  // `[x]()` becomes a link without asking validateLink.
  const href = safeLink(String(token.attrGet('href')));
  token.attrs =
    href === undefined
      ? []
      : [['href', href], ['rel', 'nofollow noopener'], ...(token.attrs ?? []).filter(([name]) => name === 'title')];
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules['fence'] = (tokens, index) =>
  `<pre><code>${markdown.utils.escapeHtml(tokens[index]!.content)}</code></pre>\n`;
markdown.core.ruler.push('house_style', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = `h${Math.min(6, Number(token.tag.slice(1)) + 2)}`;
    // Aligned columns would carry a style attribute, which the content policy forbids.
    if (token.type === 'th_open' || token.type === 'td_open') token.attrs = null;
  }
});

/**
 * HTML of a text that staff wrote, the same bytes for the same text. Only the first 40,000 UTF-16 units count and lists or
 * quotes deeper than 20 levels stay text, so that a page stays quick.
 */
export function renderMarkdown(text: string): string {
  return markdown.render(text.slice(0, MAX_CHARACTERS).replace(/[\ud800-\udbff]$/, ''));
}
