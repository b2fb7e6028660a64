import { ConflictIndex } from '../../../../../../src/features/programme/conflicts/conflict-index.rules.js';
import { findingKey, type Finding } from '../../../../../../src/features/programme/conflicts/finding.rules.js';
import { DEFAULT_LIMITS, type Limits } from '../../../../../../src/features/programme/conflicts/limits.rules.js';
import { merged, type PersonTime } from '../../../../../../src/features/programme/conflicts/person-time.rules.js';
import type { House, PlacedSession } from '../../../../../../src/features/programme/conflicts/placed-session.rules.js';
import { momentFindings } from '../../../../../../src/features/programme/conflicts/session-checks.rules.js';
import { USUAL_SETTINGS } from '../../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import {
  HARD_FINDINGS,
  type Asked,
  type Draft,
  type DraftRoom,
  type DraftSession,
} from '../../../../../../src/features/programme/scheduler/draft/draft.rules.js';
import { SeededRandom } from '../../../../../../src/features/programme/scheduler/random.rules.js';
import { toInstant } from '../../../../../../src/kernel/zones.js';
import { ROOMS } from '../../../../../support/conflict-world.js';

export const ZONE = 'Europe/Minsk';
export const DAYS = ['2027-10-11', '2027-10-12'];
const MINUTE = 60_000;

export const HOUSE_ROOMS: DraftRoom[] = Object.entries(ROOMS).map(([id, { venueId, parts, capacity }]) => ({
  id,
  venueId,
  capacity,
  parts: parts.length > 1 ? parts : [],
}));

/** A moment on the clock of a zone: `on('2027-10-11', '10:00')`. */
export function on(day: string, time: string, zone = ZONE): number {
  return toInstant(`${day}T${time}`, zone).instant.getTime();
}

/** A section of an hour in the tray; with a start, there. */
export function draftSession(id: string, more: Partial<DraftSession> & { minutes?: number } = {}): DraftSession {
  const { minutes = 60, start = 0, ...rest } = more;
  return {
    id,
    programmeId: 'P1',
    start,
    end: start + minutes * MINUTE,
    roomId: start > 0 ? 'A' : null,
    people: [],
    online: {},
    parallel: false,
    blocker: rest.kind === 'blocker',
    layout: null,
    interpretationMissing: false,
    alone: null,
    capacity: null,
    expected: null,
    isPlaced: start > 0,
    kind: 'section',
    pinned: false,
    strandId: null,
    languages: [],
    interpretation: [],
    signUps: 0,
    released: null,
    isAccepted: false,
    ...rest,
  };
}

export function aDraft(more: Partial<Draft> = {}): Draft {
  return {
    zone: ZONE,
    now: on('2027-01-01', '00:00'),
    limits: DEFAULT_LIMITS,
    rooms: HOUSE_ROOMS,
    sessions: [],
    foreign: [],
    times: new Map(),
    interpreters: [],
    favourites: [],
    ...more,
  };
}

export function asks(more: Partial<Asked> = {}): Asked {
  return {
    aim: 'fill',
    withTray: false,
    days: DAYS,
    earliest: 9 * 60,
    latest: 19 * 60,
    rooms: ['A', 'B', 'C'],
    languages: [],
    points: USUAL_SETTINGS.points,
    seconds: 10,
    seed: 1,
    ...more,
  };
}

/** The same house, as the conflict engine wants it. */
export function houseOf(draft: Draft): House {
  return {
    room: (id) => ROOMS[id]!,
    limits: (programmeId) => (programmeId === 'P1' ? draft.limits : (draft.foreign[0]?.limits ?? DEFAULT_LIMITS)),
    zone: () => draft.zone,
    time: (programmeId, personId) => (programmeId === 'P1' ? draft.times.get(personId) : undefined),
  };
}

/** Hard findings in which one of these sessions has a part, by key. */
export function hardFindings(
  draft: Draft,
  placed: readonly PlacedSession[],
  among: ReadonlySet<string>,
): Map<string, Finding> {
  const house = houseOf(draft);
  const all = [...placed, ...draft.foreign.map(({ session }) => session)];
  const index = new ConflictIndex(house, all);
  const found = [...index.all(), ...placed.flatMap((session) => momentFindings(session, house))];
  return new Map(
    found
      .filter(({ rule, sessions }) => HARD_FINDINGS.includes(rule) && sessions.some((id) => among.has(id)))
      .map((one) => [findingKey(one), one]),
  );
}

