import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Visit } from '../../visit.entity.js';

/** A line of a list: texts alone. */
export type Line = Readonly<Record<string, string>>;

/** What a kind of document is filled with: texts as they print, in its language. */
export type PaperMaker = (visit: Visit, locale: Locale) => Promise<DocxData>;

/** Fills kinds of documents, by their kinds. */
export interface PaperBuilder {
  readonly makers: Readonly<Record<string, PaperMaker>>;
}

/** The second language of a bilingual document: English beside Belarusian and Russian, Belarusian beside English. */
export function secondOf(locale: Locale): Locale {
  return locale === 'en' ? 'be' : 'en';
}
