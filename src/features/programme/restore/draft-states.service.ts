import { Injectable } from '@nestjs/common';
import { In, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { Database, type Versioned } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Assignment } from '../assignment.entity.js';
import {
  PersonAssigned,
  PersonUnassigned,
  SessionAdded,
  SessionCancelled,
  SessionEdited,
  SessionMoved,
  SessionReinstated,
  SessionRemoved,
  StrandSaved,
  TalkAdded,
  TalkEdited,
  TalkRemoved,
} from '../programme.events.js';
import { Strand, type Programme } from '../programme.entity.js';
import { inProgramme } from '../programmes.service.js';
import { Session, Talk } from '../session.entity.js';
import type {
  ChangedRow,
  DraftState,
  DraftSteps,
  PlaceRow,
  SessionRow,
  StrandRow,
  TalkRow,
} from './draft-state.rules.js';

const AT_ONCE = 300;
/** Columns that hold moments; everything else is stored as it stands in a state. */
export const MOMENTS: readonly string[] = ['startsAt', 'endsAt'];
const PLACE: readonly string[] = ['startsAt', 'endsAt', 'roomId', 'minutes'];

/** The whole draft as rows: read at once, and written row by row where it differs. */
@Injectable()
export class DraftStates {
  constructor(
    private readonly db: Database,
    private readonly journal: Journal,
  ) {}

  /** Four statements. In the order of ids, so that equal drafts are equal. */
  async read(programmeId: string): Promise<DraftState> {
    const strands = await this.db.repository(Strand).find({ where: { programmeId }, order: { id: 'ASC' } });
    const sessions = await this.db.repository(Session).find({ where: { programmeId }, order: { id: 'ASC' } });
    return {
      strands: strands.map((row) => plain<StrandRow>(row)),
      sessions: sessions.map((row) => plain<SessionRow>(row)),
      talks: (await this.inside(Talk, programmeId)).map((row) => plain<TalkRow>(row)),
      people: (await this.inside(Assignment, programmeId)).map((row) => plain<PlaceRow>(row)),
    };
  }

  /** Whether rows that were kept still have every column: an upgrade may have added one. */
  fits({ strands, sessions, talks, people }: DraftState): boolean {
    const tables = [
      [Strand, strands],
      [Session, sessions],
      [Talk, talks],
      [Assignment, people],
    ] as const;
    return tables.every(([entity, [row]]) => {
      const columns = this.db
        .repository<ObjectLiteral>(entity)
        .metadata.columns.map(({ propertyName }) => propertyName);
      return row === undefined || columns.every((name) => name === 'programmeId' || name in row);
    });
  }

  /** For a caller who holds the transaction and the row of the programme. Throws Stale where a row is not as it was read. */
  async write(programme: Programme, steps: DraftSteps): Promise<void> {
    await this.takeOut(programme, steps);
    await this.writeStrands(programme, steps);
    await this.writeSessions(programme, steps);
    await this.writeTalks(programme, steps);
    await this.writePeople(programme, steps);
  }

  private async takeOut(programme: Programme, { people, talks }: DraftSteps): Promise<void> {
    const where = inProgramme(programme);
    for (const { id, personId, sessionId, role } of people.removed)
      await this.journal.record(PersonUnassigned({ id, ...where, personId, sessionId, role }));
    for (const { id, sessionId } of talks.removed) await this.journal.record(TalkRemoved({ id, ...where, sessionId }));
    await this.remove(Assignment, people.removed);
    await this.remove(Talk, talks.removed);
  }

  private async writeStrands(programme: Programme, { strands }: DraftSteps): Promise<void> {
    const { id: programmeId } = programme;
    // Two may change codes with each other: first each takes one that nobody has.
    for (const { before } of strands.changed.filter(({ fields }) => fields.includes('code')))
      await this.db.compareAndSet(Strand, { id: before.id }, { code: before.id });
    await this.change(Strand, strands.changed);
    await this.insert(
      Strand,
      strands.added.map((row) => ({ ...row, programmeId })),
    );
    for (const { id, code } of [...strands.added, ...strands.changed.map(({ after }) => after)])
      await this.journal.record(StrandSaved({ id, ...inProgramme(programme), code }));
  }

