/** One line of the day that somebody has done, as it stands or as it comes in. */
export interface Tick {
  readonly done: boolean;
  /** When it was tapped, on the clock of the phone. */
  readonly at: Date;
}

/**
 * A tap that comes in, perhaps long after it was made: phones lose their network. The later tap counts, whatever order they
 * arrive in; a phone whose clock runs ahead tapped just now. Undefined: nothing changes.
 */
export function ticked(before: Tick | null, tap: Tick, now: Date): Tick | undefined {
  const at = tap.at > now ? now : tap.at;
  if (before && (at <= before.at || before.done === tap.done)) return undefined;
  return before === null && !tap.done ? undefined : { done: tap.done, at };
}

/** What can be ticked: a session of the stay, a journey, or a line of the checklist. */
export const TICKED_KEY = /^(?:(?:session|leg):[0-9a-f-]{36}|check:[a-z_]{3,30})$/;
