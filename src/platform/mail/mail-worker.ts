import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { Brackets, In } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { isUnavailable } from '../database/database-errors.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { backoffMs, isFinal, isSuppressed, LEASE_MS } from './outbox.rules.js';
import { Outbox } from './outbox.js';
import { OutgoingMail } from './outgoing-mail.entity.js';
import { ReturnPaths } from './return-paths.js';
import { Suppressions } from './suppressions.js';
import { CONNECTIONS, DeliveryError, MAIL_TRANSPORT, type MailTransport } from './transports.js';

/** A mail was refused for good, or given up; the person's card and the outbox show it. */
export const MailFailed = journalEvent<{ id: string; conferenceId?: string; personId?: string; problem: string }>(
  'MailFailed',
);

const IDLE_MS = 2_000;
/** A mail that is due so long was not waited for by anybody who could send it. */
const LATE_MS = 60_000;
const HOUR_MS = 3_600_000;
const READ_AHEAD = 200;
/** Shutdown waits so long for what is on the wire; then the leases go back, and the messages count as doubtful ([R11]). */
const FINISH_MS = 7_000;
/** A delivered mail is marked again and again while the database is away, or it would be sent a second time ([R4]). */
const MARK_AGAIN_MS = 500;

/**
 * Sends what is due. A row is leased by compare-and-set just before it goes on the wire and marked right after, so any
 * number of workers may run, and a killed one leaves at most the messages that were on the wire in doubt ([R3]).
 */
