import { describe, expect, it } from '@jest/globals';
import {
  plannedSum,
  suggestedCosts,
  totalsOf,
  usualPayer,
  type CostAmounts,
  type CostFacts,
} from '../../../../src/features/visits/logistics/cost.rules.js';

const cost = (more: Partial<CostAmounts>): CostAmounts => ({
  quantity: 1,
  price: 100,
  currency: 'BYN',
  payer: 'host',
  spent: null,
  ...more,
});
const FACTS: CostFacts = {
  financing: { hotel: 'host', meals: 'host', travel: 'guest' },
  rooms: [
    { hotel: 'A', nights: 3, payer: null },
    { hotel: 'A', nights: 2, payer: null },
    { hotel: 'A', nights: 1, payer: 'guest' },
  ],
  meals: [{ title: 'Lunch', heads: 12 }],
  gifts: [{ what: 'A facsimile', value: 25_000, currency: 'BYN' }],
  cars: [{ name: 'Geely', journeys: 2 }],
};

describe('sums of costs', () => {
  it('are the quantity times the price, and nothing while the price is not known', () => {
    expect([plannedSum({ quantity: 9, price: 18_050 }), plannedSum({ quantity: 9, price: null })]).toEqual([
      162_450, 0,
    ]);
  });

  it('stand by payer and currency, the host first and what is not settled last', () => {
    const totals = totalsOf([
      cost({ payer: null }),
      cost({ payer: 'guest', currency: 'EUR', quantity: 5 }),
      cost({ quantity: 2, spent: 150 }),
      cost({ price: 50 }),
    ]);
    expect(totals).toEqual([
      { payer: 'host', currency: 'BYN', planned: 250, spent: 150 },
      { payer: 'guest', currency: 'EUR', planned: 500, spent: 0 },
      { payer: null, currency: 'BYN', planned: 100, spent: 0 },
    ]);
  });
});

describe('suggestions', () => {
  it('come from rooms by hotel and payer, meals by heads, gifts with their value, cars by journeys', () => {
    expect(
      suggestedCosts(FACTS, []).map(({ item, what, quantity, price, payer }) => [item, what, quantity, price, payer]),
    ).toEqual([
      ['hotel', 'A', 5, null, 'host'],
      ['hotel', 'A', 1, null, 'guest'],
      ['meals', 'Lunch', 12, null, 'host'],
      ['gifts', 'A facsimile', 1, 25_000, 'host'],
      ['transport', 'Geely', 2, null, null],
    ]);
  });

  it('leave out what is entered, and what costs nothing', () => {
    const entered = [{ item: 'hotel', what: 'A' } as const, { item: 'gifts', what: 'A facsimile' } as const];
    const left = suggestedCosts({ ...FACTS, meals: [{ title: 'Nobody eats', heads: 0 }] }, entered);
    expect(left.map(({ item }) => item)).toEqual(['transport']);
  });

  it('name who pays as the financing has it, gifts and interpreters the house', () => {
    expect([usualPayer('travel', FACTS.financing), usualPayer('transport', FACTS.financing)]).toEqual(['guest', null]);
    expect([usualPayer('gifts', {}), usualPayer('interpretation', {}), usualPayer('other', {})]).toEqual([
      'host',
      'host',
      null,
    ]);
  });
});
