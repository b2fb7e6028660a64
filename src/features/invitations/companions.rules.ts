import { InvalidInput } from '../../kernel/errors.js';

/** Whether invited people may bring somebody: not asked, how many, or who by name (for badges and passes). */
export const COMPANIONS_ASKED = ['none', 'count', 'name'] as const;
export type CompanionsAsked = (typeof COMPANIONS_ASKED)[number];

/** Who comes along. Names only where they were asked. */
export interface Companions {
  readonly count: number;
  readonly names: readonly string[];
}

/** What was typed: a number, or names, one on each line. */
export interface TypedCompanions {
  readonly count: number | null;
  readonly names: string | null;
}

const LONGEST_NAME = 200;

/**
 * Who comes along, as the invitation asks for it; null when nobody does, or nobody was asked. Throws InvalidInput at
 * `companions` or `companionNames` for more than may come, and for a name that is too long.
 */
export function companionsOf(
  {
    companionsAsked: asked,
    companionsMax: max,
  }: { readonly companionsAsked: CompanionsAsked; readonly companionsMax: number },
  { count, names }: TypedCompanions,
): Companions | null {
  if (asked === 'none') return null;
  if (asked === 'count') {
    if ((count ?? 0) > max) throw InvalidInput.at('companions', 'error.invitation.tooManyCompanions', { max });
    return count ? { count, names: [] } : null;
  }
  const listed = (names ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  if (listed.length > max) throw InvalidInput.at('companionNames', 'error.invitation.tooManyCompanions', { max });
  const long = listed.find((name) => [...name].length > LONGEST_NAME);
  if (long !== undefined)
    throw InvalidInput.at('companionNames', 'error.text.long', { length: [...long].length, max: LONGEST_NAME });
  return listed.length > 0 ? { count: listed.length, names: listed } : null;
}

/** Do both say the same? */
export function sameCompanions(a: Companions | null, b: Companions | null): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
