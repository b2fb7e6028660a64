const HOUR_MS = 3_600_000;

/** A clock that ran this far ahead of the last heartbeat may be wrong: what is deleted then does not come back. */
export const SUSPICIOUS_MS = 48 * HOUR_MS;
/** Once a day, with some slack for the hour at which the job comes round. */
const EVERY_MS = 20 * HOUR_MS;

export interface PurgeClock {
  readonly beatAt: Date | null;
  /** Since when it waits for somebody to say that the clock is right. */
  readonly heldAt: Date | null;
  readonly ranAt: Date | null;
}

/**
 * The next heartbeat ([R6]). A leap of more than 48 hours holds the purge, also after a machine stood still for so long; a
 * clock that runs back does nothing but wait. What is held stays held until `confirmed`.
 */
export function beat(clock: PurgeClock, now: Date): PurgeClock {
  if (clock.heldAt !== null) return clock;
  const leapt = clock.beatAt !== null && now.getTime() - clock.beatAt.getTime() > SUSPICIOUS_MS;
  return leapt ? { ...clock, heldAt: now } : { ...clock, beatAt: now };
}

/** Somebody has looked at the clock, and it is right. */
export function confirmed(clock: PurgeClock, now: Date): PurgeClock {
  return { ...clock, heldAt: null, beatAt: now };
}

export function isDue({ heldAt, ranAt }: PurgeClock, now: Date): boolean {
  return heldAt === null && (ranAt === null || now.getTime() - ranAt.getTime() >= EVERY_MS);
}
