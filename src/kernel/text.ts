/** Why a text was refused; each is a message key. */
export type TextProblem =
  | 'error.required'
  | 'error.text.nul'
  | 'error.text.surrogate'
  | 'error.text.noncharacter'
  | 'error.text.invisible'
  | 'error.text.short'
  | 'error.text.long';

export type Cleaned =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly problem: TextProblem; readonly params: Record<string, unknown> };

export interface TextLimits {
  /** Line breaks stay, as LF; otherwise each becomes one space. */
  readonly multiline: boolean;
  /** Longest and shortest accepted length, in code points of the cleaned text. `min` is 1 unless told; 0 accepts ''. */
  readonly max: number;
  readonly min?: number;
}

/** Under the u flag a pair is one character, so only halves are left to match. */
const LONE_SURROGATE = /\p{Cs}/u;
const NONCHARACTER = /\p{Noncharacter_Code_Point}/u;
const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
/** Controls other than LF (tabs are spaces by then), zero-width space, soft hyphen, byte order mark, embeddings, overrides. */
const REMOVED = /[^\P{Cc}\n]|[\u200b\u00ad\ufeff\u202a-\u202e]/gu;
const ISOLATE = /[\u2066-\u2069]/;
const POP_ISOLATE = '\u2069';
/** Hangul fillers, joiners, marks and variation selectors are "default ignorable"; the blank Braille cell is not. */
const LOOKS_EMPTY = /^[\p{White_Space}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/**
 * The one border for all text that people or files bring in [X1]. What is stored is not normalised.
 *
 * Refused: NUL `error.text.nul`, lone surrogates `error.text.surrogate`, non-characters `error.text.noncharacter`,
 * what only looks empty `error.text.invisible`, nothing where something is needed `error.required`,
 * lengths `error.text.short` {min, length} and `error.text.long` {max, length}.
 * Removed: other controls, U+200B, U+00AD, U+FEFF, bidi embeddings and overrides, isolates without their partner in the
 * same line (UAX #9 ends an isolate with its paragraph); a tab becomes a space; the ends are trimmed.
 */
export function cleanText(value: string, limits: TextLimits): Cleaned {
  const { multiline, max, min = 1 } = limits;
  if (value.includes('\0')) return refused('error.text.nul');
  if (LONE_SURROGATE.test(value)) return refused('error.text.surrogate');
  if (NONCHARACTER.test(value)) return refused('error.text.noncharacter');

  const cleaned = cleanedText(value, multiline);

  if (cleaned === '') return min > 0 ? refused('error.required') : { ok: true, value: '' };
  if (LOOKS_EMPTY.test(cleaned)) return refused('error.text.invisible');
  const length = codePoints(cleaned);
  if (length > max) return refused('error.text.long', { max, length });
  if (length < min) return refused('error.text.short', { min, length });
  return { ok: true, value: cleaned };
}

/**
 * What somebody outside wrote and is only shown, such as a mail: cleaned like all text, but never refused. What would be
 * refused is left out, and what is too long is cut.
 */
export function shownText(value: string, { multiline, max }: Omit<TextLimits, 'min'>): string {
  const cleaned = cleanedText(value.replace(/[\0\p{Cs}\p{Noncharacter_Code_Point}]/gu, ''), multiline);
  return codePoints(cleaned) > max ? [...cleaned].slice(0, max).join('') : cleaned;
}

function cleanedText(value: string, multiline: boolean): string {
  return withoutOpenIsolates(
    value
      .replace(LINE_BREAK, multiline ? '\n' : ' ')
      .replaceAll('\t', ' ')
      .replace(REMOVED, ''),
  ).trim();
}

/** Length in code points: what people are told and what columns are declared in. */
export function codePoints(text: string): number {
  let count = 0;
  for (let i = 0; i < text.length; i += text.codePointAt(i)! > 0xffff ? 2 : 1) count++;
  return count;
}

function withoutOpenIsolates(text: string): string {
  return ISOLATE.test(text) ? text.split('\n').map(balancedLine).join('\n') : text;
}

function balancedLine(line: string): string {
  const opened: number[] = [];
  const lonely = new Set<number>();
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (!ISOLATE.test(char)) continue;
    if (char !== POP_ISOLATE) opened.push(i);
    else if (opened.pop() === undefined) lonely.add(i);
  }
  for (const index of opened) lonely.add(index);
  return lonely.size === 0
    ? line
    : [...line.split('').keys()]
        .filter((i) => !lonely.has(i))
        .map((i) => line[i])
        .join('');
}

function refused(problem: TextProblem, params: Record<string, unknown> = {}): Cleaned {
  return { ok: false, problem, params };
}
