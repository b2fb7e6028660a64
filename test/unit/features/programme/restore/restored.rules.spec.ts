import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activeKey, seatKey } from '../../../../../src/features/programme/assignment.rules.js';
import {
  stepsBetween,
  type DraftState,
  type PlaceRow,
  type RowSteps,
  type SessionRow,
} from '../../../../../src/features/programme/restore/draft-state.rules.js';
import { restoredFromKept, restoredFromRelease } from '../../../../../src/features/programme/restore/restored.rules.js';
import { after, broken, drafts, house, releaseOf } from './random-drafts.js';

const steps = (before: DraftState, state: DraftState): number =>
  Object.values(stepsBetween(before, state) as unknown as Record<string, RowSteps<unknown>>).reduce(
    (sum, { added, changed, removed }) => sum + added.length + changed.length + removed.length,
    0,
  );

describe('restoring a release into the draft', () => {
  it('leaves no difference to the release, but for what is said to be left out', () => {
    let whole = 0;
    fc.assert(
      fc.property(drafts(), drafts(), (then, later) => {
        const release = releaseOf(then);
        const { state, leftOut } = restoredFromRelease(after(release, later), release, house);
        expect(broken(state)).toEqual([]);
        const now = releaseOf(state);
        if (leftOut.length === 0) {
          whole++;
          expect(now).toEqual(release);
          return;
        }
        const answers = new Set(leftOut.flatMap((one) => (one.what === 'answer' ? [one.sessionId] : [])));
        const strands = new Set(leftOut.flatMap((one) => (one.what === 'strand' ? [one.sessionId] : [])));
        expect(leftOut.filter(({ what }) => !['answer', 'strand'].includes(what))).toEqual([]);
        const shown = (rows: typeof release) =>
          rows
            .map(({ sessionId, content: { people, strand, ...content } }) => ({
              sessionId,
              ...content,
              people: answers.has(sessionId) ? null : people,
              strand: strands.has(sessionId) ? null : strand,
            }))
            .sort((a, b) => (a.sessionId < b.sessionId ? -1 : 1));
        expect(shown(now)).toEqual(shown(release));
      }),
      { numRuns: 300 },
    );
    expect(whole).toBeGreaterThan(10);
  });

  it('changes nothing when it is done twice, and nothing that the release did not show but out of sight', () => {
    fc.assert(
      fc.property(drafts(), drafts(), (then, later) => {
        const release = releaseOf(then);
        const before = after(release, later);
        const { state } = restoredFromRelease(before, release, house);
        expect(steps(state, restoredFromRelease(state, release, house).state)).toBe(0);
        const shown = new Set(release.map(({ sessionId }) => sessionId));
        for (const row of before.sessions.filter(({ id }) => !shown.has(id))) {
          const { startsAt, endsAt, status, ...rest } = state.sessions.find(({ id }) => id === row.id)!;
          expect(rest).toEqual((({ startsAt: _s, endsAt: _e, status: _t, ...kept }) => kept)(row));
          expect([row.status, 'removed']).toContain(status);
          expect([row.startsAt, null]).toContain(startsAt);
          expect(endsAt === null).toBe(startsAt === null);
        }
        const mine = (people: readonly PlaceRow[]) => people.filter(({ sessionId }) => !shown.has(sessionId));
        expect(mine(state.people)).toEqual(mine(before.people));
      }),
    );
  });

  it('overrules nobody’s answer: who declined or has not answered since stays so', () => {
    fc.assert(
      fc.property(drafts(), drafts(), (then, later) => {
        const release = releaseOf(then);
        const { state } = restoredFromRelease(later, release, house);
        const now = new Map(state.people.map((row) => [row.id, row.state]));
        const open = later.people.filter(({ state: answer, talkId }) => answer !== 'confirmed' && talkId === null);
        for (const row of open) expect([row.id, now.get(row.id)]).toEqual([row.id, row.state]);
      }),
    );
  });
});

