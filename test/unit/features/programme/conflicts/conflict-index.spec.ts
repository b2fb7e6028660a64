import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ConflictIndex } from '../../../../../src/features/programme/conflicts/conflict-index.js';
import {
  finding,
  findingKey,
  type Finding,
  type PlacedSession,
} from '../../../../../src/features/programme/conflicts/finding.rules.js';

const MINUTE = 60_000;

/** Every pair, every shared thing: slow and plain. */
function bruteForce(sessions: readonly PlacedSession[]): Finding[] {
  return sessions.flatMap((a, i) => sessions.slice(i + 1).flatMap((b) => between(a, b)));
}

function between(a: PlacedSession, b: PlacedSession): Finding[] {
  const minutes = (Math.min(a.end, b.end) - Math.max(a.start, b.start)) / MINUTE;
  if (minutes <= 0) return [];
  const both = { sessions: [a.id, b.id], minutes };
  const room =
    a.roomId !== null && a.roomId === b.roomId && !(a.parallel && b.parallel)
      ? [finding('room-double', { ...both, rooms: [a.roomId] })]
      : [];
  const people = [...new Set(a.people)].filter((id) => b.people.includes(id));
  return [...room, ...people.map((id) => finding('person-double', { ...both, people: [id] }))];
}

const sorted = (found: readonly Finding[]) => [...found].sort((a, b) => (findingKey(a) < findingKey(b) ? -1 : 1));

const session = fc.record({
  start: fc.integer({ min: 0, max: 60 }).map((slot) => slot * 5 * MINUTE),
  length: fc.integer({ min: 1, max: 24 }).map((slots) => slots * 5 * MINUTE),
  roomId: fc.option(fc.constantFrom('A', 'B', 'C')),
  people: fc.array(fc.constantFrom('p', 'q', 'r', 's', 'A'), { maxLength: 4 }),
  parallel: fc.boolean(),
});
const programme = fc
  .array(session, { maxLength: 40 })
  .map((list) =>
    list.map(({ start, length, ...rest }, index): PlacedSession => ({
      id: `s${String(index).padStart(2, '0')}`,
      start,
      end: start + length,
      ...rest,
    })),
  );

const at = (id: string, start: number, end: number, more: Partial<PlacedSession> = {}): PlacedSession => ({
  id,
  start: start * MINUTE,
  end: end * MINUTE,
  roomId: 'A',
  people: [],
  parallel: false,
  ...more,
});

describe('the conflict index', () => {
  it('finds exactly what comparing every pair finds', () => {
    fc.assert(
      fc.property(programme, (sessions) => {
        expect(sorted(new ConflictIndex(sessions).all())).toEqual(sorted(bruteForce(sessions)));
      }),
      { numRuns: 500 },
    );
  });

  it('answers for one session, there or elsewhere, what comparing it with all others finds', () => {
    fc.assert(
      fc.property(programme, session, fc.nat(), (sessions, place, pick) => {
        const index = new ConflictIndex(sessions);
        const moved = {
          ...place,
          id: sessions[pick % Math.max(1, sessions.length)]?.id ?? 'new',
          end: place.start + place.length,
        };
        const others = sessions.filter(({ id }) => id !== moved.id).flatMap((other) => between(moved, other));
        expect(sorted(index.against(moved))).toEqual(sorted(others));
      }),
      { numRuns: 500 },
    );
  });

  it('says nothing about sessions that only touch', () => {
    expect(new ConflictIndex([at('a', 0, 60), at('b', 60, 90)]).all()).toEqual([]);
  });

  it('lets parallel sessions share a room with each other, not with others', () => {
    const [a, b] = [at('a', 0, 60, { parallel: true }), at('b', 0, 60, { parallel: true })];
    expect(new ConflictIndex([a, b]).all()).toEqual([]);
    expect(new ConflictIndex([a, { ...b, parallel: false }]).all()).toMatchObject([
      { rule: 'room-double', minutes: 60 },
    ]);
  });

  it('does not see a person twice who has two roles in one session', () => {
    expect(new ConflictIndex([at('a', 0, 60, { people: ['p', 'p'] })]).all()).toEqual([]);
  });

  it('names a pair the same whichever comes first', () => {
    const [a, b] = [at('b', 0, 60), at('a', 30, 90)];
    expect(new ConflictIndex([a, b]).all().map(findingKey)).toEqual(['room-double|a|b|A']);
    expect(new ConflictIndex([b, a]).against(a).map(findingKey)).toEqual(['room-double|a|b|A']);
  });
});
