import { RuleViolation } from '../../kernel/errors.js';

export const SESSION_KINDS = [
  'opening',
  'plenary',
  'section',
  'round_table',
  'workshop',
  'poster',
  'seminar',
  'presentation',
  'concert',
  'ceremony',
  'signing',
  'exhibition_opening',
  'reception',
  'meal',
  'break',
  'excursion',
  'meeting',
  'courtesy_call',
  'tour',
  'press',
  'transfer',
  'blocker',
] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const LAYOUTS = ['theatre', 'classroom', 'round_table', 'u_shape', 'banquet', 'standing', 'exhibition'] as const;
/** How the chairs and tables of a room stand. Between two sessions that want it otherwise, somebody must carry them. */
export type Layout = (typeof LAYOUTS)[number];

/** `removed`: taken out of the draft after it had been released, so that the next release can say so. */
export const SESSION_STATUSES = ['planned', 'cancelled', 'removed'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** What a new session of a kind begins with. A kind sets defaults and labels; no rule branches on it. */
export interface KindDefaults {
  readonly minutes: number;
  readonly parallel: boolean;
  readonly restricted: boolean;
}

const usual: KindDefaults = { minutes: 60, parallel: false, restricted: false };

const DEFAULTS: Partial<Record<SessionKind, Partial<KindDefaults>>> = {
  opening: { minutes: 60 },
  plenary: { minutes: 90 },
  section: { minutes: 90 },
  round_table: { minutes: 120 },
  workshop: { minutes: 90 },
  poster: { minutes: 60, parallel: true },
  seminar: { minutes: 90 },
  signing: { minutes: 30 },
  exhibition_opening: { minutes: 30, parallel: true },
  reception: { minutes: 120 },
  break: { minutes: 30 },
  excursion: { minutes: 180 },
  courtesy_call: { minutes: 30, restricted: true },
  meeting: { minutes: 60, restricted: true },
  press: { minutes: 45 },
  transfer: { minutes: 45 },
  blocker: { minutes: 60, restricted: true },
};

export function kindDefaults(kind: SessionKind): KindDefaults {
  return { ...usual, ...DEFAULTS[kind] };
}

/** An exhibition stands in its hall for weeks. */
export const MAX_SESSION_MINUTES = 182 * 24 * 60;

export interface SessionPlace {
  readonly start: Date | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

export interface PlacedTimes {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

/** Start, end and room as stored. A session without a start waits in the tray; it keeps its length and the room it wishes. */
export function placed({ start, minutes, roomId }: SessionPlace): PlacedTimes {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_SESSION_MINUTES)
    throw new RuleViolation('error.programme.minutes');
  return { startsAt: start, endsAt: start && new Date(start.getTime() + minutes * 60_000), minutes, roomId };
}

/** What may happen to a session; throws RuleViolation where it may not. */
export interface SessionState {
  readonly status: SessionStatus;
  /** 0 while it was never released. */
  readonly revision: number;
}

export function edited(session: SessionState): void {
  if (session.status === 'removed') throw new RuleViolation('error.programme.sessionRemoved');
}

export function cancelled(session: SessionState): { status: 'cancelled' } {
  edited(session);
  if (session.status === 'cancelled') throw new RuleViolation('error.programme.alreadyCancelled');
  return { status: 'cancelled' };
}

/** Brings back a session that was cancelled or removed. */
export function reinstated(session: SessionState): { status: 'planned' } {
  if (session.status === 'planned') throw new RuleViolation('error.programme.notCancelled');
  return { status: 'planned' };
}

/** A session that nobody outside ever saw disappears; one that was released stays, so that calendars can be told. */
export function removed(session: SessionState): { forget: true } | { forget: false; status: 'removed' } {
  edited(session);
  return session.revision === 0 ? { forget: true } : { forget: false, status: 'removed' };
}
