import { describe, expect, it } from '@jest/globals';
import {
  countsFrom,
  mayKeepUntil,
  needsGoAt,
  notesGoAt,
  reasonsGoAt,
  travelGoesAt,
  type KeptVisit,
} from '../../../../src/features/visits/purge/visit-terms.rules.js';

const visit: KeptVisit = {
  state: 'completed',
  postponedFrom: null,
  startsOn: '2027-03-01',
  endsOn: '2027-03-04',
  zone: 'Europe/Minsk',
  purgeOn: null,
  openedOn: '2027-01-10',
};

describe('terms of a visit', () => {
  it.each([
    ['count from its last day', visit, '2027-03-04'],
    ['count from it also when the visit is cancelled', { ...visit, state: 'cancelled' as const }, '2027-03-04'],
    ['wait a year for new days when it is postponed', { ...visit, state: 'postponed' as const }, '2028-03-03'],
    [
      'wait a year for days that nobody has settled',
      { ...visit, state: 'enquiry' as const, startsOn: null, endsOn: null },
      '2028-01-10',
    ],
    [
      'count from the opening where it was declined without days',
      { ...visit, state: 'declined' as const, startsOn: null, endsOn: null },
      '2027-01-10',
    ],
  ])('%s', (_, one, day) => {
    expect(countsFrom(one)).toBe(day);
  });

  it('end at midnight of the place: needs after 14 days, journeys after 30', () => {
    expect([needsGoAt(visit), travelGoesAt(visit)].map((at) => at.toISOString())).toEqual([
      '2027-03-18T21:00:00.000Z',
      '2027-04-03T21:00:00.000Z',
    ]);
    expect(needsGoAt({ ...visit, zone: 'Asia/Shanghai' }).toISOString()).toBe('2027-03-18T16:00:00.000Z');
  });

  it.each([
    ['is kept as it was set', '2027-03-20', '2027-03-20T21:00:00.000Z'],
    ['is never earlier than a week after', '2027-03-05', '2027-03-11T21:00:00.000Z'],
    ['is never later than three months after', '2028-01-01', '2027-06-02T21:00:00.000Z'],
  ])('the day of one visit %s', (_, purgeOn, at) => {
    expect(travelGoesAt({ ...visit, purgeOn }).toISOString()).toBe(at);
  });

  it('let notes go when the file is closed, and after three years at the latest; reasons always then', () => {
    expect(notesGoAt({ ...visit, state: 'closed' })).toBeNull();
    expect([notesGoAt(visit), reasonsGoAt({ ...visit, state: 'closed' })].map((at) => at?.toISOString())).toEqual([
      '2030-03-04T21:00:00.000Z',
      '2030-03-04T21:00:00.000Z',
    ]);
    expect(reasonsGoAt({ ...visit, endsOn: '2028-02-29' }).toISOString()).toBe('2031-02-28T21:00:00.000Z');
  });

  it('may be set from 7 to 90 days after the last day', () => {
    const days = ['2027-03-10', '2027-03-11', '2027-06-02', '2027-06-03'];
    expect(days.map((day) => mayKeepUntil(day, '2027-03-04'))).toEqual([false, true, true, false]);
  });
});
