import type { ViewedSession } from './programme-view.rules.js';

export interface NowNext<S> {
  /** Running; in the order given. */
  readonly now: readonly S[];
  /** What comes next in each room today; when nothing does, what the next day begins with. */
  readonly next: readonly S[];
}

/** What runs at an instant and what comes next; cancelled sessions do neither. `today`: `YYYY-MM-DD` in the programme's zone. */
export function nowAndNext<S extends ViewedSession>(sessions: readonly S[], at: Date, today: string): NowNext<S> {
  const planned = sessions
    .filter(({ status }) => status === 'planned')
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  const now = planned.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
  const ahead = planned.filter(({ startsAt }) => startsAt > at);
  const day = ahead.some((session) => session.day === today) ? today : ahead[0]?.day;
  const ofDay = ahead.filter((session) => session.day === day);
  if (day !== today)
    return { now, next: ofDay.filter(({ startsAt }) => startsAt.getTime() === ofDay[0]!.startsAt.getTime()) };
  const rooms = new Set<string>();
  const next = ofDay.filter(({ room }) => {
    const known = rooms.has(room?.code ?? '');
    rooms.add(room?.code ?? '');
    return !known;
  });
  return { now, next };
}
