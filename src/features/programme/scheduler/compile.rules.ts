import type { PairClass, Problem } from './problem.rules.js';

/** The problem as tables of integers: what the inner loop of the search reads. */
export interface CompiledProblem {
  readonly problem: Problem;
  readonly sessions: number;
  readonly starts: number;
  readonly rooms: number;
  /** [session][start][room] × (hard, medium, soft). */
  readonly unary: Float64Array;
  /** Neighbours of a session: entries `first[session]` to `first[session + 1]` of the three arrays below. */
  readonly first: Int32Array;
  readonly other: Int32Array;
  readonly table: Int32Array;
  readonly weight: Float64Array;
  /** All pair tables one after the other, hard and soft side by side; each takes up `tableLength`. */
  readonly pairCosts: Float64Array;
  readonly tableLength: number;
  /** [roomA][roomB] → where the block of their relation begins inside a table. */
  readonly block: Int32Array;
  /** Inside a block stands the pair of starts at `row[startA] + column[startB]`. */
  readonly row: Int32Array;
  readonly column: Int32Array;
  readonly startsOf: readonly Int32Array[];
  readonly roomsOf: readonly Int32Array[];
  readonly mayStart: Uint8Array;
  readonly mayTake: Uint8Array;
  /** Sessions that are not pinned. */
  readonly free: Int32Array;
}

/** Turns a declared problem into tables, once per run. */
export function compile(problem: Problem): CompiledProblem {
  const { starts, rooms } = problem;
  const sessions = problem.sessions.length;
  const domains = problem.sessions.map((session) => ({
    // Without any place, a session still stands somewhere and its cost says why.
    starts: Int32Array.from(session.starts.length > 0 ? session.starts : range(starts)),
    rooms: Int32Array.from(session.rooms.length > 0 ? session.rooms : range(rooms)),
  }));
  const mayStart = new Uint8Array(sessions * starts);
  const mayTake = new Uint8Array(sessions * rooms);
  domains.forEach((domain, session) => {
    for (const start of domain.starts) mayStart[session * starts + start] = 1;
    for (const room of domain.rooms) mayTake[session * rooms + room] = 1;
  });
  return {
    problem,
    sessions,
    starts,
    rooms,
    unary: unaryOf(problem),
    ...pairsOf(problem),
    startsOf: domains.map((domain) => domain.starts),
    roomsOf: domains.map((domain) => domain.rooms),
    mayStart,
    mayTake,
    free: Int32Array.from(range(sessions).filter((session) => problem.sessions[session]!.pinned === null)),
  };
}

function unaryOf({ starts, rooms, sessions }: Problem): Float64Array {
  const unary = new Float64Array(sessions.length * starts * rooms * 3);
  let at = 0;
  for (const { cost } of sessions) {
    for (let start = 0; start < starts; start++) {
      for (let room = 0; room < rooms; room++, at += 3) {
        const { hard = 0, medium = 0, soft = 0 } = cost(start, room);
        unary[at] = hard;
        unary[at + 1] = medium;
        unary[at + 2] = soft;
      }
    }
  }
  return unary;
}

type Pairs = Pick<
  CompiledProblem,
  'first' | 'other' | 'table' | 'weight' | 'pairCosts' | 'tableLength' | 'block' | 'row' | 'column'
>;

function pairsOf(problem: Problem): Pairs {
  const { starts, rooms, sessions, pairs } = problem;
  const { row, column, size } = linesOf(problem);
  const codes = new Int32Array(rooms * rooms);
  for (let a = 0; a < rooms; a++) for (let b = 0; b < rooms; b++) codes[a * rooms + b] = problem.relation(a, b);
  const relations = rooms === 0 ? 1 : Math.max(...codes) + 1;
  const reverse = reversed(codes, rooms, relations);
  const length = relations * size;

  // Each class twice: as seen from the one session and from the other.
  const pairCosts = new Float64Array(pairs.length * 2 * length * 2);
  const differences = distinctPairs(starts, row, column, size);
  pairs.forEach(({ cost }, index) => {
    const forward = index * 2 * length;
    for (let relation = 0; relation < relations; relation++) {
      for (const [a, b] of differences) {
        const { hard = 0, soft = 0 } = cost(relation, a, b);
        const here = (forward + relation * size + row[a]! + column[b]!) * 2;
        const there = (forward + length + reverse[relation]! * size + row[b]! + column[a]!) * 2;
        pairCosts[here] = hard;
        pairCosts[here + 1] = soft;
        pairCosts[there] = hard;
        pairCosts[there + 1] = soft;
      }
    }
  });
  return {
    ...neighbours(pairs, sessions.length, length),
    pairCosts,
    tableLength: length * 2,
    block: codes.map((code) => code * size * 2),
    row: row.map((value) => value * 2),
    column: column.map((value) => value * 2),
  };
}

/** One pair of starts for each cell of a table: on a line, many pairs have the same difference. */
function distinctPairs(starts: number, row: Int32Array, column: Int32Array, size: number): [a: number, b: number][] {
  const isSeen = new Uint8Array(size);
  const pairs: [number, number][] = [];
  for (let a = 0; a < starts; a++) {
    for (let b = 0; b < starts; b++) {
      const cell = row[a]! + column[b]!;
      if (isSeen[cell] === 1) continue;
      isSeen[cell] = 1;
      pairs.push([a, b]);
    }
  }
  return pairs;
}

function linesOf({ starts, line }: Problem): { row: Int32Array; column: Int32Array; size: number } {
  const all = range(starts);
  if (line === undefined)
    return { row: Int32Array.from(all, (s) => s * starts), column: Int32Array.from(all), size: starts * starts };
  const [low, high] = [Math.min(...line), Math.max(...line)];
  return {
    row: Int32Array.from(line, (at) => at - low + (high - low)),
    column: Int32Array.from(line, (at) => low - at),
    size: 2 * (high - low) + 1,
  };
}

/** The code of (b, a) for the code of (a, b). */
function reversed(codes: Int32Array, rooms: number, relations: number): Int32Array {
  const reverse = Int32Array.from(range(relations));
  for (let a = 0; a < rooms; a++)
    for (let b = 0; b < rooms; b++) reverse[codes[a * rooms + b]!] = codes[b * rooms + a]!;
  return reverse;
}

function neighbours(
  classes: readonly PairClass[],
  sessions: number,
  length: number,
): Pick<Pairs, 'first' | 'other' | 'table' | 'weight'> {
  const first = new Int32Array(sessions + 1);
  for (const { pairs } of classes) {
    for (const { a, b } of pairs) {
      first[a + 1]!++;
      first[b + 1]!++;
    }
  }
  for (let session = 0; session < sessions; session++) first[session + 1]! += first[session]!;
  const next = first.slice();
  const entries = first[sessions]!;
  const found = {
    first,
    other: new Int32Array(entries),
    table: new Int32Array(entries),
    weight: new Float64Array(entries),
  };
  const add = (from: number, to: number, table: number, weight: number) => {
    const entry = next[from]!++;
    found.other[entry] = to;
    found.table[entry] = table * length * 2;
    found.weight[entry] = weight;
  };
  classes.forEach(({ pairs }, index) => {
    for (const { a, b, weight } of pairs) {
      add(a, b, index * 2, weight);
      add(b, a, index * 2 + 1, weight);
    }
  });
  return found;
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}
