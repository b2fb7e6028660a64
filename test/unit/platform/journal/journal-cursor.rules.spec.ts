import { describe, expect, it } from '@jest/globals';
import {
  advanced,
  firstIdAt,
  LATE_MS,
  readAgainFrom,
  readCursor,
  timeOfId,
  wasGiven,
  writeCursor,
  type JournalCursor,
} from '../../../../src/platform/journal/journal-cursor.rules.js';

const T = Date.parse('2027-10-12T06:00:00.123Z');
const idAt = (ms: number, end = 'abcdef012345') => firstIdAt(ms).replace('000000000000', end);
const start: JournalCursor = { at: T, given: new Map() };

describe('journal cursor', () => {
  it('reads the millisecond of an id back', () => expect(timeOfId(idAt(T))).toBe(T));

  it('keeps what was given while it is read again, and forgets it afterwards', () => {
    const young = advanced(start, [idAt(T + 10)], T + 20);
    expect(wasGiven(young, idAt(T + 10))).toBe(true);
    expect(readAgainFrom(young)).toBe(firstIdAt(T + 10 - LATE_MS));
    const old = advanced(young, [idAt(T + 20_000, 'fff')], T + 20_000);
    expect(wasGiven(old, idAt(T + 10))).toBe(false);
    expect(readAgainFrom(old) > idAt(T + 10)).toBe(true);
  });

  it('does not run ahead of now with an entry from a fast clock, and gives that entry once', () => {
    const cursor = advanced(start, [idAt(T + 3_600_000)], T + 5);
    expect(cursor.at).toBe(T + 5);
    expect(wasGiven(cursor, idAt(T + 3_600_000))).toBe(true);
  });

  it('comes back from one word', () => {
    const cursor = advanced(start, [idAt(T + 1), idAt(T + 2, '0123456789ab')], T + 5);
    const back = readCursor(writeCursor(cursor))!;
    expect(back.at).toBe(T + 2);
    expect(
      [idAt(T + 1), idAt(T + 2, '0123456789ab'), idAt(T + 2, 'eeeeeeeeeeee')].map((id) => wasGiven(back, id)),
    ).toEqual([true, true, false]);
  });

  it.each(['', '.', 'ABC', 'k.xyz', `k.${'0'.repeat(17)}`, 'k\n', 'zzzzzzzzzzzz'])('refuses %j', (word) =>
    expect(readCursor(word)).toBeUndefined(),
  );
});
