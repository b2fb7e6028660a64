import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instances } from '../../../../../bench/scheduling/instances.js';
import type { TalksFile, TalksPlan } from '../../../../../bench/scheduling/talks-file.js';
import { talksProblem } from '../../../../../bench/scheduling/talks-problem.js';
import type {
  Congress,
  CongressPlace,
} from '../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import {
  congressProblem,
  type CongressProblem,
} from '../../../../../src/features/programme/scheduler/congress/congress-problem.rules.js';
import { compile } from '../../../../../src/features/programme/scheduler/compile.rules.js';
import { anneal } from '../../../../../src/features/programme/scheduler/annealing.rules.js';
import { fewestDropped, leastChange } from '../../../../../src/features/programme/scheduler/exact/exact.rules.js';
import type { LinearSolver } from '../../../../../src/features/programme/scheduler/exact/linear-model.rules.js';
import { linearSolver } from '../../../../../src/features/programme/scheduler/exact/linear-solver.js';
import type { Plan } from '../../../../../src/features/programme/scheduler/plan.rules.js';
import { scoreOf } from '../../../../../src/features/programme/scheduler/problem.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';
import { aPerson, aRoom, aSession, congressWith } from './small-congress.js';

const LONG = () => 60;
const REPAIR = { start: 5, room: 1 };

let solve: LinearSolver;
beforeAll(async () => {
  solve = await linearSolver();
});

/** Four sessions, four starts, two rooms: few enough plans to look at each, and every hard rule of the catalogue at work. */
function tinyCongress(seed: number): Congress {
  const random = new SeededRandom(seed);
  const some = <T>(items: readonly T[]) => items.filter(() => random.below(3) === 0);
  const one = <T>(items: readonly T[]) => items[random.below(items.length)]!;
  const tray = one([null, 2]);
  const rooms = [0, 1].map(() =>
    aRoom({
      booths: one([0, 2, 2]),
      equipment: some(['piano']),
      site: one(['A', 'A', 'B']),
      turnover: one([0, 0, 1]),
      closed: some([{ from: 36, to: 37 }]),
    }),
  );
  // Now and then the second room is a hall of which the first is a part.
  if (random.below(3) === 0) rooms[1] = { ...rooms[1]!, parts: [0] };
  return congressWith({
    days: 1,
    open: 36,
    close: 40,
    breaks: some([{ from: 38, to: 39, kind: 'coffee' as const, day: null, buffet: null }]),
    rooms: tray === null ? rooms : [...rooms, aRoom()],
    tray,
    persons: [aPerson(), aPerson({ from: one([0, 37]) }), aPerson()],
    sessions: Array.from({ length: 4 }, () => {
      const place = one([
        null,
        ...Array<CongressPlace>(6).fill({ start: 36 + random.below(4), room: random.below(2) }),
      ]);
      return aSession({
        length: one([1, 1, 2]),
        equipment: some(some(['piano'])),
        pairs: some(['ru-en']),
        persons: some(some([0, 1, 2])),
        isExclusive: random.below(9) === 0,
        isSatellite: random.below(3) === 0,
        sharesRoom: random.below(4) === 0,
        quorums: some(some([{ delegation: 0, members: 1 }])),
        layout: one([null, null, 0, 1]),
        level: one(['published', 'draft', 'published', 'pinned']),
        place,
        mayWait: place === null && random.below(2) === 0,
      });
    }),
    delegations: [{ members: [2] }],
    interpreters: [{ pair: 'ru-en', count: one([1, 2]) }],
    precedences: some([{ before: 1, after: 2 }]),
    settings: { ...congressWith().settings, setupMinutes: 15, interpreterDayMinutes: one([null, 30]) },
  });
}

function standing({ sessions }: Congress, problem: CongressProblem) {
  const plan: Plan = { start: new Int32Array(sessions.length), room: new Int32Array(sessions.length) };
  sessions.forEach(({ place }, session) => {
    if (place === null) return;
    plan.start[session] = problem.quanta.indexOf(place.start);
    plan.room[session] = place.room;
  });
  return { plan, isPlaced: (session: number) => sessions[session]!.place !== null };
}

