export type LinkState = 'valid' | 'used' | 'expired';

/** Links that act once. The others may be opened often until they expire (ruling 13). */
const SINGLE_USE: readonly string[] = ['sign-in', 'password', 'staff-invitation'];

export function isSingleUse(purpose: string): boolean {
  return SINGLE_USE.includes(purpose);
}

/** A link is good up to, not including, the instant at which it expires. */
export function stateOf(link: { usedAt: Date | null; expiresAt: Date }, now: Date): LinkState {
  if (link.usedAt !== null) return 'used';
  return link.expiresAt <= now ? 'expired' : 'valid';
}
