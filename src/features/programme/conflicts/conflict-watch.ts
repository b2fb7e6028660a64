import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { JournalCursor } from '../../../platform/journal/journal-cursor.rules.js';
import type { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import { JournalTail } from '../../../platform/journal/journal-tail.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { ConflictLedger } from './conflict-ledger.js';
import { ConflictSource } from './conflict-source.js';
import type { KnownHouse } from './known-house.js';
import { newsOf, NEWS_TYPES, type News } from './conflict-news.rules.js';

/** Something written past the journal (by an operator) is seen after this time. */
const AGE_MS = 10 * 60_000;

interface Watched {
  ledger: ConflictLedger;
  house: KnownHouse;
  cursor: JournalCursor;
  since: number;
}

/**
 * The conflicts of all programmes, in memory. Whoever asks waits until the news of the journal, also of other processes,
 * is worked in: what was committed before the question is in the answer. Only committed rows are read; who changes the
 * draft looks into the own transaction instead (`Conflicts`).
 */
@Injectable()
export class ConflictWatch {
  private watched: Watched | undefined;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly tail: JournalTail,
    private readonly source: ConflictSource,
  ) {}

  /** As it is now. Not to be kept: the next question may change it. */
  current(): Promise<ConflictLedger> {
    const answer = this.queue.then(() => this.db.outside(() => this.refreshed()));
    this.queue = answer.catch(() => undefined);
    return answer;
  }

  private async refreshed(): Promise<ConflictLedger> {
    const now = this.clock.now().getTime();
    if (!this.watched || Math.abs(now - this.watched.since) > AGE_MS) this.watched = await this.read(now);
    else await this.catchUp(this.watched);
    return this.watched.ledger;
  }

  private async read(since: number): Promise<Watched> {
    // The place in the journal first: what commits while the rows are read is news afterwards.
    const cursor = await this.tail.end();
    const house = await this.source.house();
    await this.source.takeTimes(house);
    const sessions = await this.source.placed(await this.source.planned());
    return { ledger: new ConflictLedger(house, sessions), house, cursor, since };
  }

  private async catchUp(watched: Watched): Promise<void> {
    const entries: JournalEntry[] = [];
    let { cursor } = watched;
    for (let more = true; more;) {
      const batch = await this.tail.after(cursor, { types: NEWS_TYPES });
      entries.push(...batch.entries);
      cursor = batch.cursor;
      more = batch.entries.length > 0;
    }
    try {
      await this.workIn(watched, newsOf(entries));
      watched.cursor = cursor;
    } catch (error) {
      // Half of the news may be worked in: the next question begins anew.
      this.watched = undefined;
      throw error;
    }
  }

  private async workIn(watched: Watched, { house: changed, people, programmes, sessions }: News): Promise<void> {
    const { ledger } = watched;
    if (changed) {
      const house = await this.source.house();
      house.takeTimes(watched.house);
      watched.house = house;
      ledger.judgeBy(house);
    }
    for (const { programmeId, personId } of people) {
      await this.source.takeTimes(watched.house, { programmeId, personId });
      for (const session of ledger.index.sessions())
        if (session.programmeId === programmeId && session.people.includes(personId)) sessions.add(session.id);
    }
    for (const session of programmes.size === 0 ? [] : ledger.index.sessions())
      if (programmes.has(session.programmeId)) sessions.add(session.id);
    if (sessions.size === 0) return;
    const placed = await this.source.placed(await this.source.plannedAmong([...sessions]));
    for (const session of placed) {
      ledger.put(session);
      sessions.delete(session.id);
    }
    for (const gone of sessions) ledger.remove(gone);
  }
}
