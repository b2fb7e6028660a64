import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound, RuleViolation, Stale } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { People } from '../people/index.js';
import { isId } from './ids.rules.js';
import { Assignment } from './assignment.entity.js';
import {
  activeKey,
  answered,
  checkRole,
  inPrintOrder,
  seatFor,
  seatKey,
  type AssignmentRole,
  type AssignmentState,
} from './assignment.rules.js';
import { Conflicts, type FoundConflict } from './conflicts/conflicts.service.js';
import { AssignmentAnswered, PersonAssigned, PersonUnassigned } from './programme.events.js';
import { inProgramme, Programmes } from './programmes.service.js';
import { Session } from './session.entity.js';
import { edited } from './session.rules.js';
import { Sessions, type Read } from './sessions.service.js';
import { Talks } from './talks.service.js';

export interface NewAssignment {
  sessionId: string;
  /** A talk of that session; null or left out: the session as a whole. */
  talkId?: string | null;
  personId: string;
  role: AssignmentRole;
  /** `proposed` unless told. */
  state?: AssignmentState;
  /** Number of a panelist's seat; the next free one unless told. */
  seat?: number | null;
  /** Zone of somebody who takes part online; left out: in the room. */
  zone?: string | null;
}

export interface SavedAssignment {
  assignment: Assignment;
  findings: FoundConflict[];
}

const TRIES = 20;

