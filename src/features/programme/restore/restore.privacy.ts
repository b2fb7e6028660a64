/** Field group of every column ('-' is not personal), term, and what erasing a person does. */
export const personalData = [
  {
    table: 'kept_drafts',
    columns: { id: '-', programme_id: '-', kept_at: '-', account_id: '-', release_number: '-', content: 'B' },
    term: 'B',
    erase: 'anonymise',
  },
] as const;
