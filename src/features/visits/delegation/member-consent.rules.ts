/** How many days somebody has to agree to what their own side has given of them. */
export const CONSENT_DAYS = 14;

/** What somebody may say; `lapsed`: they said nothing in time. */
export const CONSENT_ANSWERS = ['agree', 'refuse'] as const;
export type ConsentAnswer = (typeof CONSENT_ANSWERS)[number] | 'lapsed';

/** What a focal point gives of people that needs their own yes. */
export const GIVEN_PURPOSES = ['special', 'visa'] as const;
export type GivenPurpose = (typeof GIVEN_PURPOSES)[number];

interface Said {
  readonly given: boolean;
  readonly channel: string;
}

/** Those to which nobody but their own side has agreed yet. */
export function provisionalOf(current: ReadonlyMap<string, Said>): GivenPurpose[] {
  return GIVEN_PURPOSES.filter((purpose) => {
    const said = current.get(purpose);
    return said !== undefined && said.given && said.channel === 'focal';
  });
}

export function consentUntil(now: Date): Date {
  return new Date(now.getTime() + CONSENT_DAYS * 86_400_000);
}

/** Nobody has answered, and the time is over. */
export function isLate({ answer, until }: { answer: ConsentAnswer | null; until: Date }, now: Date): boolean {
  return answer === null && until <= now;
}
