import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, NotFound, RuleViolation } from '../../kernel/errors.js';
import type { Locale } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import { Clock } from '../../platform/runtime/clock.js';
import { hashOf, Ids } from '../../platform/runtime/ids.js';
import { People, type NewPerson } from '../people/index.js';
import {
  AssignmentAnswered,
  CalendarObject,
  CalendarObjects,
  standsInCalendar,
  type AssignmentRole,
  type AssignmentState,
} from '../programme/index.js';
import { companionsOf, sameCompanions, type CompanionsAsked, type TypedCompanions } from './companions.rules.js';
import { Commitments } from './commitments.service.js';
import { about, alreadyInvited, InvitationDrafts } from './invitation-drafts.service.js';
import { InvitationTokens } from './invitation-tokens.js';
import { Invitation, type NamedSubstitute } from './invitation.entity.js';
import {
  InvitationAnswered,
  InvitationEdited,
  InvitationExpired,
  InvitationSent,
  InvitationWithdrawn,
} from './invitation.events.js';
import { InvitationMails } from './invitation.mails.js';
import {
  activeKey,
  afterCommand,
  isComing,
  isUnanswered,
  type Answer,
  type AnswerChannel,
  type InvitationState,
} from './invitation.rules.js';

const TRIES = 5;

export interface NewInvitation {
  conferenceId: string;
  /** A session's seat; left out: the conference itself. */
  seat?: { sessionId: string; role: AssignmentRole; number?: number | null };
  /** Somebody known, or somebody new; a new one with a known address is the known one. */
  person: { id: string } | NewPerson;
  deadline: Date | null;
  message: string;
  locale: Locale;
  companionsAsked?: CompanionsAsked;
  companionsMax?: number;
}

export interface GivenAnswer {
  answer: Answer;
  comment?: string;
  /** Needed with `substituted`. */
  substitute?: { given: string; family: string | null; email: string };
  /** Left out: as it was. */
  companions?: TypedCompanions;
  channel: AnswerChannel;
  /** Somebody on the staff says that it counts, whatever the deadline. */
  decided?: boolean;
}

export type LetterChanges = Pick<Invitation, (typeof LETTER)[number]>;

const LETTER = ['message', 'deadline', 'locale', 'companionsAsked', 'companionsMax'] as const;

type Read = Readonly<{ id: string; version: number }>;
type Changes = Partial<Omit<Invitation, 'conference' | 'session' | 'assignment' | 'person'>>;

