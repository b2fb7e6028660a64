import { RuleViolation } from '../../../kernel/errors.js';

/** `queued`: the letter is on its way or has arrived. What its deadline ends is not a state: it may be put off. */
export const QUOTA_STATES = ['draft', 'queued', 'bounced', 'declined', 'withdrawn'] as const;
export type QuotaState = (typeof QUOTA_STATES)[number];

export const PLACE_STATES = ['named', 'confirmed', 'ended'] as const;
/** `named`: the person is asked to agree. */
export type PlaceState = (typeof PLACE_STATES)[number];

/** Replaced by somebody else, taken back, not agreed to in time, refused by the person, or the registration was cancelled. */
export const PLACE_ENDS = ['substituted', 'removed', 'lapsed', 'refused', 'cancelled', 'withdrawn'] as const;
export type PlaceEnd = (typeof PLACE_ENDS)[number];

/** Named by the focal point, or registered alone by the link that was passed on. */
export const PLACE_WAYS = ['on_behalf', 'alone'] as const;
export type PlaceWay = (typeof PLACE_WAYS)[number];

export type QuotaCommand = 'send' | 'remind' | 'withdraw' | 'decline' | 'fill' | 'bounce';

export interface AskedInstitution {
  readonly state: QuotaState;
  readonly deadline: Date;
  readonly taken: number;
  readonly places: number;
}

/** The state after a command. Throws RuleViolation with the reason. A full quota is not refused here: the counter does that. */
export function afterQuotaCommand(quota: AskedInstitution, command: QuotaCommand, now: Date): QuotaState {
  const { state } = quota;
  if (command === 'bounce') return state === 'queued' && quota.taken === 0 ? 'bounced' : state;
  if (state === 'withdrawn') throw new RuleViolation('error.quota.withdrawn');
  const over = now >= quota.deadline;
  switch (command) {
    case 'send':
      if (over) throw new RuleViolation('error.quota.deadlineOver');
      return 'queued';
    case 'remind':
      if (state === 'draft') throw new RuleViolation('error.quota.notSent');
      if (over) throw new RuleViolation('error.quota.deadlineOver');
      if (!isWaitedFor(quota, now)) throw new RuleViolation('error.quota.nothingToRemind');
      return state;
    case 'withdraw':
      return 'withdrawn';
    case 'decline':
      if (state === 'draft') throw new RuleViolation('error.quota.notSent');
      if (over) throw new RuleViolation('error.quota.deadlineOver');
      if (quota.taken > 0) throw new RuleViolation('error.quota.notEmpty');
      return 'declined';
    case 'fill':
      if (state === 'draft') throw new RuleViolation('error.quota.notSent');
      if (over) throw new RuleViolation('error.quota.deadlineOver');
      // Who has named somebody has got the letter, and wants to send people after all.
      return 'queued';
  }
}

/** May the links fill it now? */
export function mayFill({ state, deadline }: Pick<AskedInstitution, 'state' | 'deadline'>, now: Date): boolean {
  return state !== 'draft' && state !== 'withdrawn' && now < deadline;
}

/** Was asked, and has places left that nobody was named for. */
export function isWaitedFor({ state, deadline, taken, places }: AskedInstitution, now: Date): boolean {
  return (state === 'queued' || state === 'bounced') && taken < places && now < deadline;
}

/** Unique while the quota counts, so that one institution has one quota of a conference; else null. */
export function quotaKey(
  { conferenceId, institutionId }: { conferenceId: string; institutionId: string },
  state: QuotaState,
): string | null {
  return state === 'withdrawn' ? null : `${conferenceId}:${institutionId}`;
}

/** Until when somebody named now has to agree: so many days, and never past the beginning of the conference. */
export function consentUntil(now: Date, days: number, begins: Date): Date {
  const wished = new Date(now.getTime() + days * 86_400_000);
  return wished < begins || begins <= now ? wished : begins;
}

/** The time to agree is over. */
export function isLate({ consentUntil: until }: { readonly consentUntil: Date | null }, now: Date): boolean {
  return until !== null && now >= until;
}

/** Why an institution cannot be given a quota by mail. */
export const SKIP_REASONS = ['invited', 'agreement', 'contact', 'email', 'stopped'] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

export interface Candidate {
  readonly institution: { readonly id: string };
  readonly partner: boolean;
  readonly focalPoint: { readonly person: { readonly email: string | null } } | null;
}

/** The first reason why not, or null. `partnersOnly`: an agreement must be in force; `stopped`: addresses that take no mail. */
export function skipReason(
  { institution, partner, focalPoint }: Candidate,
  {
    invited,
    partnersOnly,
    stopped,
  }: { invited: ReadonlySet<string>; partnersOnly: boolean; stopped: ReadonlySet<string> },
): SkipReason | null {
  if (invited.has(institution.id)) return 'invited';
  if (partnersOnly && !partner) return 'agreement';
  if (focalPoint === null) return 'contact';
  const { email } = focalPoint.person;
  if (email === null) return 'email';
  return stopped.has(email.toLowerCase()) ? 'stopped' : null;
}
