import { DEFAULT_LIMITS } from '../../src/features/programme/conflicts/limits.rules.js';
import type { House, PlacedSession, RoomFacts } from '../../src/features/programme/conflicts/placed-session.rules.js';

const MINUTE = 60_000;
const FIRST_DAY = Date.parse('2027-10-04T09:00+03:00');
const ROOMS = 40;
const VENUES = 3;
const SLOTS_A_DAY = 10;
/** Chairs, speakers, interpreters and those who come to listen. */
const PEOPLE_A_SESSION = 63;

/**
 * A programme as large as a world congress, the same for the same seed: rooms in three venues, ten slots a day of 45
 * minutes with a quarter of an hour between. Nearly everybody is in one place at a time; one session in a hundred and
 * one booking in fifty stand where they like, so that there is something to find.
 */
export function generatedProgramme(
  count: number,
  people: number,
  seed: number,
): { house: House; sessions: PlacedSession[]; rooms: string[]; starts: number[] } {
  const random = randomOf(seed);
  const rooms = Array.from({ length: ROOMS }, (_, i) => `room-${i}`);
  const facts = new Map<string, RoomFacts>(
    rooms.map((id, i) => [id, { venueId: `venue-${i % VENUES}`, parts: [id], capacity: 20 + i * 10 }]),
  );
  const limits = DEFAULT_LIMITS;
  const house: House = {
    room: (id) => facts.get(id)!,
    limits: () => limits,
    zone: () => 'Europe/Minsk',
    time: () => undefined,
  };
  const names = Array.from({ length: people }, (_, i) => `person-${String(i).padStart(6, '0')}`);
  const startOf = (slot: number) =>
    FIRST_DAY + (Math.floor(slot / SLOTS_A_DAY) * 1440 + (slot % SLOTS_A_DAY) * 60) * MINUTE;
  const slots = Math.ceil(count / ROOMS);
  const sessions: PlacedSession[] = [];
  let next = 0;
  for (let i = 0; i < count; i++) {
    const strays = random(100) === 0;
    const start = strays ? startOf(random(slots)) + random(9) * 5 * MINUTE : startOf(Math.floor(i / ROOMS));
    if (i % ROOMS === 0) next = random(people);
    const taking = new Set<string>();
    while (taking.size < PEOPLE_A_SESSION) {
      const person = random(50) === 0 ? random(people) : next++ % people;
      taking.add(names[person]!);
    }
    sessions.push({
      id: `session-${String(i).padStart(5, '0')}`,
      programmeId: `programme-${i % 5}`,
      start,
      end: start + 45 * MINUTE,
      roomId: rooms[i % ROOMS]!,
      people: [...taking],
      online: {},
      parallel: false,
      blocker: false,
      layout: ['theatre', 'classroom', null][random(3)]!,
      interpretationMissing: false,
      alone: null,
      capacity: null,
      expected: 50,
    });
  }
  const starts = Array.from(
    { length: 600 },
    (_, i) => FIRST_DAY + (Math.floor(i / 60) * 1440 + (i % 60) * 10) * MINUTE,
  );
  return { house, sessions, rooms, starts };
}

/** Whole numbers below a bound (mulberry32). */
export function randomOf(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4_294_967_296) * below);
  };
}
