import { describe, expect, it } from '@jest/globals';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';

describe('the generator', () => {
  it('gives one sequence per seed, whatever the machine', () => {
    const random = new SeededRandom(42);
    expect([random.next(), random.next(), random.next()]).toEqual([551831576, 144025891, 322543647]);
  });

  it('spreads over the whole range below a limit', () => {
    const random = new SeededRandom(7);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 10_000; draw++) counts[random.below(10)]!++;
    expect(Math.min(...counts)).toBeGreaterThan(900);
    expect(counts.reduce((sum, count) => sum + count)).toBe(10_000);
  });

  it('never gives a zero to take a logarithm of', () => {
    const random = new SeededRandom(1);
    const draws = Array.from({ length: 5000 }, () => random.unit());
    expect(draws.every((draw) => draw > 0 && draw <= 1)).toBe(true);
  });
});
