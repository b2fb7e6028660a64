import type { CompiledProblem } from '../compile.rules.js';
import type { Plan } from '../plan.rules.js';

export interface Place {
  readonly start: number;
  readonly room: number;
}

/** Where a session goes; or it is left out. */
export type Choice = Place | 'dropped';

/** A programme as it stands, and what it may cost to change it. Whole numbers. */
export interface LeastCostQuestion {
  readonly compiled: CompiledProblem;
  readonly standing: Plan;
  /** False: the session stands nowhere yet, whatever the plan says. */
  readonly isPlaced: (session: number) => boolean;
  /** Hard cost from which on a rule is broken. */
  readonly breach: number;
  /** What a session costs that stands elsewhere than now. */
  readonly movePrice: (session: number, start: number, room: number) => number;
  /** What a session costs whose new place has not been looked for yet; null: the least price of any. */
  readonly gonePrice: number | null;
  /** What a session costs that is left out; null: none may be. Pinned ones never are. */
  readonly dropPrice: number | null;
}
