import { Injectable } from '@nestjs/common';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { Ids } from '../runtime/ids.js';
import { currentContext } from '../runtime/request-context.js';
import { JournalEntry } from './journal-entry.entity.js';

/** `id` is the subject of the entry; the others let the journal be filtered by conference and by person. */
export interface JournalData {
  id: string;
  conferenceId?: string;
  personId?: string;
}

export interface JournalEvent<D extends JournalData = JournalData> {
  readonly type: string;
  readonly data: D;
}

export interface JournalEventType<D extends JournalData> {
  (data: D): JournalEvent<D>;
  readonly type: string;
}

/** Declares a kind of entry: `export const SessionMoved = journalEvent<{ id: string; … }>('SessionMoved')`. */
export function journalEvent<D extends JournalData>(type: string): JournalEventType<D> {
  return Object.assign((data: D): JournalEvent<D> => ({ type, data }), { type });
}

/** Rows of one INSERT. */
const AT_ONCE = 100;

type Reaction = (data: never, entry: JournalEntry) => Promise<void>;

@Injectable()
export class Journal {
  private readonly reactions = new Map<string, Reaction[]>();
  /** Entries of the transactions that are open, by their managers. */
  private readonly unwritten = new WeakMap<object, JournalEntry[]>();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /** Registers a reaction. It runs inside the transaction of the change, so what it writes commits with it. */
  on<D extends JournalData>(event: JournalEventType<D>, reaction: (data: D, entry: JournalEntry) => Promise<void>): void {
    const list = this.reactions.get(event.type) ?? [];
    list.push(reaction as Reaction);
    this.reactions.set(event.type, list);
  }

  /**
   * Appends the entry and awaits the reactions, in the transaction that is open (or in one of its own). All entries of a
   * transaction are written together when its work is done, so inside of it they cannot be read back.
   */
  async record<D extends JournalData>(event: JournalEvent<D>): Promise<void> {
    await this.db.transaction(async () => {
      const { actor, requestId } = currentContext();
      const { id, conferenceId, personId, ...rest } = event.data;
      const entry: JournalEntry = {
        id: this.ids.next(),
        at: this.clock.now(),
        type: event.type,
        actorKind: actor.kind,
        actorId: actor.id,
        subjectId: id,
        conferenceId: conferenceId ?? null,
        personId: personId ?? null,
        data: rest,
        requestId,
      };
      this.append(entry);
      for (const reaction of this.reactions.get(event.type) ?? []) await reaction(event.data as never, entry);
    });
  }

  private append(entry: JournalEntry): void {
    const key = this.db.manager;
    const waiting = this.unwritten.get(key);
    if (waiting) {
      waiting.push(entry);
      return;
    }
    const entries = [entry];
    this.unwritten.set(key, entries);
    this.db.beforeCommit(async () => {
      for (let at = 0; at < entries.length; at += AT_ONCE)
        await this.db.insert(JournalEntry, entries.slice(at, at + AT_ONCE) as never);
    });
  }

  /** What happened to one thing, newest first. */
  about(subjectId: string, limit = 100): Promise<JournalEntry[]> {
    return this.db.repository(JournalEntry).find({ where: { subjectId }, order: { at: 'DESC', id: 'DESC' }, take: limit });
  }
}
