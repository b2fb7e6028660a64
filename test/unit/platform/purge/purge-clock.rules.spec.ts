import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { beat, confirmed, isDue, type PurgeClock } from '../../../../src/platform/purge/purge-clock.rules.js';

const NOW = new Date('2027-05-01T02:00:00Z');
const at = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);
const clock = (changes: Partial<PurgeClock> = {}): PurgeClock => ({
  beatAt: NOW,
  heldAt: null,
  ranAt: null,
  ...changes,
});

describe('the purge and the clock', () => {
  it('goes on from hour to hour, and waits for a person after a leap of more than 48 hours [R6]', () => {
    expect(beat(clock({ beatAt: null }), NOW)).toEqual(clock());
    expect(beat(clock(), at(1))).toEqual(clock({ beatAt: at(1) }));
    expect(beat(clock(), at(48))).toEqual(clock({ beatAt: at(48) }));
    expect(beat(clock(), at(49))).toEqual(clock({ heldAt: at(49) }));
    expect(beat(clock(), at(40 * 24))).toEqual(clock({ heldAt: at(40 * 24) }));
    expect(beat(clock({ heldAt: at(49) }), at(50))).toEqual(clock({ heldAt: at(49) }));
    expect(confirmed(clock({ heldAt: at(49) }), at(51))).toEqual(clock({ beatAt: at(51) }));
  });

  it('runs once a day, and never while it waits', () => {
    expect([isDue(clock(), NOW), isDue(clock({ ranAt: at(-19) }), NOW), isDue(clock({ ranAt: at(-21) }), NOW)]).toEqual(
      [true, false, true],
    );
    expect(isDue(clock({ heldAt: at(-100) }), NOW)).toBe(false);
  });

  it('of a clock that runs back deletes nothing twice and nothing early', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -47, max: 48 }), { maxLength: 30 }), (steps) => {
        let now = NOW;
        let state = clock({ beatAt: null });
        for (const hours of steps) {
          now = new Date(now.getTime() + hours * 3_600_000);
          state = beat(state, now);
          expect(state.heldAt === null || now.getTime() - state.beatAt!.getTime() > 0).toBe(true);
        }
      }),
    );
  });
});
