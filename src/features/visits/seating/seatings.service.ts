import { Injectable } from '@nestjs/common';
import { NotFound, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Assignment, Programmes, Sessions, type Session } from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { inPrecedence } from '../delegation/member.rules.js';
import type { Visit } from '../visit.entity.js';
import { SeatingSettled } from '../visits.events.js';
import { SeatingPlan } from './seating.entity.js';
import { resettled, seatingPlan, swapped, type Party, type Seat, type TableShape } from './seating.rules.js';

export interface Seating {
  readonly session: Session;
  readonly shape: TableShape;
  readonly seats: readonly Seat[];
  readonly hosts: Party;
  readonly guests: Party;
  /** 0: nobody has settled it yet, so this is the proposal. */
  readonly version: number;
}

const HOST_ROLES = ['host', 'counterpart'];

/** Who sits where at the sessions of a visit. */
@Injectable()
export class Seatings {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
  ) {}

  /**
   * The plan as it was settled, with those who have come since on free chairs and those who have gone taken away; else the
   * proposal for `shape`. Throws NotFound for a session of another programme.
   */
  async of(visit: Visit, sessionId: string, shape: TableShape = 'rectangle'): Promise<Seating> {
    const programme = await this.programmes.ofOwner(visit.id);
    const session = await this.sessions.byId(programme.id, sessionId);
    const { hosts, guests } = await this.parties(visit, session);
    const plan = await this.db.one(SeatingPlan, { sessionId });
    if (!plan) return { session, shape, hosts, guests, seats: seatingPlan(shape, hosts, guests), version: 0 };
    return {
      session,
      shape: plan.shape,
      hosts,
      guests,
      seats: resettled(plan.seats, hosts, guests),
      version: plan.version,
    };
  }

  /** Takes the proposal for this shape anew: what people had changed by hand is gone. */
  propose(visit: Visit, sessionId: string, version: number, shape: TableShape): Promise<Seating> {
    return this.settle(visit, sessionId, version, ({ hosts, guests }) => ({
      shape,
      seats: seatingPlan(shape, hosts, guests),
    }));
  }

  /** Two chairs change their people. Throws NotFound for a chair that is not there. */
  swap(visit: Visit, sessionId: string, version: number, a: number, b: number, shape?: TableShape): Promise<Seating> {
    return this.settle(
      visit,
      sessionId,
      version,
      (seating) => {
        if (![a, b].every((no) => seating.seats.some((seat) => seat.no === no))) throw new NotFound();
        return { shape: seating.shape, seats: swapped(seating.seats, a, b) };
      },
      shape,
    );
  }

  private settle(
    visit: Visit,
    sessionId: string,
    version: number,
    change: (seating: Seating) => { shape: TableShape; seats: Seat[] },
    shape?: TableShape,
  ): Promise<Seating> {
    return this.db.transaction(async () => {
      const before = await this.of(visit, sessionId, shape);
      if (before.version !== version) throw new Stale(before);
      const after = change(before);
      const plan = await this.db.one(SeatingPlan, { sessionId });
      if (plan) await this.db.updateIfUnchanged(SeatingPlan, { id: plan.id, version }, after as never);
      else await this.insert(visit, sessionId, after, before);
      await this.journal.record(SeatingSettled({ id: visit.id, sessionId, shape: after.shape }));
      return { ...before, ...after, version: version + 1 };
    });
  }

  private async insert(
    visit: Visit,
    sessionId: string,
    plan: { shape: TableShape; seats: Seat[] },
    seen: Seating,
  ): Promise<void> {
    try {
      await this.db.insert(SeatingPlan, { id: this.ids.next(), visitId: visit.id, sessionId, ...plan, version: 1 });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(seen);
      throw error;
    }
  }

  /** Hosts as they were assigned; guests in the order of precedence of their own side. Nobody stands in both. */
  private async parties(visit: Visit, session: Session): Promise<{ hosts: Party; guests: Party }> {
    const assigned = (await this.db.all(Assignment, { sessionId: session.id }))
      .filter(({ state, talkId }) => state !== 'declined' && talkId === null)
      .toSorted((a, b) => rankOf(a) - rankOf(b) || a.position - b.position || (a.id < b.id ? -1 : 1));
    const members = inPrecedence(await this.db.all(VisitMember, { visitId: visit.id }));
    const theirs = new Map(members.map((member) => [member.personId, member]));
    const named = assigned.filter(({ role }) => role === 'guest').map(({ personId }) => personId);
    // Who takes part from afar has no chair.
    const there = members.filter(
      ({ personId, inPerson }) => inPerson && (named.length === 0 || named.includes(personId)),
    );
    const people = (ids: readonly string[]) => [...new Set(ids)].map((id) => ({ id }));
    return {
      hosts: {
        people: people(
          assigned
            .filter(({ role, personId }) => HOST_ROLES.includes(role) && !theirs.has(personId))
            .map(({ personId }) => personId),
        ),
        interpreters: people(
          assigned
            .filter(({ role, personId }) => role === 'interpreter' && !theirs.has(personId))
            .map(({ personId }) => personId),
        ),
      },
      guests: {
        people: people(there.filter(({ role }) => role !== 'interpreter').map(({ personId }) => personId)),
        interpreters: people(there.filter(({ role }) => role === 'interpreter').map(({ personId }) => personId)),
      },
    };
  }
}

/** Who leads the hosts comes first. */
function rankOf({ role }: Assignment): number {
  return role === 'host' ? 0 : 1;
}
