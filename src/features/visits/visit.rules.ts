import { RuleViolation } from '../../kernel/errors.js';

export const VISIT_KINDS = ['official', 'working', 'courtesy', 'technical', 'study', 'transit', 'conference'] as const;
export type VisitKind = (typeof VISIT_KINDS)[number];

/** Who comes: 1 head of state or government … 5 a group or students. */
export const VISIT_LEVELS = [1, 2, 3, 4, 5] as const;
export type VisitLevel = (typeof VISIT_LEVELS)[number];

export const CONFIDENTIALITIES = ['normal', 'restricted'] as const;
export type Confidentiality = (typeof CONFIDENTIALITIES)[number];

/** How the wish to come reached the house. */
export const CHANNELS = ['note_verbale', 'letter', 'email', 'order', 'phone', 'own', 'agency'] as const;
export type Channel = (typeof CHANNELS)[number];

export const INTERPRETATIONS = ['none', 'consecutive', 'simultaneous', 'whispered'] as const;
export type Interpretation = (typeof INTERPRETATIONS)[number];

export const COST_LINES = ['travel', 'hotel', 'meals', 'transport'] as const;
export type CostLine = (typeof COST_LINES)[number];
export const PAYERS = ['host', 'guest', 'third'] as const;
export type Payer = (typeof PAYERS)[number];
/** Who pays for what; a line that is not there is not settled. */
export type Financing = Partial<Record<CostLine, Payer>>;

export const PRESS_POLICIES = ['open', 'photo', 'closed'] as const;
export type PressPolicy = (typeof PRESS_POLICIES)[number];

/** The way of a visit, in order. */
export const STAGES = [
  'enquiry',
  'under_review',
  'approved',
  'invited',
  'composition_confirmed',
  'preparing',
  'frozen',
  'in_progress',
  'completed',
  'reported',
  'closed',
] as const;
export type Stage = (typeof STAGES)[number];
export const VISIT_STATES = [...STAGES, 'declined', 'postponed', 'cancelled'] as const;
export type VisitState = (typeof VISIT_STATES)[number];

export interface StandingVisit {
  readonly state: VisitState;
  /** The stage that a postponed visit had reached. */
  readonly postponedFrom: Stage | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
}

export function isStage(state: VisitState): state is Stage {
  return (STAGES as readonly VisitState[]).includes(state);
}

/** Has the visit gone as far as that stage? A postponed one counts as far as it had got; declined and cancelled ones not at all. */
export function hasReached(
  { state, postponedFrom }: Pick<StandingVisit, 'state' | 'postponedFrom'>,
  stage: Stage,
): boolean {
  const at = isStage(state) ? state : state === 'postponed' ? postponedFrom : null;
  return at !== null && STAGES.indexOf(at) >= STAGES.indexOf(stage);
}

/** Nothing is prepared any more. */
export function isOver(state: VisitState): boolean {
  return state === 'declined' || state === 'cancelled' || state === 'closed';
}

/**
 * Where a visit can go from here, the usual next step first. A postponed one goes back to the stage it had reached, but no
 * further than the preparations: its papers must be frozen anew.
 */
export function nextStates({ state, postponedFrom }: Pick<StandingVisit, 'state' | 'postponedFrom'>): VisitState[] {
  if (state === 'postponed') return [resumedStage(postponedFrom), 'cancelled'];
  if (!isStage(state)) return [];
  const next = STAGES[STAGES.indexOf(state) + 1];
  return [
    ...(next ? [next] : []),
    ...(state === 'under_review' ? (['declined'] as const) : []),
    ...(before(state, 'in_progress') ? (['postponed'] as const) : []),
    ...(before(state, 'completed') ? (['cancelled'] as const) : []),
  ];
}

/** These say why, and the journal keeps it. */
export function asksReason(to: VisitState): boolean {
  return to === 'declined' || to === 'cancelled' || to === 'postponed';
}

export interface VisitStep {
  readonly to: VisitState;
  readonly reason: string | null;
  /** For a postponed visit that goes on: its new days. */
  readonly startsOn?: string | null;
  readonly endsOn?: string | null;
}

/**
 * The state after a step. Readiness is asked by the caller, because it needs more than the visit. Throws RuleViolation where
 * the way does not lead there, where a reason or new days are missing, or where the days are the old ones.
 */
export function stepped(visit: StandingVisit, step: VisitStep): StandingVisit {
  if (!nextStates(visit).includes(step.to)) throw new RuleViolation('error.visit.noSuchStep');
  if (asksReason(step.to) && !step.reason) throw new RuleViolation('error.visit.reason');
  if (step.to === 'postponed') return { ...visit, state: 'postponed', postponedFrom: visit.state as Stage };
  if (visit.state !== 'postponed' || step.to === 'cancelled') return { ...visit, state: step.to };
  const startsOn = step.startsOn ?? null;
  const endsOn = step.endsOn ?? null;
  if (startsOn === null || endsOn === null || startsOn === visit.startsOn)
    throw new RuleViolation('error.visit.newDays');
  checkDays({ startsOn, endsOn });
  return { state: step.to, postponedFrom: null, startsOn, endsOn };
}

/** Throws RuleViolation when the last day lies before the first, or only one of them is known. Days are `YYYY-MM-DD`. */
export function checkDays({ startsOn, endsOn }: Pick<StandingVisit, 'startsOn' | 'endsOn'>): void {
  if ((startsOn === null) !== (endsOn === null)) throw new RuleViolation('error.visit.bothDays');
  if (startsOn !== null && endsOn !== null && endsOn < startsOn) throw new RuleViolation('error.visit.endsBefore');
}

function before(state: Stage, other: Stage): boolean {
  return STAGES.indexOf(state) < STAGES.indexOf(other);
}

function resumedStage(from: Stage | null): Stage {
  return from === null ? 'under_review' : from === 'frozen' ? 'preparing' : from;
}
