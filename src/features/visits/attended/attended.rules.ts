import type { Localized } from '../../../kernel/locale.js';

/** Of a delegation, who attends: everybody who comes in person, or those of them who were chosen. */
export function whoAttends<M extends { readonly id: string; readonly inPerson: boolean }>(
  members: readonly M[],
  chosen: readonly string[] | null,
): M[] {
  return members.filter(({ id, inPerson }) => inPerson && (chosen === null || chosen.includes(id)));
}

/** A time and a place; null: waits without a time. */
export interface AttendedPlace {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly roomId: string | null;
}

export const ATTENDED_STATES = ['settled', 'unpublished', 'moving', 'untimed', 'off'] as const;
/**
 * How a session stands with its conference: settled as it was published, not published yet, about to be moved, without a
 * time, or off.
 */
export type AttendedState = (typeof ATTENDED_STATES)[number];

/** `draft` is what the conference plans, `published` what it has told last; null: it is not there. */
export function attendedState(
  draft: (AttendedPlace & { readonly status: string }) | null,
  published: (AttendedPlace & { readonly status: string }) | null,
): AttendedState {
  if (draft === null || draft.status !== 'planned' || published?.status === 'cancelled') return 'off';
  if (draft.startsAt === null) return 'untimed';
  if (published === null) return 'unpublished';
  const same =
    draft.startsAt.getTime() === published.startsAt?.getTime() &&
    draft.endsAt?.getTime() === published.endsAt?.getTime() &&
    draft.roomId === published.roomId;
  return same ? 'settled' : 'moving';
}

/** What a text of the programme of stay says of a session that the delegation attends. Instants are ISO. */
export interface AttendedEntry<C> {
  readonly content: C;
  /** What the conference is called. */
  readonly conference: Localized;
  /** Of the event in the calendars of the visit. */
  readonly calendar: {
    readonly sequence: number;
    readonly stamp: string;
    readonly created: string;
    readonly cancelledAt: string | null;
  };
  /** In no text any more: calendars say that it is off. */
  readonly gone: boolean;
}

export interface AttendedNow<C> {
  readonly content: C;
  readonly conference: Localized;
}

/** How to look at a content; `significant` says what makes SEQUENCE grow. */
export interface ContentKeys<C> {
  readonly same: (a: C, b: C) => boolean;
  readonly significant: (content: C) => string;
  readonly cancelled: (content: C) => boolean;
}

/**
 * The entries of the next text, by session. A calendar entry keeps its identity for good: SEQUENCE grows when time, place or
 * state are others (CR3), the stamp with every change (CR6), and what is not attended any more stays as something that is off.
 */
export function nextEntries<C>(
  before: Readonly<Record<string, AttendedEntry<C>>>,
  now: ReadonlyMap<string, AttendedNow<C>>,
  at: Date,
  keys: ContentKeys<C>,
): Record<string, AttendedEntry<C>> {
  const entries: Record<string, AttendedEntry<C>> = {};
  for (const [id, next] of now) {
    const old = before[id];
    entries[id] = old ? continued(old, next, at, keys) : begun(next, at, keys);
  }
  for (const [id, old] of Object.entries(before)) if (!now.has(id)) entries[id] = old.gone ? old : ended(old, at);
  return entries;
}

function begun<C>(next: AttendedNow<C>, at: Date, { cancelled }: ContentKeys<C>): AttendedEntry<C> {
  const stamp = wholeSecond(at);
  const cancelledAt = cancelled(next.content) ? stamp : null;
  return { ...next, calendar: { sequence: 0, stamp, created: stamp, cancelledAt }, gone: false };
}

function continued<C>(
  old: AttendedEntry<C>,
  next: AttendedNow<C>,
  at: Date,
  { same, significant, cancelled }: ContentKeys<C>,
): AttendedEntry<C> {
  const called = JSON.stringify(old.conference) === JSON.stringify(next.conference);
  if (!old.gone && called && same(old.content, next.content)) return old;
  const grows = old.gone || significant(old.content) !== significant(next.content);
  const stamp = later(old.calendar.stamp, at);
  return {
    ...next,
    calendar: {
      sequence: old.calendar.sequence + (grows ? 1 : 0),
      stamp,
      created: old.calendar.created,
      cancelledAt: cancelled(next.content) ? (old.calendar.cancelledAt ?? stamp) : null,
    },
    gone: false,
  };
}

function ended<C>(old: AttendedEntry<C>, at: Date): AttendedEntry<C> {
  const { sequence, stamp, created, cancelledAt } = old.calendar;
  if (cancelledAt !== null) return { ...old, gone: true };
  const now = later(stamp, at);
  return { ...old, calendar: { sequence: sequence + 1, stamp: now, created, cancelledAt: now }, gone: true };
}

/** Later than what was told, also where the clock ran back. */
function later(stamp: string, at: Date): string {
  return wholeSecond(new Date(Math.max(at.getTime(), new Date(stamp).getTime() + 1000)));
}

function wholeSecond(at: Date): string {
  return new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString();
}
