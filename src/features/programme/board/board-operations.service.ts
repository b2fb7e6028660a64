import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { InvalidInput, RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import type { Programme } from '../programme.entity.js';
import { Programmes } from '../programmes.service.js';
import { Session, Talk } from '../session.entity.js';
import { Assignment } from '../assignment.entity.js';
import { Sessions, type NewSession, type Read } from '../sessions.service.js';
import { BoardOperation } from './board-operation.entity.js';
import { BoardTouches } from './board-touches.js';
import {
  copiedDay,
  kept,
  mayRevert,
  placeOf,
  samePlace,
  shifted,
  swapped,
  unkept,
  type BoardPlace,
  type Change,
  type Move,
} from './board.rules.js';

/** One step on the board. `seen`: the rows that the reader agreed to change, as they were shown; without it nobody looked. */
export type BoardCommand =
  | { kind: 'place'; sessions: readonly (Read & { place: BoardPlace })[] }
  | { kind: 'swap'; a: string; b: string; seen?: readonly Read[] | undefined }
  | { kind: 'shift'; day: string; from: string; minutes: number; seen?: readonly Read[] | undefined }
  | { kind: 'copy-day'; day: string; to: string; seen?: readonly Read[] | undefined };

export interface DoneOperation {
  operation: BoardOperation;
  /** Open conflicts of the programme, worst first (ruling 6: they never refuse an edit of the draft). */
  findings: FoundConflict[];
}

export interface Preview {
  changes: Change[];
  /** The sessions as they are, by id: those that move, and those that copies are made from. */
  sessions: Map<string, Session>;
  /** Conflicts that there are not yet. */
  newFindings: FoundConflict[];
}

/** The board changed under the reader in a way that no version shows: other sessions belong to the step by now. */
class OtherSessions extends Error {
  constructor(readonly sessionId: string) {
    super('other sessions');
  }
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
    private readonly sessions: Sessions,
    private readonly conflicts: Conflicts,
    private readonly touches: BoardTouches,
  ) {}

  /** Throws BoardRefusal when a session is not as it was seen, RuleViolation when nothing would change. */
  run(programmeId: string, command: BoardCommand): Promise<DoneOperation> {
    return this.explained(() =>
      this.db.transaction(async () => {
        const { changes } = await this.carryOut(await this.programmes.byId(programmeId), command);
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
      return await this.explained(() =>
        this.db.transaction(async () => {
          const { changes, sessions } = await this.carryOut(await this.programmes.byId(programmeId), command);
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
    return this.explained(() =>
      this.db.transaction(async () => {
        const operation = await this.latest(programmeId, 'done');
        if (!operation) throw new RuleViolation('error.board.nothingToUndo');
        return this.turn(operation, 'undone', await this.takenBack(operation));
      }),
    );
  }

  /** Makes my step again that I undid last. */
  redo(programmeId: string): Promise<DoneOperation> {
    return this.explained(() =>
      this.db.transaction(async () => {
        const operation = await this.latest(programmeId, 'undone');
        if (!operation) throw new RuleViolation('error.board.nothingToRedo');
        return this.turn(operation, 'done', await this.madeAgain(operation));
      }),
    );
  }

  /** What undo and redo would act on for the account that is acting. */
  async mine(programmeId: string): Promise<{ undo: BoardOperation | null; redo: BoardOperation | null }> {
    const [undo, redo] = await Promise.all([this.latest(programmeId, 'done'), this.latest(programmeId, 'undone')]);
    return { undo, redo };
  }

  private async carryOut(
    programme: Programme,
    command: BoardCommand,
  ): Promise<{ changes: Change[]; sessions: Map<string, Session> }> {
    if (command.kind === 'copy-day') return this.copy(programme, command);
    const moves = await this.movesOf(programme, command);
    const sessions = await this.byIds(programme.id, [...moves.keys()]);
    const real = [...moves].filter(([id, { place }]) => {
      const session = sessions.get(id);
      return !session || !samePlace(placeOf(session), place);
    });
    if (real.length === 0) throw new RuleViolation('error.board.nothing');
    await this.sessions.relocate(
      programme.id,
      real.map(([id, { place, version }]) => ({ read: { id, version }, place })),
    );
    const changes = real.map(([id, { place, version }]) => ({
      session: id,
      from: kept(placeOf(sessions.get(id)!)),
      to: kept(place),
      version: version + 1,
    }));
    return { changes, sessions };
  }

  /** Where each session goes, and the version that the reader saw. */
  private async movesOf(
    programme: Programme,
    command: Exclude<BoardCommand, { kind: 'copy-day' }>,
  ): Promise<Map<string, { place: BoardPlace; version: number }>> {
    if (command.kind === 'place') return new Map(command.sessions.map(({ id, ...move }) => [id, move]));
    if (command.kind === 'shift') {
      const all = await this.all(programme.id);
      return withVersions(shifted(all, command, programme.zone), command.seen, all);
    }
    if (command.a === command.b) throw InvalidInput.at('b', 'error.board.swapTwo');
    const a = await this.sessions.byId(programme.id, command.a);
    const b = await this.sessions.byId(programme.id, command.b);
    return withVersions(swapped(a, b), command.seen, [a, b]);
  }

  private async copy(programme: Programme, { day, to, seen }: BoardCommand & { kind: 'copy-day' }) {
    if (day === to) throw InvalidInput.at('to', 'error.board.sameDay');
    const all = await this.all(programme.id);
    const copies = copiedDay(all, { day, to }, programme.zone);
    if (copies.length === 0) throw new RuleViolation('error.board.nothing');
    const byId = new Map(all.map((session) => [session.id, session]));
    const asMoves = copies.map(({ source, place }) => ({ id: source, place }));
    for (const [id, { version }] of withVersions(asMoves, seen, all))
      if (byId.get(id)!.version !== version) throw new OtherSessions(id);
    const ids = await this.sessions.addAll(
      programme.id,
      copies.map(({ source, place }) => copyOf(byId.get(source)!, place)),
    );
    const changes = copies.map(({ source, place }, index) => ({
      session: ids[index]!,
      source,
      from: null,
      to: kept(place),
      version: 1,
    }));
    return { changes, sessions: new Map(copies.map(({ source }) => [source, byId.get(source)!])) };
  }

  private async takenBack(operation: BoardOperation): Promise<Change[]> {
    const current = await this.revertible(operation, ({ to }) => to);
    const made = operation.changes.filter(({ from }) => from === null);
    if (made.length > 0) {
      await this.unused(made.map(({ session }) => session));
      for (const { session } of made) await this.sessions.remove(operation.programmeId, current.get(session)!);
      return operation.changes;
    }
    return this.placed(operation, current, ({ from }) => from!);
  }

  private async madeAgain(operation: BoardOperation): Promise<Change[]> {
    if (operation.changes.every(({ from }) => from !== null)) {
      return this.placed(operation, await this.revertible(operation, ({ from }) => from!), ({ to }) => to);
    }
    const sources = await this.byIds(
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
    const current = await this.byIds(programmeId, ids);
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

  private all(programmeId: string): Promise<Session[]> {
    return this.db.repository(Session).find({ where: { programmeId }, order: { startsAt: 'ASC', id: 'ASC' } });
  }

  private async byIds(programmeId: string, ids: readonly string[]): Promise<Map<string, Session>> {
    const found = await this.db.repository(Session).findBy({ programmeId, id: In([...ids]) });
    return new Map(found.map((session) => [session.id, session]));
  }

  /** Outside of the transaction, which may not see what the other one has written. */
  private async explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
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

/** Each move with the version that was seen; the reader must have seen exactly these, if anybody looked at all. */
function withVersions(
  moves: readonly Move[],
  seen: readonly Read[] | undefined,
  all: readonly Read[],
): Map<string, { place: BoardPlace; version: number }> {
  const moved = new Set(moves.map(({ id }) => id));
  const versions = new Map((seen ?? all).map(({ id, version }) => [id, version]));
  const odd = moves.find(({ id }) => !versions.has(id)) ?? seen?.find(({ id }) => !moved.has(id));
  if (odd) throw new OtherSessions(odd.id);
  return new Map(moves.map(({ id, place }) => [id, { place, version: versions.get(id)! }]));
}

/** What a copy takes along: all that is written about the session, but neither talks nor people, who were asked for one day. */
function copyOf(session: Session, place: BoardPlace): NewSession {
  const { kind, title, abstract, strandId, languages, interpretation, capacity, expected, parallel, restricted } =
    session;
  const texts = {
    kind,
    title,
    abstract,
    strandId,
    languages,
    interpretation,
    capacity,
    expected,
    parallel,
    restricted,
  };
  return { ...texts, place };
}

function actingAccount(): string {
  const { kind, id } = currentContext().actor;
  if (kind !== 'account' || id === null) throw new Error('operations of the board belong to an account');
  return id;
}
