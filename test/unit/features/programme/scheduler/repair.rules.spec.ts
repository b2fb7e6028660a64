import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../../../../src/features/programme/scheduler/compile.rules.js';
import { eject } from '../../../../../src/features/programme/scheduler/ejection.rules.js';
import type { Plan } from '../../../../../src/features/programme/scheduler/plan.rules.js';
import { scoreOf, type Problem } from '../../../../../src/features/programme/scheduler/problem.rules.js';
import { differenceOf, repair, withPrices } from '../../../../../src/features/programme/scheduler/repair.rules.js';
import { revertChains } from '../../../../../src/features/programme/scheduler/revert.rules.js';
import { WorkingPlan } from '../../../../../src/features/programme/scheduler/working-plan.rules.js';
import { randomProblem } from './random-problem.js';

const BUDGET = { seed: 1, maxMoves: 20_000 };

/** Three rooms, four starts, eleven sessions: one free place, at the last start in the last room. `closed`: a place. */
function house(closed?: { start: number; room: number }, pinned: readonly number[] = []) {
  const published = {
    start: Int32Array.from({ length: 11 }, (_, session) => Math.floor(session / 3)),
    room: Int32Array.from({ length: 11 }, (_, session) => session % 3),
  };
  const pairs = [...published.start.keys()].flatMap((a) =>
    Array.from({ length: 10 - a }, (_, further) => ({ a, b: a + further + 1, weight: 1 })),
  );
  const problem: Problem = {
    starts: 4,
    rooms: 3,
    relation: (a, b) => (a === b ? 0 : 1),
    sessions: [...published.start.keys()].map((session) => ({
      starts: [0, 1, 2, 3],
      rooms: [0, 1, 2],
      pinned: pinned.includes(session) ? { start: published.start[session]!, room: published.room[session]! } : null,
      cost: (start, room) => ({ hard: closed?.start === start && closed.room === room ? 5 : 0 }),
    })),
    pairs: [{ pairs, cost: (relation, a, b) => ({ hard: relation === 0 && a === b ? 3 : 0 }) }],
    terms: [],
  };
  return { published, problem: withPrices(problem, published) };
}

