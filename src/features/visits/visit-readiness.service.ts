import { Injectable } from '@nestjs/common';
import { LOCALES, type Localized } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { People, personName, type Person } from '../people/index.js';
import { Assignment, Conflicts, Programme, Session } from '../programme/index.js';
import { VisitAttendance } from './attended/attendance.entity.js';
import { AttendedQueries } from './attended/attended.queries.js';
import { VisitMember } from './delegation/member.entity.js';
import { inPrecedence, isTitled } from './delegation/member.rules.js';
import { MemberVisas } from './delegation/member-visas.queries.js';
import type { VisaStanding } from './delegation/visa-need.rules.js';
import { VisitPaper } from './papers/paper.entity.js';
import { readiness, type ReadinessFacts, type ReadinessKey, type ReadinessLine } from './readiness.rules.js';
import { VisitSession } from './stay/stay.entity.js';
import { needsInterpreter } from './stay/stay.rules.js';
import { VisitOverride, type Visit } from './visit.entity.js';

/** All rows of some visits that their readiness is computed from. */
interface Rows {
  readonly overrides: readonly VisitOverride[];
  readonly members: readonly VisitMember[];
  readonly people: ReadonlyMap<string, Person>;
  readonly visas: ReadonlyMap<string, VisaStanding>;
  readonly papers: readonly VisitPaper[];
  readonly programmes: readonly Programme[];
  readonly sessions: readonly Session[];
  readonly beside: readonly VisitSession[];
  readonly assigned: readonly Assignment[];
  /** By visit. */
  readonly missed: ReadonlyMap<string, ReadinessFacts['missed']>;
  /** By programme, the sessions that stand in an error that nobody accepted: a room or a person in two places. */
  readonly doubled: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Looks together what the readiness of visits is computed from. */
@Injectable()
export class VisitReadiness {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly conflicts: Conflicts,
    private readonly visas: MemberVisas,
    private readonly attended: AttendedQueries,
  ) {}

  async of(visit: Visit): Promise<ReadinessLine[]> {
    return (await this.ofAll([visit])).get(visit.id)!;
  }

  /** By visit. A fixed number of statements, and a few for each visit that attends sessions of its conference. */
  async ofAll(visits: readonly Visit[]): Promise<Map<string, ReadinessLine[]>> {
    const rows = await this.rows(visits);
    const lines = new Map<string, ReadinessLine[]>();
    for (const visit of visits) {
      const overrides = new Map<ReadinessKey, string>(
        of(rows.overrides, visit).map(({ key, reason }) => [key, reason]),
      );
      lines.set(visit.id, readiness(factsOf(visit, rows), overrides));
    }
    return lines;
  }

  /** Sessions that a delegation attends and that stand in an error, or are off. Only of visits that attend some. */
  private async missed(
    visits: readonly Visit[],
    attending: readonly VisitAttendance[],
    programmes: readonly Programme[],
    doubled: Rows['doubled'],
  ): Promise<Rows['missed']> {
    const found = new Map<string, ReadinessFacts['missed']>();
    for (const visit of visits) {
      if (!attending.some((row) => row.visitId === visit.id)) continue;
      const programme = programmes.find(({ ownerId }) => ownerId === visit.id);
      const inError = doubled.get(programme?.id ?? '');
      const lost = (await this.attended.of(visit)).filter(
        ({ sessionId, state }) => state === 'off' || state === 'untimed' || inError?.has(sessionId),
      );
      found.set(
        visit.id,
        lost.map(({ sessionId, title }) => ({ id: sessionId, title: anyText(title) })),
      );
    }
    return found;
  }

  private async rows(visits: readonly Visit[]): Promise<Rows> {
    const visitId = visits.map(({ id }) => id);
    const members = await this.db.all(VisitMember, { visitId });
    const programmes = await this.db.all(Programme, { ownerId: visitId });
    const sessions = await this.db.all(Session, { programmeId: programmes.map(({ id }) => id), status: 'planned' });
    const attending = await this.db.all(VisitAttendance, { visitId });
    const withSessions = sessions.map(({ programmeId }) => programmeId);
    const withOthers = programmes.filter(({ ownerId }) => attending.some((row) => row.visitId === ownerId));
    const doubled = await this.conflicts.inError([...new Set([...withSessions, ...withOthers.map(({ id }) => id)])]);
    return {
      missed: await this.missed(visits, attending, programmes, doubled),
      overrides: await this.db.all(VisitOverride, { visitId }),
      members,
      people: await this.people.byIds(members.map(({ personId }) => personId)),
      visas: await this.visas.of(visits, members),
      papers: await this.db.all(VisitPaper, { visitId }),
      programmes,
      sessions: sessions.toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1)),
      beside: await this.db.all(VisitSession, { visitId }),
      assigned: await this.db.all(Assignment, { sessionId: sessions.map(({ id }) => id) }),
      doubled,
    };
  }
}

function factsOf(visit: Visit, rows: Rows): ReadinessFacts {
  const papers = of(rows.papers, visit);
  return {
    decided: Boolean(visit.decidedBy && visit.decidedOn && visit.decision),
    invitationLetter: papers.some(
      ({ kind, direction, number }) => kind === 'invitation' && direction === 'outgoing' && number !== null,
    ),
    members: membersOf(visit, rows),
    sessions: sessionsOf(visit, rows),
    missed: rows.missed.get(visit.id) ?? [],
    report: papers.some(({ kind }) => kind === 'report'),
    purgeDate: visit.purgeOn !== null,
  };
}

function sessionsOf(visit: Visit, rows: Rows): ReadinessFacts['sessions'] {
  const programme = rows.programmes.find(({ ownerId }) => ownerId === visit.id);
  const sessions = rows.sessions.filter(({ programmeId }) => programmeId === programme?.id);
  if (!programme || sessions.length === 0) return [];
  const doubled = rows.doubled.get(programme.id)!;
  return sessions.map((session) => {
    const roles = rows.assigned
      .filter(({ sessionId, state }) => sessionId === session.id && state !== 'declined')
      .map(({ role }) => role);
    const elsewhere = rows.beside.some(
      ({ sessionId, address, legId }) => sessionId === session.id && (address !== null || legId !== null),
    );
    return {
      id: session.id,
      title: anyText(session.title),
      placed: session.startsAt !== null && (session.roomId !== null || elsewhere),
      owned: roles.includes('host'),
      lacksInterpreter: needsInterpreter(session.kind, visit) && !roles.includes('interpreter'),
      doubleBooked: doubled.has(session.id),
    };
  });
}

function membersOf(visit: Visit, rows: Rows): ReadinessFacts['members'] {
  return inPrecedence(of(rows.members, visit)).map((member) => {
    const person = rows.people.get(member.personId);
    return {
      id: member.id,
      name: person ? personName(person) : '',
      role: member.role,
      titled: isTitled(member.title),
      visaSettled: !['open', 'unknown'].includes(rows.visas.get(member.id) ?? 'unknown'),
    };
  });
}

function of<R extends { visitId: string }>(rows: readonly R[], visit: Visit): R[] {
  return rows.filter(({ visitId }) => visitId === visit.id);
}

function timeOf({ startsAt }: Session): number {
  return startsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function anyText(text: Localized): string {
  return LOCALES.map((locale) => text[locale]).find(Boolean) ?? '';
}
