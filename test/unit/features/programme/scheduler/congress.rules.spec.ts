import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anneal, randomPlan } from '../../../../../src/features/programme/scheduler/annealing.rules.js';
import { compile } from '../../../../../src/features/programme/scheduler/compile.rules.js';
import {
  USUAL_SETTINGS,
  type Congress,
  type CongressPlace,
} from '../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import {
  billOf,
  congressProblem,
  placesOf,
  planOf,
} from '../../../../../src/features/programme/scheduler/congress/congress-problem.rules.js';
import { PAIR_RULES } from '../../../../../src/features/programme/scheduler/congress/congress-pairs.rules.js';
import { PLACE_RULES } from '../../../../../src/features/programme/scheduler/congress/congress-places.rules.js';
import { TERM_RULES } from '../../../../../src/features/programme/scheduler/congress/congress-terms.rules.js';
import { randomMove } from '../../../../../src/features/programme/scheduler/moves.rules.js';
import { scoreOf } from '../../../../../src/features/programme/scheduler/problem.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';
import { WorkingPlan } from '../../../../../src/features/programme/scheduler/working-plan.rules.js';
import { anyCongress, aPerson, aRoom, aSession, congressWith, SETTINGS } from './small-congress.js';

/** 09:00 of the first day is 36. */
const at = (start: number, room = 0): CongressPlace => ({ start, room });

function bill(congress: Congress, ...places: CongressPlace[]): Readonly<Record<string, number>> {
  return billOf(congress, planOf(congressProblem(congress), places));
}

