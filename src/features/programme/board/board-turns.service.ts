import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { RuleViolation } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Assignment } from '../assignment.entity.js';
import { Talk, type Session } from '../session.entity.js';
import { Sessions, type Read } from '../sessions.service.js';
import type { BoardOperation } from './board-operation.entity.js';
import { copyOf } from './board-steps.service.js';
import { BoardTouches } from './board-touches.js';
import { mayRevert, unkept, type Change } from './board.rules.js';

/** Takes steps back and makes them again, inside the transaction of whoever asks. A step back is a new write. */
@Injectable()
export class BoardTurns {
  constructor(
    private readonly db: Database,
    private readonly sessions: Sessions,
    private readonly touches: BoardTouches,
  ) {}

  /** Answers the changes with the versions that they have now. Throws BoardRefusal when somebody touched one since. */
  async takenBack(operation: BoardOperation): Promise<Change[]> {
    const current = await this.revertible(operation, ({ to }) => to);
    const made = operation.changes.filter(({ from }) => from === null);
    if (made.length > 0) {
      await this.unused(made.map(({ session }) => session));
      for (const { session } of made) await this.sessions.remove(operation.programmeId, current.get(session)!);
      return operation.changes;
    }
    return this.placed(operation, current, ({ from }) => from!);
  }

  /** The same, forward again. */
  async madeAgain(operation: BoardOperation): Promise<Change[]> {
    if (operation.changes.every(({ from }) => from !== null)) {
      return this.placed(operation, await this.revertible(operation, ({ from }) => from!), ({ to }) => to);
    }
    const sources = await this.sessions.byIds(
      operation.programmeId,
      operation.changes.map(({ source }) => source!),
    );
    const left = operation.changes.filter(({ source }) => sources.get(source!)?.status === 'planned');
    if (left.length === 0) throw new RuleViolation('error.board.gone');
    const ids = await this.sessions.addAll(
      operation.programmeId,
      left.map(({ source, to }) => copyOf(sources.get(source!)!, unkept(to))),
    );
    return left.map((change, index) => ({ ...change, session: ids[index]!, version: 1 }));
  }

  /** The sessions of an operation as they are now, if every one of them may be turned back. */
  private async revertible(
    { id, programmeId, accountId, changes }: BoardOperation,
    expected: (change: Change) => Change['to'],
  ): Promise<Map<string, Session>> {
    const ids = changes.map(({ session }) => session);
    const current = await this.sessions.byIds(programmeId, ids);
    const others = await this.touches.byOthers(ids, accountId, id);
    for (const change of changes) {
      const found = current.get(change.session);
      const session = found && found.status !== 'removed' ? found : null;
      if (mayRevert(change, expected(change), { session, touchedByOthers: others.has(change.session) })) continue;
      throw (await this.touches.refusal('touched', change.session)) ?? new RuleViolation('error.board.gone');
    }
    return current;
  }

  private async placed(
    { programmeId, changes }: BoardOperation,
    current: ReadonlyMap<string, Session>,
    where: (change: Change) => Change['to'],
  ): Promise<Change[]> {
    const read = (id: string): Read => ({ id, version: current.get(id)!.version });
    await this.sessions.relocate(
      programmeId,
      changes.map((change) => ({ read: read(change.session), place: unkept(where(change)) })),
    );
    return changes.map((change) => ({ ...change, version: current.get(change.session)!.version + 1 }));
  }

  /** Copies that got talks or people are somebody's work by now. */
  private async unused(sessionIds: readonly string[]): Promise<void> {
    const where = { sessionId: In([...sessionIds]) };
    const used =
      (await this.db.repository(Talk).existsBy(where)) || (await this.db.repository(Assignment).existsBy(where));
    if (used) throw new RuleViolation('error.board.copyInUse');
  }
}
