import { breaksOn, dayOf, isFixed, onDay, overlap, smallestRooms, type Congress, type Span } from './congress.rules.js';
import { Recounted } from './recounted.rules.js';
import { NO_COST, type Plan, type Score } from '../plan.rules.js';
import type { Capacities, CostTerm } from '../problem.rules.js';

/** A rule that is no sum over pairs. `term`: null when this programme has nothing that the rule is about. */
export interface TermRule {
  readonly rule: string;
  readonly level: keyof Score;
  readonly term: (congress: Congress, starts: readonly number[]) => CostTerm | null;
}

export const TERM_RULES: readonly TermRule[] = [
  { rule: 'room-double', level: 'hard', term: (congress, starts) => new RoomDouble(congress, starts) },
  {
    rule: 'interpreters-missing',
    level: 'hard',
    term: (congress, starts) =>
      congress.sessions.some(({ pairs }) => pairs.length > 0) ? new Interpreters(congress, starts) : null,
  },
  {
    rule: 'quorum-missing',
    level: 'hard',
    term: (congress, starts) => {
      const quorums = congress.sessions.flatMap(({ quorums: wanted }, session) =>
        wanted.map((quorum) => ({ session, ...quorum })),
      );
      return quorums.length > 0 ? new Quorums(congress, starts, quorums) : null;
    },
  },
  {
    rule: 'buffet-crowded',
    level: 'soft',
    term: (congress, starts) =>
      congress.breaks.some(({ buffet }) => buffet !== null) ? new Buffets(congress, starts) : null,
  },
  {
    rule: 'idle-night',
    level: 'soft',
    term: (congress, starts) =>
      congress.days > 2 && congress.persons.some(({ travels }) => travels) ? new IdleNights(congress, starts) : null,
  },
  {
    rule: 'language-missing',
    level: 'soft',
    term: (congress, starts) => (congress.officialLanguages.length > 0 ? new Languages(congress, starts) : null),
  },
  {
    rule: 'delegation-without-plenary',
    level: 'soft',
    term: (congress, starts) =>
      congress.delegations.length > 0 && congress.sessions.some(({ isPlenary }) => isPlenary)
        ? new CommonPlenaries(congress, starts)
        : null,
  },
];

/**
 * Sessions in one room at one time, turn-over included. Counted by the smallest rooms and quantum, beyond what fixed
 * sessions alone already cost there.
 */
class RoomDouble implements CostTerm {
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

/** Demand for interpreters per pair of languages and quantum, and per day; who serves where is assigned afterwards. */
class Interpreters implements CostTerm {
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

/** Members of a delegation who can come to a session: present, not elsewhere, in no session at the same time. */
class Members {
  private readonly sessionsOf: readonly (readonly number[])[];

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    this.sessionsOf = congress.persons.map((_, person) =>
      congress.sessions.flatMap(({ persons }, session) => (persons.includes(person) ? [session] : [])),
    );
  }

  freeFor(plan: Plan, delegation: number, session: number): number {
    const span = this.spanOf(plan, session);
    return this.congress.delegations[delegation]!.members.filter((member) => {
      const person = this.congress.persons[member]!;
      return (
        person.from <= span.from &&
        person.to >= span.to &&
        [...person.away, ...person.out, ...person.busy].every((out) => overlap(out, span) === 0) &&
        this.sessionsOf[member]!.every((own) => own === session || overlap(this.spanOf(plan, own), span) === 0)
      );
    }).length;
  }

  /** Sessions of a delegation's members. */
  sessionsOfMembers(delegation: number): number[] {
    return this.congress.delegations[delegation]!.members.flatMap((member) => this.sessionsOf[member]!);
  }

  /** What waits takes up no time. */
  spanOf(plan: Plan, session: number): Span {
    if (waits(this.congress, plan, session)) return { from: -1, to: -1 };
    const from = this.starts[plan.start[session]!]!;
    return { from, to: from + this.congress.sessions[session]!.length };
  }
}

/** So many members of a delegation must be able to come. */
class Quorums extends Recounted {
  private readonly members: Members;

  constructor(
    private readonly congress: Congress,
    starts: readonly number[],
    private readonly quorums: readonly { session: number; delegation: number; members: number }[],
  ) {
    const members = new Members(congress, starts);
    super(
      'hard',
      congress.sessions.length,
      quorums.map(({ session, delegation }) => [session, ...members.sessionsOfMembers(delegation)]),
    );
    this.members = members;
  }

  protected costOf(item: number, plan: Plan): number {
    const { session, delegation, members } = this.quorums[item]!;
    if (waits(this.congress, plan, session)) return 0;
    return Math.max(0, members - this.members.freeFor(plan, delegation, session));
  }
}

/** Those whose session ends when a break begins stand at its buffet together. */
class Buffets extends Recounted {
  private readonly opening: readonly { readonly at: number; readonly buffet: number }[];

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const opening = daysOf(congress).flatMap((day) =>
      breaksOn(congress, day).flatMap(({ from, buffet }) =>
        buffet === null ? [] : [{ at: day * congress.quantaPerDay + from, buffet }],
      ),
    );
    super(
      'soft',
      congress.sessions.length,
      opening.map(() => congress.sessions.map((_, session) => session)),
    );
    this.opening = opening;
  }

