import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { companionsOf, sameCompanions } from '../../../../src/features/invitations/companions.rules.js';
import { InvalidInput } from '../../../../src/kernel/errors.js';

const asks = (companionsAsked: 'none' | 'count' | 'name', companionsMax = 2) => ({ companionsAsked, companionsMax });
const problem = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field, code }) => [field, code]);
    throw error;
  }
};

describe('accompanying persons', () => {
  it('are nobody where they are not asked for, whatever is typed', () => {
    expect(companionsOf(asks('none'), { count: 2, names: 'A\nB' })).toBeNull();
  });

  it('are counted where the number is asked: names that come along are not kept', () => {
    expect(companionsOf(asks('count'), { count: 2, names: 'Secret' })).toEqual({ count: 2, names: [] });
    expect([
      companionsOf(asks('count'), { count: 0, names: null }),
      companionsOf(asks('count'), { count: null, names: null }),
    ]).toEqual([null, null]);
  });

  it('are named one on each line, exactly as typed', () => {
    expect(companionsOf(asks('name'), { count: 9, names: ' Нұрлан Қайратұлы \n\n明月' })).toEqual({
      count: 2,
      names: ['Нұрлан Қайратұлы', '明月'],
    });
  });

  it('are no more than may come, and their names are no novels', () => {
    expect(problem(() => companionsOf(asks('count'), { count: 3, names: null }))).toEqual([
      ['companions', 'error.invitation.tooManyCompanions'],
    ]);
    expect(problem(() => companionsOf(asks('name'), { count: null, names: 'a\nb\nc' }))).toEqual([
      ['companionNames', 'error.invitation.tooManyCompanions'],
    ]);
    expect(problem(() => companionsOf(asks('name'), { count: null, names: 'x'.repeat(201) }))).toEqual([
      ['companionNames', 'error.text.long'],
    ]);
  });

  it('never number more than the limit, and names always count themselves', () => {
    const typed = fc.record({ count: fc.option(fc.integer({ min: 0, max: 30 })), names: fc.option(fc.string()) });
    fc.assert(
      fc.property(
        fc.constantFrom('none', 'count', 'name'),
        fc.integer({ min: 0, max: 20 }),
        typed,
        (asked, max, given) => {
          const found = problem(() => companionsOf(asks(asked, max), given));
          if (Array.isArray(found) || found === null) return;
          const { count, names } = found as { count: number; names: string[] };
          expect(count).toBeGreaterThan(0);
          expect(count).toBeLessThanOrEqual(max);
          expect(names.length).toBe(asked === 'name' ? count : 0);
        },
      ),
    );
  });

  it('are compared by what they say', () => {
    expect(sameCompanions({ count: 1, names: ['A'] }, { count: 1, names: ['A'] })).toBe(true);
    expect([sameCompanions(null, null), sameCompanions(null, { count: 1, names: [] })]).toEqual([true, false]);
  });
});
