import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import { SEVERITIES } from '../conflicts/finding.rules.js';

/* What the board's API answers. Sentences are in the language of the account, because people read them as they are. */

const placedOut = z.object({
  id: z.uuid(),
  version: z.number(),
  status: z.string(),
  startsAt: instantOut.nullable(),
  minutes: z.number(),
  roomId: z.uuid().nullable(),
  /** "10:00–11:30" on the clock of the programme; empty in the tray. */
  clock: z.string(),
  /** "60 minutes". */
  lasts: z.string(),
});

const badgeOut = z.object({ session: z.uuid(), severity: z.enum(SEVERITIES), count: z.number(), text: z.string() });
const conflictOut = z.object({
  severity: z.enum(SEVERITIES),
  label: z.string(),
  text: z.string(),
  /** Of this programme. */
  sessions: z.array(z.uuid()),
  /** The day of the first of them; empty when there is none. */
  day: z.string(),
});

export const boardStateOut = z
  .object({
    sessions: z.array(placedOut),
    badges: z.array(badgeOut),
    conflicts: z.array(conflictOut),
    conflictCount: z.number(),
    /** What undo and redo would do; null when there is nothing. */
    undo: z.string().nullable(),
    redo: z.string().nullable(),
  })
  .meta({ id: 'BoardState' });

export const boardOperationOut = boardStateOut
  .extend({
    operation: z.object({ id: z.uuid(), kind: z.string(), state: z.string() }),
    /** What happened, as one sentence: "Round table moved to 11:30, Room 205. 1 conflict." */
    said: z.string(),
  })
  .meta({ id: 'BoardOperation' });

export const boardPreviewOut = z
  .object({
    changes: z.array(
      z.object({ session: z.uuid(), title: z.string(), from: z.string(), to: z.string(), version: z.number() }),
    ),
    newConflicts: z.array(conflictOut),
  })
  .meta({ id: 'BoardPreview' });

export const boardHeatOut = z
  .object({
    from: instantOut,
    step: z.number(),
    sessions: z.array(
      z.object({
        id: z.uuid(),
        rooms: z.array(
          z.object({
            id: z.uuid(),
            /** One digit for each start: 0 nothing, 1 hint, 2 warning, 3 error. */
            heat: z.string(),
            points: z.array(z.number()).optional(),
          }),
        ),
      }),
    ),
  })
  .meta({ id: 'BoardHeat' });

export const boardReasonsOut = z
  .object({
    /** "10:00, Great Hall". */
    where: z.string(),
    severity: z.enum(SEVERITIES).nullable(),
    /** The severity in words, or that nothing is against it. */
    label: z.string(),
    points: z.number(),
    reasons: z.array(z.object({ severity: z.enum(SEVERITIES), label: z.string(), text: z.string() })),
    /** How many there are besides. */
    more: z.number(),
  })
  .meta({ id: 'BoardReasons' });
