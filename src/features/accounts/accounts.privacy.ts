/** Field groups of docs/privacy: A identity, G technical; '-' says nothing about a person. */
export const personalData = [
  {
    table: 'accounts',
    columns: { id: '-', email: 'A', email_key: 'A', name: 'A', password_hash: 'G', locale: 'A', active: '-', created_at: '-', version: '-' },
    term: 'A',
    erase: 'anonymise',
  },
  { table: 'role_grants', columns: { id: '-', account_id: '-', role: 'A', conference_id: '-' }, term: 'A', erase: 'delete' },
  {
    table: 'sign_ins',
    columns: { id: '-', token_hash: 'G', kind: '-', subject_id: 'G', created_at: 'G', seen_at: 'G', expires_at: 'G', agent: 'G' },
    term: 'G',
    erase: 'delete',
  },
  {
    table: 'access_links',
    columns: { id: '-', purpose: '-', subject_id: 'G', token_hash: 'G', code_hash: 'G', email_hash: 'G', expires_at: 'G', used_at: 'G', created_at: 'G' },
    term: 'G',
    erase: 'delete',
  },
  {
    table: 'api_tokens',
    columns: { id: '-', account_id: '-', name: 'A', token_hash: 'G', prefix: 'G', scopes: '-', expires_at: '-', created_at: '-', last_used_at: 'G', revoked_at: '-' },
    term: 'G',
    erase: 'delete',
  },
] as const;
