import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LinearSolver } from '../../../../../src/features/programme/scheduler/exact/linear-model.rules.js';
import { linearSolver } from '../../../../../src/features/programme/scheduler/exact/linear-solver.js';
import { assignInterpreters } from '../../../../../src/features/programme/scheduler/interpreters/interpreters.rules.js';
import {
  missingOf,
  RosterTables,
  wanting,
  type Roster,
  type Seat,
} from '../../../../../src/features/programme/scheduler/interpreters/roster.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';

let solve: LinearSolver;
beforeAll(async () => {
  solve = await linearSolver();
});
const help = () => ({ solve, secondsLeft: () => 60 });

interface Slot {
  readonly from: number;
  readonly to: number;
}

/** Booths at hours of one day; nobody can serve two that overlap. */
function rosterAt(slots: readonly Slot[], change: Partial<Roster> = {}): Roster {
  const apart = slots.flatMap((a, at) =>
    slots.flatMap((b, other) => (other > at && b.from < a.to && a.from < b.to ? [[at, other] as const] : [])),
  );
  return {
    booths: slots.map(({ from, to }) => ({ day: '2027-09-20', minutes: (to - from) * 60, wanted: 1 })),
    interpreters: [],
    apart,
    dayMinutes: null,
    ...change,
  };
}

const interpreter = (able: readonly number[], isExternal = false) => ({ able, isExternal, minutesOn: {} });

function anyRoster(seed: number): Roster {
  const random = new SeededRandom(seed);
  const slots = Array.from({ length: 2 + random.below(4) }, () => {
    const from = 9 + random.below(6);
    return { from, to: from + 1 + random.below(2) };
  }).toSorted((a, b) => a.from - b.from);
  const isUniform = random.below(3) === 0;
  const roster = rosterAt(slots);
  // Now and then a way between two rooms that is too long for the pause.
  const far = roster.booths.flatMap((_, a) =>
    roster.booths.flatMap((_other, b) => (b > a && random.below(8) === 0 ? [[a, b] as const] : [])),
  );
  return {
    ...roster,
    booths: roster.booths.map((booth) => ({ ...booth, wanted: random.below(3) === 0 ? 2 : 1 })),
    apart: [...roster.apart, ...far.filter(([a, b]) => !roster.apart.some(([c, d]) => a === c && b === d))],
    interpreters: Array.from({ length: 1 + random.below(4) }, () =>
      interpreter(
        [...slots.keys()].filter(() => isUniform || random.below(2) === 0),
        !isUniform && random.below(2) === 0,
      ),
    ),
    dayMinutes: random.below(3) === 0 ? 120 + 60 * random.below(3) : null,
  };
}

/** Every way to seat people: for each booth, any set of those who are able, up to the number wanted. */
function best(roster: Roster): { empty: number; external: number } {
  const tables = new RosterTables(roster);
  const wanted = roster.booths.reduce((sum, booth) => sum + booth.wanted, 0);
  let found = { empty: Infinity, external: Infinity };
  const seats: Seat[] = [];
  const from = (booth: number): void => {
    if (booth === roster.booths.length) {
      if (tables.hasClash(seats) || tables.overworked(seats).length > 0) return;
      const empty = wanted - seats.length;
      const external = seats.filter((seat) => roster.interpreters[seat.interpreter]!.isExternal).length;
      if (empty < found.empty || (empty === found.empty && external < found.external)) found = { empty, external };
      return;
    }
    const able = tables.ableFor[booth]!;
    for (let bits = 0; bits < 1 << able.length; bits++) {
      const chosen = able.filter((_, at) => bits & (1 << at));
      if (chosen.length > roster.booths[booth]!.wanted) continue;
      seats.push(...chosen.map((one) => ({ booth, interpreter: one })));
      from(booth + 1);
      seats.length -= chosen.length;
    }
  };
  from(0);
  return found;
}

const emptyIn = (roster: Roster, seats: readonly Seat[]) =>
  missingOf(roster, seats).reduce((sum, missing) => sum + missing, 0);

