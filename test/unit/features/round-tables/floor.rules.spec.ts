import { describe, expect, it } from '@jest/globals';
import {
  endOfSpeech,
  floorKeys,
  FLOOR_STATES,
  given,
  inTurn,
  withdrawn,
} from '../../../../src/features/round-tables/floor.rules.js';

const at = (minute: number): Date => new Date(Date.UTC(2027, 4, 12, 10, minute));

describe('the floor', () => {
  it('goes to those who spoke less often first, then as they asked', () => {
    const waiting = [
      { id: 'a', askedAt: at(1), spoken: 2 },
      { id: 'b', askedAt: at(3), spoken: 0 },
      { id: 'c', askedAt: at(2), spoken: 0 },
      { id: 'd', askedAt: at(4), spoken: 1 },
      { id: 'e', askedAt: at(2), spoken: 0 },
    ];
    expect(inTurn(waiting).map(({ id }) => id)).toEqual(['c', 'e', 'b', 'd', 'a']);
  });

  it('is given to who waits, and taken back by who waits or speaks', () => {
    const tried = <T>(act: () => T): T | string => {
      try {
        return act();
      } catch (error) {
        return (error as { code: string }).code;
      }
    };
    const over = 'error.roundTable.floorOver';
    expect(FLOOR_STATES.map((state) => [state, tried(() => given(state)), tried(() => withdrawn(state))])).toEqual([
      ['waiting', 'speaking', 'withdrawn'],
      ['speaking', over, 'spoken'],
      ['spoken', over, over],
      ['withdrawn', over, over],
    ]);
  });

  it('is held by one at a time, and nobody waits for it twice', () => {
    const place = { sessionId: 's', personId: 'p' };
    expect(FLOOR_STATES.map((state) => floorKeys(place, state))).toEqual([
      { activeKey: 's.p', speakingKey: null },
      { activeKey: 's.p', speakingKey: 's' },
      { activeKey: null, speakingKey: null },
      { activeKey: null, speakingKey: null },
    ]);
  });

  it('ends after the minutes that a speech may take', () => {
    expect([endOfSpeech(at(5), 7), endOfSpeech(at(5), null)]).toEqual([at(12), null]);
  });
});
