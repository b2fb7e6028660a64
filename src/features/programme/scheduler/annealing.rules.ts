import type { CompiledProblem } from './compile.rules.js';
import { randomMove } from './moves.rules.js';
import { copyPlan, type Plan, type Score } from './plan.rules.js';
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
  /** Begins warm instead of hot: the medium cost that a random change may well bring at first. */
  readonly warmth?: number;
  /**
   * What one unit of medium cost is worth, in mean changes of the soft cost by a move. Without it, medium cost comes
   * strictly before soft cost.
   */
  readonly trade?: number;
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
/** What a unit of medium cost weighs in mean changes, where it must not be traded for soft cost. */
const STRICT = 10;
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
  const free = options.free ?? compiled.free;
  if (free.length === 0) return { plan: copyPlan(plan), score: plan.score, moves: 0, isCancelled: false };
  const scale = measure(compiled, plan, random, free);
  const mediumWeight = scale.soft * (options.trade ?? STRICT);
  const start = options.warmth === undefined ? scale.soft * HOT : options.warmth * mediumWeight;
  const best = new BestPlan(plan, options.trade === undefined ? Infinity : mediumWeight);
  let hardWeight = scale.hardWeight;
  let feasibleAt = 0;
  let moves = 0;
  let cancelled = false;
  for (;;) {
    const share = Math.min(1, Math.max(moves / maxMoves, timeShare?.() ?? 0));
    onProgress?.({ share, moves, best: best.score });
    cancelled = isCancelled?.() ?? false;
    if (share >= 1 || cancelled) break;
    if (plan.hard < (compiled.problem.leastBreach ?? Number.MIN_VALUE)) feasibleAt = share;
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

/** The best plan met so far. `worth`: of a unit of medium cost in soft cost; infinite when medium comes strictly first. */
class BestPlan {
  plan: Plan;
  score: Score;

  constructor(
    first: WorkingPlan,
    private readonly worth: number,
  ) {
    this.plan = copyPlan(first);
    this.score = first.score;
  }

  see(plan: WorkingPlan): void {
    if (!this.isBeatenBy(plan)) return;
    this.plan.start.set(plan.start);
    this.plan.room.set(plan.room);
    this.score = plan.score;
  }

  private isBeatenBy({ hard, medium, soft }: WorkingPlan): boolean {
    const { score, worth } = this;
    if (hard !== score.hard) return hard < score.hard;
    const dearer = medium - score.medium;
    if (worth === Infinity || dearer === 0) return dearer < 0 || (dearer === 0 && soft < score.soft);
    return dearer * worth + soft < score.soft;
  }
}
