import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  byWeight,
  coveredMinutes,
  finding,
  sizeFindings,
  timeFindings,
  type PlacedSession,
} from '../../../../../src/features/programme/conflicts/finding.rules.js';

const MINUTE = 60_000;
const from = (start: number, end: number) => ({ start: start * MINUTE, end: end * MINUTE });
const session: PlacedSession = { id: 's', ...from(60, 120), roomId: null, people: ['p'], parallel: false };
const nothing = { present: [], available: [], unavailable: [] };

describe('what people said about their time', () => {
  it.each([
    ['nothing', nothing, []],
    ['present all the time', { ...nothing, present: [from(0, 200)] }, []],
    ['present exactly', { ...nothing, present: [from(60, 90), from(90, 120)] }, []],
    ['arriving in the middle', { ...nothing, present: [from(80, 200)] }, [['outside-presence', 'error', 20]]],
    ['on another day', { ...nothing, present: [from(900, 1000)] }, [['outside-presence', 'error', 60]]],
    ['available for half', { ...nothing, available: [from(0, 90)] }, [['outside-availability', 'warning', 30]]],
    ['unavailable until it begins', { ...nothing, unavailable: [from(0, 60)] }, []],
    [
      'unavailable for a while',
      { ...nothing, unavailable: [from(100, 110)] },
      [['outside-availability', 'warning', 10]],
    ],
  ])('%s', (_name, time, expected) => {
    expect(timeFindings(session, 'p', time).map(({ rule, severity, minutes }) => [rule, severity, minutes])).toEqual(
      expected,
    );
  });

  it('counts every minute once, however the intervals lie', () => {
    const interval = fc.tuple(fc.nat(60), fc.nat(60)).map(([a, b]) => from(Math.min(a, b), Math.max(a, b)));
    fc.assert(
      fc.property(interval, fc.array(interval, { maxLength: 8 }), (of, intervals) => {
        const minutes = Array.from({ length: 60 }, (_, m) => m * MINUTE).filter(
          (m) => of.start <= m && m < of.end && intervals.some(({ start, end }) => start <= m && m < end),
        );
        expect(coveredMinutes(of, intervals)).toBe(minutes.length);
      }),
    );
  });
});

describe('places', () => {
  const size = { id: 's', roomId: 'r', capacity: null, roomCapacity: 30, expected: null, signUps: 0 };
  it.each([
    ['enough', { ...size, signUps: 30 }, []],
    ['more sign-ups than the room holds', { ...size, signUps: 33 }, [['capacity-below-signups', 3]]],
    ['more sign-ups than the session admits', { ...size, capacity: 10, signUps: 12 }, [['capacity-below-signups', 2]]],
    ['more expected than the room holds', { ...size, expected: 45 }, [['room-below-expected', 15]]],
    ['no room, nobody counted', { ...size, roomId: null, roomCapacity: null, expected: 45, signUps: 99 }, []],
  ])('%s', (_name, input, expected) => {
    expect(sizeFindings(input).map(({ rule, minutes }) => [rule, minutes])).toEqual(expected);
  });
});

it('lists errors before warnings before hints', () => {
  const rules = (['room-below-expected', 'outside-availability', 'person-double', 'room-double'] as const).map((rule) =>
    finding(rule, { sessions: ['a'], minutes: 1 }),
  );
  expect(rules.sort(byWeight).map(({ rule }) => rule)).toEqual([
    'person-double',
    'room-double',
    'outside-availability',
    'room-below-expected',
  ]);
});
