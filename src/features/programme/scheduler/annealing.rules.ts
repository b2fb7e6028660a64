import type { CompiledProblem } from './compile.rules.js';
import { randomMove } from './moves.rules.js';
import { compareScores, copyPlan, type Plan, type Score } from './plan.rules.js';
import { SeededRandom } from './random.rules.js';
import { WorkingPlan } from './working-plan.rules.js';

export interface Progress {
  /** Of the budget, 0 … 1. */
  readonly share: number;
  readonly moves: number;
  readonly best: Score;
}

export interface AnnealOptions {
  readonly seed: number;
  readonly maxMoves: number;
  /** For people at the page: the share of their time that is gone. Asked between rounds of moves, never inside one. */
  readonly timeShare?: () => number;
  readonly isCancelled?: () => boolean;
  readonly onProgress?: (progress: Progress) => void;
  /** Starts from here instead of from a random plan. */
  readonly from?: Plan;
  /** Sessions that may move, instead of all that are not pinned. */
  readonly free?: Int32Array;
  /** Instead of what the first moves of the plan suggest. */
  readonly temperature?: number;
  readonly mediumWeight?: number;
}

export interface Annealed {
  readonly plan: Plan;
  readonly score: Score;
  readonly moves: number;
  readonly isCancelled: boolean;
}

/** Moves between two looks at the budget, the flag and the temperature. */
const ROUND = 250;
const SAMPLES = 1000;
/** Of the mean change of the first moves, where the temperature begins and ends. */
const HOT = 0.6;
const COLD = 0.004;
/** So long, as a share of the budget, the hard score may stay above zero before its weight is doubled. */
const PATIENCE = 0.05;

/**
 * Simulated annealing. The same problem, seed and number of moves give the same plan on any machine: there is no clock in
 * here, and cooling follows the share of the budget. Returns the best plan met, in the lexicographic order of scores.
 */
export function anneal(compiled: CompiledProblem, options: AnnealOptions): Annealed {
  const { maxMoves, timeShare, isCancelled, onProgress } = options;
  const random = new SeededRandom(options.seed);
  const plan = new WorkingPlan(compiled, options.from ?? randomPlan(compiled, random));
  const best = new BestPlan(plan);
  const free = options.free ?? compiled.free;
  if (free.length === 0) return { plan: best.plan, score: best.score, moves: 0, isCancelled: false };
  const scale = measure(compiled, plan, random, free);
  const start = options.temperature ?? scale.soft * HOT;
  const mediumWeight = options.mediumWeight ?? scale.soft * 10;
  let hardWeight = scale.hardWeight;
  let feasibleAt = 0;
  let moves = 0;
  let cancelled = false;
  for (;;) {
    const share = Math.min(1, Math.max(moves / maxMoves, timeShare?.() ?? 0));
    onProgress?.({ share, moves, best: best.score });
    cancelled = isCancelled?.() ?? false;
    if (share >= 1 || cancelled) break;
    if (plan.hard <= 0) feasibleAt = share;
    else if (share - feasibleAt > PATIENCE) {
      hardWeight *= 2;
      feasibleAt = share;
    }
    const temperature = start * Math.exp(share * Math.log(COLD / HOT));
    const round = Math.min(ROUND, maxMoves - moves);
    for (let move = 0; move < round; move++) {
      if (!randomMove(compiled, plan, random, free)) continue;
      const { delta } = plan;
      const change = delta[0]! * hardWeight + delta[1]! * mediumWeight + delta[2]!;
      if (change <= 0 || change < -temperature * Math.log(random.unit())) {
        plan.keep();
        best.see(plan);
      } else plan.takeBack();
    }
    moves += round;
  }
  return { plan: best.plan, score: best.score, moves, isCancelled: cancelled };
}

/** A plan that only respects domains and pins. */
export function randomPlan({ problem, startsOf, roomsOf }: CompiledProblem, random: SeededRandom): Plan {
  const plan = { start: new Int32Array(problem.sessions.length), room: new Int32Array(problem.sessions.length) };
  problem.sessions.forEach(({ pinned }, session) => {
    const starts = startsOf[session]!;
    const rooms = roomsOf[session]!;
    plan.start[session] = pinned?.start ?? starts[random.below(starts.length)]!;
    plan.room[session] = pinned?.room ?? rooms[random.below(rooms.length)]!;
  });
  return plan;
}

/** How much a random move changes: the unit in which weights and temperatures are thought. */
function measure(
  compiled: CompiledProblem,
  plan: WorkingPlan,
  random: SeededRandom,
  free: Int32Array,
): { soft: number; hardWeight: number } {
  let [soft, changes, leastHard] = [0, 0, Infinity];
  for (let sample = 0; sample < SAMPLES; sample++) {
    if (!randomMove(compiled, plan, random, free)) continue;
    const [hardChange, , softChange] = plan.delta;
    if (softChange !== 0) {
      soft += Math.abs(softChange!);
      changes++;
    }
    if (hardChange !== 0) leastHard = Math.min(leastHard, Math.abs(hardChange!));
    plan.takeBack();
  }
  const mean = changes === 0 ? 1 : soft / changes;
  return { soft: mean, hardWeight: leastHard === Infinity ? mean : (2 * mean) / leastHard };
}

class BestPlan {
  plan: Plan;
  score: Score;

  constructor(first: WorkingPlan) {
    this.plan = copyPlan(first);
    this.score = first.score;
  }

  see(plan: WorkingPlan): void {
    const { score } = this;
    if (plan.hard > score.hard || (plan.hard === score.hard && plan.medium > score.medium)) return;
    if (compareScores(plan.score, score) >= 0) return;
    this.plan.start.set(plan.start);
    this.plan.room.set(plan.room);
    this.score = plan.score;
  }
}
