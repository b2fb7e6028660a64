import { addScores, NO_COST, type Plan, type Score } from './plan.rules.js';

/** What one session costs at one place, all by itself. */
export type PlaceCost = (start: number, room: number) => Partial<Score>;

/** A session as the search sees it: where it may go, and what each place costs whatever the others do. */
export interface Movable {
  /** Starts and rooms that moves choose from. What is illegal stays out of both *and* costs points. */
  readonly starts: readonly number[];
  readonly rooms: readonly number[];
  /** Stays here, whatever it costs. */
  readonly pinned: { readonly start: number; readonly room: number } | null;
  readonly cost: PlaceCost;
}

/** What two sessions cost together. `relation` is the code of their two rooms, in the same order as the starts. */
export type PairCost = (relation: number, startA: number, startB: number) => { hard?: number; soft?: number };

/** Pairs of one kind share a table: two sessions of the class cost what it says, times their weight. */
export interface PairClass {
  readonly cost: PairCost;
  readonly pairs: readonly { readonly a: number; readonly b: number; readonly weight: number }[];
}

/** A cost that is no sum over sessions or pairs. It keeps counters of its own and follows every change of place. */
export interface CostTerm {
  /** Counts afresh. The arrays stay those of the search and always hold the present plan. */
  reset(plan: Plan): void;
  /** One session has just left a place for another; adds what changes to `delta` (hard, medium, soft). */
  shift(session: number, fromStart: number, fromRoom: number, delta: Float64Array): void;
  /** Hard cost in which a session has a part; a term without hard cost need not say. */
  hardOf?(session: number): number;
  /** The cost of a whole plan, reckoned without the counters. */
  whole(plan: Plan): Score;
  /** Hard cost in other words, for the exact solver: zero exactly when no row is used beyond its limit. */
  readonly capacities?: Capacities;
}

/** Things of which there are so many: room-hours, interpreters of a pair. Each is a row; rows are whole numbers. */
export interface Capacities {
  limit(row: number): number;
  /** Tells every row that a session uses at a place, and how much of it. */
  uses(session: number, start: number, room: number, use: (row: number, amount: number) => void): void;
}

/** The problem as a model declares it. Plain functions of indexes: nothing in here knows what a congress is. */
export interface Problem {
  readonly starts: number;
  readonly rooms: number;
  readonly sessions: readonly Movable[];
  /** Code of a pair of rooms: the same, the same house, smaller than the other … Small integers from 0. */
  readonly relation: (roomA: number, roomB: number) => number;
  /**
   * Given when what pairs cost depends only on the difference of two starts: the place of each start on a line, with days
   * so far apart that no difference is both of one day and of two. Tables then grow with the starts, not with their square.
   */
  readonly line?: readonly number[];
  readonly pairs: readonly PairClass[];
  readonly terms: readonly (() => CostTerm)[];
  /** Hard cost below this breaks no rule, only leaves something out: the search need not press harder. */
  readonly leastBreach?: number;
}

/**
 * What a plan costs, straight from what the model declares: no table, no counter, nothing that the search uses. The
 * search's running score must equal it to the unit.
 */
export function scoreOf(problem: Problem, plan: Plan): Score {
  let score = NO_COST;
  problem.sessions.forEach(({ cost }, session) => {
    score = addScores(score, cost(plan.start[session]!, plan.room[session]!));
  });
  for (const { cost, pairs } of problem.pairs) {
    for (const { a, b, weight } of pairs) {
      const relation = problem.relation(plan.room[a]!, plan.room[b]!);
      const { hard = 0, soft = 0 } = cost(relation, plan.start[a]!, plan.start[b]!);
      score = addScores(score, { hard: hard * weight, soft: soft * weight });
    }
  }
  for (const term of problem.terms) score = addScores(score, term().whole(plan));
  return score;
}
