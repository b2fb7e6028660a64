import { toInstant } from '../../../kernel/zones.js';

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
}

const DAY_MS = 86_400_000;

/** Midnight after the last day of the stay, on the clock of the place. */
export function endOfStay({ endsOn, zone, exitOn }: StayEnd): Date {
  const last = exitOn !== null && exitOn > endsOn ? exitOn : endsOn;
  const next = new Date(Date.parse(`${last}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);
  return toInstant(`${next}T00:00`, zone).instant;
}

/** When the details go. Terms outside their bounds count as the bound. */
export function detailsGoAt(stay: StayEnd, terms: VisaTerms): Date {
  return new Date(endOfStay(stay).getTime() + within(terms.detailsDays, DETAILS_DAYS) * DAY_MS);
}

/** When the scan of the passport page goes: after the letter went out, and at the latest at the end of the stay. */
export function scanGoesAt(stay: StayEnd, sentAt: Date | null, terms: VisaTerms): Date {
  const end = endOfStay(stay);
  if (sentAt === null) return end;
  const afterLetter = new Date(sentAt.getTime() + within(terms.scanDays, SCAN_DAYS) * DAY_MS);
  return afterLetter < end ? afterLetter : end;
}

function within(days: number, { min, max }: { min: number; max: number }): number {
  return Math.min(max, Math.max(min, days));
}
