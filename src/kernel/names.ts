/**
 * A person's names as typed, never re-cased and never split. A person with one name has it in `given`, with `mononym` set;
 * `badge` is how the person wants to be addressed, in any script, where it differs.
 */
export interface PersonNames {
  readonly given: string;
  readonly family?: string | null;
  readonly patronymic?: string | null;
  readonly mononym?: boolean;
  readonly badge?: string | null;
}

/** Scripts that write the family name first and both names without a space. */
const FAMILY_FIRST = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;

/** In programmes, lists and mails: `Anna Kowalska`, `欧阳明月`. */
export function displayName(names: PersonNames): string {
  const { given, family } = parts(names);
  if (FAMILY_FIRST.test(given) && FAMILY_FIRST.test(family)) return family + given;
  return joined(given, family);
}

/** On the badge: the person's own wish, else the name of the programme. */
export function badgeName(names: PersonNames): string {
  return names.badge || displayName(names);
}

/** In alphabetical lists: family name first, `Кісялёва Аўгіння Уладзіміраўна`. A comma would be ambiguous in `van der Berg, Jr.`. */
export function sortName(names: PersonNames): string {
  const { given, family, patronymic } = parts(names);
  return FAMILY_FIRST.test(given) && FAMILY_FIRST.test(family) ? family + given : joined(family, given, patronymic);
}

/** In letters: in full, `Аўгіння Уладзіміраўна Кісялёва`. */
export function letterName(names: PersonNames): string {
  const { given, family, patronymic } = parts(names);
  return patronymic ? joined(given, patronymic, family) : displayName(names);
}

function parts(names: PersonNames): { given: string; family: string; patronymic: string } {
  const family = names.family ?? '';
  if (names.mononym) return { given: names.given || family, family: '', patronymic: '' };
  return { given: names.given, family, patronymic: names.patronymic ?? '' };
}

function joined(...names: string[]): string {
  return names.filter((name) => name !== '').join(' ');
}
