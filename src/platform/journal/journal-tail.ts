import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { In, MoreThan, MoreThanOrEqual, type FindOptionsWhere } from 'typeorm';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import {
  advanced,
  firstIdAt,
  LATE_MS,
  readAgainFrom,
  timeOfId,
  wasGiven,
  type JournalCursor,
} from './journal-cursor.rules.js';
import { JournalEntry } from './journal-entry.entity.js';

/** Which entries somebody wants; everything that is left out is wanted. */
export interface JournalFilter {
  readonly conferenceId?: string;
  readonly types?: readonly string[];
}

export interface JournalBatch {
  /** In the order of their ids. */
  readonly entries: readonly JournalEntry[];
  readonly cursor: JournalCursor;
}

type Listener = (batch: JournalBatch) => void;

const PAGE = 500;
export const POLL_MS = 400;

/**
 * What is new in the journal, of every process on this database. An entry has its id before its transaction commits, so
 * the last seconds are read again each time, and what was given already is left out.
 */
@Injectable()
export class JournalTail implements BeforeApplicationShutdown {
  private readonly logger = new Logger('journal');
  private readonly listeners = new Set<{ filter: JournalFilter; listener: Listener }>();
  private cursor: JournalCursor | undefined;
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> | undefined;
  private stopped = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The end of the journal as it is now: nothing committed before is given after it. */
  end(): Promise<JournalCursor> {
    return this.db.outside(async () => {
      const [last] = await this.db
        .repository(JournalEntry)
        .find({ select: { id: true }, order: { id: 'DESC' }, take: 1 });
      const at = last ? Math.min(timeOfId(last.id), this.clock.now().getTime()) : 0;
      const young = await this.db
        .repository(JournalEntry)
        .find({ select: { id: true }, where: { id: MoreThanOrEqual(firstIdAt(at - LATE_MS)) } });
      return advanced(
        { at, given: new Map() },
        young.map(({ id }) => id),
        at,
      );
    });
  }

  /**
   * What was committed since `cursor`, `limit` entries or a page more; call it again with the new cursor for the rest.
   * It reads what is committed, also when called inside a transaction.
   */
  after(cursor: JournalCursor, filter: JournalFilter = {}, limit = 1000): Promise<JournalBatch> {
    return this.db.outside(async () => {
      const entries: JournalEntry[] = [];
      const where: FindOptionsWhere<JournalEntry> = {};
      if (filter.conferenceId !== undefined) where.conferenceId = filter.conferenceId;
      if (filter.types !== undefined) where.type = In(filter.types);
      let id = MoreThanOrEqual(readAgainFrom(cursor));
      for (let full = true; full && entries.length < limit;) {
        const page = await this.db
          .repository(JournalEntry)
          .find({ where: { ...where, id }, order: { id: 'ASC' }, take: PAGE });
        for (const entry of page) if (!wasGiven(cursor, entry.id)) entries.push(entry);
        full = page.length === PAGE;
        if (full) id = MoreThan(page.at(-1)!.id);
      }
      const now = this.clock.now().getTime();
      return {
        entries,
        cursor: advanced(
          cursor,
          entries.map((entry) => entry.id),
          now,
        ),
      };
    });
  }

  /**
   * Calls `listener` with what comes from now on; whoever stops listening calls the answered function. All listeners share
   * one poll, which runs only while there are any. To miss nothing, subscribe first and read the state afterwards.
   */
  async subscribe(filter: JournalFilter, listener: Listener): Promise<() => void> {
    this.cursor ??= await this.end();
    const entry = { filter, listener };
    this.listeners.add(entry);
    this.schedule();
    return () => {
      this.listeners.delete(entry);
      if (this.listeners.size > 0) return;
      clearTimeout(this.timer);
      this.timer = undefined;
      this.cursor = undefined;
    };
  }

  /** Whether it looks again by itself. */
  get polls(): boolean {
    return !this.stopped && this.listeners.size > 0;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.timer = undefined;
    await this.polling;
  }

  private schedule(): void {
    if (this.stopped || this.timer || this.polling || this.listeners.size === 0) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.polling = this.poll().finally(() => {
        this.polling = undefined;
        this.schedule();
      });
    }, POLL_MS);
    this.timer.unref();
  }

  private async poll(): Promise<void> {
    const from = this.cursor;
    if (!from) return;
    try {
      const { entries, cursor } = await this.after(from);
      // Nobody listens any more, or the poll was begun anew meanwhile.
      if (this.cursor !== from) return;
      this.cursor = cursor;
      if (entries.length > 0) for (const one of this.listeners) this.tell(one, { entries, cursor });
    } catch (error) {
      // The database is away for a moment: the cursor stands, so the next poll gives what this one could not.
      this.logger.warn(`tail: ${error instanceof Error ? error.message : 'failed'}`);
    }
  }

  private tell(
    { filter, listener }: { filter: JournalFilter; listener: Listener },
    { entries, cursor }: JournalBatch,
  ): void {
    const wanted = entries.filter((entry) => wants(filter, entry));
    if (wanted.length === 0) return;
    try {
      listener({ entries: wanted, cursor });
    } catch (error) {
      // One listener's fault must not keep the news from the others.
      this.logger.error(`listener: ${error instanceof Error ? error.message : 'failed'}`);
    }
  }
}

function wants({ conferenceId, types }: JournalFilter, entry: JournalEntry): boolean {
  return (
    (conferenceId === undefined || entry.conferenceId === conferenceId) &&
    (types === undefined || types.includes(entry.type))
  );
}
