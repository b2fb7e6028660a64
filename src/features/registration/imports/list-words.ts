import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { COUNTRY_CODES, countryName } from '../../../platform/i18n/countries.js';
import type { Translator } from '../../../platform/i18n/translator.js';
import { CATEGORIES, FORMS } from '../participation.rules.js';
import type { ListWords } from './read-list.js';

/** How lists call countries besides their names. */
const SHORT: Readonly<Record<string, string>> = {
  рб: 'BY',
  рф: 'RU',
  'республика беларусь': 'BY',
  'рэспубліка беларусь': 'BY',
  'российская федерация': 'RU',
  'расійская федэрацыя': 'RU',
  сша: 'US',
  зша: 'US',
  usa: 'US',
  uk: 'GB',
  кнр: 'CN',
  чехия: 'CZ',
  'чэшская рэспубліка': 'CZ',
};

/** What pages and lists call countries, folded, to their codes. */
export function countryWords(): ReadonlyMap<string, string> {
  return new Map([
    ...COUNTRY_CODES.map((code) => [foldForSearch(code), code] as const),
    ...Object.entries(SHORT).map(([name, code]) => [foldForSearch(name), code] as const),
    ...said(COUNTRY_CODES, countryName),
  ]);
}

/** What pages and lists call countries, categories and forms, in every language. */
export function listWords(translator: Translator): ListWords {
  return {
    countries: countryWords(),
    categories: new Map(said(CATEGORIES, (locale, code) => translator.t(locale, `category.${code}`))),
    forms: new Map(said(FORMS, (locale, code) => translator.t(locale, `form.${code}`))),
  };
}

function said<T extends string>(codes: readonly T[], name: (locale: Locale, code: T) => string) {
  return codes.flatMap((code) => LOCALES.map((locale) => [foldForSearch(name(locale, code)), code] as const));
}
