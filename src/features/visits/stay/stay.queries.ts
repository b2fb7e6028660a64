import { Injectable } from '@nestjs/common';
import { localDay, toLocal } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import {
  Countries,
  daysOn,
  Interpreters,
  People,
  personName,
  type CountryDay,
  type Person,
} from '../../people/index.js';
import {
  Assignments,
  Conflicts,
  Programmes,
  Sessions,
  type Assignment,
  type FoundConflict,
  type Programme,
  type Session,
} from '../../programme/index.js';
import { Venues, type Room } from '../../venues/index.js';
import { AttendedQueries, conflictsOf, type AttendedSession } from '../attended/attended.queries.js';
import { VisitMember } from '../delegation/member.entity.js';
import { lacksPatronymic } from '../delegation/member-checks.rules.js';
import { inPrecedence } from '../delegation/member.rules.js';
import type { Visit } from '../visit.entity.js';
import { VisitSession } from './stay.entity.js';
import { checksOf, NO_SURROUNDINGS, type Counterparts, type StayCheck, type Surroundings } from './stay.rules.js';
import { calendarChecks, languageCheck } from './stay-surroundings.rules.js';
import { surroundingsOf } from './stay-releases.service.js';

export interface Participant {
  readonly id: string;
  readonly personId: string;
  readonly role: Assignment['role'];
  readonly name: string;
  readonly phone: string | null;
  /** Of a counterpart or member, 1 to 5. */
  readonly level: number | null;
  /** The host who leads. */
  readonly leads: boolean;
}

/** A session of the draft with everything that its page shows. */
export interface PlannedSession {
  readonly session: Session;
  readonly beside: Surroundings;
  readonly room: Room | null;
  readonly people: readonly Participant[];
  readonly conflicts: readonly FoundConflict[];
  readonly checks: readonly StayCheck[];
}

/** A session that is attended, with what is in the way. */
export interface PlannedAttendance extends AttendedSession {
  readonly conflicts: readonly FoundConflict[];
}

export interface PlannedStay {
  readonly programme: Programme;
  /** In order of time, those without a time last. */
  readonly sessions: readonly PlannedSession[];
  /** Sessions of the conference that the delegation attends, in order of time. */
  readonly attended: readonly PlannedAttendance[];
  readonly members: readonly VisitMember[];
  readonly people: ReadonlyMap<string, Person>;
}

/** What is planned for a visit. */
@Injectable()
export class StayQueries {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly assignments: Assignments,
    private readonly conflicts: Conflicts,
    private readonly people: People,
    private readonly interpreters: Interpreters,
    private readonly venues: Venues,
    private readonly attended: AttendedQueries,
    private readonly countries: Countries,
  ) {}

  /** A fixed number of statements. Removed sessions are left out. */
  async planned(visit: Visit): Promise<PlannedStay> {
    const programme = await this.programmes.ofOwner(visit.id);
    const sessions = (await this.sessions.all(programme.id)).filter(({ status }) => status !== 'removed');
    const [beside, assigned, findings, members, known, rooms] = await Promise.all([
      this.db.all(VisitSession, { visitId: visit.id }),
      this.assignments.ofSessions(sessions.map(({ id }) => id)),
      this.conflicts.findings(programme.id),
      this.db.all(VisitMember, { visitId: visit.id }),
      this.interpreters.list(),
      this.venues.roomsByIds(sessions.flatMap(({ roomId }) => roomId ?? [])),
    ]);
    const people = await this.people.byIds([
      ...assigned.map(({ personId }) => personId),
      ...members.map(({ personId }) => personId),
    ]);
    const rows = new Map(beside.map((row) => [row.sessionId, row]));
    const directions = new Map(known.map(({ person, profile }) => [person.id, profile.directions]));
    const levels: Counterparts = Object.fromEntries(
      members.flatMap(({ personId, level }) => (level === null ? [] : [[personId, level]])),
    );
    const { country: code } = visit;
    const days = code === null || code === 'XX' ? [] : (await this.countries.one(code)).days;
    const first = firstOfDays(sessions, programme.zone);
    const planned = sessions.map((session): PlannedSession => {
      const row = rows.get(session.id);
      const around = row ? surroundingsOf(row, session.layout) : { ...NO_SURROUNDINGS, layout: session.layout };
      const counterparts = row?.counterparts ?? {};
      const here = assigned.filter(({ sessionId, state }) => sessionId === session.id && state !== 'declined');
      const placed =
        session.startsAt !== null && (session.roomId !== null || around.address !== null || Boolean(row?.legId));
      return {
        session,
        beside: around,
        room: rooms.get(session.roomId ?? '') ?? null,
        people: participants(here, people, { around, counterparts, levels }),
        conflicts: findings.filter(({ sessions: ids }) => ids.includes(session.id)),
        checks:
          session.status === 'cancelled'
            ? []
            : [
                ...checksOf({
                  kind: session.kind,
                  placed,
                  people: here,
                  memberLevels: levels,
                  counterparts,
                  visit,
                  directions,
                }),
                ...surroundingChecks(session, around, { visit, days, zone: programme.zone, first }),
                ...patronymicChecks(here, people),
              ],
      };
    });
    const attended = (await this.attended.of(visit)).map((one) => ({
      ...one,
      conflicts: conflictsOf(findings, one.sessionId),
    }));
    return { programme, sessions: inTime(planned), attended, members: inPrecedence(members), people };
  }
}

