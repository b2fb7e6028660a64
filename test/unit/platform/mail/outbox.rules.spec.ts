import { describe, expect, it } from '@jest/globals';
import { backoffMs, GIVE_UP_AFTER, isFinal, LEASE_MS } from '../../../../src/platform/mail/outbox.rules.js';

const MINUTE = 60_000;
const minutes = (answered: boolean) => Array.from({ length: 12 }, (_, n) => backoffMs(n + 1, answered) / MINUTE);

describe('the wait before the next attempt', () => {
  it('doubles from one minute to six hours where the server answered [R2]', () => {
    expect(minutes(true)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
  });

  it('is ten minutes at most where nobody answered [R1]', () => {
    expect(minutes(false)).toEqual([1, 2, 4, 8, 10, 10, 10, 10, 10, 10, 10, 10]);
  });
});

describe('giving up', () => {
  it('follows a refusal for good at once [R2]', () => {
    expect(isFinal({ outcome: 'permanent', answered: true }, 1)).toBe(true);
  });

  it('follows the last of many answers, never the silence of a server that is away [R1]', () => {
    expect(isFinal({ outcome: 'temporary', answered: true }, GIVE_UP_AFTER - 1)).toBe(false);
    expect(isFinal({ outcome: 'temporary', answered: true }, GIVE_UP_AFTER)).toBe(true);
    expect(isFinal({ outcome: 'temporary', answered: false }, 10 * GIVE_UP_AFTER)).toBe(false);
  });

  it('comes only after two days of trying', () => {
    const waited = Array.from({ length: GIVE_UP_AFTER - 1 }, (_, n) => backoffMs(n + 1, true)).reduce((a, b) => a + b);
    expect(waited / (24 * 60 * MINUTE)).toBeGreaterThan(2);
  });
});

describe('a lease', () => {
  it('outlives the 30 seconds that an attempt may take', () => {
    expect(LEASE_MS).toBeGreaterThan(2 * 30_000);
  });
});
