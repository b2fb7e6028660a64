import { describe, expect, it } from '@jest/globals';
import { byDay, daysFrom, firstDayOf } from '../../../../src/features/desk/building-calendar.rules.js';

const at = (id: string, from: string, to: string, roomId: string | null = 'A') => ({
  id,
  startsAt: new Date(`2027-02-${from}:00+03:00`),
  endsAt: new Date(`2027-02-${to}:00+03:00`),
  roomId,
});

describe('the days of the calendar of the building', () => {
  it('are one, or a week from Monday, whichever of its days was asked for', () => {
    expect(firstDayOf('2027-02-10', 1)).toBe('2027-02-10');
    for (const day of ['2027-02-08', '2027-02-10', '2027-02-14']) expect(firstDayOf(day, 7)).toBe('2027-02-08');
    expect(daysFrom('2027-02-27', 3)).toEqual(['2027-02-27', '2027-02-28', '2027-03-01']);
  });

  it('have their rooms in the order of the house, each in order of time, and what has no room last', () => {
    const entries = [
      at('late', '10T15:00', '10T16:00'),
      at('outside', '10T08:00', '10T09:00', null),
      at('early', '10T10:00', '10T11:00'),
      at('other', '10T09:00', '10T10:00', 'B'),
    ];
    const [day] = byDay(entries, ['2027-02-10'], ['B', 'A'], 'Europe/Minsk');
    expect(day!.rooms.map(({ roomId, entries: own }) => [roomId, own.map(({ id }) => id)])).toEqual([
      ['B', ['other']],
      ['A', ['early', 'late']],
      [null, ['outside']],
    ]);
  });

  it('show what goes on over midnight on each of them, but not what ends at midnight', () => {
    const entries = [at('exhibition', '09T10:00', '11T18:00'), at('evening', '10T20:00', '11T00:00')];
    const days = byDay(entries, daysFrom('2027-02-09', 3), ['A'], 'Europe/Minsk');
    expect(days.map(({ rooms }) => rooms[0]!.entries.map(({ id, began, goesOn }) => [id, began, goesOn]))).toEqual([
      [['exhibition', false, true]],
      [
        ['exhibition', true, true],
        ['evening', false, false],
      ],
      [['exhibition', true, false]],
    ]);
  });
});
