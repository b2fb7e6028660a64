/** Nothing here is about a person: every column says so. */
export const personalData = [
  {
    table: 'venues',
    columns: { id: '-', code: '-', name: '-', address: '-', geo: '-', version: '-' },
    term: '-',
    erase: 'keep',
  },
  {
    table: 'rooms',
    columns: {
      id: '-',
      venue_id: '-',
      code: '-',
      name: '-',
      capacity: '-',
      position: '-',
      notes: '-',
      parts: '-',
      version: '-',
    },
    term: '-',
    erase: 'keep',
  },
] as const;
