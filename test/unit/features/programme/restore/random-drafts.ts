import fc from 'fast-check';
import {
  activeKey,
  seatKey,
  type AssignmentRole,
  type AssignmentState,
} from '../../../../../src/features/programme/assignment.rules.js';
import { contentOf, inOrder, isShown } from '../../../../../src/features/programme/release-content.rules.js';
import type {
  DraftState,
  House,
  PlaceRow,
  ReleasedRow,
  SessionRow,
  StrandRow,
  TalkRow,
} from '../../../../../src/features/programme/restore/draft-state.rules.js';

const SESSIONS = ['s1', 's2', 's3', 's4', 's5', 's6'];
const ROOMS = ['r1', 'r2', 'r3'];
const PEOPLE = ['ada', 'bob', 'eve', 'zoe'];
export const ZONE = 'Europe/Minsk';

let serial = 0;
export const house: House = {
  zone: ZONE,
  rooms: new Set(ROOMS),
  people: new Set(PEOPLE),
  newId: () => `new-${++serial}`,
};

const title = () => fc.constantFrom({}, { en: 'Books' }, { be: 'Кнігі', en: 'Books' });
const start = () => fc.constantFrom(null, '2027-10-12T07:00:00.000Z', '2027-10-13T09:30:00.000Z');
const version = () => fc.integer({ min: 1, max: 9 });

const sessionRow = (id: string): fc.Arbitrary<SessionRow> =>
  fc
    .record({
      kind: fc.constantFrom('section', 'round_table'),
      title: title(),
      abstract: title(),
      strandId: fc.constantFrom(null, 'st1', 'st2'),
      roomId: fc.constantFrom(null, ...ROOMS),
      startsAt: start(),
      minutes: fc.constantFrom(30, 60),
      onlineUrl: fc.constantFrom(null, 'https://example.org/join'),
      languages: fc.subarray(['be', 'en']),
      interpretation: fc.subarray(['ru']),
      capacity: fc.constantFrom(null, 20),
      expected: fc.constantFrom(null, 50),
      status: fc.constantFrom('planned', 'planned', 'cancelled', 'removed'),
      parallel: fc.boolean(),
      restricted: fc.boolean(),
      revision: fc.constantFrom(0, 1, 2),
      version: version(),
    })
    .map((row) => {
      const endsAt = row.startsAt && new Date(Date.parse(row.startsAt) + row.minutes * 60_000).toISOString();
      // Only what was public once is removed without being deleted.
      const revision = row.status === 'removed' ? Math.max(1, row.revision) : row.revision;
      return { ...row, id, code: `code-${id}`, endsAt, revision } as SessionRow;
    });

const talkRow = (id: string, sessionId: string): fc.Arbitrary<TalkRow> =>
  fc
    .record({
      title: title(),
      abstract: title(),
      minutes: fc.constantFrom(null, 20),
      language: fc.constantFrom(null, 'be'),
      position: fc.integer({ min: 1, max: 3 }),
      version: version(),
    })
    .map((row) => ({ ...row, id, sessionId, code: `code-${id}` }));

const placeRows = (sessionId: string, talks: readonly string[]): fc.Arbitrary<PlaceRow[]> =>
  fc
    .uniqueArray(
      fc.record({
        personId: fc.constantFrom(...PEOPLE),
        role: fc.constantFrom<AssignmentRole>('chair', 'speaker', 'panelist'),
        talkId: fc.constantFrom<(string | null)[]>(null, ...talks),
        state: fc.constantFrom<AssignmentState>('confirmed', 'confirmed', 'confirmed', 'proposed', 'declined'),
        position: fc.integer({ min: 1, max: 5 }),
        version: version(),
      }),
      { maxLength: 6, selector: (one) => [one.personId, one.role, one.talkId].join() },
    )
    .map((rows) => {
      const placed = rows.map((row, at): PlaceRow => {
        const seat = row.role === 'panelist' ? at + 1 : null;
        const place = { ...row, sessionId, talkId: row.role === 'speaker' ? row.talkId : null };
        return {
          ...place,
          id: `a-${sessionId}-${place.personId}-${place.role}-${place.talkId ?? ''}`,
          zone: null,
          seat,
          activeKey: activeKey(place, row.state),
          seatKey: seatKey(sessionId, seat, row.state),
        };
      });
      return [...new Map(placed.map((row) => [row.id, row])).values()];
    });