/** Everything that happens to an invitation, from draft to last answer. */
@Injectable()
export class Invitations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly people: People,
    private readonly drafts: InvitationDrafts,
    private readonly tokens: InvitationTokens,
    private readonly commitments: Commitments,
    private readonly mails: InvitationMails,
    private readonly objects: CalendarObjects,
    private readonly suppressions: Suppressions,
  ) {
    journal.on(AssignmentAnswered, ({ id, state }) => this.answeredInProgramme(id, state));
  }

  /** Of that conference only ([A3]). Throws NotFound. */
  async inConference(conferenceId: string, id: string): Promise<Invitation> {
    const found = isId(id) ? await this.db.repository(Invitation).findOneBy({ id, conferenceId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  byToken(token: string): Promise<Invitation | null> {
    return this.db.repository(Invitation).findOneBy({ tokenHash: hashOf(token) });
  }

  /** A draft; a seat is proposed in the programme with it. Throws RuleViolation when the person is asked already. */
  create(input: NewInvitation): Promise<Invitation> {
    return this.asOne(async () => {
      const { conferenceId, seat } = input;
      if (seat) await this.commitments.checkSession(conferenceId, seat.sessionId);
      const personId = await this.drafts.personOf(input.person);
      const subject = { conferenceId, sessionId: seat?.sessionId ?? null, personId };
      return this.drafts.add(this.ids.next(), {
        ...input,
        subject,
        role: seat?.role ?? null,
        number: seat?.number ?? null,
      });
    });
  }

  /** Words, deadline and language of the letter. What was sent stays as it was. */
  edit(read: Read, changes: LetterChanges): Promise<Invitation> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const fields = LETTER.filter((field) => String(before[field]) !== String(changes[field]));
      const after = await this.write(before, changes);
      await this.journal.record(InvitationEdited({ ...about(after), fields }));
      return after;
    });
  }

  /** Puts the letter into the outbox, for the first time or again. Throws RuleViolation without an address that takes mail. */
  send(read: Read, dueAt?: Date): Promise<Invitation> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const state = afterCommand(before, { kind: 'send' }, this.clock.now());
      const email = (await this.people.byId(before.personId))?.email;
      if (!email) throw new RuleViolation('error.invitation.noAddress');
      // It would be given up at once, and look as if it had been sent.
      if ((await this.suppressions.stopped([email])).size > 0)
        throw new RuleViolation('error.invitation.addressStopped');
      // A link that went to another address must not answer any more.
      const moved = before.sentTo !== null && before.sentTo.toLowerCase() !== email.toLowerCase();
      const tokenTurn = before.tokenTurn + (moved ? 1 : 0);
      const tokenHash = this.tokens.hash({ id: before.id, tokenTurn });
      const sent = { state, sentTo: email, sentAt: this.clock.now(), tokenTurn, tokenHash };
      const after = await this.write(before, sent);
      const mailId = await this.mails.invite(after, dueAt);
      await this.db.repository(Invitation).update({ id: after.id }, { mailId });
      await this.journal.record(InvitationSent(about(after)));
      return { ...after, mailId };
    });
  }

  /**
   * An answer, by link or noted by staff; the same again changes nothing. Throws RuleViolation when it comes too late,
   * Stale when two meet, InvalidInput at `substitute.…`.
   */
  answer(id: string, given: GivenAnswer): Promise<Invitation> {
    return this.asOne(async () => {
      const before = await this.db.repository(Invitation).findOneByOrFail({ id });
      const { answer, channel, decided = false } = given;
      const command = { kind: 'answer', answer, channel, decided } as const;
      const state = afterCommand(before, command, this.clock.now());
      const comment = given.comment ?? before.comment;
      const companions = isComing(state) ? this.companions(before, given) : null;
      if (state === before.state && !before.confirmAgain) {
        const same = comment === before.comment && sameCompanions(companions, before.companions);
        return same ? before : this.write(before, { comment, companions });
      }
      await this.takeBackSubstitute(before);
      const substitute = state === 'substituted' ? await this.substitute(before, given) : null;
      const after = await this.move(before, state, {
        comment,
        companions,
        substitute: substitute && substitute.named,
        answeredAt: this.clock.now(),
        answerChannel: given.channel,
        confirmAgain: false,
      });
      if (substitute) await this.inviteInstead(before, substitute);
      const again = state === before.state;
      await this.journal.record(
        InvitationAnswered({ ...about(after), answer: given.answer, channel: given.channel, again }),
      );
      // Who has said it to staff is not asked any more by a letter that waits its turn.
      if (channel === 'staff') await this.mails.takeBackLetter(before);
      await this.confirm(before, after);
      return after;
    });
  }

  private companions(before: Invitation, { companions: typed }: GivenAnswer) {
    return typed === undefined ? before.companions : companionsOf(before, typed);
  }

  /** The entry for the calendar, or its end. Who answered there has it right already, and gets no mail ([CQ11]). */
  private async confirm(before: Invitation, after: Invitation): Promise<void> {
    if (after.answerChannel === 'calendar')
      await this.objects.answeredThere(after.personId, subjectOf(after), isComing(after.state));
    else if (isComing(after.state)) await this.mails.coming(after);
    else if (isComing(before.state)) await this.mails.over(after, await this.wasTold(after));
  }

  /** Takes the invitation back; who knew of it gets a mail, and a cancellation where there is a calendar entry. */
  withdraw(read: Read): Promise<Invitation> {
    return this.db.transaction(async () => {
      const before = await this.current(read);
      const state = afterCommand(before, { kind: 'withdraw' }, this.clock.now());
      const after = await this.move(before, state, { confirmAgain: false });
      await this.journal.record(InvitationWithdrawn(about(after)));
      const told = isComing(before.state) && (await this.wasTold(after));
      // A letter that waits its turn is taken back, and nothing needs to be said.
      const unheard = await this.mails.takeBackLetter(before);
      if ((before.sentTo !== null && !unheard) || told) await this.mails.over(after, told);
      return after;
    });
  }

  /** Ends one that nobody answered in time; false when it was answered, prolonged or withdrawn since. */
  expire(id: string): Promise<boolean> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      const before = await this.db.repository(Invitation).findOneByOrFail({ id });
      if (!isUnanswered(before.state) || before.deadline === null || now < before.deadline) return false;
      const after = await this.move(before, afterCommand(before, { kind: 'expire' }, now), {});
      // A letter that never got its turn would ask for what is over.
      await this.mails.takeBackLetter(before);
      await this.journal.record(InvitationExpired(about(after)));
      return true;
    });
  }

  /** Who is confirmed or declined in the programme has answered: nobody waits for them, or reminds them, any more. */
  private async answeredInProgramme(assignmentId: string, state: AssignmentState): Promise<void> {
    if (state === 'proposed') return;
    const waiting = await this.db
      .repository(Invitation)
      .findOneBy({ assignmentId, state: In(['draft', 'queued', 'bounced']) });
    if (!waiting) return;
    await this.answer(waiting.id, { answer: state === 'confirmed' ? 'accepted' : 'declined', channel: 'staff' });
  }

  private async substitute(
    before: Invitation,
    { substitute }: GivenAnswer,
  ): Promise<{ named: NamedSubstitute; personId: string }> {
    if (!substitute) throw InvalidInput.at('substitute.email', 'error.required');
    const person = { ...substitute, locale: before.locale };
    const personId = await this.drafts.personOf(person);
    if (personId === before.personId) throw InvalidInput.at('substitute.email', 'error.invitation.substituteSelf');
    const key = activeKey({ ...before, personId }, 'draft')!;
    if (await this.db.repository(Invitation).existsBy({ activeKey: key }))
      throw InvalidInput.at('substitute.email', 'error.invitation.substituteKnown');
    const name = [substitute.given, substitute.family].filter(Boolean).join(' ');
    return { named: { name, email: substitute.email, invitationId: this.ids.next() }, personId };
  }

  /** A draft for whoever comes instead: organizers look at it before it leaves. */
  private async inviteInstead(
    before: Invitation,
    { named, personId }: { named: NamedSubstitute; personId: string },
  ): Promise<void> {
    const { conferenceId, sessionId, assignmentId } = before;
    const { role, deadline, locale, companionsAsked, companionsMax } = before;
    const number = await this.commitments.seatNumber(assignmentId);
    const subject = { conferenceId, sessionId, personId };
    const letter = { deadline, message: '', locale, companionsAsked, companionsMax };
    await this.drafts.add(named.invitationId, { subject, role, number, ...letter });
  }

  /** The draft for the substitute goes when the invited person answers otherwise; once sent, it stands. */
  private async takeBackSubstitute({ substitute }: Invitation): Promise<void> {
    const other = substitute && (await this.db.repository(Invitation).findOneBy({ id: substitute.invitationId }));
    if (!other || other.state === 'withdrawn') return;
    if (other.state !== 'draft') throw new RuleViolation('error.invitation.substituteInvited');
    await this.withdraw(other);
  }

  /** Writes the new state, with the seat or place that follows from it. */
  private async move(before: Invitation, state: InvitationState, extra: Changes): Promise<Invitation> {
    // The row first: who comes second stops here, and nothing is bound twice.
    const after = await this.write(before, { ...extra, state, activeKey: activeKey(before, state) });
    await this.mails.takeBackReminder(before);
    const assignmentId = await this.commitments.follow(before, state);
    if (assignmentId !== after.assignmentId)
      await this.db.repository(Invitation).update({ id: after.id }, { assignmentId });
    return { ...after, assignmentId };
  }

  /** Whether a mail put an entry into their calendar that still stands there. What is only held is told no more. */
  private async wasTold(invitation: Invitation): Promise<boolean> {
    const { personId } = invitation;
    const subject = subjectOf(invitation);
    const object = await this.db.repository(CalendarObject).findOneBy({ kind: 'personal', personId, ...subject });
    if (object !== null && standsInCalendar(object)) return true;
    if (object?.heldMail) await this.objects.forgetHeld(personId, subject);
    return false;
  }

  private async current({ id, version }: Read): Promise<Invitation> {
    const row = await this.db.repository(Invitation).findOneBy({ id });
    if (!row) throw new NotFound();
    return { ...row, version };
  }

  private async write(before: Invitation, changes: Changes): Promise<Invitation> {
    const version = await this.db.updateIfUnchanged(Invitation, before, changes);
    return { ...before, ...changes, version } as Invitation;
  }

  /** Somebody with the same address or seat was a moment faster: look again, and find what is there now. */
  private async asOne<T>(work: () => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.db.transaction(work);
      } catch (error) {
        if (!isUniqueViolation(error)) throw error;
        if (attempt === TRIES) throw alreadyInvited();
      }
    }
  }
}

function subjectOf({ sessionId, conferenceId }: Pick<Invitation, 'sessionId' | 'conferenceId'>) {
  return sessionId === null ? { conferenceId } : { sessionId };
}

function isId(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
