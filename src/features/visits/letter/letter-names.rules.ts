import type { Passage } from './letter-text.rules.js';

/** Something that the house knows by name: a country, an institution. */
export interface Known {
  readonly id: string;
  /** As we print it, and as it calls itself. */
  readonly names: readonly string[];
}

export interface Mention extends Passage {
  readonly id: string;
  /** Words of the name that stands there: the longer of two is meant. */
  readonly words: number;
}

interface Word extends Passage {
  readonly text: string;
  readonly capital: boolean;
}

const WORD = /[\p{L}\p{M}\p{N}'’ʼ]+/gu;
const APOSTROPHES = /['’ʼ]/gu;
/** As many letters of a first word say which names may stand there. */
const PREFIX = 3;
/** A word in small letters is a country's name only if it is this long: `мала` is no Малі. */
const SURE = 6;

const READY = new WeakMap<readonly Known[], Names>();

/** The register, ready to be looked for; made once for a list. */
export function namesOf(known: readonly Known[]): Pick<Names, 'mentionsIn'> {
  const ready = READY.get(known) ?? new Names(known);
  READY.set(known, ready);
  return ready;
}

/** What stands in the register, ready to be looked for. */
class Names {
  private readonly byPrefix = new Map<string, { id: string; words: string[] }[]>();

  constructor(known: readonly Known[]) {
    for (const { id, names } of known)
      for (const name of new Set(names)) {
        const words = wordsOf(name).map(({ text }) => text);
        const [first] = words;
        if (first === undefined || (words.length === 1 && first.length < PREFIX)) continue;
        const key = first.slice(0, PREFIX);
        this.byPrefix.set(key, [...(this.byPrefix.get(key) ?? []), { id, words }]);
      }
  }

  /** Every name that the text mentions, in any case of Belarusian and Russian; of two that overlap the longer one. */
  mentionsIn(text: string): Mention[] {
    const words = wordsOf(text);
    const mentions: Mention[] = [];
    for (let at = 0; at < words.length;) {
      const there = this.at(words, at);
      if (there) mentions.push(there);
      at += there?.words ?? 1;
    }
    return mentions;
  }

  private at(words: readonly Word[], at: number): Mention | null {
    const first = words[at]!;
    let best: { id: string; length: number } | null = null;
    for (const { id, words: name } of this.byPrefix.get(first.text.slice(0, PREFIX)) ?? []) {
      if (name.length <= (best?.length ?? 0)) continue;
      if (name.length === 1 && !first.capital && first.text.length < SURE) continue;
      if (name.every((word, index) => isForm(word, words[at + index]?.text ?? ''))) best = { id, length: name.length };
    }
    if (!best) return null;
    return { id: best.id, words: best.length, from: first.from, to: words[at + best.length - 1]!.to };
  }
}

function wordsOf(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    text: folded(match[0]),
    capital: /^\p{Lu}/u.test(match[0]),
  }));
}

function folded(word: string): string {
  return word
    .normalize('NFC')
    .toLowerCase()
    .replace(/['’ʼ]s$/u, '')
    .replace(APOSTROPHES, '')
    .replaceAll('ё', 'е');
}

const ADJECTIVE = /(?:ая|яя|ий|ый|ой|ое|ее|ае|яе|ыя|ія|ые|ие)$/u;
// prettier-ignore
const ADJECTIVE_ENDINGS = new Set([
  'ая', 'яя', 'ий', 'ый', 'ой', 'ей', 'ое', 'ее', 'ого', 'его', 'ому', 'ему', 'ым', 'им', 'ом', 'ем', 'ую', 'юю', 'ых', 'их', 'ыми',
  'ими', 'ые', 'ие', 'ы', 'і', 'ага', 'яга', 'аму', 'яму', 'ай', 'яй', 'ім', 'іх', 'ымі', 'імі', 'ае', 'яе', 'ыя', 'ія',
]);
// prettier-ignore
const NOUN_ENDINGS = new Set([
  '', 'а', 'я', 'у', 'ю', 'е', 'и', 'і', 'ы', 'о', 'э', 'ой', 'ей', 'ою', 'ею', 'ай', 'яй', 'аю', 'яю', 'ом', 'ем', 'ам', 'ям', 'ами',
  'ями', 'амі', 'ямі', 'ах', 'ях', 'ов', 'ев', 'аў', 'яў', 'ью', 'сю', 'ь', 'й',
]);

/**
 * Is the word the name, or the name in another case? Safe rather than complete: the stem must stand there whole, with an
 * ending that its kind can have. `Арменія` is met in `Арменіі`, never in `армянскі`.
 */
export function isForm(name: string, word: string): boolean {
  if (name === word) return true;
  if (word === '' || !/^\p{Script=Cyrillic}{4,}$/u.test(name)) return false;
  if (ADJECTIVE.test(name) && name.length > 5) {
    const stem = name.slice(0, -2);
    if (word.startsWith(stem) && ADJECTIVE_ENDINGS.has(word.slice(stem.length))) return true;
  }
  // Малі, Перу, Тога: words that end so are not declined, but for those in -ство.
  if (/[иіуоэе]$/u.test(name) && !/(?:ство|ние|нне)$/u.test(name)) return false;
  const stem = /[аяоеыьй]$/u.test(name) ? name.slice(0, -1) : name;
  // Рэспубліка, у Рэспубліцы.
  const softened = /к[а]$/u.test(name) ? `${stem.slice(0, -1)}ц` : null;
  if (softened !== null && word === `${softened}ы`) return true;
  return word.startsWith(stem) && NOUN_ENDINGS.has(word.slice(stem.length));
}
