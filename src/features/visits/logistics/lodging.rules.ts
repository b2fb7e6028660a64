import { InvalidInput } from '../../../kernel/errors.js';

export const ROOM_TYPES = ['single', 'double', 'twin', 'suite'] as const;
export type RoomType = (typeof ROOM_TYPES)[number];

const DAY = 86_400_000;

/** Foreigners who stay longer must be registered at their place of stay; hotels do it, the file reminds. Days, both ends counted. */
export const REGISTERED_FROM_DAYS = 10;

/** Nights between two days (`YYYY-MM-DD`). Throws InvalidInput at `until` when it is not later. */
export function nights(from: string, until: string): number {
  const count = Math.round((Date.parse(`${until}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
  if (count < 1) throw InvalidInput.at('until', 'error.visit.lodging.until');
  return count;
}

/** Must somebody of that citizenship who stays as long be registered? Of an unknown citizenship: yes. */
export function mustBeRegistered(citizenship: string | null, from: string, until: string): boolean {
  return citizenship !== 'BY' && nights(from, until) + 1 > REGISTERED_FROM_DAYS;
}

export interface Lodger {
  readonly hotel: string;
  readonly roomType: RoomType;
  readonly from: string;
  readonly until: string;
  readonly sharedWith: string | null;
}

/** Rooms per hotel and kind, and the nights of all rooms together: two who share one room count once. */
export function roomCounts(
  lodgers: readonly (Lodger & { readonly memberId: string })[],
): { hotel: string; roomType: RoomType; rooms: number; nights: number }[] {
  const counted = new Map<string, { hotel: string; roomType: RoomType; rooms: number; nights: number }>();
  const shared = new Set<string>();
  for (const { memberId, hotel, roomType, from, until, sharedWith } of lodgers) {
    if (shared.has(memberId)) continue;
    if (sharedWith !== null) shared.add(sharedWith);
    const key = JSON.stringify([hotel, roomType]);
    const line = counted.get(key) ?? { hotel, roomType, rooms: 0, nights: 0 };
    counted.set(key, { ...line, rooms: line.rooms + 1, nights: line.nights + nights(from, until) });
  }
  return [...counted.values()].toSorted(
    (a, b) =>
      (a.hotel < b.hotel ? -1 : a.hotel > b.hotel ? 1 : 0) ||
      ROOM_TYPES.indexOf(a.roomType) - ROOM_TYPES.indexOf(b.roomType),
  );
}
