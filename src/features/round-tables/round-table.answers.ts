import { z } from 'zod';
import { LOCALES } from '../../kernel/locale.js';
import { instantOut } from '../../platform/web/api.js';
import { ASSIGNMENT_ROLES } from '../programme/index.js';
import { COMMENT_STATES, RESOLUTION_STATES } from './resolution.rules.js';

/* What the API answers about round tables. */

const localizedOut = z.partialRecord(z.enum(LOCALES), z.string());

export const roundTableOut = z
  .object({
    sessionId: z.uuid(),
    title: localizedOut,
    startsAt: instantOut.nullable(),
    people: z
      .array(
        z.object({
          personId: z.uuid(),
          name: z.string(),
          badge: z.string().nullable(),
          institution: z.string().nullable(),
          country: z.string().nullable(),
          role: z.enum(ASSIGNMENT_ROLES),
          seat: z.number().nullable(),
        }),
      )
      .meta({ description: 'Who has confirmed, in the order of seats' }),
  })
  .meta({ id: 'RoundTable' });

export const thesisOut = z
  .object({ personId: z.uuid(), text: z.string(), language: z.string(), updatedAt: instantOut, version: z.number() })
  .meta({ id: 'Thesis' });
export const thesesOut = z.object({ items: z.array(thesisOut) }).meta({ id: 'Theses' });

const request = { id: z.uuid(), personId: z.uuid(), name: z.string() };
export const floorOut = z
  .object({
    limit: z.object({
      minutes: z.number().nullable().meta({ description: 'Of each speech; null: as long as it takes' }),
      version: z.number(),
    }),
    speaking: z.object({ ...request, beganAt: instantOut, until: instantOut.nullable() }).nullable(),
    waiting: z
      .array(z.object({ ...request, askedAt: instantOut, spoken: z.number() }))
      .meta({ description: 'In the order in which they will speak' }),
    spoken: z.array(z.object({ ...request, beganAt: instantOut, endedAt: instantOut.nullable() })),
  })
  .meta({ id: 'Floor' });

const commentOut = z.object({
  id: z.uuid(),
  personId: z.uuid(),
  number: z.number().meta({ description: 'The version that was commented on' }),
  text: z.string(),
  state: z.enum(COMMENT_STATES),
  at: instantOut,
  version: z.number(),
});
const paragraph = { key: z.string(), text: localizedOut };

export const resolutionOut = z
  .object({
    state: z.enum(RESOLUTION_STATES),
    version: z.number(),
    adoptedAt: instantOut.nullable(),
    versions: z.array(z.object({ number: z.number(), at: instantOut })),
    paragraphs: z.array(z.object({ ...paragraph, comments: z.array(commentOut) })),
    adopters: z.array(z.object({ personId: z.uuid(), name: z.string() })),
  })
  .meta({ id: 'Resolution' });

export const resolutionVersionOut = z
  .object({ number: z.number(), at: instantOut, paragraphs: z.array(z.object(paragraph)) })
  .meta({ id: 'ResolutionVersion' });
