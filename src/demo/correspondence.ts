import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import MailComposer from 'nodemailer/lib/mail-composer';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Type } from '@nestjs/common';
import { Database } from '../platform/database/database.js';
import { InboundStore } from '../platform/inbound/inbound-store.js';
import { InboundWorker } from '../platform/inbound/inbound-worker.js';
import { MessageComposer } from '../platform/mail/mail-composer.js';
import { OutgoingMail } from '../platform/mail/outgoing-mail.entity.js';
import { Suppressions } from '../platform/mail/suppressions.js';
import { Clock } from '../platform/runtime/clock.js';
import { Invitation, ReplyDesk, ReplyQueries } from '../features/invitations/index.js';
import { People, type Person } from '../features/people/index.js';
import { CalendarObject, Sessions } from '../features/programme/index.js';
import type { DemoProgramme } from './conferences.js';

const ANSWER = readFileSync(fileURLToPath(new URL('../../templates/demo/answer.ics', import.meta.url)), 'utf8');
const HOUR = 3_600_000;

interface Answer {
  readonly guest: Guest;
  readonly partstat: string;
  readonly method?: string;
  readonly comment?: string;
  /** Hours before now. */
  readonly ago: number;
  readonly from?: string;
  readonly attendee?: string;
  readonly delegatedTo?: string;
  /** Hours later than the session. */
  readonly later?: number;
}

/** Somebody invited to the round table, with the entry in their calendar where they have one. */
interface Guest {
  readonly person: Person;
  readonly invitation: Invitation;
  readonly entry: CalendarObject | null;
}

/** What comes back from the people invited to the round table: answers of their calendars in every state, and letters. */
export async function seedCorrespondence(app: NestFastifyApplication, congress: DemoProgramme): Promise<void> {
  const demo = new Correspondence(app, congress);
  const [be, kz, am, cn, mm, om, rs] = await demo.guests();
  if (!be || !kz || !am || !cn || !mm || !om || !rs)
    throw new Error('the round table of the demonstration is not complete');
  await demo.answers({ guest: be, partstat: 'ACCEPTED', ago: 30, comment: 'Прыеду з радасцю!' });
  await demo.answers({ guest: mm, partstat: 'ACCEPTED', ago: 20, comment: 'Looking forward to it.' });
  await demo.answers({ guest: mm, partstat: 'TENTATIVE', ago: 22 });
  await demo.answers({
    guest: kz,
    partstat: 'DECLINED',
    ago: 12,
    from: 'secretary@delegates.example.org',
    comment: 'Директор в командировке.',
  });
  await demo.answers({
    guest: am,
    partstat: 'TENTATIVE',
    method: 'COUNTER',
    ago: 8,
    later: 3,
    comment: 'My flight lands at noon.',
  });
  await demo.answers({ guest: cn, partstat: 'DELEGATED', ago: 6, delegatedTo: 'zhao.lin@delegates.example.org' });
  await demo.answers({
    guest: be,
    partstat: 'ACCEPTED',
    ago: 5,
    attendee: 'colleague@delegates.example.org',
    comment: 'Пераслалі калегу.',
  });
  await demo.read();
  await demo.setAsideFor(be);
  await demo.letters(om, kz);
  await demo.stop(rs);
}

