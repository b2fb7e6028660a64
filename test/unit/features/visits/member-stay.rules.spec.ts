import { describe, expect, it } from '@jest/globals';
import { expectsMember } from '../../../../src/features/visits/visas/member-stay.rules.js';
import type { StandingVisit } from '../../../../src/features/visits/visit.rules.js';

const visit: StandingVisit = {
  state: 'approved',
  postponedFrom: null,
  startsOn: '2027-03-01',
  endsOn: '2027-03-04',
};

describe('a member of a delegation', () => {
  it.each([
    ['is expected from the enquiry on', { ...visit, state: 'enquiry' as const }, true],
    ['is expected during the visit', { ...visit, state: 'in_progress' as const }, true],
    ['is not expected after it', { ...visit, state: 'completed' as const }, false],
    ['is not expected once the file is closed', { ...visit, state: 'closed' as const }, false],
    ['is not expected where the visit was declined', { ...visit, state: 'declined' as const }, false],
    [
      'is not expected while it is postponed',
      { ...visit, state: 'postponed' as const, postponedFrom: 'approved' as const },
      false,
    ],
    ['is not expected without days', { ...visit, startsOn: null, endsOn: null }, false],
  ])('%s', (_, one, expected) => {
    expect(expectsMember(one, { inPerson: true })).toBe(expected);
  });

  it('who takes part online is never expected', () => {
    expect(expectsMember(visit, { inPerson: false })).toBe(false);
  });
});
