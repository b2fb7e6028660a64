import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  coveredMinutes,
  merged,
  timeFindings,
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
