export const CONFERENCE_KINDS = [
  'congress',
  'conference',
  'satellite',
  'seminar',
  'round_table',
  'presentation',
  'concert',
  'ceremony',
  'exhibition',
  'summit',
] as const;
export type ConferenceKind = (typeof CONFERENCE_KINDS)[number];

/** What a kind switches on when a conference is made. Each may be changed afterwards; no rule asks for the kind. */
export interface KindDefaults {
  /** Visible to everybody from the start. */
  readonly public: boolean;
  readonly registration: 'automatic' | 'manual' | 'invitation';
  readonly categories: 'all' | 'listeners';
  readonly call: boolean;
  readonly strands: boolean;
  readonly proceedings: boolean;
  readonly certificates: boolean;
  readonly resolution: boolean;
  /** Where the public calendar shows it: with the conferences, or beside them. */
  readonly shelf: 'main' | 'beside';
}

const PLAIN: KindDefaults = {
  public: false,
  registration: 'automatic',
  categories: 'all',
  call: false,
  strands: false,
  proceedings: false,
  certificates: false,
  resolution: false,
  shelf: 'main',
};

const FULL: KindDefaults = { ...PLAIN, call: true, strands: true, proceedings: true, certificates: true };
const EVENING: KindDefaults = { ...PLAIN, categories: 'listeners', shelf: 'beside' };

export const KINDS: Readonly<Record<ConferenceKind, KindDefaults>> = {
  congress: FULL,
  conference: FULL,
  satellite: PLAIN,
  seminar: { ...PLAIN, registration: 'manual' },
  round_table: { ...PLAIN, registration: 'manual', resolution: true },
  presentation: EVENING,
  concert: EVENING,
  exhibition: EVENING,
  ceremony: { ...EVENING, registration: 'invitation' },
  summit: { ...PLAIN, registration: 'invitation' },
};
