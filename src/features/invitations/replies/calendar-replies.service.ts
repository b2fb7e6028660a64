import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, MoreThan, Not } from 'typeorm';
import { RuleViolation } from '../../../kernel/errors.js';
import type { Config } from '../../../platform/config/config.js';
import { CONFIG } from '../../../platform/config/config.module.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { InboundReaders, type Reading } from '../../../platform/inbound/inbound-readers.js';
import { InboundMailDone, InboundMailLinked } from '../../../platform/inbound/inbox.service.js';
import type { ReceivedMail } from '../../../platform/inbound/received-mail.js';
import { Journal } from '../../../platform/journal/journal.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../../platform/runtime/ids.js';
import { People } from '../../people/index.js';
import { CalendarObjects, Session, type CalendarObject } from '../../programme/index.js';
import { aboutInvitation, InvitationMails, invitationOf } from '../invitation.mails.js';
import { Invitation } from '../invitation.entity.js';
import { Invitations } from '../invitations.service.js';
import { answersIn, originOf } from './answers-in-mail.js';
import { CalendarReplyRow, type ReplyFate } from './calendar-reply.entity.js';
import { CalendarReplyReceived } from './calendar-reply.events.js';
import {
  believed,
  type CalendarReply,
  verdictOf,
  type KnownObject,
  type MailOrigin,
  type Verdict,
  type Waiting,
} from './reply-verdict.rules.js';

const HOUR = 3_600_000;

interface Known {
  readonly object: CalendarObject;
  readonly conferenceId: string;
  readonly invitation: Invitation | null;
  readonly facts: KnownObject;
}

interface Taken {
  /** What is answered; null: nothing of ours has that UID. */
  readonly known: Known | null;
  /** False: the same answer was here before. */
  readonly fresh: boolean;
}

/**
 * Answers that calendar programs send (iMIP REPLY, COUNTER, REFRESH). Each is stored with what became of it; the invited
 * person's own answer to the version that they were told last counts at once, all else waits for the organizer.
 */
