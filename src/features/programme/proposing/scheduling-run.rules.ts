import type { ProvenMinimum } from '../scheduler/exact/exact-questions.rules.js';
import type { KeptSession, Plan } from '../scheduler/draft/plan.rules.js';
import type { PlanAim } from '../scheduler/scheduler-task.rules.js';
import type { RunAim } from '../scheduler/draft/draft.rules.js';

export const RUN_STATES = ['running', 'finished', 'failed'] as const;
export type RunState = (typeof RUN_STATES)[number];

export interface RunProgressNow {
  readonly aim: PlanAim;
  /** Of all the time, 0 … 1. */
  readonly share: number;
  /** Of the best plan so far: what is still broken, and the points of what is not as wished. */
  readonly hard: number;
  readonly soft: number;
}

export interface RunOutcome {
  readonly plans: readonly Plan[];
  /** Sessions that were left where they are although the aim would have moved them. */
  readonly kept: readonly KeptSession[];
  /** Of a repair: how few sessions any repair must move. */
  readonly minimum: ProvenMinimum | null;
  /** Of the whole draft as it was: while it is the same, what the plans cost is still true. */
  readonly print: string;
  /** Somebody stopped it: plans may be missing, or not as good as they could be. */
  readonly isCancelled: boolean;
}

/** A run whose process has not been heard of for so long has ended with it. */
const SILENCE_MS = 20_000;

/** Whether a run that is written down as running can still be alive. */
export function isLost({ state, seenAt }: { state: RunState; seenAt: Date }, now: Date): boolean {
  return state === 'running' && now.getTime() - seenAt.getTime() > SILENCE_MS;
}

/** The plans that a run makes, in the order in which they are made. */
export function aimsOf(aim: RunAim): readonly PlanAim[] {
  if (aim === 'fill') return ['fill-tray'];
  return aim === 'new' ? ['new-programme'] : ['fewest-moves', 'balanced', 'best-programme'];
}
