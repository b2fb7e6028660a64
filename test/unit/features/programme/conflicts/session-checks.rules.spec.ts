import { describe, expect, it } from '@jest/globals';
import {
  longestAlone,
  momentFindings,
  sizeFindings,
  staffingFindings,
} from '../../../../../src/features/programme/conflicts/session-checks.rules.js';
import { aHouse, at } from '../../../../support/conflict-world.js';

const house = aHouse();

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

describe('somebody online', () => {
  // Minsk is UTC+3: 10:00 there is 17:00 in Vladivostok and 03:00 in New York (October).
  it.each([
    ['at home, in the afternoon', 'Asia/Vladivostok', 600, 660, []],
    ['at home, half past ten in the evening', 'Asia/Vladivostok', 870, 960, [60]],
    ['in the middle of the night', 'America/New_York', 600, 660, [60]],
    ['until it is seven', 'America/New_York', 810, 870, [30]],
    ['half an hour off', 'Asia/Kolkata', 1140, 1200, [30]],
  ])('%s', (_name, zone, from, to, expected) => {
    const found = momentFindings(at('s', from, to, { people: ['p'], online: { p: zone } }), house);
    expect(found.map(({ rule, minutes }) => [rule, minutes])).toEqual(
      expected.map((minutes) => ['online-at-night', minutes]),
    );
  });

  it('need not have arrived, but may be unavailable', () => {
    const never = [{ start: 0, end: 1 }];
    const always = [{ start: 0, end: Number.MAX_SAFE_INTEGER }];
    const world = aHouse({ times: { p: { present: never, available: [], unavailable: always } } });
    const session = at('s', 600, 660, { people: ['p'] });
    const rules = (online: Record<string, string>) =>
      momentFindings({ ...session, online }, world).map(({ rule }) => rule);
    expect([rules({}), rules({ p: 'Europe/Minsk' })]).toEqual([
      ['outside-presence', 'outside-availability'],
      ['outside-availability'],
    ]);
  });
});

describe('public holidays', () => {
  // Monday plus 27 days is 7 November 2027.
  const day = 27 * 1440;
  it.each([
    ['on the day', at('s', day + 600, day + 660), ['public-holiday']],
    ['just after midnight in Minsk', at('s', day + 10, day + 60), ['public-holiday']],
    ['the day before', at('s', day - 60, day), []],
    ['an exhibition that goes on over it', at('s', day, day + 5000), []],
    ['a blocker', at('s', day + 600, day + 660, { blocker: true }), []],
  ])('%s', (_name, session, expected) => {
    expect(momentFindings(session, house).map(({ rule }) => rule)).toEqual(expected);
  });

  it('are those of Belarus, so not elsewhere', () => {
    expect(momentFindings(at('s', day + 600, day + 660), aHouse({ zone: 'Europe/Warsaw' }))).toEqual([]);
  });
});

describe('interpreters', () => {
  it.each([
    ['nobody', 90, [], [], null],
    ['one for the whole session', 90, ['i'], [], { personId: 'i', minutes: 90 }],
    ['two who take turns', 90, ['i', 'j'], [], null],
    ['one for one talk', 90, [], [talk(30, 'i'), talk(30)], { personId: 'i', minutes: 30 }],
    ['one for two talks in a row', 90, [], [talk(20), talk(30, 'i'), talk(30, 'i')], { personId: 'i', minutes: 60 }],
    ['one, with a rest between', 90, [], [talk(30, 'i'), talk(20), talk(30, 'i')], { personId: 'i', minutes: 30 }],
    ['two, talk by talk', 80, [], [talk(45, 'i'), talk(35, 'j')], { personId: 'i', minutes: 45 }],
    [
      'one all the time, relieved in the middle',
      90,
      ['i'],
      [talk(30), talk(30, 'j'), talk(30)],
      { personId: 'i', minutes: 30 },
    ],
    [
      'talks without a length share the time',
      90,
      [],
      [talk(null, 'i'), talk(30), talk(null)],
      { personId: 'i', minutes: 30 },
    ],
    ['the discussion after the talks', 90, ['i'], [talk(30, 'j'), talk(20, 'j')], { personId: 'i', minutes: 40 }],
  ])('%s', (_name, minutes, ofSession, talks, expected) => {
    expect(longestAlone(minutes, ofSession, talks)).toEqual(expected);
  });

  it('are missing, or alone for longer than the limit', () => {
    const session = at('s', 600, 690, { interpretationMissing: true, alone: { personId: 'i', minutes: 60 } });
    const told = (minutes: number) =>
      staffingFindings(session, aHouse({ limits: { interpreterAlone: minutes } })).map(
        ({ rule, minutes: over }) => `${rule} ${over}`,
      );
    expect([told(40), told(60)]).toEqual([
      ['interpretation-missing 90', 'interpreter-alone 20'],
      ['interpretation-missing 90'],
    ]);
  });
});

function talk(minutes: number | null, ...interpreters: string[]) {
  return { minutes, interpreters };
}
