import { z } from 'zod';
import { instantOut, listOf } from '../../../platform/web/api.js';
import { localizedOut } from '../programme.answers.js';
import { detailOut, sideOut } from '../release.answers.js';
import { detailsOf } from '../release-details.rules.js';
import { FATES } from './fates.rules.js';
import type { Restoration } from './restorations.service.js';

/* What the API answers about restoring. */

export const keptDraftOut = z
  .object({
    id: z.uuid(),
    keptAt: instantOut,
    releaseNumber: z.number().nullable().meta({ description: 'The release that took its place; null: a kept draft' }),
  })
  .meta({ id: 'KeptDraft' });
export const keptDraftList = listOf(keptDraftOut).meta({ id: 'KeptDraftList' });

const leftOutOut = z.discriminatedUnion('what', [
  z.object({ what: z.literal('zone'), zone: z.string() }),
  z.object({ what: z.enum(['session', 'room', 'strand']), sessionId: z.string(), name: localizedOut }),
  z.object({ what: z.enum(['person', 'answer']), sessionId: z.string(), personId: z.string() }),
]);

export const restorationOut = z
  .object({
    seen: z.string().meta({ description: 'What restoring repeats' }),
    changes: z.array(
      z.object({
        sessionId: z.string(),
        kind: z.enum(FATES),
        before: sideOut,
        after: sideOut,
        details: z.array(detailOut),
      }),
    ),
    leftOut: z.array(leftOutOut),
    remaining: z.array(z.string()).meta({ description: 'Sessions that will still differ from the release' }),
  })
  .meta({ id: 'Restoration' });

export const restoredOut = z
  .object({ kept: keptDraftOut, sessions: z.number(), openErrors: z.number() })
  .meta({ id: 'Restored' });

/** A restoration as programs read it: a side that has no time is null. */
export function restorationAnswer({ fates, leftOut, remaining, seen }: Restoration) {
  return {
    seen,
    leftOut,
    remaining,
    changes: fates.map(({ sessionId, kind, before, after, scheduled }) => ({
      sessionId,
      kind,
      before: scheduled && kind !== 'back' ? before : null,
      after: scheduled && kind !== 'tray' && kind !== 'removed' ? after : null,
      details: kind === 'tray' || kind === 'removed' ? [] : detailsOf({ before, after }),
    })),
  };
}
