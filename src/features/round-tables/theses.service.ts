import { Injectable } from '@nestjs/common';
import { RuleViolation, Stale } from '../../kernel/errors.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import type { Session } from '../programme/index.js';
import { Thesis } from './round-table.entity.js';
import { ThesisHandedIn } from './round-table.events.js';

/** Theses, handed in before the round table begins. */
@Injectable()
export class Theses {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  of(sessionId: string, personId: string): Promise<Thesis | null> {
    return this.db.repository(Thesis).findOneBy({ sessionId, personId });
  }

  ofSession(sessionId: string): Promise<Thesis[]> {
    return this.db.repository(Thesis).find({ where: { sessionId }, order: { id: 'ASC' } });
  }

  /** `version` 0 is a first page. Throws Stale, and RuleViolation once the session has begun. */
  handIn(
    conferenceId: string,
    session: Session,
    personId: string,
    { text, language, version }: { text: string; language: string; version: number },
  ): Promise<void> {
    return this.db.transaction(async () => {
      const now = this.clock.now();
      if (session.startsAt && now >= session.startsAt) throw new RuleViolation('error.roundTable.begun');
      const known = await this.of(session.id, personId);
      if (known) await this.db.updateIfUnchanged(Thesis, { id: known.id, version }, { text, language, updatedAt: now });
      else await this.insert({ sessionId: session.id, personId, text, language, updatedAt: now });
      await this.journal.record(ThesisHandedIn({ id: session.id, conferenceId, personId }));
    });
  }

  private async insert(row: Pick<Thesis, 'sessionId' | 'personId' | 'text' | 'language' | 'updatedAt'>): Promise<void> {
    try {
      await this.db.insert(Thesis, { id: this.ids.next(), ...row, version: 1 });
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(await this.of(row.sessionId, row.personId));
      throw error;
    }
  }
}
