import type { LinearSolver } from '../exact/linear-model.rules.js';
import { seatsByFlow, type MinutesBefore } from './part-by-flow.rules.js';
import { seatsBySolver } from './part-by-solver.rules.js';
import {
  missingOf,
  RosterTables,
  SeatCosts,
  type Roster,
  type Rostered,
  type Seat,
  type UnservedGroup,
  wanting,
} from './roster.rules.js';

/** A solver and its time; without one, only what flows can say is answered. */
export interface Help {
  readonly solve: LinearSolver;
  readonly secondsLeft: () => number;
}

/**
 * Who interprets where: as few empty places as possible, then as few people from outside. Booths that nobody would have
 * to choose between are questions of their own; each is a flow where a flow is exact, and a linear model otherwise, as is
 * a day on which somebody would work too long. Null: this needs a solver, and there is none.
 */
export function assignInterpreters(roster: Roster, help: Help | null): Rostered | null {
  const filled = fill(roster, help);
  if (filled === null) return null;
  // Where a better way might exist, nobody can say what is in the way.
  if (!filled.isExact) return { state: 'not-proven', seats: filled.seats, groups: [] };
  const groups = unservedGroups(roster, filled.seats, help);
  return groups && { state: 'exact', seats: filled.seats, groups };
}

interface Filled {
  readonly seats: readonly Seat[];
  readonly isExact: boolean;
}

function fill(roster: Roster, help: Help | null): Filled | null {
  const tables = new RosterTables(roster);
  const costs = new SeatCosts(roster);
  const parts = tables.parts();
  const days = new Set<string>();
  for (;;) {
    // A day on which somebody would work too long joins everything of that day.
    const isJoined = (part: readonly number[]) => part.some((booth) => days.has(roster.booths[booth]!.day));
    const joined = parts
      .filter(isJoined)
      .flat()
      .toSorted((a, b) => a - b);
    const others = parts.filter((part) => !isJoined(part));
    const filled = fillParts(tables, costs, others, joined, help);
    const tooLong = filled === null ? [] : tables.overworked(filled.seats);
    if (tooLong.length === 0) return filled;
    for (const { day } of tooLong) days.add(day);
  }
}

/** `joined`: booths that only a solver can settle, all at once. */
function fillParts(
  tables: RosterTables,
  costs: SeatCosts,
  parts: readonly (readonly number[])[],
  joined: readonly number[],
  help: Help | null,
): Filled | null {
  const { booths, interpreters } = tables.roster;
  const seats: Seat[] = [];
  let isExact = true;
  const minutesBefore: MinutesBefore = (interpreter, booth) => {
    const { day } = booths[booth]!;
    const own = seats.filter((seat) => seat.interpreter === interpreter && booths[seat.booth]!.day === day);
    return own.reduce((sum, seat) => sum + booths[seat.booth]!.minutes, interpreters[interpreter]!.minutesOn[day] ?? 0);
  };
  const all = joined.length === 0 ? parts : [...parts, joined];
  for (const part of all) {
    let found = part === joined ? null : seatsByFlow(tables, part, costs, minutesBefore);
    if (found === null && help === null) return null;
    found ??= seatsBySolver(tables, part, costs, minutesBefore, help!.solve, help!.secondsLeft());
    if (found === null) {
      isExact = false;
      found = inTurn(tables, part, costs, minutesBefore);
    }
    seats.push(...found);
  }
  return { seats: seats.toSorted((a, b) => a.booth - b.booth || a.interpreter - b.interpreter), isExact };
}

/** Booth by booth, whoever costs least of those who can: no more than legal. */
function inTurn(tables: RosterTables, part: readonly number[], costs: SeatCosts, minutesBefore: MinutesBefore): Seat[] {
  const { booths, interpreters, dayMinutes } = tables.roster;
  const seats: Seat[] = [];
  for (const booth of part) {
    const { day, minutes, wanted } = booths[booth]!;
    const worked = (interpreter: number) =>
      seats
        .filter((seat) => seat.interpreter === interpreter && booths[seat.booth]!.day === day)
        .reduce((sum, seat) => sum + booths[seat.booth]!.minutes, minutesBefore(interpreter, booth));
    const isFree = (interpreter: number) =>
      !seats.some((seat) => seat.interpreter === interpreter && tables.areApart(seat.booth, booth)) &&
      (dayMinutes === null || worked(interpreter) + minutes <= dayMinutes);
    const cost = (interpreter: number) => costs.of(interpreters[interpreter]!, worked(interpreter));
    const asked = tables.ableFor[booth]!.filter(isFree).toSorted((a, b) => cost(a) - cost(b) || a - b);
    seats.push(...asked.slice(0, wanted).map((interpreter) => ({ booth, interpreter })));
  }
  return seats;
}

/** For every booth that lacks somebody: a smallest set of others that keeps it so. Booths with the same set stand together. */
function unservedGroups(roster: Roster, seats: readonly Seat[], help: Help | null): UnservedGroup[] | null {
  const missing = missingOf(roster, seats);
  const groups: UnservedGroup[] = [];
  for (const booth of missing.keys()) {
    if (missing[booth]! <= 0) continue;
    const reasons = reasonsFor(roster, missing, booth, help);
    if (reasons === null) return null;
    const { because, isMinimal } = reasons;
    const same = groups.findIndex((group) => group.isMinimal && isMinimal && group.because.join() === because.join());
    if (same < 0) groups.push({ empty: [booth], because, isMinimal });
    else groups[same] = { ...groups[same]!, empty: [...groups[same]!.empty, booth] };
  }
  return groups;
}

/**
 * The booth wants everybody, all others as many as they have got. As no way leaves fewer places empty, that is too much;
 * booth after booth is left out as long as it stays so.
 */
function reasonsFor(
  roster: Roster,
  missing: readonly number[],
  booth: number,
  help: Help | null,
): Omit<UnservedGroup, 'empty'> | null {
  const wanted = roster.booths.map((asks, index) => (index === booth ? asks.wanted : asks.wanted - missing[index]!));
  let isMinimal = true;
  for (const other of wanted.keys()) {
    if (other === booth || wanted[other] === 0) continue;
    const before = wanted[other]!;
    wanted[other] = 0;
    const some = wanting(roster, wanted);
    const filled = fill(some, help);
    if (filled === null) return null;
    const isServed = missingOf(some, filled.seats).every((lacks) => lacks <= 0);
    if (isServed || !filled.isExact) wanted[other] = before;
    if (!filled.isExact) isMinimal = false;
  }
  return { because: [...wanted.keys()].filter((other) => other !== booth && wanted[other]! > 0), isMinimal };
}
