import { nationalityOf } from './nationalities.rules.js';

/** What the two (or three) bottom lines of a travel document say. Days are `YYYY-MM-DD`. */
export interface MrzData {
  readonly surname: string;
  /** Empty for somebody with one name. */
  readonly givenNames: string;
  readonly number: string;
  /** ISO 3166-1 alpha-2, `XX` for stateless people and refugees. */
  readonly nationality: string | null;
  /** Null where the document does not know the day. */
  readonly birthDate: string | null;
  readonly sex: 'F' | 'M' | 'X';
  readonly expiresOn: string;
  /** The name does not fit into its line: the person completes it. */
  readonly truncated: boolean;
}

/** The field of the lines that cannot be right; `whole` is the last check digit, when every other one is right. */
export type MrzField =
  'lines' | 'characters' | 'number' | 'birthDate' | 'expiresOn' | 'optional' | 'nationality' | 'whole';

export type MrzReading =
  { readonly ok: true; readonly data: MrzData } | { readonly ok: false; readonly wrong: readonly MrzField[] };

/** Where the parts stand, as [line, from, to). ICAO 9303, parts 4 (TD3), 5 (TD1) and 6 (TD2). */
interface Layout {
  readonly lines: number;
  readonly width: number;
  readonly names: Span;
  readonly number: Span;
  readonly nationality: Span;
  readonly birth: Span;
  readonly sex: Span;
  readonly expiry: Span;
  /** Optional data with a check digit of its own: TD3 alone has one. */
  readonly optional: Span | null;
  /** Where a document number of more than nine characters goes on (TD1, TD2). */
  readonly overflow: Span | null;
  readonly whole: readonly Span[];
  readonly wholeDigit: Span;
}
type Span = readonly [line: number, from: number, to: number];

const TD3: Layout = {
  lines: 2,
  width: 44,
  names: [0, 5, 44],
  number: [1, 0, 9],
  nationality: [1, 10, 13],
  birth: [1, 13, 19],
  sex: [1, 20, 21],
  expiry: [1, 21, 27],
  optional: [1, 28, 42],
  overflow: null,
  whole: [
    [1, 0, 10],
    [1, 13, 20],
    [1, 21, 43],
  ],
  wholeDigit: [1, 43, 44],
};

const TD2: Layout = {
  ...TD3,
  width: 36,
  names: [0, 5, 36],
  optional: null,
  overflow: [1, 28, 35],
  whole: [
    [1, 0, 10],
    [1, 13, 20],
    [1, 21, 35],
  ],
  wholeDigit: [1, 35, 36],
};

const TD1: Layout = {
  lines: 3,
  width: 30,
  names: [2, 0, 30],
  number: [0, 5, 14],
  nationality: [1, 15, 18],
  birth: [1, 0, 6],
  sex: [1, 7, 8],
  expiry: [1, 8, 14],
  optional: null,
  overflow: [0, 15, 30],
  whole: [
    [0, 5, 30],
    [1, 0, 7],
    [1, 8, 15],
    [1, 18, 29],
  ],
  wholeDigit: [1, 29, 30],
};

const LAYOUTS: readonly Layout[] = [TD3, TD2, TD1];

/**
 * Reads the machine readable zone as somebody types or pastes it: in any case, with spaces, in one line or in several.
 * Everything is checked before anything is believed, and every field whose check digit is wrong is named. `today` decides
 * the century of a birth, which lies in the past.
 */
