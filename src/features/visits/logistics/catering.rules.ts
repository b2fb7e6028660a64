import { foldForSearch } from '../../../kernel/search-text.js';

export interface Eater {
  readonly personId: string;
  /** As said; null: nothing was said. */
  readonly diet: string | null;
  readonly allergy: string | null;
}

export interface MealCounts {
  readonly heads: number;
  /** Each diet as it was said first, with how many have it; the most first. Never whose it is. */
  readonly diets: readonly { readonly diet: string; readonly count: number }[];
  /** How many said an allergy: only where a plate must be marked does the order name them. */
  readonly allergies: number;
}

/**
 * What a caterer is told of a meal: heads and counts, no names. Spellings that differ in case, accents or spaces are one diet.
 * A person who eats twice at one table (host and interpreter) is one.
 */
export function mealCounts(eaters: readonly Eater[]): MealCounts {
  const people = [...new Map(eaters.map((eater) => [eater.personId, eater])).values()];
  const diets = new Map<string, { diet: string; count: number }>();
  for (const { diet } of people) {
    const key = diet === null ? '' : foldForSearch(diet).trim();
    if (diet === null || key === '') continue;
    const line = diets.get(key) ?? { diet: diet.trim(), count: 0 };
    diets.set(key, { ...line, count: line.count + 1 });
  }
  return {
    heads: people.length,
    diets: [...diets.values()].toSorted((a, b) => b.count - a.count || (a.diet < b.diet ? -1 : 1)),
    allergies: people.filter(({ allergy }) => allergy !== null && allergy.trim() !== '').length,
  };
}
