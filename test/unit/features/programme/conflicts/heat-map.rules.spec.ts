import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictIndex } from '../../../../../src/features/programme/conflicts/conflict-index.rules.js';
import { pointsOf, worst } from '../../../../../src/features/programme/conflicts/finding.rules.js';
import { heatMap, severityOf } from '../../../../../src/features/programme/conflicts/heat-map.rules.js';
import { explainPlace, movedTo } from '../../../../../src/features/programme/conflicts/places.rules.js';
import {
  houseArbitrary,
  MINUTE,
  MONDAY,
  ROOMS,
  sessionArbitrary,
  sessionsArbitrary,
} from '../../../../support/conflict-world.js';

describe('the heat map', () => {
  it('says of every place what the explanation of that place says', () => {
    fc.assert(
      fc.property(
        sessionsArbitrary,
        houseArbitrary,
        sessionArbitrary,
        fc.nat(50),
        (sessions, house, place, signUps) => {
          const index = new ConflictIndex(house, sessions);
          const session = { ...place, id: sessions[0]?.id ?? 'new' };
          const starts = Array.from({ length: 30 }, (_, i) => MONDAY + (i * 20 - 40) * MINUTE);
          const rooms = Object.keys(ROOMS);
          const map = heatMap(index, house, session, { starts, rooms, signUps });
          const cells = rooms.flatMap((roomId) => starts.map((start) => movedTo(session, start, roomId)));
          const explained = cells.map((there) => explainPlace(index, house, there, signUps));
          expect([...map.heat].map(severityOf)).toEqual(explained.map(worst));
          expect([...map.points]).toEqual(explained.map(pointsOf));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('leaves out what moves along, as the explanation does', () => {
    fc.assert(
      fc.property(sessionsArbitrary, houseArbitrary, fc.nat(), (sessions, house, seed) => {
        const [session] = sessions;
        fc.pre(session !== undefined);
        const without = new Set(sessions.filter((_one, n) => (seed >> (n % 30)) & 1).map(({ id }) => id)).add(
          session!.id,
        );
        const index = new ConflictIndex(house, sessions);
        const starts = Array.from({ length: 20 }, (_, i) => MONDAY + i * 30 * MINUTE);
        const rooms = Object.keys(ROOMS);
        const map = heatMap(index, house, session!, { starts, rooms, signUps: 0, without });
        const explained = rooms.flatMap((roomId) =>
          starts.map((start) => explainPlace(index, house, movedTo(session!, start, roomId), 0, without)),
        );
        expect([...map.points]).toEqual(explained.map(pointsOf));
        const alone = new ConflictIndex(
          house,
          sessions.filter(({ id }) => id === session!.id || !without.has(id)),
        );
        expect([...map.points]).toEqual([...heatMap(alone, house, session!, { starts, rooms, signUps: 0 }).points]);
      }),
      { numRuns: 100 },
    );
  });
});
