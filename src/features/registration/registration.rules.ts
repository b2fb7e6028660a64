import { RuleViolation } from '../../kernel/errors.js';
import { takesSeat, type Form } from './participation.rules.js';

/** Four independent states: none of them says anything about the others. */
export const APPROVALS = ['not_needed', 'pending', 'approved', 'refused', 'cancelled'] as const;
export type Approval = (typeof APPROVALS)[number];

export const WAITLISTS = ['none', 'waiting', 'offered', 'lapsed'] as const;
export type Waitlist = (typeof WAITLISTS)[number];

/** A note, not money: institutions pay by transfer, the system takes none. */
export const PAYMENTS = ['none', 'awaited', 'noted', 'waived'] as const;
export type Payment = (typeof PAYMENTS)[number];

export const ATTENDANCES = ['unknown', 'present', 'online', 'absent'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

export const APPROVAL_MODES = ['automatic', 'manual'] as const;
export type ApprovalMode = (typeof APPROVAL_MODES)[number];

/** What decides about a place in the hall. */
export interface Standing {
  readonly approval: Approval;
  readonly waitlist: Waitlist;
  readonly form: Form;
}

/** One of the conference's places is this one's: an offered place is kept until the offer ends, an application holds none. */
export function holdsPlace({ approval, waitlist, form }: Standing): boolean {
  return takesSeat(form) && (approval === 'not_needed' || approval === 'approved') && (waitlist === 'none' || waitlist === 'offered');
}

/** Takes part for certain. */
export function isConfirmed({ approval, waitlist }: Pick<Standing, 'approval' | 'waitlist'>): boolean {
  return (approval === 'not_needed' || approval === 'approved') && waitlist === 'none';
}

/** At most one per person and conference; a refused one stays, so that nobody applies over and over. */
export function isActive({ approval }: Pick<Standing, 'approval'>): boolean {
  return approval !== 'cancelled';
}

/** A new registration, as if there were a place; `waitlisted` follows when there is none. */
export function register(mode: ApprovalMode, form: Form): Standing {
  return { approval: mode === 'manual' ? 'pending' : 'not_needed', waitlist: 'none', form };
}

/** There is no place: at the end of the waiting list. */
export function waitlisted<S extends Standing>(standing: S): S {
  return { ...standing, waitlist: 'waiting' };
}

/** Throws RuleViolation `error.registration.notPending`. */
export function approve<S extends Standing>(standing: S): S {
  if (standing.approval !== 'pending' && standing.approval !== 'refused') throw new RuleViolation('error.registration.notPending');
  return { ...standing, approval: 'approved', waitlist: 'none' };
}

/** Throws RuleViolation `error.registration.notPending`. */
export function refuse<S extends Standing>(standing: S): S {
  if (standing.approval !== 'pending' && standing.approval !== 'approved') throw new RuleViolation('error.registration.notPending');
  return { ...standing, approval: 'refused', waitlist: 'none' };
}

/** Throws RuleViolation `error.registration.alreadyCancelled`. */
export function cancel<S extends Standing>(standing: S): S {
  if (standing.approval === 'cancelled') throw new RuleViolation('error.registration.alreadyCancelled');
  return { ...standing, approval: 'cancelled', waitlist: 'none' };
}

/** Throws RuleViolation `error.registration.noOffer`. */
export function offer<S extends Standing>(standing: S): S {
  if (standing.approval === 'cancelled' || standing.waitlist !== 'waiting') throw new RuleViolation('error.registration.noOffer');
  return { ...standing, waitlist: 'offered' };
}

/** An offer ends at `until`, that instant not included. Throws RuleViolation `error.registration.noOffer`, `error.registration.offerEnded`. */
export function acceptOffer<S extends Standing>(standing: S, until: Date | null, now: Date): S {
  if (standing.waitlist === 'lapsed') throw new RuleViolation('error.registration.offerEnded');
  if (standing.waitlist !== 'offered' || until === null) throw new RuleViolation('error.registration.noOffer');
  if (now >= until) throw new RuleViolation('error.registration.offerEnded');
  return { ...standing, waitlist: 'none' };
}

/** Nobody answered in time. Throws RuleViolation `error.registration.noOffer`. */
export function lapse<S extends Standing>(standing: S): S {
  if (standing.waitlist !== 'offered') throw new RuleViolation('error.registration.noOffer');
  return { ...standing, waitlist: 'lapsed' };
}

/** Waits once more, behind everybody who waits now. Throws RuleViolation `error.registration.notLapsed`. */
export function waitAgain<S extends Standing>(standing: S): S {
  if (standing.waitlist !== 'lapsed' || standing.approval === 'cancelled' || standing.approval === 'refused') throw new RuleViolation('error.registration.notLapsed');
  return { ...standing, waitlist: 'waiting' };
}

/** `C27-0042`: for people and paper; it opens nothing. */
export function registrationNumber(prefix: string, number: number): string {
  return `${prefix}-${String(number).padStart(4, '0')}`;
}

export type Opening = 'open' | 'not_yet' | 'closed' | 'never';

/** Is the public form open? Without a first day nobody has opened it. */
export function openingOf(settings: { opensAt: Date | null; closesAt: Date | null }, now: Date): Opening {
  if (settings.opensAt === null) return 'never';
  if (now < settings.opensAt) return 'not_yet';
  return settings.closesAt !== null && now >= settings.closesAt ? 'closed' : 'open';
}
