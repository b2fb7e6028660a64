import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { visitStatistics, type CountedVisit } from '../../../../src/features/visits/statistics.rules.js';
import { VISIT_STATES } from '../../../../src/features/visits/visit.rules.js';

const visit = (year: number, country: string | null, guests: number, state: CountedVisit['state'] = 'closed') => ({
  year,
  country,
  guests,
  state,
});

describe('statistics of visits', () => {
  it('count by year and country, the latest year and the most visits first, and not what never became a visit', () => {
    expect(
      visitStatistics([
        visit(2026, 'AM', 6),
        visit(2027, 'KZ', 1),
        visit(2027, 'AM', 5),
        visit(2027, 'KZ', 3, 'approved'),
        visit(2027, null, 2),
        visit(2027, 'AM', 9, 'declined'),
        visit(2025, 'AM', 9, 'enquiry'),
      ]),
    ).toEqual([
      {
        year: 2027,
        visits: 4,
        guests: 11,
        countries: [
          { country: 'KZ', visits: 2, guests: 4 },
          { country: 'AM', visits: 1, guests: 5 },
          { country: null, visits: 1, guests: 2 },
        ],
      },
      { year: 2026, visits: 1, guests: 6, countries: [{ country: 'AM', visits: 1, guests: 6 }] },
    ]);
  });

  it('of countries add up to those of their year', () => {
    const any = fc.record({
      year: fc.integer({ min: 2024, max: 2028 }),
      country: fc.option(fc.constantFrom('AM', 'KZ', 'RS')),
      guests: fc.nat(30),
      state: fc.constantFrom(...VISIT_STATES),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 40 }), (visits) => {
        for (const { visits: all, guests, countries } of visitStatistics(visits)) {
          expect(countries.reduce((sum, one) => sum + one.visits, 0)).toBe(all);
          expect(countries.reduce((sum, one) => sum + one.guests, 0)).toBe(guests);
        }
      }),
    );
  });
});
