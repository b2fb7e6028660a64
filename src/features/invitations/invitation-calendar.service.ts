import { Inject, Injectable } from '@nestjs/common';
import { Like } from 'typeorm';
import type { Locale } from '../../kernel/locale.js';
import { isCalendarMailbox, writeCalendar, type CalendarEvent, type Partstat } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { Translator } from '../../platform/i18n/translator.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import type { CalendarPart } from '../../platform/mail/message.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { personName, type Person } from '../people/index.js';
import type { Conference } from '../conferences/index.js';
import {
  CalendarObjects,
  methodOf,
  type AssignmentRole,
  type CalendarObject,
  type PersonalContent,
  type Told,
} from '../programme/index.js';
import { InvitationSubjects, type Subject } from './invitation-subjects.service.js';

export interface CalendarRecipient {
  readonly person: Person;
  readonly locale: Locale;
  readonly role: AssignmentRole | null;
  /** What we know of their answer. */
  readonly partstat: Partstat;
}

type Revision = Pick<Told, 'uid' | 'sequence' | 'stamp' | 'created' | 'method'>;

/** The calendar part of mails to one person about one commitment: REQUEST, CANCEL, or a file for odd addresses. */
@Injectable()
export class InvitationCalendar {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly objects: CalendarObjects,
    private readonly composer: MessageComposer,
    private readonly subjects: InvitationSubjects,
  ) {}

  /** Notes that this is told now; part of the transaction that writes the mail. The subject must have a time. */
  async tell(to: CalendarRecipient, subject: Subject, ended: boolean): Promise<CalendarPart> {
    const { person } = to;
    const about = subject.session ? { sessionId: subject.session.id } : { conferenceId: subject.conference.id };
    const told = await this.objects.told(person.id, about, this.own(to, subject, ended));
    const start = `<${told.uid}.${told.sequence}.${told.method.toLowerCase()}.`;
    return this.write(to, subject, told, told.changed ? 0 : await this.repetitions(person.id, start));
  }

  /** The part that tells a revision for the first time. */
  part(to: CalendarRecipient, subject: Subject, object: CalendarObject): Promise<CalendarPart> {
    const told = { ...object, created: object.createdAt, method: methodOf(object) };
    return this.write(to, subject, told, 0);
  }

  /** Several revisions that are told for the first time, in one file that asks for nothing ([CM2]). */
  async file(
    told: readonly { to: CalendarRecipient; subject: Subject; object: CalendarObject }[],
  ): Promise<CalendarPart> {
    const events: CalendarEvent[] = [];
    for (const { to, subject, object } of told)
      events.push(await this.event(to, subject, { ...object, created: object.createdAt, method: methodOf(object) }));
    return { method: 'PUBLISH', text: writeCalendar('PUBLISH', events) };
  }

  /** What is told to this person beyond what the release says; of a conference its days and its place. */
  own(
    { locale, role, partstat }: CalendarRecipient,
    { conference, session }: Subject,
    ended: boolean,
  ): PersonalContent {
    const content = JSON.stringify([locale, role, partstat]);
    return { cancelled: ended, content, ...(session ? {} : { significant: daysAndPlace(conference) }) };
  }

  private async write(
    to: CalendarRecipient,
    subject: Subject,
    told: Revision,
    repetition: number,
  ): Promise<CalendarPart> {
    const { person, role, partstat } = to;
    const event = await this.event(to, subject, told);
    if (!this.mayAsk(person.email!)) return { method: 'PUBLISH', text: writeCalendar('PUBLISH', [event]) };
    const attendee = {
      name: personName(person),
      email: person.email!,
      role: role === 'chair' || role === 'moderator' ? ('CHAIR' as const) : ('REQ-PARTICIPANT' as const),
      partstat,
      rsvp: true,
    };
    const { uid, sequence, method } = told;
    const text = writeCalendar(method, [{ ...event, attendee, disallowCounter: true }]);
    return { method, text, thread: { uid, sequence, repetition } };
  }

  /** Whether clients can answer a REQUEST to this address ([CV4]); ours is the organizer, who is never invited. */
  mayAsk(address: string): boolean {
    return isCalendarMailbox(address) && address.toLowerCase() !== this.composer.from.address.toLowerCase();
  }

  private async event({ locale, role }: CalendarRecipient, subject: Subject, told: Revision): Promise<CalendarEvent> {
    const { conference, session } = subject;
    const cancelled = told.method === 'CANCEL';
    const place = await this.subjects.where(subject, locale);
    const lines = [
      this.subjects.title({ conference, session: null }, locale),
      role
        ? this.translator.t(locale, 'mail.invitation.asRole', { role: this.translator.t(locale, `role.${role}`) })
        : '',
    ].filter((line) => line !== '');
    const join = session?.onlineUrl?.startsWith('https:') ? session.onlineUrl : undefined;
    return {
      uid: told.uid,
      sequence: told.sequence,
      stamp: told.stamp,
      created: told.created,
      lastModified: told.stamp,
      when: session
        ? { start: session.startsAt!, end: session.endsAt!, zone: session.zone }
        : { firstDay: conference.startsOn, lastDay: conference.endsOn },
      summary: this.subjects.title(subject, locale),
      description: session ? lines.join('\n') : '',
      ...(place === '' ? {} : { location: place }),
      ...(join
        ? {
            conferences: [
              { url: join, label: this.translator.t(locale, 'mail.invitation.join'), features: ['AUDIO', 'VIDEO'] },
            ],
          }
        : {}),
      url: this.config.publicUrl + this.subjects.path(subject, locale),
      organizer: { name: this.composer.from.name, email: this.composer.from.address },
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      transparent: cancelled || session === null,
    };
  }

  /** How often this revision was mailed before; its number keeps Message-IDs apart ([CI3]). */
  private repetitions(personId: string, start: string): Promise<number> {
    return this.db.repository(OutgoingMail).countBy({ personId, messageId: Like(`${start}%`) });
  }
}

/** What of a conference makes people answer anew. The name of the venue does not. */
export function daysAndPlace({ startsOn, endsOn, zone, venueId }: Conference): string {
  return JSON.stringify([startsOn, endsOn, zone, venueId]);
}
