import { type BeforeApplicationShutdown, Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { Brackets, In } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { MessageComposer } from './mail-composer.js';
import { backoffMs, isFinal, LEASE_MS } from './outbox.rules.js';
import { Outbox } from './outbox.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { CONNECTIONS, DeliveryError, MAIL_TRANSPORT, type MailTransport } from './transports.js';

/** A mail was refused for good, or given up; the person's card and the outbox show it. */
export const MailFailed = journalEvent<{ id: string; conferenceId?: string; personId?: string; problem: string }>('MailFailed');

const IDLE_MS = 2_000;
const READ_AHEAD = 50;

/**
 * Sends what is due. A row is leased by compare-and-set just before it goes on the wire and marked right after, so any
 * number of workers may run, and a killed one leaves at most the messages that were on the wire in doubt ([R3]).
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('mail');
  private stopping = false;
  /** Failures since the last success. A fresh process cannot know, so it assumes some. */
  private troubled = true;
  private loop: Promise<void> = Promise.resolve();
  private rouse: () => void = () => undefined;
  private roused = false;
  /** When the loop last went round, for /readyz. */
  lastSeen: Date | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(MAIL_TRANSPORT) private readonly transport: MailTransport,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
    private readonly journal: Journal,
    private readonly composer: MessageComposer,
  ) {}

  onApplicationBootstrap(): void {
    this.outbox.onQueued(() => this.wake());
    if (this.config.workers) this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.loop;
    await this.transport.close();
  }

  wake(): void {
    this.roused = true;
    this.rouse();
  }

  /** Sends everything that is due now and answers how many mails left; for the command line and tests. */
  async drain(): Promise<number> {
    let sent = 0;
    for (;;) {
      const rows = await this.due();
      if (rows.length === 0) return sent;
      const before = sent;
      await this.lanes(rows, async (row) => {
        if (await this.deliver(row)) sent++;
      });
      if (sent === before) return sent;
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        this.lastSeen = this.clock.now();
        this.roused = false;
        const rows = await this.due();
        if (rows.length > 0) {
          await this.lanes(rows, async (row) => void (await this.deliver(row)));
          continue;
        }
      } catch (error) {
        this.logger.error(`the outbox cannot be read: ${error instanceof Error ? error.name : 'unknown'}`);
      }
      if (!this.roused && !this.stopping) await this.sleep();
    }
  }

  private sleep(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, IDLE_MS);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  private due(): Promise<OutgoingMail[]> {
    const now = this.clock.now();
    return this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .addSelect('mail.mime')
      .where('mail.state = :state AND mail.dueAt <= :now', { state: 'queued', now })
      .andWhere(new Brackets((q) => q.where('mail.leasedUntil IS NULL').orWhere('mail.leasedUntil < :now', { now })))
      .orderBy('mail.dueAt')
      .addOrderBy('mail.id')
      .limit(READ_AHEAD)
      .getMany();
  }

  private async lanes(rows: OutgoingMail[], work: (row: OutgoingMail) => Promise<void>): Promise<void> {
    const queue = [...rows];
    const lane = async () => {
      for (let row = queue.shift(); row && !this.stopping; row = queue.shift()) await work(row);
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  }

  private async deliver(mail: OutgoingMail): Promise<boolean> {
    const lease = this.ids.next();
    const now = this.clock.now();
    // The lease that we read is part of the expected state: two workers never both win the same row.
    const expected = { id: mail.id, state: 'queued' as const, attempts: mail.attempts };
    const claimed = await this.db.compareAndSet(OutgoingMail, expected, {
      lease,
      leasedUntil: new Date(now.getTime() + LEASE_MS),
      attempts: mail.attempts + 1,
      doubtful: mail.doubtful + (mail.lease ? 1 : 0), // a lease that ran out was never answered: killed while sending
    });
    if (!claimed) return false;
    try {
      await this.transport.deliver({ id: mail.id, from: this.composer.from.address, to: mail.recipient, mime: mail.mime });
    } catch (error) {
      await this.refused(mail, lease, error instanceof DeliveryError ? error : new DeliveryError('temporary', 'transport failed', false));
      return false;
    }
    await this.db.compareAndSet(OutgoingMail, { id: mail.id, lease }, { state: 'sent', sentAt: this.clock.now(), lease: null, leasedUntil: null, problem: null });
    if (this.troubled) await this.recovered();
    return true;
  }

  private async refused(mail: OutgoingMail, lease: string, error: DeliveryError): Promise<void> {
    const attempts = mail.attempts + 1;
    const final = isFinal(error, attempts);
    if (!final) this.troubled = true;
    await this.db.transaction(async () => {
      const marked = await this.db.compareAndSet(
        OutgoingMail,
        { id: mail.id, lease },
        {
          state: final ? 'failed' : 'queued',
          dueAt: new Date(this.clock.now().getTime() + backoffMs(attempts, error.answered)),
          doubtful: mail.doubtful + (mail.lease ? 1 : 0) + (error.doubtful ? 1 : 0),
          lease: null,
          leasedUntil: null,
          problem: error.problem.slice(0, 200),
        },
      );
      if (marked && final)
        await this.journal.record(
          MailFailed({
            id: mail.id,
            problem: error.problem,
            ...(mail.conferenceId ? { conferenceId: mail.conferenceId } : {}),
            ...(mail.personId ? { personId: mail.personId } : {}),
          }),
        );
    });
    this.logger.warn(`a mail was not taken (${error.problem}), attempt ${attempts}${final ? ', given up' : ''}`);
  }

  /** The first success after failures: what waits for a later attempt is due at once (ruling 11). */
  private async recovered(): Promise<void> {
    this.troubled = false;
    const now = this.clock.now();
    const waiting = await this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .where('mail.state = :state AND mail.attempts > 0 AND mail.dueAt > :now AND mail.lease IS NULL', { state: 'queued', now })
      .select('mail.id')
      .getMany();
    for (let at = 0; at < waiting.length; at += 500) {
      const ids = waiting.slice(at, at + 500).map((row) => row.id);
      await this.db.manager.createQueryBuilder().update(OutgoingMail).set({ dueAt: now }).where({ id: In(ids), state: 'queued' }).execute();
    }
    this.wake();
  }
}
