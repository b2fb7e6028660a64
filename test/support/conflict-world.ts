import fc from 'fast-check';
import { finding, findingKey, type Finding } from '../../src/features/programme/conflicts/finding.rules.js';
import { DEFAULT_LIMITS, type Limits } from '../../src/features/programme/conflicts/limits.rules.js';
import type { PersonTime } from '../../src/features/programme/conflicts/person-time.rules.js';
import type { House, PlacedSession, RoomFacts } from '../../src/features/programme/conflicts/placed-session.rules.js';

export const MINUTE = 60_000;
/** A Monday, midnight in Minsk. */
export const MONDAY = Date.parse('2027-10-11T00:00+03:00');

/** Two venues; `AB` and `BC` are halls with a wall that folds away. */
export const ROOMS: Readonly<Record<string, RoomFacts>> = {
  A: { venueId: 'library', parts: ['A'], capacity: 30 },
  B: { venueId: 'library', parts: ['B'], capacity: 60 },
  C: { venueId: 'library', parts: ['C'], capacity: null },
  AB: { venueId: 'library', parts: ['A', 'B'], capacity: 90 },
  BC: { venueId: 'library', parts: ['B', 'C'], capacity: 120 },
  M: { venueId: 'museum', parts: ['M'], capacity: 20 },
};

export function aHouse(
  more: { limits?: Partial<Limits>; ofP2?: Partial<Limits>; times?: Record<string, PersonTime>; zone?: string } = {},
): House {
  return {
    room: (id) => ROOMS[id]!,
    limits: (programmeId) => ({ ...DEFAULT_LIMITS, ...(programmeId === 'P2' ? more.ofP2 : more.limits) }),
    zone: () => more.zone ?? 'Europe/Minsk',
    time: (_programmeId, personId) => more.times?.[personId],
  };
}

/** A session from one minute of that Monday to another. */
export function at(id: string, start: number, end: number, more: Partial<PlacedSession> = {}): PlacedSession {
  return {
    id,
    programmeId: 'P1',
    start: MONDAY + start * MINUTE,
    end: MONDAY + end * MINUTE,
    roomId: 'A',
    people: [],
    online: {},
    parallel: false,
    blocker: false,
    layout: null,
    interpretationMissing: false,
    alone: null,
    capacity: null,
    expected: null,
    ...more,
  };
}

export const sessionArbitrary = fc
  .record({
    start: fc.integer({ min: 0, max: 90 }).map((slot) => slot * 5),
    length: fc.oneof(
      { weight: 20, arbitrary: fc.integer({ min: 1, max: 18 }).map((slots) => slots * 5) },
      { weight: 1, arbitrary: fc.constant(20 * 24 * 60) },
    ),
    programmeId: fc.constantFrom('P1', 'P2'),
    roomId: fc.option(fc.constantFrom(...Object.keys(ROOMS)), { freq: 8 }),
    people: fc.uniqueArray(fc.constantFrom('p', 'q', 'r', 's', 'A'), { maxLength: 4 }),
    remote: fc.boolean(),
    parallel: fc.boolean(),
    blocker: fc.boolean(),
    layout: fc.constantFrom(null, 'theatre', 'round_table'),
    interpretationMissing: fc.boolean(),
    expected: fc.constantFrom(null, 20, 100),
    comes: fc.array(
      fc.record({
        programmeId: fc.constantFrom('V1', 'V2'),
        people: fc.uniqueArray(fc.constantFrom('p', 'r', 't', 'u'), { maxLength: 3 }),
        stay: fc.constantFrom(null, { start: MONDAY, end: MONDAY + 300 * MINUTE }),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ start, length, remote, comes, ...rest }): PlacedSession => ({
    ...at('', start, start + length, rest),
    ...(comes.length > 0 ? { attended: comes } : {}),
    online: remote && rest.people.includes('p') ? { p: 'Asia/Vladivostok' } : {},
  }));

export const sessionsArbitrary = fc
  .array(sessionArbitrary, { maxLength: 40 })
  .map((list) => list.map((one, index) => ({ ...one, id: `s${String(index).padStart(2, '0')}` })));

export const houseArbitrary = fc
  .record({
    walk: fc.constantFrom(0, 15, 30),
    travel: fc.constantFrom(10, 45),
    setup: fc.constantFrom(0, 30),
    stay: fc.option(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 60, max: 400 }))),
    busy: fc.option(fc.tuple(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 5, max: 200 }))),
  })
  .map(({ walk, travel, setup, stay, busy }) => {
    const span = (given: [number, number] | null) =>
      given ? [{ start: MONDAY + given[0] * MINUTE, end: MONDAY + (given[0] + given[1]) * MINUTE }] : [];
    return aHouse({
      limits: { walk, travel, setup },
      ofP2: { walk: 20, setup: 10, afterArrival: 30 },
      times: { q: { present: span(stay), available: [], unavailable: span(busy) } },
    });
  });

