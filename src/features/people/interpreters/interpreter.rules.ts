import type { Language } from '../../../kernel/languages.js';

export const INTERPRETING_MODES = ['simultaneous', 'consecutive', 'whispered'] as const;
export type InterpretingMode = (typeof INTERPRETING_MODES)[number];

export const STANDINGS = ['house', 'external'] as const;
/** Somebody of the house is asked before anybody from outside. */
export type Standing = (typeof STANDINGS)[number];

/** What somebody interprets from and into. */
export interface Direction {
  readonly from: Language;
  readonly to: Language;
}

/** The same as people say it: one way, or between two languages. */
export interface LanguagePair extends Direction {
  readonly both: boolean;
}

const isSame = (a: Direction, b: Direction) => a.from === b.from && a.to === b.to;
const reverse = ({ from, to }: Direction): Direction => ({ from: to, to: from });

/** Every direction of some pairs, each once. */
export function directionsOf(pairs: readonly LanguagePair[]): Direction[] {
  const all = pairs.flatMap(({ from, to, both }) => [{ from, to }, ...(both ? [reverse({ from, to })] : [])]);
  return all.filter((one, at) => all.findIndex((other) => isSame(one, other)) === at);
}

/** Two directions between the same languages are one pair. */
export function pairsOf(directions: readonly Direction[]): LanguagePair[] {
  const pairs: LanguagePair[] = [];
  for (const { from, to } of directions) {
    const back = pairs.findIndex((pair) => isSame(pair, { from: to, to: from }));
    if (back < 0) pairs.push({ from, to, both: false });
    else pairs[back] = { ...pairs[back]!, both: true };
  }
  return pairs;
}
