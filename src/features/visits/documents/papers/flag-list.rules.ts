/** After this many days a flag is compared with the current design again. */
const CHECKED_FOR_DAYS = 365;
const DAY_MS = 86_400_000;

export type FlagWarning = 'missing' | 'unchecked' | 'old';

export interface FlagFacts {
  readonly hasFlag: boolean;
  /** `YYYY-MM-DD`: when it was last compared with the current design. */
  readonly flagCheckedOn: string | null;
}

/** What to look at before the flag is put up on a day. */
export function flagWarning({ hasFlag, flagCheckedOn }: FlagFacts, on: string): FlagWarning | null {
  if (!hasFlag) return 'missing';
  if (flagCheckedOn === null) return 'unchecked';
  const days = (Date.parse(on) - Date.parse(flagCheckedOn)) / DAY_MS;
  return days > CHECKED_FOR_DAYS ? 'old' : null;
}

/** The host in the place of honour, the others by the alphabet of their names. Each stands once. */
export function inFlagOrder<C extends { readonly code: string; readonly name: string }>(
  host: C,
  guests: readonly C[],
  compare: (a: string, b: string) => number,
): C[] {
  const others = [...new Map(guests.map((one) => [one.code, one])).values()].filter(({ code }) => code !== host.code);
  return [host, ...others.toSorted((a, b) => compare(a.name, b.name))];
}
