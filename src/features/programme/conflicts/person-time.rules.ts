import { localDay, offsetSeconds } from '../../../kernel/zones.js';
import { finding, type Finding } from './finding.rules.js';
import type { Limits } from './limits.rules.js';

/** Milliseconds; `end` after `start`. */
export interface Interval {
  readonly start: number;
  readonly end: number;
}

/** What is known of one person's time, in one programme. Each list is in order and without overlaps: see `merged`. */
export interface PersonTime {
  readonly present: readonly Interval[];
  readonly available: readonly Interval[];
  readonly unavailable: readonly Interval[];
  /** What is so every week. */
  readonly weekly?: readonly WeeklyTime[];
}

/** A stretch of one weekday, on the clock of a zone. */
export interface WeeklyTime {
  readonly kind: 'available' | 'unavailable';
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  /** Minutes after midnight as the clock shows them, up to 1440. */
  readonly from: number;
  readonly to: number;
  readonly zone: string;
}

const MINUTE = 60_000;
const DAY = 86_400_000;

/** The same time in order; what overlaps or touches becomes one. */
export function merged(intervals: readonly Interval[]): Interval[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...intervals].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else if (start < end) result.push({ start, end });
  }
  return result;
}

/** Minutes of `of` that lie inside intervals that are in order and do not overlap. */
export function coveredMinutes(of: Interval, intervals: readonly Interval[]): number {
  let covered = 0;
  for (const { start, end } of intervals) {
    if (start >= of.end) break;
    if (end > of.start) covered += Math.min(end, of.end) - Math.max(start, of.start);
  }
  return covered / MINUTE;
}

/** What a person's arrival, departure and stated times say against one session. Nothing stated is no conflict. */
export function timeFindings(
  session: Interval & { readonly id: string },
  personId: string,
  time: PersonTime,
  limits: Pick<Limits, 'afterArrival' | 'beforeDeparture'>,
): Finding[] {
  const found: Finding[] = [];
  const tell = (rule: 'outside-presence' | 'journey-short' | 'outside-availability', minutes: number) => {
    if (minutes > 0) found.push(finding(rule, { sessions: [session.id], people: [personId], minutes }));
  };
  const length = (session.end - session.start) / MINUTE;
  const { available, unavailable } = withWeekly(session, time);
  const away = time.present.length === 0 ? 0 : length - coveredMinutes(session, time.present);
  tell('outside-presence', away);
  if (away === 0) tell('journey-short', journeyShort(session, time.present, limits));
  const outside = available === undefined ? 0 : length - coveredMinutes(session, available);
  tell('outside-availability', Math.max(outside, coveredMinutes(session, unavailable)));
  return found;
}

/** Stated times together with what the weekdays around a session say; nothing available was stated: undefined. */
function withWeekly(
  session: Interval,
  { available, unavailable, weekly = [] }: PersonTime,
): { available: readonly Interval[] | undefined; unavailable: readonly Interval[] } {
  const stated = available.length > 0 || weekly.some(({ kind }) => kind === 'available');
  if (weekly.length === 0) return { available: stated ? available : undefined, unavailable };
  const near = (wanted: WeeklyTime['kind']) =>
    weekly.filter(({ kind }) => kind === wanted).flatMap((time) => weeklyAround(session, time));
  return {
    available: stated ? merged([...available, ...near('available')]) : undefined,
    unavailable: merged([...unavailable, ...near('unavailable')]),
  };
}

/** The stretches of a weekly time that may touch an interval. Where the clock skips an end, it is the moment of the jump. */
export function weeklyAround(of: Interval, { weekday, from, to, zone }: WeeklyTime): Interval[] {
  const found: Interval[] = [];
  const first = Date.parse(localDay(new Date(of.start - DAY), zone));
  const last = Date.parse(localDay(new Date(of.end + DAY), zone));
  for (let day = first; day <= last; day += DAY) {
    if ((new Date(day).getUTCDay() || 7) !== weekday) continue;
    found.push({ start: instantOf(day + from * MINUTE, zone), end: instantOf(day + to * MINUTE, zone) });
  }
  return found;
}

/** The instant at which the clock of a zone shows a time, given as if it were UTC. */
function instantOf(wall: number, zone: string): number {
  const before = wall - offsetSeconds(zone, wall - DAY) * 1000;
  const after = wall - offsetSeconds(zone, wall + DAY) * 1000;
  return before + offsetSeconds(zone, before) * 1000 === wall ? before : after;
}

/** Minutes that are missing between arrival and the session, or the session and departure: the greater of the two. */
function journeyShort(
  session: Interval,
  present: readonly Interval[],
  { afterArrival, beforeDeparture }: Pick<Limits, 'afterArrival' | 'beforeDeparture'>,
): number {
  const stay = present.find(({ start, end }) => start <= session.start && session.end <= end);
  if (!stay) return 0;
  const after = afterArrival - (session.start - stay.start) / MINUTE;
  const before = beforeDeparture - (stay.end - session.end) / MINUTE;
  return Math.max(0, after, before);
}
