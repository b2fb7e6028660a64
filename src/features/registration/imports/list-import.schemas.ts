import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { checkbox, choice, idField, integerField } from '../../../platform/web/fields.js';
import { fileField } from '../../../platform/web/uploads.js';
import { CATEGORIES, FORMS } from '../participation.rules.js';
import { LIST_FIELDS } from './list-fields.rules.js';
import { LIST_APPROVALS } from './list-import.rules.js';
import { NAME_ORDERS } from './list-name.rules.js';

const version = integerField({ min: 1, max: 2_000_000_000 });
/** Names of fields are made of rows and cells, so there are as many as the file wants. */
const many = (longest: number) => z.record(z.string().max(20), z.string().max(longest)).optional().default({});

const usual = {
  locale: choice(LOCALES),
  category: choice(CATEGORIES),
  form: choice(FORMS),
  approval: choice(LIST_APPROVALS),
};
export const listUploadForm = z.object(usual);
export const listUploadInput = listUploadForm.extend({ file: fileField() });

/** Three forms of one page: how the list is read, who people are, and what to do about errors. */
export const listChoicesForm = z.discriminatedUnion('part', [
  z.strictObject({
    part: z.literal('table'),
    ...usual,
    letters: checkbox(),
    nameOrder: choice(NAME_ORDERS),
    header: integerField({ min: 1, max: 20_000 }),
    column: many(6),
  }),
  z.strictObject({ part: z.literal('people'), person: many(60) }),
  z.strictObject({ part: z.literal('errors'), fix: many(1000), left: many(10), person: many(60) }),
]);

export const listCommitForm = z.strictObject({ key: idField() });
export const listUndoForm = z.strictObject({ version });

const row = integerField({ min: 1, max: 20_000 });
/** What is left out stays as it is. */
export const listChoicesInput = z
  .strictObject({
    locale: usual.locale.optional(),
    category: usual.category.optional(),
    form: usual.form.optional(),
    approval: usual.approval.optional(),
    letters: z.boolean().optional(),
    nameOrder: choice(NAME_ORDERS).optional(),
    header: row.optional(),
    columns: z.partialRecord(z.enum(LIST_FIELDS), integerField({ min: 0, max: 199 }).nullable()).optional(),
    fixes: z
      .array(z.strictObject({ cell: z.string().regex(/^[A-Z]{1,3}\d{1,5}$/), text: z.string().max(1000) }))
      .optional(),
    skipped: z.array(row).optional(),
    people: z
      .array(z.strictObject({ row, choice: z.string().max(60).meta({ description: 'A `personId`, or `new`' }) }))
      .optional(),
  })
  .meta({ id: 'ListImportChoices' });
