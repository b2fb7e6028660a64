import type { VisitState } from './visit.rules.js';

export interface CountedVisit {
  /** Of the first day, else of the reference. */
  readonly year: number;
  /** ISO 3166-1 alpha-2, or XX; null: not said. */
  readonly country: string | null;
  readonly state: VisitState;
  readonly guests: number;
}

export interface YearCounts {
  readonly year: number;
  readonly visits: number;
  readonly guests: number;
  /** The most visits first. */
  readonly countries: readonly { readonly country: string | null; readonly visits: number; readonly guests: number }[];
}

/** What never became a visit is not counted as one. */
const NOT_COUNTED: readonly VisitState[] = ['enquiry', 'under_review', 'declined', 'postponed', 'cancelled'];

/** Visits and guests by year and country, the latest year first. */
export function visitStatistics(visits: readonly CountedVisit[]): YearCounts[] {
  const counted = visits.filter(({ state }) => !NOT_COUNTED.includes(state));
  return [...Map.groupBy(counted, ({ year }) => year)]
    .toSorted(([a], [b]) => b - a)
    .map(([year, all]) => ({
      year,
      ...sums(all),
      countries: [...Map.groupBy(all, ({ country }) => country)]
        .map(([country, some]) => ({ country, ...sums(some) }))
        .toSorted((a, b) => b.visits - a.visits || ((a.country ?? '~') < (b.country ?? '~') ? -1 : 1)),
    }));
}

function sums(visits: readonly CountedVisit[]): { visits: number; guests: number } {
  return { visits: visits.length, guests: visits.reduce((sum, { guests }) => sum + guests, 0) };
}
