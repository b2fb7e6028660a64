import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  gridOf,
  momentAt,
  quantumAt,
  shutSpans,
  spansOn,
} from '../../../../../../src/features/programme/scheduler/draft/wall-grid.rules.js';
import { overlap } from '../../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import { on } from './some-draft.js';

const MINUTE = 60_000;
/** A Sunday on which the clock goes forward, and one on which it goes back. */
const SPRING = { days: ['2027-03-27', '2027-03-28', '2027-03-29'], zone: 'Europe/Warsaw' };
const AUTUMN = { days: ['2027-10-30', '2027-10-31', '2027-11-01'], zone: 'Europe/Warsaw' };
const HALF_HOUR = { days: ['2027-10-02', '2027-10-03'], zone: 'Australia/Lord_Howe' };
const USUAL = { days: ['2027-10-11', '2027-10-13'], zone: 'Europe/Minsk' };
const CASES = [SPRING, AUTUMN, HALF_HOUR, USUAL, { days: ['2027-10-11'], zone: 'Asia/Kathmandu' }];

describe('a grid on the clock of a zone', () => {
  it.each(CASES)('leads to moments and back ($zone, $days.0)', ({ days, zone }) => {
    for (const grid of [gridOf(days, zone, 5), gridOf(days, zone, 15)]) {
      for (let quantum = 0; quantum < days.length * grid.quantaPerDay; quantum++) {
        const moment = momentAt(grid, quantum);
        const back = moment ? quantumAt(grid, moment.getTime()) : quantum;
        expect([quantum, back]).toEqual([quantum, quantum]);
      }
    }
  });

  it('knows no quantum for other days, crooked moments and the second of two equal hours', () => {
    const grid = gridOf(AUTUMN.days, AUTUMN.zone, 15);
    const twice = on('2027-10-31', '02:30', AUTUMN.zone);
    expect(quantumAt(grid, twice)).toBe(96 + 10);
    expect(quantumAt(grid, twice + 60 * MINUTE)).toBeNull();
    expect(quantumAt(grid, on('2027-10-30', '09:10', AUTUMN.zone))).toBeNull();
    expect(quantumAt(grid, on('2027-11-02', '09:00', AUTUMN.zone))).toBeNull();
  });

  it('shuts the hour that is skipped, with what would be needed before it, and the one that comes twice', () => {
    const spring = gridOf(SPRING.days, SPRING.zone, 15);
    expect(shutSpans(spring, 0)).toEqual([{ from: 96 + 8, to: 96 + 12 }]);
    expect(shutSpans(spring, 40)).toEqual([{ from: 96 + 5, to: 96 + 12 }]);
    expect(momentAt(spring, 96 + 9)).toBeUndefined();
    expect(shutSpans(gridOf(AUTUMN.days, AUTUMN.zone, 15), 40)).toEqual([{ from: 96 + 8, to: 96 + 12 }]);
    expect(shutSpans(gridOf(HALF_HOUR.days, HALF_HOUR.zone, 15), 0)).toEqual([{ from: 96 + 8, to: 96 + 10 }]);
    expect(shutSpans(gridOf(USUAL.days, USUAL.zone, 15), 45)).toEqual([]);
  });

  it('lays intervals over its days, outwards or inwards', () => {
    const grid = gridOf(USUAL.days, USUAL.zone, 15);
    const interval = { start: on('2027-10-11', '22:07'), end: on('2027-10-13', '08:20') };
    expect(spansOn(grid, interval)).toEqual([
      { from: 88, to: 96 },
      { from: 96, to: 96 + 34 },
    ]);
    expect(spansOn(grid, interval, 'inwards')).toEqual([
      { from: 89, to: 96 },
      { from: 96, to: 96 + 33 },
    ]);
    expect(spansOn(grid, { start: on('2027-10-11', '22:00'), end: on('2027-10-12', '00:00') })).toEqual([
      { from: 88, to: 96 },
    ]);
    expect(spansOn(grid, { start: on('2027-10-12', '09:00'), end: on('2027-10-12', '10:00') })).toEqual([]);
  });

  it('meets what is met in reality, also around a change of the clock [property]', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(SPRING, AUTUMN, HALF_HOUR),
        fc.constantFrom(5, 15),
        fc.nat(400),
        fc.integer({ min: 1, max: 12 }),
        fc.nat(60 * 72),
        fc.integer({ min: 1, max: 300 }),
        ({ days, zone }, quantum, at, length, offset, minutes) => {
          const grid = gridOf(days, zone, quantum);
          const from = at % (days.length * grid.quantaPerDay);
          const own = { from, to: Math.min(from + length, days.length * grid.quantaPerDay) };
          const start = momentAt(grid, own.from);
          // Nobody meets in the hours that are shut.
          if (!start || shutSpans(grid, 0).some((shut) => overlap(shut, own) > 0)) return;
          const end = start.getTime() + (own.to - own.from) * quantum * MINUTE;
          const other = { start: on(days[0]!, '00:00', zone) + offset * MINUTE, end: 0 };
          other.end = other.start + minutes * MINUTE;
          const meets = other.start < end && start.getTime() < other.end;
          const met = spansOn(grid, other).some((span) => overlap(span, own) > 0);
          expect([meets, met]).toEqual([meets, meets]);
          const isCovered = other.start <= start.getTime() && end <= other.end;
          const covered = spansOn(grid, other, 'inwards').reduce((sum, span) => sum + overlap(span, own), 0);
          expect([isCovered, covered === own.to - own.from]).toEqual([isCovered, isCovered]);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
