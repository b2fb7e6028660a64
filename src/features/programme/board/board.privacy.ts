/** Operations name sessions and accounts of staff, nobody of the public. */
export const personalData = [
  {
    table: 'board_operations',
    columns: {
      id: '-',
      programme_id: '-',
      account_id: '-',
      kind: '-',
      at: '-',
      state: '-',
      changes: '-',
    },
    term: '-',
    erase: 'keep',
  },
] as const;
