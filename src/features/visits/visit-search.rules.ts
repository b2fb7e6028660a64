import { LOCALES, type Localized } from '../../kernel/locale.js';
import { foldForSearch } from '../../kernel/search-text.js';

export interface SearchedVisit {
  readonly ref: string;
  readonly title: Localized;
  readonly initiator: string | null;
  readonly incomingNo: string | null;
  readonly country: string | null;
  /** Names of the institution, as far as one is linked. */
  readonly institution: readonly (string | null | undefined)[];
}

/** The column that search looks into. */
export function searchColumn(visit: SearchedVisit): string {
  const { ref, title, initiator, incomingNo, country, institution } = visit;
  return foldForSearch(
    [ref, ...LOCALES.map((locale) => title[locale]), initiator, incomingNo, country, ...institution]
      .filter(Boolean)
      .join(' '),
  );
}
