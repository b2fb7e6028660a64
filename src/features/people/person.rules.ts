import { displayName, sortName, type PersonNames } from '../../kernel/names.js';
import { foldForSearch } from '../../kernel/search-text.js';

const SORT_KEY = 200;

/** What of a person is typed into a form; the rest of the row follows from it. */
export interface PersonFields {
  readonly given: string;
  readonly family: string | null;
  readonly patronymic: string | null;
  readonly mononym: boolean;
  readonly badgeName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly country: string | null;
  readonly institution: string | null;
  readonly position: string | null;
  readonly locale: 'be' | 'ru' | 'en';
}

export const PERSON_FIELDS = [
  'given',
  'family',
  'patronymic',
  'mononym',
  'badgeName',
  'email',
  'phone',
  'country',
  'institution',
  'position',
  'locale',
] as const satisfies readonly (keyof PersonFields)[];

/** A person with one name has neither family name nor patronymic. */
export function settled(fields: PersonFields): PersonFields {
  return fields.mononym
    ? { ...fields, given: fields.given || (fields.family ?? ''), family: null, patronymic: null }
    : fields;
}

/** Names of the fields that differ. */
export function changedFields(before: PersonFields, after: PersonFields): (keyof PersonFields)[] {
  return PERSON_FIELDS.filter((field) => before[field] !== after[field]);
}

/** The column that search looks into: names, institution, position and address, folded. */
export function searchColumn(fields: PersonFields): string {
  const { given, family, patronymic, badgeName, institution, position, email } = fields;
  return foldForSearch([family, given, patronymic, badgeName, institution, position, email].filter(Boolean).join(' '));
}

/** The column that lists are ordered by: the family name first, in lower case without accents. */
export function sortColumn(fields: PersonFields): string {
  return [...sortName(namesOf(fields)).normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()]
    .slice(0, SORT_KEY)
    .join('');
}

/** The names of a row as the name functions of the kernel take them. */
export function namesOf(
  person: Pick<PersonFields, 'given' | 'family' | 'patronymic' | 'mononym' | 'badgeName'>,
): PersonNames {
  const { given, family, patronymic, mononym, badgeName } = person;
  return { given, family, patronymic, mononym, badge: badgeName };
}

/** As printed in programmes and lists. */
export function personName(
  person: Pick<PersonFields, 'given' | 'family' | 'patronymic' | 'mononym' | 'badgeName'>,
): string {
  return displayName(namesOf(person));
}
