import type { Annealed, AnnealOptions } from './annealing.rules.js';
import type { CompiledProblem } from './compile.rules.js';
import { compareScores, copyPlan, type Plan, type Score } from './plan.rules.js';
import { SeededRandom } from './random.rules.js';
import { WorkingPlan } from './working-plan.rules.js';

type EjectionOptions = Pick<AnnealOptions, 'seed' | 'maxMoves' | 'timeShare' | 'isCancelled' | 'onProgress'>;

/** A session that has just moved stays where it is for so many steps: else two of them change places for ever. */
const REST = 4;
/** Steps of one attempt, for each session that breaks something at first. */
const STEPS = 8;

/**
 * Frees only the sessions that break something: each goes to the place that costs least, and what it pushes aside is freed
 * next, so the ring widens only where it must. Attempt after attempt from the published plan, each with another patience
 * for pushing; returns the plan that is legal at the least medium cost, then soft cost.
 */
export function eject(compiled: CompiledProblem, published: Plan, options: EjectionOptions): Annealed {
  const random = new SeededRandom(options.seed);
  const first = new WorkingPlan(compiled, published);
  const broken = offenders(compiled, first).length;
  const price = leastPrice(compiled);
  let best: { plan: Plan; score: Score } = { plan: copyPlan(published), score: first.score };
  let moves = 0;
  let isCancelled = false;
  for (;;) {
    const share = Math.min(1, Math.max(moves / options.maxMoves, options.timeShare?.() ?? 0));
    options.onProgress?.({ share, moves, best: best.score });
    isCancelled = options.isCancelled?.() ?? false;
    if (share >= 1 || isCancelled || broken === 0) break;
    const plan = new WorkingPlan(compiled, published);
    const isOver = () => (options.timeShare?.() ?? 0) >= 1 || (options.isCancelled?.() ?? false);
    moves += 1 + attempt(compiled, plan, random, { price, steps: STEPS * broken, best: best.score, isOver });
    if (compareScores(plan.score, best.score) < 0) best = { plan: copyPlan(plan), score: plan.score };
  }
  return { ...best, moves, isCancelled };
}

interface Attempt {
  readonly price: number;
  readonly steps: number;
  readonly best: Score;
  /** Asked between steps: where much is broken, one attempt may take longer than there is time. */
  readonly isOver: () => boolean;
}

/** One attempt from the published plan. Returns how many places it looked at. */
function attempt(
  compiled: CompiledProblem,
  plan: WorkingPlan,
  random: SeededRandom,
  { price, steps, best, isOver }: Attempt,
): number {
  const restsUntil = new Int32Array(compiled.sessions);
  // What pushing somebody aside is thought to cost, in prices of a small change.
  const push = price * random.below(8);
  let moves = 0;
  for (let step = 0; step < steps && plan.hard > 0 && !isOver(); step++) {
    if (best.hard <= 0 && plan.medium > best.medium) break; // already dearer than what is known
    const broken = offenders(compiled, plan).filter((session) => restsUntil[session]! <= step);
    if (broken.length === 0) break;
    const session = broken[random.below(broken.length)]!;
    const place = cheapestPlace(compiled, plan, session, random, push, price);
    moves += place.seen;
    if (place.start < 0) break;
    plan.shift(session, place.start, place.room);
    plan.keep();
    restsUntil[session] = step + REST + random.below(REST);
  }
  return moves;
}

/** Free sessions that break something. */
function offenders({ free }: CompiledProblem, plan: WorkingPlan): number[] {
  return [...free].filter((session) => plan.hardOf(session) > 0);
}

function cheapestPlace(
  compiled: CompiledProblem,
  plan: WorkingPlan,
  session: number,
  random: SeededRandom,
  push: number,
  price: number,
): { start: number; room: number; seen: number } {
  const { unary, starts, rooms, startsOf, roomsOf } = compiled;
  const place = { start: -1, room: -1, seen: 0 };
  let least = Infinity;
  for (const start of startsOf[session]!) {
    for (const room of roomsOf[session]!) {
      if (start === plan.start[session] && room === plan.room[session]) continue;
      // Where it may not stand by itself, pushing others aside does not help.
      if (unary[((session * starts + start) * rooms + room) * 3]! > 0) continue;
      plan.shift(session, start, room);
      place.seen++;
      const pushes = plan.hardOf(session) > 0 ? push : 0;
      const cost = plan.delta[1]! + pushes + random.unit() * price;
      plan.takeBack();
      if (cost >= least) continue;
      least = cost;
      place.start = start;
      place.room = room;
    }
  }
  return place;
}

/** The smallest medium cost of any place: the unit in which patience is thought. */
function leastPrice({ unary }: CompiledProblem): number {
  let least = Infinity;
  for (let at = 1; at < unary.length; at += 3) if (unary[at]! > 0 && unary[at]! < least) least = unary[at]!;
  return least === Infinity ? 1 : least;
}