describe('the repair of a published plan', () => {
  it('moves nothing while nothing is broken', () => {
    const { problem, published } = house();
    const { plan, difference, moves } = repair(problem, published, 'fewest-moves', BUDGET);
    expect({ plan, difference, moves }).toEqual({ plan: published, difference: { starts: 0, rooms: 0 }, moves: 0 });
  });

  it('moves one session when one is without a room', () => {
    const { problem, published } = house({ start: 0, room: 0 });
    const { plan, difference, score } = repair(problem, published, 'fewest-moves', BUDGET);
    expect(difference).toEqual({ starts: 1, rooms: 0 });
    expect([plan.start[0], plan.room[0]]).toEqual([3, 2]);
    expect(score).toEqual({ hard: 0, medium: 5, soft: 0 });
  });

  it('changes the room alone where that is enough', () => {
    const { problem, published } = house({ start: 3, room: 0 });
    expect(repair(problem, published, 'fewest-moves', BUDGET).difference).toEqual({ starts: 0, rooms: 1 });
  });

  it('goes around what is pinned', () => {
    const { problem, published } = house({ start: 3, room: 0 }, [0, 1, 2, 3, 4, 5, 6, 7, 8, 10]);
    const { plan } = repair(problem, published, 'fewest-moves', BUDGET);
    expect([...plan.start.keys()].filter((session) => plan.room[session] !== published.room[session])).toEqual([9]);
  });

  it('says what stays broken when there is no way', () => {
    const { problem, published } = house({ start: 0, room: 0 }, [0]);
    const { plan, score } = repair(problem, published, 'fewest-moves', BUDGET);
    expect(score.hard).toBe(5);
    expect([plan.start[0], plan.room[0]]).toEqual([0, 0]);
  });

  it('trades moves for a better programme only when asked to', () => {
    const { problem: base, published } = house();
    // Session 0 would like the free place: worth more than an average change.
    const problem = {
      ...base,
      sessions: base.sessions.map((session, index) => ({
        ...session,
        cost: (start: number, room: number) => ({
          ...session.cost(start, room),
          soft: index === 0 && start !== 3 ? 100 : 0,
        }),
      })),
    };
    const startsMoved = (aim: 'fewest-moves' | 'balanced' | 'best-programme') => {
      const { score, difference } = repair(problem, published, aim, BUDGET);
      return { soft: score.soft, isMoved: difference.starts > 0 };
    };
    expect(startsMoved('fewest-moves')).toEqual({ soft: 100, isMoved: false });
    expect(startsMoved('best-programme')).toEqual({ soft: 0, isMoved: true });
    expect(repair(problem, published, 'balanced', BUDGET).difference.starts).toBeLessThanOrEqual(2);
  });

  it('never returns a plan that breaks more, and tells its cost and its difference, whatever is broken', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const { problem: plain, hidden } = randomProblem(seed);
        const broken = disturbed(hidden, plain);
        const problem = withPrices(plain, broken);
        const found = repair(problem, broken, 'fewest-moves', { seed, maxMoves: 6000 });
        expect(found.score).toEqual(scoreOf(problem, found.plan));
        expect(found.score.hard).toBeLessThanOrEqual(scoreOf(problem, broken).hard);
        expect(found.difference).toEqual(differenceOf(broken, found.plan));
        problem.sessions.forEach(({ pinned }, session) => {
          if (pinned) expect(found.plan.start[session]).toBe(pinned.start);
        });
      }),
      { numRuns: 25 },
    );
  });

  it('is the same for the same seed', () => {
    const { problem, published } = house({ start: 0, room: 1 });
    expect(repair(problem, published, 'fewest-moves', BUDGET)).toEqual(
      repair(problem, published, 'fewest-moves', BUDGET),
    );
  });

  it.each([0.39, 0.41, 0.99, 2])('ends when %d of its time is gone before it begins', (begun) => {
    const { problem, published } = house({ start: 0, room: 0 });
    let asked = 0;
    const timeShare = () => begun + asked++ / 1000;
    for (const aim of ['fewest-moves', 'balanced'] as const) {
      const { score } = repair(problem, published, aim, { seed: 1, maxMoves: Infinity, timeShare });
      expect(score.hard).toBeLessThanOrEqual(5);
    }
  });

  it('ends at once when cancelled, with the published plan or better', () => {
    const { problem, published } = house({ start: 0, room: 0 });
    const found = repair(problem, published, 'fewest-moves', { ...BUDGET, isCancelled: () => true });
    expect({ plan: found.plan, isCancelled: found.isCancelled }).toEqual({ plan: published, isCancelled: true });
  });
});

describe('the parts of a repair', () => {
  it('finds the chain alone', () => {
    const { problem, published } = house({ start: 0, room: 0 });
    expect(eject(compile(problem), published, BUDGET).score).toEqual({ hard: 0, medium: 5, soft: 0 });
  });

  it('puts back a ring of sessions that changed rooms for nothing', () => {
    const { problem, published } = house();
    const plan = { start: published.start.slice(), room: Int32Array.from([1, 2, 0, 0, 1, 2, 0, 1, 2, 0, 1]) };
    const score = scoreOf(problem, plan);
    expect(score.medium).toBe(3);
    expect(revertChains(compile(problem), published, { plan, score, moves: 0, isCancelled: false }).plan).toEqual(
      published,
    );
  });

  it('sees who takes part in what is broken', () => {
    const { problem, published } = house({ start: 3, room: 1 });
    const plan = new WorkingPlan(compile(problem), {
      ...published,
      room: published.room.map((room, s) => (s === 0 ? 1 : room)),
    });
    expect([...published.start.keys()].map((session) => plan.hardOf(session))).toEqual([
      3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 5,
    ]);
  });
});

/** The first free session on top of another one. */
function disturbed(plan: Plan, problem: Problem): Plan {
  const [start, room] = [plan.start.slice(), plan.room.slice()];
  const session = problem.sessions.findIndex(({ pinned }) => pinned === null);
  if (session < 0) return plan;
  const other = session === 0 ? 1 : 0;
  start[session] = start[other]!;
  room[session] = room[other]!;
  return { start, room };
}
