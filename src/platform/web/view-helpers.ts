import Handlebars, { type HelperDelegate, type HelperOptions } from 'handlebars';
import { safeLink } from '../../kernel/links.js';
import { isLocale, pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { localPath } from '../../kernel/local-path.js';
import { displayName, type PersonNames } from '../../kernel/names.js';
import { countryName, countryOptions, FREQUENT_COUNTRIES } from '../i18n/countries.js';
import * as formats from '../i18n/formats.js';
import { zonedTime, zoneLabel } from '../i18n/zones.js';
import type { Translator } from '../i18n/translator.js';
import { assetUrl } from './assets.js';
import { renderMarkdown } from './markdown.js';

const { SafeString, escapeExpression } = Handlebars;

const DEFAULT_ZONE = 'Europe/Minsk';

/** The language of the page that is being rendered. */
export function localeOf(options: HelperOptions): Locale {
  const { locale } = options.data.root as { locale: unknown };
  if (!isLocale(locale)) throw new Error('a page is rendered without a locale');
  return locale;
}

/** Message words are written as inside a sentence; where one stands alone it begins with a capital. */
export function capitalized(text: string): string {
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0x20);
  return text === '' ? '' : first.toUpperCase() + text.slice(first.length);
}

/** Everything that pages call; what answers with markup builds it from escaped parts ([X2]). */
export function viewHelpers(translator: Translator): Record<string, HelperDelegate> {
  return { ...logic, ...times, ...words(translator), ...values };
}

const logic: Record<string, HelperDelegate> = {
  eq: (a: unknown, b: unknown) => a === b,
  ne: (a: unknown, b: unknown) => a !== b,
  gt: (a: number, b: number) => a > b,
  and: (...args: unknown[]) => args.slice(0, -1).every((value) => filled(value)) && args.at(-2),
  or: (...args: unknown[]) => args.slice(0, -1).find((value) => filled(value)) ?? false,
  not: (value: unknown) => !filled(value),
  includes: (list: unknown, value: unknown) => Array.isArray(list) && list.includes(value),
  concat: (...args: unknown[]) =>
    args
      .slice(0, -1)
      .map((part) => (part === undefined || part === null ? '' : String(part as string)))
      .join(''),
  lookupIn: (...args: unknown[]) => args.slice(1, -1).reduce(own, args[0]),
  list: (...args: unknown[]) => args.slice(0, -1),
  dict: (options: HelperOptions) => ({ ...(options.hash as object) }),
};

const times: Record<string, HelperDelegate> = {
  date: (value: unknown, options: HelperOptions) => inZone(value, options, formats.formatDate),
  shortDate: (value: unknown, options: HelperOptions) => inZone(value, options, formats.formatShortDate),
  day: (value: unknown, options: HelperOptions) => inZone(value, options, formats.formatDay),
  shortDay: (value: unknown, options: HelperOptions) => inZone(value, options, formats.formatShortDay),
  time: (value: unknown, options: HelperOptions) => inZone(value, options, formats.formatTime),
  timeRange: (start: unknown, end: unknown, options: HelperOptions) =>
    `${inZone(start, options, formats.formatTime)}–${inZone(end, options, formats.formatTime)}`,
  zonedTime: (value: unknown, options: HelperOptions) => inZone(value, options, zoned),
  dateTime: (value: unknown, options: HelperOptions) => inZone(value, options, dateTime),
  zone: (value: unknown, options: HelperOptions) =>
    inZone(value, options, (locale, instant, zone) => zoneLabel(locale, zone, instant)),
  dateRange: (start: unknown, end: unknown, options: HelperOptions) =>
    formats.formatDateRange(localeOf(options), instantOf(start), instantOf(end), zoneOf(options)),
  iso: (value: unknown) => instantOf(value).toISOString(),
  timeTag: (value: unknown, options: HelperOptions) => timeTag(instantOf(value), options),
};

function words(translator: Translator): Record<string, HelperDelegate> {
  return {
    t: (key: unknown, options: HelperOptions) => translated(translator, String(key), options),
    hasText: (key: unknown, options: HelperOptions) => translator.has(localeOf(options), String(key)),
  };
}

const values: Record<string, HelperDelegate> = {
  cap: (text: string) => capitalized(text),
  number: (value: number, options: HelperOptions) => formats.formatNumber(localeOf(options), value),
  loc: (text: Localized, options: HelperOptions) => localized(text, localeOf(options)),
  locText: (text: Localized, options: HelperOptions) => pickText(text, localeOf(options)).text,
  missingIn: (text: Localized, options: HelperOptions) => {
    const picked = pickText(text, localeOf(options));
    return picked.missing && picked.text !== '' ? picked.locale : '';
  },
  language: (code: string, options: HelperOptions) => formats.languageName(localeOf(options), code),
  country: (code: unknown, options: HelperOptions) =>
    filled(code) ? countryName(localeOf(options), String(code)) : '',
  countries: (options: HelperOptions) => countryGroups(localeOf(options)),
  asset: (name: string) => assetUrl(name),
  name: (person: unknown) => new SafeString(`<bdi>${escapeExpression(nameOf(person))}</bdi>`),
  nameText: (person: unknown) => nameOf(person),
  markdown: (text: unknown, options: HelperOptions) => markdown(text, localeOf(options)),
  json: (value: unknown) => new SafeString(scriptJson(value)),
  safeUrl: (value: unknown) => safeUrl(value),
};

/** Empty text, empty lists, zero's absence: what a template means by "there is something". */
function filled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function own(value: unknown, key: unknown): unknown {
  if (value instanceof Map) return value.get(key);
  return typeof value === 'object' && value !== null && Object.hasOwn(value, String(key))
    ? (value as Record<string, unknown>)[String(key)]
    : undefined;
}

