const HOUR = 3_600_000;
const MINUTE = 60_000;

/** Staff sit at shared desks: 12 hours without a click. A delegate's phone: 30 days ([T6]). */
const IDLE_MS = { account: 12 * HOUR, person: 30 * 24 * HOUR } as const;
const NOTED_EVERY_MS = 5 * MINUTE;

export function idleSeconds(kind: 'account' | 'person'): number {
  return IDLE_MS[kind] / 1000;
}

/** When a sign-in ends that was last seen at `seenAt`. */
export function expiryOf(kind: 'account' | 'person', seenAt: Date): Date {
  return new Date(seenAt.getTime() + IDLE_MS[kind]);
}

/** Is it time to write down again that this was seen? Not at every request. */
export function isDue(lastNoted: Date | null, now: Date): boolean {
  return lastNoted === null || now.getTime() - lastNoted.getTime() >= NOTED_EVERY_MS;
}
