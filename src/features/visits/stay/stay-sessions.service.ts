import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import {
  Assignments,
  Conflicts,
  Programmes,
  Sessions,
  type AssignmentRole,
  type NewSession,
  type SavedSession,
  type Session,
} from '../../programme/index.js';
import { VisitMember } from '../delegation/member.entity.js';
import { Visit } from '../visit.entity.js';
import { isOver } from '../visit.rules.js';
import { MemberAdded, MemberRemoved, VisitChanged } from '../visits.events.js';
import { StaySessionEdited } from './stay.events.js';
import { VisitSession } from './stay.entity.js';
import { isForAll, NO_SURROUNDINGS, type Counterparts } from './stay.rules.js';

/** What is typed into the form of a session: what stands in the programme, and what only a visit knows. */
export type StaySessionFields = Pick<NewSession, 'kind' | 'title'> &
  Pick<Session, 'languages' | 'layout'> & {
    place: { start: Date | null; minutes: number; roomId: string | null };
  } & Pick<VisitSession, 'address' | 'setUp' | 'menu' | 'internalNote' | 'guestNote' | 'shownToGuests' | 'planB'>;

interface Read {
  id: string;
  version: number;
}

export interface NewParticipant {
  readonly personId: string;
  readonly role: Extract<AssignmentRole, 'host' | 'counterpart' | 'guest' | 'interpreter'>;
  /** Of a counterpart, 1 to 5. */
  readonly level: number | null;
}

/**
 * The sessions of a programme of stay: each a session of the visit's programme and a row beside it. They are restricted
 * exactly while the visit is, and whoever joins a delegation that takes part as a whole takes part, too.
 */
