import { describe, expect, it } from '@jest/globals';
import { facesEachOther, sidesOf } from '../../../../../src/features/visits/documents/papers/meeting.rules.js';

const member = (personId: string, role = 'member', inPerson = true) => ({ personId, role, inPerson });
const place = (personId: string, role: string) => ({ personId, role });
const idsOf = (side: readonly { personId: string }[]) => side.map(({ personId }) => personId);

describe('the sides of a meeting', () => {
  it('begin with the host who leads and with the head of the guests, interpreters last', () => {
    const { ours, theirs } = sidesOf(
      [place('host', 'host'), place('lead', 'host'), place('tongue', 'interpreter'), place('peer', 'counterpart')],
      'lead',
      [member('theirTongue', 'interpreter'), member('head', 'head'), member('second')],
    );
    expect(idsOf(ours)).toEqual(['lead', 'host', 'peer', 'tongue']);
    expect(idsOf(theirs)).toEqual(['head', 'second', 'theirTongue']);
    expect(ours.at(-1)).toEqual({ personId: 'tongue', interprets: true });
  });

  it('hold only the guests that are named, in the order of the delegation, and without names everybody who is here', () => {
    const delegation = [member('head'), member('second'), member('online', 'member', false)];
    const named = sidesOf([place('online', 'guest'), place('head', 'guest')], null, delegation);
    expect(idsOf(named.theirs)).toEqual(['head', 'online']);
    expect(idsOf(sidesOf([], null, delegation).theirs)).toEqual(['head', 'second']);
  });

  it('name nobody twice, and a member of the delegation never as one of ours', () => {
    const { ours, theirs } = sidesOf(
      [place('a', 'host'), place('a', 'counterpart'), place('a', 'interpreter'), place('head', 'interpreter')],
      null,
      [member('head')],
    );
    expect([idsOf(ours), idsOf(theirs)]).toEqual([['a'], ['head']]);
  });

  it('face each other at meetings with people on both sides, and at no meal', () => {
    const both = sidesOf([place('a', 'host')], null, [member('head')]);
    expect([facesEachOther('meeting', both), facesEachOther('meal', both)]).toEqual([true, false]);
    expect(facesEachOther('meeting', sidesOf([], null, [member('head')]))).toBe(false);
  });
});
