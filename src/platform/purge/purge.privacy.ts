/** Nothing about a person. */
export const personalData = [
  { table: 'purge_state', columns: { id: '-', beat_at: '-', held_at: '-', ran_at: '-' }, term: '-', erase: 'keep' },
] as const;
