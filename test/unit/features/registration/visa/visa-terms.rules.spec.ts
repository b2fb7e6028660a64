import { describe, expect, it } from '@jest/globals';
import { detailsGoAt, endOfStay, scanGoesAt } from '../../../../../src/features/registration/visa/visa-terms.rules.js';

const stay = { endsOn: '2027-10-14', zone: 'Europe/Minsk', exitOn: null };
const terms = { detailsDays: 30, scanDays: 14 };

describe('the terms of passport data', () => {
  it('count from midnight after the last day, in the zone of the stay', () => {
    expect(endOfStay(stay).toISOString()).toBe('2027-10-14T21:00:00.000Z');
    expect(detailsGoAt(stay, terms).toISOString()).toBe('2027-11-13T21:00:00.000Z');
  });

  it('follow a later departure, never an earlier one', () => {
    expect(endOfStay({ ...stay, exitOn: '2027-10-16' }).toISOString()).toBe('2027-10-16T21:00:00.000Z');
    expect(endOfStay({ ...stay, exitOn: '2027-10-12' }).toISOString()).toBe('2027-10-14T21:00:00.000Z');
  });

  it('stay within their bounds whatever was set', () => {
    expect(detailsGoAt(stay, { ...terms, detailsDays: 0 }).toISOString()).toBe('2027-10-21T21:00:00.000Z');
    expect(detailsGoAt(stay, { ...terms, detailsDays: 4000 }).toISOString()).toBe('2028-01-12T21:00:00.000Z');
    const sent = new Date('2027-08-01T10:00:00Z');
    expect(scanGoesAt(stay, sent, { ...terms, scanDays: 400 }).toISOString()).toBe('2027-08-15T10:00:00.000Z');
  });

  it('of a scan: 14 days after the letter went out, at the latest at the end of the stay', () => {
    expect(scanGoesAt(stay, new Date('2027-09-01T10:00:00Z'), terms).toISOString()).toBe('2027-09-15T10:00:00.000Z');
    expect(scanGoesAt(stay, new Date('2027-10-10T10:00:00Z'), terms)).toEqual(endOfStay(stay));
    expect(scanGoesAt(stay, null, terms)).toEqual(endOfStay(stay));
  });
});
