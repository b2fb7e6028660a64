import type { Locale } from '../../../../kernel/locale.js';
import type { DocxData } from '../../../../platform/documents/docx-data.rules.js';
import type { Viewer } from '../../../../platform/web/viewer.js';
import type { Visit } from '../../visit.entity.js';

/** A line of a list: texts alone. */
export type Line = Readonly<Record<string, string>>;

/** One document to be filled. */
export interface PaperRequest {
  readonly visit: Visit;
  readonly locale: Locale;
  /** Who asks: what they may not know of other visits is not printed. */
  readonly viewer: Viewer;
  /** Which of the parts of its kind; '' where there is one for the whole visit. */
  readonly part: string;
}

/** Of some kinds there are several documents: one for each meeting, car, hotel or change sheet. */
export interface PaperPart {
  /** Opaque, unique within its kind. */
  readonly key: string;
  /** What it is of, in the language of the document; '' of the whole visit. */
  readonly label: string;
  /** What should be looked at before it is used, in the same language. */
  readonly notes?: readonly string[];
}

/** The one document of a kind that is about the whole visit. */
export const WHOLE: PaperPart = { key: '', label: '' };

/** What a kind of document is filled with: texts as they print, in its language. */
export interface PaperKind {
  readonly fill: (request: PaperRequest) => Promise<DocxData>;
  /** What there is to print; left out: always the whole. Nothing: the pack says what is missing. */
  readonly parts?: (request: Omit<PaperRequest, 'part'>) => Promise<readonly PaperPart[]>;
}

/** Fills kinds of documents, by their kinds. */
export interface PaperBuilder {
  readonly papers: Readonly<Record<string, PaperKind>>;
}

/** The second language of a bilingual document: English beside Belarusian and Russian, Belarusian beside English. */
export function secondOf(locale: Locale): Locale {
  return locale === 'en' ? 'be' : 'en';
}
