import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { Database } from '../../../platform/database/database.js';
import { People, type Person } from '../../people/index.js';
import { Assignments, CalendarObject, Session } from '../../programme/index.js';
import { Invitation } from '../invitation.entity.js';
import { isComing, isUnanswered } from '../invitation.rules.js';
import { CalendarReplyRow } from './calendar-reply.entity.js';
import type { ReplySurroundings } from './reply-decision.rules.js';

/** An answer with what it is about. */
export interface KnownReply {
  readonly reply: CalendarReplyRow;
  /** Null: nobody knows whose entry it is. */
  readonly person: Person | null;
  readonly invitation: Invitation | null;
  readonly session: Session | null;
  /** SEQUENCE that they were told last; null: there is no entry of that UID. */
  readonly told: number | null;
}

export interface ReplyFilter {
  /** Only what waits for a decision. */
  readonly waiting: boolean;
}

/** Read models of answers that calendar programs gave, of one conference each. */
@Injectable()
export class ReplyQueries {
  constructor(
    private readonly db: Database,
    private readonly people: People,
    private readonly assignments: Assignments,
  ) {}

  /** Up to `limit + 1` answers, the latest first; `after` is the id of the last one seen. */
  async list(
    conferenceId: string,
    { waiting }: ReplyFilter,
    { limit, after }: { limit: number; after?: string | null | undefined },
  ): Promise<KnownReply[]> {
    const query = this.db
      .repository(CalendarReplyRow)
      .createQueryBuilder('reply')
      .where('reply.conference_id = :conferenceId', { conferenceId });
    if (waiting) query.andWhere('reply.fate = :fate AND reply.decision IS NULL', { fate: 'waits' });
    if (after) {
      const last = await this.db.repository(CalendarReplyRow).findOneBy({ id: after, conferenceId });
      if (!last) throw InvalidInput.at('after', 'error.invalid');
      const later = '(reply.received_at < :at OR (reply.received_at = :at AND reply.id < :last))';
      query.andWhere(later, { at: last.receivedAt, last: last.id });
    }
    const order = query.orderBy('reply.receivedAt', 'DESC').addOrderBy('reply.id', 'DESC');
    return this.known(await order.limit(limit + 1).getMany());
  }

  /** How many wait for a decision. */
  waiting(conferenceId: string): Promise<number> {
    return this.db.repository(CalendarReplyRow).countBy({ conferenceId, fate: 'waits', decision: IsNull() });
  }

  /** What the calendar of the invited person said, the latest first. */
  ofInvitation(invitationId: string): Promise<CalendarReplyRow[]> {
    return this.db
      .repository(CalendarReplyRow)
      .find({ where: { invitationId }, order: { receivedAt: 'DESC', id: 'DESC' }, take: 50 });
  }

  /** What a mail answered, with what became of it. */
  ofMail(inboundId: string): Promise<CalendarReplyRow[]> {
    return this.db.repository(CalendarReplyRow).find({ where: { inboundId }, order: { id: 'ASC' } });
  }

  /** Of that conference only ([A3]). Throws NotFound. */
  async one(conferenceId: string, id: string): Promise<KnownReply> {
    const row = isId(id) ? await this.db.repository(CalendarReplyRow).findOneBy({ id, conferenceId }) : null;
    if (!row) throw new NotFound();
    return (await this.known([row]))[0]!;
  }

  /** What decides about the decisions. */
  async surroundings({ reply, invitation, session }: KnownReply): Promise<ReplySurroundings> {
    const others = session && reply.personId ? await this.othersIn(session.id, reply.personId) : 0;
    return { state: invitation?.state ?? null, session: session !== null, onlyGuest: session !== null && others === 0 };
  }

  private async known(rows: readonly CalendarReplyRow[]): Promise<KnownReply[]> {
    const people = await this.people.byIds(rows.flatMap(({ personId }) => personId ?? []));
    const invitations = await this.byId(
      Invitation,
      rows.flatMap(({ invitationId }) => invitationId ?? []),
    );
    const objects = await this.db.all(CalendarObject, {
      uid: [...new Set(rows.map(({ uid }) => uid))],
      kind: 'personal',
    });
    const entries = new Map(objects.map((object) => [object.uid, object]));
    const sessionOf = ({ uid, invitationId }: CalendarReplyRow): string | null =>
      invitations.get(invitationId ?? '')?.sessionId ?? entries.get(uid)?.sessionId ?? null;
    const sessions = await this.byId(
      Session,
      rows.flatMap((row) => sessionOf(row) ?? []),
    );
    return rows.map((reply) => ({
      reply,
      person: people.get(reply.personId ?? '') ?? null,
      invitation: invitations.get(reply.invitationId ?? '') ?? null,
      session: sessions.get(sessionOf(reply) ?? '') ?? null,
      told: entries.get(reply.uid)?.sentSequence ?? null,
    }));
  }

  private async byId<E extends Invitation | Session>(
    entity: new () => E,
    ids: readonly string[],
  ): Promise<Map<string, E>> {
    const rows =
      ids.length === 0
        ? []
        : await this.db.repository<Invitation | Session>(entity).findBy({ id: In([...new Set(ids)]) });
    return new Map(rows.map((row) => [row.id, row as E]));
  }

  /** How many others are asked to the session, or take part in it. */
  private async othersIn(sessionId: string, personId: string): Promise<number> {
    const invitations = await this.db.repository(Invitation).findBy({ sessionId });
    const asked = invitations.filter(({ state }) => state === 'draft' || isUnanswered(state) || isComing(state));
    const assigned = (await this.assignments.ofSession(sessionId)).filter(({ state }) => state !== 'declined');
    const everybody = new Set([...asked, ...assigned].map((one) => one.personId));
    everybody.delete(personId);
    return everybody.size;
  }
}
