/** What lies in the file of a visit: letters that came and went, and what was made for it. */
export const PAPER_KINDS = [
  'note_verbale',
  'request',
  'invitation',
  'reply',
  'programme',
  'delegation_list',
  'briefing',
  'thank_you',
  'report',
  'other',
] as const;
export type PaperKind = (typeof PAPER_KINDS)[number];

export const DIRECTIONS = ['incoming', 'outgoing', 'internal'] as const;
export type Direction = (typeof DIRECTIONS)[number];
