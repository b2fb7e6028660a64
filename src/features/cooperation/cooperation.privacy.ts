/** Of institutions and agreements nothing is about a person; that somebody is known at one is. */
export const personalData = [
  {
    table: 'institutions',
    columns: {
      id: '-',
      public_id: '-',
      kind: '-',
      name: '-',
      original_name: '-',
      country: '-',
      city: '-',
      website: '-',
      search: '-',
      sort_key: '-',
      created_at: '-',
      version: '-',
    },
    term: '-',
    erase: 'keep',
  },
  {
    table: 'agreements',
    columns: { id: '-', institution_id: '-', reference: '-', valid_from: '-', valid_until: '-', version: '-' },
    term: '-',
    erase: 'keep',
  },
  {
    table: 'institution_contacts',
    columns: { id: '-', institution_id: 'A', person_id: 'A', role: 'A', created_at: '-' },
    term: 'A',
    erase: 'delete',
  },
] as const;
