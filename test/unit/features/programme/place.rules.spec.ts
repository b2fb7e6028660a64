import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '../../../../src/kernel/errors.js';
import { readPlace, readStart } from '../../../../src/features/programme/place.rules.js';

const typed = { day: '2027-10-12', time: '10:00', minutes: 45, roomId: 'r' };
const problems = (read: () => unknown) => {
  try {
    read();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ field, code }) => [field, code]);
    throw error;
  }
  return [];
};

describe('a typed place', () => {
  it('is read on the clock of the zone', () => {
    expect(readPlace(typed, 'Europe/Minsk')).toEqual({
      place: { start: new Date('2027-10-12T07:00:00Z'), minutes: 45, roomId: 'r' },
      repeated: false,
    });
  });
  it('without day and time is the tray', () => {
    expect(readPlace({ ...typed, day: null, time: null }, 'Europe/Minsk').place).toEqual({
      start: null,
      minutes: 45,
      roomId: 'r',
    });
  });
  it('asks for the missing half', () => {
    expect(problems(() => readPlace({ ...typed, time: null }, 'Europe/Minsk'))).toEqual([['time', 'error.required']]);
    expect(problems(() => readPlace({ ...typed, day: null }, 'Europe/Minsk'))).toEqual([['day', 'error.required']]);
  });
  it('is refused in an hour that the clock skips, and the first of a repeated one [X10]', () => {
    expect(problems(() => readPlace({ ...typed, day: '2027-03-28', time: '02:30' }, 'Europe/Warsaw'))).toEqual([
      ['time', 'error.programme.skippedHour'],
    ]);
    expect(readPlace({ ...typed, day: '2027-10-31', time: '02:30' }, 'Europe/Warsaw')).toMatchObject({
      place: { start: new Date('2027-10-31T00:30:00Z') },
      repeated: true,
    });
  });
  it('names the field that the caller says', () => {
    expect(problems(() => readStart('2027-02-30T10:00', 'Europe/Minsk', 'place.start'))).toEqual([
      ['place.start', 'error.time.local'],
    ]);
  });
});
