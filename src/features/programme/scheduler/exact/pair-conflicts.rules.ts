import type { CompiledProblem } from '../compile.rules.js';

/** Which pairs of places two sessions may not take together: the hard costs of pairs, looked up in the compiled tables. */
export class PairConflicts {
  private readonly byPartner: (ReadonlyMap<number, readonly number[]> | undefined)[] = [];
  private readonly hard = new Map<number, boolean>();

  constructor(private readonly compiled: CompiledProblem) {}

  /** Sessions that have any place in conflict with one of this session's. */
  partnersOf(session: number): Iterable<number> {
    return this.entriesOf(session).keys();
  }

  isConflict(a: number, startA: number, roomA: number, b: number, startB: number, roomB: number): boolean {
    const entries = this.entriesOf(a).get(b);
    if (entries === undefined) return false;
    const { table, pairCosts, block, row, column, rooms } = this.compiled;
    const cell = block[roomA * rooms + roomB]! + row[startA]! + column[startB]!;
    return entries.some((entry) => pairCosts[table[entry]! + cell]! > 0);
  }

  private entriesOf(session: number): ReadonlyMap<number, readonly number[]> {
    const known = this.byPartner[session];
    if (known) return known;
    const { first, other, table } = this.compiled;
    const found = new Map<number, number[]>();
    for (let entry = first[session]!; entry < first[session + 1]!; entry++) {
      if (!this.isHard(table[entry]!)) continue;
      const entries = found.get(other[entry]!);
      if (entries) entries.push(entry);
      else found.set(other[entry]!, [entry]);
    }
    return (this.byPartner[session] = found);
  }

  /** Whether a table forbids anything: most are about soft costs alone. */
  private isHard(from: number): boolean {
    let known = this.hard.get(from);
    if (known === undefined) {
      const { pairCosts, tableLength } = this.compiled;
      known = false;
      for (let at = from; at < from + tableLength && !known; at += 2) known = pairCosts[at]! > 0;
      this.hard.set(from, known);
    }
    return known;
  }
}
