import { anneal, type AnnealOptions } from '../../src/features/programme/scheduler/annealing.rules.js';
import { compile } from '../../src/features/programme/scheduler/compile.rules.js';
import { compareScores, type Plan, type Score } from '../../src/features/programme/scheduler/plan.rules.js';
import { scoreOf, type Problem } from '../../src/features/programme/scheduler/problem.rules.js';
import { median, type Figure } from '../measure.js';

export const SEEDS = [1, 2, 3, 4, 5] as const;

export interface Run {
  readonly plan: Plan;
  readonly moves: number;
  /** CPU seconds until the first plan that breaks no hard rule; infinite if there was none. */
  readonly feasibleAfter: number;
}

/** Of this thread alone: what the machine does besides does not count. */
export function cpuSeconds(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1e6;
}

/** A budget of CPU seconds. */
export function within(
  seconds: number,
): Pick<AnnealOptions, 'maxMoves' | 'timeShare'> & { readonly passed: () => number } {
  const from = cpuSeconds();
  const passed = () => cpuSeconds() - from;
  return { maxMoves: Infinity, timeShare: () => passed() / seconds, passed };
}

/** One search from nothing; compiling the problem counts. The running score must equal the independent one. */
export function run(problem: Problem, seed: number, seconds: number): Run {
  const { passed, ...budget } = within(seconds);
  let feasibleAfter = Infinity;
  const { plan, score, moves } = anneal(compile(problem), {
    seed,
    ...budget,
    onProgress: ({ best }) => {
      if (best.hard <= 0 && feasibleAfter === Infinity) feasibleAfter = passed();
    },
  });
  mustEqual(score, scoreOf(problem, plan));
  return { plan, moves, feasibleAfter };
}

export function mustEqual(running: Score, independent: Score): void {
  if (compareScores(running, independent) !== 0)
    throw new Error(`The running score ${JSON.stringify(running)} is not ${JSON.stringify(independent)}`);
}

/** The median of a cost beside its bar. */
export function costs(name: string, values: readonly number[], bar: number | undefined): Figure {
  const value = median(values);
  const ratio = bar === undefined || value <= 0 ? null : bar / value;
  return { name, value, unit: 'points', reference: bar ?? null, ratio, target: bar === undefined ? '' : `≤ ${bar}` };
}

/** The worst of something that must not exceed a limit. */
export function worst(name: string, unit: string, values: readonly number[], limit: number): Figure {
  return { name, value: Math.max(...values), unit, reference: null, ratio: null, target: `≤ ${limit}, worst seed` };
}
