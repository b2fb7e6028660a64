const MINUTE = 60_000;

/** A lease outlives the transport's limit of 30 s, so that only a dead worker's rows become free. */
export const LEASE_MS = 2 * MINUTE;

/** Attempts before a mail is given up visibly: with the back-off below, about three days. */
export const GIVE_UP_AFTER = 18;

/**
 * Milliseconds to wait after the n-th failed attempt: one minute, doubled each time, six hours at most ([R2]).
 * When nobody answered at all, the fault is the connection's and not this mail's: ten minutes at most ([R1]).
 */
export function backoffMs(attempts: number, answered: boolean): number {
  return Math.min(MINUTE * 2 ** Math.max(0, attempts - 1), (answered ? 360 : 10) * MINUTE);
}

/** Is this failure the last one? An unreachable server never uses up a mail's attempts. */
export function isFinal(failure: { outcome: 'temporary' | 'permanent'; answered: boolean }, attempts: number): boolean {
  return failure.outcome === 'permanent' || (failure.answered && attempts >= GIVE_UP_AFTER);
}

/** `all`: nothing arrives there. `bulk`: its owner called something spam, so only what they need is sent. */
export type Suppression = 'all' | 'bulk';

/** Somebody asks for these at this moment, at a keyboard: they are tried whatever came back before. */
const ASKED_FOR: readonly string[] = ['sign-in', 'account-forgotten', 'account-invitation'];

/** Whether a mail is not sent for what is known of its address ([CD2], [CD3]). */
export function isSuppressed(mail: { kind: string; bulk: boolean }, suppressed: Suppression | null): boolean {
  if (suppressed === null || ASKED_FOR.includes(mail.kind)) return false;
  return suppressed === 'all' || mail.bulk;
}

/** Confirmed and not sent yet. */
export function isWaiting(state: string): boolean {
  return state === 'queued' || state === 'paused';
}
