/** Every column of this feature's table with its field group. */
export const personalData = [
  {
    table: 'proposals',
    columns: { id: '-', registration_id: 'B', title: 'B', abstract: 'B', language: 'B', strand_id: '-', state: 'B', updated_at: 'B', submitted_at: 'B', version: '-' },
    term: 'B',
    erase: 'anonymise',
  },
] as const;
