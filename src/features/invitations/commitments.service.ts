import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Assignment, Assignments, Programmes, Session, type AssignmentState } from '../programme/index.js';
import { isActive, Registrations } from '../registration/index.js';
import type { Invitation } from './invitation.entity.js';
import { isComing, type InvitationState } from './invitation.rules.js';

const SEATS: Readonly<Record<InvitationState, AssignmentState | null>> = {
  draft: null,
  queued: null,
  bounced: null,
  accepted: 'confirmed',
  tentative: 'proposed',
  declined: 'declined',
  substituted: 'declined',
  expired: 'declined',
  withdrawn: null,
};

type Seat = Pick<Invitation, 'sessionId' | 'personId' | 'role'>;

/** What an answer binds: a seat in the programme, or a place at the conference. Part of the caller's transaction. */
@Injectable()
export class Commitments {
  constructor(
    private readonly db: Database,
    private readonly programmes: Programmes,
    private readonly assignments: Assignments,
    private readonly registrations: Registrations,
  ) {}

  /** A session of the conference's own programme ([A3]). Throws InvalidInput. */
  async checkSession(conferenceId: string, sessionId: string): Promise<void> {
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId);
    const session = await this.db.repository(Session).findOneBy({ id: sessionId, programmeId });
    if (!session || session.status !== 'planned') throw InvalidInput.at('session', 'error.choice');
  }

  /** The seat that is asked for: proposed now, or the one that the person has there already. */
  async propose(conferenceId: string, { sessionId, personId, role }: Seat, seat: number | null): Promise<string> {
    const known = (await this.assignments.ofSession(sessionId!)).find(
      (one) => one.personId === personId && one.role === role && one.talkId === null && one.state !== 'declined',
    );
    if (known) return known.id;
    const { id: programmeId } = await this.programmes.ofOwner(conferenceId);
    const order = { sessionId: sessionId!, personId, role: role!, state: 'proposed' as const, seat };
    return (await this.assignments.assign(programmeId, order)).assignment.id;
  }

  /** Brings seat or place in line with the new state. Answers the assignment, which may be a new one. */
  async follow(before: Invitation, state: InvitationState): Promise<string | null> {
    if (before.kind === 'seat') return this.seat(before, state);
    if (state === 'accepted') await this.register(before);
    else if (isComing(before.state) && !isComing(state)) await this.leave(before);
    return null;
  }

  /** The number of the seat, for whoever comes instead. */
  async seatNumber(assignmentId: string | null): Promise<number | null> {
    return (await this.assignment(assignmentId))?.seat ?? null;
  }

  private async seat(invitation: Invitation, state: InvitationState): Promise<string | null> {
    const known = await this.assignment(invitation.assignmentId);
    if (state === 'withdrawn') {
      if (known) await this.assignments.unassign(await this.programmeOf(invitation), known);
      return null;
    }
    const wanted = SEATS[state];
    if (wanted === null) return known?.id ?? null;
    if (!known && wanted === 'declined') return null;
    const id = known?.id ?? (await this.propose(invitation.conferenceId, invitation, null));
    // A confirmed seat is given back before it is only proposed again.
    if (known?.state === 'confirmed' && wanted === 'proposed') await this.assignments.answer(id, 'declined');
    await this.assignments.answer(id, wanted);
    return id;
  }

  private async register({ conferenceId, personId, locale }: Invitation): Promise<void> {
    await this.registrations.registerPerson({
      conferenceId,
      personId,
      locale,
      category: 'invited_guest',
      form: 'in_person',
    });
  }

  /** Who registered by themselves, as something else than a guest, decides about that by themselves. */
  private async leave({ conferenceId, personId }: Invitation): Promise<void> {
    const registration = await this.registrations.activeOf(conferenceId, personId);
    if (registration?.category === 'invited_guest' && isActive(registration))
      await this.registrations.cancel(registration);
  }

  private async assignment(id: string | null): Promise<Assignment | null> {
    return id === null ? null : this.db.repository(Assignment).findOneBy({ id });
  }

  private async programmeOf({ sessionId }: Invitation): Promise<string> {
    const session = sessionId === null ? null : await this.db.repository(Session).findOneBy({ id: sessionId });
    if (!session) throw new NotFound();
    return session.programmeId;
  }
}