function instantOf(value: unknown): Date {
  const instant = value instanceof Date ? value : new Date(typeof value === 'string' ? value : Number.NaN);
  if (Number.isNaN(instant.getTime())) throw new Error('a template formats something that is not an instant');
  return instant;
}

/** The zone of the hash, else the page's (`zone` in its model), else the library's own. */
function zoneOf(options: HelperOptions): string {
  const { zone } = options.hash as { zone?: string };
  return zone ?? (options.data.root as { zone?: string }).zone ?? DEFAULT_ZONE;
}

type Format = (locale: Locale, instant: Date, zone: string) => string;

/** Nothing for nothing: an optional date needs no `if` around it. */
function inZone(value: unknown, options: HelperOptions, format: Format): string {
  return value === null || value === undefined || value === ''
    ? ''
    : format(localeOf(options), instantOf(value), zoneOf(options));
}

const zoned: Format = (locale, instant, zone) => zonedTime(locale, instant, zone);

const dateTime: Format = (locale, instant, zone) =>
  `${formats.formatDate(locale, instant, zone)}, ${zoned(locale, instant, zone)}`;

const TAG_FORMATS: Readonly<Record<string, Format>> = {
  date: formats.formatDate,
  day: formats.formatDay,
  time: formats.formatTime,
  zonedTime: zoned,
  dateTime,
  stamp: (...at) => `${formats.formatShortDate(...at)} ${formats.formatTime(...at)}`,
};

function timeTag(instant: Date, options: HelperOptions): Handlebars.SafeString {
  const { format = 'dateTime', readerTime } = options.hash as { format?: string; readerTime?: boolean };
  const text = TAG_FORMATS[format]?.(localeOf(options), instant, zoneOf(options));
  if (text === undefined) throw new Error(`timeTag has no format "${format}"`);
  const reader = readerTime ? ` data-reader-time data-zone="${escapeExpression(zoneOf(options))}"` : '';
  return new SafeString(`<time datetime="${instant.toISOString()}"${reader}>${escapeExpression(text)}</time>`);
}

/**
 * A message; its values are text. Where a value is markup of another helper (`name`, `timeTag`), the message is escaped
 * around it: the marks that hold its place come from a private-use area and never from data, which are escaped after.
 */
function translated(translator: Translator, key: string, options: HelperOptions): string | Handlebars.SafeString {
  const hash = options.hash as Record<string, unknown>;
  const names = Object.keys(hash);
  const locale = localeOf(options);
  if (names.length === 0) return translator.t(locale, key);
  if (!names.some((param) => hash[param] instanceof SafeString)) return translator.t(locale, key, hash);
  const marked = names.map((param, index): [string, unknown] => [
    param,
    param === 'count' ? hash[param] : `\uf8f0${index}\uf8f1`,
  ]);
  const text = escapeExpression(translator.t(locale, key, Object.fromEntries(marked)));
  return new SafeString(
    text.replace(/\uf8f0(\d+)\uf8f1/g, (_mark, index: string) => markupOf(hash[names[Number(index)]!])),
  );
}

function markupOf(value: unknown): string {
  return value instanceof SafeString ? value.toHTML() : escapeExpression(value as string);
}

function localized(text: Localized | string | null | undefined, locale: Locale): string | Handlebars.SafeString {
  if (typeof text === 'string') return text;
  const picked = pickText(text, locale);
  if (!picked.missing || picked.text === '') return picked.text;
  return new SafeString(`<span lang="${picked.locale}">${escapeExpression(picked.text)}</span>`);
}

function markdown(text: unknown, locale: Locale): Handlebars.SafeString {
  if (typeof text === 'string') return new SafeString(renderMarkdown(text));
  const picked = pickText(text as Localized | null | undefined, locale);
  const html = renderMarkdown(picked.text);
  return new SafeString(picked.missing && picked.text !== '' ? `<div lang="${picked.locale}">${html}</div>` : html);
}

function nameOf(person: unknown): string {
  if (typeof person === 'string') return person;
  if (typeof person !== 'object' || person === null) return '';
  const { displayName: shown, given } = person as { displayName?: unknown; given?: unknown };
  if (typeof shown === 'string') return shown;
  if (typeof given === 'string') return displayName(person as PersonNames);
  throw new Error('the name helper takes a text, { displayName } or the names of a person');
}

function countryGroups(locale: Locale): { frequent: object[]; rest: object[] } {
  const frequent = FREQUENT_COUNTRIES.map((code) => ({ code, name: countryName(locale, code) }));
  const rest = countryOptions(locale).filter(({ code }) => !FREQUENT_COUNTRIES.includes(code));
  return { frequent, rest: [...rest, { code: 'XX', name: countryName(locale, 'XX') }] };
}

const ESCAPES: Readonly<Record<string, string>> = {
  '<': '\\u003c',
  '>': '\\u003e',
  '&': '\\u0026',
  '\u2028': '\\u2028',
  '\u2029': '\\u2029',
};

/** JSON that cannot leave a `<script type="application/json">` block ([X6]). `undefined` becomes `null`. */
export function scriptJson(value: unknown): string {
  return (JSON.stringify(value) ?? 'null').replace(/[<>&\u2028\u2029]/g, (character) => ESCAPES[character]!);
}

/** An address for `href`: our own path, a fragment, a query, https, http or mailto; `#` for all else ([X2]). */
export function safeUrl(value: unknown): string {
  if (typeof value !== 'string' || value === '') return '#';
  if (/^[#?][^\s\\]*$/u.test(value)) return value;
  if (!value.startsWith('/')) return safeLink(value) ?? '#';
  const path = localPath(value);
  return path === '/' && value !== '/' ? '#' : path;
}
