import { Injectable } from '@nestjs/common';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import { Programmes } from '../programmes.service.js';
import type { Session } from '../session.entity.js';
import { BoardOperation } from './board-operation.entity.js';
import { BoardSteps, GoneSession, OtherSessions, type BoardCommand, type CarriedOut } from './board-steps.service.js';
import { BoardTouches } from './board-touches.js';
import { BoardTurns } from './board-turns.service.js';
import type { Change } from './board.rules.js';

export interface DoneOperation {
  operation: BoardOperation;
  /** Open conflicts of the programme, worst first (ruling 6: they never refuse an edit of the draft). */
  findings: FoundConflict[];
}

export interface Preview extends CarriedOut {
  /** Conflicts that there are not yet. */
  newFindings: FoundConflict[];
}

/** Carries a preview out of the transaction that it was tried in, which is rolled back by that. */
class Tried extends Error {
  constructor(readonly preview: Preview) {
    super('tried');
  }
}

/**
 * Everything that the board does: each step is one transaction and one row of `board_operations`, refused as a whole when
 * one block is not as it was shown, and undone by the person who took it unless somebody touched a block since.
 */
@Injectable()
export class BoardOperations {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly programmes: Programmes,
    private readonly steps: BoardSteps,
    private readonly turns: BoardTurns,
    private readonly conflicts: Conflicts,
    private readonly touches: BoardTouches,
  ) {}

  /** Throws BoardRefusal when a session is not as it was seen, RuleViolation when nothing would change. */
  run(programmeId: string, command: BoardCommand): Promise<DoneOperation> {
    return this.explained(programmeId, () =>
      this.db.transaction(async () => {
        const { changes } = await this.steps.carryOut(await this.programmes.byId(programmeId), command);
        const accountId = actingAccount();
        await this.db
          .repository(BoardOperation)
          .update({ programmeId, accountId, state: 'undone' }, { state: 'dropped' });
        const operation = {
          id: this.ids.next(),
          programmeId,
          accountId,
          kind: command.kind,
          at: this.clock.now(),
          state: 'done' as const,
          changes,
        };
        await this.db.insert(BoardOperation, operation);
        return this.done(operation as BoardOperation);
      }),
    );
  }

  /** What the step would do, by doing it in a transaction that is rolled back: so the preview knows every rule. */
  async preview(programmeId: string, command: BoardCommand): Promise<Preview> {
    const before = new Set((await this.conflicts.findings(programmeId)).map(({ key }) => key));
    try {
      return await this.explained(programmeId, () =>
        this.db.transaction(async () => {
          const { changes, sessions } = await this.steps.carryOut(await this.programmes.byId(programmeId), command);
          const after = await this.conflicts.findings(programmeId);
          throw new Tried({ changes, sessions, newFindings: after.filter(({ key }) => !before.has(key)) });
        }),
      );
    } catch (error) {
      if (error instanceof Tried) return error.preview;
      throw error;
    }
  }

  /** Takes back my latest step. Throws BoardRefusal when somebody touched one of its sessions since. */
  undo(programmeId: string): Promise<DoneOperation> {
    return this.explained(programmeId, () =>
      this.db.transaction(async () => {
        const operation = await this.latest(programmeId, 'done');
        if (!operation) throw new RuleViolation('error.board.nothingToUndo');
        return this.turn(operation, 'undone', await this.turns.takenBack(operation));
      }),
    );
  }

  /** Makes my step again that I undid last. */
  redo(programmeId: string): Promise<DoneOperation> {
    return this.explained(programmeId, () =>
      this.db.transaction(async () => {
        const operation = await this.latest(programmeId, 'undone');
        if (!operation) throw new RuleViolation('error.board.nothingToRedo');
        return this.turn(operation, 'done', await this.turns.madeAgain(operation));
      }),
    );
  }

  /** What undo and redo would act on for the account that is acting. */
  async mine(programmeId: string): Promise<{ undo: BoardOperation | null; redo: BoardOperation | null }> {
    const [undo, redo] = await Promise.all([this.latest(programmeId, 'done'), this.latest(programmeId, 'undone')]);
    return { undo, redo };
  }

  private async turn(operation: BoardOperation, state: 'done' | 'undone', changes: Change[]): Promise<DoneOperation> {
    const turned = await this.db.compareAndSet(
      BoardOperation,
      { id: operation.id, state: operation.state },
      { state, changes: changes as never },
    );
    // The same person pressed twice, in two windows.
    if (!turned)
      throw new RuleViolation(state === 'undone' ? 'error.board.nothingToUndo' : 'error.board.nothingToRedo');
    return this.done({ ...operation, state, changes });
  }

  private async done(operation: BoardOperation): Promise<DoneOperation> {
    return { operation, findings: await this.conflicts.findings(operation.programmeId) };
  }

  private latest(programmeId: string, state: 'done' | 'undone'): Promise<BoardOperation | null> {
    // Undone from the latest back, so the one to redo first is the oldest of them.
    return this.db.repository(BoardOperation).findOne({
      where: { programmeId, accountId: actingAccount(), state },
      order: { id: state === 'done' ? 'DESC' : 'ASC' },
    });
  }

  /** Outside of the transaction, which may not see what the other one has written. */
  private async explained<T>(programmeId: string, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof GoneSession)
        throw (await this.touches.removal(programmeId, error.sessionId)) ?? new NotFound();
      const id =
        error instanceof OtherSessions
          ? error.sessionId
          : error instanceof Stale
            ? (error.current as Session | null)?.id
            : null;
      if (id === null) throw error;
      throw (id && (await this.touches.refusal('overtaken', id))) || new RuleViolation('error.board.gone');
    }
  }
}

function actingAccount(): string {
  const { kind, id } = currentContext().actor;
  if (kind !== 'account' || id === null) throw new Error('operations of the board belong to an account');
  return id;
}
