/** The journal holds ids and values of things, never of people: so erasing a person leaves it as it is. */
export const personalData = [
  {
    table: 'journal_entries',
    columns: {
      id: '-',
      at: 'I',
      type: 'I',
      actor_kind: 'I',
      actor_id: 'I',
      subject_id: 'I',
      conference_id: '-',
      person_id: 'I',
      data: 'I',
      request_id: 'I',
    },
    term: 'I',
    erase: 'keep',
  },
] as const;