describe('the assignment of interpreters', () => {
  it('leaves as few places empty as any, asks as few from outside, and breaks nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const roster = anyRoster(seed);
        const found = assignInterpreters(roster, help())!;
        const tables = new RosterTables(roster);
        expect(found.state).toBe('exact');
        expect(tables.hasClash(found.seats)).toBe(false);
        expect(tables.overworked(found.seats)).toEqual([]);
        expect(missingOf(roster, found.seats).every((missing) => missing >= 0)).toBe(true);
        for (const seat of found.seats) expect(tables.ableFor[seat.booth]).toContain(seat.interpreter);
        const external = found.seats.filter((seat) => roster.interpreters[seat.interpreter]!.isExternal).length;
        expect({ empty: emptyIn(roster, found.seats), external }).toEqual(best(roster));
      }),
      { numRuns: 300 },
    );
  });

  it('says of every booth that lacks somebody which others keep it so, and not one too many', () => {
    let named = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const roster = anyRoster(seed);
        const { seats, groups } = assignInterpreters(roster, help())!;
        const missing = missingOf(roster, seats);
        const lacking = [...missing.keys()].filter((booth) => missing[booth]! > 0);
        expect(groups.flatMap(({ empty }) => empty).toSorted()).toEqual(lacking);
        const isServed = (booth: number, others: readonly number[]) => {
          const wanted = roster.booths.map((asks, index) =>
            index === booth ? asks.wanted : others.includes(index) ? asks.wanted - missing[index]! : 0,
          );
          return best(wanting(roster, wanted)).empty === 0;
        };
        for (const { empty, because, isMinimal } of groups) {
          expect(isMinimal).toBe(true);
          for (const booth of empty) {
            named += because.length;
            expect(isServed(booth, because)).toBe(false);
            for (const one of because)
              expect(
                isServed(
                  booth,
                  because.filter((other) => other !== one),
                ),
              ).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(named).toBeGreaterThan(20);
  });

  it('says the same without a solver, or that it needs one', () => {
    let answered = 0;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x7fff_ffff }), (seed) => {
        const roster = anyRoster(seed);
        const found = assignInterpreters(roster, null);
        if (found === null) return;
        answered++;
        expect(found).toEqual(assignInterpreters(roster, help()));
      }),
      { numRuns: 100 },
    );
    expect(answered).toBeGreaterThan(30);
  });

  it('is a legal one without proof when there is no time', () => {
    // Two pairs of hours, three people who know different things: no flow.
    const roster = rosterAt(
      [
        { from: 9, to: 11 },
        { from: 10, to: 12 },
        { from: 11, to: 13 },
      ],
      { interpreters: [interpreter([0, 1]), interpreter([1, 2]), interpreter([0, 2])] },
    );
    expect(assignInterpreters(roster, null)).toBeNull();
    const found = assignInterpreters(roster, { solve, secondsLeft: () => 0 })!;
    expect(found).toMatchObject({ state: 'not-proven', groups: [] });
    expect(new RosterTables(roster).hasClash(found.seats)).toBe(false);
    expect(assignInterpreters(roster, help())).toMatchObject({ state: 'exact', seats: { length: 3 } });
  });

  it('looks at a day as a whole when somebody would work too long', () => {
    const hours = [9, 10, 11, 12].map((from) => ({ from, to: from + 1 }));
    const everything = interpreter([0, 1, 2, 3]);
    const roster = rosterAt(hours, { interpreters: [everything, interpreter([3])], dayMinutes: 180 });
    const { seats } = assignInterpreters(roster, help())!;
    expect(seats).toEqual([
      { booth: 0, interpreter: 0 },
      { booth: 1, interpreter: 0 },
      { booth: 2, interpreter: 0 },
      { booth: 3, interpreter: 1 },
    ]);
    expect(assignInterpreters({ ...roster, dayMinutes: 120 }, help())).toMatchObject({
      seats: { length: 3 },
      groups: [{ empty: { length: 1 }, because: { length: 2 }, isMinimal: true }],
    });
  });

  it('asks those who have worked less', () => {
    const hours = [9, 11, 13, 15].map((from) => ({ from, to: from + 2 }));
    const all = [0, 1, 2, 3];
    const roster = rosterAt(hours, { interpreters: [interpreter(all), interpreter(all)] });
    const { seats } = assignInterpreters(roster, null)!;
    expect(seats.filter((seat) => seat.interpreter === 0)).toHaveLength(2);
  });

  it('needs no solver for a congress whose sessions begin and end together', () => {
    const random = new SeededRandom(1);
    const slots = Array.from({ length: 90 }, (_, index) => {
      const from = 9 + 2 * Math.floor(index / 15);
      return { from, to: from + 1 };
    });
    const roster = rosterAt(slots, {
      interpreters: Array.from({ length: 40 }, () =>
        interpreter([...slots.keys()].filter(() => random.below(3) === 0)),
      ),
    });
    const found = assignInterpreters({ ...roster, booths: roster.booths.map((b) => ({ ...b, wanted: 2 })) }, null)!;
    expect(found).toMatchObject({ state: 'exact', seats: { length: 180 }, groups: [] });
  });
});
