import { Injectable } from '@nestjs/common';
import { In, MoreThan } from 'typeorm';
import { AppError } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { JournalEntry } from '../../../platform/journal/journal-entry.entity.js';
import { Accounts } from '../../accounts/index.js';
import { SessionRemoved } from '../programme.events.js';
import { Session } from '../session.entity.js';

/** Who wrote a session last, and when. */
export interface Touch {
  /** Name of the account; null for the system, or somebody without an account. */
  by: string | null;
  accountId: string | null;
  at: Date;
}

/**
 * `overtaken`: it is not as the board showed it. `touched`: undo and redo leave alone what others wrote since. `removed`:
 * it is no longer in the programme.
 */
export type RefusalReason = 'overtaken' | 'touched' | 'removed';

/** An operation that was refused because of what somebody did to one session; the page words it with name and time. */
export class BoardRefusal extends AppError {
  readonly status = 409;

  constructor(
    readonly reason: RefusalReason,
    /** Null: nothing is left of it. */
    readonly session: Pick<Session, 'id' | 'title' | 'startsAt' | 'minutes' | 'roomId' | 'version' | 'status'> | null,
    readonly touch: Touch | null,
  ) {
    super(`error.board.${reason}`);
  }
}

/** Reads out of the journal who touched which session. */
@Injectable()
export class BoardTouches {
  constructor(
    private readonly db: Database,
    private readonly accounts: Accounts,
  ) {}

  /** The refusal because of one session as it is now; null when it is gone altogether. */
  async refusal(reason: RefusalReason, sessionId: string): Promise<BoardRefusal | null> {
    const session = await this.db.repository(Session).findOneBy({ id: sessionId });
    return session && new BoardRefusal(reason, session, await this.last(sessionId));
  }

  /** Who took a session out of the programme; null when it never was in it. */
  async removal(programmeId: string, sessionId: string): Promise<BoardRefusal | null> {
    const entry = await this.db
      .repository(JournalEntry)
      .findOne({ where: { subjectId: sessionId, type: SessionRemoved.type }, order: { at: 'DESC', id: 'DESC' } });
    if (entry?.data['programmeId'] !== programmeId) return null;
    const session = await this.db.repository(Session).findOneBy({ id: sessionId });
    return new BoardRefusal('removed', session, await this.touchOf(entry));
  }

  /** Sessions that others than this account wrote after the step with this id: ids grow with time. */
  async byOthers(sessionIds: readonly string[], accountId: string, after: string): Promise<Set<string>> {
    const entries = await this.db.repository(JournalEntry).find({
      select: { id: true, subjectId: true, actorId: true },
      where: { subjectId: In([...sessionIds]), id: MoreThan(after) },
    });
    return new Set(entries.filter(({ actorId }) => actorId !== accountId).map(({ subjectId }) => subjectId));
  }

  private async last(sessionId: string): Promise<Touch | null> {
    const entry = await this.db
      .repository(JournalEntry)
      .findOne({ where: { subjectId: sessionId }, order: { at: 'DESC', id: 'DESC' } });
    return entry && this.touchOf(entry);
  }

  private async touchOf(entry: JournalEntry): Promise<Touch> {
    const accountId = entry.actorKind === 'account' ? entry.actorId : null;
    const accounts = accountId ? await this.accounts.byIds([accountId]) : new Map<string, never>();
    return { by: accounts.get(accountId ?? '')?.name ?? null, accountId, at: entry.at };
  }
}