@Injectable()
export class CalendarReplies {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly objects: CalendarObjects,
    private readonly invitations: Invitations,
    private readonly mails: InvitationMails,
    readers: InboundReaders,
  ) {
    readers.add((mail) => this.read(mail));
    journal.on(InboundMailLinked, ({ id, about }) => this.linked(id, about));
    journal.on(InboundMailDone, ({ id }) => this.dealtWith(id));
  }

  /** Takes the answers in a mail. Null when there is none. */
  private async read(mail: ReceivedMail): Promise<Reading | null> {
    const found = answersIn(mail);
    if (!found) return null;
    const origin = originOf(mail, this.config.authservId);
    const taken: Taken[] = [];
    for (const reply of found.replies) taken.push(await this.receive(mail, believed(reply, mail.receivedAt), origin));
    const unknown = taken.some(({ known, fresh }) => fresh && !known);
    const problem = found.problem ?? (unknown ? 'unknownUid' : null);
    const of = taken.find(({ known }) => known)?.known;
    return {
      kind: 'answer',
      open: problem !== null,
      ...(problem === null ? {} : { remark: `inbound.remark.${problem}` }),
      ...(of ? { conferenceId: of.conferenceId, personId: of.object.personId! } : {}),
      ...(of?.invitation ? { about: aboutInvitation(of.invitation) } : {}),
    };
  }

  /** An answer to an entry that nobody knew goes to the desk of the conference that it was linked to. */
  private async linked(inboundId: string, about: string | null): Promise<void> {
    const id = invitationOf({ about });
    const invitation = id === null ? null : await this.db.repository(Invitation).findOneBy({ id });
    if (!invitation) return;
    const { conferenceId, personId } = invitation;
    const link = { invitationId: invitation.id, conferenceId, personId };
    await this.db.repository(CalendarReplyRow).update({ inboundId, conferenceId: IsNull() }, link);
  }

  /** What no desk shows was seen in the inbox. */
  private async dealtWith(inboundId: string): Promise<void> {
    const nowhere = { inboundId, conferenceId: IsNull(), decision: IsNull() };
    const decided = { decision: 'set-aside' as const, decidedAt: this.clock.now(), version: () => 'version + 1' };
    await this.db.repository(CalendarReplyRow).update(nowhere, decided);
  }

  private async receive(mail: ReceivedMail, reply: CalendarReply, origin: MailOrigin): Promise<Taken> {
    const known = await this.known(reply.uid);
    const verdict = verdictOf(reply, known?.facts ?? null, origin);
    const row = this.rowOf(mail, reply, known, verdict);
    if (!(await this.added(row))) return { known, fresh: false };
    const invitation = known?.invitation;
    if (invitation) {
      const waiting = await this.takeEffect(invitation, reply, verdict);
      if (waiting)
        await this.db.repository(CalendarReplyRow).update({ id: row.id }, { fate: 'waits', waitsFor: waiting });
      const { id, conferenceId, personId } = invitation;
      const fate = waiting ? 'waits' : row.fate;
      await this.journal.record(
        CalendarReplyReceived({ id, conferenceId, personId, replyId: row.id, partstat: row.partstat, fate }),
      );
    }
    return { known, fresh: true };
  }

  /** Answers why it waits after all; null: it is as the verdict says. */
  private async takeEffect(invitation: Invitation, reply: CalendarReply, verdict: Verdict): Promise<Waiting | null> {
    if (verdict.kind === 'refresh' && !(await this.sentWithinAnHour(invitation))) await this.mails.again(invitation);
    if (verdict.kind !== 'counts') return null;
    try {
      const comment = reply.comment === '' ? {} : { comment: reply.comment };
      await this.invitations.answer(invitation.id, { answer: verdict.answer, channel: 'calendar', ...comment });
      return null;
    } catch (error) {
      // The deadline is over, or a substitute is on their way already: nothing was written yet.
      if (error instanceof RuleViolation) return 'too-late';
      throw error;
    }
  }

  private async known(uid: string): Promise<Known | null> {
    const object = await this.objects.byUid(uid);
    const conferenceId = object && (await this.conferenceOf(object));
    if (!object?.personId || !conferenceId) return null;
    const invitation = await this.invitationOf(object);
    const person = await this.people.byId(object.personId);
    const newest = await this.db.repository(CalendarReplyRow).findOne({
      where: { uid, fate: In(['counted', 'nothing']), stamp: MoreThan(new Date(0)) },
      order: { stamp: 'DESC' },
    });
    const sequence = object.sentSequence!;
    const facts: KnownObject = {
      invitedAddresses: [invitation?.sentTo, person?.email].filter((address) => typeof address === 'string'),
      state: invitation?.state ?? null,
      sequence,
      // A revision that is only held was told to nobody yet.
      stamp: object.sequence === sequence ? object.stamp : object.createdAt,
      newestStamp: newest && (newest.sequence ?? sequence) >= sequence ? newest.stamp : null,
    };
    return { object, conferenceId, invitation, facts };
  }

  private async conferenceOf({ conferenceId, sessionId }: CalendarObject): Promise<string | null> {
    if (sessionId === null) return conferenceId;
    const where = { id: sessionId };
    const session = await this.db.repository(Session).findOne({ where, relations: { programme: true } });
    return session?.programme.ownerKind === 'conference' ? session.programme.ownerId : null;
  }

  /** The latest that was sent, for the same thing. */
  private invitationOf({ personId, sessionId, conferenceId }: CalendarObject): Promise<Invitation | null> {
    const subject = sessionId === null ? { conferenceId: conferenceId!, kind: 'conference' as const } : { sessionId };
    return this.db.repository(Invitation).findOne({
      where: { personId: personId!, state: Not('draft'), ...subject },
      order: { createdAt: 'DESC', id: 'DESC' },
    });
  }

  private rowOf(mail: ReceivedMail, reply: CalendarReply, known: Known | null, verdict: Verdict): CalendarReplyRow {
    const { method, uid, sequence, stamp, attendee, comment, proposal } = reply;
    const address = attendee.addresses[0] ?? '';
    const parts = [
      uid,
      address,
      stamp?.toISOString(),
      attendee.partstat,
      method,
      sequence,
      proposal?.start?.toISOString(),
    ];
    return {
      id: this.ids.next(),
      key: hashOf(JSON.stringify(stamp === null ? [...parts, mail.id] : parts)),
      inboundId: mail.id,
      invitationId: known?.invitation?.id ?? null,
      conferenceId: known?.conferenceId ?? null,
      personId: known?.object.personId ?? null,
      method,
      uid: uid.slice(0, 255),
      attendee: address.slice(0, 254),
      sender: mail.from?.slice(0, 254) ?? null,
      partstat: attendee.partstat,
      sequence,
      stamp,
      comment,
      delegatedTo: attendee.delegatedTo[0]?.slice(0, 254) ?? null,
      proposedStart: proposal?.start ?? null,
      proposedEnd: proposal?.end ?? null,
      trust: 'trust' in verdict ? verdict.trust : null,
      fate: FATES[verdict.kind],
      waitsFor: verdict.kind === 'waits' ? verdict.why : null,
      decision: null,
      decidedAt: null,
      receivedAt: mail.receivedAt,
      version: 1,
    };
  }

  /** False: the same answer was here before. */
  private async added(row: CalendarReplyRow): Promise<boolean> {
    if (await this.db.repository(CalendarReplyRow).existsBy({ key: row.key })) return false;
    try {
      await this.db.insert(CalendarReplyRow, row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }

  private sentWithinAnHour({ conferenceId, personId }: Invitation): Promise<boolean> {
    const since = MoreThan(new Date(this.clock.now().getTime() - HOUR));
    return this.db
      .repository(OutgoingMail)
      .existsBy({ kind: 'invitation-again', conferenceId, personId, createdAt: since });
  }
}

const FATES: Readonly<Record<Verdict['kind'], ReplyFate>> = {
  counts: 'counted',
  'older-version': 'older-version',
  overtaken: 'overtaken',
  nothing: 'nothing',
  refresh: 'sent-again',
  waits: 'waits',
};
