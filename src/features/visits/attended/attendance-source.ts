import { Injectable } from '@nestjs/common';
import { dayAfter, toInstant } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Attendances, Programme, type Attended } from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { Visit } from '../visit.entity.js';
import { isOver } from '../visit.rules.js';
import { VisitAttendance } from './attendance.entity.js';
import { whoAttends } from './attended.rules.js';

/** More ids than this are not put into a statement: all rows are read instead, and they are few. */
const MANY = 500;

/** Tells the conflicts which delegations come to which sessions, and while they are here. */
@Injectable()
export class AttendanceSource {
  constructor(
    private readonly db: Database,
    attendances: Attendances,
  ) {
    attendances.from(
      (sessionIds) => this.of(sessionIds),
      (programmeIds) => this.sessionsOf(programmeIds),
    );
  }

  /** Four statements. Visits that do not take place, or not yet again, keep nobody busy. */
  private async of(sessionIds: readonly string[]): Promise<Map<string, Attended[]>> {
    const wanted = new Set(sessionIds);
    const all =
      wanted.size > MANY
        ? await this.db.repository(VisitAttendance).find()
        : await this.db.all(VisitAttendance, { sessionId: [...wanted] });
    const rows = all.filter(({ sessionId }) => wanted.has(sessionId));
    if (rows.length === 0) return new Map();
    const visitId = [...new Set(rows.map((row) => row.visitId))];
    const visits = (await this.db.all(Visit, { id: visitId })).filter(takesPlace);
    const members = await this.db.all(VisitMember, { visitId });
    const programmes = await this.db.all(Programme, { ownerId: visitId });
    const found = new Map<string, Attended[]>();
    for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
      const visit = visits.find(({ id }) => id === row.visitId);
      const programme = programmes.find(({ ownerId }) => ownerId === row.visitId);
      if (!visit || !programme) continue;
      const people = whoAttends(
        members.filter((member) => member.visitId === visit.id),
        row.memberIds,
      ).map(({ personId }) => personId);
      const attended = { programmeId: programme.id, people: people.sort(), stay: stayOf(visit) };
      found.set(row.sessionId, [...(found.get(row.sessionId) ?? []), attended]);
    }
    return found;
  }

  private async sessionsOf(programmeIds: readonly string[]): Promise<string[]> {
    const programmes = await this.db.all(Programme, { id: programmeIds, ownerKind: 'visit' });
    const rows = await this.db.all(VisitAttendance, { visitId: programmes.map(({ ownerId }) => ownerId) });
    return rows.map(({ sessionId }) => sessionId);
  }
}

function takesPlace({ state }: Visit): boolean {
  return !isOver(state) && state !== 'postponed';
}

/** From the first minute of the first day to the last of the last, at the venue. */
function stayOf({ startsOn, endsOn, zone }: Visit): Attended['stay'] {
  if (startsOn === null || endsOn === null) return null;
  const at = (day: string) => toInstant(`${day}T00:00`, zone).instant.getTime();
  return { start: at(startsOn), end: at(dayAfter(endsOn)) };
}