class Correspondence {
  private readonly db: Database;
  private readonly now: Date;
  private readonly ours: string;

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly congress: DemoProgramme,
  ) {
    this.db = this.get(Database);
    this.now = this.get(Clock).now();
    this.ours = this.get(MessageComposer).from.address;
  }

  /** In the order of their seats. */
  async guests(): Promise<Guest[]> {
    const conferenceId = this.congress.conference.id;
    const invitations = await this.db.repository(Invitation).find({ where: { conferenceId }, order: { id: 'ASC' } });
    const people = await this.get(People).byIds(invitations.map(({ personId }) => personId));
    return Promise.all(
      invitations.map(async (invitation) => ({
        person: people.get(invitation.personId)!,
        invitation,
        entry: await this.db
          .repository(CalendarObject)
          .findOneBy({ kind: 'personal', personId: invitation.personId, sessionId: invitation.sessionId! }),
      })),
    );
  }

  async answers({
    guest,
    partstat,
    method = 'REPLY',
    comment = '',
    ago,
    from,
    attendee,
    delegatedTo,
    later = 0,
  }: Answer): Promise<void> {
    const { person, invitation, entry } = guest;
    const session = await this.get(Sessions).byId(this.congress.programmeId, invitation.sessionId!);
    const at = (time: Date) => time.toISOString().replace(/[-:]|\.\d+/g, '');
    const values: Record<string, string> = {
      METHOD: method,
      UID: entry!.uid,
      SEQUENCE: String(entry!.sequence),
      DTSTAMP: at(this.before(ago)),
      START: at(new Date(session.startsAt!.getTime() + later * HOUR)),
      END: at(new Date(session.endsAt!.getTime() + later * HOUR)),
      ORGANIZER: this.ours,
      PARTSTAT: partstat,
      DELEGATED: delegatedTo ? `;DELEGATED-TO="mailto:${delegatedTo}"` : '',
      ATTENDEE: attendee ?? person.email!,
      COMMENT: comment.replace(/[\\;,]/g, '\\$&'),
    };
    const text = ANSWER.replace(/\{([A-Z]+)\}/g, (_whole, name: string) => values[name]!).replace(/\n/g, '\r\n');
    await this.arrives({
      from: from ?? person.email!,
      subject: `${partstat.toLowerCase()}: round table`,
      date: this.before(ago),
      text: comment || 'Answered in the calendar.',
      alternatives: [{ contentType: `text/calendar; charset=utf-8; method=${method}`, content: text }],
    });
  }

  /** A letter that answers ours, one from nobody we know, an answer that is broken, and a note of absence. */
  async letters(known: Guest, absent: Guest): Promise<void> {
    const { messageId } = (await this.db.repository(OutgoingMail).findOneBy({ id: known.invitation.mailId! }))!;
    await this.arrives({
      from: known.person.email!,
      subject: 'Re: Invitation to the round table',
      date: this.before(4),
      inReplyTo: messageId,
      text: 'Dear colleagues,\n\nthank you for the invitation. Is there a lift to the hall? I come with a wheelchair.\n\nWith best wishes',
    });
    await this.arrives({
      from: 'reader@elsewhere.example.org',
      subject: 'Пытанне пра выставу',
      date: this.before(3),
      text: 'Добры дзень!\n\nЦі можна прыйсці на выставу без рэгістрацыі?\n\nДзякуй!',
    });
    await this.arrives({
      from: absent.person.email!,
      subject: 'accepted: round table',
      date: this.before(2),
      text: 'Answered in the calendar.',
      alternatives: [{ contentType: 'text/calendar; charset=utf-8; method=REPLY', content: 'METHOD:REPLY\r\nUID' }],
    });
    await this.arrives({
      from: absent.person.email!,
      subject: 'Автоответ: в отпуске',
      date: this.before(1),
      headers: { 'Auto-Submitted': 'auto-replied' },
      text: 'Я в отпуске до понедельника.',
    });
    await this.read();
  }

  /** Nothing arrives at their address: so the letter is not delivered. */
  async stop({ person, invitation }: Guest): Promise<void> {
    const cause = { mailId: invitation.mailId!, personId: person.id, status: '5.1.1' };
    await this.get(Suppressions).failed(person.email!, true, cause);
  }

  async read(): Promise<void> {
    await this.get(InboundWorker).drain();
  }

  async setAsideFor({ invitation }: Guest): Promise<void> {
    const replies = await this.get(ReplyQueries).ofInvitation(invitation.id);
    const waiting = replies.find(({ waitsFor }) => waitsFor === 'other-attendee');
    if (waiting) await this.get(ReplyDesk).setAside(this.congress.conference.id, waiting);
  }

  private async arrives(mail: ConstructorParameters<typeof MailComposer>[0]): Promise<void> {
    const raw = await new MailComposer({ to: this.ours, disableFileAccess: true, disableUrlAccess: true, ...mail })
      .compile()
      .build();
    await this.get(InboundStore).keep({ door: 'imap', from: null, to: [], raw });
  }

  private before(hours: number): Date {
    return new Date(this.now.getTime() - hours * HOUR);
  }

  private get<T>(type: Type<T>): T {
    return this.app.get(type, { strict: false });
  }
}