  private async writeSessions(programme: Programme, { sessions }: DraftSteps): Promise<void> {
    const [where, { id: programmeId }] = [inProgramme(programme), programme];
    await this.change(Session, sessions.changed);
    await this.insert(
      Session,
      sessions.added.map((row) => ({ ...row, programmeId })),
    );
    for (const { id, kind } of sessions.added) await this.journal.record(SessionAdded({ id, ...where, kind }));
    for (const { before, after, fields } of sessions.changed) {
      const { id } = after;
      const texts = fields.filter((field) => field !== 'status' && !PLACE.includes(field));
      if (texts.length > 0) await this.journal.record(SessionEdited({ id, ...where, fields: texts }));
      if (fields.some((field) => PLACE.includes(field)))
        await this.journal.record(SessionMoved({ id, ...where, from: placeOf(before), to: placeOf(after) }));
      if (!fields.includes('status')) continue;
      if (after.status === 'removed') await this.journal.record(SessionRemoved({ id, ...where, released: true }));
      else if (after.status === 'cancelled') await this.journal.record(SessionCancelled({ id, ...where }));
      else await this.journal.record(SessionReinstated({ id, ...where }));
    }
  }

  private async writeTalks(programme: Programme, { talks }: DraftSteps): Promise<void> {
    const where = inProgramme(programme);
    await this.change(Talk, talks.changed);
    await this.insert(Talk, talks.added);
    for (const { id, sessionId } of talks.added) await this.journal.record(TalkAdded({ id, ...where, sessionId }));
    for (const { after, fields } of talks.changed)
      await this.journal.record(
        TalkEdited({ id: after.id, ...where, sessionId: after.sessionId, fields: [...fields] }),
      );
  }

  private async writePeople(programme: Programme, { people }: DraftSteps): Promise<void> {
    // Two may change seats with each other: first both stand up.
    for (const { before } of people.changed.filter(({ fields }) => fields.includes('seatKey')))
      await this.db.compareAndSet(Assignment, { id: before.id }, { seatKey: null });
    await this.change(Assignment, people.changed);
    await this.insert(Assignment, people.added);
    for (const { id, personId, sessionId, role, state } of people.added)
      await this.journal.record(PersonAssigned({ id, ...inProgramme(programme), personId, sessionId, role, state }));
  }

  private async change<E extends Versioned>(
    entity: EntityTarget<E>,
    rows: readonly ChangedRow<StrandRow | SessionRow | TalkRow | PlaceRow>[],
  ): Promise<void> {
    for (const { before, after, fields } of rows) {
      const changes = Object.fromEntries(fields.map((field) => [field, stored(field, after[field])]));
      await this.db.updateIfUnchanged(entity, before, changes as never);
    }
  }

  private async insert<E extends ObjectLiteral>(entity: EntityTarget<E>, rows: readonly object[]): Promise<void> {
    const whole = rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, stored(name, value)])),
    );
    for (let at = 0; at < whole.length; at += AT_ONCE)
      await this.db.insert(entity, whole.slice(at, at + AT_ONCE) as never);
  }

  private async remove(entity: typeof Talk | typeof Assignment, rows: readonly { id: string }[]): Promise<void> {
    for (let at = 0; at < rows.length; at += AT_ONCE)
      await this.db.repository(entity as EntityTarget<ObjectLiteral>).delete({
        id: In(rows.slice(at, at + AT_ONCE).map(({ id }) => id)),
      });
  }

  private inside<E extends Talk | Assignment>(entity: new () => E, programmeId: string): Promise<E[]> {
    return this.db
      .repository<E>(entity)
      .createQueryBuilder('row')
      .innerJoin(Session, 'session', 'session.id = row.session_id')
      .where('session.programme_id = :programmeId', { programmeId })
      .orderBy('row.id', 'ASC')
      .getMany();
  }
}

function plain<R>(row: object): R {
  const entries = Object.entries(row)
    .filter(([name]) => name !== 'programmeId')
    .map(([name, value]) => [name, value instanceof Date ? value.toISOString() : (value as unknown)]);
  return Object.fromEntries(entries) as R;
}

function stored(name: string, value: unknown): unknown {
  return MOMENTS.includes(name) && typeof value === 'string' ? new Date(value) : value;
}

function placeOf({ startsAt, endsAt, roomId }: SessionRow) {
  return { startsAt, endsAt, roomId };
}
