/** Field group of every column ('-' is not personal), term, and what erasing a person does. */
export const personalData = [
  {
    table: 'list_imports',
    columns: {
      id: '-',
      conference_id: '-',
      account_id: '-',
      filename: '-',
      format: '-',
      hash: '-',
      state: '-',
      options: 'H',
      content: 'H',
      counts: '-',
      left_out: '-',
      added: 'B',
      undone: 'B',
      created_at: '-',
      done_at: '-',
      version: '-',
    },
    term: 'H',
    erase: 'delete',
  },
] as const;