export function readMrz(typed: string, today: string): MrzReading {
  const lines = linesOf(typed);
  if (!lines) return { ok: false, wrong: ['lines'] };
  const { layout, rows } = lines;
  if (rows.some((row) => /[^A-Z0-9<]/.test(row))) return { ok: false, wrong: ['characters'] };
  const cut = ([line, from, to]: Span): string => rows[line]!.slice(from, to);
  const after = ([line, , to]: Span): string => rows[line]!.charAt(to);

  const wrong: MrzField[] = [];
  const number = documentNumber(layout, cut, after);
  if (number === null) wrong.push('number');
  const birth = dayOf(cut(layout.birth), today, 'past');
  if (birth === undefined || !fits(cut(layout.birth), after(layout.birth))) wrong.push('birthDate');
  const expiry = dayOf(cut(layout.expiry), today, 'future');
  if (!expiry || !fits(cut(layout.expiry), after(layout.expiry))) wrong.push('expiresOn');
  if (layout.optional && !fits(cut(layout.optional), after(layout.optional))) wrong.push('optional');
  if (wrong.length === 0 && !fits(layout.whole.map(cut).join(''), cut(layout.wholeDigit))) wrong.push('whole');
  const nationality = cut(layout.nationality);
  // No check digit of TD3 covers it: a code that does not exist is all that can be seen.
  if (nationalityOf(nationality) === null && wrong.length === 0) wrong.push('nationality');
  if (wrong.length > 0) return { ok: false, wrong };

  const sex = cut(layout.sex);
  return {
    ok: true,
    data: {
      ...namesOf(cut(layout.names)),
      number: number!,
      nationality: nationalityOf(nationality)!,
      birthDate: birth!,
      sex: sex === 'F' || sex === 'M' ? sex : 'X',
      expiresOn: expiry!,
    },
  };
}

/** The check digit of a field: values 0–9, A = 10 … Z = 35, `<` = 0, weights 7-3-1, modulo 10 (ICAO 9303-3, 4.9). */
export function checkDigit(field: string): number {
  let sum = 0;
  for (let at = 0; at < field.length; at++) sum += valueOf(field.charAt(at)) * [7, 3, 1][at % 3]!;
  return sum % 10;
}

function valueOf(character: string): number {
  if (character === '<') return 0;
  return /\d/.test(character) ? Number(character) : character.charCodeAt(0) - 55;
}

/** An empty field may have a filler for its digit. */
function fits(field: string, digit: string): boolean {
  return digit === '<' ? /^<*$/.test(field) : digit === String(checkDigit(field));
}

function linesOf(typed: string): { layout: Layout; rows: string[] } | null {
  const rows = typed
    .toUpperCase()
    .replace(/[‹«〈＜]/g, (mark) => (mark === '«' ? '<<' : '<'))
    .split(/[\r\n\u2028\u2029]+/)
    .map((row) => row.replace(/\s/g, ''))
    .filter((row) => row !== '');
  for (const layout of LAYOUTS) {
    if (rows.length === layout.lines && rows.every((row) => row.length === layout.width)) return { layout, rows };
    const [only = ''] = rows;
    if (rows.length === 1 && only.length === layout.lines * layout.width)
      return {
        layout,
        rows: Array.from({ length: layout.lines }, (_, at) => only.slice(at * layout.width, (at + 1) * layout.width)),
      };
  }
  return null;
}

/** Null where its check digit is wrong. */
function documentNumber(layout: Layout, cut: (span: Span) => string, after: (span: Span) => string): string | null {
  const field = cut(layout.number);
  const digit = after(layout.number);
  if (digit === '<' && layout.overflow && !field.includes('<')) {
    const [rest = ''] = cut(layout.overflow).split('<');
    const whole = field + rest.slice(0, -1);
    return rest.length > 1 && fits(whole, rest.slice(-1)) ? whole : null;
  }
  const number = field.replace(/<+$/, '');
  return number !== '' && fits(field, digit) ? number.replaceAll('<', '') : null;
}

/** A day of six digits; null where the document has fillers for a day of birth that nobody knows; undefined: no such day. */
function dayOf(field: string, today: string, when: 'past' | 'future'): string | null | undefined {
  if (when === 'past' && /^(\d\d|<<)(<<<<|\d\d<<)$/.test(field)) return null;
  if (!/^\d{6}$/.test(field)) return undefined;
  const at = (century: string): string => `${century}${field.slice(0, 2)}-${field.slice(2, 4)}-${field.slice(4)}`;
  const day = when === 'past' && at('20') > today ? at('19') : at('20');
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}

function namesOf(field: string): { surname: string; givenNames: string; truncated: boolean } {
  const [surname = '', given = ''] = field.replace(/<+$/, '').split('<<');
  const words = (part: string): string => part.split('<').filter(Boolean).join(' ');
  return { surname: words(surname), givenNames: words(given), truncated: !field.endsWith('<') };
}
