import { dayAfter, toInstant } from '../../../kernel/zones.js';
import { isOver, type StandingVisit } from '../visit.rules.js';

/** Days after the last day of a visit that its data are kept, by field group (register of purposes). */
export const NEEDS_DAYS = 14;
export const TRAVEL_DAYS = 30;
/** After a link was closed or ran out. */
export const LINK_DAYS = 30;
/** What an officer may set for one visit instead of the usual 30 days for passport data and journeys. */
export const PURGE_DAYS = { min: 7, max: 90, usual: 30 } as const;
/** Notes go when the file is closed; where nobody closes it, after three years. */
export const NOTES_YEARS = 3;
/** Where the days are open, terms count from so long after the last day that was known, or after the file was opened. */
const OPEN_DAYS = 365;

export interface KeptVisit extends StandingVisit {
  readonly zone: string;
  readonly purgeOn: string | null;
  /** The day on which the file was opened, `YYYY-MM-DD`. */
  readonly openedOn: string;
}

/** The day from which terms count. A visit whose days are open still has one: nothing is kept without an end. */
export function countsFrom({ state, endsOn, openedOn }: KeptVisit): string {
  if (endsOn !== null && state !== 'postponed') return endsOn;
  const known = endsOn ?? openedOn;
  return isOver(state) ? known : dayAfter(known, OPEN_DAYS);
}

/** When diets, allergies and access needs go, and what their own side has typed and nobody has taken over. */
export function needsGoAt(visit: KeptVisit): Date {
  return midnightAfter(dayAfter(countsFrom(visit), NEEDS_DAYS), visit.zone);
}

/** When journeys and rooms go: on the day that was set for this visit, or after the usual term. */
export function travelGoesAt(visit: KeptVisit): Date {
  const from = countsFrom(visit);
  if (visit.purgeOn === null) return midnightAfter(dayAfter(from, TRAVEL_DAYS), visit.zone);
  const [first, last] = [dayAfter(from, PURGE_DAYS.min), dayAfter(from, PURGE_DAYS.max)];
  const set = visit.purgeOn < first ? first : visit.purgeOn > last ? last : visit.purgeOn;
  return midnightAfter(set, visit.zone);
}

/** When notes that were made for the meeting go; null: at once, because the file is closed. */
export function notesGoAt(visit: KeptVisit): Date | null {
  return visit.state === 'closed' ? null : reasonsGoAt(visit);
}

/** When whatever somebody wrote about the meeting goes: purpose, decision, reasons, promises. */
export function reasonsGoAt(visit: KeptVisit): Date {
  const from = countsFrom(visit);
  const rest = from.slice(4) === '-02-29' ? '-02-28' : from.slice(4);
  return midnightAfter(`${Number(from.slice(0, 4)) + NOTES_YEARS}${rest}`, visit.zone);
}

/** May protected data be kept until that day? Days are `YYYY-MM-DD`. */
export function mayKeepUntil(day: string, endsOn: string): boolean {
  return dayAfter(endsOn, PURGE_DAYS.min) <= day && day <= dayAfter(endsOn, PURGE_DAYS.max);
}

/** Midnight after the day, on the clock of the place. */
function midnightAfter(day: string, zone: string): Date {
  return toInstant(`${dayAfter(day)}T00:00`, zone).instant;
}
