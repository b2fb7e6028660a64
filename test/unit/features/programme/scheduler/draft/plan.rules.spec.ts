import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { congressOf } from '../../../../../../src/features/programme/scheduler/draft/draft-congress.rules.js';
import {
  moved,
  planOfFound,
  standingOf,
  stateOf,
  type PlannedMove,
} from '../../../../../../src/features/programme/scheduler/draft/plan.rules.js';
import { perform } from '../../../../../../src/features/programme/scheduler/scheduler-task.rules.js';
import { aDraft, anyDraft, asks, DAYS, draftSession, on } from './some-draft.js';

const asIs = (text: string) => text;
const start = on(DAYS[0]!, '10:00');
const session = draftSession('s', { start, people: ['p', 'q'], online: { p: 'Asia/Tokyo' }, expected: 40 });
const move: PlannedMove = {
  session: 's',
  print: standingOf(session),
  from: { start, minutes: 60, roomId: 'A' },
  to: { start: start + 3_600_000, minutes: 60, roomId: 'B' },
};

describe('a planned move', () => {
  it('is open while nothing on which its place depends has changed', () => {
    expect(stateOf(move, session, asIs)).toBe('open');
    expect(stateOf(move, { ...session, people: ['q', 'p'], signUps: 99, isAccepted: true }, asIs)).toBe('open');
  });

  it.each([
    ['stands elsewhere', { start: start + 60_000, end: session.end + 60_000 }],
    ['is longer', { end: session.end + 60_000 }],
    ['is in another room', { roomId: 'C' }],
    ['waits', { isPlaced: false }],
    ['has other people', { people: ['p'] }],
    ['has somebody in the room who was online', { online: {} }],
    ['is expected by others', { expected: 400 }],
    ['is pinned', { pinned: true }],
    ['is interpreted', { interpretation: ['en'] }],
    ['may share its room', { parallel: true }],
    ['has other chairs', { layout: 'banquet' }],
    ['belongs to a strand', { strandId: 'x' }],
    ['is something else', { kind: 'concert' as const }],
  ])('is no longer open when the session %s', (_what, change) => {
    expect(stateOf(move, { ...session, ...change }, asIs)).toBe('changed');
  });

  it('is done where somebody has done it, and gone with the session', () => {
    const { to } = move;
    const there = { ...session, start: to.start!, end: to.start! + 3_600_000, roomId: 'B', expected: 400 };
    expect(stateOf(move, there, asIs)).toBe('done');
    expect(stateOf(move, { ...there, isPlaced: false }, asIs)).toBe('changed');
    expect(stateOf(move, undefined, asIs)).toBe('gone');
    const back = { ...move, to: { ...to, start: null, roomId: null } };
    expect(stateOf(back, { ...session, isPlaced: false, roomId: null }, asIs)).toBe('done');
  });
});

describe('a plan that was found', () => {
  it('applied to the draft leaves exactly its moves done [property]', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const draft = anyDraft(seed);
        const mapped = congressOf(draft, asks({ aim: 'new', seed }));
        const found = perform(
          { congress: mapped.congress, aim: 'new-programme', seed, maxMoves: 500, seconds: null },
          {},
        );
        const plan = planOfFound(mapped, found, asIs);
        const before = new Map(draft.sessions.map((one) => [one.id, one]));
        expect(plan.moves.map((one) => stateOf(one, before.get(one.session), asIs))).toEqual(
          plan.moves.map(() => 'open'),
        );
        const after = moved(draft, plan.moves);
        const by = new Map(after.sessions.map((one) => [one.id, one]));
        expect(plan.moves.map((one) => stateOf(one, by.get(one.session), asIs))).toEqual(plan.moves.map(() => 'done'));
        const untouched = new Set(plan.moves.map((one) => one.session));
        expect(after.sessions.filter(({ id }) => !untouched.has(id))).toEqual(
          draft.sessions.filter(({ id }) => !untouched.has(id)),
        );
        const lengths = (sessions: typeof draft.sessions) => sessions.map((one) => one.end - one.start);
        expect(lengths(after.sessions)).toEqual(lengths(draft.sessions));
      }),
      { numRuns: 8 },
    );
  });

  it('names people and sessions of what has no place', () => {
    const draft = aDraft({
      sessions: [draftSession('s', { people: ['p'] })],
      times: new Map([
        ['p', { present: [], available: [], unavailable: [{ start: 0, end: on('2030-01-01', '00:00') }] }],
      ]),
    });
    const mapped = congressOf(draft, asks());
    const found = perform({ congress: mapped.congress, aim: 'fill-tray', seed: 1, maxMoves: 10, seconds: null }, {});
    expect(planOfFound(mapped, found, asIs)).toMatchObject({
      aim: 'fill-tray',
      moves: [],
      stuck: [{ session: 's', obstacles: [{ rule: 'outside-availability', people: ['p'] }] }],
    });
  });
});
