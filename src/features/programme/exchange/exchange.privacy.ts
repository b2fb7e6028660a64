/** Field group of every column ('-' is not personal), term, and what erasing a person does. */
export const personalData = [
  {
    table: 'exchange_ids',
    columns: {
      id: '-',
      programme_id: '-',
      kind: '-',
      subject_id: 'B',
      number: '-',
      guid: 'B',
      source: 'B',
      released_source: 'B',
    },
    term: 'B',
    erase: 'anonymise',
  },
  {
    table: 'programme_imports',
    columns: {
      id: '-',
      programme_id: '-',
      account_id: '-',
      filename: '-',
      format: '-',
      hash: '-',
      state: '-',
      options: 'B',
      content: 'B',
      counts: '-',
      added: '-',
      created_at: '-',
      done_at: '-',
      version: '-',
    },
    term: 'B',
    erase: 'delete',
  },
] as const;
