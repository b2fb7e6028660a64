import { z } from 'zod';
import { instantOut } from '../../../platform/web/api.js';
import {
  instantField,
  localDateTimeField,
  optionalDate,
  optionalId,
  optionalInteger,
  optionalTime,
} from '../../../platform/web/fields.js';
import { findingOut } from '../programme.answers.js';
import { MAX_SESSION_MINUTES } from '../session.rules.js';
import { FINDING_RULES, SEVERITIES } from './finding.rules.js';

/** Days and hours to look at; what is left out is found out from the programme. */
export const placesQuery = z.strictObject({
  from: optionalDate(),
  to: optionalDate(),
  earliest: optionalTime(),
  latest: optionalTime(),
  /** Minutes between possible starts. */
  step: optionalInteger({ min: 5, max: 240 }),
  /** Another length than the session has. */
  minutes: optionalInteger({ min: 1, max: MAX_SESSION_MINUTES }),
  roomId: optionalId(),
  limit: optionalInteger({ min: 1, max: 200 }),
});
export const heatMapQuery = placesQuery.omit({ limit: true });
export const explanationQuery = z.strictObject({
  /** Left out: where it is now. */
  start: z.union([instantField(), localDateTimeField()], { error: 'error.time.local' }).optional(),
  minutes: optionalInteger({ min: 1, max: MAX_SESSION_MINUTES }),
  roomId: optionalId(),
});

/** The page: where to look, and one place to ask about. */
export const placesForm = z.object({
  from: optionalDate(),
  to: optionalDate(),
  earliest: optionalTime(),
  latest: optionalTime(),
  day: optionalDate(),
  time: optionalTime(),
  minutes: optionalInteger({ min: 1, max: MAX_SESSION_MINUTES }),
  roomId: optionalId(),
});

const severity = z.enum(SEVERITIES).nullable();

export const placesOut = z
  .object({
    /** Free places, best first. */
    items: z.array(z.object({ start: instantOut, end: instantOut, roomId: z.string(), points: z.number(), severity })),
    looked: z.number(),
    free: z.number(),
    /** Why the others are refused; `examined` of them were looked into. */
    refused: z.object({
      examined: z.number(),
      blockers: z.array(
        z.object({
          rule: z.enum(FINDING_RULES),
          places: z.number(),
          alone: z.number(),
          people: z.array(z.string()),
          rooms: z.array(z.string()),
        }),
      ),
    }),
  })
  .meta({ id: 'Places' });

export const heatMapOut = z
  .object({
    starts: z.array(instantOut),
    minutes: z.number(),
    rooms: z.array(
      z.object({
        id: z.string(),
        /** One digit for each start: 0 nothing, 1 hint, 2 warning, 3 error. */
        heat: z.string(),
        points: z.array(z.number()),
      }),
    ),
  })
  .meta({ id: 'HeatMap' });

export const explanationOut = z
  .object({
    start: instantOut,
    end: instantOut,
    roomId: z.string().nullable(),
    points: z.number(),
    severity,
    findings: z.array(findingOut),
  })
  .meta({ id: 'Explanation' });
