// The templates that come with the house, by kind. Every kind is declared in src/features/documents with its fields.
import { visaLetter } from './letters.mjs';

export const DOCUMENTS = {
  visa_letter: visaLetter,
};