describe('bringing back a kept draft', () => {
  const comparable = (rows: readonly { id: string }[]) =>
    [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => ({ ...row, version: 0, revision: 0 }));

  it('undoes a restoration: every row is as it was', () => {
    fc.assert(
      fc.property(drafts(), drafts(), (then, later) => {
        const release = releaseOf(then);
        const before = after(release, later);
        const { state } = restoredFromRelease(before, release, house);
        const undone = restoredFromKept(state, before, house);
        expect(undone.leftOut).toEqual([]);
        for (const table of ['strands', 'sessions', 'talks', 'people'] as const) {
          const ids = new Set(before[table].map(({ id }) => id));
          // A strand that the release brought back stays: nobody is harmed by it.
          const found = undone.state[table].filter(({ id }) => table !== 'strands' || ids.has(id));
          expect(comparable(found)).toEqual(comparable(before[table]));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives rows that the database takes, whatever happened since, and is the same when done twice', () => {
    fc.assert(
      fc.property(drafts(), drafts(), fc.subarray(['s1', 's2', 's3']), (kept, now, gone) => {
        const left = <R extends { sessionId: string }>(rows: readonly R[]) =>
          rows.filter(({ sessionId }) => !gone.includes(sessionId));
        const current = {
          strands: now.strands.slice(0, 1),
          sessions: now.sessions.filter(({ id }) => !gone.includes(id)).map((row) => ({ ...row, strandId: null })),
          talks: left(now.talks),
          people: left(now.people),
        };
        const { state } = restoredFromKept(current, kept, house);
        expect(broken(state)).toEqual([]);
        expect(steps(state, restoredFromKept(state, kept, house).state)).toBe(0);
      }),
    );
  });
});

describe('the steps from one draft to another', () => {
  it('lead from the one to the other: apply(diff(a, b), a) = b', () => {
    const applied = <R extends { id: string }>(rows: readonly R[], { added, changed, removed }: RowSteps<R>): R[] => {
      const gone = new Set(removed.map(({ id }) => id));
      const next = new Map(changed.map(({ after: row }) => [row.id, row]));
      return [...rows.filter(({ id }) => !gone.has(id)).map((row) => next.get(row.id) ?? row), ...added];
    };
    const plain = (rows: readonly { id: string }[]) =>
      [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map((row) => ({ ...row, version: 0, revision: 0 }));
    fc.assert(
      fc.property(drafts(), drafts(), (a, b) => {
        const all = stepsBetween(a, b);
        expect(plain(applied(a.sessions, all.sessions))).toEqual(plain(b.sessions));
        expect(plain(applied(a.talks, all.talks))).toEqual(plain(b.talks));
        expect(plain(applied(a.people, all.people))).toEqual(plain(b.people));
        expect(plain(applied(a.strands, all.strands))).toEqual(plain(b.strands));
      }),
    );
  });
});

describe('what cannot come back', () => {
  const row: SessionRow = {
    id: 's1',
    code: 'abc',
    kind: 'round_table',
    title: { en: 'Table' },
    abstract: {},
    strandId: 'st1',
    roomId: 'r1',
    startsAt: '2027-10-12T07:00:00.000Z',
    endsAt: '2027-10-12T08:00:00.000Z',
    minutes: 60,
    onlineUrl: null,
    languages: [],
    interpretation: [],
    capacity: null,
    status: 'planned',
    restricted: false,
    revision: 1,
    version: 3,
  };
  const seat = (personId: string, number: number, state: PlaceRow['state'] = 'confirmed'): PlaceRow => {
    const place = { sessionId: 's1', personId, role: 'panelist' as const, talkId: null };
    return {
      id: `a-${personId}`,
      ...place,
      state,
      seat: number,
      position: number,
      zone: null,
      activeKey: activeKey(place, state),
      seatKey: seatKey('s1', number, state),
      version: 1,
    };
  };
  const strand = { id: 'st1', code: 'history', name: { en: 'History' }, colour: 'teal', position: 1, version: 1 };
  const draft: DraftState = { strands: [strand], sessions: [row], talks: [], people: [seat('ada', 1)] };
  const release = releaseOf(draft);
  const whats = (state: DraftState, changes: Partial<typeof house> = {}) =>
    restoredFromRelease(state, release, { ...house, ...changes });

  it('is a room that is gone, a person who is gone, and another zone', () => {
    const found = whats({ ...draft, people: [] }, { rooms: new Set(), people: new Set(), zone: 'Europe/Warsaw' });
    expect(found.leftOut.map(({ what }) => what)).toEqual(['zone', 'room', 'person']);
    expect(found.state.sessions[0]!.roomId).toBeNull();
    expect(found.state.people).toEqual([]);
  });

  it('is the code of a strand that another has by now', () => {
    const other = { ...strand, id: 'st9' };
    const found = whats({ ...draft, strands: [other], sessions: [{ ...row, strandId: null }] });
    expect(found.leftOut).toEqual([{ what: 'strand', sessionId: 's1', name: { en: 'Table' } }]);
    expect(found.state.strands).toEqual([other]);
  });

  it('gives the seat back, and whoever was asked meanwhile the next one', () => {
    const found = whats({ ...draft, people: [seat('bob', 1, 'proposed')] });
    expect(found.state.people.map(({ personId, seat: number, state }) => [personId, number, state])).toEqual([
      ['ada', 1, 'confirmed'],
      ['bob', 2, 'proposed'],
    ]);
  });

  it('says of a released session that is missing altogether that it is', () => {
    expect(whats({ ...draft, sessions: [], people: [] }).leftOut).toEqual([
      { what: 'session', sessionId: 's1', name: { en: 'Table' } },
    ]);
  });
});
