import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { anneal, randomPlan } from '../../../../../src/features/programme/scheduler/annealing.rules.js';
import { compile } from '../../../../../src/features/programme/scheduler/compile.rules.js';
import { randomMove } from '../../../../../src/features/programme/scheduler/moves.rules.js';
import { compareScores } from '../../../../../src/features/programme/scheduler/plan.rules.js';
import { scoreOf } from '../../../../../src/features/programme/scheduler/problem.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';
import { WorkingPlan } from '../../../../../src/features/programme/scheduler/working-plan.rules.js';
import { randomProblem } from './random-problem.js';

const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });
const NOT_STARTED = { hard: Infinity, medium: 0, soft: 0 };

describe('the running score', () => {
  it('equals the independent one to the unit after any moves, kept or taken back', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem } = randomProblem(seed);
        const compiled = compile(problem);
        const random = new SeededRandom(seed);
        const plan = new WorkingPlan(compiled, randomPlan(compiled, random));
        if (compiled.free.length === 0) return;
        for (let move = 0; move < 60; move++) {
          const before = { start: plan.start.slice(), room: plan.room.slice() };
          const isMove = randomMove(compiled, plan, random);
          if (random.below(2) === 0) plan.keep();
          else {
            plan.takeBack();
            expect({ start: plan.start, room: plan.room }).toEqual(before);
          }
          if (isMove) expect(plan.score).toEqual(scoreOf(problem, plan));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('notices a table that says something else', () => {
    const { problem } = randomProblem(5);
    const compiled = compile(problem);
    compiled.pairCosts.fill(1);
    compiled.unary.fill(0);
    const plan = new WorkingPlan(compiled, randomPlan(compiled, new SeededRandom(5)));
    let differs = false;
    const random = new SeededRandom(6);
    for (let move = 0; move < 20; move++) {
      randomMove(compiled, plan, random);
      plan.keep();
      differs ||= compareScores(plan.score, scoreOf(problem, plan)) !== 0;
    }
    expect(differs).toBe(true);
  });
});

describe('annealing', () => {
  it('breaks no hard rule where a plan without exists, says what its plan costs, and moves nothing pinned', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { problem, hidden } = randomProblem(seed);
        const { plan, score } = anneal(compile(problem), { seed, maxMoves: 30_000 });
        expect(score).toEqual(scoreOf(problem, plan));
        expect(score.hard).toBe(0);
        problem.sessions.forEach(({ pinned }, session) => {
          if (pinned) expect([plan.start[session], plan.room[session]]).toEqual([pinned.start, pinned.room]);
        });
        expect(scoreOf(problem, hidden).hard).toBe(0);
      }),
      { numRuns: 12 },
    );
  });

  it('gives the same bytes for the same problem, seed and number of moves, and others for another seed', () => {
    const run = (seed: number, maxMoves = 5_130) => {
      const { plan, moves } = anneal(compile(randomProblem(34).problem), { seed, maxMoves });
      return { start: Buffer.from(plan.start.buffer).toString('hex'), room: [...plan.room], moves };
    };
    expect(run(1)).toEqual(run(1));
    expect(run(1).moves).toBe(5_130);
    expect(new Set([1, 2, 3, 4].map((seed) => run(seed, 500).start)).size).toBeGreaterThan(1);
  });

  it('gives these bytes, on this machine as on any other', () => {
    const { plan, score } = anneal(compile(randomProblem(34).problem), { seed: 1, maxMoves: 5_130 });
    expect({ start: [...plan.start], room: [...plan.room], score }).toEqual({
      start: [2, 4, 3, 0, 1, 4, 0, 4, 3, 0, 2, 1, 0, 1, 4, 2, 3, 2, 1],
      room: [0, 0, 3, 0, 3, 2, 1, 3, 2, 2, 1, 1, 3, 2, 1, 3, 1, 2, 0],
      score: { hard: 0, medium: 0, soft: 571 },
    });
  });

  it('does not depend on who watches', () => {
    const compiled = compile(randomProblem(34).problem);
    const watched = anneal(compiled, {
      seed: 3,
      maxMoves: 4_000,
      onProgress: () => undefined,
      isCancelled: () => false,
    });
    expect(anneal(compiled, { seed: 3, maxMoves: 4_000 })).toEqual(watched);
  });

  it('returns the best plan it has seen when it is cancelled', () => {
    const { problem } = randomProblem(12);
    let [looks, best] = [0, NOT_STARTED];
    const result = anneal(compile(problem), {
      seed: 1,
      maxMoves: Infinity,
      isCancelled: () => ++looks > 5,
      onProgress: (progress) => {
        expect(compareScores(progress.best, best)).toBeLessThanOrEqual(0);
        best = progress.best;
      },
    });
    expect(result).toMatchObject({ isCancelled: true, moves: 5 * 250, score: best });
    expect(scoreOf(problem, result.plan)).toEqual(best);
  });

  it('ends with the time of the people who wait', () => {
    let share = 0;
    const { moves, isCancelled } = anneal(compile(randomProblem(12).problem), {
      seed: 1,
      maxMoves: Infinity,
      timeShare: () => (share += 0.25),
    });
    expect({ moves, isCancelled }).toEqual({ moves: 750, isCancelled: false });
  });

  it('leaves a plan alone in which everything is pinned', () => {
    const { problem, hidden } = randomProblem(4);
    const pinned = {
      ...problem,
      sessions: problem.sessions.map((session, index) => ({
        ...session,
        pinned: { start: hidden.start[index]!, room: hidden.room[index]! },
      })),
    };
    expect(anneal(compile(pinned), { seed: 1, maxMoves: 1000 }).plan).toEqual(hidden);
  });

  it('moves only what it is told to', () => {
    const { problem } = randomProblem(20);
    const compiled = compile(problem);
    const from = randomPlan(compiled, new SeededRandom(1));
    const free = compiled.free.slice(0, 2);
    const { plan } = anneal(compiled, { seed: 1, maxMoves: 5000, from, free });
    const others = [...plan.start.keys()].filter((session) => !free.includes(session));
    expect(others.length).toBeGreaterThan(0);
    expect(others.map((session) => [plan.start[session], plan.room[session]])).toEqual(
      others.map((session) => [from.start[session], from.room[session]]),
    );
  });
});