const strands = (): fc.Arbitrary<StrandRow[]> =>
  fc
    .record({
      codes: fc.shuffledSubarray(['a', 'b', 'c'], { minLength: 2 }),
      name: title(),
      colour: fc.constantFrom('teal', 'seagreen'),
    })
    .map(({ codes, name, colour }) =>
      codes.map((code, at): StrandRow => ({ id: `st${at + 1}`, code, name, colour, position: at + 1, version: 1 })),
    );

/** A draft of the same six sessions, each of which may miss talks and people. */
export function drafts(): fc.Arbitrary<DraftState> {
  return fc
    .record({
      strands: strands(),
      sessions: fc.tuple(...SESSIONS.map(sessionRow)),
      talks: fc.tuple(
        ...SESSIONS.flatMap((id) => [1, 2].map((n) => fc.option(talkRow(`${id}-t${n}`, id), { nil: undefined }))),
      ),
    })
    .chain(({ talks, ...rest }) => {
      const given = talks.filter((talk) => talk !== undefined);
      const people = SESSIONS.map((id) =>
        placeRows(
          id,
          given.filter(({ sessionId }) => sessionId === id).map((talk) => talk.id),
        ),
      );
      return fc.tuple(...people).map((lists): DraftState => ({ ...rest, talks: given, people: lists.flat() }));
    });
}

const ROOM = (id: string) => ({
  id,
  code: id,
  name: { en: `Room ${id}` },
  venue: { name: { en: 'Library' } },
  position: 1,
});

/** What a release of this draft would say. */
export function releaseOf({ sessions, strands: all, talks, people }: DraftState): ReleasedRow[] {
  return sessions
    .filter(isShown)
    .map((session): ReleasedRow => ({
      sessionId: session.id,
      content: contentOf(session, {
        zone: ZONE,
        talks: talks.filter(({ sessionId }) => sessionId === session.id),
        people: people.filter(({ sessionId }) => sessionId === session.id),
        strand: all.find(({ id }) => id === session.strandId),
        room: session.roomId === null ? undefined : ROOM(session.roomId),
      }),
    }))
    .sort((a, b) => inOrder(a.content, b.content));
}

/** The draft later: what the release showed is marked as released, however the rest has changed. */
export function after(release: readonly ReleasedRow[], later: DraftState): DraftState {
  const shown = new Set(release.map(({ sessionId }) => sessionId));
  return {
    ...later,
    sessions: later.sessions.map((row) => (shown.has(row.id) ? { ...row, revision: Math.max(1, row.revision) } : row)),
  };
}

/** What the database refuses. */
export function broken({ sessions, strands: all, talks, people }: DraftState): string[] {
  const found: string[] = [];
  const once = (what: string, keys: readonly (string | null)[]) => {
    const given = keys.filter((key) => key !== null);
    if (new Set(given).size !== given.length) found.push(`two of one ${what}`);
  };
  once(
    'id',
    [...sessions, ...talks, ...people, ...all].map(({ id }) => id),
  );
  once(
    'strand code',
    all.map(({ code }) => code),
  );
  once(
    'active key',
    people.map((row) => row.activeKey),
  );
  once(
    'seat',
    people.map((row) => row.seatKey),
  );
  const ids = { session: new Set(sessions.map(({ id }) => id)), talk: new Set(talks.map(({ id }) => id)) };
  for (const row of people) {
    if (!ids.session.has(row.sessionId)) found.push(`${row.id} in no session`);
    if (row.talkId !== null && !ids.talk.has(row.talkId)) found.push(`${row.id} on no talk`);
    if (row.activeKey !== activeKey(row, row.state)) found.push(`${row.id} has a wrong active key`);
    if (row.seatKey !== seatKey(row.sessionId, row.seat, row.state)) found.push(`${row.id} has a wrong seat key`);
  }
  for (const row of sessions)
    if (row.strandId !== null && !all.some(({ id }) => id === row.strandId)) found.push(`${row.id} in no strand`);
  return found;
}