@Injectable()
export class StaySessions {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly assignments: Assignments,
    private readonly conflicts: Conflicts,
  ) {
    journal.on(VisitChanged, async ({ id, fields }) => {
      if (fields.includes('confidentiality')) await this.follow(id);
    });
    journal.on(MemberAdded, ({ id, personId }) => this.joined(id, personId));
    journal.on(MemberRemoved, ({ id, personId }) => this.left(id, personId));
  }

  /** With all members as its guests. */
  add(visit: Visit, fields: StaySessionFields): Promise<SavedSession> {
    return this.db.transaction(async () => {
      const programmeId = await this.open(visit);
      const { texts, beside } = split(fields);
      const restricted = visit.confidentiality === 'restricted';
      const [id] = await this.sessions.addAll(programmeId, [{ ...texts, restricted }]);
      await this.insertBeside(visit.id, id!, beside);
      const members = await this.db.all(VisitMember, { visitId: visit.id });
      await this.assignments.assignAll(
        programmeId,
        members.map(({ personId }) => guest(id!, personId)),
      );
      return this.saved(programmeId, id!);
    });
  }

  /** Throws NotFound for a session of another programme, Stale when somebody was faster. */
  edit(visit: Visit, read: Read, fields: StaySessionFields): Promise<SavedSession> {
    return this.db.transaction(async () => {
      const programmeId = await this.open(visit);
      const { texts, beside } = split(fields);
      const saved = await this.sessions.edit(programmeId, read, texts);
      await this.changeBeside(visit.id, read.id, beside);
      return saved;
    });
  }

  /** To another time or place and nothing else. */
  async move(visit: Visit, read: Read, place: StaySessionFields['place']): Promise<SavedSession> {
    return this.sessions.move(await this.open(visit), read, place);
  }

  async cancel(visit: Visit, read: Read): Promise<void> {
    await this.sessions.cancel(await this.open(visit), read);
  }

  async reinstate(visit: Visit, read: Read): Promise<void> {
    await this.sessions.reinstate(await this.open(visit), read);
  }

  async remove(visit: Visit, read: Read): Promise<void> {
    await this.sessions.remove(await this.open(visit), read);
  }

  /** Throws RuleViolation when the person has that role there already. */
  assign(visit: Visit, sessionId: string, { personId, role, level }: NewParticipant): Promise<void> {
    return this.db.transaction(async () => {
      const programmeId = await this.open(visit);
      await this.assignments.assign(programmeId, { sessionId, personId, role, state: 'confirmed' });
      if (role !== 'counterpart' || level === null) return;
      const { counterparts } = await this.besideOf(visit.id, sessionId);
      await this.changeBeside(visit.id, sessionId, { counterparts: { ...counterparts, [personId]: level } });
    });
  }

  unassign(visit: Visit, sessionId: string, assignmentId: string): Promise<void> {
    return this.db.transaction(async () => {
      const programmeId = await this.open(visit);
      const assignment = await this.assignments.inProgramme(programmeId, assignmentId);
      if (assignment.sessionId !== sessionId) throw new NotFound();
      const { personId, role } = assignment;
      await this.assignments.unassign(programmeId, assignment);
      const beside = await this.besideOf(visit.id, sessionId);
      if (role === 'host' && beside.leadId === personId) await this.changeBeside(visit.id, sessionId, { leadId: null });
      if (role === 'counterpart' && personId in beside.counterparts)
        await this.changeBeside(visit.id, sessionId, { counterparts: without(beside.counterparts, personId) });
    });
  }

  /** Which of its hosts leads. Throws NotFound for anybody else. */
  lead(visit: Visit, sessionId: string, assignmentId: string): Promise<void> {
    return this.db.transaction(async () => {
      const programmeId = await this.open(visit);
      const assignment = await this.assignments.inProgramme(programmeId, assignmentId);
      if (assignment.sessionId !== sessionId || assignment.role !== 'host') throw new NotFound();
      await this.changeBeside(visit.id, sessionId, { leadId: assignment.personId });
    });
  }

  /** Its programme. Throws RuleViolation where nothing is prepared any more. */
  private async open({ id }: Visit): Promise<string> {
    const visit = await this.db.repository(Visit).findOneByOrFail({ id });
    if (isOver(visit.state)) throw new RuleViolation('error.visit.over');
    return (await this.programmes.ofOwner(id)).id;
  }

  /** Its sessions become restricted, or for everybody in the house again, together with the visit. */
  private async follow(visitId: string): Promise<void> {
    const { confidentiality } = await this.db.repository(Visit).findOneByOrFail({ id: visitId });
    const restricted = confidentiality === 'restricted';
    const { id: programmeId } = await this.programmes.ofOwner(visitId);
    for (const session of await this.planned(programmeId))
      if (session.restricted !== restricted) await this.sessions.edit(programmeId, session, { restricted });
  }

  private async joined(visitId: string, personId: string): Promise<void> {
    const { id: programmeId } = await this.programmes.ofOwner(visitId);
    const planned = await this.planned(programmeId);
    const others = (await this.db.all(VisitMember, { visitId }))
      .map((one) => one.personId)
      .filter((id) => id !== personId);
    const guests = Map.groupBy(
      (await this.assignments.ofSessions(planned.map(({ id }) => id))).filter(({ role }) => role === 'guest'),
      ({ sessionId }) => sessionId,
    );
    // The first member takes part in everything that was planned before anybody was named.
    const everybody = (id: string) =>
      others.length === 0 ||
      isForAll(
        (guests.get(id) ?? []).map((one) => one.personId),
        others,
      );
    await this.assignments.assignAll(
      programmeId,
      planned.filter(({ id }) => everybody(id)).map(({ id }) => guest(id, personId)),
    );
  }

  private async left(visitId: string, personId: string): Promise<void> {
    const { id: programmeId } = await this.programmes.ofOwner(visitId);
    const ids = (await this.planned(programmeId)).map(({ id }) => id);
    for (const assignment of await this.assignments.ofSessions(ids))
      if (assignment.personId === personId && assignment.role === 'guest')
        await this.assignments.unassign(programmeId, assignment);
  }

  private async planned(programmeId: string): Promise<Session[]> {
    return (await this.sessions.all(programmeId)).filter(({ status }) => status !== 'removed');
  }

  private async besideOf(visitId: string, sessionId: string): Promise<VisitSession> {
    const row = await this.db.one(VisitSession, { visitId, sessionId });
    if (row) return row;
    await this.insertBeside(visitId, sessionId, {});
    return this.db.repository(VisitSession).findOneByOrFail({ visitId, sessionId });
  }

  private async insertBeside(visitId: string, sessionId: string, beside: Partial<VisitSession>): Promise<void> {
    const { layout: _ofTheSession, ...empty } = NO_SURROUNDINGS;
    await this.db.insert(VisitSession, {
      id: this.ids.next(),
      visitId,
      sessionId,
      legId: null,
      counterparts: {},
      ...empty,
      ...beside,
      version: 1,
    });
  }

  private async changeBeside(visitId: string, sessionId: string, changes: Partial<VisitSession>): Promise<void> {
    const before = await this.besideOf(visitId, sessionId);
    const fields = (Object.keys(changes) as (keyof VisitSession)[]).filter(
      (field) => JSON.stringify(before[field]) !== JSON.stringify(changes[field]),
    );
    if (fields.length === 0) return;
    await this.db.updateIfUnchanged(VisitSession, before, changes as never);
    await this.journal.record(StaySessionEdited({ id: visitId, sessionId, fields }));
  }

  private async saved(programmeId: string, id: string): Promise<SavedSession> {
    return {
      session: await this.sessions.byId(programmeId, id),
      findings: await this.conflicts.ofSession(programmeId, id),
    };
  }
}

function split({ address, setUp, menu, internalNote, guestNote, shownToGuests, planB, ...texts }: StaySessionFields) {
  return { texts, beside: { address, setUp, menu, internalNote, guestNote, shownToGuests, planB } };
}

function guest(sessionId: string, personId: string) {
  return { sessionId, personId, role: 'guest', state: 'confirmed' } as const;
}

function without(counterparts: Counterparts, personId: string): Counterparts {
  return Object.fromEntries(Object.entries(counterparts).filter(([id]) => id !== personId));
}
