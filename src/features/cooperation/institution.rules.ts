import { LOCALES, pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { foldForSearch } from '../../kernel/search-text.js';

export const INSTITUTION_KINDS = [
  'library',
  'archive',
  'museum',
  'university',
  'academy',
  'ministry',
  'embassy',
  'international',
  'other',
] as const;
export type InstitutionKind = (typeof INSTITUTION_KINDS)[number];

/** The focal point gets letters to the institution; the others are known there. */
export const CONTACT_ROLES = ['focal_point', 'head', 'member'] as const;
export type ContactRole = (typeof CONTACT_ROLES)[number];

const SORT_KEY = 200;

export interface InstitutionNames {
  readonly name: Localized;
  readonly originalName: string | null;
}

/** What of an institution is typed into a form; the rest of the row follows from it. */
export interface InstitutionFields extends InstitutionNames {
  readonly kind: InstitutionKind;
  readonly country: string | null;
  readonly city: string | null;
  readonly website: string | null;
}

/** Its name in that language, else in another one of ours, else its own. */
export function institutionName({ name, originalName }: InstitutionNames, locale: Locale): string {
  return pickText(name, locale).text || (originalName ?? '');
}

/** The column that search looks into: all names and the city, folded. */
export function searchColumn({ name, originalName, city }: InstitutionFields): string {
  return foldForSearch([...LOCALES.map((locale) => name[locale]), originalName, city].filter(Boolean).join(' '));
}

/** The column that lists are ordered by: the Belarusian name where there is one. */
export function sortColumn(fields: InstitutionNames): string {
  return [...institutionName(fields, 'be').normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .slice(0, SORT_KEY)
    .join('');
}

/** Days as `YYYY-MM-DD`; both ends count. */
export function isInForce(
  { validFrom, validUntil }: { readonly validFrom: string; readonly validUntil: string | null },
  day: string,
): boolean {
  return validFrom <= day && (validUntil === null || day <= validUntil);
}

export type AgreementStanding = 'in_force' | 'to_come' | 'over';

/** How an agreement stands on a day. */
export function standingOf(
  agreement: { readonly validFrom: string; readonly validUntil: string | null },
  day: string,
): AgreementStanding {
  if (isInForce(agreement, day)) return 'in_force';
  return day < agreement.validFrom ? 'to_come' : 'over';
}

interface AskedContact {
  readonly id: string;
  readonly role: ContactRole;
  readonly createdAt: Date;
  readonly person: { readonly email: string | null };
}

/** Who gets letters to the institution: of its focal points the one with an address who was named first. Null: nobody was named. */
export function focalPointOf<C extends AskedContact>(contacts: readonly C[]): C | null {
  const points = contacts
    .filter(({ role }) => role === 'focal_point')
    .toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1));
  return points.find(({ person }) => person.email !== null) ?? points[0] ?? null;
}
