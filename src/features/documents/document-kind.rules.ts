import type { DocxField } from '../../platform/documents/docx-fields.rules.js';

/** Where kinds of documents are shown together. */
export const DOCUMENT_GROUPS = ['letters', 'programme', 'people', 'services', 'finance', 'after'] as const;
export type DocumentGroup = (typeof DOCUMENT_GROUPS)[number];

/** Documents with a number of their own: letters of the house, counted by the year. */
export const SERIES = ['letter', 'visit'] as const;
export type Series = (typeof SERIES)[number];

/** A kind of document: what its templates may ask for. Its name is said by the message `documents.kind.<kind>`. */
export interface DocumentKind {
  /** Also the beginning of the file name of its default templates. */
  readonly kind: string;
  readonly group: DocumentGroup;
  /** The series in which it gets a number when it is issued; null: it has none. */
  readonly series: Series | null;
  /** What each field says is the message `documents.field.<name>`. */
  readonly fields: readonly DocxField[];
}

/**
 * A number as it is printed: `V-2027-014` of a visit, `14/2027` of a letter. Numbers begin with 1 every year.
 */
export function referenceOf(series: Series, year: number, number: number): string {
  return series === 'visit' ? `V-${year}-${String(number).padStart(3, '0')}` : `${number}/${year}`;
}
