import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { LessThanOrEqual } from 'typeorm';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { isUnavailable } from '../database/database-errors.js';
import { Clock } from '../runtime/clock.js';
import { InboundMail } from './inbound-mail.entity.js';
import { InboundReaders, type Reading } from './inbound-readers.js';
import { InboundStore } from './inbound-store.js';
import { MailThreads } from './mail-threads.js';
import { MailLimitError } from './mime-tree.js';
import { isAutomatic, receivedMail, type ReceivedMail } from './received-mail.js';

const IDLE_MS = 5_000;
const MINUTE = 60_000;
/** After so many failures a mail waits for a person. */
const ATTEMPTS = 3;
const READ_AHEAD = 50;

/**
 * Reads what the doors stored. A mail is marked and takes effect in one transaction, and the mark is a compare-and-set:
 * however many workers run, and whenever one is killed, each mail takes effect once.
 */
@Injectable()
export class InboundWorker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('inbound');
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();
  private rouse: () => void = () => undefined;
  private roused = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: InboundStore,
    private readonly readers: InboundReaders,
    private readonly threads: MailThreads,
  ) {}

  onApplicationBootstrap(): void {
    this.store.onStored(() => this.wake());
    if (this.config.workers) this.loop = this.run();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.loop;
  }

  wake(): void {
    this.roused = true;
    this.rouse();
  }

  /** Reads everything that is due now and answers how many mails were read; for tests and the command line. */
  async drain(): Promise<number> {
    let read = 0;
    for (;;) {
      const due = await this.due();
      if (due.length === 0) return read;
      for (const id of due) if (await this.read(id)) read++;
    }
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        this.roused = false;
        const due = await this.due();
        for (const id of due) if (!this.stopping) await this.read(id);
        if (due.length > 0) continue;
      } catch (error) {
        this.logger.error(`received mails cannot be read: ${error instanceof Error ? error.name : 'unknown'}`);
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

  /** In the order in which they came: an answer and its correction are often seconds apart. */
  private async due(): Promise<string[]> {
    const rows = await this.db.repository(InboundMail).find({
      where: { state: 'stored', dueAt: LessThanOrEqual(this.clock.now()) },
      select: { id: true },
      order: { receivedAt: 'ASC', id: 'ASC' },
      take: READ_AHEAD,
    });
    return rows.map(({ id }) => id);
  }

  private async read(id: string): Promise<boolean> {
    const row = await this.withBytes(id);
    if (row?.state !== 'stored') return false;
    try {
      const mail = await receivedMail(row);
      return await this.db.transaction(async () => {
        const mine = { id, state: 'stored' as const, attempts: row.attempts };
        // The mark first: who comes second stops here, and nothing takes effect twice.
        if (!(await this.db.compareAndSet(InboundMail, mine, { state: 'read' }))) return false;
        const reading = (await this.readers.read(mail)) ?? unclaimed(mail);
        const marks = { ...listed(mail), ...(await this.threads.marksOf(mail)), ...this.marks(reading) };
        await this.db.repository(InboundMail).update({ id }, marks);
        return true;
      });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      await this.failed(row, error);
      return false;
    }
  }

  private marks({ kind, open, remark, conferenceId, personId, about }: Reading) {
    return {
      kind,
      state: open ? ('open' as const) : ('read' as const),
      remark: remark ?? null,
      readAt: this.clock.now(),
      ...(conferenceId ? { conferenceId } : {}),
      ...(personId ? { personId } : {}),
      ...(about ? { about } : {}),
    };
  }

  private async failed({ id, attempts }: InboundMail, error: unknown): Promise<void> {
    const beyond = error instanceof MailLimitError ? `inbound.remark.${error.limit}` : null;
    const given = beyond !== null || attempts + 1 >= ATTEMPTS;
    this.logger.error(`a received mail was not read, attempt ${attempts + 1}: ${name(error)}`);
    await this.db.compareAndSet(
      InboundMail,
      { id, state: 'stored', attempts },
      {
        attempts: attempts + 1,
        dueAt: new Date(this.clock.now().getTime() + MINUTE * 2 ** attempts),
        ...(given ? { state: 'open', kind: 'unreadable', remark: beyond ?? 'inbound.remark.failed' } : {}),
      },
    );
  }

  private withBytes(id: string): Promise<InboundMail | null> {
    const mails = this.db.repository(InboundMail).createQueryBuilder('mail');
    return mails.addSelect('mail.raw').where({ id }).getOne();
  }
}

/** Nobody knows it: a letter to the secretariat, or something that a program wrote. */
function unclaimed(mail: ReceivedMail): Reading {
  return isAutomatic(mail) ? { kind: 'automatic', open: false } : { kind: 'letter', open: true };
}

function listed({ from, subject }: ReceivedMail) {
  return { sender: from?.slice(0, 254) ?? null, subject: subject === '' ? null : subject };
}

function name(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
