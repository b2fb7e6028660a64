const MARKUP = /<\/?(?:p|br|ul|ol|li|a|b|i|em|strong|code|pre|div|span|h[1-6]|blockquote)\b[^<>]{0,500}>/i;
const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  '#39': "'",
};

/** Texts of some planners are HTML; ours are plain, with an empty line between paragraphs. Other texts stay as they are. */
export function plainText(text: string): string {
  if (!MARKUP.test(text)) return text;
  return text
    .replace(/\s*\n\s*/g, ' ')
    .replace(/<br\b[^<>]*>/gi, '\n')
    .replace(/<li\b[^<>]*>/gi, '\n- ')
    .replace(/<\/(?:p|div|ul|ol|h[1-6]|blockquote|pre)\s*>/gi, '\n\n')
    .replace(/<\/?[a-z][^<>]*>/gi, '')
    .replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_, name: string) => ENTITIES[name]!)
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
