import {
  USUAL_SETTINGS,
  type Congress,
  type CongressPerson,
  type CongressRoom,
  type CongressSession,
} from '../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';

/** The usual ones, without the wish that would have something to say about every example. */
export const SETTINGS = { ...USUAL_SETTINGS, points: { ...USUAL_SETTINGS.points, 'seats-empty': 0 } };

/** Three days from 09:00 to 18:30 in quarters of an hour, lunch from 12:30 to 14:00. */
export function congressWith(change: Partial<Congress> = {}): Congress {
  return {
    quantumMinutes: 15,
    quantaPerDay: 96,
    days: 3,
    open: 36,
    close: 74,
    breaks: [{ from: 50, to: 56, kind: 'lunch', day: null, buffet: null }],
    startStep: 1,
    closed: [],
    rooms: [aRoom()],
    tray: null,
    sessions: [],
    persons: [],
    delegations: [],
    interpreters: [],
    precedences: [],
    tolerated: [],
    favourites: [],
    officialLanguages: [],
    settings: SETTINGS,
    ...change,
  };
}

export function aRoom(change: Partial<CongressRoom> = {}): CongressRoom {
  return {
    capacity: 100,
    legalLimit: null,
    site: 'A',
    booths: 0,
    equipment: [],
    turnover: 0,
    closed: [],
    parts: [],
    isOffered: true,
    ...change,
  };
}

export function aSession(change: Partial<CongressSession> = {}): CongressSession {
  return {
    length: 4,
    expected: 50,
    equipment: [],
    pairs: [],
    languages: [],
    strand: null,
    vips: 0,
    persons: [],
    online: [],
    nights: [],
    layout: null,
    isExclusive: false,
    isPlenary: false,
    isSatellite: false,
    runsThroughBreaks: false,
    sharesRoom: false,
    quorums: [],
    level: 'draft',
    factor: 1,
    place: null,
    wish: null,
    mayWait: false,
    isForeign: false,
    limits: null,
    ...change,
  };
}

export function aPerson(change: Partial<CongressPerson> = {}): CongressPerson {
  return { from: 0, to: 288, away: [], out: [], busy: [], travels: false, ...change };
}

/** A congress in which every rule of the catalogue has something to do. */
export function anyCongress(seed: number): Congress {
  const random = new SeededRandom(seed);
  const some = <T>(items: readonly T[]) => items.filter(() => random.below(3) === 0);
  const one = <T>(items: readonly T[]) => items[random.below(items.length)]!;
  const people = Array.from({ length: 8 }, (_, person) => person);
  const rooms = Array.from({ length: 4 }, () =>
    aRoom({
      capacity: one([50, 100, 200, null]),
      legalLimit: one([null, 180]),
      site: one(['A', 'A', 'B']),
      booths: one([0, 2, 6]),
      equipment: some(['stream', 'piano']),
      turnover: random.below(2),
      closed: some([{ from: 140, to: 150 }]),
    }),
  );
  // A hall made of the first two, and the tray.
  const [hall, tray] = [4, 5];
  rooms.push(aRoom({ capacity: 300, parts: [0, 1], isOffered: random.below(3) > 0 }), aRoom());
  const sessions = Array.from({ length: 16 }, (_, session) => {
    const isForeign = session === 15;
    const persons = some(some(people));
    return aSession({
      length: one([2, 4, 6, 8]),
      expected: one([20, 60, 150]),
      equipment: some(some(['stream', 'piano'])),
      pairs: some(['fr-en', 'be-en']),
      languages: some(['be', 'en']),
      strand: one([null, 0, 1]),
      vips: random.below(2),
      persons,
      online: some(persons),
      nights: some([{ from: 130, to: 140 }]),
      layout: one([null, 0, 1]),
      isExclusive: session === 0,
      isPlenary: random.below(4) === 0,
      isSatellite: random.below(4) === 0,
      sharesRoom: random.below(5) === 0,
      quorums: some(some([{ delegation: 0, members: 2 }])),
      runsThroughBreaks: random.below(5) === 0,
      level: isForeign ? 'pinned' : one(['published', 'draft', 'draft', 'pinned']),
      factor: one([1, 3]),
      place: isForeign
        ? { start: 96 + 41, room: hall }
        : one([null, { start: 96 * random.below(3) + 36 + random.below(34), room: random.below(hall + 1) }]),
      wish: one([null, null, 1]),
      mayWait: random.below(2) === 0,
      isForeign,
      limits: isForeign ? { walkMinutes: 30, otherSiteMinutes: 60, setupMinutes: 45 } : null,
    });
  });
  return congressWith({
    breaks: [
      { from: 42, to: 44, kind: 'coffee', day: null, buffet: 60 },
      { from: 50, to: 56, kind: 'lunch', day: null, buffet: 100 },
      { from: 60, to: 62, kind: 'coffee', day: 1, buffet: null },
    ],
    startStep: one([1, 2]),
    closed: some([{ from: 36, to: 40 }]),
    rooms,
    tray,
    tolerated: some([{ a: 3, b: 0 }]),
    sessions,
    persons: people.map(() =>
      aPerson({
        from: one([0, 60]),
        to: one([288, 250]),
        away: some([{ from: 100, to: 110 }]),
        out: some([{ from: 150, to: 160 }]),
        busy: some([{ from: 240, to: 250 }]),
        travels: true,
      }),
    ),
    delegations: [{ members: [0, 1, 2] }, { members: [5, 6] }],
    interpreters: [
      { pair: 'fr-en', count: 3 },
      { pair: 'be-en', count: 2 },
    ],
    precedences: some([
      { before: 1, after: 2 },
      { before: 4, after: 3 },
    ]),
    favourites: [
      { a: 5, b: 6, people: 7 },
      { a: 8, b: 1, people: 2 },
    ],
    officialLanguages: ['be', 'en'],
    settings: { ...USUAL_SETTINGS, interpreterDayMinutes: 120 },
  });
}
