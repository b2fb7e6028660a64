/** The fingerprint of everything that is off: where and when it would have been is nobody's news. */
export const OFF = 'off';

/** What was told last, by a mail that left; what waits in a held one. Null: nothing. */
export interface ToldSoFar {
  readonly sentPrint: string | null;
  readonly heldPrint: string | null;
}

/**
 * What becomes of news about something: `tell` it, instead of what is held; `keep` what is held, which says the same;
 * `discard` what is held, because the person knows it so; or `nothing`. What was
 * only held, and is off now, is nobody's news. `torn`: the held mail goes because of something else that it tells.
 */
export function stepFor(
  { sentPrint, heldPrint }: ToldSoFar,
  print: string,
  torn = false,
): 'tell' | 'keep' | 'discard' | 'nothing' {
  if (print === heldPrint && !torn) return 'keep';
  const known = sentPrint === null ? print === OFF && heldPrint !== null : print === sentPrint;
  if (!known) return 'tell';
  return heldPrint === null ? 'nothing' : 'discard';
}

/** A mail has put it into their calendar, and none has taken it away. */
export function standsInCalendar({ sentPrint }: ToldSoFar): boolean {
  return sentPrint !== null && sentPrint !== OFF;
}
