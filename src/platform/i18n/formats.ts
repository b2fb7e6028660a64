import type { Locale } from '../../kernel/locale.js';

/** British order of day and month, and no Oxford comma: the English of international library events. */
const TAGS: Readonly<Record<Locale, string>> = { be: 'be-BY', ru: 'ru-RU', en: 'en-GB' };

/** Building an Intl formatter costs some 50 µs and much native memory; zones come from data, so the store is bounded. */
const LIMIT = 500;
const formatters = new Map<string, unknown>();
/** A range costs ICU a quarter of a millisecond, and every mail and page of a conference says the same one. */
const ranges = new Map<string, string>();

function cached<T>(key: string, build: () => T): T {
  const known = formatters.get(key);
  if (known !== undefined) return known as T;
  if (formatters.size >= LIMIT) formatters.clear();
  const built = build();
  formatters.set(key, built);
  return built;
}

function dates(locale: Locale, zone: string, shape: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(
    `${shape} ${locale} ${zone}`,
    () => new Intl.DateTimeFormat(TAGS[locale], { ...options, timeZone: zone, numberingSystem: 'latn' }),
  );
}

const LONG = { day: 'numeric', month: 'long', year: 'numeric' } as const;

/** '12 October 2027', '12 октября 2027 г.', '12 кастрычніка 2027 г.' */
export function formatDate(locale: Locale, instant: Date, zone: string): string {
  return dates(locale, zone, 'date', LONG).format(instant);
}

/** 'Tuesday, 12 October'; the year is left to the heading around it. */
export function formatDay(locale: Locale, instant: Date, zone: string): string {
  const { weekday, rest } = dayParts(locale, instant, zone, 'long');
  return `${weekday}, ${rest}`;
}

/** 'Tue 12 Oct', for tabs and dense tables. */
export function formatShortDay(locale: Locale, instant: Date, zone: string): string {
  const { weekday, rest } = dayParts(locale, instant, zone, 'short');
  return `${weekday} ${rest}`;
}

function dayParts(
  locale: Locale,
  instant: Date,
  zone: string,
  length: 'long' | 'short',
): { weekday: string; rest: string } {
  const weekday = dates(locale, zone, `weekday-${length}`, { weekday: length }).format(instant);
  const rest = dates(locale, zone, `day-month-${length}`, { day: 'numeric', month: length }).format(instant);
  return { weekday, rest };
}

/** '12.10.2027' for be and ru, '12/10/2027' for en; narrow table columns only. */
export function formatShortDate(locale: Locale, instant: Date, zone: string): string {
  return dates(locale, zone, 'numeric', { day: '2-digit', month: '2-digit', year: 'numeric' }).format(instant);
}

/** '10:00', always with 24 hours and two digits. */
export function formatTime(locale: Locale, instant: Date, zone: string): string {
  return dates(locale, zone, 'time', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(instant);
}

/**
 * '12–14 October 2027', '30 September – 2 October 2027', one date when both fall on the same day of the zone.
 * `end` is the last day itself. ICU sets thin spaces and, in Belarusian, forgets the 'г.' of ranges.
 */
export function formatDateRange(locale: Locale, start: Date, end: Date, zone: string): string {
  const key = `${locale} ${zone} ${start.getTime()} ${end.getTime()}`;
  const known = ranges.get(key);
  if (known !== undefined) return known;
  if (ranges.size >= LIMIT) ranges.clear();
  const text = dateRange(locale, start, end, zone);
  ranges.set(key, text);
  return text;
}

function dateRange(locale: Locale, start: Date, end: Date, zone: string): string {
  const range = dates(locale, zone, 'date', LONG).formatRange(start, end);
  const even = range.replace(/[\u2009\u202f\u00a0]/gu, ' ').replace(/(\d) – (\d+ \p{L}+ \d{4}|\d+ \p{L}+$)/u, joinDays);
  return locale === 'be' ? even.replace(/\d{4}(?! г\.)/gu, '$& г.') : even;
}

/** Two bare days take an unspaced dash ('12–14 October'), dates with their own year keep the spaces. */
function joinDays(all: string, before: string, after: string, offset: number, whole: string): string {
  return /^\d{1,2}$/u.test(whole.slice(0, offset + before.length)) ? `${before}–${after}` : all;
}

/** '1,234' or '1 234'. */
export function formatNumber(locale: Locale, value: number): string {
  return cached(`number ${locale}`, () => new Intl.NumberFormat(TAGS[locale])).format(value);
}

/** '1,620.00 BYN' or '1 620,00 BYN'; `minor` are hundredths of the unit. */
export function formatMoney(locale: Locale, minor: number, currency: string): string {
  const format = cached(
    `money ${locale}`,
    () =>
      new Intl.NumberFormat(TAGS[locale], {
        minimumFractionDigits: 2,
        maximumFractionDigits: 2,
        useGrouping: 'always',
      }),
  );
  return `${format.format(minor / 100)}\u00a0${currency}`;
}

/** 'a, b and c'. */
export function listOf(locale: Locale, items: readonly string[]): string {
  return cached(`list ${locale}`, () => new Intl.ListFormat(TAGS[locale], { type: 'conjunction' })).format(items);
}

/** The name of a language in the page's language: 'Belarusian', 'беларуская'. `code` is a BCP 47 tag; unknown tags come back as they are. */
export function languageName(locale: Locale, code: string): string {
  return cached(`language ${locale}`, () => new Intl.DisplayNames(TAGS[locale], { type: 'language' })).of(code) ?? code;
}

/** Collation of a language, for lists that people read. */
export function collator(locale: Locale): Intl.Collator {
  return cached(`collator ${locale}`, () => new Intl.Collator(TAGS[locale], { numeric: true }));
}

const SIZES = ['byte', 'kilobyte', 'megabyte'] as const;

/** '812 bytes', '34.5 kB', '1.9 MB': a size as people read it, in thousands. */
export function formatSize(locale: Locale, bytes: number): string {
  const power = bytes < 1_000 ? 0 : bytes < 1_000_000 ? 1 : 2;
  const unit = SIZES[power];
  const format = cached(
    `${unit} ${locale}`,
    () =>
      new Intl.NumberFormat(TAGS[locale], {
        style: 'unit',
        unit,
        unitDisplay: power === 0 ? 'long' : 'short',
        maximumFractionDigits: 1,
      }),
  );
  return format.format(bytes / 1_000 ** power);
}
