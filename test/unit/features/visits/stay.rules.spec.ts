import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  baseOf,
  checksOf,
  countingText,
  differingParts,
  interprets,
  isAgreeable,
  isForAll,
  markOfNext,
  needsInterpreter,
  NO_SURROUNDINGS,
  RELEASE_MARKS,
  rankGap,
  toFreeze,
  type CheckedSession,
  type MarkedRelease,
} from '../../../../src/features/visits/stay/stay.rules.js';

const MEETING: CheckedSession = {
  kind: 'meeting',
  placed: true,
  people: [
    { personId: 'host', role: 'host' },
    { personId: 'ours', role: 'counterpart' },
    { personId: 'guest', role: 'guest' },
    { personId: 'interpreter', role: 'interpreter' },
  ],
  memberLevels: { guest: 3 },
  counterparts: { ours: 3 },
  visit: { languages: ['hy'], level: 3 },
  directions: new Map([['interpreter', [{ from: 'hy', to: 'be' }]]]),
};

describe('what to look at before a session', () => {
  it('is nothing where all is there', () => {
    expect(checksOf(MEETING)).toEqual([]);
  });

  it('is each thing that is missing, the gravest first', () => {
    expect(checksOf({ ...MEETING, placed: false, people: [{ personId: 'guest', role: 'guest' }] })).toEqual([
      { kind: 'no_place' },
      { kind: 'no_owner' },
      { kind: 'no_interpreter' },
      { kind: 'no_counterpart' },
    ]);
  });

  it('is the rank where the highest of both sides differ by more than one; a guest without a level counts as the visit', () => {
    const ranks = (guest: number | undefined, ours: number) =>
      checksOf({
        ...MEETING,
        memberLevels: guest === undefined ? {} : { guest },
        counterparts: { ours },
        visit: { languages: ['ru'], level: 1 },
      });
    expect([ranks(2, 3), ranks(2, 4), ranks(undefined, 3)]).toEqual([
      [],
      [{ kind: 'rank', guests: 2, hosts: 4 }],
      [{ kind: 'rank', guests: 1, hosts: 3 }],
    ]);
  });

  it('is an interpreter who does not have the language of the guests', () => {
    const without = { ...MEETING, directions: new Map([['interpreter', [{ from: 'en', to: 'be' }]]]) };
    expect(checksOf(without)).toEqual([{ kind: 'interpreter_language', personId: 'interpreter', languages: ['hy'] }]);
  });

  it('is no interpreter for a meal, nor for guests who speak a language of the house', () => {
    expect(needsInterpreter('meal', { languages: ['hy'] })).toBe(false);
    expect(needsInterpreter('meeting', { languages: ['hy', 'ru'] })).toBe(false);
    expect(interprets([], ['ru'])).toBe(true);
  });
});

describe('ranks', () => {
  const levels = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 });

  it('are compared by the highest of each side only', () => {
    fc.assert(
      fc.property(levels, levels, (guests, counterparts) => {
        const gap = rankGap({ guests, counterparts });
        const both = guests.length > 0 && counterparts.length > 0;
        const far = both && Math.abs(Math.min(...guests) - Math.min(...counterparts)) > 1;
        expect(gap !== null).toBe(far);
      }),
    );
  });
});

describe('who takes part', () => {
  it('is everybody where all members are guests, and not where one is missing or nobody is', () => {
    expect([isForAll(['a', 'b', 'x'], ['a', 'b']), isForAll(['a'], ['a', 'b']), isForAll([], [])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

describe('what lies beside a session', () => {
  it('differs part by part, whatever the order in which a column gives keys back', () => {
    const before = { ...NO_SURROUNDINGS, setUp: { flags: 'AM', screen: true }, menu: 'tea' };
    const after = { ...NO_SURROUNDINGS, setUp: { screen: true, flags: 'AM' }, address: 'Square 1' };
    expect([differingParts(before, before), differingParts(before, after)]).toEqual([[], ['address', 'menu']]);
  });

  it('of a session that has nothing beside it is as if nothing was said', () => {
    expect(differingParts(undefined, NO_SURROUNDINGS)).toEqual([]);
  });
});

describe('the texts of a programme', () => {
  const text = (number: number, mark: MarkedRelease['mark'], changeSheet: number | null = null): MarkedRelease => ({
    number,
    mark,
    changeSheet,
  });
  const frozen = [text(1, 'sent'), text(2, 'frozen'), text(3, 'change', 1)];

  it('are sent until the programme is frozen, and numbered changes after that', () => {
    expect([markOfNext([text(1, 'agreed')], false), markOfNext(frozen, true)]).toEqual([
      { mark: 'sent', changeSheet: null },
      { mark: 'change', changeSheet: 2 },
    ]);
  });

  it('freeze as the latest that was agreed, else the latest, else not at all', () => {
    expect([
      toFreeze([text(1, 'agreed'), text(2, 'sent')])?.number,
      toFreeze([text(1, 'sent'), text(2, 'sent')])?.number,
      toFreeze([]),
    ]).toEqual([1, 2, null]);
  });

  it('count as the frozen one or a change after it, whatever was sent besides; before that as the latest', () => {
    const besides = [text(1, 'frozen'), text(2, 'sent')];
    expect([
      countingText(besides, true)?.number,
      countingText(besides, false)?.number,
      countingText(frozen, true)?.number,
      countingText([], true),
    ]).toEqual([1, 2, 3, null]);
  });

  it('change against the frozen one, then against the change before', () => {
    expect([baseOf(frozen, 3), baseOf([...frozen, text(4, 'change', 2)], 4)]).toEqual([2, 3]);
  });

  it('are agreed only while they are the latest and sent', () => {
    expect([
      isAgreeable(frozen, 3),
      isAgreeable([text(1, 'sent')], 1),
      isAgreeable([text(1, 'sent'), text(2, 'sent')], 1),
    ]).toEqual([false, true, false]);
  });

  it('never give a number of a change sheet twice', () => {
    const any = fc.array(
      fc.record({ number: fc.nat(50), mark: fc.constantFrom(...RELEASE_MARKS), changeSheet: fc.option(fc.nat(20)) }),
    );
    fc.assert(
      fc.property(any, (releases) => {
        const { changeSheet } = markOfNext(releases, true);
        expect(releases.map((one) => one.changeSheet)).not.toContain(changeSheet);
      }),
    );
  });
});
