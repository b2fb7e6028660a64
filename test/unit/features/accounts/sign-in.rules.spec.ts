import { describe, expect, it } from '@jest/globals';
import { isSingleUse, stateOf } from '../../../../src/features/accounts/access-link.rules.js';
import { Passwords, isLongEnough } from '../../../../src/features/accounts/passwords.js';
import { expiryOf, isDue } from '../../../../src/features/accounts/sign-in.rules.js';

const NOW = new Date('2027-05-12T09:00:00Z');
const minutesLater = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describe('a sign-in', () => {
  it('[T6] ends 12 hours after the last click of staff, 30 days after a delegate was seen', () => {
    expect(expiryOf('account', NOW)).toEqual(minutesLater(12 * 60));
    expect(expiryOf('person', NOW)).toEqual(minutesLater(30 * 24 * 60));
  });

  it('is noted again after five minutes and not before', () => {
    expect([null, minutesLater(-4), minutesLater(-5)].map((last) => isDue(last, NOW))).toEqual([true, false, true]);
  });
});

describe('[T1] a link', () => {
  it('is valid up to, not including, the instant at which it expires', () => {
    const at = (expiresAt: Date, usedAt: Date | null = null) => stateOf({ expiresAt, usedAt }, NOW);
    expect([at(minutesLater(1)), at(NOW), at(minutesLater(-1)), at(minutesLater(1), NOW)]).toEqual([
      'valid',
      'expired',
      'expired',
      'used',
    ]);
  });

  it('acts once for sign-in and passwords, and may be opened often otherwise', () => {
    expect(['sign-in', 'password', 'staff-invitation', 'resume', 'invitation', 'offer'].filter(isSingleUse)).toEqual([
      'sign-in',
      'password',
      'staff-invitation',
    ]);
  });
});

describe('passwords', () => {
  const passwords = new Passwords();

  it('[T6] are kept as argon2id with 19 MiB and two passes', async () => {
    expect(await passwords.hash('correct horse battery')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it('match only themselves, however the accents were typed', async () => {
    const stored = await passwords.hash('Францыск Скарына é');
    expect(await passwords.verify(stored, 'Францыск Скарына e\u0301')).toBe(true);
    expect(await passwords.verify(stored, 'францыск скарына é')).toBe(false);
  });

  it('[T5] never match an account without one', async () => {
    expect(await passwords.verify(null, '')).toBe(false);
    expect(await passwords.verify(undefined, 'correct horse battery')).toBe(false);
  });

  it('need twelve characters, counted as people count', () => {
    expect(['eleven char', 'twelve chars', '🔑🔑🔑🔑🔑🔑'].map(isLongEnough)).toEqual([false, true, false]);
  });
});
