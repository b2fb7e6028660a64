import { found, type Found, type Passage } from './letter-text.rules.js';

/** A day of the calendar, `YYYY-MM-DD`. */
export interface FoundDay extends Passage {
  readonly day: string;
  /** Was its year written? */
  readonly dated: boolean;
}

export interface FoundStay extends Passage {
  readonly startsOn: string;
  readonly endsOn: string;
  readonly dated: boolean;
}

/** The months in Belarusian, Russian and English, in every case. */
const MONTHS: readonly string[] = [
  'студзен[ьяюі]|январ[ьяюе]|january|jan\\.?',
  'лют(?:ы|ага|аму|ым)|феврал[ьяюе]|february|feb\\.?',
  'сакавік[ау]?|март[аеу]?|march|mar\\.?',
  'красавік[ау]?|апрел[ьяюе]|april|apr\\.?',
  'тра(?:вень|ўня|ўні)|ма[йяюеі]|may',
  'чэрвен[ьяюі]|июн[ьяюе]|june|jun\\.?',
  'ліпен[ьяюі]|июл[ьяюе]|july|jul\\.?',
  'жні(?:вень|ўня|ўні)|август[аеу]?|august|aug\\.?',
  'верас(?:ень|ня|ні)|сентябр[ьяюе]|september|sept?\\.?',
  'кастрычнік[ау]?|октябр[ьяюе]|october|oct\\.?',
  'лістапад(?:а|зе)?|ноябр[ьяюе]|november|nov\\.?',
  'снеж(?:ань|ня|ні)|декабр[ьяюе]|december|dec\\.?',
];
const MONTH_WORDS = MONTHS.map((words) => new RegExp(`^(?:${words})$`, 'iu'));

const LEFT = '(?<![\\p{L}\\d.,/-])';
const DAY = '(\\d{1,2})(?:-?(?:st|nd|rd|th|го|га|ого|ага))?';
const MONTH = `\\s{1,3}(?:of\\s)?(${MONTHS.join('|')})(?![\\p{L}])`;
const MONTH_FIRST = `(${MONTHS.join('|')})\\s{1,3}`;
const YEAR = '(?:\\s{0,2},?\\s{0,2}(20\\d{2}))?(?![\\d/])';
const DASH = '\\u2010-\\u2015\\u2212-';
const TO = `\\s{0,3}(?:[${DASH}]|(?:по|па|to|till|until|through|до|да)(?![\\p{L}]))\\s{0,3}(?:the\\s)?`;
const AND = '\\s{1,3}(?:and|и|і)\\s{1,3}';

type Parts = (string | undefined)[];
interface Reader {
  readonly pattern: RegExp;
  /** First and last day: day, month and year, as written; a year of the last holds for the first. */
  readonly read: (parts: Parts) => { first: Written; last: Written };
}
interface Written {
  readonly day: number;
  readonly month: number;
  readonly year: number | null;
}

const re = (source: string): RegExp => new RegExp(source, 'giu');
const written = (day?: string, month?: string, year?: string): Written => ({
  day: Number(day),
  month: monthOf(month ?? ''),
  year: year ? Number(year) : null,
});

const RANGES: readonly Reader[] = [
  // 12–15 мая 2027, з 12 па 15 мая, from 12th to 15th of May 2027
  {
    pattern: re(`${LEFT}${DAY}${TO}${DAY}${MONTH}${YEAR}`),
    read: ([a, b, month, year]) => ({ first: written(a, month, year), last: written(b, month, year) }),
  },
  {
    pattern: re(`(?:between|между|паміж)\\s{1,3}${DAY}${AND}${DAY}${MONTH}${YEAR}`),
    read: ([a, b, month, year]) => ({ first: written(a, month, year), last: written(b, month, year) }),
  },
  // с 30 мая по 2 июня 2027 года
  {
    pattern: re(`${LEFT}${DAY}${MONTH}${YEAR}(?:\\s?(?:г\\.|года))?${TO}${DAY}${MONTH}${YEAR}`),
    read: ([a, from, first, b, until, last]) => ({ first: written(a, from, first), last: written(b, until, last) }),
  },
  // May 12–15, 2027
  {
    pattern: re(`${LEFT}${MONTH_FIRST}${DAY}${TO}${DAY}(?!\\s{0,3}(?:${MONTHS.join('|')})(?![\\p{L}]))${YEAR}`),
    read: ([month, a, b, year]) => ({ first: written(a, month, year), last: written(b, month, year) }),
  },
  // May 30 – June 2, 2027
  {
    pattern: re(`${LEFT}${MONTH_FIRST}${DAY}${YEAR}${TO}${MONTH_FIRST}${DAY}${YEAR}`),
    read: ([from, a, first, until, b, last]) => ({ first: written(a, from, first), last: written(b, until, last) }),
  },
  // 12.05–15.05.2027, 12.05.2027 – 15.05.2027
  {
    pattern: re(`${LEFT}(\\d{1,2})\\.(\\d{1,2})(?:\\.(20\\d{2}))?${TO}(\\d{1,2})\\.(\\d{1,2})\\.(20\\d{2})(?!\\d)`),
    read: ([a, from, first, b, until, last]) => ({ first: written(a, from, first), last: written(b, until, last) }),
  },
  // 12–15.05.2027
  {
    pattern: re(`${LEFT}(\\d{1,2})${TO}(\\d{1,2})\\.(\\d{1,2})\\.(20\\d{2})(?!\\d)`),
    read: ([a, b, month, year]) => ({ first: written(a, month, year), last: written(b, month, year) }),
  },
  // 2027-05-12 to 2027-05-15
  {
    pattern: re(`${LEFT}(20\\d{2})-(\\d{2})-(\\d{2})(?:${TO}|\\s?/\\s?)(20\\d{2})-(\\d{2})-(\\d{2})(?!\\d)`),
    read: ([first, from, a, last, until, b]) => ({ first: written(a, from, first), last: written(b, until, last) }),
  },
];

