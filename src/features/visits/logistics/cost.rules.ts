import { COST_LINES, type Financing, type Payer } from '../visit.rules.js';

/** What a visit may cost: what is settled in its financing, and what only the house knows. */
export const COST_ITEMS = [...COST_LINES, 'gifts', 'interpretation', 'other'] as const;
export type CostItem = (typeof COST_ITEMS)[number];

export interface CostAmounts {
  readonly quantity: number;
  /** Of one, in minor units; null: not known yet. */
  readonly price: number | null;
  /** ISO 4217. */
  readonly currency: string;
  /** Null: not settled. */
  readonly payer: Payer | null;
  /** What it came to, in minor units; null: not yet. */
  readonly spent: number | null;
}

export interface CostTotal {
  readonly payer: Payer | null;
  readonly currency: string;
  readonly planned: number;
  readonly spent: number;
}

/** In minor units; 0 while the price is not known. */
export function plannedSum({ quantity, price }: Pick<CostAmounts, 'quantity' | 'price'>): number {
  return quantity * (price ?? 0);
}

const PAYER_ORDER: readonly (Payer | null)[] = ['host', 'guest', 'third', null];

/** Sums by payer and currency: nobody adds roubles to euros. What nobody has settled comes last. */
export function totalsOf(costs: readonly CostAmounts[]): CostTotal[] {
  const totals = new Map<string, CostTotal>();
  for (const cost of costs) {
    const key = `${cost.payer ?? ''} ${cost.currency}`;
    const { payer, currency } = cost;
    const before = totals.get(key) ?? { payer, currency, planned: 0, spent: 0 };
    totals.set(key, {
      ...before,
      planned: before.planned + plannedSum(cost),
      spent: before.spent + (cost.spent ?? 0),
    });
  }
  const at = ({ payer }: CostTotal) => PAYER_ORDER.indexOf(payer);
  return [...totals.values()].toSorted((a, b) => at(a) - at(b) || (a.currency < b.currency ? -1 : 1));
}

/** Who pays for an item where nobody has said otherwise: as the financing of the visit has it, gifts and interpreters the house. */
export function usualPayer(item: CostItem, financing: Financing): Payer | null {
  if (item === 'gifts' || item === 'interpretation') return 'host';
  return item === 'other' ? null : (financing[item] ?? null);
}

/** What the file of a visit knows that costs something. */
export interface CostFacts {
  readonly financing: Financing;
  readonly rooms: readonly { readonly hotel: string; readonly nights: number; readonly payer: string | null }[];
  readonly meals: readonly { readonly title: string; readonly heads: number }[];
  readonly gifts: readonly { readonly what: string; readonly value: number | null; readonly currency: string | null }[];
  readonly cars: readonly { readonly name: string; readonly journeys: number }[];
}

/** A line that staff can take over and put a price to. */
export interface SuggestedCost {
  readonly item: CostItem;
  readonly what: string;
  readonly quantity: number;
  readonly price: number | null;
  readonly currency: string | null;
  readonly payer: Payer | null;
}

/** Rooms by hotel and payer, meals by heads, gifts with their values, cars by their journeys: what is entered already is left out. */
export function suggestedCosts(
  { financing, rooms, meals, gifts, cars }: CostFacts,
  entered: readonly { readonly item: CostItem; readonly what: string | null }[],
): SuggestedCost[] {
  const hotels = Map.groupBy(rooms, ({ hotel, payer }) => `${hotel}\n${payer ?? ''}`);
  const line = (item: CostItem, what: string, quantity: number, more: Partial<SuggestedCost> = {}): SuggestedCost => ({
    item,
    what,
    quantity,
    price: null,
    currency: null,
    payer: usualPayer(item, financing),
    ...more,
  });
  const all = [
    ...[...hotels.values()].map((same) => {
      const { hotel, payer } = same[0]!;
      const nights = same.reduce((sum, one) => sum + one.nights, 0);
      return line('hotel', hotel, nights, payer ? { payer: payer as Payer } : {});
    }),
    ...meals.map(({ title, heads }) => line('meals', title, heads)),
    ...gifts.map(({ what, value, currency }) => line('gifts', what, 1, { price: value, currency })),
    ...cars.map(({ name, journeys }) => line('transport', name, journeys)),
  ];
  const known = new Set(entered.map(({ item, what }) => `${item} ${what ?? ''}`));
  return all.filter(({ item, what, quantity }) => quantity > 0 && !known.has(`${item} ${what}`));
}
