import { foldForSearch } from '../../../kernel/search-text.js';
import type { ListName } from './list-name.rules.js';

/** What is compared of somebody in a list and somebody whom the house knows. */
export interface Likened extends ListName {
  readonly emailKey: string | null;
  readonly phoneE164: string | null;
  readonly institution: string | null;
}

/**
 * `same`: the address agrees and the name does not speak against it. `probable`: a person has to decide, because the names
 * agree and nothing else does, or an address or a telephone is shared by two names. null: somebody else.
 */
export type Likeness = 'same' | 'probable' | null;

export function likeness(listed: Likened, known: Likened): Likeness {
  const names = namesAgree(listed, known);
  if (listed.emailKey !== null && listed.emailKey === known.emailKey) return names ? 'same' : 'probable';
  if (listed.phoneE164 !== null && listed.phoneE164 === known.phoneE164) return 'probable';
  return names ? 'probable' : null;
}

/** Nothing speaks against both being one: equal names, no two addresses, and no two institutions but with one address. */
export function couldBeOne(listed: Likened, known: Likened): boolean {
  if (!namesAgree(listed, known)) return false;
  if (listed.emailKey !== null && known.emailKey !== null) return listed.emailKey === known.emailKey;
  const [here, there] = [listed.institution, known.institution];
  return here === null || there === null || foldForSearch(here) === foldForSearch(there);
}

/** The words by which somebody is looked up: of the family name, in every spelling that search knows. */
export function wordsOfName({ family, given }: ListName): readonly string[] {
  return foldForSearch(family ?? given)
    .split(' ')
    .filter((word) => word !== '');
}

/** `Іваноў І. П.` agrees with `Іваноў Іван Пятровіч`, in either order and in any of the scripts that search knows. */
export function namesAgree(a: ListName, b: ListName): boolean {
  if (a.mononym || b.mononym) return sameWords(whole(a), whole(b));
  const straight = sameWords(a.family ?? '', b.family ?? '') && givenAgree(a.given, b.given);
  const crossed = sameWords(a.family ?? '', b.given) && sameWords(a.given, b.family ?? '');
  return (straight && patronymicsAgree(a.patronymic, b.patronymic)) || crossed;
}

function whole({ given, family }: ListName): string {
  return [family, given].filter(Boolean).join(' ');
}

/** Folded words of one side are among those of the other: transliterations are alternatives of a word. */
function sameWords(a: string, b: string): boolean {
  if (a === '' || b === '') return a === b;
  const [left, right] = [wordsOf(a), wordsOf(b)];
  const within = (words: readonly ReadonlySet<string>[], others: readonly ReadonlySet<string>[]) =>
    words.every((word) => others.some((other) => [...word].some((spelling) => other.has(spelling))));
  return left.length === right.length && within(left, right) && within(right, left);
}

function wordsOf(text: string): ReadonlySet<string>[] {
  return text
    .split(/[\s.]+/)
    .filter(Boolean)
    .map((word) => new Set(foldForSearch(word).split(' ')));
}

const INITIAL = /^\p{L}{1,2}\.?$/u;

function givenAgree(a: string, b: string): boolean {
  return sameWords(a, b) || startsAlike(a, b);
}

function patronymicsAgree(a: string | null, b: string | null): boolean {
  return a === null || b === null || sameWords(a, b) || startsAlike(a, b);
}

/** One of them is an initial, and the other begins with it. */
function startsAlike(a: string, b: string): boolean {
  if (!INITIAL.test(a) && !INITIAL.test(b)) return false;
  const [first, second] = [a, b].map((text) => foldForSearch(text.replaceAll('.', '')).split(' '));
  return first!.some((one) => second!.some((other) => one.startsWith(other) || other.startsWith(one)));
}
