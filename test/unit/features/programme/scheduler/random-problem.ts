import { NO_COST, type Plan, type Score } from '../../../../../src/features/programme/scheduler/plan.rules.js';
import type { CostTerm, Problem } from '../../../../../src/features/programme/scheduler/problem.rules.js';
import { SeededRandom } from '../../../../../src/features/programme/scheduler/random.rules.js';

/** A small problem of every kind of cost. It has a plan without a broken hard rule: the one that it was made around. */
export function randomProblem(seed: number): { problem: Problem; hidden: Plan } {
  const random = new SeededRandom(seed);
  const [starts, rooms] = [3 + random.below(4), 2 + random.below(3)];
  const count = 2 + random.below(starts * rooms - 2);
  const places = Array.from({ length: starts * rooms }, (_, place) => place);
  for (let at = places.length - 1; at > 0; at--) {
    const other = random.below(at + 1);
    [places[at], places[other]] = [places[other]!, places[at]!];
  }
  const hidden = {
    start: Int32Array.from({ length: count }, (_, session) => places[session]! % starts),
    room: Int32Array.from({ length: count }, (_, session) => Math.floor(places[session]! / starts)),
  };
  const unary = Array.from({ length: count * starts * rooms }, () => random.below(20) - 5);
  const closed = Array.from({ length: count * starts }, () => random.below(6) === 0);
  const pairs = Array.from({ length: count * count }, (_, index) => ({
    a: index % count,
    b: Math.floor(index / count),
  }))
    .filter(({ a, b }) => a < b)
    .map((pair) => ({ ...pair, weight: 1 + random.below(3) }));
  const apart = pairs.filter(({ a, b }) => hidden.start[a] !== hidden.start[b] && random.below(3) === 0);
  const soft = Array.from({ length: 4 * starts * starts }, () => random.below(9) - 2);
  return {
    hidden,
    problem: {
      starts,
      rooms,
      relation: (a, b) => (a === b ? 0 : a < b ? 1 : 2),
      sessions: Array.from({ length: count }, (_, session) => {
        const isClosed = (start: number) => start !== hidden.start[session] && closed[session * starts + start]!;
        const all = Array.from({ length: starts }, (_unused, start) => start);
        const here = { start: hidden.start[session]!, room: hidden.room[session]! };
        return {
          starts: all.filter((start) => !isClosed(start)),
          rooms: Array.from({ length: rooms }, (_unused, room) => room),
          pinned: random.below(5) === 0 ? here : null,
          cost: (start, room) => ({
            hard: isClosed(start) ? 3 : 0,
            medium: start === here.start ? 0 : 1,
            soft: unary[(session * starts + start) * rooms + room]!,
          }),
        };
      }),
      pairs: [
        { pairs, cost: (relation, a, b) => ({ hard: relation === 0 && a === b ? 2 : 0 }) },
        { pairs: apart, cost: (_relation, a, b) => ({ hard: a === b ? 1 : 0 }) },
        { pairs, cost: (relation, a, b) => ({ soft: soft[(relation * starts + a) * starts + b]! }) },
      ],
      terms: [() => new Gatherings(starts)],
    },
  };
}

/** The square of how many sessions there are at a start: no sum over sessions or pairs of fixed weight. */
class Gatherings implements CostTerm {
  private readonly counts: Int32Array;
  private plan: Plan;

  constructor(starts: number) {
    this.counts = new Int32Array(starts);
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.counts.fill(0);
    for (const start of plan.start) this.counts[start]!++;
  }

  shift(session: number, fromStart: number, _fromRoom: number, delta: Float64Array): void {
    const before = this.counts[fromStart]!--;
    const after = ++this.counts[this.plan.start[session]!]!;
    delta[2]! += after * after - (after - 1) ** 2 - (before * before - (before - 1) ** 2);
  }

  whole(plan: Plan): Score {
    const starts = new Map<number, number>();
    for (const start of plan.start) starts.set(start, (starts.get(start) ?? 0) + 1);
    return { ...NO_COST, soft: [...starts.values()].reduce((sum, count) => sum + count * count, 0) };
  }
}
