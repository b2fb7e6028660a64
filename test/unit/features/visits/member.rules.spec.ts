import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  inPrecedence,
  isTitled,
  missingPlates,
  reordered,
} from '../../../../src/features/visits/delegation/member.rules.js';

const members = (...ids: string[]) => ids.map((id, index) => ({ id, orderNo: index + 1 }));

describe('the order of a delegation', () => {
  it.each([
    ['d', 0, { d: 1, a: 2, b: 3, c: 4 }],
    ['a', 3, { b: 1, c: 2, d: 3, a: 4 }],
    ['b', 1, {}],
    ['a', 99, { b: 1, c: 2, d: 3, a: 4 }],
    ['x', 0, {}],
  ])('%s put on place %i changes only these numbers', (id, place, changes) => {
    expect(Object.fromEntries(reordered(members('a', 'b', 'c', 'd'), id, place))).toEqual(changes);
  });

  it('is dense and keeps the others in their order, wherever somebody is put, even after gaps and equal numbers', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 12 }),
        fc.nat(11),
        fc.nat(15),
        (numbers, who, place) => {
          const before = numbers.map((orderNo, index) => ({ id: String.fromCharCode(97 + index), orderNo }));
          const { id } = before[who % before.length]!;
          const changes = reordered(before, id, place);
          const after = inPrecedence(before.map((one) => ({ ...one, orderNo: changes.get(one.id) ?? one.orderNo })));
          expect(after.map(({ orderNo }) => orderNo)).toEqual(after.map((_, index) => index + 1));
          expect(after.filter((one) => one.id !== id).map((one) => one.id)).toEqual(
            inPrecedence(before)
              .filter((one) => one.id !== id)
              .map((one) => one.id),
          );
          expect(after.findIndex((one) => one.id === id)).toBe(Math.min(place, before.length - 1));
        },
      ),
    );
  });
});

it('a title in one of our languages is a title; plates say which scripts they lack', () => {
  expect([isTitled({}), isTitled({ be: '' }), isTitled({ en: 'Director' })]).toEqual([false, false, true]);
  expect(missingPlates({ be: 'Ані', original: '' }, ['be', 'en', 'original'])).toEqual(['en', 'original']);
});
