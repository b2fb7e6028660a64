import { ModelBuilder, type LinearSolver } from '../exact/linear-model.rules.js';
import type { RosterTables, Seat, SeatCosts } from './roster.rules.js';
import type { MinutesBefore } from './part-by-flow.rules.js';

/** The best seats of a part as a linear model, days included; null when there was no time for it. */
export function seatsBySolver(
  tables: RosterTables,
  part: readonly number[],
  costs: SeatCosts,
  minutesBefore: MinutesBefore,
  solve: LinearSolver,
  seconds: number,
): Seat[] | null {
  const { booths, interpreters } = tables.roster;
  const model = new ModelBuilder();
  const seats = part.flatMap((booth) =>
    tables.ableFor[booth]!.map((interpreter) => ({
      booth,
      interpreter,
      column: model.column(costs.of(interpreters[interpreter]!, minutesBefore(interpreter, booth))),
    })),
  );
  for (const [booth, own] of Map.groupBy(seats, (seat) => seat.booth))
    model.row(
      own.map(({ column }) => column),
      -Infinity,
      booths[booth]!.wanted,
    );
  for (const [interpreter, own] of Map.groupBy(seats, (seat) => seat.interpreter)) {
    for (const together of cliques(tables, own)) model.atMostOne(together.map(({ column }) => column));
    addDays(tables, model, interpreter, own);
  }
  const answer = solve(model, seconds);
  if (answer.state !== 'optimal') return null;
  return seats.flatMap(({ booth, interpreter, column }) => (answer.isChosen(column) ? [{ booth, interpreter }] : []));
}

/** Sets of booths of which one person can serve one, so that every such pair lies in one of them. */
function cliques<S extends { readonly booth: number }>(tables: RosterTables, seats: readonly S[]): S[][] {
  const found: S[][] = [];
  const isCovered = (a: S, b: S) => found.some((together) => together.includes(a) && together.includes(b));
  seats.forEach((a, at) => {
    for (const b of seats.slice(at + 1)) {
      if (!tables.areApart(a.booth, b.booth) || isCovered(a, b)) continue;
      const together = [a, b];
      for (const other of seats)
        if (!together.includes(other) && together.every((one) => tables.areApart(one.booth, other.booth)))
          together.push(other);
      found.push(together);
    }
  });
  return found;
}

function addDays(
  { roster: { booths, interpreters, dayMinutes } }: RosterTables,
  model: ModelBuilder,
  interpreter: number,
  seats: readonly { readonly booth: number; readonly column: number }[],
): void {
  if (dayMinutes === null) return;
  for (const [day, own] of Map.groupBy(seats, ({ booth }) => booths[booth]!.day)) {
    model.row(
      own.map(({ column }) => column),
      -Infinity,
      Math.max(0, dayMinutes - (interpreters[interpreter]!.minutesOn[day] ?? 0)),
      own.map(({ booth }) => booths[booth]!.minutes),
    );
  }
}
