import { expected, LETTER_FIELDS, text } from './common-fields.rules.js';
import type { DocumentKind } from './document-kind.rules.js';

/** The letter that supports somebody's wish for a visa. It holds passport data: what is made of it is kept encrypted. */
export const VISA_LETTER: DocumentKind = {
  kind: 'visa_letter',
  group: 'letters',
  series: 'letter',
  fields: [
    ...LETTER_FIELDS,
    ...expected('passportName', 'birthDate', 'citizenship', 'passportNumber', 'entryDate', 'exitDate'),
    ...text(
      'cyrillicName',
      'sex',
      'birthPlace',
      'residence',
      'homeAddress',
      'passportType',
      'passportIssued',
      'passportIssuer',
      'passportExpires',
      'employer',
      'position',
      'workAddress',
      'workPhone',
      'purpose',
      'role',
      'paperTitle',
      'eventTitle',
      'eventDates',
      'entries',
      'route',
      'stayAddress',
      'consulate',
      'whoPays',
    ),
  ],
};
