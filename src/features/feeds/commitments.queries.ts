import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { staysInFeed } from '../../platform/calendar/index.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Conference } from '../conferences/index.js';
import { Assignment, Programme, ReleasedProgrammes, Session, type AssignmentRole, type ReleasedProgramme, type ReleasedSession } from '../programme/index.js';
import { isConfirmed, Registration, SessionChoice } from '../registration/index.js';
import { StayReleases } from '../visits/index.js';
import { aroundOf, type StayAround } from './stay-events.js';

export interface SessionCommitment {
  readonly session: ReleasedSession;
  readonly programme: ReleasedProgramme;
  /** Undefined: of a visit. */
  readonly conference: Conference | undefined;
  readonly stay: StayAround | null;
  readonly cancelled: boolean;
  /** Empty where the person only wants to listen. */
  readonly roles: readonly AssignmentRole[];
}

export interface Commitments {
  /** With their venues. */
  readonly conferences: readonly Conference[];
  readonly sessions: readonly SessionCommitment[];
}

/**
 * Where a person has to be: the conferences that they are registered for, the sessions that they chose, and those in
 * which they have a confirmed part. An accepted invitation is one of these: it registers, or confirms a seat. Of sessions only what the latest release says (invariant 6); a part that was given
 * up since then is gone at once.
 */
@Injectable()
export class CommitmentQueries {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly released: ReleasedProgrammes,
    private readonly stays: StayReleases,
  ) {}

  /** Four statements, and one for each programme that nobody has released meanwhile. */
  async of(personId: string): Promise<Commitments> {
    const registrations = (await this.db.repository(Registration).findBy({ personId })).filter(isConfirmed);
    const chosen = registrations.length === 0 ? [] : await this.db.repository(SessionChoice).findBy({ registrationId: In(registrations.map(({ id }) => id)) });
    const parts = await this.partsOf(personId);
    const owners = new Set([...registrations.map(({ conferenceId }) => conferenceId), ...parts.map(({ ownerId }) => ownerId)]);
    const rows = owners.size === 0 ? [] : await this.db.repository(Conference).find({ where: { id: In([...owners]) }, relations: { venue: true } });
    const conferences = new Map(rows.map((conference) => [conference.id, conference]));
    const wanted = new Map<string, AssignmentRole[]>(chosen.map(({ sessionId }) => [sessionId, []]));
    for (const { sessionId, role } of parts) wanted.set(sessionId, [...(wanted.get(sessionId) ?? []), role]);
    const sessions: SessionCommitment[] = [];
    for (const ownerId of [...owners].sort()) {
      const programme = await this.released.ofOwner(ownerId);
      if (!programme) continue;
      const conference = conferences.get(ownerId);
      const text = conference ? null : await this.stays.beside(ownerId);
      sessions.push(...this.within(programme, conference, wanted, text));
    }
    const own = new Set(registrations.map(({ conferenceId }) => conferenceId));
    return { conferences: rows.filter(({ id }) => own.has(id)).sort((a, b) => (a.id < b.id ? -1 : 1)), sessions };
  }

  private within(programme: ReleasedProgramme, conference: Conference | undefined, wanted: ReadonlyMap<string, readonly AssignmentRole[]>, text: Awaited<ReturnType<StayReleases['beside']>>): SessionCommitment[] {
    const now = this.clock.now();
    const told = new Set<string>();
    const all = [...programme.sessions, ...programme.restricted, ...programme.restrictedWithdrawn, ...programme.withdrawn];
    return all.flatMap((session): SessionCommitment[] => {
      const roles = wanted.get(session.id);
      // What is not for everybody is only for those who take part in it; for the others it is as it was, and off.
      if (!roles || told.has(session.id) || (session.restricted && roles.length === 0)) return [];
      told.add(session.id);
      const stay = conference ? null : aroundOf(text, session.id);
      // Guests of a visit learn of what is shown to them only.
      if (!conference && !stay?.shownToGuests && roles.every((role) => role === 'guest')) return [];
      const cancelled = session.status === 'cancelled';
      if (cancelled && !(session.calendar.cancelledAt && staysInFeed(session.calendar.cancelledAt, now))) return [];
      return [{ session, programme, conference, stay, cancelled, roles: [...new Set(roles)].sort() }];
    });
  }

  private partsOf(personId: string): Promise<{ sessionId: string; role: AssignmentRole; ownerId: string }[]> {
    return this.db.manager
      .createQueryBuilder()
      .from(Assignment, 'a')
      .innerJoin(Session, 's', 's.id = a.session_id')
      .innerJoin(Programme, 'p', 'p.id = s.programme_id')
      .select(['a.session_id AS sessionId', 'a.role AS role', 'p.owner_id AS ownerId'])
      .where('a.person_id = :personId AND a.state = :state', { personId, state: 'confirmed' })
      .getRawMany<{ sessionId: string; role: AssignmentRole; ownerId: string }>();
  }
}
