import { localDay, toInstant, toLocal, ZoneError } from '../../../kernel/zones.js';

/** What the board does in one step; `place` is every move, resize and way into the tray, of one block or of many. */
export const OPERATION_KINDS = ['place', 'swap', 'shift', 'copy-day'] as const;
export type OperationKind = (typeof OPERATION_KINDS)[number];

/** `dropped`: undone, and then the same person went another way, so that it cannot be redone. */
export const OPERATION_STATES = ['done', 'undone', 'dropped'] as const;
export type OperationState = (typeof OPERATION_STATES)[number];

export interface BoardPlace {
  readonly start: Date | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

/** A place as it is kept in an operation: JSON has no dates. */
export interface KeptPlace {
  readonly start: string | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

/** What an operation did to one session. `from` is null where the operation made it. */
export interface Change {
  readonly session: string;
  /** Of a copy: what it was made from. */
  readonly source?: string;
  readonly from: KeptPlace | null;
  readonly to: KeptPlace;
  /** The session's version after the operation, or after it was last undone or redone. */
  readonly version: number;
}

export interface BoardSession {
  readonly id: string;
  readonly status: string;
  readonly startsAt: Date | null;
  readonly minutes: number;
  readonly roomId: string | null;
  readonly version: number;
}

export interface Move {
  readonly id: string;
  readonly place: BoardPlace;
}

export interface Copy {
  readonly source: string;
  readonly place: BoardPlace;
  /** The clock skips the hour on the other day: it begins when the clock goes on. */
  readonly adjusted: boolean;
}

export function placeOf({ startsAt, minutes, roomId }: BoardSession): BoardPlace {
  return { start: startsAt, minutes, roomId };
}

export function kept({ start, minutes, roomId }: BoardPlace): KeptPlace {
  return { start: start?.toISOString() ?? null, minutes, roomId };
}

export function unkept({ start, minutes, roomId }: KeptPlace): BoardPlace {
  return { start: start === null ? null : new Date(start), minutes, roomId };
}

export function samePlace(a: BoardPlace, b: BoardPlace): boolean {
  return a.start?.getTime() === b.start?.getTime() && a.minutes === b.minutes && a.roomId === b.roomId;
}

/**
 * Everything that begins on a local day at `from` (HH:mm) or later goes `minutes` later, or earlier when negative: real
 * minutes, so that lengths and pauses stay also in the night when the clock changes, and past midnight. What runs already
 * at `from` stays, as does what was cancelled.
 */
export function shifted(
  sessions: readonly BoardSession[],
  { day, from, minutes }: { day: string; from: string; minutes: number },
  zone: string,
): Move[] {
  return sessions.flatMap((session) => {
    if (session.startsAt === null || session.status !== 'planned') return [];
    const [onDay, at] = toLocal(session.startsAt, zone).split('T') as [string, string];
    if (onDay !== day || at < from) return [];
    const start = new Date(session.startsAt.getTime() + minutes * 60_000);
    return [{ id: session.id, place: { start, minutes: session.minutes, roomId: session.roomId } }];
  });
}

/** Each takes the other's start and room and keeps its own length; one from the tray sends the other there. */
export function swapped(a: BoardSession, b: BoardSession): [Move, Move] {
  const at = (where: BoardSession, own: BoardSession): Move => ({
    id: own.id,
    place: { start: where.startsAt, roomId: where.roomId, minutes: own.minutes },
  });
  return [at(b, a), at(a, b)];
}

/** What is planned on one local day, at the same times of the clock on another. */
export function copiedDay(
  sessions: readonly BoardSession[],
  { day, to }: { day: string; to: string },
  zone: string,
): Copy[] {
  return sessions.flatMap((session) => {
    if (session.startsAt === null || session.status !== 'planned') return [];
    const [onDay, at] = toLocal(session.startsAt, zone).split('T') as [string, string];
    if (onDay !== day) return [];
    const { instant, adjusted } = firstFrom(to, at, zone);
    return [
      { source: session.id, place: { start: instant, minutes: session.minutes, roomId: session.roomId }, adjusted },
    ];
  });
}

/** `HH:mm` on a day, or the moment at which the clock goes on when it skips that. */
export function firstFrom(day: string, at: string, zone: string): { instant: Date; adjusted: boolean } {
  for (let minute = minutesOf(at); ; minute++) {
    try {
      return { instant: toInstant(`${day}T${clockText(minute)}`, zone).instant, adjusted: clockText(minute) !== at };
    } catch (error) {
      // No zone skips as much as three hours, except when it drops a whole day: then there is nothing to copy to.
      if (!(error instanceof ZoneError) || error.code !== 'time.skipped' || minute >= 1439) throw error;
    }
  }
}

export function isOnDay({ startsAt }: BoardSession, day: string, zone: string): boolean {
  return startsAt !== null && localDay(startsAt, zone) === day;
}

function minutesOf(at: string): number {
  return Number(at.slice(0, 2)) * 60 + Number(at.slice(3));
}

function clockText(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

/** What is known of a session when an operation on it shall be undone or redone. */
export interface Revertible {
  /** Null: it is no longer there, or was taken out of the programme. */
  readonly session: BoardSession | null;
  /** Somebody else wrote it since. */
  readonly touchedByOthers: boolean;
}

/**
 * May a change be taken back (or made again)? The session must still be where the operation left it, and nobody else may
 * have touched it since; own later operations that were undone themselves do not count.
 */
export function mayRevert(change: Change, expected: KeptPlace, { session, touchedByOthers }: Revertible): boolean {
  if (session === null) return false;
  if (session.version === change.version) return true;
  return !touchedByOthers && samePlace(placeOf(session), unkept(expected));
}