@Injectable()
export class MailWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('mail');
  private stopping = false;
  /**
   * Failures since the last success; as many as there are connections mean that the server had trouble, and not one
   * mailbox. A fresh process cannot know, so it assumes that.
   */
  private failures = CONNECTIONS;
  private loop: Promise<void> = Promise.resolve();
  private rouse: () => void = () => undefined;
  private roused = false;
  private abandoned = false;
  /** Rows on the wire with their leases. */
  private readonly onTheWire = new Map<string, { lease: string; doubtful: number }>();
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
    private readonly returnPaths: ReturnPaths,
    private readonly suppressions: Suppressions,
  ) {}

  onApplicationBootstrap(): void {
    this.outbox.onQueued(() => this.wake());
    if (this.config.workers) this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    const finished = await Promise.race([this.loop.then(() => true), wait(FINISH_MS).then(() => false)]);
    await this.transport.close();
    if (!finished) await this.returnLeases();
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

  /** What may leave now. A batch that has a pace and is behind it is given new times first: the rest of it does not follow at once. */
  private async due(): Promise<OutgoingMail[]> {
    const rows = await this.read();
    const within = await this.withinPace(rows);
    const behind = rows.filter((row) => row.perHour !== null && (this.isLate(row) || !within.includes(row)));
    if (behind.length === 0) return within;
    for (const batch of new Set(behind.map((row) => row.batch!))) await this.outbox.catchUp(batch);
    return this.withinPace(await this.read());
  }

  /** Without those that would be one too many of their batch within an hour. */
  private async withinPace(rows: readonly OutgoingMail[]): Promise<OutgoingMail[]> {
    const left = new Map<string, number>();
    const within: OutgoingMail[] = [];
    for (const row of rows) {
      const { batch, perHour } = row;
      if (batch !== null && perHour !== null) {
        const room = left.get(batch) ?? perHour - (await this.outbox.leftWithin(batch, HOUR_MS));
        left.set(batch, room - 1);
        if (room <= 0) continue;
      }
      within.push(row);
    }
    return within;
  }

  private isLate({ dueAt }: OutgoingMail): boolean {
    return this.clock.now().getTime() - dueAt.getTime() > LATE_MS;
  }

  private read(): Promise<OutgoingMail[]> {
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
    this.onTheWire.set(mail.id, { lease, doubtful: mail.doubtful + (mail.lease ? 1 : 0) });
    try {
      const error = await this.attempt(mail);
      if (this.abandoned) return false; // the lease went back meanwhile, and the attempt is counted as doubtful
      await this.marked(() => (error ? this.refused(mail, lease, error) : this.taken(mail.id, lease)));
      if (error) return false;
    } finally {
      this.onTheWire.delete(mail.id);
    }
    const recovering = this.failures >= CONNECTIONS;
    this.failures = 0;
    if (recovering) await this.recovered();
    return true;
  }

  private async attempt({ id, kind, recipient, bulk, mime }: OutgoingMail): Promise<DeliveryError | null> {
    try {
      const state = (await this.suppressions.of([recipient])).get(recipient.toLowerCase());
      if (isSuppressed({ kind, bulk }, state?.suppressed ?? null))
        return new DeliveryError('permanent', `suppressed after ${state!.status}`, true);
      const envelopeId = this.returnPaths.envelopeId(id);
      await this.transport.deliver({ id, from: this.returnPaths.of(id), to: recipient, mime, envelopeId });
      return null;
    } catch (error) {
      return error instanceof DeliveryError ? error : new DeliveryError('temporary', 'transport failed', false);
    }
  }

  private taken(id: string, lease: string): Promise<boolean> {
    return this.db.compareAndSet(
      OutgoingMail,
      { id, lease },
      { state: 'sent', sentAt: this.clock.now(), lease: null, leasedUntil: null, problem: null },
    );
  }

  /** Writes what became of a message, until the database takes it or the lease has run out. */
  private async marked(write: () => Promise<unknown>): Promise<void> {
    for (let left = LEASE_MS / MARK_AGAIN_MS; ; left--) {
      try {
        await write();
        return;
      } catch (error) {
        if (!isUnavailable(error) || left <= 0 || this.abandoned) throw error;
        await wait(MARK_AGAIN_MS);
      }
    }
  }

  private async returnLeases(): Promise<void> {
    this.abandoned = true;
    for (const [id, { lease, doubtful }] of this.onTheWire)
      await this.db.compareAndSet(
        OutgoingMail,
        { id, lease },
        { lease: null, leasedUntil: null, doubtful: doubtful + 1 },
      );
  }

  private async refused(mail: OutgoingMail, lease: string, error: DeliveryError): Promise<void> {
    const attempts = mail.attempts + 1;
    // Who answered, or took the whole message and went silent, was there: the fault may be this mail's.
    const answered = error.answered || error.doubtful;
    const final = isFinal({ outcome: error.outcome, answered }, attempts);
    await this.db.transaction(async () => {
      const marked = await this.db.compareAndSet(
        OutgoingMail,
        { id: mail.id, lease },
        {
          state: final ? 'failed' : 'queued',
          dueAt: new Date(this.clock.now().getTime() + backoffMs(attempts, answered)),
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
    if (!final) this.failures += answered ? 1 : CONNECTIONS;
    this.logger.warn(`a mail was not taken (${error.problem}), attempt ${attempts}${final ? ', given up' : ''}`);
  }

  /** The first success after failures: what waits for a later attempt is due at once (ruling 11), or at its batch's pace. */
  private async recovered(): Promise<void> {
    const now = this.clock.now();
    const waiting = await this.db
      .repository(OutgoingMail)
      .createQueryBuilder('mail')
      .where('mail.state = :state AND mail.attempts > 0 AND mail.dueAt > :now AND mail.lease IS NULL', {
        state: 'queued',
        now,
      })
      .select(['mail.id', 'mail.batch', 'mail.perHour'])
      .getMany();
    const [paced, free] = [
      waiting.filter((row) => row.perHour !== null),
      waiting.filter((row) => row.perHour === null),
    ];
    for (const batch of new Set(paced.map((row) => row.batch!))) await this.outbox.catchUp(batch);
    for (let at = 0; at < free.length; at += 500) {
      const ids = free.slice(at, at + 500).map((row) => row.id);
      await this.db.manager
        .createQueryBuilder()
        .update(OutgoingMail)
        .set({ dueAt: now })
        .where({ id: In(ids), state: 'queued' })
        .execute();
    }
    this.wake();
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, ms).unref());
}