/** Every plan that leaves pinned sessions where they are. */
function* everyPlan({ tray, sessions }: Congress, problem: CongressProblem): Generator<Plan> {
  const mayTake = (session: number, room: number) => room !== tray || sessions[session]!.mayWait;
  const count = problem.sessions.length;
  const plan: Plan = { start: new Int32Array(count), room: new Int32Array(count) };
  function* from(session: number): Generator<Plan> {
    if (session === count) return yield plan;
    const { pinned } = problem.sessions[session]!;
    for (let start = 0; start < problem.starts; start++) {
      for (let room = 0; room < problem.rooms; room++) {
        if (pinned ? pinned.start !== start || pinned.room !== room : !mayTake(session, room)) continue;
        plan.start[session] = start;
        plan.room[session] = room;
        yield* from(session + 1);
      }
    }
  }
  yield* from(0);
}

/** The least price of a legal plan; infinite when there is none. */
function leastPrice(congress: Congress, prices: { start: number; room: number }): number {
  const problem = congressProblem(congress);
  const breach = problem.leastBreach ?? Number.MIN_VALUE;
  const { plan, isPlaced } = standing(congress, problem);
  let least = Infinity;
  for (const other of everyPlan(congress, problem)) {
    let price = 0;
    for (let session = 0; session < congress.sessions.length; session++) {
      if (!isPlaced(session)) continue;
      if (other.start[session] !== plan.start[session]) price += prices.start;
      else if (other.room[session] !== plan.room[session]) price += prices.room;
    }
    if (price < least && scoreOf(problem, other).hard < breach) least = price;
  }
  return least;
}

/** The congress without some of its sessions. */
function without(congress: Congress, dropped: readonly number[]): Congress {
  const stays = congress.sessions.map((_, session) => !dropped.includes(session));
  const renamed = new Map(
    [...stays.keys()].filter((session) => stays[session]).map((session, index) => [session, index]),
  );
  return {
    ...congress,
    sessions: congress.sessions.filter((_, session) => stays[session]),
    precedences: congress.precedences
      .filter(({ before, after }) => stays[before] && stays[after])
      .map(({ before, after }) => ({ before: renamed.get(before)!, after: renamed.get(after)! })),
  };
}

function nobodyWaits(congress: Congress): Congress {
  return { ...congress, sessions: congress.sessions.map((session) => ({ ...session, mayWait: false })) };
}

function subsets(count: number): number[][] {
  return Array.from({ length: 1 << count }, (_, bits) =>
    Array.from({ length: count }, (_unused, item) => item).filter((item) => bits & (1 << item)),
  ).toSorted((a, b) => a.length - b.length);
}

describe('the least change', () => {
  it('is that of trying every plan, or there is none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), fc.boolean(), (seed, bySessions) => {
        const congress = tinyCongress(seed);
        const prices = bySessions ? { start: 1, room: 1 } : REPAIR;
        const problem = congressProblem(congress);
        const found = leastChange(problem, standing(congress, problem), prices, solve, LONG);
        const least = leastPrice(congress, prices);
        const hasQuorum = congress.sessions.some(({ quorums }) => quorums.length > 0);
        // What the rows cannot say may leave the proof open, but never makes it wrong.
        if (hasQuorum && found.state === 'not-proven') return expect(found.atLeast).toBeLessThanOrEqual(least);
        if (least === Infinity) return expect(found).toEqual({ state: 'impossible' });
        expect(found).toMatchObject({ state: 'proven' });
        if (found.state !== 'proven') return;
        expect(found.starts * prices.start + found.rooms * prices.room).toBe(least);
      }),
      { numRuns: 25 },
    );
  });

  it('is not proven without time, and says nothing that is not so', () => {
    const congress = congressWith({
      sessions: [
        aSession({ place: { start: 40, room: 0 }, level: 'published' }),
        aSession({ place: { start: 40, room: 0 }, level: 'published' }),
      ],
    });
    const problem = congressProblem(congress);
    expect(leastChange(problem, standing(congress, problem), REPAIR, solve, () => 0)).toEqual({
      state: 'not-proven',
      atLeast: 0,
    });
    expect(leastChange(problem, standing(congress, problem), REPAIR, solve, LONG)).toMatchObject({
      starts: 1,
      rooms: 0,
    });
  });

  it('is nothing while nothing is broken', () => {
    const congress = congressWith({ sessions: [aSession({ place: { start: 40, room: 0 }, level: 'published' })] });
    const problem = congressProblem(congress);
    expect(leastChange(problem, standing(congress, problem), REPAIR, solve, LONG)).toMatchObject({
      state: 'proven',
      starts: 0,
      rooms: 0,
    });
  });
});

