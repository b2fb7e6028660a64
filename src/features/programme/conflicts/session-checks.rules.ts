import { belarusianHoliday } from '../../../kernel/belarusian-holidays.js';
import { localDay, offsetSeconds } from '../../../kernel/zones.js';
import { finding, type Finding } from './finding.rules.js';
import { timeFindings, type Interval } from './person-time.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
/** When people sit in front of a screen gladly, on their own clock: minutes of the day. */
const WAKING = { from: 7 * 60, to: 22 * 60 };

export interface SessionSize {
  readonly id: string;
  readonly roomId: string | null;
  /** Of the session, where it is limited. */
  readonly capacity: number | null;
  readonly roomCapacity: number | null;
  readonly expected: number | null;
  readonly signUps: number;
}

/** Whether those who signed up, or are expected, find a place. */
export function sizeFindings({ id, roomId, capacity, roomCapacity, expected, signUps }: SessionSize): Finding[] {
  const places = Math.min(capacity ?? Number.POSITIVE_INFINITY, roomCapacity ?? Number.POSITIVE_INFINITY);
  const rooms = roomId === null ? [] : [roomId];
  if (signUps > places)
    return [finding('capacity-below-signups', { sessions: [id], rooms, minutes: signUps - places })];
  if (roomCapacity !== null && expected !== null && expected > roomCapacity) {
    return [finding('room-below-expected', { sessions: [id], rooms, minutes: expected - roomCapacity })];
  }
  return [];
}

/** What its time says against a session, whatever its room: those who take part, their clocks, the calendar. */
export function momentFindings(session: PlacedSession, house: House): Finding[] {
  const found: Finding[] = [];
  const limits = house.limits(session.programmeId);
  for (const personId of new Set(session.people)) {
    const zone = session.online[personId];
    const time = house.time(session.programmeId, personId);
    if (zone !== undefined) found.push(...nightFindings(session, personId, zone));
    // Whoever takes part from elsewhere neither arrives nor departs.
    if (time)
      found.push(...timeFindings(session, personId, zone === undefined ? time : { ...time, present: [] }, limits));
  }
  for (const { programmeId: by, stay } of session.attended ?? []) {
    const minutes = stay ? outsideMinutes(session, stay) : 0;
    if (minutes > 0) found.push(finding('attended-outside-stay', { sessions: [session.id], minutes, by }));
  }
  if (fallsOnHoliday(session, house.zone(session.programmeId)))
    found.push(finding('public-holiday', { sessions: [session.id], minutes: lengthOf(session) }));
  return found;
}

/** What a session lacks wherever and whenever it takes place. */
export function staffingFindings(session: PlacedSession, house: House): Finding[] {
  const found: Finding[] = [];
  const { id, alone } = session;
  if (session.interpretationMissing)
    found.push(finding('interpretation-missing', { sessions: [id], minutes: lengthOf(session) }));
  const limit = house.limits(session.programmeId).interpreterAlone;
  if (alone && alone.minutes > limit) {
    const minutes = alone.minutes - limit;
    found.push(finding('interpreter-alone', { sessions: [id], people: [alone.personId], minutes }));
  }
  return found;
}

/** One interpreter, and for how long without a colleague. */
interface Stretch {
  readonly personId: string;
  readonly minutes: number;
}

/** A talk as far as interpreters are concerned, in the order of the session. */
export interface TalkToInterpret {
  readonly minutes: number | null;
  readonly interpreters: readonly string[];
}

/**
 * The longest time for which one interpreter has nobody to take over: those of the session work all the time, those of a
 * talk while it lasts. Talks without a length share what the others leave. Null while nobody is alone.
 */
export function longestAlone(
  sessionMinutes: number,
  ofSession: readonly string[],
  talks: readonly TalkToInterpret[],
): { personId: string; minutes: number } | null {
  const known = talks.reduce((sum, { minutes }) => sum + (minutes ?? 0), 0);
  const open = talks.filter(({ minutes }) => minutes === null).length;
  const share = open === 0 ? 0 : Math.max(0, sessionMinutes - known) / open;
  const rest = Math.max(0, sessionMinutes - known - share * open);
  const stretches = [...talks, { minutes: rest, interpreters: [] }];
  let longest: Stretch | null = null;
  let run: Stretch | undefined;
  for (const { minutes, interpreters } of stretches) {
    const working = new Set([...ofSession, ...interpreters]);
    const [only] = working;
    if (working.size !== 1) {
      // A stretch of no length interrupts nobody.
      if (minutes !== 0) run = undefined;
      continue;
    }
    const before: number = run !== undefined && run.personId === only ? run.minutes : 0;
    run = { personId: only!, minutes: Math.round(before + (minutes ?? share)) };
    if (run.minutes > (longest?.minutes ?? 0)) longest = run;
  }
  return longest;
}

/** Minutes before 07:00 or after 22:00 on the clock of somebody who takes part from elsewhere. */
function nightFindings(session: PlacedSession, personId: string, zone: string): Finding[] {
  const night = lengthOf(session) - wakingMinutes(session.start, session.end, zone);
  return night > 0 ? [finding('online-at-night', { sessions: [session.id], people: [personId], minutes: night })] : [];
}

function wakingMinutes(start: number, end: number, zone: string): number {
  const shift = offsetSeconds(zone, start) * 1000;
  let waking = 0;
  for (let day = Math.floor((start + shift) / DAY) * DAY; day < end + shift; day += DAY) {
    const from = Math.max(start + shift, day + WAKING.from * MINUTE);
    const to = Math.min(end + shift, day + WAKING.to * MINUTE);
    if (from < to) waking += to - from;
  }
  return waking / MINUTE;
}

/** A session of a day or more (an exhibition) goes on over holidays; blockers are no work for anybody. */
function fallsOnHoliday({ start, end, blocker }: PlacedSession, zone: string): boolean {
  if (blocker || end - start >= DAY || zone !== 'Europe/Minsk') return false;
  return belarusianHoliday(localDay(new Date(start), zone)) !== undefined;
}

/** How much of it lies before those who attend come, and after they leave. */
function outsideMinutes(session: PlacedSession, stay: Interval): number {
  const inside = Math.min(session.end, stay.end) - Math.max(session.start, stay.start);
  return lengthOf(session) - Math.max(0, inside) / MINUTE;
}

function lengthOf({ start, end }: { start: number; end: number }): number {
  return (end - start) / MINUTE;
}
