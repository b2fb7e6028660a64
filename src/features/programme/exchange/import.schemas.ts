import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { choice, idField, integerField, optionalId } from '../../../platform/web/fields.js';
import { fileField } from '../../../platform/web/uploads.js';
import { TABLE_FIELDS } from './table.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });
/** Names of fields are made of what a file holds, so there are as many as the file wants. */
const many = z.record(z.string().max(60), z.string().max(60)).optional().default({});

export const uploadForm = z.object({ locale: choice(LOCALES) });
export const uploadInput = uploadForm.extend({ file: fileField() });
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

const choiceOf = z.string().max(60);
/** What is left out stays as it is. Columns are counted from 0; null takes a meaning away. */
export const importChoices = z
  .strictObject({
    locale: choice(LOCALES).optional(),
    venueId: optionalId().optional(),
    header: integerField({ min: 1, max: 20_000 }).optional(),
    columns: z.partialRecord(z.enum(TABLE_FIELDS), integerField({ min: 0, max: 199 }).nullable()).optional(),
    rooms: z
      .array(z.strictObject({ name: z.string().max(500), choice: choiceOf }))
      .max(2000)
      .optional(),
    people: z
      .array(z.strictObject({ key: z.string().max(60), choice: choiceOf }))
      .max(10_000)
      .optional(),
  })
  .meta({ id: 'ProgrammeImportChoices' });
