import { localDay } from '../../../../kernel/zones.js';
import type { CongressPlace } from '../congress/congress.rules.js';
import {
  isProposed,
  type Asked,
  type Draft,
  type DraftSession,
  type KeptReason,
  type MappedDraft,
} from './draft.rules.js';
import { momentAt, quantumAt, type WallGrid } from './wall-grid.rules.js';

const MINUTE = 60_000;
const QUANTUM = 15;
const FINE = 5;

/** A place of a session, as the board keeps it; without a start it waits in the tray. */
export interface ProposedPlace {
  readonly start: number | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

export interface ProposedMove {
  readonly session: DraftSession;
  readonly from: ProposedPlace;
  readonly to: ProposedPlace;
}

/** Quarters of an hour where everything fits into them, else five minutes. */
export function quantumFor({ sessions }: Draft, { earliest, days }: Asked): number {
  const fits = ({ start, end, isPlaced }: DraftSession) => {
    const minutes = (end - start) / MINUTE;
    return minutes % QUANTUM === 0 && (!isPlaced || (start / MINUTE) % QUANTUM === 0);
  };
  const isNear = ({ start, isPlaced }: DraftSession) =>
    !isPlaced || (start > Date.parse(days[0]!) - 2 * 86_400_000 && start < Date.parse(days.at(-1)!) + 3 * 86_400_000);
  const movable = sessions.filter((session) => isProposed(session) && isNear(session));
  return earliest % QUANTUM === 0 && movable.every(fits) ? QUANTUM : FINE;
}

/** Where a session stands on the grid; null where it has no room, or does not fit into one day and whole quanta. */
export function placeOn(
  grid: WallGrid,
  { start, end, roomId }: DraftSession,
  rooms: ReadonlyMap<string, number>,
): CongressPlace | null {
  const room = roomId === null ? undefined : rooms.get(roomId);
  const quantum = quantumAt(grid, start);
  const length = (end - start) / MINUTE / grid.quantumMinutes;
  if (room === undefined || quantum === null || !Number.isInteger(length)) return null;
  const midnight = quantum - (quantum % grid.quantaPerDay);
  if (quantum + length > midnight + grid.quantaPerDay) return null;
  // Over an hour in which the clock changes it is longer or shorter than it looks.
  const last = momentAt(grid, quantum + length - 1);
  return last?.getTime() === end - grid.quantumMinutes * MINUTE ? { start: quantum, room } : null;
}

/** Why a session keeps its place whatever is asked; null where it may move. */
export function keptReason(
  session: DraftSession,
  place: CongressPlace | null,
  { grid, asked, now }: { grid: WallGrid; asked: Asked; now: number },
): KeptReason | null {
  if (session.pinned) return 'pinned';
  if (!isProposed(session)) return 'pause';
  if (session.start <= now) return 'past';
  if (session.isAccepted) return 'accepted';
  if (session.roomId === null) return 'no-room';
  if (place === null) return isOnDay(grid, session) ? 'off-grid' : 'outside';
  const minute = (place.start % grid.quantaPerDay) * grid.quantumMinutes;
  const minutes = (session.end - session.start) / MINUTE;
  return minute < asked.earliest || minute + minutes > asked.latest ? 'outside' : null;
}

/** Within one of the days, however crooked. */
function isOnDay({ days, zone }: WallGrid, { start, end }: DraftSession): boolean {
  const day = localDay(new Date(start), zone);
  return days.includes(day) && localDay(new Date(end - 1), zone) === day;
}

/** What a plan would change, on real clocks and in real rooms. */
export function movesOf(
  { grid, sessions, rooms, congress }: MappedDraft,
  places: readonly CongressPlace[],
): ProposedMove[] {
  return sessions.flatMap((session, index) => {
    if (session === null) return [];
    const minutes = (session.end - session.start) / MINUTE;
    const from = { start: session.isPlaced ? session.start : null, minutes, roomId: session.roomId };
    const { start, room } = places[index]!;
    const isWaiting = room === congress.tray;
    const to = isWaiting
      ? { start: null, minutes, roomId: session.roomId }
      : { start: momentAt(grid, start)!.getTime(), minutes, roomId: rooms[room]! };
    return from.start === to.start && from.roomId === to.roomId ? [] : [{ session, from, to }];
  });
}
