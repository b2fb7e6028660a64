import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut } from '../../../platform/web/api.js';
import { choice } from '../../../platform/web/fields.js';

export const issueForm = z.strictObject({ locale: choice(LOCALES) }).meta({ id: 'VisitLetterIssue' });
/** The language of a document is the end of its address: `delegation_list.be.docx`. */
export const documentName = /^([a-z_]{3,40})\.(be|ru|en)\.docx$/;
/** Which of several documents of a kind: of a meeting, a car, a hotel, a day or a change sheet. */
export const partQuery = z.strictObject({ of: z.string().max(200).default('') });
export const packQuery = z.strictObject({ language: z.enum(LOCALES).default('be') });

export const issuedOut = z
  .object({
    publicId: z.string(),
    kind: z.string(),
    locale: z.enum(LOCALES),
    title: z.string(),
    reference: z.string().nullable(),
    madeAt: instantOut,
  })
  .meta({ id: 'VisitLetter' });
export const issuedListOut = z.object({ items: z.array(issuedOut) }).meta({ id: 'VisitLetters' });
