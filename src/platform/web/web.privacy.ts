/** The key of a counter is a hash of an address; it lives as long as its window. */
export const personalData = [
  { table: 'attempt_counters', columns: { id: 'G', count: '-', until: '-' }, term: 'G', erase: 'delete' },
] as const;
