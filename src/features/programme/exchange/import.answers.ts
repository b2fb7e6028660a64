import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut, listOf } from '../../../platform/web/api.js';
import { fileProblemOut } from '../../../platform/web/file-problems.js';
import { CHANGES } from './import-plan.js';
import { IMPORT_FORMATS } from './import.rules.js';
import { IMPORT_STATES } from './programme-import.entity.js';
import { TABLE_FIELDS } from './table.rules.js';

/* What the API answers about imports of programmes. */

const count = z.number().int();

export const importCountsOut = z
  .object({ added: count, changed: count, unchanged: count, errors: count, people: count })
  .meta({ id: 'ImportCounts' });

const brief = {
  id: z.uuid(),
  filename: z.string(),
  format: z.enum(IMPORT_FORMATS),
  state: z.enum(IMPORT_STATES),
  counts: importCountsOut.nullable().meta({ description: 'Once it is taken over' }),
  createdAt: instantOut,
  doneAt: instantOut.nullable(),
};

export const importList = listOf(z.object(brief)).meta({ id: 'ProgrammeImportList' });

export const importOut = z
  .object({
    ...brief,
    undone: z
      .object({ sessions: count, reverted: count, people: count, kept: z.array(z.uuid()) })
      .nullable()
      .meta({ description: 'What undoing came to; `kept`: sessions that somebody had changed' }),
    version: z.number(),
  })
  .meta({ id: 'ProgrammeImport' });

const column = z.number().int().nullable();

export const importPlanOut = z
  .object({
    key: z.uuid().meta({ description: 'Of this plan, for `commit`' }),
    counts: importCountsOut,
    problems: z.array(fileProblemOut),
    sessions: z
      .array(
        z.object({
          place: z.string(),
          what: z.enum(['added', 'changed', 'left']),
          sessionId: z.uuid().nullable(),
          title: z.string(),
          startsAt: instantOut.nullable(),
          minutes: z.number(),
          room: z.string(),
          strand: z.string(),
          changes: z.array(z.enum(CHANGES)),
        }),
      )
      .meta({ description: 'Those that are new or change, and those that stay because they are cancelled' }),
    newStrands: z.array(z.string()),
    unknownRooms: z.array(
      z.object({ name: z.string(), sessions: count, choice: z.string().meta({ description: 'Id, `new` or `none`' }) }),
    ),
    people: z
      .array(
        z.object({
          key: z.string(),
          name: z.string(),
          sessions: count,
          choice: z.string().meta({ description: 'Id or `new`' }),
          namesakes: z.array(z.object({ personId: z.uuid(), name: z.string(), institution: z.string().nullable() })),
        }),
      )
      .meta({ description: 'People that nobody here is known to be' }),
    choices: z.object({ locale: z.enum(LOCALES), venueId: z.uuid().nullable() }),
    table: z
      .object({
        header: z.number().nullable(),
        columns: z.object(Object.fromEntries(TABLE_FIELDS.map((field) => [field, column]))),
        rows: z.array(z.object({ at: z.number(), cells: z.array(z.string()) })),
      })
      .nullable(),
    version: z.number(),
  })
  .meta({ id: 'ProgrammeImportPlan' });
