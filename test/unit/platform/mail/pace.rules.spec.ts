import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueTimes, resumedAt } from '../../../../src/platform/mail/pace.rules.js';

const NOON = new Date('2027-02-01T12:00:00Z');
const HOUR = 3_600_000;

describe('the times at which letters are due', () => {
  it('begin at once and leave the same time between two', () => {
    expect(dueTimes(3, NOON, 60).map((at) => at.toISOString())).toEqual([
      '2027-02-01T12:00:00.000Z',
      '2027-02-01T12:01:00.000Z',
      '2027-02-01T12:02:00.000Z',
    ]);
    expect(dueTimes(0, NOON, 60)).toEqual([]);
  });

  it('stand in order, and no hour has more than it may, wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 3600 }), (count, perHour) => {
        const times = dueTimes(count, NOON, perHour).map((at) => at.getTime());
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        for (const [index, from] of times.entries()) {
          const next = times[index + perHour];
          if (next !== undefined) expect(next - from).toBeGreaterThanOrEqual(HOUR);
        }
      }),
    );
  });

  it('go on after a pause no faster than before it', () => {
    const last = new Date(NOON.getTime() - 1000);
    expect(resumedAt(NOON, last, 60).getTime()).toBe(last.getTime() + 60_000);
    expect(resumedAt(NOON, new Date(NOON.getTime() - HOUR), 60)).toEqual(NOON);
    expect(resumedAt(NOON, null, 1)).toEqual(NOON);
  });
});