const CASES: readonly [string, Congress, CongressPlace[], Readonly<Record<string, number>>][] = [
  ['nothing to say', congressWith({ sessions: [aSession()] }), [at(44)], {}],
  [
    'a room twice at once',
    congressWith({ sessions: [aSession(), aSession()] }),
    [at(44), at(46)],
    { 'room-double': 2 },
  ],
  ['one after the other', congressWith({ sessions: [aSession(), aSession()] }), [at(44), at(40)], {}],
  [
    'no time to turn the room over',
    congressWith({ rooms: [aRoom({ turnover: 2 })], sessions: [aSession(), aSession()] }),
    [at(40), at(45)],
    { 'room-double': 1 },
  ],
  [
    'posters beside posters in one hall',
    congressWith({ sessions: [aSession({ sharesRoom: true }), aSession({ sharesRoom: true })] }),
    [at(44), at(44)],
    {},
  ],
  [
    'a person twice at once',
    congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson()],
      sessions: [aSession({ persons: [0] }), aSession({ persons: [0] })],
    }),
    [at(44), at(46, 1)],
    { 'person-double': 3 },
  ],
  [
    'a quarter of an hour to walk, in the same house',
    congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson()],
      sessions: [aSession({ persons: [0] }), aSession({ persons: [0] })],
    }),
    [at(40), at(45, 1)],
    {},
  ],
  [
    'three quarters to the other one',
    congressWith({
      rooms: [aRoom(), aRoom({ site: 'B' })],
      persons: [aPerson()],
      sessions: [aSession({ persons: [0] }), aSession({ persons: [0] })],
    }),
    [at(40), at(45, 1)],
    { 'person-double': 2 },
  ],
  [
    'before arrival and during a visit',
    congressWith({
      persons: [aPerson({ from: 45 }), aPerson({ out: [{ from: 46, to: 60 }] })],
      sessions: [aSession({ persons: [0, 1] })],
    }),
    [at(44)],
    { 'outside-presence': 1, 'outside-availability': 2 },
  ],
  [
    'equipment, booths and a closure',
    congressWith({
      rooms: [aRoom({ booths: 1, closed: [{ from: 40, to: 45 }] })],
      interpreters: [{ pair: 'fr-en', count: 2 }],
      sessions: [aSession({ equipment: ['stream'], pairs: ['fr-en'] })],
    }),
    [at(44)],
    { 'room-equipment': 1, 'room-booths': 1, 'room-closed': 1 },
  ],
  [
    'half a room',
    congressWith({ sessions: [aSession({ expected: 201 })] }),
    [at(44)],
    { 'room-far-too-small': 1, 'seats-missing': 202 },
  ],
  [
    'a legal limit',
    congressWith({ rooms: [aRoom({ legalLimit: 49 })], sessions: [aSession()] }),
    [at(44)],
    { 'room-over-legal-limit': 1 },
  ],
  [
    'more interpreters than there are',
    congressWith({
      rooms: [aRoom({ booths: 2 }), aRoom({ booths: 2 })],
      interpreters: [{ pair: 'fr-en', count: 3 }],
      sessions: [aSession({ pairs: ['fr-en'] }), aSession({ pairs: ['fr-en'] })],
    }),
    [at(44), at(46, 1)],
    { 'interpreters-missing': 2 },
  ],
  [
    'one interpreter for a short session',
    congressWith({
      rooms: [aRoom({ booths: 2 })],
      interpreters: [{ pair: 'fr-en', count: 1 }],
      sessions: [aSession({ length: 3, pairs: ['fr-en'] })],
    }),
    [at(44)],
    {},
  ],
  [
    'quiet around a ceremony',
    congressWith({ rooms: [aRoom(), aRoom()], sessions: [aSession({ isExclusive: true }), aSession()] }),
    [at(40), at(44, 1)],
    { 'ceremony-disturbed': 1 },
  ],
  [
    'before the doors open, and late',
    congressWith({ sessions: [aSession(), aSession()] }),
    [at(36), at(72)],
    { 'outside-opening-hours': 2, 'ends-late': 8 },
  ],
  ['lunch', congressWith({ sessions: [aSession()] }), [at(48)], { 'during-break': 2 }],
  [
    'order',
    congressWith({
      rooms: [aRoom(), aRoom()],
      sessions: [aSession(), aSession()],
      precedences: [{ before: 1, after: 0 }],
    }),
    [at(44), at(42, 1)],
    { 'wrong-order': 2 },
  ],
  [
    'published: a start and a room',
    congressWith({
      rooms: [aRoom(), aRoom()],
      sessions: [
        aSession({ level: 'published', factor: 3, place: at(44) }),
        aSession({ level: 'published', place: at(60) }),
      ],
    }),
    [at(40, 1), at(60, 1)],
    { 'start-moved': 15, 'room-changed': 1 },
  ],
  ['an important guest early', congressWith({ sessions: [aSession({ vips: 2 })] }), [at(39)], { 'vip-early': 20 }],
  [
    'one strand in two rooms at once',
    congressWith({ rooms: [aRoom(), aRoom()], sessions: [aSession({ strand: 1 }), aSession({ strand: 1 })] }),
    [at(44), at(44, 1)],
    { 'strand-parallel': 15, 'strand-changes-room': 2 },
  ],
  [
    'favourites side by side, the popular one in the small room',
    congressWith({
      rooms: [aRoom(), aRoom({ capacity: 80 })],
      sessions: [aSession({ expected: 60 }), aSession()],
      favourites: [{ a: 1, b: 0, people: 9 }],
    }),
    [at(44, 1), at(44)],
    { 'favourites-parallel': 9, 'popular-in-smaller-room': 1 },
  ],
  [
    'a crowded buffet',
    congressWith({
      rooms: [aRoom(), aRoom()],
      breaks: [{ from: 50, to: 56, kind: 'lunch', day: null, buffet: 60 }],
      sessions: [aSession(), aSession()],
    }),
    [at(46), at(46, 1)],
    { 'buffet-crowded': 4 },
  ],
  [
    'an idle night',
    congressWith({
      persons: [aPerson({ travels: true })],
      sessions: [aSession({ persons: [0] }), aSession({ persons: [0] })],
    }),
    [at(44), at(44 + 192)],
    { 'idle-night': 30 },
  ],
  [
    'a morning without an official language',
    congressWith({ officialLanguages: ['be', 'en'], sessions: [aSession({ languages: ['en'] })] }),
    [at(44)],
    { 'language-missing': 10 },
  ],
  [
    'a delegation that cannot hear the plenary together, on one day of three',
    congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson(), aPerson({ from: 0, to: 90 })],
      delegations: [{ members: [0, 1] }],
      sessions: [aSession({ isPlenary: true }), aSession({ persons: [1] })],
    }),
    [at(44), at(45, 1)],
    { 'delegation-without-plenary': 5, 'beside-plenary': 40 },
  ],
  [
    'too few of a delegation',
    congressWith({
      persons: [aPerson(), aPerson({ out: [{ from: 40, to: 50 }] })],
      delegations: [{ members: [0, 1] }],
      sessions: [aSession({ quorums: [{ delegation: 0, members: 2 }] })],
    }),
    [at(44)],
    { 'quorum-missing': 1 },
  ],
  [
    'between two stays; who is online misses nothing',
    congressWith({
      persons: [aPerson({ away: [{ from: 46, to: 60 }] }), aPerson({ away: [{ from: 0, to: 60 }] })],
      sessions: [aSession({ persons: [0, 1], online: [1] })],
    }),
    [at(44)],
    { 'outside-presence': 2 },
  ],
  [
    'taking part in something that has no room here',
    congressWith({ persons: [aPerson({ busy: [{ from: 46, to: 60 }] })], sessions: [aSession({ persons: [0] })] }),
    [at(44)],
    { 'person-elsewhere': 2 },
  ],
  [
    'online beside the room: no way, but no two places at once either',
    congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson()],
      sessions: [aSession({ persons: [0], online: [0] }), aSession({ persons: [0] }), aSession({ persons: [0] })],
    }),
    [at(40), at(44, 1), at(37, 1)],
    { 'person-double': 1 },
  ],
  [
    'no way inside one room, if nobody asks for one',
    congressWith({
      persons: [aPerson()],
      sessions: [aSession({ persons: [0] }), aSession({ persons: [0] })],
      settings: { ...SETTINGS, sameRoomMinutes: 0 },
    }),
    [at(40), at(44)],
    {},
  ],
  [
    'a hall made of two rooms, one of which is taken',
    congressWith({
      rooms: [aRoom(), aRoom(), aRoom({ parts: [0, 1] })],
      sessions: [aSession(), aSession(), aSession()],
    }),
    [at(44), at(46, 2), at(60, 1)],
    { 'room-double': 2 },
  ],
  [
    'chairs that stand otherwise, and those that may',
    congressWith({
      sessions: [
        aSession({ layout: 0 }),
        aSession({ layout: 1 }),
        aSession({ layout: 2, sharesRoom: true }),
        aSession({ layout: 0, sharesRoom: true }),
      ],
    }),
    [at(40), at(45), at(60), at(64)],
    { 'setup-short': 1 },
  ],
  [
    'another programme with longer ways, which is judged by nothing else',
    congressWith({
      rooms: [aRoom(), aRoom({ isOffered: false })],
      persons: [aPerson()],
      sessions: [
        aSession({ persons: [0], isExclusive: true, isPlenary: true }),
        aSession({
          persons: [0],
          expected: 500,
          level: 'pinned',
          place: at(45, 1),
          isForeign: true,
          limits: { walkMinutes: 30, otherSiteMinutes: 60, setupMinutes: 60 },
        }),
      ],
    }),
    [at(40), at(45, 1)],
    { 'person-double': 1 },
  ],
  [
    'what is fixed breaks no hard rule, whatever stands beside it',
    congressWith({
      persons: [aPerson({ from: 60 })],
      sessions: [0, 1].map(() => aSession({ persons: [0], level: 'pinned', place: at(44), strand: 1 })),
    }),
    [at(44), at(44)],
    { 'strand-parallel': 15 },
  ],
  [
    'an hour in which nobody can meet, a room that is not offered, a break of one day',
    congressWith({
      breaks: [{ from: 44, to: 46, kind: 'coffee', day: 1, buffet: null }],
      closed: [{ from: 40, to: 45 }],
      rooms: [aRoom(), aRoom({ isOffered: false })],
      sessions: [aSession(), aSession()],
    }),
    [at(44), at(96 + 44, 1)],
    { 'closed-hour': 1, 'room-not-offered': 1, 'during-break': 2 },
  ],
  [
    'through a break that it may run through, and a ceremony that somebody wants beside',
    congressWith({
      rooms: [aRoom(), aRoom()],
      sessions: [aSession({ runsThroughBreaks: true, isExclusive: true }), aSession({ runsThroughBreaks: true })],
      tolerated: [{ a: 1, b: 0 }],
    }),
    [at(50), at(50, 1)],
    {},
  ],
  [
    'in the tray, where nothing else matters',
    congressWith({
      rooms: [aRoom({ capacity: 10 }), aRoom()],
      tray: 1,
      persons: [aPerson({ from: 60 })],
      sessions: [0, 1].map(() => aSession({ persons: [0], strand: 1, mayWait: true, isPlenary: true })),
    }),
    [at(44, 1), at(44, 1)],
    { unplaced: 2 / 1024 },
  ],
  [
    'a few people in a great hall',
    congressWith({
      rooms: [aRoom({ capacity: 450 }), aRoom({ capacity: null })],
      sessions: [aSession({ expected: 15 }), aSession({ expected: 15 }), aSession({ expected: 0 })],
      settings: USUAL_SETTINGS,
    }),
    [at(44), at(44, 1), at(60)],
    { 'seats-empty': 8 },
  ],
  [
    'online at night, not in the wished room, beside a plenary',
    congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson()],
      sessions: [
        aSession({ persons: [0], online: [0], nights: [{ from: 46, to: 60 }], wish: 1 }),
        aSession({ isPlenary: true }),
      ],
    }),
    [at(44), at(44, 1)],
    { 'online-at-night': 10, 'not-the-wished-room': 10, 'beside-plenary': 40 },
  ],
];

