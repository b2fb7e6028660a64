export interface WaitlistEntry {
  readonly id: string;
  readonly waitlist: 'waiting' | 'offered' | 'lapsed';
  /** Smaller is earlier; who waits again after a lapsed offer gets a new, larger one. */
  readonly position: number;
  /** When an offer ends; null for those without one. */
  readonly offerUntil: Date | null;
}

export interface WaitlistPlan {
  /** Offers whose time is over: their places are free again. */
  readonly lapses: readonly string[];
  /** New offers, first in the queue first. */
  readonly offers: readonly { readonly id: string; readonly until: Date }[];
}

export interface OfferTerms {
  readonly hours: number;
  /** No offer is open longer than that: the conference begins. Null: no such end. */
  readonly lastMoment: Date | null;
}

const HOUR = 3_600_000;

/**
 * What must happen to a waiting list now. `free` places are those that nobody holds, an offered place being held until
 * its offer ends. Offers that ended lapse, and every free place is offered to the next who waits; a lapsed entry is not
 * offered anything by itself. After the last moment nothing is offered.
 */
export function planWaitlist(entries: readonly WaitlistEntry[], free: number, now: Date, terms: OfferTerms): WaitlistPlan {
  const lapses = entries.filter((entry) => entry.waitlist === 'offered' && (entry.offerUntil === null || entry.offerUntil <= now)).map(({ id }) => id);
  const until = offerUntil(now, terms);
  const places = until > now ? Math.max(0, free + lapses.length) : 0;
  const offers = entries
    .filter((entry) => entry.waitlist === 'waiting')
    .sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1))
    .slice(0, places)
    .map(({ id }) => ({ id, until }));
  return { lapses, offers };
}

/** When an offer made now ends. */
export function offerUntil(now: Date, { hours, lastMoment }: OfferTerms): Date {
  const full = new Date(now.getTime() + hours * HOUR);
  return lastMoment !== null && lastMoment < full ? lastMoment : full;
}
