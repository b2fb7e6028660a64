import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { choice, idField, integerField, optionalId } from '../../../platform/web/fields.js';

const version = integerField({ min: 1, max: 2_000_000_000 });
/** Names of fields are made of what a file holds, so there are as many as the file wants. */
const many = z.record(z.string().max(60), z.string().max(60)).optional().default({});

export const uploadForm = z.object({ locale: choice(LOCALES) });
export const choicesForm = z.strictObject({
  locale: choice(LOCALES),
  venueId: optionalId(),
  header: z.string().max(6).optional(),
  column: many,
  room: many,
  person: many,
});
export const commitForm = z.strictObject({ key: idField() });
export const undoForm = z.strictObject({ version });
