import { createHash } from 'node:crypto';
import { nearDays } from '../scheduler/draft/draft-parts.rules.js';
import type { Asked, Draft } from '../scheduler/draft/draft.rules.js';
import { standingOf } from '../scheduler/draft/plan.rules.js';

/** A short stand-in for a text that is only ever compared. */
export function shortened(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}

/** Of everything on which the worth of a plan depends: the same print, the same score. */
export function printOf(draft: Draft, asked: Asked): string {
  const others = nearDays(draft, asked).map(({ session }) => [session.id, session.start, session.end, session.roomId]);
  return shortened(JSON.stringify([draft.sessions.map(standingOf), others, draft.limits, draft.zone]));
}
