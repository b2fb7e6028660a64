import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import {
  choice,
  idField,
  integerField,
  optionalInteger,
  optionalParagraph,
  paragraph,
} from '../../platform/web/fields.js';
import { SPEECH_MINUTES } from './floor.rules.js';

const version = () => integerField({ min: 0, max: 2_000_000_000 });

export const thesisForm = z.strictObject({ text: paragraph(20_000), language: choice(LOCALES), version: version() });
export const emptyForm = z.strictObject({});
export const turnForm = z.strictObject({ request: idField() });
export const limitForm = z.strictObject({ minutes: optionalInteger(SPEECH_MINUTES), version: version() });
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
export const adopterForm = z.strictObject({ adopter: idField() });

/* The same for programs, which name versions in If-Match and people in the body. */
export const thesisInput = thesisForm.omit({ version: true }).meta({ id: 'ThesisInput' });
export const limitInput = limitForm.omit({ version: true }).meta({ id: 'FloorLimit' });
export const resolutionInput = resolutionForm.omit({ version: true }).meta({ id: 'ResolutionTexts' });
export const commentInput = commentForm.extend({ person: idField() }).meta({ id: 'ResolutionComment' });
