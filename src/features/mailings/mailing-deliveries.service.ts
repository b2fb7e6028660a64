import { Injectable } from '@nestjs/common';
import { RuleViolation } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { numberChanged } from '../../platform/mail/conference-outbox.js';
import { deliveryOf, isUndelivered, type Delivery } from '../../platform/mail/delivery.rules.js';
import { isSuppressed } from '../../platform/mail/outbox.rules.js';
import { Outbox } from '../../platform/mail/outbox.js';
import { OutgoingMail } from '../../platform/mail/outgoing-mail.entity.js';
import { Suppressions } from '../../platform/mail/suppressions.js';
import type { Conference } from '../conferences/index.js';
import { People, type Person } from '../people/index.js';
import type { Mailing } from './mailing.entity.js';
import { MailingResent } from './mailing.events.js';
import { batchOf, Mailings } from './mailings.service.js';

/** What became of a mailing for one of its people: of the last mail to them, and how many there were. */
export interface MailingDelivery {
  readonly mail: OutgoingMail;
  readonly delivery: Delivery;
  /** Null: nothing may be left of them. */
  readonly person: Person | null;
  readonly times: number;
  /** It did not arrive, and they have another address now, which takes mail. */
  readonly corrected: boolean;
}

/** What became of the mails of a mailing, and the same once more to those whose address was corrected. */
@Injectable()
export class MailingDeliveries {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
    private readonly outbox: Outbox,
    private readonly people: People,
    private readonly suppressions: Suppressions,
    private readonly mailings: Mailings,
  ) {}

  /** Each person once, in the order in which their first mails were made. A fixed number of statements. */
  async of(mailing: Mailing): Promise<MailingDelivery[]> {
    const mails = await this.db
      .repository(OutgoingMail)
      .find({ where: { batch: batchOf(mailing) }, order: { createdAt: 'ASC', id: 'ASC' } });
    const people = await this.people.byIds(mails.flatMap(({ personId }) => personId ?? []));
    const states = await this.suppressions.of([...people.values()].flatMap(({ email }) => email ?? []));
    const isOff = (email: string): boolean =>
      isSuppressed({ kind: 'mailing', bulk: mailing.isNews }, states.get(email.toLowerCase())?.suppressed ?? null);
    return [...Map.groupBy(mails, ({ personId, id }) => personId ?? id).values()].map((all): MailingDelivery => {
      const mail = all.at(-1)!;
      const delivery = deliveryOf(mail);
      const person = people.get(mail.personId ?? '') ?? null;
      const email = person?.email ?? null;
      const other = email !== null && email.toLowerCase() !== mail.recipient.toLowerCase();
      const corrected = isUndelivered(delivery) && other && !isOff(email);
      return { mail, delivery, person, times: all.length, corrected };
    });
  }

  /**
   * Writes to those whose address was corrected once more, at once: their number was confirmed. Each such mail is counted,
   * so that two people who press at the same time write one ([CI3]). Throws Overtaken when they are not as many as was
   * seen, RuleViolation when there is nobody, or somebody is in the audience no more.
   */
  async resend(conference: Conference, mailing: Mailing, count: number): Promise<void> {
    try {
      await this.writeAgain(conference, mailing, count);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      throw numberChanged((await this.due(mailing)).length);
    }
  }

  private async due(mailing: Mailing): Promise<MailingDelivery[]> {
    return (await this.of(mailing)).filter(({ corrected }) => corrected);
  }

  private writeAgain(conference: Conference, mailing: Mailing, count: number): Promise<void> {
    return this.db.transaction(async () => {
      const due = await this.due(mailing);
      if (due.length !== count) throw numberChanged(due.length);
      if (count === 0) throw new RuleViolation('error.mailing.nobody');
      const times = new Map(due.map(({ person, times: before }) => [person!.id, before]));
      const messages = await this.mailings.onceMore(conference, mailing, times);
      if (messages.length !== count) throw new RuleViolation('error.mailing.gone');
      const made = await this.outbox.enqueueAll(messages);
      if (made.length !== count) throw numberChanged(made.length);
      await this.journal.record(MailingResent({ id: mailing.id, conferenceId: conference.id, count }));
    });
  }
}