/** What the guests' calendar and languages say of a session. */
function surroundingChecks(
  { id, kind, title, startsAt, endsAt }: Session,
  { shownToGuests }: Surroundings,
  {
    visit: { country: code, languages },
    days,
    zone,
    first,
  }: { visit: Visit; days: readonly CountryDay[]; zone: string; first: ReadonlySet<string> },
): StayCheck[] {
  const language = languageCheck({ title, shownToGuests }, languages);
  if (startsAt === null || endsAt === null) return language;
  const day = localDay(startsAt, zone);
  const clock = (at: Date) => toLocal(at, zone).slice(11, 16);
  const session = {
    kind,
    title,
    shownToGuests,
    day,
    from: clock(startsAt),
    until: clock(endsAt),
    first: first.has(id),
  };
  return [...calendarChecks(session, { code, days: daysOn(days, day) }), ...language];
}

/** Ours who are addressed with a patronymic that is not known. */
function patronymicChecks(assigned: readonly Assignment[], people: ReadonlyMap<string, Person>): StayCheck[] {
  const ours = assigned.filter(({ role }) => role === 'host' || role === 'counterpart');
  return [...new Set(ours.map(({ personId }) => personId))].flatMap((personId): StayCheck[] => {
    const person = people.get(personId);
    return person && lacksPatronymic(person) ? [{ kind: 'patronymic', personId }] : [];
  });
}

/** The sessions that begin the days of a stay. */
function firstOfDays(sessions: readonly Session[], zone: string): Set<string> {
  const first = new Map<string, Session>();
  for (const session of sessions) {
    if (session.startsAt === null || session.status === 'cancelled') continue;
    const day = localDay(session.startsAt, zone);
    const before = first.get(day);
    if (!before || session.startsAt < before.startsAt!) first.set(day, session);
  }
  return new Set([...first.values()].map(({ id }) => id));
}

function participants(
  assigned: readonly Assignment[],
  people: ReadonlyMap<string, Person>,
  { around, counterparts, levels }: { around: Surroundings; counterparts: Counterparts; levels: Counterparts },
): Participant[] {
  const hosts = assigned.filter(({ role }) => role === 'host');
  const lead = hosts.find(({ personId }) => personId === around.leadId) ?? hosts[0];
  return assigned.map((one) => {
    const person = people.get(one.personId);
    return {
      id: one.id,
      personId: one.personId,
      role: one.role,
      name: person ? personName(person) : '',
      phone: person?.phone ?? null,
      level: (one.role === 'counterpart' ? counterparts : one.role === 'guest' ? levels : {})[one.personId] ?? null,
      leads: one.id === lead?.id,
    };
  });
}

function inTime(sessions: readonly PlannedSession[]): PlannedSession[] {
  const at = ({ session }: PlannedSession) => session.startsAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
  return sessions.toSorted((a, b) => at(a) - at(b) || (a.session.id < b.session.id ? -1 : 1));
}
