import type { Locale } from '../../kernel/locale.js';

export const AUDIENCE_GROUPS = ['registered', 'programme', 'authors'] as const;
/** Who registered; who has a part in the programme; who offered a paper. */
export type AudienceGroup = (typeof AUDIENCE_GROUPS)[number];

/** Whom a mailing is for. What is null asks for nothing. */
export interface Audience {
  readonly group: AudienceGroup;
  readonly category: string | null;
  readonly approval: string | null;
  readonly form: string | null;
  readonly strand: string | null;
  readonly room: string | null;
  /** `YYYY-MM-DD` in the zone of the conference. */
  readonly day: string | null;
  readonly role: string | null;
  readonly locale: Locale | null;
}

/** What a text may say of its reader. */
export const MERGE_FIELDS = [
  'name',
  'given',
  'family',
  'institution',
  'position',
  'number',
  'conference',
  'sessions',
] as const;
export type MergeFieldName = (typeof MERGE_FIELDS)[number];

/** Somebody who would be written to. */
export interface Recipient {
  readonly personId: string;
  readonly publicId: string;
  readonly name: string;
  /** Null: cannot be written to. */
  readonly email: string | null;
  readonly locale: Locale;
  readonly values: Readonly<Record<MergeFieldName, string | null>>;
}
