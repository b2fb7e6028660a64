/** Which part of a name comes first in a list, where that cannot be seen from the name itself. */
export const NAME_ORDERS = ['family', 'given'] as const;
export type NameOrder = (typeof NAME_ORDERS)[number];

export interface ListName {
  readonly given: string;
  readonly family: string | null;
  readonly patronymic: string | null;
  readonly mononym: boolean;
}

/** `І.`, `И.П.`, `J.-P.`: a letter or few with full stops. */
const INITIALS = /^(?:\p{L}{1,2}\.[-\s]?)+$/u;
const ONE_LETTER = /^\p{Lu}$/u;
const PATRONYMIC =
  /(?:віч|вич|ьіч|ыч|ўна|вна|чна|шна|інічна|інішна|оглы|оғлы|оглу|кызы|қызы|гызы|улы|ұлы|vich|vna|oglu|oğlu|qizi|qızı)$/iu;
const FAMILY_FIRST_SCRIPT = /^[\p{Script=Han}\p{Script=Hangul}]+$/u;

/**
 * The parts of a name as lists hold it in one cell: `Іваноў І. П.`, `И.П. Иванов`, `Кісялёва Аўгіння Уладзіміраўна`,
 * `Kowalska, Anna`. Initials and patronymics show themselves; else `order` says what stands first. Nothing is re-cased; what
 * is one word, or is written without spaces, stays whole.
 */
export function splitListName(text: string, order: NameOrder): ListName {
  const name = text.trim().replace(/\s+/g, ' ');
  const [before, after] = name.split(/,\s*/, 2) as [string, string | undefined];
  // Degrees and courtesies after a comma are no given name, but a list that writes them has a column for them or a note.
  if (after) return withPatronymic(before, after.split(' '));
  const words = spacedInitials(name).split(' ');
  if (words.length === 1) return { given: name, family: null, patronymic: null, mononym: true };
  const initials = words.filter((word) => INITIALS.test(word) || ONE_LETTER.test(word));
  const full = words.filter((word) => !initials.includes(word));
  if (initials.length > 0 && full.length > 0) return withInitials(words, initials, full);
  return withWords(words, order);
}

/** `Іваноў І.П.`, `И. П. Иванов`: who has initials is a family name with them. */
function withInitials(words: readonly string[], initials: readonly string[], full: readonly string[]): ListName {
  // `Anna K. Smith`: a letter in the middle of a full name belongs to the given names.
  const middle = initials.length === 1 && full.length > 1 && words[0] !== initials[0] && words.at(-1) !== initials[0];
  if (middle) {
    return { given: words.slice(0, -1).join(' '), family: words.at(-1)!, patronymic: null, mononym: false };
  }
  const [given, ...rest] = initials;
  return { given: given!, family: full.join(' '), patronymic: rest.join(' ') || null, mononym: false };
}

function withWords(words: readonly string[], order: NameOrder): ListName {
  const patronymic = words.findIndex((word, at) => at > 0 && PATRONYMIC.test(word));
  // `Аўгіння Уладзіміраўна Кісялёва` says by itself that the given name is first.
  if (words.length >= 3 && patronymic === words.length - 2) {
    return named(words.slice(0, -2), words.slice(-1), words[patronymic]!);
  }
  if (words.length >= 3 && patronymic === words.length - 1) {
    return named(words.slice(-2, -1), words.slice(0, -2), words[patronymic]!);
  }
  if (words.every((word) => FAMILY_FIRST_SCRIPT.test(word))) return named(words.slice(1), words.slice(0, 1), null);
  return order === 'family'
    ? named(words.slice(1), words.slice(0, 1), null)
    : named(words.slice(0, -1), words.slice(-1), null);
}

function withPatronymic(family: string, words: readonly string[]): ListName {
  const last = words.at(-1)!;
  const has = words.length > 1 && PATRONYMIC.test(last);
  return named(has ? words.slice(0, -1) : words, [family], has ? last : null);
}

function named(given: readonly string[], family: readonly string[], patronymic: string | null): ListName {
  return { given: given.join(' '), family: family.join(' '), patronymic, mononym: false };
}

/** `И.П.` as `И. П.`, so that each initial is a word. */
function spacedInitials(name: string): string {
  return name.replace(/(\p{L}\.)(?=\p{L})/gu, '$1 ');
}

/** Is the name, or the address, one that nobody has? Totals and numbers stand below many lists. */
export function looksLikeNoName(text: string): boolean {
  return /\d/.test(text) || !/\p{L}/u.test(text);
}