describe('each rule of the catalogue', () => {
  it.each(CASES)('%s', (_title, congress, places, expected) => {
    expect(bill(congress, ...places)).toEqual(expected);
  });

  it('has an example', () => {
    const shown = new Set(CASES.flatMap(([, , , expected]) => Object.keys(expected)));
    const catalogue = [...PLACE_RULES, ...PAIR_RULES, ...TERM_RULES].map(({ rule }) => rule);
    expect([...shown].sort()).toEqual(catalogue.sort());
  });
});

describe('the congress in the search', () => {
  it('has one score: the running one, the independent one, and the sum of the bill', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const congress = anyCongress(seed);
        const problem = congressProblem(congress);
        const compiled = compile(problem);
        const random = new SeededRandom(seed);
        const plan = new WorkingPlan(compiled, randomPlan(compiled, random));
        for (let move = 0; move < 40; move++) {
          randomMove(compiled, plan, random);
          if (random.below(3) === 0) plan.takeBack();
          else plan.keep();
        }
        expect(plan.score).toEqual(scoreOf(problem, plan));
        const involved = congress.sessions.some((_, session) => plan.hardOf(session) > 0);
        expect(involved).toBe(plan.hard > 0);
        const { hard, medium, soft } = plan.score;
        const total = Object.values(billOf(congress, plan)).reduce((sum, cost) => sum + cost, 0);
        expect(total).toBe(hard + medium + soft);
      }),
      { numRuns: 6 },
    );
  });

  it('finds a programme without a broken rule and leaves what is pinned', () => {
    const congress = congressWith({
      rooms: [aRoom(), aRoom({ capacity: 200, booths: 2 })],
      persons: [aPerson(), aPerson({ from: 96 })],
      interpreters: [{ pair: 'fr-en', count: 2 }],
      sessions: [
        aSession({ isExclusive: true, level: 'pinned', place: at(38, 1) }),
        ...Array.from({ length: 10 }, (_, index) =>
          aSession({ persons: [index % 2], strand: index % 3, pairs: index % 4 === 0 ? ['fr-en'] : [] }),
        ),
      ],
      precedences: [{ before: 5, after: 4 }],
    });
    const problem = congressProblem(congress);
    const { plan, score } = anneal(compile(problem), { seed: 1, maxMoves: 60_000 });
    expect({ hard: score.hard, opening: placesOf(problem, plan)[0] }).toEqual({ hard: 0, opening: at(38, 1) });
  });

  it('takes up a plan that has become illegal', () => {
    const congress = congressWith({
      rooms: [aRoom({ closed: [{ from: 36, to: 74 }] })],
      sessions: [aSession({ level: 'published', place: at(44) })],
    });
    const problem = congressProblem(congress);
    const from = planOf(problem, [at(44)]);
    expect(scoreOf(problem, from).hard).toBe(4);
    expect(anneal(compile(problem), { seed: 1, maxMoves: 2000, from }).score).toEqual({ hard: 0, medium: 5, soft: 0 });
  });

  it('refuses a place that no clock of the programme knows', () => {
    expect(() => planOf(congressProblem(congressWith({ sessions: [aSession()] })), [at(5)])).toThrow(RangeError);
  });
});
