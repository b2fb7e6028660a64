import { describe, expect, it } from '@jest/globals';
import { claimedFields } from '../../../../src/features/registration/claims.rules.js';
import { clashesAmong } from '../../../../src/features/registration/clashes.rules.js';

const known = { given: 'Anna', family: 'Kowalska', mononym: false, institution: 'Library', position: 'Librarian', country: 'PL', phone: null };
const typed = { ...known, email: 'anna@example.org' };

describe('claimedFields', () => {
  it('is nothing when the form says what is known', () => {
    expect(claimedFields(known, typed)).toBeNull();
  });

  it('holds exactly what differs, and a value where there was none', () => {
    expect(claimedFields(known, { ...typed, given: 'Hanna', phone: '+48 22 608 29 99' })).toEqual({ given: 'Hanna', phone: '+48 22 608 29 99' });
  });

  it('takes an empty field for no claim', () => {
    expect(claimedFields(known, { ...typed, family: null, institution: null, position: null })).toBeNull();
  });
});

describe('clashesAmong', () => {
  const at = (id: string, from: number, to: number) => ({ id, startsAt: new Date(from * 60_000), endsAt: new Date(to * 60_000) });

  it('finds each overlapping pair once', () => {
    expect(clashesAmong([at('c', 80, 100), at('a', 0, 90), at('b', 10, 20)])).toEqual([
      ['a', 'b'],
      ['a', 'c'],
    ]);
  });

  it('lets one begin when another ends', () => {
    expect(clashesAmong([at('a', 0, 60), at('b', 60, 90)])).toEqual([]);
  });
});
