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
