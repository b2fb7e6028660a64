import { types } from 'node:util';
import { isZone } from '../../kernel/zones.js';

/** A value that cannot stand in a calendar file; `field` is its path in the model. */
export class CalendarValueError extends Error {
  constructor(
    readonly field: string,
    readonly problem: string,
  ) {
    super(`calendar ${field}: ${problem}`);
    this.name = 'CalendarValueError';
  }
}

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029]/g;
const UNFIT = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{FEFF}]/gu;
const UNFIT_BUT_BREAK = /(?!\n)[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\u{FEFF}]/gu;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const DAY = /^(?:19[7-9]\d|[2-9]\d{3})-\d\d-\d\d$/;
const ATOM = "[A-Za-z0-9!$'*+_~-]+";
const LABEL = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const MAILBOX = new RegExp(`^(?=.{1,254}$)(?=.{1,64}@)${ATOM}(?:\\.${ATOM})*@(?:${LABEL}\\.)+${LABEL}$`);
const RFC_3986 = /^(?:[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=]|%[0-9A-Fa-f]{2})+$/;
// What `new URL` would drop or move without a word.
const REPAIRED = /^\s|\s$|[\p{Cc}\p{Cs}\\]/u;
export const EARLIEST = Date.UTC(1970, 0, 1);
export const LATEST = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Text in which line breaks of all kinds are `\n`, and nothing is left that a line of a file cannot hold. */
export function text(value: string): string {
  return value.replace(LINE_BREAK, '\n').replaceAll('\t', ' ').replace(UNFIT_BUT_BREAK, '');
}

/** The same for a field of one line: breaks become spaces. */
export function oneLine(value: string): string {
  return value.replace(LINE_BREAK, ' ').replaceAll('\t', ' ').replace(UNFIT, '');
}

/** A cleaned text, or nothing where it says nothing: libical reports a property of mere spaces as an error. */
export function unlessBlank(clean: string): string {
  return clean.trim() === '' ? '' : clean;
}

/** A one-line text that must say something. */
export function required(field: string, value: string): string {
  const clean = unlessBlank(oneLine(value));
  if (clean === '') throw new CalendarValueError(field, 'empty');
  return clean;
}

/** TEXT (RFC 5545 section 3.3.11) of a cleaned value. */
export function escapeText(value: string): string {
  return value.replace(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** A parameter value of a cleaned one-line text (RFC 6868), quoted where needed. */
export function parameter(value: string): string {
  if (/^[A-Za-z0-9-]+$/.test(value)) return value;
  return `"${value.replaceAll('^', '^^').replaceAll('"', "^'")}"`;
}

/** An absolute URI of the given schemes, as `URL` writes it, without user info (RFC 3986). */
export function uri(field: string, value: string, schemes: readonly string[] = ['https', 'http']): string {
  if (REPAIRED.test(value) || !URL.canParse(value)) throw new CalendarValueError(field, 'not an address');
  const url = new URL(value);
  if (!schemes.includes(url.protocol.slice(0, -1))) throw new CalendarValueError(field, 'scheme not allowed');
  if (url.username || url.password) throw new CalendarValueError(field, 'user name in address');
  if (!RFC_3986.test(url.href)) throw new CalendarValueError(field, 'character not allowed in an address');
  return url.href;
}

/** Whether an e-mail address can stand in a calendar file without escaping. Others get plain mail and a PUBLISH file. */
export function isCalendarMailbox(value: string): boolean {
  return MAILBOX.test(value);
}

export function mailbox(field: string, value: string): string {
  if (!isCalendarMailbox(value)) throw new CalendarValueError(field, 'mailbox not allowed');
  return value;
}

export function oneOf<T extends string>(field: string, value: T, list: readonly T[]): T {
  if (!list.includes(value)) throw new CalendarValueError(field, 'unknown word');
  return value;
}

export function integer(field: string, value: number, min: number, max: number): number {
  if (!Number.isSafeInteger(value) || value < min || value > max)
    throw new CalendarValueError(field, 'not an integer in range');
  return value;
}

/** Whole seconds, years 1970 to 9999. */
export function instant(field: string, value: Date): Date {
  const ms = types.isDate(value) ? value.getTime() : Number.NaN;
  if (Number.isNaN(ms) || ms < EARLIEST || ms > LATEST)
    throw new CalendarValueError(field, 'not an instant of 1970 to 9999');
  if (ms % 1000 !== 0) throw new CalendarValueError(field, 'not a whole second');
  return value;
}

/** 00:00 UTC of an existing date `YYYY-MM-DD`, in milliseconds. */
export function day(field: string, value: string): number {
  const ms = DAY.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== value)
    throw new CalendarValueError(field, 'not a date');
  return ms;
}

export function zone(field: string, value: string): string {
  if (typeof value !== 'string' || !isZone(value)) throw new CalendarValueError(field, 'unknown zone');
  return value;
}

export function uuid(field: string, value: string): string {
  if (!UUID.test(value)) throw new CalendarValueError(field, 'not a lower-case UUID');
  return value;
}

/** GEO (RFC 5545 section 3.8.1.6): six decimals, degrees. */
export function geo(field: string, latitude: number, longitude: number): string {
  return `${degrees(`${field}.latitude`, latitude, 90)};${degrees(`${field}.longitude`, longitude, 180)}`;
}

function degrees(field: string, value: number, max: number): string {
  if (!Number.isFinite(value) || Math.abs(value) > max) throw new CalendarValueError(field, 'out of range');
  return value.toFixed(6).replace(/^-(0\.0{6})$/, '$1');
}
