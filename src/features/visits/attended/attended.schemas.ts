import { z } from 'zod';
import { LOCALES } from '../../../kernel/locale.js';
import { instantOut } from '../../../platform/web/api.js';
import { choice, integerField } from '../../../platform/web/fields.js';
import { memberIdsField } from '../delegation/member.schemas.js';
import { ATTENDED_STATES } from './attended.rules.js';

/** `version` 0: nobody of the delegation attends it yet. */
const version = integerField({ min: 0, max: 2_000_000_000 });
export const WHO_ATTENDS = ['all', 'chosen'] as const;

const fields = { who: choice(WHO_ATTENDS), memberIds: memberIdsField(), version };
export const attendanceForm = z.strictObject(fields).meta({ id: 'VisitAttendanceInput' });

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());
export const attendedOut = z
  .object({
    sessionId: z.uuid(),
    title: localizedOut,
    kind: z.string(),
    conference: localizedOut,
    /** As the conference has published it; before that, as it is planned. */
    startsAt: instantOut.nullable(),
    endsAt: instantOut.nullable(),
    roomId: z.uuid().nullable(),
    state: z.enum(ATTENDED_STATES),
    /** Null: everybody who comes in person. */
    memberIds: z.array(z.uuid()).nullable(),
    conflicts: z.array(
      z.object({ key: z.string(), rule: z.string(), severity: z.string(), accepted: z.string().nullable() }),
    ),
    version: z.number(),
  })
  .meta({ id: 'VisitAttendance' });
export const attendedListOut = z
  .object({
    items: z.array(attendedOut),
    /** Sessions of the conference that can be attended, too. */
    choices: z.array(
      z.object({
        sessionId: z.uuid(),
        title: localizedOut,
        kind: z.string(),
        startsAt: instantOut,
        endsAt: instantOut,
        published: z.boolean(),
      }),
    ),
  })
  .meta({ id: 'VisitAttendanceList' });
