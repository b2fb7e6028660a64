import { dayAfter } from '../../../kernel/zones.js';
import { hasReached, isOver, type StandingVisit } from '../visit.rules.js';

/** What the house owes after every visit. */
export const DUTIES = ['thank_you', 'report', 'photos'] as const;
export type Duty = (typeof DUTIES)[number];

/** Days after the last one by which it is done. */
export const DUTY_DAYS = 5;
/** Days before that on which the responsible officer is reminded. */
const SOON_DAYS = 2;

export type DutyUrgency = 'done' | 'later' | 'soon' | 'overdue';

export interface DutyFacts {
  readonly visit: StandingVisit;
  readonly thanked: boolean;
  readonly reported: boolean;
  /** Photographs were taken at all; whether the guests have them, is ticked. */
  readonly photographed: boolean;
  readonly photosGiven: boolean;
}

export interface OwedDuty {
  readonly duty: Duty;
  /** `YYYY-MM-DD`. */
  readonly dueOn: string;
  readonly urgency: DutyUrgency;
}

/**
 * What is owed after a visit, and how it stands on a day; the day it is due still counts as time. Nothing before its last day
 * has come, of a visit that did not take place, or of one whose file is closed.
 */
export function dutiesOf(
  { visit, thanked, reported, photographed, photosGiven }: DutyFacts,
  today: string,
): OwedDuty[] {
  const { endsOn } = visit;
  if (endsOn === null || endsOn > today || isOver(visit.state) || !tookPlace(visit)) return [];
  const dueOn = dayAfter(endsOn, DUTY_DAYS);
  const done: Record<Duty, boolean> = {
    thank_you: thanked,
    report: reported || hasReached(visit, 'reported'),
    photos: photosGiven,
  };
  return DUTIES.filter((duty) => duty !== 'photos' || photographed).map((duty) => ({
    duty,
    dueOn,
    urgency: done[duty] ? 'done' : urgencyOn(dueOn, today),
  }));
}

/** Is a reminder due that was not written yet? `reminded`: those that were, for the same day. */
export function dutyReminderDue(
  { urgency }: OwedDuty,
  reminded: readonly ('soon' | 'overdue')[],
): 'soon' | 'overdue' | null {
  if (urgency === 'overdue') return reminded.includes('overdue') ? null : 'overdue';
  return urgency === 'soon' && reminded.length === 0 ? 'soon' : null;
}

function urgencyOn(dueOn: string, today: string): DutyUrgency {
  if (dueOn < today) return 'overdue';
  return dayAfter(today, SOON_DAYS) >= dueOn ? 'soon' : 'later';
}

/** Enquiries whose days have passed were never visits. */
function tookPlace(visit: StandingVisit): boolean {
  return visit.state !== 'postponed' && hasReached(visit, 'approved');
}
