import { anneal, type Annealed, type AnnealOptions } from './annealing.rules.js';
import { compile, type CompiledProblem } from './compile.rules.js';
import { eject } from './ejection.rules.js';
import { compareScores, type Plan } from './plan.rules.js';
import type { Problem } from './problem.rules.js';
import { revertChains } from './revert.rules.js';
import { WorkingPlan } from './working-plan.rules.js';

/** How much a plan differs from another. */
export interface Difference {
  /** Sessions that begin at another time. */
  readonly starts: number;
  /** Sessions that keep their time and change the room. */
  readonly rooms: number;
}

/** What a repaired programme is to be: three plans that an organizer can choose from. */
export const REPAIR_AIMS = ['fewest-moves', 'balanced', 'best-programme'] as const;
export type RepairAim = (typeof REPAIR_AIMS)[number];

export interface Repaired extends Annealed {
  readonly difference: Difference;
}

export type RepairOptions = Pick<AnnealOptions, 'seed' | 'maxMoves' | 'timeShare' | 'isCancelled' | 'onProgress'>;

/** A moved start weighs as much as five changes of room alone. */
const START_PRICE = 5;
const ROOM_PRICE = 1;
/** Of the budget, what looking for chains may take before annealing begins. */
const EJECTION = 0.4;
/** Of the price of a change, where warm annealing begins: colder, it freezes on the last conflict. */
const WARMTH = 0.5;
/** What a unit of price is worth in a balanced plan: a moved start must pay for itself like an average change. */
const FAIR = 1 / START_PRICE;

/** The problem with a price for every session that leaves its published place. */
export function withPrices(problem: Problem, published: Plan): Problem {
  return {
    ...problem,
    sessions: problem.sessions.map((session, index) => ({
      ...session,
      cost: (start, room) => {
        const { hard = 0, medium = 0, soft = 0 } = session.cost(start, room);
        const isElsewhere = room !== published.room[index];
        const price = start !== published.start[index] ? START_PRICE : isElsewhere ? ROOM_PRICE : 0;
        return { hard, medium: medium + price, soft };
      },
    })),
  };
}

/**
 * The least change that makes a published plan legal again, or a better plan at a price. The problem's medium costs say
 * what each change is worth. As deterministic as `anneal`.
 */
export function repair(problem: Problem, published: Plan, aim: RepairAim, options: RepairOptions): Repaired {
  const compiled = compile(problem);
  const found =
    aim === 'fewest-moves' ? fewest(compiled, published, options) : traded(compiled, published, aim, options);
  return { ...found, difference: differenceOf(published, found.plan) };
}

/** How many sessions stand elsewhere than in the published plan. */
export function differenceOf(published: Plan, plan: Plan): Difference {
  let [starts, rooms] = [0, 0];
  for (const session of plan.start.keys()) {
    if (plan.start[session] !== published.start[session]) starts++;
    else if (plan.room[session] !== published.room[session]) rooms++;
  }
  return { starts, rooms };
}

function fewest(compiled: CompiledProblem, published: Plan, options: RepairOptions): Annealed {
  const now = new WorkingPlan(compiled, published);
  if (now.hard <= 0) return { plan: published, score: now.score, moves: 0, isCancelled: false };
  const chained = revertChains(compiled, published, eject(compiled, published, part(options, 0, EJECTION)));
  if (chained.isCancelled) return chained;
  const annealed = anneal(compiled, {
    ...part(options, EJECTION, 1),
    from: published,
    warmth: meanPrice(compiled) * WARMTH,
  });
  const warm = revertChains(compiled, published, annealed);
  const better = compareScores(warm.score, chained.score) < 0 ? warm : chained;
  return { ...better, moves: chained.moves + annealed.moves, isCancelled: annealed.isCancelled };
}

function traded(compiled: CompiledProblem, published: Plan, aim: RepairAim, options: RepairOptions): Annealed {
  const trade = aim === 'balanced' ? FAIR : 0;
  return anneal(compiled, { ...options, from: published, trade });
}

/** A stretch of the budget as a budget of its own. A stretch that begins early lasts longer. */
function part(options: RepairOptions, from: number, to: number): RepairOptions {
  const { maxMoves, timeShare, onProgress } = options;
  const begun = timeShare?.() ?? 0;
  return {
    ...options,
    maxMoves: Math.floor(maxMoves * (to - from)),
    // On a slow machine the time may be gone before it begins.
    timeShare: timeShare && (() => (begun >= to ? 1 : Math.max(0, (timeShare() - begun) / (to - begun)))),
    onProgress: onProgress && ((progress) => onProgress({ ...progress, share: from + progress.share * (to - from) })),
  };
}

/** The mean of what the places of free sessions cost in medium, where they cost anything. */
function meanPrice({ unary, free, starts, rooms }: CompiledProblem): number {
  let [sum, count] = [0, 0];
  const places = starts * rooms;
  for (const session of free) {
    for (let place = session * places; place < (session + 1) * places; place++) {
      if (unary[place * 3 + 1]! <= 0) continue;
      sum += unary[place * 3 + 1]!;
      count++;
    }
  }
  return count === 0 ? 1 : sum / count;
}
