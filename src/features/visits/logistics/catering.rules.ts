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

/** What a menu may hold that a diet does not allow. */
export const FOODS = ['pork', 'alcohol', 'meat'] as const;
export type Food = (typeof FOODS)[number];

const ON_THE_MENU: Readonly<Record<Food, RegExp>> = {
  pork: /(?<!\p{L})(?:свінін|свинин|сала(?!\p{L})|сало(?!\p{L})|бекон|вяндлін|шынк|ветчин|буженин|бужанін|pork|ham(?!\p{L})|bacon|gammon)/iu,
  alcohol:
    /(?<!\p{L})(?:він(?:о|а|ом)(?!\p{L})|вин(?:о|а|ом)(?!\p{L})|гарэлк|водк|шампан|каньяк|коньяк|лікёр|лик[её]р|піва(?!\p{L})|пиво(?!\p{L})|наліўк|наливк|wines?(?!\p{L})|vodka|champagne|prosecco|cognac|brandy|liqueur|beer)/iu,
  meat: /(?<!\p{L})(?:мяс|ялавічын|говядин|цялят|телят|баранін|баранин|курыц|куриц|кураня|курин|качк|утк|індычк|индейк|свінін|свинин|вяндлін|шынк|ветчин|бекон|meat|beef|veal|lamb|chicken|duck|turkey|pork|ham(?!\p{L})|bacon)/iu,
};
const NOT_ALLOWED: readonly (readonly [RegExp, readonly Food[]])[] = [
  [/халял|halal|мусульман|muslim/iu, ['pork', 'alcohol']],
  [/кошер|кашэр|kosher|кашрут/iu, ['pork']],
  [/без св[іи]н|не есць св[іи]н|не ест свин|no pork|pork[- ]free/iu, ['pork']],
  [/без алкагол|без алкогол|no alcohol|alcohol[- ]free|teetotal/iu, ['alcohol']],
  [/вегет|веган|вэган|vegetarian|vegan|без мяса|no meat/iu, ['pork', 'meat']],
];

/** What a menu says that it does not hold: «без свініны і алкаголю», `no pork`, `alcohol-free wine`. */
const LEFT_OUT =
  /(?<!\p{L})(?:(?:без|no|without)\s+\p{L}+(?:\s+(?:і|й|ды|или|ці|альбо|и|and|or)\s+\p{L}+)*|(?:безалкагольн|безалкогольн)\p{L}*\s+\p{L}+|non-alcoholic\s+\p{L}+|\p{L}+-free(?:\s+\p{L}+)?)/giu;

/** What the menu of a meal holds against the diets of those who eat there, and for how many; never whose diet it is. */
export function menuFindings(
  menu: string | null,
  diets: MealCounts['diets'],
): { readonly food: Food; readonly heads: number }[] {
  const served = menu?.replace(LEFT_OUT, ' ') ?? '';
  return FOODS.flatMap((food) => {
    if (!ON_THE_MENU[food].test(served)) return [];
    const against = diets.filter(({ diet }) =>
      NOT_ALLOWED.some(([words, foods]) => words.test(diet) && foods.includes(food)),
    );
    const heads = against.reduce((sum, { count }) => sum + count, 0);
    return heads > 0 ? [{ food, heads }] : [];
  });
}
