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

type Words = readonly ReadonlySet<string>[];

const INITIAL = /^\p{L}{1,2}\.?$/u;

/** Compares people of one list with those of the house. It remembers how names fold, for most of them come often. */
export class Comparison {
  private readonly folded = new Map<string, string>();
  private readonly words = new Map<string, Words>();

  likeness(listed: Likened, known: Likened): Likeness {
    const names = this.namesAgree(listed, known);
    if (listed.emailKey !== null && listed.emailKey === known.emailKey) return names ? 'same' : 'probable';
    if (listed.phoneE164 !== null && listed.phoneE164 === known.phoneE164) return 'probable';
    return names ? 'probable' : null;
  }

  /** Nothing speaks against both being one: equal names, no two addresses, and no two institutions but with one address. */
  couldBeOne(listed: Likened, known: Likened): boolean {
    if (!this.namesAgree(listed, known)) return false;
    if (listed.emailKey !== null && known.emailKey !== null) return listed.emailKey === known.emailKey;
    const [here, there] = [listed.institution, known.institution];
    return here === null || there === null || this.fold(here) === this.fold(there);
  }

  /** The words by which somebody is looked up: of the family name, in every spelling that search knows. */
  wordsOfName({ family, given }: ListName): readonly string[] {
    return this.fold(family ?? given)
      .split(' ')
      .filter((word) => word !== '');
  }

  /** `Іваноў І. П.` agrees with `Іваноў Іван Пятровіч`, in either order and in any of the scripts that search knows. */
  private namesAgree(a: ListName, b: ListName): boolean {
    if (a.mononym || b.mononym) return this.sameWords(whole(a), whole(b));
    const straight = this.sameWords(a.family ?? '', b.family ?? '') && this.givenAgree(a.given, b.given);
    if (straight) return a.patronymic === null || b.patronymic === null || this.givenAgree(a.patronymic, b.patronymic);
    return this.sameWords(a.family ?? '', b.given) && this.sameWords(a.given, b.family ?? '');
  }

  private givenAgree(a: string, b: string): boolean {
    return this.sameWords(a, b) || this.startsAlike(a, b);
  }

  /** Each word of one side is among those of the other: its transliterations are alternatives. */
  private sameWords(a: string, b: string): boolean {
    if (a === '' || b === '') return a === b;
    const [left, right] = [this.wordsIn(a), this.wordsIn(b)];
    const within = (words: Words, others: Words) =>
      words.every((word) => others.some((other) => [...word].some((spelling) => other.has(spelling))));
    return left.length === right.length && within(left, right) && within(right, left);
  }

  /** One of them is an initial, and the other begins with it. */
  private startsAlike(a: string, b: string): boolean {
    if (!INITIAL.test(a) && !INITIAL.test(b)) return false;
    const [first, second] = [a, b].map((text) => this.fold(text.replaceAll('.', '')).split(' '));
    return first!.some((one) => second!.some((other) => one.startsWith(other) || other.startsWith(one)));
  }

  private wordsIn(text: string): Words {
    const known = this.words.get(text);
    if (known) return known;
    const parts = text.split(/[\s.]+/).filter(Boolean);
    const words = parts.map((word) => new Set(this.fold(word).split(' ')));
    this.words.set(text, words);
    return words;
  }

  private fold(text: string): string {
    const known = this.folded.get(text) ?? foldForSearch(text);
    this.folded.set(text, known);
    return known;
  }
}

function whole({ given, family }: ListName): string {
  return [family, given].filter(Boolean).join(' ');
}
