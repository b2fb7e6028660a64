import { dayOf, endOf, type Congress } from './congress.rules.js';
import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import type { Capacities, CostTerm } from '../problem.rules.js';

/** Demand for interpreters per pair of languages and quantum, and per day; who serves where is assigned afterwards. */
export class Interpreters implements CostTerm {
  private readonly cells: number;
  private readonly available: readonly number[];
  /** Of the pairs that a session needs, how many interpreters each. */
  private readonly needs: readonly { readonly pair: number; readonly count: number }[][];
  private readonly dayLimit: number;
  private demand: Int32Array;
  private perDay: Int32Array;
  private plan: Plan;

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const { sessions, interpreters, settings, quantumMinutes } = congress;
    const pairs = [...new Set(sessions.flatMap((session) => session.pairs))];
    this.available = pairs.map((pair) =>
      interpreters.filter((one) => one.pair === pair).reduce((sum, { count }) => sum + count, 0),
    );
    this.needs = sessions.map((session) =>
      session.pairs.map((pair) => ({ pair: pairs.indexOf(pair), count: interpretersFor(congress, session.length) })),
    );
    this.dayLimit =
      settings.interpreterDayMinutes === null ? Infinity : Math.floor(settings.interpreterDayMinutes / quantumMinutes);
    this.cells = endOf(congress, starts);
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.demand = new Int32Array(this.cells * this.available.length);
    this.perDay = new Int32Array((dayOf(this.congress, this.cells) + 1) * this.available.length);
    plan.start.forEach((start, session) => this.count(session, start, plan.room[session]!, 1));
  }

  shift(session: number, fromStart: number, fromRoom: number, delta: Float64Array): void {
    const toStart = this.plan.start[session]!;
    const toRoom = this.plan.room[session]!;
    const { tray } = this.congress;
    const isSame = fromStart === toStart && (fromRoom === tray) === (toRoom === tray);
    if (isSame || this.needs[session]!.length === 0) return;
    delta[0]! += this.count(session, fromStart, fromRoom, -1) + this.count(session, toStart, toRoom, 1);
  }

  hardOf(session: number): number {
    if (this.plan.room[session] === this.congress.tray) return 0;
    const from = this.starts[this.plan.start[session]!]!;
    const { length } = this.congress.sessions[session]!;
    let hard = 0;
    for (const { pair } of this.needs[session]!) {
      const available = this.available[pair]!;
      for (let cell = pair * this.cells + from, end = cell + length; cell < end; cell++)
        hard += Math.max(0, this.demand[cell]! - available);
      const today = this.perDay[dayOf(this.congress, from) * this.available.length + pair]!;
      hard += Math.max(0, today - this.limitOf(available));
    }
    return hard;
  }

  whole(plan: Plan): Score {
    let hard = 0;
    this.available.forEach((available, pair) => {
      const tasks = this.needs.flatMap((needs, session) =>
        needs
          .filter((need) => need.pair === pair && plan.room[session] !== this.congress.tray)
          .map(({ count }) => {
            const from = this.starts[plan.start[session]!]!;
            return { from, to: from + this.congress.sessions[session]!.length, count };
          }),
      );
      const perDay = new Map<number, number>();
      for (let quantum = 0; quantum < this.cells; quantum++) {
        const wanted = tasks.reduce(
          (sum, { from, to, count }) => sum + (from <= quantum && quantum < to ? count : 0),
          0,
        );
        hard += Math.max(0, wanted - available);
      }
      for (const { from, to, count } of tasks) {
        const day = dayOf(this.congress, from);
        perDay.set(day, (perDay.get(day) ?? 0) + count * (to - from));
      }
      for (const wanted of perDay.values()) hard += Math.max(0, wanted - this.limitOf(available));
    });
    return { ...NO_COST, hard };
  }

  /** Rows are pairs at quanta, and behind them pairs on days. */
  get capacities(): Capacities {
    const { available, cells } = this;
    const days = available.length * cells;
    return {
      limit: (row) =>
        row < days ? available[Math.floor(row / cells)]! : this.limitOf(available[(row - days) % available.length]!),
      uses: (session, start, room, use) => {
        if (room === this.congress.tray) return;
        const from = this.starts[start]!;
        const { length } = this.congress.sessions[session]!;
        for (const { pair, count } of this.needs[session]!) {
          for (let cell = pair * cells + from, end = cell + length; cell < end; cell++) use(cell, count);
          use(days + dayOf(this.congress, from) * available.length + pair, count * length);
        }
      },
    };
  }

  private limitOf(available: number): number {
    return this.dayLimit === Infinity ? Infinity : available * this.dayLimit;
  }

  private count(session: number, start: number, room: number, by: 1 | -1): number {
    if (room === this.congress.tray) return 0;
    const { length } = this.congress.sessions[session]!;
    const from = this.starts[start]!;
    const day = dayOf(this.congress, from);
    let cost = 0;
    for (const { pair, count } of this.needs[session]!) {
      const available = this.available[pair]!;
      const limit = this.limitOf(available);
      for (let cell = pair * this.cells + from, end = cell + length; cell < end; cell++) {
        const before = this.demand[cell]!;
        const after = before + by * count;
        this.demand[cell] = after;
        cost += (after > available ? after - available : 0) - (before > available ? before - available : 0);
      }
      const at = day * this.available.length + pair;
      const before = this.perDay[at]!;
      const after = before + by * count * length;
      this.perDay[at] = after;
      cost += (after > limit ? after - limit : 0) - (before > limit ? before - limit : 0);
    }
    return cost;
  }
}

/** How many interpreters one pair of languages takes in a session. */
export function interpretersFor(congress: Congress, length: number): number {
  return length * congress.quantumMinutes > congress.settings.soloInterpreterMinutes ? 2 : 1;
}