/** Who does what in which session, and their answers. */
@Injectable()
export class Assignments {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly talks: Talks,
    private readonly people: People,
    private readonly conflicts: Conflicts,
  ) {}

  /** Everybody of a session and its talks, declined ones too, in the order of print. */
  async ofSession(sessionId: string): Promise<Assignment[]> {
    return inPrintOrder(await this.db.repository(Assignment).findBy({ sessionId }));
  }

  async ofSessions(sessionIds: readonly string[]): Promise<Assignment[]> {
    return sessionIds.length === 0
      ? []
      : inPrintOrder(await this.db.repository(Assignment).findBy({ sessionId: In([...sessionIds]) }));
  }

  /** What one person does, in all programmes; declined assignments are left out. */
  async ofPerson(personId: string): Promise<Assignment[]> {
    return this.db.repository(Assignment).findBy({ personId, state: In(['proposed', 'confirmed']) });
  }

  async byId(id: string): Promise<Assignment> {
    const assignment = isId(id) ? await this.db.repository(Assignment).findOneBy({ id }) : null;
    if (!assignment) throw new NotFound();
    return assignment;
  }

  /** Throws RuleViolation when the person has that role there already, or the seat is taken. */
  assign(programmeId: string, input: NewAssignment): Promise<SavedAssignment> {
    const { sessionId, personId, role, talkId = null, state = 'proposed', seat: wanted = null, zone = null } = input;
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      edited(await this.sessions.byId(programmeId, sessionId));
      checkRole(role, talkId !== null);
      if (talkId !== null && (await this.talks.byId(programmeId, talkId)).sessionId !== sessionId) throw new NotFound();
      if (!(await this.people.byId(personId))) throw InvalidInput.at('personId', 'error.programme.unknownPerson');
      const assignment = await this.seated({ sessionId, talkId, personId, role, state, wanted, zone });
      await this.journal.record(
        PersonAssigned({ id: assignment.id, ...inProgramme(programme), personId, sessionId, role, state }),
      );
      return { assignment, findings: await this.conflicts.ofSession(programmeId, sessionId) };
    });
  }

  /** Several at once, all or none; the caller asks for their conflicts. Whoever has that role there already keeps it. */
  assignAll(
    programmeId: string,
    inputs: readonly Required<Pick<NewAssignment, 'sessionId' | 'personId' | 'role' | 'state'>>[],
  ): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const sessions = await this.sessions.byIds(
        programmeId,
        inputs.map(({ sessionId }) => sessionId),
      );
      const there = new Set((await this.ofSessions([...sessions.keys()])).map(({ activeKey: key }) => key));
      for (const input of inputs) {
        const session = sessions.get(input.sessionId);
        if (!session) throw new NotFound();
        edited(session);
        if (there.has(activeKey({ ...input, talkId: null }, input.state))) continue;
        const { id } = await this.seated({ ...input, talkId: null, wanted: null, zone: null });
        await this.journal.record(PersonAssigned({ id, ...inProgramme(programme), ...input }));
      }
    });
  }

  /**
   * A person's answer, or staff's note of it. The same answer again changes nothing. Throws Stale when two answers meet,
   * and RuleViolation when the seat, given up before, is somebody else's now and no other is free.
   */
  answer(assignmentId: string, state: AssignmentState): Promise<Assignment> {
    return this.db.transaction(async () => {
      const assignment = await this.byId(assignmentId);
      const next = answered(assignment.state, state);
      if (!next) return assignment;
      const { programme, sessionId, personId, role } = await this.withProgramme(assignment);
      const seat = assignment.state === 'declined' ? await this.freeSeat(assignment) : assignment.seat;
      const changes = {
        state: next,
        seat,
        activeKey: activeKey(assignment, next),
        seatKey: seatKey(sessionId, seat, next),
      };
      const version = await this.unlessTaken(() => this.db.updateIfUnchanged(Assignment, assignment, changes));
      await this.journal.record(
        AssignmentAnswered({ id: assignment.id, ...inProgramme(programme), personId, sessionId, role, state: next }),
      );
      return { ...assignment, ...changes, version };
    });
  }

  /** Another seat at the table; whoever sits there takes the seat that becomes free. */
  reseat(programmeId: string, read: Read, seat: number): Promise<SavedAssignment> {
    return this.db.transaction(async () => {
      const assignment = await this.inProgramme(programmeId, read.id);
      if (assignment.role !== 'panelist' || assignment.state === 'declined')
        throw new RuleViolation('error.programme.noSeat');
      const { sessionId } = assignment;
      const other = await this.db.repository(Assignment).findOneBy({ seatKey: seatKey(sessionId, seat, 'confirmed')! });
      if (other && other.id !== assignment.id)
        await this.db.updateIfUnchanged(Assignment, other, { seatKey: null, seat: assignment.seat });
      const version = await this.unlessTaken(() =>
        this.db.updateIfUnchanged(Assignment, read, { seat, seatKey: seatKey(sessionId, seat, assignment.state) }),
      );
      if (other && other.id !== assignment.id) {
        await this.db.updateIfUnchanged(
          Assignment,
          { id: other.id, version: other.version + 1 },
          { seatKey: seatKey(sessionId, assignment.seat, other.state) },
        );
      }
      return {
        assignment: { ...assignment, seat, version },
        findings: await this.conflicts.ofSession(programmeId, sessionId),
      };
    });
  }

  /** Staff's note of an answer, another seat, or both. Throws Stale when somebody was faster. */
  change(
    programmeId: string,
    read: Read,
    { state, seat }: { state?: AssignmentState | undefined; seat?: number | null | undefined },
  ): Promise<SavedAssignment> {
    return this.db.transaction(async () => {
      const before = await this.inProgramme(programmeId, read.id);
      if (before.version !== read.version) throw new Stale(before);
      const after = state ? await this.answer(before.id, state) : before;
      if (seat !== undefined && seat !== null) return this.reseat(programmeId, after, seat);
      return { assignment: after, findings: await this.conflicts.ofSession(programmeId, after.sessionId) };
    });
  }

  unassign(programmeId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      const { id, personId, sessionId, role } = await this.inProgramme(programmeId, read.id);
      await this.db.updateIfUnchanged(Assignment, read, {});
      await this.db.repository(Assignment).delete({ id });
      await this.journal.record(PersonUnassigned({ id, ...inProgramme(programme), personId, sessionId, role }));
    });
  }

  /** An assignment of this programme. Throws NotFound, also for one of another programme. */
  async inProgramme(programmeId: string, id: string): Promise<Assignment> {
    const assignment = await this.byId(id);
    await this.sessions.byId(programmeId, assignment.sessionId);
    return assignment;
  }

  private async seated(
    input: Omit<NewAssignment, 'seat'> & {
      talkId: string | null;
      state: AssignmentState;
      wanted: number | null;
      zone: string | null;
    },
  ): Promise<Assignment> {
    const { sessionId, talkId, personId, role, state, wanted, zone } = input;
    for (let attempt = 1; ; attempt++) {
      const others = await this.db.repository(Assignment).findBy({ sessionId });
      const key = activeKey({ sessionId, talkId, personId, role }, state);
      if (key !== null && others.some((other) => other.activeKey === key))
        throw new RuleViolation('error.programme.alreadyAssigned');
      const seat = seatFor(role, wanted, others);
      const position = Math.max(0, ...others.map((other) => other.position)) + 1;
      const row = {
        id: this.ids.next(),
        sessionId,
        talkId,
        personId,
        role,
        state,
        seat,
        position,
        zone,
        activeKey: key,
        seatKey: seatKey(sessionId, seat, state),
        version: 1,
      };
      try {
        await this.db.insert(Assignment, row);
        return await this.byId(row.id);
      } catch (error) {
        // Somebody was faster with the same seat or the same person: look again.
        if (!isUniqueViolation(error) || attempt === TRIES) throw error;
      }
    }
  }

  /** The seat somebody had before declining, or the next one when it is taken meanwhile. */
  private async freeSeat({ sessionId, role, seat }: Assignment): Promise<number | null> {
    const others = await this.db.repository(Assignment).findBy({ sessionId });
    const taken = others.some((other) => other.state !== 'declined' && other.seat === seat);
    return seatFor(role, taken ? null : seat, others);
  }

  private async unlessTaken<T>(write: () => Promise<T>): Promise<T> {
    try {
      return await write();
    } catch (error) {
      if (isUniqueViolation(error)) throw new RuleViolation('error.programme.alreadyAssigned');
      throw error;
    }
  }

  private async withProgramme(assignment: Assignment) {
    const session = await this.db.repository(Session).findOneByOrFail({ id: assignment.sessionId });
    return {
      programme: await this.programmes.byId(session.programmeId),
      sessionId: session.id,
      personId: assignment.personId,
      role: assignment.role,
    };
  }
}
