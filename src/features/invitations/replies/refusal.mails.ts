import { Injectable } from '@nestjs/common';
import { Like } from 'typeorm';
import { RuleViolation } from '../../../kernel/errors.js';
import type { Locale } from '../../../kernel/locale.js';
import { letterName } from '../../../kernel/names.js';
import { isCalendarMailbox, wholeSecond, writeDeclineCounter } from '../../../platform/calendar/index.js';
import { Database } from '../../../platform/database/database.js';
import { formatDate, formatTime } from '../../../platform/i18n/formats.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { zoneLabel } from '../../../platform/i18n/zones.js';
import { MessageComposer } from '../../../platform/mail/mail-composer.js';
import type { Block, CalendarPart } from '../../../platform/mail/message.js';
import { Outbox } from '../../../platform/mail/outbox.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { namesOf, personName, type Person } from '../../people/index.js';
import { aboutInvitation } from '../invitation.mails.js';
import { InvitationSubjects, type Subject } from '../invitation-subjects.service.js';
import type { KnownReply } from './reply.queries.js';

/** Tells somebody that the time which they asked for is not possible, in words and in their calendar ([CQ9]). */
@Injectable()
export class RefusalMails {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly composer: MessageComposer,
    private readonly translator: Translator,
    private readonly subjects: InvitationSubjects,
  ) {}

  /** `words` of the organizer stand in the mail and in the entry. Throws RuleViolation without an address. */
  async refuse(known: KnownReply, words: string): Promise<void> {
    const { reply, invitation } = known;
    const person = known.person!;
    if (!person.email) throw new RuleViolation('error.invitation.noAddress');
    const conferenceId = reply.conferenceId!;
    const subject = await this.subjects.of({ conferenceId, sessionId: known.session?.id ?? null });
    const locale = invitation?.locale ?? person.locale;
    const calendar = await this.calendarPart(known, person, words);
    const t = (key: string, params: Record<string, string> = {}): string =>
      this.translator.t(locale, key, { what: this.subjects.title(subject, locale), ...params });
    await this.outbox.enqueue({
      kind: 'proposal-refused',
      cause: `proposal-refused:${reply.id}`,
      to: { address: person.email, name: letterName(namesOf(person)) },
      locale,
      subject: t('mail.proposal.refused.subject'),
      blocks: [
        { kind: 'text', text: t('mail.invitation.greeting', { name: letterName(namesOf(person)) }) },
        { kind: 'text', text: this.intro(reply.proposedStart, subject, locale, t) },
        ...(words === '' ? [] : [{ kind: 'quote', text: words } satisfies Block]),
        await this.facts(subject, locale, t),
        { kind: 'small', text: t(calendar ? 'mail.proposal.refused.calendar' : 'mail.invitation.contactReply') },
      ],
      conferenceId,
      personId: person.id,
      ...(invitation ? { about: aboutInvitation(invitation) } : {}),
      ...(subject.conference.contactEmail ? { replyTo: subject.conference.contactEmail } : {}),
      ...(calendar ? { calendar } : {}),
    });
  }

  private intro(
    proposed: Date | null,
    subject: Subject,
    locale: Locale,
    t: (key: string, params?: Record<string, string>) => string,
  ): string {
    if (proposed === null) return t('mail.proposal.refused.intro');
    const zone = subject.session?.zone ?? subject.conference.zone;
    const at = `${formatDate(locale, proposed, zone)}, ${formatTime(locale, proposed, zone)}`;
    return t('mail.proposal.refused.introTime', { at: `${at} (${zoneLabel(locale, zone, proposed)})` });
  }

  private async facts(subject: Subject, locale: Locale, t: (key: string) => string): Promise<Block> {
    const rows = [
      { label: t('mail.invitation.fact.when'), value: this.subjects.when(subject, locale) },
      { label: t('mail.invitation.fact.where'), value: await this.subjects.where(subject, locale) },
    ];
    return { kind: 'facts', rows: rows.filter(({ value }) => value !== '') };
  }

  /** None for addresses to which no request could go, or where the entry is no more. */
  private async calendarPart(
    { reply, told }: KnownReply,
    person: Person,
    comment: string,
  ): Promise<CalendarPart | undefined> {
    const { from } = this.composer;
    const email = person.email!;
    if (told === null || !isCalendarMailbox(email) || email.toLowerCase() === from.address.toLowerCase())
      return undefined;
    const text = writeDeclineCounter({
      uid: reply.uid,
      sequence: reply.sequence ?? told,
      stamp: wholeSecond(this.clock.now()),
      organizer: { name: from.name, email: from.address },
      attendee: { name: personName(person), email },
      comment,
    });
    const start = `<${reply.uid}.${told}.declinecounter.`;
    const repetition = await this.db
      .repository(OutgoingMail)
      .countBy({ personId: person.id, messageId: Like(`${start}%`) });
    return { method: 'DECLINECOUNTER', text, thread: { uid: reply.uid, sequence: told, repetition } };
  }
}
