import { describe, expect, it } from '@jest/globals';
import {
  byUrgency,
  reminderDue,
  settled,
  urgencyOf,
  type DatedCommitment,
} from '../../../../src/features/visits/commitments/commitment.rules.js';

const TODAY = '2027-03-10';
const promise = (dueOn: string | null, more: Partial<DatedCommitment> = {}) => ({
  state: 'open' as const,
  dueOn,
  ...more,
});

describe('a commitment', () => {
  it.each([
    ['2027-03-09', 'overdue'],
    ['2027-03-10', 'soon'],
    ['2027-03-17', 'soon'],
    ['2027-03-18', 'later'],
    [null, 'undated'],
  ])('due on %s is %s', (dueOn, urgency) => {
    expect(urgencyOf(promise(dueOn), TODAY)).toBe(urgency);
    expect(urgencyOf(promise(dueOn, { state: 'done' }), TODAY)).toBe('over');
  });

  it('is reminded of once when it comes near and once when it is late, and never when it is kept or has no date', () => {
    const due = (dueOn: string | null, reminded: 'soon' | 'overdue' | null, more = {}) =>
      reminderDue({ ...promise(dueOn, more), reminded }, TODAY);
    expect([
      due('2027-03-12', null),
      due('2027-03-12', 'soon'),
      due('2027-03-09', 'soon'),
      due('2027-03-09', 'overdue'),
      due('2027-03-30', null),
      due(null, null),
      due('2027-03-09', null, { state: 'done' }),
    ]).toEqual(['soon', null, 'overdue', null, null, null, null]);
  });

  it('stands before those that press less', () => {
    const all = [
      { id: 'e', ...promise(null) },
      { id: 'd', ...promise('2027-04-01') },
      { id: 'f', ...promise('2027-01-01', { state: 'done' }) },
      { id: 'b', ...promise('2027-03-05') },
      { id: 'a', ...promise('2027-03-01') },
      { id: 'c', ...promise('2027-03-11') },
    ];
    expect(byUrgency(all, TODAY).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  });

  it('is given up with a reason only, and open again without what became of it', () => {
    expect(() => settled('dropped', null)).toThrow('error.visit.reason');
    expect([settled('done', null), settled('dropped', 'not possible'), settled('open', 'x')]).toEqual([
      { state: 'done', outcome: null },
      { state: 'dropped', outcome: 'not possible' },
      { state: 'open', outcome: null },
    ]);
  });
});
