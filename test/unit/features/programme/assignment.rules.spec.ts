import { describe, expect, it } from '@jest/globals';
import {
  activeKey,
  answered,
  ASSIGNMENT_ROLES,
  checkRole,
  inPrintOrder,
  nextSeat,
  seatFor,
  seatKey,
} from '../../../../src/features/programme/assignment.rules.js';

describe('an answer', () => {
  it.each([
    ['proposed', 'confirmed', 'confirmed'],
    ['proposed', 'declined', 'declined'],
    ['confirmed', 'declined', 'declined'],
    ['declined', 'confirmed', 'confirmed'],
    ['declined', 'proposed', 'proposed'],
    ['confirmed', 'confirmed', undefined],
  ] as const)('%s → %s', (from, to, next) => {
    expect(answered(from, to)).toBe(next);
  });
  it('does not take a confirmation back into a proposal', () => {
    expect(() => answered('confirmed', 'proposed')).toThrow('error.programme.alreadyConfirmed');
  });
});

describe('keys', () => {
  const place = { sessionId: 's', talkId: null, personId: 'p', role: 'chair' } as const;
  it('free person and seat after declining', () => {
    expect(activeKey(place, 'proposed')).toBe('s::p:chair');
    expect(activeKey(place, 'declined')).toBeNull();
    expect(seatKey('s', 3, 'confirmed')).toBe('s:3');
    expect(seatKey('s', 3, 'declined')).toBeNull();
    expect(seatKey('s', null, 'confirmed')).toBeNull();
  });
});

describe('seats', () => {
  const taken = (
    seat: number | null,
    state: 'proposed' | 'declined' = 'proposed',
    role: 'panelist' | 'moderator' = 'panelist',
  ) => ({ role, state, seat });
  it('are numbered from one, without gaps, declined ones free', () => {
    expect(nextSeat([])).toBe(1);
    expect(nextSeat([taken(1), taken(3)])).toBe(2);
    expect(nextSeat([taken(1), taken(2, 'declined'), taken(null, 'proposed', 'moderator')])).toBe(2);
  });
  it('are for panelists only', () => {
    expect(seatFor('moderator', 4, [])).toBeNull();
    expect(seatFor('panelist', null, [taken(1)])).toBe(2);
    expect(seatFor('panelist', 5, [taken(1)])).toBe(5);
    expect(() => seatFor('panelist', 1, [taken(1)])).toThrow('error.programme.seatTaken');
  });
});

it('has speakers on talks, and everybody on sessions', () => {
  for (const role of ASSIGNMENT_ROLES) expect(() => checkRole(role, false)).not.toThrow();
  expect(() => checkRole('speaker', true)).not.toThrow();
  expect(() => checkRole('moderator', true)).toThrow('error.programme.roleOnTalk');
});

it('prints the moderator before the panelists, and those by seat', () => {
  const one = (id: string, role: 'moderator' | 'panelist', seat: number | null, position: number) => ({
    id,
    role,
    seat,
    position,
  });
  const list = [one('a', 'panelist', 2, 1), one('b', 'panelist', 1, 2), one('c', 'moderator', null, 3)];
  expect(inPrintOrder(list).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
