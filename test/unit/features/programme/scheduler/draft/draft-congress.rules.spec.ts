import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { FindingRule } from '../../../../../../src/features/programme/conflicts/finding.rules.js';
import {
  isFixed,
  offeredStarts,
  type CongressPlace,
} from '../../../../../../src/features/programme/scheduler/congress/congress.rules.js';
import {
  billOf,
  congressProblem,
  planOf,
} from '../../../../../../src/features/programme/scheduler/congress/congress-problem.rules.js';
import { congressOf } from '../../../../../../src/features/programme/scheduler/draft/draft-congress.rules.js';
import { movesOf } from '../../../../../../src/features/programme/scheduler/draft/draft-places.rules.js';
import {
  HARD_FINDINGS,
  type Asked,
  type Draft,
  type MappedDraft,
} from '../../../../../../src/features/programme/scheduler/draft/draft.rules.js';
import { perform, type PlanAim } from '../../../../../../src/features/programme/scheduler/scheduler-task.rules.js';
import { SeededRandom } from '../../../../../../src/features/programme/scheduler/random.rules.js';
import { DEFAULT_LIMITS } from '../../../../../../src/features/programme/conflicts/limits.rules.js';
import { aDraft, afterMoves, anyDraft, asks, DAYS, draftSession, hardFindings, on } from './some-draft.js';

const ALL_ROOMS = ['A', 'B', 'C', 'AB', 'M'];
const seeds = fc.integer({ min: 0, max: 0x7fff_ffff });

/** The rules of both catalogues that say the same thing. */
const SAME: Readonly<Record<string, readonly FindingRule[]>> = {
  'room-double': ['room-double', 'room-closed'],
  'person-double': ['person-double', 'walk-short', 'travel-short'],
  'setup-short': ['setup-short'],
  'person-elsewhere': ['person-double'],
  'outside-presence': ['outside-presence', 'journey-short'],
  'outside-availability': ['outside-availability'],
};

/** Every session that may move where it is, or anywhere within the opening hours. */
function somewhere({ congress }: MappedDraft, seed: number): CongressPlace[] {
  const random = new SeededRandom(seed);
  const rooms = [...congress.rooms.keys()].filter((room) => room !== congress.tray);
  return congress.sessions.map((session) => {
    if (isFixed(session) || (session.place && random.below(2) === 0)) return session.place!;
    const starts = [...offeredStarts(congress)].filter(
      (start) => (start % congress.quantaPerDay) + session.length <= congress.close,
    );
    return { start: starts[random.below(starts.length)]!, room: rooms[random.below(rooms.length)]! };
  });
}

/** Hard findings around the sessions that may move, by rule of the scheduler's catalogue, from both. */
function bothSay(draft: Draft, asked: Asked, seed: number): { scheduler: string[]; engine: string[] } {
  const mapped = congressOf(draft, asked);
  const places = somewhere(mapped, seed);
  const bill = billOf(mapped.congress, planOf(congressProblem(mapped.congress), places));
  const free = mapped.sessions.flatMap((session, index) =>
    session && !isFixed(mapped.congress.sessions[index]!) ? [session.id] : [],
  );
  const found = hardFindings(draft, afterMoves(draft, movesOf(mapped, places)), new Set(free));
  const rules = new Set([...found.values()].map(({ rule }) => rule));
  const names = Object.keys(SAME);
  // Being elsewhere and being in two sessions at once are one to the engine.
  const told = names.filter((name) => name !== 'person-elsewhere');
  const says = (name: string) => bill[name] !== undefined;
  return {
    scheduler: told.filter((name) => says(name) || (name === 'person-double' && says('person-elsewhere'))),
    engine: told.filter((name) => SAME[name]!.some((rule) => rules.has(rule))),
  };
}

