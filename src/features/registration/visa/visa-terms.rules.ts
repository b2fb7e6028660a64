import { dayAfter, toInstant } from '../../../kernel/zones.js';

/** Field group C: bounds of the terms that an officer sets, and what they are until then, in days. */
export const DETAILS_DAYS = { min: 7, max: 90, usual: 30 } as const;
export const SCAN_DAYS = { min: 1, max: 14, usual: 14 } as const;

export interface VisaTerms {
  /** After the end of the stay: number, letters and all other details. */
  readonly detailsDays: number;
  /** After the letter went out: the passport page. */
  readonly scanDays: number;
}

export interface StayEnd {
  /** Last day of what they came for, `YYYY-MM-DD`, and its zone. */
  readonly endsOn: string;
  readonly zone: string;
  /** Their own last day, where they told it. */
  readonly exitOn: string | null;
  /** The last day on which the details are kept, where somebody has set one. */
  readonly keptUntil?: string | null;
}

const DAY_MS = 86_400_000;

/** Midnight after the last day of the stay, on the clock of the place. */
export function endOfStay({ endsOn, zone, exitOn }: StayEnd): Date {
  return midnightAfter(exitOn !== null && exitOn > endsOn ? exitOn : endsOn, zone);
}

/** When the details go: after the term, or after the day that was set for this stay. What is out of bounds counts as the bound. */
export function detailsGoAt(stay: StayEnd, terms: VisaTerms): Date {
  const end = endOfStay(stay).getTime();
  if (!stay.keptUntil) return new Date(end + within(terms.detailsDays, DETAILS_DAYS) * DAY_MS);
  const set = midnightAfter(stay.keptUntil, stay.zone).getTime();
  return new Date(Math.min(end + DETAILS_DAYS.max * DAY_MS, Math.max(end + DETAILS_DAYS.min * DAY_MS, set)));
}

/** When the scan of the passport page goes: after the letter went out, and at the latest at the end of the stay. */
export function scanGoesAt(stay: StayEnd, sentAt: Date | null, terms: VisaTerms): Date {
  const end = endOfStay(stay);
  if (sentAt === null) return end;
  const afterLetter = new Date(sentAt.getTime() + within(terms.scanDays, SCAN_DAYS) * DAY_MS);
  return afterLetter < end ? afterLetter : end;
}

/** Midnight after a day, on the clock of the place. */
function midnightAfter(day: string, zone: string): Date {
  return toInstant(`${dayAfter(day)}T00:00`, zone).instant;
}

function within(days: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, days));
}
