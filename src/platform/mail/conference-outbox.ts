import { Injectable } from '@nestjs/common';
import { NotFound, Overtaken, RuleViolation } from '../../kernel/errors.js';
import { Database } from '../database/database.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { OutboxQueries } from './outbox.queries.js';
import { Outbox } from './outbox.js';
import type { OutgoingMail } from './outgoing-mail.entity.js';

export const MailsReleased = journalEvent<{ id: string; conferenceId: string; batch: string; count: number }>(
  'MailsReleased',
);
export const MailsDiscarded = journalEvent<{ id: string; conferenceId: string; batch: string; count: number }>(
  'MailsDiscarded',
);
export const MailDiscarded = journalEvent<{ id: string; conferenceId: string; personId?: string }>('MailDiscarded');
export const MailRetried = journalEvent<{ id: string; conferenceId: string }>('MailRetried');

/** What organizers decide about the mails of their conference. */
@Injectable()
export class ConferenceOutbox {
  constructor(
    private readonly db: Database,
    private readonly outbox: Outbox,
    private readonly queries: OutboxQueries,
    private readonly journal: Journal,
  ) {}

  /** Sends the held mails of a batch. Throws Overtaken with the number as it is now when it is not the expected one. */
  send(conferenceId: string, batch: string, count: number): Promise<void> {
    return this.db.transaction(async () => {
      const ids = await this.expected(conferenceId, batch, count);
      await this.all(count, await this.outbox.sendHeld({ ids }));
      await this.journal.record(MailsReleased({ id: conferenceId, conferenceId, batch, count }));
    });
  }

  /** Nobody will send the held mails of a batch. Throws like `send`. */
  discard(conferenceId: string, batch: string, count: number): Promise<void> {
    return this.db.transaction(async () => {
      const ids = await this.expected(conferenceId, batch, count);
      await this.all(count, await this.outbox.discardHeld({ ids }));
      await this.journal.record(MailsDiscarded({ id: conferenceId, conferenceId, batch, count }));
    });
  }

  /** Takes one held mail out of its batch. Throws NotFound, RuleViolation when it is held no longer. */
  discardOne(conferenceId: string, id: string): Promise<OutgoingMail> {
    return this.db.transaction(async () => {
      const { personId } = await this.mail(conferenceId, id);
      if ((await this.outbox.discardHeld({ ids: [id] })) === 0) throw new RuleViolation('error.outbox.notHeld');
      await this.journal.record(MailDiscarded({ id, conferenceId, ...(personId === null ? {} : { personId }) }));
      return this.mail(conferenceId, id);
    });
  }

  /** Tries a failed mail again. Throws NotFound, RuleViolation for one that has not failed. */
  retry(conferenceId: string, id: string): Promise<OutgoingMail> {
    return this.db.transaction(async () => {
      await this.mail(conferenceId, id);
      if (!(await this.outbox.retry(id))) throw new RuleViolation('error.outbox.notFailed');
      await this.journal.record(MailRetried({ id, conferenceId }));
      return this.mail(conferenceId, id);
    });
  }

  /** A mail of this conference. Throws NotFound for any other. */
  async mail(conferenceId: string, id: string): Promise<OutgoingMail> {
    const mail = await this.queries.one(conferenceId, id);
    if (!mail) throw new NotFound();
    return mail;
  }

  private async expected(conferenceId: string, batch: string, count: number): Promise<string[]> {
    const ids = await this.queries.held(conferenceId, batch);
    if (ids.length !== count) throw numberChanged(ids.length);
    return ids;
  }

  /** Somebody else may have been at the same mails since they were counted: then none is touched. */
  private async all(count: number, touched: number): Promise<void> {
    if (touched !== count) throw numberChanged(touched);
  }
}

/** Another number of mails than was confirmed; `count` is how many there are. */
export function numberChanged(count: number): Overtaken {
  return new Overtaken('error.outbox.numberChanged', { count }, { current: { count } });
}