describe('the two catalogues', () => {
  const asked = asks({ aim: 'repair', withTray: true, rooms: ALL_ROOMS, earliest: 8 * 60, latest: 20 * 60 });

  it('name every hard rule of the conflict engine', () => {
    expect(new Set(Object.values(SAME).flat())).toEqual(new Set(HARD_FINDINGS));
  });

  it('agree wherever everything keeps to the grid [property]', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { scheduler, engine } = bothSay(anyDraft(seed, { crooked: false }), asked, seed);
        // Chairs are also in the way where two sessions overlap, which the engine tells as one conflict only.
        const also = engine.includes('room-double') && scheduler.includes('setup-short') ? ['setup-short'] : [];
        expect(new Set(scheduler)).toEqual(new Set([...engine, ...also]));
      }),
      { numRuns: 100 },
    );
  });

  it('let the scheduler be stricter, never more lenient, where others keep to no grid [property]', () => {
    fc.assert(
      fc.property(seeds, fc.constantFrom('Europe/Minsk', 'Asia/Kathmandu'), (seed, zone) => {
        const { scheduler, engine } = bothSay(anyDraft(seed, { zone }), asked, seed);
        expect(scheduler).toEqual(expect.arrayContaining(engine));
      }),
      { numRuns: 100 },
    );
  });
});

const run = (draft: Draft, asked: Asked, aim: PlanAim) => {
  const mapped = congressOf(draft, asked);
  const plan = perform({ congress: mapped.congress, aim, seed: asked.seed, maxMoves: 1000, seconds: null }, {});
  return { mapped, plan, moves: movesOf(mapped, plan.places) };
};
const placedAt = (start: number, roomId: string) => ({ start, end: start + 7_200_000, roomId, isPlaced: true });

describe('a plan', () => {
  const everyone = (draft: Draft) => new Set(draft.sessions.map(({ id }) => id));

  it('that fills the tray brings no hard conflict, and moves nothing else [property]', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const draft = anyDraft(seed);
        const { plan, moves } = run(draft, asks({ seed }), 'fill-tray');
        expect(plan.score.hard).toBeLessThan(1);
        expect(moves.filter(({ session }) => session.isPlaced)).toEqual([]);
        const before = hardFindings(draft, afterMoves(draft, []), everyone(draft));
        const after = hardFindings(draft, afterMoves(draft, moves), everyone(draft));
        expect([...after.keys()].filter((key) => !before.has(key))).toEqual([]);
        const placed = new Set(moves.map(({ session }) => session.id));
        const waiting = draft.sessions.filter(
          ({ id, isPlaced, kind }) => !isPlaced && !['break', 'meal', 'blocker'].includes(kind) && !placed.has(id),
        );
        expect(plan.stuck.map(({ obstacles }) => obstacles.length > 0)).toEqual(waiting.map(() => true));
      }),
      { numRuns: 8 },
    );
  });

  it('that repairs, or is new, brings none either, and leaves what is pinned [property]', () => {
    fc.assert(
      fc.property(
        seeds,
        fc.constantFrom('fewest-moves', 'balanced', 'best-programme', 'new-programme'),
        (seed, aim) => {
          const draft = anyDraft(seed);
          const asked = asks({ aim: aim === 'new-programme' ? 'new' : 'repair', seed, withTray: seed % 2 === 0 });
          const { plan, moves } = run(draft, asked, aim as PlanAim);
          expect(moves.filter(({ session }) => session.pinned && session.isPlaced)).toEqual([]);
          if (plan.score.hard >= 1) return;
          const before = hardFindings(draft, afterMoves(draft, []), everyone(draft));
          const after = hardFindings(draft, afterMoves(draft, moves), everyone(draft));
          expect([...after.keys()].filter((key) => !before.has(key))).toEqual([]);
        },
      ),
      { numRuns: 8 },
    );
  });

  it('moves nothing when nothing is broken, although nothing was published', () => {
    const draft = aDraft({
      sessions: [
        draftSession('a', { start: on(DAYS[0]!, '10:00'), expected: 100, roomId: 'A', strandId: 'x' }),
        draftSession('b', { start: on(DAYS[0]!, '12:00'), roomId: 'B', strandId: 'x' }),
      ],
    });
    expect(run(draft, asks({ aim: 'repair', rooms: ['A', 'B'] }), 'fewest-moves').moves).toEqual([
      expect.objectContaining({ session: expect.objectContaining({ id: 'a' }) }),
    ]);
    const fits = { ...draft, sessions: draft.sessions.map((one) => ({ ...one, expected: 30 })) };
    expect(run(fits, asks({ aim: 'repair', rooms: ['A', 'B'] }), 'fewest-moves').moves).toEqual([]);
  });

  it('goes there and back on a day when the clock changes', () => {
    const zone = 'Europe/Warsaw';
    const day = '2027-03-28';
    const draft = aDraft({ zone, sessions: Array.from({ length: 6 }, (_, n) => draftSession(`s${n}`)) });
    const asked = asks({ days: [day], earliest: 0, latest: 6 * 60, rooms: ['A'] });
    const { moves, plan } = run(draft, asked, 'fill-tray');
    // 00:00–01:15 and 03:00–06:00: an hour is skipped, and before it somebody may need 45 minutes.
    const [first, ...later] = moves.map(({ to }) => to.start!).sort();
    expect(first).toBeLessThanOrEqual(on(day, '00:15', zone));
    expect(later).toEqual(['03:00', '04:00', '05:00'].map((time) => on(day, time, zone)));
    expect(plan.stuck).toHaveLength(2);
    expect(hardFindings(draft, afterMoves(draft, moves), everyone(draft)).size).toBe(0);
  });
});

