import { localDay } from '../../kernel/zones.js';

/** A session on one side of a release, as far as listeners care. */
export interface HeardSession {
  /** ISO instants in UTC. */
  readonly startsAt: string;
  readonly zone: string;
  readonly status: 'planned' | 'cancelled';
  readonly restricted: boolean;
}

/**
 * What is written to somebody who only chose the session (ruling 4): that it is off, or no longer for them; that it moves
 * today. Everything else they see on their page and in their calendar: null.
 */
export function newsForListeners(
  { before, after, significant }: { before: HeardSession | null; after: HeardSession | null; significant: boolean },
  now: Date,
): 'cancelled' | 'moved' | null {
  if (!before || before.status === 'cancelled' || before.restricted) return null;
  if (after === null || after.status === 'cancelled' || after.restricted) return 'cancelled';
  const isToday = ({ startsAt, zone }: HeardSession) => localDay(new Date(startsAt), zone) === localDay(now, zone);
  return significant && (isToday(before) || isToday(after)) ? 'moved' : null;
}
