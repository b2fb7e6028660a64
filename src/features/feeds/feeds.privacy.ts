/** Every column of this feature's table with its field group. */
export const personalData = [
  {
    table: 'feeds',
    columns: { id: '-', kind: '-', person_id: 'A', conference_id: '-', subject_id: '-', part_id: '-', label: 'G', token_hash: 'G', active_key: 'A', locale: 'A', created_at: 'G', last_used_at: 'G', last_agent: 'G', revoked_at: 'G' },
    term: 'G',
    erase: 'delete',
  },
] as const;