export const sorted = (found: readonly Finding[]): Finding[] =>
  [...found].sort((a, b) => (findingKey(a) < findingKey(b) ? -1 : 1));

/** Every pair, every shared thing: slow and plain. */
export function bruteForce(sessions: readonly PlacedSession[], house: House): Finding[] {
  return sessions.flatMap((a, i) => sessions.slice(i + 1).flatMap((b) => between(a, b, house)));
}

/** What two sessions are to each other, written from the rules and not from the index. */
export function between(one: PlacedSession, two: PlacedSession, house: House): Finding[] {
  const [a, b] = one.start <= two.start ? [one, two] : [two, one];
  const found: Finding[] = [];
  const overlap = Math.max(0, (Math.min(a.end, b.end) - b.start) / MINUTE);
  const gap = (b.start - a.end) / MINUTE;
  // Half a day between: no limit is as long.
  if (gap > 720) return found;
  const [la, lb] = [house.limits(a.programmeId), house.limits(b.programmeId)];
  const [ra, rb] = [a, b].map(({ roomId }) => (roomId === null ? undefined : house.room(roomId)));
  const sessions = [a.id, b.id];
  const shared = ra && rb ? ra.parts.filter((part) => rb.parts.includes(part)) : [];
  if (shared.length > 0 && !(a.parallel && b.parallel)) {
    const rooms = a.roomId === b.roomId ? [a.roomId!] : [a.roomId!, b.roomId!].sort();
    const setup = Math.max(la.setup, lb.setup);
    if (overlap > 0)
      found.push(
        finding(a.blocker || b.blocker ? 'room-closed' : 'room-double', { sessions, rooms, minutes: overlap }),
      );
    else if (a.layout && b.layout && a.layout !== b.layout && gap < setup)
      found.push(finding('setup-short', { sessions, rooms, minutes: setup - gap }));
  }
  for (const person of a.people.filter((id) => b.people.includes(id))) {
    const people = [person];
    if (overlap > 0) found.push(finding('person-double', { sessions, people, minutes: overlap }));
    else if (ra && rb && a.online[person] === undefined && b.online[person] === undefined) {
      const far = ra.venueId !== rb.venueId;
      const need = far ? Math.max(la.travel, lb.travel) : shared.length > 0 ? 0 : Math.max(la.walk, lb.walk);
      if (gap < need)
        found.push(finding(far ? 'travel-short' : 'walk-short', { sessions, people, minutes: need - gap }));
    }
  }
  const there = (x: PlacedSession) => new Set([...x.people, ...(x.attended ?? []).flatMap(({ people }) => people)]);
  for (const by of ['V1', 'V2']) {
    const coming = (x: PlacedSession) =>
      (x.attended ?? [])
        .filter(({ programmeId }) => programmeId === by)
        .flatMap(({ people }) => people.filter((id) => !x.people.includes(id)));
    const people = [...new Set([...coming(a), ...coming(b)])]
      .filter((id) => there(a).has(id) && there(b).has(id))
      .sort();
    if (people.length === 0) continue;
    if (overlap > 0) found.push(finding('attended-double', { sessions, people, minutes: overlap, by }));
    else if (ra && rb) {
      const far = ra.venueId !== rb.venueId;
      const need = far ? Math.max(la.travel, lb.travel) : shared.length > 0 ? 0 : Math.max(la.walk, lb.walk);
      if (gap < need) found.push(finding('attended-way-short', { sessions, people, minutes: need - gap, by }));
    }
  }
  return found;
}