  protected costOf(item: number, plan: Plan): number {
    const { at, buffet } = this.opening[item]!;
    let people = 0;
    this.congress.sessions.forEach(({ length, expected }, session) => {
      if (this.starts[plan.start[session]!]! + length === at && !waits(this.congress, plan, session))
        people += expected;
    });
    return Math.floor(Math.max(0, people - buffet) / 10) * this.congress.settings.points['buffet-crowded'];
  }
}

/** A day without a session between two with one: another night for somebody who came from elsewhere. */
class IdleNights extends Recounted {
  private readonly travellers: readonly (readonly number[])[];

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const travellers = congress.persons.flatMap(({ travels }, person) => {
      const own = congress.sessions.flatMap(({ persons }, session) => (persons.includes(person) ? [session] : []));
      return travels && own.length > 1 ? [own] : [];
    });
    super('soft', congress.sessions.length, travellers);
    this.travellers = travellers;
  }

  protected costOf(item: number, plan: Plan): number {
    const days = this.travellers[item]!.flatMap((session) =>
      waits(this.congress, plan, session) ? [] : [dayOf(this.congress, this.starts[plan.start[session]!]!)],
    );
    if (days.length === 0) return 0;
    const idle = Math.max(...days) - Math.min(...days) + 1 - new Set(days).size;
    return idle * this.congress.settings.points['idle-night'];
  }
}

/** Between two breaks, somebody who speaks an official language finds a session in it, if there is any at all. */
class Languages extends Recounted {
  private readonly slots: readonly { readonly span: Span; readonly language: string }[];

  constructor(
    private readonly congress: Congress,
    private readonly starts: readonly number[],
  ) {
    const slots = slotsOf(congress).flatMap((span) =>
      congress.officialLanguages.map((language) => ({ span, language })),
    );
    super(
      'soft',
      congress.sessions.length,
      slots.map(() => congress.sessions.map((_, session) => session)),
    );
    this.slots = slots;
  }

  protected costOf(item: number, plan: Plan): number {
    const { span, language } = this.slots[item]!;
    let isUsed = false;
    for (const [session, { length, languages, isForeign }] of this.congress.sessions.entries()) {
      // What says nothing about its languages is no reason to look for one.
      if (isForeign || languages.length === 0 || waits(this.congress, plan, session)) continue;
      const from = this.starts[plan.start[session]!]!;
      if (overlap(span, { from, to: from + length }) === 0) continue;
      if (languages.includes(language)) return 0;
      isUsed = true;
    }
    return isUsed ? this.congress.settings.points['language-missing'] : 0;
  }
}

/** On each day on which a delegation is there, a plenary that all its members can attend. */
class CommonPlenaries extends Recounted {
  private readonly members: Members;
  private readonly stays: readonly { readonly delegation: number; readonly day: number }[];
  private readonly plenaries: readonly number[];

  constructor(
    private readonly congress: Congress,
    starts: readonly number[],
  ) {
    const members = new Members(congress, starts);
    const plenaries = congress.sessions.flatMap(({ isPlenary }, session) => (isPlenary ? [session] : []));
    const stays = congress.delegations.flatMap((delegation, index) =>
      Array.from({ length: congress.days }, (_, day) => day)
        .filter((day) => {
          const hours = onDay(congress, day, { from: congress.open, to: congress.close });
          return delegation.members.every((member) => overlap(congress.persons[member]!, hours) > 0);
        })
        .map((day) => ({ delegation: index, day })),
    );
    super(
      'soft',
      congress.sessions.length,
      stays.map(({ delegation }) => [...plenaries, ...members.sessionsOfMembers(delegation)]),
    );
    this.members = members;
    this.stays = stays;
    this.plenaries = plenaries;
  }

  protected costOf(item: number, plan: Plan): number {
    const { delegation, day } = this.stays[item]!;
    const wanted = this.congress.delegations[delegation]!.members.length;
    const hasOne = this.plenaries.some(
      (plenary) =>
        !waits(this.congress, plan, plenary) &&
        dayOf(this.congress, this.members.spanOf(plan, plenary).from) === day &&
        this.members.freeFor(plan, delegation, plenary) === wanted,
    );
    return hasOne ? 0 : this.congress.settings.points['delegation-without-plenary'];
  }
}

/** The stretches between breaks, day by day. */
function slotsOf(congress: Congress): Span[] {
  return daysOf(congress).flatMap((day) => {
    const slots: Span[] = [];
    let from = congress.open;
    for (const pause of [...breaksOn(congress, day)].sort((a, b) => a.from - b.from)) {
      if (pause.from > from) slots.push({ from, to: pause.from });
      from = Math.max(from, pause.to);
    }
    if (congress.close > from) slots.push({ from, to: congress.close });
    return slots.map((slot) => onDay(congress, day, slot));
  });
}

function daysOf({ days }: Congress): number[] {
  return Array.from({ length: days }, (_, day) => day);
}

/** Stands in the tray. */
function waits({ tray }: Congress, plan: Plan, session: number): boolean {
  return tray !== null && plan.room[session] === tray;
}

/** A quantum after which nothing can end. */
function endOf({ sessions }: Congress, starts: readonly number[]): number {
  return Math.max(0, ...starts) + Math.max(0, ...sessions.map(({ length }) => length)) + 1;
}
