import { RuleViolation } from '../../../kernel/errors.js';

export const COMMITMENT_STATES = ['open', 'done', 'dropped'] as const;
export type CommitmentState = (typeof COMMITMENT_STATES)[number];

/** Who promised. */
export const PROMISED_BY = ['us', 'guests'] as const;
export type PromisedBy = (typeof PROMISED_BY)[number];

/** Days before it is due that its owner is reminded. */
export const REMIND_DAYS = 7;

export type Urgency = 'overdue' | 'soon' | 'later' | 'undated' | 'over';

export interface DatedCommitment {
  readonly state: CommitmentState;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string | null;
}

/** How a promise stands on a day; the day it is due still counts as time. */
export function urgencyOf({ state, dueOn }: DatedCommitment, today: string): Urgency {
  if (state !== 'open') return 'over';
  if (dueOn === null) return 'undated';
  if (dueOn < today) return 'overdue';
  return daysBetween(today, dueOn) <= REMIND_DAYS ? 'soon' : 'later';
}

/** Is a reminder due: once when it comes near, once more when it is late? `reminded`: what was said before. */
export function reminderDue(
  commitment: DatedCommitment & { readonly reminded: 'soon' | 'overdue' | null },
  today: string,
): 'soon' | 'overdue' | null {
  const urgency = urgencyOf(commitment, today);
  if (urgency === 'overdue') return commitment.reminded === 'overdue' ? null : 'overdue';
  return urgency === 'soon' && commitment.reminded === null ? 'soon' : null;
}

/** The most pressing first: late ones by how late, then by date, those without a date last. */
export function byUrgency<C extends DatedCommitment & { readonly id: string }>(
  commitments: readonly C[],
  today: string,
): C[] {
  const order: readonly Urgency[] = ['overdue', 'soon', 'later', 'undated', 'over'];
  return commitments.toSorted(
    (a, b) =>
      order.indexOf(urgencyOf(a, today)) - order.indexOf(urgencyOf(b, today)) ||
      compare(a.dueOn ?? '9999', b.dueOn ?? '9999') ||
      compare(a.id, b.id),
  );
}

/** A promise is kept, or given up with a reason; either can be taken back. Throws RuleViolation. */
export function settled(
  to: CommitmentState,
  outcome: string | null,
): { state: CommitmentState; outcome: string | null } {
  if (to === 'dropped' && !outcome) throw new RuleViolation('error.visit.reason');
  return { state: to, outcome: to === 'open' ? null : outcome };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
