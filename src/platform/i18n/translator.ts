import { Injectable } from '@nestjs/common';
import { createInstance, type i18n } from 'i18next';
import { readFileSync } from 'node:fs';
import { LOCALES, type Locale } from '../../kernel/locale.js';
import { formatNumber } from './formats.js';

export type MessageParams = Readonly<Record<string, unknown>>;

type MessageTree = { readonly [key: string]: string | MessageTree };

/** A message key that a language lacks, or a parameter that its text needs: a bug of ours, never of the visitor. */
export class MissingMessage extends Error {
  constructor(locale: string, key: string, param?: string) {
    super(param === undefined ? `no message "${key}" in ${locale}` : `message "${key}" in ${locale} needs "${param}"`);
    this.name = 'MissingMessage';
  }
}

/**
 * The words of the house in three languages, from `messages/{be,ru,en}.json`.
 * Values given to a message are dead text: what looks like a placeholder or a key in them stays as it is.
 */
@Injectable()
export class Translator {
  private readonly i18n: i18n = createInstance();
  private readonly plain = new Map<string, string>();

  constructor() {
    const resources = Object.fromEntries(LOCALES.map((locale) => [locale, { translation: readMessages(locale) }]));
    void this.i18n.init({
      resources,
      supportedLngs: [...LOCALES],
      fallbackLng: false,
      initAsync: false,
      returnNull: false,
      returnEmptyString: true,
      interpolation: { escapeValue: false, skipOnVariables: true },
      parseMissingKeyHandler: absent,
      returnedObjectHandler: absent,
    });
  }

  /**
   * The text of `key` in `locale`. `params.count` picks the plural form and is written with the language's digits grouping.
   * Throws MissingMessage for an unknown key, for a key that is a group, and for a parameter that the text needs but lacks.
   */
  t(locale: Locale, key: string, params?: MessageParams): string {
    if (params !== undefined) return this.interpolated(locale, key, params);
    const cached = this.plain.get(`${locale} ${key}`);
    if (cached !== undefined) return cached;
    const text = this.interpolated(locale, key, {});
    this.plain.set(`${locale} ${key}`, text);
    return text;
  }

  /** Whether `key` is a message (or has plural forms) in `locale`; for codes that come from data. */
  has(locale: Locale, key: string): boolean {
    const found: unknown = this.i18n.getResource(locale, 'translation', key);
    return found === undefined ? this.i18n.exists(key, { lng: locale, count: 1 }) : typeof found === 'string';
  }

  private interpolated(locale: Locale, key: string, params: MessageParams): string {
    const count = params['count'];
    const plural = typeof count === 'number';
    return this.i18n.t(key, {
      lng: locale,
      ...(plural ? { count } : {}),
      replace: plural ? { ...params, count: formatNumber(locale, count) } : params,
      nest: false,
      missingInterpolationHandler: (_text: string, match: RegExpExecArray) => {
        throw new MissingMessage(locale, key, match[1]?.trim());
      },
    });
  }
}

/** i18next tells an unknown key and a group apart from a message only here. */
function absent(key: string, _value: unknown, options?: { lng?: string }): never {
  throw new MissingMessage(options?.lng ?? 'this language', key);
}

function readMessages(locale: Locale): MessageTree {
  return JSON.parse(readFileSync(new URL(`./messages/${locale}.json`, import.meta.url), 'utf8')) as MessageTree;
}
