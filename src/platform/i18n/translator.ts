import { Injectable } from '@nestjs/common';
import { createInstance, type i18n } from 'i18next';
import { readFileSync } from 'node:fs';
import { LOCALES, type Locale } from '../../kernel/locale.js';
import { formatNumber } from './formats.js';

export type MessageParams = Readonly<Record<string, unknown>>;

type Value = string | number | boolean | null | undefined;

/** The pieces of a text: words, name of a value, words, …, words. */
type Pieces = readonly [string, ...string[]];

type MessageTree = { readonly [key: string]: string | MessageTree };

/** A message key that a language lacks, or a parameter that its text needs: a bug of ours, never of the visitor. */
export class MissingMessage extends Error {
  constructor(locale: string, key: string, param?: string) {
    super(param === undefined ? `no message "${key}" in ${locale}` : `message "${key}" in ${locale} needs "${param}"`);
    this.name = 'MissingMessage';
  }
}

const PLACEHOLDER = /\{\{(\w+)\}\}/;

/**
 * The words of the house in three languages, from `messages/{be,ru,en}.json`. i18next finds a text and its plural form; the
 * values are put in here, into what was taken apart once. They are dead text: what looks like a placeholder or a key in
 * them stays as it is.
 */
@Injectable()
export class Translator {
  private readonly i18n: i18n = createInstance();
  private readonly texts = new Map<string, Pieces>();
  private readonly plurals = new Map<string, Intl.PluralRules>();

  constructor() {
    const resources = Object.fromEntries(LOCALES.map((locale) => [locale, { translation: readMessages(locale) }]));
    void this.i18n.init({
      resources,
      supportedLngs: [...LOCALES],
      fallbackLng: false,
      initAsync: false,
      returnNull: false,
      returnEmptyString: true,
      parseMissingKeyHandler: absent,
      returnedObjectHandler: absent,
    });
  }

  /**
   * The text of `key` in `locale`. `params.count` picks the plural form and is written with the language's digits grouping.
   * Throws MissingMessage for an unknown key, for a key that is a group, and for a parameter that the text needs but lacks.
   */
  t(locale: Locale, key: string, params: MessageParams = {}): string {
    const count = typeof params['count'] === 'number' ? params['count'] : undefined;
    const [first, ...rest] = this.pieces(locale, key, count);
    let text = first;
    for (let at = 0; at < rest.length; at += 2) {
      const name = rest[at]!;
      const value = name === 'count' && count !== undefined ? formatNumber(locale, count) : (params[name] as Value);
      if (value === undefined) throw new MissingMessage(locale, key, name);
      text += String(value ?? '') + rest[at + 1]!;
    }
    return text;
  }

  /** Whether `key` is a message (or has plural forms) in `locale`; for codes that come from data. */
  has(locale: Locale, key: string): boolean {
    const found: unknown = this.i18n.getResource(locale, 'translation', key);
    return found === undefined ? this.i18n.exists(key, { lng: locale, count: 1 }) : typeof found === 'string';
  }

  private pieces(locale: Locale, key: string, count: number | undefined): Pieces {
    const name = count === undefined ? `${locale} ${key}` : `${locale} ${key} ${this.pluralOf(locale, count)}`;
    let pieces = this.texts.get(name);
    if (!pieces) {
      const text = this.i18n.t(key, {
        lng: locale,
        ...(count === undefined ? {} : { count }),
        skipInterpolation: true,
      });
      this.texts.set(name, (pieces = text.split(PLACEHOLDER) as [string, ...string[]]));
    }
    return pieces;
  }

  private pluralOf(locale: Locale, count: number): string {
    let rules = this.plurals.get(locale);
    if (!rules) this.plurals.set(locale, (rules = new Intl.PluralRules(locale)));
    return rules.select(count);
  }
}

/** i18next tells an unknown key and a group apart from a message only here. */
function absent(key: string, _value: unknown, options?: { lng?: string }): never {
  throw new MissingMessage(options?.lng ?? 'this language', key);
}

function readMessages(locale: Locale): MessageTree {
  return JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as MessageTree;
}
