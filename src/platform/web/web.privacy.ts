/** The key of a counter is a hash of an address; it lives as long as its window. A sent form is a hash, too; it lives for a day. */
export const personalData = [
  { table: 'attempt_counters', columns: { id: 'G', count: '-', until: '-' }, term: 'G', erase: 'delete' },
  { table: 'sent_forms', columns: { id: 'G', made: '-', sent_at: '-' }, term: 'G', erase: 'delete' },
] as const;
