import { describe, expect, it } from '@jest/globals';
import { ConflictIndex } from '../../../../../src/features/programme/conflicts/conflict-index.rules.js';
import { heatMap } from '../../../../../src/features/programme/conflicts/heat-map.rules.js';
import {
  blockers,
  explainPlace,
  freePlaces,
  movedTo,
  startsIn,
} from '../../../../../src/features/programme/conflicts/places.rules.js';
import { aHouse, at, MINUTE, MONDAY } from '../../../../support/conflict-world.js';

const day = { days: ['2027-10-11'], earliest: 540, latest: 720, step: 30 };
const clock = (ms: number) => new Date(ms + 180 * MINUTE).toISOString().slice(11, 16);

describe('possible starts', () => {
  it('lie in the window and end in it', () => {
    expect(startsIn(day, 90, 'Europe/Minsk').map(clock)).toEqual(['09:00', '09:30', '10:00', '10:30']);
  });

  it('are one for what is longer than the day', () => {
    expect(startsIn(day, 3000, 'Europe/Minsk').map(clock)).toEqual(['09:00']);
  });

  it('leave out the hour that the clock skips, and have the repeated one once', () => {
    const night = { earliest: 90, latest: 300, step: 30 };
    const starts = (date: string) => startsIn({ ...night, days: [date] }, 60, 'Europe/Warsaw').length;
    expect([starts('2027-03-27'), starts('2027-03-28'), starts('2027-10-31')]).toEqual([6, 4, 6]);
  });
});

describe('free places', () => {
  const house = aHouse({
    times: {
      q: { present: [{ start: MONDAY + 600 * MINUTE, end: MONDAY + 3000 * MINUTE }], available: [], unavailable: [] },
    },
  });
  const session = at('s', 540, 600, { people: ['q'], expected: 50 });
  const index = new ConflictIndex(house, [
    session,
    at('in A', 600, 720, { roomId: 'A' }),
    at('in B', 540, 660, { roomId: 'B' }),
  ]);
  const rooms = ['A', 'B', 'C'];
  const starts = startsIn(day, 60, 'Europe/Minsk');
  const map = heatMap(index, house, session, { starts, rooms, signUps: 0 });

  it('come best first: points, nearness, fit', () => {
    const places = freePlaces(map, session, house, { near: session.start, limit: 10 });
    expect(places.map(({ start, roomId, points }) => `${clock(start)} ${roomId} ${points}`)).toEqual([
      '10:00 C 100',
      '10:30 C 100',
      '11:00 B 100',
      '11:00 C 100',
    ]);
  });

  it('are as many as asked for', () => {
    expect(freePlaces(map, session, house, { near: session.start, limit: 1 })).toHaveLength(1);
  });

  it('are told with the reason of every refusal', () => {
    const refusals = rooms.flatMap((roomId) =>
      starts.map((start) => explainPlace(index, house, movedTo(session, start, roomId), 0)),
    );
    expect(blockers(refusals)).toEqual([
      { rule: 'room-double', places: 8, alone: 5, people: [], rooms: ['A', 'B'] },
      { rule: 'outside-presence', places: 6, alone: 3, people: ['q'], rooms: [] },
    ]);
  });
});
