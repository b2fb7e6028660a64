import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Interpreters, type KnownInterpreter } from '../../people/index.js';
import { Assignment } from '../assignment.entity.js';
import { ConflictWatch } from '../conflicts/conflict-watch.js';
import type { ConflictLedger } from '../conflicts/conflict-ledger.js';
import { limitsOf, type Limits } from '../conflicts/limits.rules.js';
import type { Programme } from '../programme.entity.js';
import { VisitTitles } from '../programme.ports.js';
import { Session } from '../session.entity.js';
import { boothsOf, filledBooths, teamSize, type FilledBooth } from './booths.rules.js';

/** A session that is interpreted, with those who do it. */
export interface InterpretedSession {
  readonly session: Session;
  readonly booths: readonly FilledBooth[];
  /** People that each booth wants. */
  readonly size: number;
  /** Assignments of interpreters, declined ones left out. */
  readonly assigned: readonly Assignment[];
  /** People assigned who have no booth: their languages do not fit, or there are enough. */
  readonly spare: readonly string[];
}

/** A session that somebody interprets, in whatever programme. */
export interface Engagement {
  readonly personId: string;
  readonly session: Session;
  /** What it is may not be told to the viewer of the request, where it is another programme's. */
  readonly closed: boolean;
}

/** Everything that is known about the interpretation of one programme. */
export interface Interpretation {
  readonly programme: Programme;
  readonly limits: Limits;
  /** Of the house, in the order of their names. */
  readonly known: readonly KnownInterpreter[];
  /** In the order of time; those without a time last. */
  readonly sessions: readonly InterpretedSession[];
  /** Of the interpreters known, and of all who are assigned here. */
  readonly engagements: readonly Engagement[];
  readonly ledger: ConflictLedger;
}

/** The day on which a session counts, on the clock of the programme. */
export function dayOf({ startsAt }: Session, zone: string): string {
  return localDay(startsAt!, zone);
}

/** Reads what the rules about interpreters want to know. A fixed number of statements. */
@Injectable()
export class InterpretationSource {
  constructor(
    private readonly db: Database,
    private readonly interpreters: Interpreters,
    private readonly watch: ConflictWatch,
    private readonly visits: VisitTitles,
  ) {}

  async of(programme: Programme): Promise<Interpretation> {
    const [all, known, ledger] = await Promise.all([
      this.db.repository(Session).find({
        where: { programmeId: programme.id, status: 'planned' },
        order: { startsAt: 'ASC', id: 'ASC' },
      }),
      this.interpreters.list(),
      this.watch.current(),
    ]);
    const interpreted = all.filter(({ interpretation }) => interpretation.length > 0);
    const assigned = await this.assignedTo(interpreted.map(({ id }) => id));
    const limits = limitsOf(programme.limits);
    const waysOf = new Map(known.map(({ person, profile }) => [person.id, profile.directions]));
    const sessions = interpreted.map((session): InterpretedSession => {
      const own = assigned.filter(({ sessionId }) => sessionId === session.id);
      const people = [...new Set(own.map(({ personId }) => personId))];
      const size = teamSize(session.minutes, limits.interpreterAlone);
      const present = people.map((personId) => ({ personId, ways: waysOf.get(personId) ?? null }));
      const needs = boothsOf(session.languages, session.interpretation);
      return { session, size, assigned: own, ...filledBooths(needs, size, present) };
    });
    const people = new Set([...waysOf.keys(), ...assigned.map(({ personId }) => personId)]);
    return {
      programme,
      limits,
      known,
      sessions: [
        ...sessions.filter(({ session }) => session.startsAt),
        ...sessions.filter(({ session }) => !session.startsAt),
      ],
      engagements: await this.engagementsOf([...people]),
      ledger,
    };
  }

  private assignedTo(sessionIds: readonly string[]): Promise<Assignment[]> {
    if (sessionIds.length === 0) return Promise.resolve([]);
    return this.db.repository(Assignment).find({
      where: { sessionId: In([...sessionIds]), role: 'interpreter', state: In(['proposed', 'confirmed']) },
      order: { position: 'ASC', id: 'ASC' },
    });
  }

  private async engagementsOf(people: readonly string[]): Promise<Engagement[]> {
    if (people.length === 0) return [];
    const rows = await this.db.repository(Assignment).find({
      where: {
        personId: In([...people]),
        role: 'interpreter',
        state: In(['proposed', 'confirmed']),
        session: { status: 'planned', startsAt: Not(IsNull()) },
      },
      relations: { session: { programme: true } },
    });
    // Whoever interprets several talks of a session is there once.
    const owners = rows.map(({ session }) => session.programme).filter(({ ownerKind }) => ownerKind === 'visit');
    const visits = await this.visits.known([...new Set(owners.map(({ ownerId }) => ownerId))]);
    const once = new Map(
      rows.map(({ personId, session }) => {
        const { ownerKind, ownerId } = session.programme;
        const closed = session.restricted || (ownerKind === 'visit' && !visits.has(ownerId));
        return [`${personId} ${session.id}`, { personId, session, closed }];
      }),
    );
    return [...once.values()].sort(
      (a, b) => a.session.startsAt!.getTime() - b.session.startsAt!.getTime() || (a.session.id < b.session.id ? -1 : 1),
    );
  }
}
