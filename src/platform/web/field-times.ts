import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { refuse } from './field-problems.js';
import { optional, required, type Reader } from './field-texts.js';

const DATE = /^\d{4}-\d\d-\d\d$/;
const LOCAL = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/;
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;
const INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::([0-5]\d)(?:[.](\d{1,9}))?)?(Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;

const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;

type Ctx = Parameters<Reader<string>>[1];

function day(text: string, ctx: Ctx): string {
  if (!DATE.test(text)) return refuse(ctx, 'error.date.shape');
  const at = Date.parse(`${text}T00:00:00Z`);
  // Date.parse moves 30 February to March in some engines: the text must come back.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text) return refuse(ctx, 'error.date.none');
  const year = Number(text.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR
    ? refuse(ctx, 'error.date.range', { first: FIRST_YEAR, last: LAST_YEAR })
    : text;
}

function time(text: string, ctx: Ctx): string {
  if (text === '24:00') return refuse(ctx, 'error.time.midnight');
  return TIME.test(text) ? text : refuse(ctx, 'error.time.shape');
}

function local(text: string, ctx: Ctx): string {
  const match = LOCAL.exec(text);
  if (!match) return refuse(ctx, 'error.time.local');
  return day(match[1]!, ctx) && time(match[2]!, ctx) && text;
}

function instant(text: string, ctx: Ctx): Date {
  const match = INSTANT.exec(text);
  if (!match) return refuse(ctx, 'error.time.instant');
  const [, date, clock, seconds = '00', fraction = '', offset] = match;
  if (!day(date!, ctx) || !time(clock!, ctx)) return undefined as never;
  return new Date(`${date}T${clock}:${seconds}.${fraction.slice(0, 3).padEnd(3, '0')}${offset}`);
}

const trimmed =
  <T>(read: Reader<T>): Reader<T> =>
  (text, ctx) =>
    read(text.trim(), ctx);

/** `YYYY-MM-DD`, a day that exists, years 1900 to 2199; stays a text [X10]. */
export const dateField = () => required(trimmed(day)).meta({ format: 'date' });
export const optionalDate = () => optional(trimmed(day)).meta({ format: 'date' });

/** `HH:mm`, 00:00 to 23:59. */
export const timeField = () => required(trimmed(time)).meta({ examples: ['09:05'] });
export const optionalTime = () => optional(trimmed(time));

/** `YYYY-MM-DDTHH:mm` on the clock of a zone that the caller knows; `toInstant` of kernel/zones.ts reads it on. */
export const localDateTimeField = () => required(trimmed(local)).meta({ examples: ['2027-05-12T10:00'] });
export const optionalLocalDateTime = () => optional(trimmed(local));

/** RFC 3339 with an offset, cut to milliseconds; gives a Date. For the API. */
export const instantField = () => required(trimmed(instant)).meta({ format: 'date-time' });

const PART = z.union([z.string(), z.number()]).nullish();
type Parts = { day?: string | number | null; month?: string | number | null; year?: string | number | null };

/**
 * A day that somebody knows by heart, such as a birth: three boxes `day`, `month`, `year`, or one text `YYYY-MM-DD` in the
 * API; null for three empty boxes. The month may be a word in any of our languages.
 */
export const optionalKnownDate = () =>
  z
    .union([z.string(), z.strictObject({ day: PART, month: PART, year: PART })], { error: 'error.date.shape' })
    .nullish()
    .transform((given, ctx): string | null => {
      if (given === undefined || given === null) return null;
      const text = typeof given === 'string' ? given.trim() : joined(given);
      return text === '' ? null : day(text, ctx);
    })
    .meta({ format: 'date' });

function joined({ day: d, month: m, year: y }: Parts): string {
  const [dd, mm, yyyy] = [d, m, y].map((part) => String(part ?? '').trim());
  if (dd === '' && mm === '' && yyyy === '') return '';
  return `${yyyy}-${monthOf(mm!).padStart(2, '0')}-${dd!.padStart(2, '0')}`;
}

let months: ReadonlyMap<string, string> | undefined;

function monthOf(typed: string): string {
  return (months ??= monthsByName()).get(wordOf(typed)) ?? typed;
}

/** Alone, beside a day, and short: «май», «мая», «лют». */
function monthsByName(): Map<string, string> {
  const shapes = [{ month: 'long' }, { month: 'long', day: 'numeric' }, { month: 'short' }] as const;
  const formats = LOCALES.flatMap((locale) =>
    shapes.map((shape) => new Intl.DateTimeFormat(locale, { ...shape, timeZone: 'UTC' })),
  );
  return new Map(
    formats.flatMap((format) =>
      Array.from({ length: 12 }, (_, index): [string, string] => {
        const parts = format.formatToParts(new Date(Date.UTC(2027, index, 15)));
        return [wordOf(parts.find(({ type }) => type === 'month')?.value ?? ''), String(index + 1)];
      }),
    ),
  );
}

function wordOf(text: string): string {
  return text.toLowerCase().replace(/\.$/, '');
}
