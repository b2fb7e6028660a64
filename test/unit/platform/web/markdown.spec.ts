import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { renderMarkdown } from '../../../../src/platform/web/markdown.js';
import { hostile, hostileValue } from '../../../support/hostile.js';

const VOID = new Set(['br', 'hr']);
const ELEMENTS = new Set([
  ...VOID,
  ...'p h3 h4 h5 h6 ul ol li blockquote pre code em strong s a table thead tbody tr th td'.split(' '),
]);
const LINK = /^ href="(?:https?:\/\/|mailto:)[^"<>\s]+" rel="nofollow noopener"(?: title="[^"<>]*")?$/;
const ENTITY = /^&(?:amp|lt|gt|quot|#39);/;

/** Reads the output as a strict parser would and throws at whatever is not on the list; gives back the elements it saw. */
function readStrictly(html: string): string[] {
  const open: string[] = [];
  const seen: string[] = [];
  const tag = /<(\/?)([a-z0-9]+)((?: [^<>]*?)?)>|[<>]/g;
  for (const [whole, end, name, attributes] of html.matchAll(tag)) {
    if (name === undefined || !ELEMENTS.has(name)) throw new Error(`not on the list: ${whole}`);
    if (end) {
      if (open.pop() !== name) throw new Error(`closes something else: ${whole}`);
      continue;
    }
    const allowed =
      attributes === '' || (name === 'a' ? LINK.test(attributes!) : name === 'ol' && / start="\d+"/.test(attributes!));
    if (!allowed) throw new Error(`attributes: ${whole}`);
    seen.push(name);
    if (!VOID.has(name)) open.push(name);
  }
  if (open.length > 0) throw new Error(`left open: ${open.join(' ')}`);
  for (let at = html.indexOf('&'); at >= 0; at = html.indexOf('&', at + 1)) {
    if (!ENTITY.test(html.slice(at, at + 10))) throw new Error(`bare ampersand: ${html.slice(at, at + 20)}`);
  }
  return seen;
}

describe('Markdown', () => {
  it.each(hostile())('[X5] writes nothing but listed elements for $id', ({ value }) => {
    const everywhere = renderMarkdown(
      `# ${value}\n\n| ${value} |\n|:-:|\n| ${value} |\n\n- [x](${value})\n\n\`\`\`${value}\n${value}`,
    );
    expect([renderMarkdown(value), everywhere].flatMap(readStrictly)).not.toContain('img');
  });

  it('[X5] writes nothing but listed elements for any text', () => {
    const pieces = fc.constantFrom(
      ...[
        '[',
        ']',
        '(',
        ')',
        '<',
        '>',
        '"',
        "'",
        '`',
        '*',
        '_',
        '~~',
        '#',
        '- ',
        '1. ',
        '> ',
        '|',
        '|:-:|',
        '\n',
        '    ',
        '&',
        '&#x41;',
        '\\',
        '!',
        'https://a.example',
        'mailto:',
        'javascript:',
        'x',
        '\u0000',
        '\t',
      ],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        expect(readStrictly(renderMarkdown(parts.join('')))).not.toContain('img');
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    'markdown-05',
    'markdown-06',
    'markdown-07',
    'markdown-08',
    'markdown-10',
    'markdown-12',
    'markdown-13',
    'url-01',
    'url-05',
  ])('[X5] makes no link of %s', (id) => {
    const html = renderMarkdown(hostileValue(id).startsWith('j') ? `[x](<${hostileValue(id)}>)` : hostileValue(id));
    expect(readStrictly(html).filter((name) => name !== 'p')).toEqual([]);
  });

  it('[X5] makes of an image a link at most', () => {
    expect(renderMarkdown(hostileValue('markdown-09'))).toBe(
      '<p>!<a href="https://evil.example/pixel.gif" rel="nofollow noopener">pixel</a></p>\n',
    );
  });

  it('[X5] marks links as foreign and keeps a quote inside the address', () => {
    expect(renderMarkdown('[programme](https://library.example/p "The \\"day\\"")')).toBe(
      '<p><a href="https://library.example/p" rel="nofollow noopener" title="The &quot;day&quot;">programme</a></p>\n',
    );
    expect(renderMarkdown(hostileValue('markdown-11'))).not.toMatch(/<a [^>]*onmouseover="/);
    expect(renderMarkdown('[x]()')).toBe('<p><a>x</a></p>\n');
    expect(renderMarkdown('[mail](mailto:a@library.example) <https://b.example/>')).toBe(
      '<p><a href="mailto:a@library.example" rel="nofollow noopener">mail</a> <a href="https://b.example/" rel="nofollow noopener">https://b.example/</a></p>\n',
    );
  });

  it('[X5] puts headings below those of the page and drops what would need a style', () => {
    expect(renderMarkdown('# a\n\n###### b\n\n|c|\n|:-:|\n|d|')).toBe(
      '<h3>a</h3>\n<h6>b</h6>\n<table>\n<thead>\n<tr>\n<th>c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>d</td>\n</tr>\n</tbody>\n</table>\n',
    );
  });

  it('[X5] caps nesting and size, and never cuts a character in half', () => {
    const depth = readStrictly(renderMarkdown(hostileValue('markdown-15'))).filter(
      (name) => name === 'blockquote',
    ).length;
    expect(depth).toBeGreaterThan(2);
    expect(depth).toBeLessThanOrEqual(20);
    const cut = renderMarkdown(`${'x'.repeat(39_999)}😀tail`);
    expect([cut.length, cut.endsWith('x</p>\n'), cut.includes('tail')]).toEqual([40_007, true, false]);
  });

  it('[X5] gives the same bytes each time', () => {
    for (const { value } of hostile('markdown', 'xss')) expect(renderMarkdown(value)).toBe(renderMarkdown(value));
  });
});