describe('a programme as the scheduler sees it', () => {
  it('keeps sessions where they are for a reason', () => {
    const day = DAYS[0]!;
    const draft = aDraft({
      now: on(day, '09:30'),
      sessions: [
        draftSession('pinned', { start: on(day, '10:00'), pinned: true }),
        draftSession('lunch', { start: on(day, '13:00'), kind: 'meal', capacity: 80, roomId: 'C' }),
        draftSession('past', { start: on(day, '09:00') }),
        draftSession('accepted', { start: on(day, '11:00'), isAccepted: true }),
        draftSession('nowhere', { start: on(day, '11:00'), roomId: null, people: ['p'] }),
        draftSession('concert', { start: on(day, '20:00') }),
        draftSession('weeks', { start: on(day, '10:00'), minutes: 3000, roomId: 'C', parallel: true }),
        draftSession('crooked', { start: on(day, '15:07'), roomId: 'B' }),
        draftSession('free', { start: on(day, '16:00'), people: ['p'] }),
      ],
    });
    const mapped = congressOf(draft, asks({ aim: 'repair' }));
    expect(Object.fromEntries(mapped.kept)).toEqual({
      pinned: 'pinned',
      past: 'past',
      accepted: 'accepted',
      nowhere: 'no-room',
      concert: 'outside',
      weeks: 'outside',
      crooked: 'off-grid',
    });
    const { congress } = mapped;
    expect(congress.quantumMinutes).toBe(5);
    expect(congress.breaks).toEqual([{ from: 156, to: 168, day: 0, kind: 'lunch', buffet: 80 }]);
    // The sessions of which it knows no place still take up their people.
    expect(congress.persons[0]!.busy).toEqual([{ from: 132, to: 144 }]);
    expect(congress.closed).toEqual([{ from: 0, to: 114 }]);
    // Two days of the exhibition, the crooked session rounded up, the meal.
    expect(congress.sessions.filter(({ isForeign }) => isForeign).map(({ place, length }) => [place, length])).toEqual([
      [{ start: 156, room: 2 }, 12],
      [{ start: 120, room: 2 }, 117],
      [{ start: 288 + 99, room: 2 }, 138],
      [{ start: 181, room: 1 }, 13],
    ]);
    expect(mapped.congress.sessions.filter((session) => !isFixed(session))).toHaveLength(1);
  });

  it('prices moves by what was published and who signed up', () => {
    const start = on(DAYS[0]!, '10:00');
    const released = { start, roomId: 'A' };
    const draft = aDraft({
      sessions: [
        draftSession('secret', { start }),
        draftSession('published', { start, released }),
        draftSession('crowded', { start, released, signUps: 120 }),
        draftSession('moved already', { start: start + 3_600_000, released }),
        draftSession('tray'),
      ],
    });
    const prices = (asked: Asked) =>
      congressOf(draft, asked).congress.sessions.map(({ level, factor, mayWait }) => [level, factor, mayWait]);
    expect(prices(asks({ aim: 'repair', withTray: true }))).toEqual([
      ['published', 0.25, false],
      ['published', 1, false],
      ['published', 3, false],
      ['published', 0.25, false],
      ['draft', 1, true],
    ]);
    expect(prices(asks({ aim: 'new' }))[0]).toEqual(['draft', 1, true]);
    expect(prices(asks({ aim: 'repair' }))).toHaveLength(4);
    expect(prices(asks()).slice(0, 4)).toEqual(Array.from({ length: 4 }, () => ['pinned', 1, false]));
  });

  it('lets run through pauses and beside ceremonies what stands so already', () => {
    const day = DAYS[0]!;
    const draft = aDraft({
      sessions: [
        draftSession('opening', { start: on(day, '10:00'), kind: 'opening' }),
        draftSession('close after', { start: on(day, '11:00'), roomId: 'B' }),
        draftSession('coffee', { start: on(day, '11:30'), kind: 'break', minutes: 30, roomId: 'C' }),
        draftSession('later', { start: on(day, '14:00'), roomId: 'B' }),
        draftSession('posters', { start: on(day, '14:00'), roomId: 'C', parallel: true }),
      ],
    });
    const { congress, sessions } = congressOf(draft, asks({ aim: 'repair' }));
    const named = (index: number) => sessions[index]?.id;
    expect(congress.tolerated.map(({ a, b }) => [named(a), named(b)])).toEqual([['opening', 'close after']]);
    const through = congress.sessions.flatMap(({ runsThroughBreaks }, index) =>
      runsThroughBreaks && named(index) ? [named(index)] : [],
    );
    expect(through).toEqual(['close after', 'posters']);
  });

  it('asks for no more interpreters at once than there are, or have been found already', () => {
    const interpreted = { languages: ['be'], interpretation: ['en', 'zh'] };
    const waiting = Array.from({ length: 3 }, (_, n) => draftSession(`w${n}`, { ...interpreted, minutes: 120 }));
    const draft = aDraft({
      sessions: waiting,
      interpreters: [
        [{ from: 'be', to: 'en' }],
        [
          { from: 'be', to: 'en' },
          { from: 'en', to: 'be' },
        ],
        [{ from: 'ru', to: 'en' }],
      ],
    });
    const { congress } = congressOf(draft, asks());
    // Nobody speaks Chinese: that is for the desk of interpreters to say, and no reason to place nothing.
    expect(congress.interpreters).toEqual([
      { pair: 'en be>en', count: 2 },
      { pair: 'zh be>zh', count: 0 },
    ]);
    expect(congress.sessions.map(({ pairs }) => pairs)).toEqual(waiting.map(() => ['en be>en']));
    // Two hours want two people, so no two of the three go on at once, although there are three rooms.
    const { moves } = run(draft, asks({ days: [DAYS[0]!], latest: 13 * 60 }), 'fill-tray');
    expect(new Set(moves.map(({ to }) => to.start)).size).toBe(moves.length);
    expect(moves).toHaveLength(2);
    const { plan } = run(draft, asks({ days: [DAYS[0]!], latest: 13 * 60 }), 'fill-tray');
    expect(plan.stuck[0]!.obstacles.map(({ rule }) => rule)).toContain('interpreters-missing');
    const start = on(DAYS[0]!, '10:00');
    const beside = waiting.map((session, n) => ({ ...session, ...placedAt(start, ['A', 'B', 'C'][n]!) }));
    expect(congressOf({ ...draft, sessions: beside }, asks()).congress.interpreters[0]).toMatchObject({ count: 6 });
  });

  it('takes favourites, wishes, languages and the halls that others use', () => {
    const draft = aDraft({
      sessions: [
        draftSession('a', { languages: ['be'], expected: 20, signUps: 35, roomId: 'C' }),
        draftSession('b', { strandId: 'x', people: ['p'], online: { p: 'Asia/Vladivostok' } }),
      ],
      foreign: [{ session: draftSession('f', { start: on(DAYS[0]!, '10:00'), roomId: 'AB' }), limits: DEFAULT_LIMITS }],
      favourites: [
        { a: 'a', b: 'b', people: 7 },
        { a: 'a', b: 'gone', people: 3 },
      ],
    });
    const { congress, rooms } = congressOf(draft, asks({ rooms: ['A', 'C'] }));
    expect(rooms).toEqual(['A', 'B', 'C', 'AB', null]);
    expect(congress.rooms.map(({ isOffered, parts }) => [isOffered, parts])).toEqual([
      [true, []],
      [false, []],
      [true, []],
      [false, [0, 1]],
      [false, []],
    ]);
    expect(congress.favourites).toEqual([{ a: 0, b: 1, people: 7 }]);
    expect(congress.sessions[0]).toMatchObject({ expected: 35, languages: ['be'], wish: 2, length: 4 });
    // 22:00 to 07:00 in Vladivostok is 15:00 to midnight in Minsk.
    expect(congress.sessions[1]).toMatchObject({
      online: [0],
      nights: [
        { from: 60, to: 96 },
        { from: 156, to: 192 },
      ],
    });
  });
});
