import { localDay } from '../../kernel/zones.js';

/** From so many on, news of one release to one person is one mail: two are read one after the other, more need a table. */
export const DIGEST_FROM = 3;

/** What of a piece of news decides whether one mail may tell it together with others. */
export interface Carriage {
  readonly personId: string;
  /** Calendar programs can be asked for an answer at their address. */
  readonly answerable: boolean;
  /** They are invited, and asked for an answer again. */
  readonly asked: boolean;
  /** They take part no longer. */
  readonly withdrawn: boolean;
  /** A mail has put it into their calendar as a meeting of its own. */
  readonly meeting: boolean;
  /** It changes today. */
  readonly urgent: boolean;
}

/**
 * Whether it may stand in one PUBLISH with others. What asks for an answer is a REQUEST, what is withdrawn a CANCEL, and
 * what came as a meeting changes as one: each of them needs a mail of its own ([CM1], [CM2], [CM5]). Where no such mail can
 * be answered, nothing does. What changes today must be seen by its subject.
 */
export function mayShare({ answerable, asked, withdrawn, meeting, urgent }: Carriage): boolean {
  return !urgent && !(answerable && (asked || withdrawn || meeting));
}

/** The mails that tell this, in the order of the first of each: one by one, or a digest of all that may share one. */
export function mailsOf<T extends Carriage>(news: readonly T[]): T[][] {
  const sharing = Map.groupBy(news.filter(mayShare), ({ personId }) => personId);
  return news.flatMap((one): T[][] => {
    const together = sharing.get(one.personId) ?? [];
    if (!mayShare(one) || together.length < DIGEST_FROM) return [[one]];
    return together[0] === one ? [together] : [];
  });
}

interface Side {
  /** ISO instants in UTC. */
  readonly startsAt: string;
  readonly zone: string;
}

/** Whether a session was, or will be, today on the programme's clock. */
export function isToday(sides: { before: Side | null; after: Side | null }, now: Date): boolean {
  return [sides.before, sides.after].some(
    (side) => side !== null && localDay(new Date(side.startsAt), side.zone) === localDay(now, side.zone),
  );
}
