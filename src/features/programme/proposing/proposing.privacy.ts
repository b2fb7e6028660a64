/** Runs name sessions, people of the programme by their ids, and the account of staff that started them. */
export const personalData = [
  {
    table: 'scheduling_runs',
    columns: {
      id: '-',
      programme_id: '-',
      account_id: '-',
      started_at: '-',
      seen_at: '-',
      state: '-',
      cancel_asked: '-',
      asked: '-',
      progress: '-',
      outcome: 'E',
      version: '-',
    },
    term: 'E',
    erase: 'delete',
  },
] as const;