describe('the repair of a published conference', () => {
  it.each([
    ['D2', { starts: 1, rooms: 4 }, 'a room is closed for a day'],
    ['D3', { starts: 0, rooms: 0 }, 'eight talks were cancelled'],
  ])('%s needs exactly %j: %s', (name, change) => {
    const text = (ending: string) => instances('perturbation', ending).find((instance) => instance.name === name)!.text;
    const { slot, room } = JSON.parse(text('.published.json')) as TalksPlan;
    const plan = { start: Int32Array.from(slot), room: Int32Array.from(room) };
    const problem = talksProblem(JSON.parse(text('.instance.json')) as TalksFile);
    const found = leastChange(problem, { plan, isPlaced: () => true }, REPAIR, solve, LONG);
    expect(found).toMatchObject({ state: 'proven', ...change });
  });
});

describe('the smallest set of sessions to leave out', () => {
  it('is that of trying every set and every plan', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const congress = tinyCongress(seed);
        const problem = congressProblem(congress);
        const found = fewestDropped(problem, standing(congress, problem), solve, LONG);
        const isLegalWithout = (dropped: readonly number[]) =>
          leastPrice(nobodyWaits(without(congress, dropped)), { start: 0, room: 0 }) === 0;
        const isPinned = (session: number) => problem.sessions[session]!.pinned !== null;
        const fewest = subsets(congress.sessions.length)
          .filter((dropped) => !dropped.some(isPinned))
          .find(isLegalWithout);
        if (fewest === undefined) return expect(found).toEqual({ state: 'impossible' });
        if (found.state === 'not-proven') {
          expect(congress.sessions.some(({ quorums }) => quorums.length > 0)).toBe(true);
          return expect(found.atLeast).toBeLessThanOrEqual(fewest.length);
        }
        if (found.state === 'proven') expect(isLegalWithout(found.dropped)).toBe(true);
        expect(found).toMatchObject({ state: 'proven', dropped: { length: fewest.length } });
      }),
      { numRuns: 20 },
    );
  });

  it.each([
    [6, 5],
    [20, 17],
  ])('is n − k for n requests for k places of a kind', (requests, surplus) => {
    const congress = congressWith({
      days: 1,
      breaks: [],
      open: 36,
      close: 40 + 4 * (requests - surplus - 1),
      rooms: [aRoom({ equipment: ['organ'] }), aRoom(), aRoom()],
      sessions: [
        ...Array.from({ length: requests }, () => aSession({ equipment: ['organ'] })),
        ...Array.from({ length: 2 * (requests - surplus) }, () => aSession()),
      ],
    });
    const problem = congressProblem(congress);
    const { plan } = anneal(compile(problem), { seed: 1, maxMoves: 20_000 });
    const found = fewestDropped(problem, { plan, isPlaced: () => true }, solve, LONG);
    const dropped = found.state === 'proven' ? found.dropped : [];
    expect(dropped).toHaveLength(surplus);
    expect(Math.max(...dropped)).toBeLessThan(requests);
  });
});
