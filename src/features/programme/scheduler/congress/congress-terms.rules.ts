import { breaksOn, dayOf, daysOf, onDay, overlap, type Congress, type Span } from './congress.rules.js';
import { Interpreters } from './interpreter-demand.rules.js';
import { Languages } from './language-slots.rules.js';
import { Recounted } from './recounted.rules.js';
import { RoomDouble } from './room-double.rules.js';
import type { Plan, Score } from '../plan.rules.js';
import type { CostTerm } from '../problem.rules.js';

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

/** Stands in the tray. */
function waits({ tray }: Congress, plan: Plan, session: number): boolean {
  return tray !== null && plan.room[session] === tray;
}
