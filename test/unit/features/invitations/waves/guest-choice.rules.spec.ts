import { describe, expect, it } from '@jest/globals';
import {
  leftOutReason,
  type GuestSource,
  type KnownOfGuests,
} from '../../../../../src/features/invitations/waves/guest-choice.rules.js';

const NOBODY: KnownOfGuests = {
  inWave: new Set(),
  invited: new Set(),
  declined: new Set(),
  registered: new Set(),
  future: new Map(),
  stopped: new Set(),
};
const person = { id: 'a', email: 'A@example.org' };
const why = (
  known: Partial<KnownOfGuests>,
  source: GuestSource = 'list',
  who: typeof person | { id: string; email: null } = person,
) => leftOutReason(who, source, { ...NOBODY, ...known });

describe('who is not invited', () => {
  it('is in the wave, asked, has declined, takes part, or cannot be written to', () => {
    const a = new Set(['a']);
    expect(why({ inWave: a, invited: a })).toBe('inWave');
    expect(why({ invited: a, declined: a })).toBe('invited');
    expect(why({ declined: a })).toBe('declined');
    expect(why({ registered: a })).toBe('registered');
    expect(why({ stopped: new Set(['a@example.org']) })).toBe('stopped');
    expect(why({}, 'list', { id: 'a', email: null })).toBe('noAddress');
    expect(why({})).toBeNull();
  });

  it('has not agreed to be invited again, where nothing else connects us', () => {
    expect(why({}, 'people')).toBe('noConsent');
    expect(why({ future: new Map([['a', true]]) }, 'people')).toBeNull();
    expect(why({}, 'partners')).toBeNull();
  });

  it('has refused, wherever they were found', () => {
    for (const source of ['people', 'partners', 'list'] as const)
      expect(why({ future: new Map([['a', false]]) }, source)).toBe('refused');
  });
});
