/** A release of a programme of stay: as sent to the guest side, agreed with them, frozen for all papers, or a later change. */
export const RELEASE_MARKS = ['sent', 'agreed', 'frozen', 'change'] as const;
export type ReleaseMark = (typeof RELEASE_MARKS)[number];

/** How a place is prepared. */
export interface SetUp {
  readonly flags?: string;
  readonly microphones?: string;
  readonly screen?: boolean;
}

/** Where people talk with each other, so that somebody must interpret where they share no language. */
const SPOKEN_KINDS: readonly string[] = [
  'meeting',
  'courtesy_call',
  'signing',
  'tour',
  'press',
  'ceremony',
  'exhibition_opening',
  'round_table',
  'presentation',
];

/** What the hosts speak without an interpreter, BCP 47. */
const HOUSE_LANGUAGES: readonly string[] = ['be', 'ru'];

/** Do the people of such a session lack a common language? Of guests whose languages are not known: nothing can be said, so no. */
export function needsInterpreter(kind: string, visit: { readonly languages: readonly string[] }): boolean {
  const { languages } = visit;
  return SPOKEN_KINDS.includes(kind) && languages.length > 0 && !languages.some((one) => HOUSE_LANGUAGES.includes(one));
}
