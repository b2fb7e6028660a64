import type { CompiledProblem } from './compile.rules.js';
import { copyPlan, type Plan, type Score } from './plan.rules.js';
import { scoreOf, type CostTerm } from './problem.rules.js';

/**
 * A plan with its running score. A change of place costs a walk over the moved session's neighbours; the counters of the
 * terms follow. Changes add up until they are kept or taken back, so a move may consist of any number of them.
 */
export class WorkingPlan implements Plan {
  readonly start: Int32Array;
  readonly room: Int32Array;
  /** (hard, medium, soft) of the kept plan. */
  private readonly kept = new Float64Array(3);
  /** What the changes since then add. */
  readonly delta = new Float64Array(3);
  private readonly ignored = new Float64Array(3);
  private readonly terms: readonly CostTerm[];
  private readonly changed: number[] = [];
  private readonly from: number[] = [];

  constructor(
    private readonly compiled: CompiledProblem,
    plan: Plan,
  ) {
    ({ start: this.start, room: this.room } = copyPlan(plan));
    this.terms = compiled.problem.terms.map((term) => term());
    for (const term of this.terms) term.reset(this);
    const { hard, medium, soft } = scoreOf(compiled.problem, this);
    this.kept.set([hard, medium, soft]);
  }

  get hard(): number {
    return this.kept[0]!;
  }

  get medium(): number {
    return this.kept[1]!;
  }

  get soft(): number {
    return this.kept[2]!;
  }

  get score(): Score {
    return { hard: this.hard, medium: this.medium, soft: this.soft };
  }

  /** Puts a session elsewhere and adds what that costs to `delta`. */
  shift(session: number, toStart: number, toRoom: number): void {
    const { unary, starts, rooms, first, other, table, weight, pairCosts, block, row, column } = this.compiled;
    const { start, room, delta } = this;
    const fromStart = start[session]!;
    const fromRoom = room[session]!;
    const base = session * starts;
    const leaves = ((base + fromStart) * rooms + fromRoom) * 3;
    const takes = ((base + toStart) * rooms + toRoom) * 3;
    let hard = unary[takes]! - unary[leaves]!;
    delta[1]! += unary[takes + 1]! - unary[leaves + 1]!;
    let soft = unary[takes + 2]! - unary[leaves + 2]!;
    const [rowFrom, rowTo] = [row[fromStart]!, row[toStart]!];
    const [blockFrom, blockTo] = [fromRoom * rooms, toRoom * rooms];
    for (let entry = first[session]!, end = first[session + 1]!; entry < end; entry++) {
      const neighbour = other[entry]!;
      const neighbourRoom = room[neighbour]!;
      const at = table[entry]! + column[start[neighbour]!]!;
      const before = at + block[blockFrom + neighbourRoom]! + rowFrom;
      const after = at + block[blockTo + neighbourRoom]! + rowTo;
      const times = weight[entry]!;
      hard += times * (pairCosts[after]! - pairCosts[before]!);
      soft += times * (pairCosts[after + 1]! - pairCosts[before + 1]!);
    }
    delta[0]! += hard;
    delta[2]! += soft;
    start[session] = toStart;
    room[session] = toRoom;
    for (const term of this.terms) term.shift(session, fromStart, fromRoom, delta);
    this.changed.push(session);
    this.from.push(fromStart, fromRoom);
  }

  /** Hard cost in which a session has a part: zero when it breaks nothing. */
  hardOf(session: number): number {
    const { unary, starts, rooms, first, other, table, weight, pairCosts, block, row, column } = this.compiled;
    const { start, room } = this;
    const blockHere = room[session]! * rooms;
    let hard = unary[((session * starts + start[session]!) * rooms + room[session]!) * 3]!;
    for (let entry = first[session]!, end = first[session + 1]!; entry < end; entry++) {
      const neighbour = other[entry]!;
      const at = table[entry]! + column[start[neighbour]!]! + row[start[session]!]!;
      hard += weight[entry]! * pairCosts[at + block[blockHere + room[neighbour]!]!]!;
    }
    for (const term of this.terms) hard += term.hardOf?.(session) ?? 0;
    return hard;
  }

  /** Makes the changes since the last `keep` part of the plan. */
  keep(): void {
    const { kept, delta } = this;
    kept[0]! += delta[0]!;
    kept[1]! += delta[1]!;
    kept[2]! += delta[2]!;
    this.forget();
  }

  /** Takes the changes since the last `keep` back. */
  takeBack(): void {
    const { start, room, changed, from, terms } = this;
    for (let index = changed.length - 1; index >= 0; index--) {
      const session = changed[index]!;
      const toStart = start[session]!;
      const toRoom = room[session]!;
      start[session] = from[index * 2]!;
      room[session] = from[index * 2 + 1]!;
      for (const term of terms) term.shift(session, toStart, toRoom, this.ignored);
    }
    this.forget();
  }

  private forget(): void {
    this.delta.fill(0);
    this.changed.length = 0;
    this.from.length = 0;
  }
}
