import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ticked, TICKED_KEY, type Tick } from '../../../../src/features/visits/day/tick.rules.js';

const NOW = new Date('2027-03-02T12:00:00Z');
const tap = (minutes: number, done: boolean): Tick => ({ done, at: new Date(NOW.getTime() + minutes * 60_000) });

describe('a tick of the run sheet', () => {
  it.each([
    ['the first tap', null, tap(-5, true), tap(-5, true)],
    ['a tap that takes away what was never there', null, tap(-5, false), undefined],
    ['the same again', tap(-5, true), tap(-5, true), undefined],
    ['the same later', tap(-5, true), tap(-1, true), undefined],
    ['another one later', tap(-5, true), tap(-1, false), tap(-1, false)],
    ['another one that was made before', tap(-5, true), tap(-9, false), undefined],
    ['one from a clock that runs ahead', null, tap(60, true), { done: true, at: NOW }],
  ])('%s', (_, before, coming, after) => {
    expect(ticked(before, coming, NOW)).toEqual(after);
  });

  it('ends the same, however often taps arrive, and the last tap counts in whatever order they do', () => {
    const taps = fc.uniqueArray(fc.record({ minutes: fc.integer({ min: -500, max: -1 }), done: fc.boolean() }), {
      selector: ({ minutes }) => minutes,
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(taps, fc.infiniteStream(fc.nat()), (made, dice) => {
        const all = made.map(({ minutes, done }) => tap(minutes, done));
        const run = (list: readonly Tick[]) =>
          list.reduce((state: Tick | null, one) => ticked(state, one, NOW) ?? state, null);
        const inOrder = all.toSorted((a, b) => a.at.getTime() - b.at.getTime());
        const random = dice[Symbol.iterator]();
        const shuffled = all
          .map((one) => ({ one, place: random.next().value as number }))
          .toSorted((a, b) => a.place - b.place)
          .map(({ one }) => one);
        expect(run([...inOrder, ...inOrder])?.done ?? false).toBe(inOrder.at(-1)!.done);
        expect(run([...shuffled, ...inOrder])?.done ?? false).toBe(inOrder.at(-1)!.done);
      }),
    );
  });

  it('is of a session, a journey, or a line of the checklist', () => {
    const id = '0190f000-0000-7000-8000-00000000dead';
    expect(
      [`session:${id}`, `leg:${id}`, `person:${id}`, `session:${id}x`, id, 'check:pens', 'check:' + 'x'.repeat(31)].map(
        (key) => TICKED_KEY.test(key),
      ),
    ).toEqual([true, true, false, false, false, true, false]);
  });
});
