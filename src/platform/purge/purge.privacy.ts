/** Nothing about a person, but for the reason of a hold, which somebody writes. */
export const personalData = [
  { table: 'purge_state', columns: { id: '-', beat_at: '-', held_at: '-', ran_at: '-' }, term: '-', erase: 'keep' },
  {
    table: 'legal_holds',
    columns: {
      id: '-',
      subject_kind: 'I',
      subject_id: 'I',
      reason: 'I',
      author_id: 'I',
      created_at: 'I',
      ends_on: 'I',
      lifted_at: 'I',
      reminded_at: '-',
      version: '-',
    },
    term: 'I',
    erase: 'keep',
  },
] as const;
