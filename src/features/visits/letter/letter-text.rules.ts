/** A place in a letter: offsets in the text as it was pasted, the end not included. */
export interface Passage {
  readonly from: number;
  readonly to: number;
}

/** Something that a letter says, and where. Nothing is ever found that has no passage. */
export interface Found<T> {
  readonly value: T;
  /** At least one, in the order of the text. */
  readonly passages: readonly Passage[];
  /** What whoever takes it over should look at: the year was not written, or a name stands in another case than the first. */
  readonly note?: 'year' | 'case';
}

export function found<T>(value: T, passages: Passage | readonly Passage[], note?: Found<T>['note']): Found<T> {
  const all = 'from' in passages ? [passages] : passages;
  return { value, passages: all.toSorted((a, b) => a.from - b.from), ...(note ? { note } : {}) };
}

export interface Line extends Passage {
  readonly text: string;
}

export function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  let from = 0;
  for (;;) {
    const end = text.indexOf('\n', from);
    const to = end === -1 ? text.length : end;
    lines.push({ from, to, text: text.slice(from, to) });
    if (end === -1) return lines;
    from = end + 1;
  }
}

/** Lines above a text that was written before: an answer, or a letter that is passed on. */
const EARLIER =
  /^\s{0,4}(?:-{2,}\s?(?:original message|forwarded message|исходное сообщение|пересылаемое сообщение|пераадрасаванае паведамленне)|on .{5,120} wrote:\s*$|.{0,120}(?:пишет|написал|написала|піша|напісаў|напісала):\s*$)/iu;
/** The head of a mail; nothing in it is about a visit. */
export const MAIL_HEAD =
  /^\s{0,4}>?\s?(?:from|sent|to|cc|bcc|date|subject|от|кому|копия|дата|отправлено|тема|ад|каму|адпраўлена|тэма)\s?:\s/iu;

/**
 * The letter itself, and what it quotes. Both are as long as the text, with spaces where the other one stands, so that an
 * offset is the same everywhere.
 */
export function withoutQuotes(text: string): { own: string; quoted: string } {
  const [own, quoted]: string[][] = [[], []];
  let earlier = false;
  for (const line of linesOf(text)) {
    earlier ||= EARLIER.test(line.text);
    const blank = ' '.repeat(line.text.length);
    const isQuoted = earlier || /^\s{0,4}>/.test(line.text);
    own!.push(isQuoted ? blank : line.text);
    quoted!.push(isQuoted ? line.text.replace(/^(\s{0,4})>/, '$1 ') : blank);
  }
  return { own: own!.join('\n'), quoted: quoted!.join('\n') };
}

/** The same text with spaces for the lines that fit. */
export function withoutLines(text: string, pattern: RegExp): string {
  return linesOf(text)
    .map((line) => (pattern.test(line.text) ? ' '.repeat(line.text.length) : line.text))
    .join('\n');
}

/** The passage without the white space and marks at its ends. */
export function trimmed(text: string, { from, to }: Passage): Passage {
  const piece = text.slice(from, to);
  const start = piece.length - piece.replace(/^[\s,;:–—-]+/u, '').length;
  let end = piece.length;
  while (end > start && /[\s,;:–—-]/u.test(piece[end - 1]!)) end--;
  return { from: from + start, to: from + end };
}

const EMPTY_LINE = /\n\s*\n/u;
/** As far as a sentence is looked for, on either side. */
const SENTENCE = 700;
/** After these a full stop ends no sentence. */
const SHORTENED =
  /(?:^|[\s(«"])(?:г|гг|ул|вул|им|імя|др|проф|праф|стр|тел|т\.\s?е|т\.\s?д|д-р|mr|mrs|ms|dr|prof|st|no|h\.e|h|e|e\.g|i\.e|\p{Lu})$/iu;

/** The sentence around a place, or what of it stands near. */
export function sentenceAt(text: string, at: number): Passage {
  const first = Math.max(0, at - SENTENCE);
  const before = text.slice(first, at);
  let from = 0;
  for (const stop of before.matchAll(/\n\s*\n|[.!?]+["»”)]?\s+(?=\p{Lu})/gu))
    if (
      !stop[0].startsWith('.') ||
      EMPTY_LINE.test(stop[0]) ||
      !SHORTENED.test(before.slice(Math.max(0, stop.index - 12), stop.index))
    )
      from = stop.index + stop[0].length;
  const after = text.slice(at, at + SENTENCE);
  let to = after.length;
  for (const stop of after.matchAll(/\n\s*\n|[.!?]+["»”)]?(?=\s+\p{Lu}|\s*$)/gu)) {
    const left = text.slice(Math.max(0, at + stop.index - 12), at + stop.index);
    if (stop[0].startsWith('.') && stop[0] === '.' && SHORTENED.test(left)) continue;
    to = stop.index + (stop[0].startsWith('\n') ? 0 : stop[0].length);
    break;
  }
  return trimmed(text, { from: first + from, to: at + to });
}

/** One text in one line, as a field takes it. */
export function inOneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}

/** No more than so many of them; the rest is not even looked for. */
export function* firstOf<T>(all: Iterable<T>, most: number): Iterable<T> {
  let left = most;
  if (left <= 0) return;
  for (const one of all) {
    yield one;
    if (--left === 0) return;
  }
}
