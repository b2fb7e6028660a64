import type { DocxField } from '../../platform/documents/docx-fields.rules.js';

/** Short ways to say what a kind of document may ask for. */
export const text = (...names: readonly string[]): DocxField[] => names.map((name) => ({ name, type: 'text' }));
export const expected = (...names: readonly string[]): DocxField[] =>
  names.map((name) => ({ name, type: 'text', expected: true }));
export const flag = (name: string): DocxField => ({ name, type: 'flag' });
export const drawing = (name: string): DocxField => ({ name, type: 'drawing' });
export const image = (name: string): DocxField => ({ name, type: 'image' });
export const list = (name: string, fields: readonly DocxField[]): DocxField => ({
  name,
  type: 'list',
  fields,
  expected: true,
});
/** A list that a template may leave out. */
export const optionalList = (name: string, fields: readonly DocxField[]): DocxField => ({ name, type: 'list', fields });

/** The house, as its letterhead and its signature have it. */
export const HOST_FIELDS = text('hostName', 'hostAddress', 'hostPhone', 'hostEmail', 'hostUnp');

/** What stands on every letter. Number and date are given when it is issued. */
export const LETTER_FIELDS: readonly DocxField[] = [
  ...HOST_FIELDS,
  ...expected('number', 'date', 'addressee'),
  ...text('theirNumber', 'theirDate', 'salutation', 'signatoryTitle', 'signatoryName', 'contactName', 'contactPhone'),
];

/** At the foot of every sheet for use inside: of what it is, who made it and when. */
export const SHEET_FIELDS: readonly DocxField[] = text('hostName', 'reference', 'madeBy', 'madeAt');
