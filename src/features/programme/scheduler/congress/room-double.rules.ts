import { endOf, isFixed, smallestRooms, type Congress } from './congress.rules.js';
import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import type { Capacities, CostTerm } from '../problem.rules.js';

/**
 * Sessions in one room at one time, turn-over included. Counted by the smallest rooms and quantum, beyond what fixed
 * sessions alone already cost there.
 */
export class RoomDouble implements CostTerm {
  private readonly cells: number;
  private readonly partsOf: readonly (readonly number[])[];
  /** What fixed sessions alone cost in each cell. */
  private readonly settled: Int32Array;
  private alone: Int32Array;
  private sharing: Int32Array;
  private plan: Plan;

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const { rooms, sessions } = congress;
    const turnover = Math.max(0, ...rooms.map((room) => room.turnover));
    this.cells = endOf(congress, starts) + turnover;
    this.partsOf = rooms.map((_, room) => smallestRooms(congress, room));
    this.clear();
    sessions.forEach((session, index) => {
      if (isFixed(session)) this.count(index, session.place!.start, session.place!.room, 1);
    });
    this.settled = Int32Array.from(this.alone.keys(), (cell) => this.excess(cell));
  }

  reset(plan: Plan): void {
    this.plan = plan;
    this.clear();
    plan.start.forEach((start, session) => this.count(session, this.starts[start]!, plan.room[session]!, 1));
  }

  shift(session: number, fromStart: number, fromRoom: number, delta: Float64Array): void {
    delta[0]! += this.count(session, this.starts[fromStart]!, fromRoom, -1);
    delta[0]! += this.count(session, this.starts[this.plan.start[session]!]!, this.plan.room[session]!, 1);
  }

  hardOf(session: number): number {
    const { plan } = this;
    const room = plan.room[session]!;
    const from = this.starts[plan.start[session]!]!;
    let hard = 0;
    for (const part of this.partsOf[room]!) {
      for (let cell = part * this.cells + from, end = cell + this.lengthIn(session, room); cell < end; cell++)
        hard += this.excess(cell) - this.settled[cell]!;
    }
    return hard;
  }

  whole(plan: Plan): Score {
    const all = this.congress.sessions.map((_, session) => session);
    const fixed = all.filter((session) => isFixed(this.congress.sessions[session]!));
    return { ...NO_COST, hard: this.wholeOf(plan, all) - this.wholeOf(plan, fixed) };
  }

  private wholeOf(plan: Plan, sessions: readonly number[]): number {
    let hard = 0;
    for (let part = 0; part < this.partsOf.length; part++) {
      const spans = sessions.flatMap((session) => {
        const room = plan.room[session]!;
        const from = this.starts[plan.start[session]!]!;
        const { sharesRoom } = this.congress.sessions[session]!;
        return this.partsOf[room]!.includes(part)
          ? [{ from, to: from + this.lengthIn(session, room), sharesRoom }]
          : [];
      });
      for (let quantum = 0; quantum < this.cells; quantum++) {
        const here = spans.filter(({ from, to }) => from <= quantum && quantum < to);
        const alone = here.filter(({ sharesRoom }) => !sharesRoom).length;
        hard += crowded(alone, here.length - alone);
      }
    }
    return hard;
  }

  private clear(): void {
    this.alone = new Int32Array(this.cells * this.partsOf.length);
    this.sharing = new Int32Array(this.alone.length);
  }

  private lengthIn(session: number, room: number): number {
    return this.congress.sessions[session]!.length + this.congress.rooms[room]!.turnover;
  }

  private excess(cell: number): number {
    return crowded(this.alone[cell]!, this.sharing[cell]!);
  }

  /**
   * The smallest rooms at a quantum hold one session, or as many as fixed ones have put there. Sessions that share a room
   * are each weighed against all that do not, and not against each other.
   */
  get capacities(): Capacities {
    const { sessions } = this.congress;
    const sharing = sessions.flatMap(({ sharesRoom }, session) => (sharesRoom ? [session] : []));
    const rows = Math.max(1, sharing.length);
    const eachRow = (session: number, from: number, room: number, use: (row: number, amount: number) => void) => {
      const own = sessions[session]!.sharesRoom ? sharing.indexOf(session) : null;
      for (const part of this.partsOf[room]!) {
        const first = part * this.cells + from;
        for (let cell = first, end = first + this.lengthIn(session, room); cell < end; cell++) {
          if (own !== null) use(cell * rows + own, 1);
          else for (let row = cell * rows; row < (cell + 1) * rows; row++) use(row, 1);
        }
      }
    };
    const fixed = new Int32Array(this.settled.length * rows);
    sessions.forEach((session, index) => {
      if (isFixed(session)) eachRow(index, session.place!.start, session.place!.room, (row) => fixed[row]!++);
    });
    return {
      limit: (row) => Math.max(1, fixed[row]!),
      uses: (session, start, room, use) => eachRow(session, this.starts[start]!, room, use),
    };
  }

  /** Books the quanta of a session (1) or frees them (−1); what that costs. */
  private count(session: number, from: number, room: number, by: 1 | -1): number {
    const { alone, sharing } = this;
    const counts = this.congress.sessions[session]!.sharesRoom ? sharing : alone;
    const length = this.lengthIn(session, room);
    let cost = 0;
    for (const part of this.partsOf[room]!) {
      for (let cell = part * this.cells + from, end = cell + length; cell < end; cell++) {
        const before = crowded(alone[cell]!, sharing[cell]!);
        counts[cell]! += by;
        cost += crowded(alone[cell]!, sharing[cell]!) - before;
      }
    }
    return cost;
  }
}

/** Each beside the first, where one of them wants the room alone. */
function crowded(alone: number, sharing: number): number {
  return alone === 0 ? 0 : alone - 1 + sharing;
}
