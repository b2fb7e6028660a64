import { FlowNetwork } from './flow.rules.js';
import type { RosterTables, Seat, SeatCosts } from './roster.rules.js';

/** How long somebody has worked already when a part begins. */
export type MinutesBefore = (interpreter: number, booth: number) => number;

/**
 * The best seats of a part as a flow, where a flow can say it: everybody serves one booth of it at most, or all are
 * alike. Null where it cannot: with people who know different things, and one after the other, each would be a flow of
 * their own through the same booths, and whole numbers are no longer for free.
 */
export function seatsByFlow(
  tables: RosterTables,
  part: readonly number[],
  costs: SeatCosts,
  minutesBefore: MinutesBefore,
): Seat[] | null {
  const people = [...new Set(part.flatMap((booth) => tables.ableFor[booth]!))].toSorted((a, b) => a - b);
  const isAble = (interpreter: number, booth: number) => tables.ableFor[booth]!.includes(interpreter);
  const eachServesOne = people.every((interpreter) => {
    const able = part.filter((booth) => isAble(interpreter, booth));
    return able.every((a, at) => able.slice(at + 1).every((b) => tables.areApart(a, b)));
  });
  if (eachServesOne) return oneEach(tables, part, people, costs, minutesBefore);
  const { interpreters } = tables.roster;
  const areAlike =
    part.every((booth) => tables.ableFor[booth]!.length === people.length) &&
    people.every((one) => interpreters[one]!.isExternal === interpreters[people[0]!]!.isExternal);
  if (!areAlike) return null;
  const seats = oneAfterTheOther(tables, part, people, costs, minutesBefore);
  // A way asks only whether the next booth can be reached; whether that holds for all of them is looked at afterwards.
  return tables.hasClash(seats) ? null : seats;
}

/** People on one side, booths on the other. */
function oneEach(
  { ableFor, roster }: RosterTables,
  part: readonly number[],
  people: readonly number[],
  costs: SeatCosts,
  minutesBefore: MinutesBefore,
): Seat[] {
  const network = new FlowNetwork();
  const [source, sink] = [network.node(), network.node()];
  const nodeOf = new Map(people.map((interpreter) => [interpreter, network.node()]));
  for (const node of nodeOf.values()) network.edge(source, node, 1);
  const edges = part.flatMap((booth) => {
    const node = network.node();
    network.edge(node, sink, roster.booths[booth]!.wanted);
    return ableFor[booth]!.map((interpreter) => {
      const cost = costs.of(roster.interpreters[interpreter]!, minutesBefore(interpreter, booth));
      return { booth, interpreter, edge: network.edge(nodeOf.get(interpreter)!, node, 1, cost) };
    });
  });
  network.send(source, sink);
  return edges.flatMap(({ booth, interpreter, edge }) => (network.flowOf(edge) > 0 ? [{ booth, interpreter }] : []));
}

/** Ways through the booths in the order of time, one for each person; who walks which does not matter. */
function oneAfterTheOther(
  tables: RosterTables,
  part: readonly number[],
  people: readonly number[],
  costs: SeatCosts,
  minutesBefore: MinutesBefore,
): Seat[] {
  const { booths, interpreters } = tables.roster;
  const network = new FlowNetwork();
  const [source, begin, sink] = [network.node(), network.node(), network.node()];
  const alike = costs.of(interpreters[people[0]!]!, 0);
  network.edge(source, begin, people.length);
  const inside = part.map((booth) => {
    const [enters, leaves] = [network.node(), network.node()];
    const { wanted } = booths[booth]!;
    network.edge(enters, leaves, wanted, alike);
    network.edge(leaves, sink, wanted);
    return { booth, enters, leaves, first: network.edge(begin, enters, wanted) };
  });
  const onwards = inside.map(({ booth, leaves }, at) =>
    inside
      .slice(at + 1)
      .flatMap((next, further) =>
        tables.areApart(booth, next.booth)
          ? []
          : [{ next: at + 1 + further, edge: network.edge(leaves, next.enters, booths[next.booth]!.wanted) }],
      ),
  );
  network.send(source, sink);
  const ways: number[][] = [];
  const left = new Map(onwards.flat().map(({ edge }) => [edge, network.flowOf(edge)]));
  for (const [at, { first }] of inside.entries()) {
    for (let unit = 0; unit < network.flowOf(first); unit++) {
      const way: number[] = [];
      for (let here: number | undefined = at; here !== undefined;) {
        way.push(inside[here]!.booth);
        const onward: { next: number; edge: number } | undefined = onwards[here]!.find(
          ({ edge }) => left.get(edge)! > 0,
        );
        if (onward) left.set(onward.edge, left.get(onward.edge)! - 1);
        here = onward?.next;
      }
      ways.push(way);
    }
  }
  const longest = ways.toSorted((a, b) => minutesOf(booths, b) - minutesOf(booths, a));
  const rested = people.toSorted((a, b) => minutesBefore(a, part[0]!) - minutesBefore(b, part[0]!));
  return longest.flatMap((way, at) => way.map((booth) => ({ booth, interpreter: rested[at]! })));
}

function minutesOf(booths: RosterTables['roster']['booths'], way: readonly number[]): number {
  return way.reduce((sum, booth) => sum + booths[booth]!.minutes, 0);
}