/** Sessions, people, rooms and bookings of others in every combination. `crooked`: others keep to no grid. */
export function anyDraft(
  seed: number,
  { zone = ZONE, crooked = true }: { zone?: string; crooked?: boolean } = {},
): Draft {
  const random = new SeededRandom(seed);
  const one = <T>(items: readonly T[]): T => items[random.below(items.length)]!;
  const some = <T>(items: readonly T[]): T[] => items.filter(() => random.below(3) === 0);
  const step = one([5, 15]);
  const people = ['p', 'q', 'r', 's'];
  const moment = () => on(one(DAYS), '08:00', zone) + random.below((11 * 60) / step) * step * MINUTE;
  const placed = (id: string): DraftSession => {
    const own = some(people);
    const isPlaced = random.below(3) > 0;
    return draftSession(id, {
      ...(isPlaced ? { start: moment() } : {}),
      minutes: step * (2 + random.below(8)),
      roomId: isPlaced ? one(['A', 'B', 'C', 'AB', 'M', null]) : one([null, null, 'B']),
      people: own,
      online: Object.fromEntries(some(own).map((person) => [person, 'Asia/Vladivostok'])),
      parallel: random.below(4) === 0,
      layout: one([null, 'theatre', 'banquet']),
      kind: one(['section', 'section', 'workshop', 'plenary', 'opening', 'break', 'meal', 'blocker']),
      pinned: random.below(6) === 0,
      expected: one([null, 20, 100]),
    });
  };
  const foreign = (id: string): { session: PlacedSession; limits: Limits } => {
    const unit = crooked ? 1 : step;
    const start = moment() + (crooked ? random.below(15) * MINUTE : 0);
    const session = draftSession(id, { start, minutes: unit * (3 + random.below(20)) });
    return {
      session: {
        ...session,
        programmeId: 'P2',
        roomId: one(['A', 'B', 'AB', 'M', null]),
        people: some(people),
        layout: one([null, 'theatre']),
        parallel: random.below(3) === 0,
      },
      limits: { ...DEFAULT_LIMITS, walk: 20, travel: 60, setup: 45 },
    };
  };
  const stay = () => {
    const start = moment();
    return { start, end: start + (120 + random.below(1200)) * MINUTE };
  };
  const time = (): PersonTime => ({
    present: merged(random.below(3) === 0 ? [{ ...stay(), end: on(DAYS[1]!, '23:00', zone) }] : []),
    available: merged(random.below(4) === 0 ? [stay(), stay()] : []),
    unavailable: merged(some([stay(), stay()])),
    weekly: some([{ kind: 'unavailable' as const, weekday: 2, from: 600, to: 660, zone }]),
  });
  return aDraft({
    zone,
    now: one([on('2027-01-01', '00:00', zone), on(DAYS[0]!, '10:07', zone)]),
    limits: { ...DEFAULT_LIMITS, walk: one([0, 7, 15]), travel: one([10, 45]), setup: one([0, 30]), afterArrival: 50 },
    sessions: Array.from({ length: 12 }, (_, index) => placed(`s${index}`)),
    foreign: Array.from({ length: 4 }, (_, index) => foreign(`f${index}`)),
    times: new Map(people.map((person) => [person, time()])),
  });
}

/** The draft after some moves, as the conflict engine sees it: what waits is nowhere. */
export function afterMoves(
  draft: Draft,
  moves: readonly { session: DraftSession; to: { start: number | null; minutes: number; roomId: string | null } }[],
): DraftSession[] {
  const to = new Map(moves.map((move) => [move.session.id, move.to]));
  return draft.sessions.flatMap((session) => {
    const place = to.get(session.id);
    if (!place) return session.isPlaced ? [session] : [];
    if (place.start === null) return [];
    return [{ ...session, start: place.start, end: place.start + place.minutes * MINUTE, roomId: place.roomId }];
  });
}
