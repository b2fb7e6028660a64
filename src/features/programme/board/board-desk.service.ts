import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/runtime/clock.js';
import type { WebContext } from '../../../platform/web/web-context.js';
import { Venues } from '../../venues/index.js';
import { Conflicts, type FoundConflict } from '../conflicts/conflicts.service.js';
import type { Programme } from '../programme.entity.js';
import { ProgrammeQueries } from '../programme.queries.js';
import type { Session } from '../session.entity.js';
import { BoardOperations, type DoneOperation, type Preview } from './board-operations.service.js';
import type { BoardCommand } from './board-steps.service.js';
import {
  badgeOf,
  clockText,
  conflictsShown,
  inWords,
  openOf,
  operationText,
  placeText,
  stepText,
  titleOf,
  type Wording,
} from './board-words.js';
import { BoardQueries } from './board.queries.js';
import { unkept } from './board.rules.js';

/** Steps of the board and what they come to, in the words of the reader: the same for the pages and for the API. */
@Injectable()
export class BoardDesk {
  constructor(
    private readonly clock: Clock,
    private readonly venues: Venues,
    private readonly conflicts: Conflicts,
    private readonly programme: ProgrammeQueries,
    private readonly queries: BoardQueries,
    private readonly operations: BoardOperations,
  ) {}

  async wording(web: WebContext, { zone }: Programme): Promise<Wording> {
    const rooms = await this.venues.rooms();
    return { web, zone, now: this.clock.now(), rooms: new Map(rooms.map((room) => [room.id, room])) };
  }

  run(web: WebContext, programme: Programme, command: BoardCommand) {
    return this.told(web, programme, () => this.operations.run(programme.id, command));
  }

  undo(web: WebContext, programme: Programme) {
    return this.told(web, programme, () => this.operations.undo(programme.id));
  }

  redo(web: WebContext, programme: Programme) {
    return this.told(web, programme, () => this.operations.redo(programme.id));
  }

  /** What a step would change, and the conflicts that it would make. */
  async preview(web: WebContext, programme: Programme, command: BoardCommand) {
    const wording = await this.wording(web, programme);
    const { changes, sessions, newFindings }: Preview = await inWords(
      () => Promise.resolve(wording),
      () => this.operations.preview(programme.id, command),
    );
    const { people } = await this.programme.names(newFindings);
    return {
      changes: changes.map(({ session, source, from, to }) => {
        const row = sessions.get(source ?? session)!;
        return {
          session: row.id,
          title: titleOf(wording, row),
          from: from === null ? '' : placeText(wording, unkept(from)),
          to: placeText(wording, unkept(to)),
          version: row.version,
        };
      }),
      newConflicts: conflictsShown(wording, newFindings, people),
    };
  }

  /** The whole draft as the board needs it to catch up. */
  async state(web: WebContext, programme: Programme) {
    const [wording, sessions, findings] = await Promise.all([
      this.wording(web, programme),
      this.queries.sessions(programme.id),
      this.conflicts.findings(programme.id),
    ]);
    return this.around(wording, programme, sessions, sessions, findings);
  }

  /** What stands beside the board: conflicts, and what undo and redo would do. */
  async beside(
    wording: Wording,
    programme: Programme,
    sessions: readonly Session[],
    findings: readonly FoundConflict[],
  ) {
    const open = openOf(findings);
    const byId = new Map(sessions.map((session) => [session.id, session]));
    const [{ people }, mine] = await Promise.all([this.programme.names(open), this.operations.mine(programme.id)]);
    return {
      conflicts: conflictsShown(wording, findings, people),
      conflictCount: open.length,
      undo: stepText(wording, mine.undo, byId),
      redo: stepText(wording, mine.redo, byId),
    };
  }

  private async told(web: WebContext, programme: Programme, work: () => Promise<DoneOperation>) {
    const { operation, findings } = await inWords(() => this.wording(web, programme), work);
    const [wording, all] = await Promise.all([this.wording(web, programme), this.queries.sessions(programme.id)]);
    const touched = new Set(operation.changes.map(({ session }) => session));
    const changed = all.filter(({ id }) => touched.has(id));
    const names = new Map(all.map((session) => [session.id, session]));
    return {
      ...(await this.around(wording, programme, changed, all, findings)),
      operation,
      said: operationText(wording, operation, names, findings),
    };
  }

  private async around(
    wording: Wording,
    programme: Programme,
    shown: readonly Session[],
    all: readonly Session[],
    findings: readonly FoundConflict[],
  ) {
    const { web, zone } = wording;
    const touched = Map.groupBy(
      openOf(findings).flatMap((found) => found.sessions.map((id) => ({ id, found }))),
      ({ id }) => id,
    );
    return {
      sessions: shown.map(({ id, version, status, startsAt, minutes, roomId }) => ({
        id,
        version,
        status,
        startsAt,
        minutes,
        roomId,
        clock: clockText({ startsAt, minutes }, zone),
        lasts: web.t('programme.minutes', { count: minutes }),
      })),
      badges: all.flatMap(({ id }) => {
        const badge = badgeOf(
          web,
          (touched.get(id) ?? []).map(({ found }) => found),
        );
        return badge ? [{ session: id, ...badge }] : [];
      }),
      ...(await this.beside(wording, programme, all, findings)),
    };
  }
}
