import type { Locale } from '../../kernel/locale.js';

/** What a role may do to an object of the matrix in docs/access.md: nothing (undefined), count, read, or write. */
export type AccessLevel = 'count' | 'read' | 'write';

export const ACCESS_OBJECTS = [
  'conference',
  /** Series, and the founding of conferences. */
  'series',
  'programme',
  'person',
  /** Names of countries as we print them, their days and flags. */
  'country',
  /** Institutions, and who is known there. */
  'institution',
  'agreement',
  'registration',
  'attendance',
  'needs',
  /** Passport data and letters; `entry` is the table of who needs a visa. */
  'visa',
  'entry',
  'proposal',
  'invitation',
  /** Stays of delegations; `count` is only those that somebody is named for, or that are linked to their conference. */
  'visit',
  /** Templates of documents of Word. */
  'template',
  /** Letters and other documents that the house made and keeps. */
  'outgoing',
  'outbox',
  /** Mails from outside. */
  'inbox',
  'journal',
  'export',
  'venue',
  /** All accounts; `team` is who works for one conference. */
  'account',
  'team',
  /** Of a conference. */
  'settings',
  /** Purposes, terms, requests of people. */
  'privacy',
] as const;
export type AccessObject = (typeof ACCESS_OBJECTS)[number];

/** In the place of a conference: only what a role gives for everywhere, such as for what belongs to no conference. */
export const WHOLE_HOUSE = 'house';

/** Who looks: a staff account (signed in or by API token), or a person with a personal page. */
export interface Viewer {
  kind: 'account' | 'person';
  id: string;
  /** Shown in the top bar; never logged. */
  name: string;
  locale: Locale;
  /** The sign-in row, or null for an API token. */
  signInId: string | null;
  /** Null for a browser; the token's scopes (`registration:read`) for the API. */
  scopes: readonly string[] | null;
  /** The best level that any role gives for the object: in one conference (or WHOLE_HOUSE), or (null) anywhere. */
  level(object: AccessObject, conferenceId: string | null): AccessLevel | undefined;
}

/** May the scopes of an API token look at such objects? Whoever has no token may, as far as their roles go. */
export function scopesRead({ scopes }: Pick<Viewer, 'scopes'>, object: AccessObject): boolean {
  const reading = [`${object}:read`, `${object}:write`, '*:read', '*:write'];
  return scopes === null || scopes.some((scope) => reading.includes(scope));
}

const RANK: Record<AccessLevel, number> = { count: 1, read: 2, write: 3 };

/** Does the level that somebody holds cover the one that is needed? */
export function covers(held: AccessLevel | undefined, needed: AccessLevel): boolean {
  return held !== undefined && RANK[held] >= RANK[needed];
}
