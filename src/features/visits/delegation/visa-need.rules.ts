import type { PassportType } from './member.rules.js';

/** What is known of a visa for one stay, from a request that serves it. */
export interface KnownRequest {
  readonly state: string;
  /** The signed letter says something that is no longer so. */
  readonly mismatch: boolean;
}

export type VisaStanding = 'home' | 'online' | 'settled' | 'open' | 'unknown';

const SETTLED: readonly string[] = ['not_needed', 'on_arrival', 'issued'];

/**
 * How the visa of a member stands. A request counts before the table of rules, which counts only when citizenship and
 * passport are known: `decided` is what the table says then. Refused and withdrawn requests settle nothing.
 */
export function visaStanding(
  member: {
    readonly inPerson: boolean;
    readonly citizenship: string | null;
    readonly passportType: PassportType | null;
  },
  requests: readonly KnownRequest[],
  decided: 'not_needed' | 'on_arrival' | 'needed' | null,
): VisaStanding {
  if (!member.inPerson) return 'online';
  if (member.citizenship === 'BY') return 'home';
  if (requests.length > 0)
    return requests.some(({ state, mismatch }) => SETTLED.includes(state) && !mismatch) ? 'settled' : 'open';
  if (decided === null) return 'unknown';
  return decided === 'needed' ? 'open' : 'settled';
}
