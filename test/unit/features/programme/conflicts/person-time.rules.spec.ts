import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  coveredMinutes,
  merged,
  timeFindings,
  weeklyAround,
  type WeeklyTime,
} from '../../../../../src/features/programme/conflicts/person-time.rules.js';

const MINUTE = 60_000;
const from = (start: number, end: number) => ({ start: start * MINUTE, end: end * MINUTE });
const session = { id: 's', ...from(600, 660) };
const nothing = { present: [], available: [], unavailable: [] };
const noMargins = { afterArrival: 0, beforeDeparture: 0 };

describe('what people said about their time', () => {
  it.each([
    ['nothing', nothing, []],
    ['present all the time', { ...nothing, present: [from(0, 2000)] }, []],
    ['present exactly', { ...nothing, present: [from(600, 660)] }, []],
    ['arriving in the middle', { ...nothing, present: [from(620, 2000)] }, [['outside-presence', 'error', 20]]],
    ['on another day', { ...nothing, present: [from(9000, 10_000)] }, [['outside-presence', 'error', 60]]],
    ['available for half', { ...nothing, available: [from(0, 630)] }, [['outside-availability', 'warning', 30]]],
    ['unavailable until it begins', { ...nothing, unavailable: [from(0, 600)] }, []],
    [
      'unavailable for a while',
      { ...nothing, unavailable: [from(640, 650)] },
      [['outside-availability', 'warning', 10]],
    ],
  ])('%s', (_name, time, expected) => {
    const found = timeFindings(session, 'p', time, noMargins);
    expect(found.map(({ rule, severity, minutes }) => [rule, severity, minutes])).toEqual(expected);
  });

  it.each([
    ['time enough', from(0, 2000), []],
    ['landing half an hour before', from(570, 2000), [['journey-short', 60]]],
    ['leaving an hour after', from(0, 720), [['journey-short', 60]]],
    ['both too near: the greater', from(590, 670), [['journey-short', 110]]],
    ['not there at all is said once', from(610, 670), [['outside-presence', 10]]],
  ])('wants time after arrival and before departure: %s', (_name, stay, expected) => {
    const limits = { afterArrival: 90, beforeDeparture: 120 };
    const found = timeFindings(session, 'p', { ...nothing, present: [stay] }, limits);
    expect(found.map(({ rule, minutes }) => [rule, minutes])).toEqual(expected);
  });

  it('counts every minute once, however the intervals lie', () => {
    const interval = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => from(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(interval, fc.array(interval, { maxLength: 8 }), (of, intervals) => {
        const minutes = Array.from({ length: 60 }, (_, m) => m * MINUTE).filter(
          (m) => of.start <= m && m < of.end && intervals.some(({ start, end }) => start <= m && m < end),
        );
        expect(coveredMinutes(of, merged(intervals))).toBe(minutes.length);
      }),
    );
  });
});

describe('what is so every week', () => {
  const tuesday = (from: number, to: number, more: Partial<WeeklyTime> = {}): WeeklyTime => ({
    kind: 'available',
    weekday: 2,
    from,
    to,
    zone: 'Europe/Warsaw',
    ...more,
  });
  const at = (text: string) => Date.parse(text);
  const clock = (of: { start: number; end: number }, time: WeeklyTime) =>
    weeklyAround(of, time).map(({ start, end }) => `${new Date(start).toISOString()} ${(end - start) / MINUTE}`);

  it('lies on the clock of the zone, in summer and in winter', () => {
    const day = (text: string) => ({ start: at(`${text}T09:00Z`), end: at(`${text}T10:00Z`) });
    expect(clock(day('2027-07-06'), tuesday(600, 840))).toEqual(['2027-07-06T08:00:00.000Z 240']);
    expect(clock(day('2027-01-05'), tuesday(600, 840))).toEqual(['2027-01-05T09:00:00.000Z 240']);
  });

  it('is as long as the clock says in the night of the change', () => {
    const sunday = { weekday: 7 };
    const night = (text: string) => ({ start: at(`${text}T00:30Z`), end: at(`${text}T01:30Z`) });
    expect(clock(night('2027-03-28'), tuesday(0, 1440, sunday))).toEqual(['2027-03-27T23:00:00.000Z 1380']);
    expect(clock(night('2027-10-31'), tuesday(0, 1440, sunday))).toEqual(['2027-10-30T22:00:00.000Z 1500']);
  });

  it.each([
    ['inside', 'available', '2027-07-06T08:30Z', []],
    ['half an hour too early', 'available', '2027-07-06T07:30Z', [30]],
    ['on another weekday', 'available', '2027-07-07T08:30Z', [60]],
    ['inside what is impossible', 'unavailable', '2027-07-06T08:30Z', [60]],
    ['on a weekday of which nothing is said', 'unavailable', '2027-07-07T08:30Z', []],
  ] as const)('%s: %s', (_name, kind, start, expected) => {
    const placed = { id: 's', start: at(start), end: at(start) + 60 * MINUTE };
    const found = timeFindings(placed, 'p', { ...nothing, weekly: [tuesday(600, 840, { kind })] }, noMargins);
    expect(found.map(({ minutes }) => minutes)).toEqual(expected);
  });

  it('adds to what was stated for a day', () => {
    const placed = { id: 's', start: at('2027-07-06T11:30Z'), end: at('2027-07-06T12:30Z') };
    const available = [{ start: at('2027-07-06T12:00Z'), end: at('2027-07-06T13:00Z') }];
    expect(timeFindings(placed, 'p', { ...nothing, available, weekly: [tuesday(600, 840)] }, noMargins)).toEqual([]);
  });
});
