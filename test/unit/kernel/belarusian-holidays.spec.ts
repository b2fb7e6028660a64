import { describe, expect, it } from '@jest/globals';
import { belarusianHoliday, catholicEaster, orthodoxEaster } from '../../../src/kernel/belarusian-holidays.js';

describe('holidays of Belarus', () => {
  it.each([
    [2024, '2024-05-05', '2024-03-31'],
    [2025, '2025-04-20', '2025-04-20'],
    [2026, '2026-04-12', '2026-04-05'],
    [2027, '2027-05-02', '2027-03-28'],
    [2028, '2028-04-16', '2028-04-16'],
    [2038, '2038-04-25', '2038-04-25'],
  ])('Easter %i, Orthodox and Catholic', (year, orthodox, catholic) => {
    expect([orthodoxEaster(year), catholicEaster(year)]).toEqual([orthodox, catholic]);
  });

  it('both Easters are Sundays, and Radunitsa is a Tuesday, every year', () => {
    const weekday = (day: string) => new Date(day).getUTCDay();
    for (let year = 1950; year < 2100; year++) {
      expect([weekday(orthodoxEaster(year)), weekday(catholicEaster(year))]).toEqual([0, 0]);
      const radunitsa = new Date(Date.parse(orthodoxEaster(year)) + 9 * 86_400_000).toISOString().slice(0, 10);
      expect(weekday(radunitsa)).toBe(2);
    }
  });

  it.each([
    ['2026-01-01', 'newYear'],
    ['2026-01-02', 'newYear'],
    ['2026-01-07', 'orthodoxChristmas'],
    ['2026-03-08', 'womensDay'],
    ['2026-04-05', 'catholicEaster'],
    ['2026-04-12', 'orthodoxEaster'],
    ['2026-04-21', 'radunitsa'],
    ['2027-05-11', 'radunitsa'],
    ['2026-05-01', 'labourDay'],
    ['2026-05-09', 'victoryDay'],
    ['2026-07-03', 'independenceDay'],
    ['2026-11-07', 'octoberRevolution'],
    ['2026-12-25', 'catholicChristmas'],
    ['2026-04-20', undefined],
    ['2026-01-03', undefined],
    ['2027-10-12', undefined],
  ])('%s', (day, expected) => expect(belarusianHoliday(day)).toBe(expected));
});
