/** Field group of every column ('-' is not personal), term, and what erasing a person does. */
export const personalData = [
  {
    table: 'programmes',
    columns: { id: '-', owner_kind: '-', owner_id: '-', zone: '-', current_release: '-', names_epoch: '-', version: '-' },
    term: '-',
    erase: 'keep',
  },
  { table: 'strands', columns: { id: '-', programme_id: '-', code: '-', name: '-', colour: '-', position: '-', version: '-' }, term: '-', erase: 'keep' },
  {
    table: 'sessions',
    columns: {
      id: '-', programme_id: '-', code: '-', kind: '-', title: '-', abstract: '-', strand_id: '-', room_id: '-', starts_at: '-', ends_at: '-',
      minutes: '-', online_url: '-', languages: '-', interpretation: '-', capacity: '-', expected: '-', status: '-', parallel: '-', restricted: '-',
      revision: '-', version: '-',
    },
    term: '-',
    erase: 'keep',
  },
  {
    table: 'talks',
    columns: { id: '-', session_id: '-', code: '-', position: '-', title: 'B', abstract: 'B', minutes: '-', language: '-', version: '-' },
    term: 'B',
    erase: 'keep',
  },
  {
    table: 'assignments',
    columns: {
      id: '-', session_id: '-', talk_id: '-', person_id: 'B', role: 'B', state: 'B', seat: 'B', position: '-', active_key: 'B', seat_key: '-', version: '-',
    },
    term: 'B',
    erase: 'delete',
  },
  {
    table: 'availabilities',
    columns: { id: '-', programme_id: '-', person_id: 'E', starts_at: 'E', ends_at: 'E', kind: 'E', source: '-' },
    term: 'E',
    erase: 'delete',
  },
  {
    table: 'finding_overrides',
    columns: { id: '-', programme_id: '-', finding_key: 'B', reason: 'F', account_id: '-', at: '-' },
    term: 'F',
    erase: 'keep',
  },
  {
    table: 'releases',
    columns: { id: '-', programme_id: '-', number: '-', name: '-', note: '-', published_at: '-', account_id: '-', final: '-' },
    term: '-',
    erase: 'keep',
  },
  { table: 'release_sessions', columns: { id: '-', release_id: '-', session_id: '-', revision: '-' }, term: '-', erase: 'keep' },
  { table: 'session_revisions', columns: { id: '-', session_id: '-', revision: '-', content: 'B' }, term: 'B', erase: 'keep' },
  {
    table: 'printed_names',
    columns: { id: '-', release_id: '-', person_id: 'A', name: 'A', affiliation: 'A', country: 'A' },
    term: 'A',
    erase: 'delete',
  },
  {
    table: 'calendar_objects',
    columns: {
      id: '-', kind: '-', uid: 'G', subject_key: 'B', programme_id: '-', session_id: '-', conference_id: '-', person_id: 'B', sequence: '-', stamp: '-',
      created_at: '-', status: '-', cancelled_at: '-', withdrawn: 'B', significant: '-', content: '-', own_significant: '-', own_content: '-',
      sent_sequence: '-',
    },
    term: 'B',
    erase: 'delete',
  },
] as const;
