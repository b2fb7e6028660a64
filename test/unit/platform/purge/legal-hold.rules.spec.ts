import { describe, expect, it } from '@jest/globals';
import { holdsOn, isToBeTold } from '../../../../src/platform/purge/legal-hold.rules.js';

const hold = { endsOn: '2027-03-10', liftedAt: null, remindedAt: null };
const then = new Date('2027-03-01T10:00:00Z');

describe('a legal hold', () => {
  it('holds to the end of its last day, unless somebody has lifted it', () => {
    expect(['2027-03-10', '2027-03-11'].map((day) => holdsOn(hold, day))).toEqual([true, false]);
    expect(holdsOn({ ...hold, liftedAt: then }, '2027-03-01')).toBe(false);
  });

  it.each([
    ['a week before it ends', hold, '2027-03-03', '2027-03-10', true],
    ['not earlier', hold, '2027-03-02', '2027-03-09', false],
    ['once', { ...hold, remindedAt: then }, '2027-03-05', '2027-03-12', false],
    ['not when it was lifted', { ...hold, liftedAt: then }, '2027-03-05', '2027-03-12', false],
    ['not after its end', hold, '2027-03-11', '2027-03-18', false],
  ])('is told of %s', (_, one, today, soon, told) => {
    expect(isToBeTold(one, today, soon)).toBe(told);
  });
});
