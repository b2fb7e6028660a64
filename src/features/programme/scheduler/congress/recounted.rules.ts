import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import type { CostTerm } from '../problem.rules.js';

/**
 * A cost of a few things, each of which depends on some sessions: when one of them moves, what depends on it is counted
 * again. Slower than counters, and hard to get wrong.
 */
export abstract class Recounted implements CostTerm {
  private readonly items: number;
  /** Of each session, the things that depend on it. */
  private readonly itemsOf: readonly (readonly number[])[];
  private readonly level: 0 | 2;
  private costs: Float64Array;
  private plan: Plan;

  /** `dependsOn`: of each thing, the sessions it depends on. */
  constructor(level: 'hard' | 'soft', sessions: number, dependsOn: readonly (readonly number[])[]) {
    this.level = level === 'hard' ? 0 : 2;
    this.items = dependsOn.length;
    const itemsOf = Array.from({ length: sessions }, (): number[] => []);
    dependsOn.forEach((on, item) => {
      for (const session of new Set(on)) itemsOf[session]!.push(item);
    });
    this.itemsOf = itemsOf;
  }

  protected abstract costOf(item: number, plan: Plan): number;

  reset(plan: Plan): void {
    this.plan = plan;
    this.costs = Float64Array.from({ length: this.items }, (_, item) => this.costOf(item, plan));
  }

  shift(session: number, _fromStart: number, _fromRoom: number, delta: Float64Array): void {
    for (const item of this.itemsOf[session]!) {
      const cost = this.costOf(item, this.plan);
      delta[this.level]! += cost - this.costs[item]!;
      this.costs[item] = cost;
    }
  }

  hardOf(session: number): number {
    if (this.level !== 0) return 0;
    return this.itemsOf[session]!.reduce((sum, item) => sum + this.costs[item]!, 0);
  }

  whole(plan: Plan): Score {
    let cost = 0;
    for (let item = 0; item < this.items; item++) cost += this.costOf(item, plan);
    return this.level === 0 ? { ...NO_COST, hard: cost } : { ...NO_COST, soft: cost };
  }
}
