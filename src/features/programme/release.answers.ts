import { z } from 'zod';
import { instantOut, listOf } from '../../platform/web/api.js';
import { ASSIGNMENT_ROLES } from './assignment.rules.js';
import { localizedOut } from './programme.answers.js';
import { OTHER_PARTS, detailsOf } from './release-details.rules.js';
import { NEWS_KINDS } from './release-people.rules.js';
import { CHANGE_KINDS, type ShownChange } from './release.rules.js';
import type { Comparison } from './releases.service.js';
import { personRows, WAYS, type Audience } from './release-views.js';
import { SESSION_KINDS } from './session.rules.js';

/* What the API answers about releases. */

export const releaseOut = z
  .object({
    id: z.uuid(),
    number: z.number(),
    name: localizedOut,
    note: localizedOut,
    publishedAt: instantOut,
    final: z.boolean(),
  })
  .meta({ id: 'Release' });

/** What a session says on one side of a difference. */
export const sideOut = z
  .object({
    title: localizedOut,
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    room: z.object({ id: z.string(), code: z.string(), name: localizedOut }).nullable(),
    status: z.enum(['planned', 'cancelled']),
  })
  .nullable();

const kind = z.enum(SESSION_KINDS);
/** One thing that is different inside a session. */
export const detailOut = z
  .discriminatedUnion('part', [
    z.object({ part: z.enum(['title', 'talk-title']), from: localizedOut, to: localizedOut }),
    z.object({ part: z.literal('kind'), from: kind, to: kind }),
    z.object({ part: z.literal('strand'), from: localizedOut.nullable(), to: localizedOut.nullable() }),
    z.object({ part: z.literal('room-name'), from: z.array(localizedOut), to: z.array(localizedOut) }),
    z.object({ part: z.enum(['talk-added', 'talk-removed']), title: localizedOut }),
    z.object({ part: z.enum(['joins', 'leaves']), personId: z.uuid(), role: z.enum(ASSIGNMENT_ROLES) }),
    z.object({ part: z.literal('other'), what: z.enum(OTHER_PARTS) }),
  ])
  .meta({ id: 'ReleaseChangeDetail' });

const changeOut = z
  .object({
    sessionId: z.string(),
    kind: z.enum(CHANGE_KINDS),
    significant: z.boolean(),
    before: sideOut,
    after: sideOut,
    details: z.array(detailOut),
  })
  .meta({ id: 'ReleaseChange' });

const personOut = z
  .object({
    personId: z.string(),
    name: z.string().nullable().meta({ description: 'As printed; null where it was removed' }),
    way: z.enum(WAYS).nullable().meta({ description: 'How they learn of it; null where nothing is published' }),
    news: z.array(
      z.object({ sessionId: z.string(), kind: z.enum(NEWS_KINDS), roles: z.array(z.enum(ASSIGNMENT_ROLES)) }),
    ),
    mails: z.array(z.enum(['added', 'moved', 'cancelled', 'dropped'])),
  })
  .meta({ id: 'PersonConcerned' });

const comparison = { changes: z.array(changeOut), people: z.array(personOut) };

export const releaseList = listOf(releaseOut).meta({ id: 'ReleaseList' });
export const releaseWithChanges = releaseOut.extend(comparison).meta({ id: 'ReleaseWithChanges' });
export const comparisonOut = z
  .object({ from: z.number(), to: z.union([z.number(), z.literal('draft')]), ...comparison })
  .meta({ id: 'ReleaseComparison' });

/** What a release now would bring, and what blocks it; `after` is what publishing it repeats. */
export const nextReleaseOut = z
  .object({
    after: z.number(),
    final: z.boolean(),
    ...comparison,
    openErrors: z.number(),
    unconfirmed: z.number(),
    peopleToTell: z.number(),
    mails: z.number(),
    digests: z.number().meta({ description: 'How many of the mails tell one person of many changes' }),
    signUps: z.number().meta({ description: 'Sign-ups of listeners for sessions that change' }),
  })
  .meta({ id: 'NextRelease' });

/** Differences as programs read them. */
export function comparisonAnswer({ changes, names }: Comparison, audience: Audience | null = null) {
  return {
    changes: changes.map((change: ShownChange) => ({ ...change, details: detailsOf(change) })),
    people: personRows(changes, audience).map(({ personId, way, news, mails }) => ({
      personId,
      name: names.get(personId) ?? null,
      way,
      news: news.map((one) => ({ ...one, roles: one.places.map(({ role }) => role) })),
      mails,
    })),
  };
}
