import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { choice, idField, integerField, optionalParagraph, paragraph } from '../../platform/web/fields.js';

const version = () => integerField({ min: 0, max: 2_000_000_000 });

export const thesisForm = z.strictObject({ text: paragraph(20_000), language: choice(LOCALES), version: version() });
export const emptyForm = z.strictObject({});
export const floorForm = z.strictObject({ person: idField() });
/** The text in each language, paragraphs parted by empty lines. */
export const resolutionForm = z.strictObject({
  be: optionalParagraph(100_000),
  ru: optionalParagraph(100_000),
  en: optionalParagraph(100_000),
  version: version(),
});
export const commentForm = z.strictObject({ paragraph: z.string().regex(/^p\d{1,6}$/), text: paragraph(4000) });
export const settleForm = z.strictObject({ comment: idField(), version: version() });
export const adoptForm = z.strictObject({ version: version() });
