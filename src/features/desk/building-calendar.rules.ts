import { dayAfter, localDay } from '../../kernel/zones.js';

export const CALENDAR_KINDS = ['conference', 'visit', 'closed', 'occupied'] as const;
/** Whose time it is: of a conference, of a visit, a closed room, or of something that the viewer may not know. */
export type CalendarKind = (typeof CALENDAR_KINDS)[number];

/** A week is shown from Monday. */
export function firstDayOf(day: string, days: number): string {
  if (days === 1) return day;
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return dayAfter(day, -((weekday + 6) % 7));
}

export function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => dayAfter(first, index));
}

export interface TimedEntry {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** Null: outside the rooms of the house. */
  readonly roomId: string | null;
}

/** What takes place on one day in one room, in order of time; what began before the day or goes on after it says so. */
export interface RoomDay<E extends TimedEntry> {
  readonly roomId: string | null;
  readonly entries: readonly (E & { readonly began: boolean; readonly goesOn: boolean })[];
}

/**
 * Day by day, the rooms in which something takes place, in the order of `rooms`; what has no room comes last. A session that
 * ends at midnight is not on the next day.
 */
export function byDay<E extends TimedEntry>(
  entries: readonly E[],
  days: readonly string[],
  rooms: readonly string[],
  zone: string,
): { readonly day: string; readonly rooms: RoomDay<E>[] }[] {
  const rank = (id: string | null) => (id === null ? rooms.length : rooms.indexOf(id));
  return days.map((day) => {
    const there = entries
      .filter(({ startsAt, endsAt }) => localDay(startsAt, zone) <= day && localDay(lastMoment(endsAt), zone) >= day)
      .map((entry) => ({
        ...entry,
        began: localDay(entry.startsAt, zone) < day,
        goesOn: localDay(lastMoment(entry.endsAt), zone) > day,
      }))
      .toSorted((a, b) => a.startsAt.getTime() - b.startsAt.getTime() || (a.id < b.id ? -1 : 1));
    const inRooms = [...Map.groupBy(there, ({ roomId }) => roomId)];
    return {
      day,
      rooms: inRooms.toSorted(([a], [b]) => rank(a) - rank(b)).map(([roomId, inRoom]) => ({ roomId, entries: inRoom })),
    };
  });
}

function lastMoment(end: Date): Date {
  return new Date(end.getTime() - 1);
}
