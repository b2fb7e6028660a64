import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { People, personName } from '../../people/index.js';
import type { Session } from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { VisitSessions } from '../stay-sessions.queries.js';
import type { Visit } from '../visit.entity.js';
import { SeatingPlan } from './seating.entity.js';
import type { Seat } from './seating.rules.js';

/** What the pages of seating read: sessions where people sit, and how those on the chairs are called. */
@Injectable()
export class SeatedPeople {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly sessions: VisitSessions,
  ) {}

  /** The sessions that have a time, in order, and whether somebody has settled their plan. */
  async sessionsOf(visit: Visit): Promise<(Session & { settled: boolean })[]> {
    const plans = new Set((await this.db.all(SeatingPlan, { visitId: visit.id })).map(({ sessionId }) => sessionId));
    return (await this.sessions.of(visit))
      .filter(({ startsAt }) => startsAt !== null)
      .map((session) => ({ ...session, settled: plans.has(session.id) }));
  }

  /** By person: as the plate of a member says it, else the name. */
  async namesOf(visit: Visit, seats: readonly Seat[]): Promise<Map<string, string>> {
    const ids = seats.flatMap(({ personId }) => personId ?? []);
    const people = await this.people.byIds(ids);
    const members = await this.db.all(VisitMember, { visitId: visit.id, personId: ids });
    const plates = new Map(members.map(({ personId, plate }) => [personId, plate.be ?? plate.ru ?? plate.en]));
    return new Map([...people].map(([id, person]) => [id, plates.get(id) || personName(person)]));
  }
}
