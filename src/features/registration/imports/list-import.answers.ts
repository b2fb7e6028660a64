import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut, listOf } from '../../../platform/web/api.js';
import { TABLE_FORMATS } from '../../../platform/documents/table-file.js';
import { fileProblemOut } from '../../../platform/web/file-problems.js';
import { CATEGORIES, FORMS } from '../participation.rules.js';
import { LIST_FIELDS } from './list-fields.rules.js';
import { LEFT_OUT, LIST_APPROVALS, LIST_STATES } from './list-import.rules.js';
import { NAME_ORDERS } from './list-name.rules.js';
import { PLANNED } from './list-plan.js';

/* What the API answers about lists of participants. */

const count = z.number().int();
const text = z.string().nullable();

export const listCountsOut = z
  .object({ added: count, people: count, already: count, undecided: count, errors: count, skipped: count })
  .meta({ id: 'ListImportCounts' });

const brief = {
  id: z.uuid(),
  filename: z.string(),
  format: z.enum(TABLE_FORMATS),
  state: z.enum(LIST_STATES),
  counts: listCountsOut.nullable().meta({ description: 'Once it is taken over' }),
  createdAt: instantOut,
  doneAt: instantOut.nullable(),
};

export const listImportList = listOf(z.object(brief)).meta({ id: 'ListImportList' });

export const listImportOut = z
  .object({
    ...brief,
    leftOut: z
      .object(Object.fromEntries(LEFT_OUT.map((why) => [why, z.array(count)])))
      .nullable()
      .meta({ description: 'Numbers of rows by the reason' }),
    undone: z
      .object({ registrations: count, people: count, kept: z.array(z.uuid()) })
      .nullable()
      .meta({ description: 'What undoing came to; `kept`: registrations with which somebody has worked' }),
    version: z.number(),
  })
  .meta({ id: 'ListImport' });

const listedOut = z.object({
  given: z.string(),
  family: text,
  patronymic: text,
  mononym: z.boolean(),
  badgeName: text,
  email: text,
  phone: text,
  institution: text,
  position: text,
  country: text,
  category: z.enum(CATEGORIES),
  form: z.enum(FORMS),
  arrival: text,
  departure: text,
  note: z.string(),
});

export const listPlanOut = z
  .object({
    key: z.uuid().meta({ description: 'Of this plan, for `commit`' }),
    counts: listCountsOut,
    sameFile: z.object({ filename: z.string(), doneAt: instantOut.nullable() }).nullable(),
    rows: z.array(
      z.object({
        row: count,
        place: z.string(),
        name: z.string(),
        what: z.enum(PLANNED),
        person: listedOut.nullable(),
        personId: z.uuid().nullable(),
        withoutEmail: z.boolean(),
        candidates: z.array(z.object({ personId: z.uuid(), name: z.string(), email: text, institution: text })),
        problems: z.array(fileProblemOut),
        hints: z.array(fileProblemOut),
      }),
    ),
    choices: z.object({
      locale: z.enum(LOCALES),
      category: z.enum(CATEGORIES),
      form: z.enum(FORMS),
      approval: z.enum(LIST_APPROVALS),
      letters: z.boolean(),
      nameOrder: z.enum(NAME_ORDERS),
      header: z.number().nullable(),
      columns: z.object(Object.fromEntries(LIST_FIELDS.map((field) => [field, z.number().nullable()]))),
    }),
    table: z.array(z.object({ at: count, cells: z.array(z.string()) })).meta({ description: 'The first rows' }),
    version: z.number(),
  })
  .meta({ id: 'ListImportPlan' });
