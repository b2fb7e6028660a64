import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  alternating,
  CHAIRS_IN_ROW,
  guestOfHonourInFront,
  inTurn,
  resettled,
  seatingPlan,
  swapped,
  TABLE_SHAPES,
  type Party,
  type Seat,
} from '../../../../src/features/visits/seating/seating.rules.js';

const people = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `${prefix}${i + 1}` }));
const party = (prefix: string, count: number, interpreters = 0): Party => ({
  people: people(prefix, count),
  interpreters: people(`${prefix}i`, interpreters),
});
/** Rows of the plan from above, each from left to right. */
const drawn = (seats: readonly Seat[]) => {
  const rows = [...new Set(seats.map(({ y }) => y))].toSorted((a, b) => a - b);
  return rows.map((y) =>
    seats
      .filter((seat) => seat.y === y)
      .toSorted((a, b) => a.x - b.x)
      .map(({ personId }) => personId),
  );
};
const parties = fc.tuple(fc.nat(12), fc.nat(12), fc.nat(3), fc.nat(3)).map(([h, g, hi, gi]) => ({
  hosts: party('h', h, hi),
  guests: party('g', g, gi),
}));
const idsOf = ({ hosts, guests }: { hosts: Party; guests: Party }) =>
  [hosts, guests].flatMap((side) => [...side.people, ...side.interpreters].map(({ id }) => id)).toSorted();
const seatedIds = (seats: readonly Seat[]) => seats.flatMap(({ personId }) => personId ?? []).toSorted();

describe('precedence around a centre', () => {
  it('puts No 2 on the right of No 1 and No 3 on the left', () => {
    expect(alternating(7)).toEqual([0, 1, -1, 2, -2, 3, -3]);
    expect(alternating(0)).toEqual([]);
  });

  it('takes hosts and guests in turn as long as there are both', () => {
    expect(inTurn(people('h', 3), people('g', 1)).map(({ person, side }) => [person.id, side])).toEqual([
      ['h1', 'host'],
      ['g1', 'guest'],
      ['h2', 'host'],
      ['h3', 'host'],
    ]);
  });
});

describe('a proposed plan', () => {
  it('at a rectangle seats delegations opposite each other, principals face to face, right hands on opposite sides', () => {
    const seats = seatingPlan('rectangle', party('h', 4, 1), party('g', 3, 1));
    expect(drawn(seats)).toEqual([['gi1'], ['g2', 'g1', 'g3'], ['h3', 'h1', 'h2', 'h4'], ['hi1']]);
    const at = (id: string) => seats.find(({ personId }) => personId === id)!;
    expect([at('g1').x, at('h1').x]).toEqual([0, 0]);
    // Behind the principal's left: the guests look down, so their left is on the right of the plan.
    expect([at('gi1').x, at('hi1').x]).toEqual([0.5, -0.5]);
  });

  it('at a U seats the guest on the right of the host at the head, and each side along its leg', () => {
    expect(drawn(seatingPlan('u', party('h', 3, 1), party('g', 3)))).toEqual([
      ['g1', 'h1'],
      ['g2', 'h2'],
      ['g3', 'h3'],
      ['hi1'],
    ]);
  });

  it('on a stage seats the host in the middle and the guest of honour on the host’s right', () => {
    expect(drawn(seatingPlan('presidium', party('h', 3), party('g', 2)))).toEqual([['g2', 'g1', 'h1', 'h2', 'h3']]);
  });

  it('in rows fills row after row around the middle', () => {
    const seats = seatingPlan('rows', party('h', 8), party('g', 8));
    const [first, second] = drawn(seats);
    expect([first!.length, second!.length]).toEqual([CHAIRS_IN_ROW, 16 - CHAIRS_IN_ROW]);
    expect(first!.slice(3, 6)).toEqual(['h2', 'h1', 'g1']);
  });

  it.each(TABLE_SHAPES)('%s: everybody has one chair, no two chairs stand in one place, numbers are dense', (shape) => {
    fc.assert(
      fc.property(parties, ({ hosts, guests }) => {
        const seats = seatingPlan(shape, hosts, guests);
        expect(seatedIds(seats)).toEqual(idsOf({ hosts, guests }));
        expect(new Set(seats.map(({ x, y }) => `${x} ${y}`)).size).toBe(seats.length);
        expect(seats.map(({ no }) => no)).toEqual(seats.map((_, index) => index + 1));
        expect(guestOfHonourInFront(shape, seats, guests)).toBe(true);
      }),
    );
  });
});

describe('a plan that people change', () => {
  it('lets two change chairs, one of which may be empty; back again is as before', () => {
    const seats = seatingPlan('u', party('h', 2), party('g', 2));
    const [first] = seats;
    const empty = { ...first!, personId: null };
    const plan = [empty, ...seats.slice(1)];
    const moved = swapped(plan, 1, 4);
    expect([moved[0]!.personId, moved[3]!.personId]).toEqual([plan[3]!.personId, null]);
    expect(swapped(moved, 1, 4)).toEqual(plan);
    expect(swapped(plan, 1, 99)).toEqual(plan);
  });

  it('says when the guest of honour was moved out of the first row', () => {
    const guests = party('g', 12);
    const seats = seatingPlan('rows', party('h', 2), guests);
    const last = seats.at(-1)!;
    const first = seats.find(({ personId }) => personId === 'g1')!;
    expect(guestOfHonourInFront('rows', swapped(seats, first.no, last.no), guests)).toBe(false);
    expect(guestOfHonourInFront('rows', [], party('g', 0))).toBe(true);
  });

  it.each(TABLE_SHAPES)('%s: when people come and go, everybody has one chair and nobody else is moved', (shape) => {
    fc.assert(
      fc.property(parties, parties, (before, after) => {
        const seats = seatingPlan(shape, before.hosts, before.guests);
        const settled = resettled(seats, after.hosts, after.guests);
        expect(seatedIds(settled)).toEqual(idsOf(after));
        const stays = new Set(idsOf(after));
        for (const seat of seats)
          if (seat.personId !== null && stays.has(seat.personId))
            expect(settled.find(({ no }) => no === seat.no)!.personId).toBe(seat.personId);
        expect(new Set(settled.map(({ no }) => no)).size).toBe(settled.length);
        expect(new Set(settled.map(({ x, y }) => `${x} ${y}`)).size).toBe(settled.length);
        expect(resettled(settled, after.hosts, after.guests)).toEqual(settled);
      }),
    );
  });
});
