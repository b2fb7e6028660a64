import { Invitation, Invitations, type NewInvitation } from '../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../src/features/invitations/replies/calendar-reply.entity.js';
import { People, type Person } from '../../src/features/people/index.js';
import { readCalendar } from '../../src/platform/calendar/index.js';
import { InboundMail } from '../../src/platform/inbound/inbound-mail.entity.js';
import { InboundStore } from '../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../src/platform/inbound/inbound-worker.js';
import type { TestApp } from './app.js';
import { answerMail, type AnswerFacts, type AnsweringProgram } from './calendar-replies.js';

export interface CalendarGuest {
  readonly person: Person;
  readonly invitationId: string;
  readonly facts: AnswerFacts & { readonly sequence: number };
}

let serial = 0;

/** People who have an entry in their calendar, and what their programs answer. */
export class CalendarGuests {
  constructor(private readonly world: TestApp) {}

  /** Somebody who has said yes by the link, and has the entry in their calendar. */
  async invite(
    asked: Pick<NewInvitation, 'conferenceId'> & Partial<NewInvitation>,
    given = 'Анна',
  ): Promise<CalendarGuest> {
    const { world } = this;
    const email = `calendar-guest-${++serial}@library.example`;
    const person = await world.get(People).create({ given, family: `Вайда ${serial}`, email, locale: 'en' });
    const draft = await world.get(Invitations).create({
      deadline: null,
      message: '',
      locale: 'en',
      ...asked,
      person: { id: person.id },
    });
    const sent = await world.get(Invitations).send(draft);
    await world.get(Invitations).answer(sent.id, { answer: 'accepted', channel: 'link' });
    return {
      person,
      invitationId: sent.id,
      facts: { attendee: email, stamp: this.stamp(), ...(await this.told(email)) },
    };
  }

  /** UID and SEQUENCE of the last entry that was mailed to the address. */
  async told(email: string): Promise<{ uid: string; sequence: number }> {
    const { ics } = (await this.world.mails()).findLast((mail) => mail.to === email && mail.ics !== undefined)!;
    const { uid, sequence } = readCalendar(ics!).events[0]!;
    return { uid: uid!, sequence: sequence! };
  }

  /** Now, as DTSTAMP has it. */
  stamp(): string {
    return this.world.clock
      .now()
      .toISOString()
      .replace(/[-:]|\.\d+/g, '');
  }

  async arrives(raw: Buffer, from = 'someone@library.example'): Promise<InboundMail> {
    await this.world.get(InboundStore).keep({ door: 'lmtp', from, to: ['conferences@example.org'], raw });
    await this.world.get(InboundWorker).drain();
    const mails = this.world.db.repository(InboundMail);
    const [mail] = await mails.find({ order: { receivedAt: 'DESC', id: 'DESC' }, take: 1 });
    return mail!;
  }

  /** Answers what became of it: the last stored answer of the mail. */
  async answer(
    facts: AnswerFacts,
    method = 'REPLY',
    program: AnsweringProgram = 'thunderbird',
  ): Promise<CalendarReplyRow> {
    const { id } = await this.arrives(answerMail(program, facts, method));
    return this.world.db.repository(CalendarReplyRow).findOneByOrFail({ inboundId: id });
  }

  invitation({ invitationId }: CalendarGuest): Promise<Invitation> {
    return this.world.db.repository(Invitation).findOneByOrFail({ id: invitationId });
  }
}
