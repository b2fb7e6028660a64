import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictIndex } from '../../../../../src/features/programme/conflicts/conflict-index.rules.js';
import { findingKey, severityFor } from '../../../../../src/features/programme/conflicts/finding.rules.js';
import type { PlacedSession } from '../../../../../src/features/programme/conflicts/placed-session.rules.js';
import {
  aHouse,
  at,
  between,
  bruteForce,
  houseArbitrary,
  sessionArbitrary,
  sessionsArbitrary,
  sorted,
} from '../../../../support/conflict-world.js';

const house = aHouse();
const all = (...sessions: PlacedSession[]) => new ConflictIndex(house, sessions).all();
const told = (...sessions: PlacedSession[]) => all(...sessions).map(({ rule, minutes }) => `${rule} ${minutes}`);

describe('the conflict index', () => {
  it('finds exactly what comparing every pair finds', () => {
    fc.assert(
      fc.property(sessionsArbitrary, houseArbitrary, (sessions, rules) => {
        expect(sorted(new ConflictIndex(rules, sessions).all())).toEqual(sorted(bruteForce(sessions, rules)));
      }),
      { numRuns: 200 },
    );
  });

  it('answers for one session, there or elsewhere, what comparing it with all others finds', () => {
    fc.assert(
      fc.property(sessionsArbitrary, houseArbitrary, sessionArbitrary, fc.nat(), (sessions, rules, place, pick) => {
        const index = new ConflictIndex(rules, sessions);
        const moved = { ...place, id: sessions[pick % Math.max(1, sessions.length)]?.id ?? 'new' };
        const others = sessions.filter(({ id }) => id !== moved.id).flatMap((other) => between(moved, other, rules));
        expect(sorted(index.against(moved))).toEqual(sorted(others));
      }),
      { numRuns: 200 },
    );
  });

  it('says nothing about sessions that only touch', () => {
    expect(all(at('a', 0, 60, { people: ['p'] }), at('b', 60, 90, { people: ['p'] }))).toEqual([]);
  });

  it('lets parallel sessions share a room with each other, not with others', () => {
    const [a, b] = [at('a', 0, 60, { parallel: true }), at('b', 0, 60, { parallel: true })];
    expect(told(a, b)).toEqual([]);
    expect(told(a, { ...b, parallel: false })).toEqual(['room-double 60']);
  });

  it('closes a room for as long as a blocker stands there', () => {
    expect(told(at('a', 0, 60), at('b', 45, 600, { blocker: true }))).toEqual(['room-closed 15']);
  });

  it('finds an exhibition that has stood in the hall for weeks, and not where its wall is open to another', () => {
    const weeks = at('exhibition', -30_000, 30_000, { roomId: 'AB', parallel: true });
    expect(told(weeks, at('plenary', 600, 660, { roomId: 'A' }))).toEqual(['room-double 60']);
    expect(told(weeks, at('opening', 600, 660, { roomId: 'B', parallel: true }))).toEqual([]);
    expect(told(weeks, at('section', 600, 660, { roomId: 'C' }))).toEqual([]);
  });

  it('sees two halls that share a part, and tells the pair once', () => {
    const found = all(at('a', 0, 60, { roomId: 'AB' }), at('b', 30, 60, { roomId: 'BC' }));
    expect(found.map(findingKey)).toEqual(['room-double|a|b|AB|BC']);
    expect(told(at('a', 0, 60, { roomId: 'AB' }), at('b', 30, 60, { roomId: 'AB' }))).toEqual(['room-double 30']);
  });

  it('wants time to set up a room anew, by the stricter programme', () => {
    const a = at('a', 0, 60, { layout: 'theatre' });
    const b = at('b', 80, 120, { layout: 'round_table' });
    expect(told(a, b)).toEqual(['setup-short 10']);
    expect(told(a, { ...b, layout: 'theatre' })).toEqual([]);
    expect(told(a, { ...b, layout: null })).toEqual([]);
    const strict = aHouse({ limits: { setup: 0 }, ofP2: { setup: 45 } });
    expect(new ConflictIndex(strict, [a, { ...b, programmeId: 'P2' }]).all()).toMatchObject([{ minutes: 25 }]);
  });

  it.each([
    ['to the next room', 'B', 'walk-short 5'],
    ['to another venue', 'M', 'travel-short 35'],
    ['to a hall that the room is part of', 'AB', undefined],
    ['to a session without a room', null, undefined],
  ])('wants time to go %s', (_name, roomId, expected) => {
    const [a, b] = [at('a', 0, 60, { people: ['p'] }), at('b', 70, 120, { people: ['p'], roomId })];
    expect(told(a, b)).toEqual(expected ? [expected] : []);
    expect(told(a, { ...b, online: { p: 'Europe/Minsk' } })).toEqual([]);
  });

  it('does not see a person twice who has two roles in one session', () => {
    expect(all(at('a', 0, 60, { people: ['p', 'p'] }))).toEqual([]);
  });

  it('tells a delegation that is in two places once, whoever is in it, and not its people by themselves', () => {
    const comes = { programmeId: 'V', people: ['p', 'q', 's'], stay: null };
    const plenary = at('plenary', 0, 90, { attended: [comes] });
    const talks = at('talks', 60, 120, { programmeId: 'V', roomId: 'C', people: ['q', 'p', 'host'] });
    expect(all(plenary, talks)).toEqual([
      {
        rule: 'attended-double',
        severity: 'warning',
        sessions: ['plenary', 'talks'],
        people: ['p', 'q'],
        rooms: [],
        minutes: 30,
        by: 'V',
      },
    ]);
    expect(severityFor(all(plenary, talks)[0]!, 'V')).toBe('error');
    expect(severityFor(all(plenary, talks)[0]!, 'P1')).toBe('warning');
    expect(told(plenary, { ...talks, start: plenary.end })).toEqual(['attended-way-short 15']);
    expect(told({ ...plenary, people: ['p'] }, { ...talks, people: ['p'] })).toEqual(['person-double 30']);
  });

  it('names a pair the same whichever comes first', () => {
    const [a, b] = [at('b', 0, 60), at('a', 30, 90)];
    expect(all(a, b).map(findingKey)).toEqual(['room-double|a|b|A']);
    expect(new ConflictIndex(house, [b, a]).against(a).map(findingKey)).toEqual(['room-double|a|b|A']);
  });
});
