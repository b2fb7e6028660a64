import { InvalidInput } from '../../kernel/errors.js';

export const DIRECTIONS = ['up', 'down'] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The row before or after `id` in a list; undefined at its ends and for an id that is not in it. */
export function neighbour<T extends { id: string }>(
  rows: readonly T[],
  id: string,
  direction: Direction,
): T | undefined {
  const index = rows.findIndex((row) => row.id === id);
  return index < 0 ? undefined : rows[index + (direction === 'up' ? -1 : 1)];
}

interface Divisible {
  readonly id: string;
  readonly venueId: string;
  readonly parts: readonly string[];
}

/**
 * Whether a room may be made of these parts: two or more other rooms of its venue, none of them divided itself, and it is
 * no part of another. Throws InvalidInput at `parts`.
 */
export function checkParts(
  room: { readonly id: string; readonly venueId: string },
  parts: readonly string[],
  rooms: readonly Divisible[],
): void {
  if (parts.length === 0) return;
  const whole = new Map(rooms.filter(({ venueId }) => venueId === room.venueId).map((one) => [one.id, one]));
  const fit = parts.every((id) => id !== room.id && whole.get(id)?.parts.length === 0);
  if (!fit || new Set(parts).size < 2 || rooms.some((other) => other.parts.includes(room.id)))
    throw InvalidInput.at('parts', 'error.venues.parts');
}
