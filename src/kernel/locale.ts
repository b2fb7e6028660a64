/** The languages of pages and mails, the first is the site's own. */
export const LOCALES = ['be', 'ru', 'en'] as const;
export type Locale = (typeof LOCALES)[number];
export const DEFAULT_LOCALE: Locale = 'be';

/** A text that staff write in up to three languages. */
export type Localized = Partial<Record<Locale, string>>;

export interface PickedText {
  readonly text: string;
  /** The language that `text` is really in, for its `lang` attribute. */
  readonly locale: Locale;
  /** The wanted language has no text of its own: say so beside it. */
  readonly missing: boolean;
}

/** Belarusian and Russian readers read each other's language; for others Russian is the wider known of the two. */
const FALLBACK: Record<Locale, readonly Locale[]> = {
  be: ['be', 'ru', 'en'],
  ru: ['ru', 'be', 'en'],
  en: ['en', 'ru', 'be'],
};

const MAX_RANGES = 20;

export function isLocale(value: unknown): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** The text in the wanted language or the nearest one that has it; an empty text in the wanted language if none has. */
export function pickText(text: Localized | null | undefined, locale: Locale): PickedText {
  const found = FALLBACK[locale].find((candidate) => text?.[candidate]);
  return { text: found ? text![found]! : '', locale: found ?? locale, missing: found !== locale };
}

/**
 * The offered language that the reader prefers (RFC 9110 12.5.4), `be` when none is offered. Read leniently: a quality
 * out of range is cut to it, an unreadable range is skipped, and only the first twenty count.
 */
export function parseAcceptLanguage(header: string | undefined): Locale {
  let best: { locale: Locale; quality: number } | undefined;
  for (const range of (header ?? '').split(',', MAX_RANGES)) {
    const [tag = '', ...parameters] = range.split(';', 3);
    const locale = tag.trim().slice(0, 100).split('-', 1)[0]!.toLowerCase();
    const quality = readQuality(parameters[0]);
    if (isLocale(locale) && quality > 0 && (!best || quality > best.quality)) best = { locale, quality };
  }
  return best?.locale ?? DEFAULT_LOCALE;
}

function readQuality(parameter: string | undefined): number {
  if (parameter === undefined) return 1;
  const match = /^\s*q\s*=\s*(\d(?:\.\d{0,3})?)\s*$/i.exec(parameter);
  return match ? Math.min(1, Number(match[1])) : 0;
}