const SINGLES: readonly { pattern: RegExp; read: (parts: Parts) => Written }[] = [
  { pattern: re(`${LEFT}[«"„“]?${DAY}[»"”]?${MONTH}${YEAR}`), read: ([day, month, year]) => written(day, month, year) },
  { pattern: re(`${LEFT}${MONTH_FIRST}${DAY}${YEAR}`), read: ([month, day, year]) => written(day, month, year) },
  {
    pattern: re(`${LEFT}(\\d{1,2})\\.(\\d{1,2})\\.(20\\d{2})(?!\\d)`),
    read: ([day, month, year]) => written(day, month, year),
  },
  {
    pattern: re(`${LEFT}(20\\d{2})-(\\d{2})-(\\d{2})(?![\\d-])`),
    read: ([year, month, day]) => written(day, month, year),
  },
  // 15/05/2027: which of the two is the day must be beyond doubt.
  {
    pattern: re(`${LEFT}(1[3-9]|2\\d|3[01])/(\\d{1,2})/(20\\d{2})(?!\\d)`),
    read: ([day, month, year]) => written(day, month, year),
  },
];

/**
 * Every stay from one day to another, in the order of the text. A year that is not written is the first one in which the stay
 * does not begin before `after` (`YYYY-MM-DD`).
 */
export function staysIn(text: string, after: string): FoundStay[] {
  const all = RANGES.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match): FoundStay[] => {
      const { first, last } = read(match.slice(1));
      const dated = last.year !== null || first.year !== null;
      const year = last.year ?? first.year ?? yearOf(first, after);
      const crosses = last.month < first.month;
      const endsOn = dayOf(last, last.year ?? (crosses ? year + 1 : year));
      const startsOn = dayOf(first, first.year ?? (crosses && last.year !== null ? year - 1 : year));
      if (startsOn === null || endsOn === null || endsOn < startsOn) return [];
      return [{ ...placeOf(match), startsOn, endsOn, dated }];
    }),
  );
  return apart(all);
}

/** Every single day; not those that are part of a stay. */
export function daysIn(text: string, after: string): FoundDay[] {
  const stays = staysIn(text, after);
  const all = SINGLES.flatMap(({ pattern, read }) =>
    [...text.matchAll(pattern)].flatMap((match): FoundDay[] => {
      const one = read(match.slice(1));
      const day = dayOf(one, one.year ?? yearOf(one, after));
      return day === null ? [] : [{ ...placeOf(match), day, dated: one.year !== null }];
    }),
  );
  let next = 0;
  return apart(all).filter(({ from }) => {
    while (next < stays.length && stays[next]!.to <= from) next++;
    return next === stays.length || from < stays[next]!.from;
  });
}

/** A line in which nothing stands but a day, perhaps with the place where it was written. */
export const DATE_LINE = new RegExp(
  `^\\s{0,40}(?:[\\p{L}. -]{2,40},\\s{1,3})?(?:${DAY}${MONTH}|${MONTH_FIRST}${DAY}|\\d{1,2}\\.\\d{1,2}\\.20\\d{2}|20\\d{2}-\\d{2}-\\d{2})${YEAR}(?:\\s?(?:г\\.?|года))?\\.?\\s{0,40}$`,
  'iu',
);

export function stayOf({
  startsOn,
  endsOn,
  dated,
  ...passage
}: FoundStay): Found<{ startsOn: string; endsOn: string }> {
  return found({ startsOn, endsOn }, passage, dated ? undefined : 'year');
}

function monthOf(text: string): number {
  if (/^\d/.test(text)) return Number(text);
  return MONTH_WORDS.findIndex((words) => words.test(text)) + 1;
}

/** Null for a day that no calendar has. */
function dayOf({ day, month }: Written, year: number): string | null {
  const at = new Date(Date.UTC(year, month - 1, day));
  return at.getUTCMonth() === month - 1 && at.getUTCDate() === day ? at.toISOString().slice(0, 10) : null;
}

function yearOf({ day, month }: Written, after: string): number {
  const year = Number(after.slice(0, 4));
  const written = `${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return written >= after.slice(5) ? year : year + 1;
}

function placeOf(match: RegExpExecArray): Passage {
  return { from: match.index, to: match.index + match[0].trimEnd().length };
}

/** In the order of the text; of two that overlap the longer one. */
function apart<P extends Passage>(places: readonly P[]): P[] {
  const kept: P[] = [];
  for (const place of places.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1);
    if (!last || place.from >= last.to) kept.push(place);
  }
  return kept;
}
