import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { ProgrammeReleased } from '../programme.events.js';
import { PrintedName, ReleaseSession } from '../release.entity.js';
import { ExchangeId, type ExchangeKind } from './exchange-id.entity.js';
import type { ScheduleEvent } from './schedule.rules.js';

export interface NewExchangeId {
  readonly kind: ExchangeKind;
  readonly subjectId: string;
  /** A fresh one unless told. */
  readonly guid?: string;
  /** Taken where it is free, else the next one. */
  readonly number?: number | null;
  readonly source?: ScheduleEvent;
}

const ROWS = 400;

/** Numbers and guids for other programs: given once, at the release or the import that first shows the thing, for ever. */
@Injectable()
export class ExchangeIds {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    journal: Journal,
  ) {
    journal.on(ProgrammeReleased, ({ id, programmeId }) => this.released(id, programmeId));
  }

  ofProgramme(programmeId: string): Promise<ExchangeId[]> {
    return this.db.repository(ExchangeId).find({ where: { programmeId }, order: { number: 'ASC' } });
  }

  /** By subject; who has several, because several files name them, goes by the first. */
  async bySubject(programmeId: string): Promise<Map<string, ExchangeId>> {
    const rows = (await this.ofProgramme(programmeId)).reverse();
    return new Map(rows.flatMap((row) => (row.subjectId === null ? [] : [[row.subjectId, row]])));
  }

  /** For the writer of a programme who holds its row, so that two never take the same number. */
  async give(programmeId: string, wanted: readonly NewExchangeId[]): Promise<ExchangeId[]> {
    if (wanted.length === 0) return [];
    const known = await this.db
      .repository(ExchangeId)
      .find({ where: { programmeId }, select: { kind: true, number: true } });
    const numbers = { session: new Numbers(), person: new Numbers() };
    for (const { kind, number } of known) numbers[kind].take(number);
    const asked = wanted.map(({ kind, number }) => numbers[kind].asked(number ?? null));
    const rows = wanted.map(({ kind, subjectId, guid, source }, at): Omit<ExchangeId, 'programme'> => ({
      id: this.ids.next(),
      programmeId,
      kind,
      subjectId,
      number: asked[at] ?? numbers[kind].next(),
      guid: guid ?? randomUUID(),
      source: source ?? null,
    }));
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(ExchangeId, rows.slice(at, at + ROWS) as never);
    return rows as ExchangeId[];
  }

  private async released(releaseId: string, programmeId: string): Promise<void> {
    const sessions = await this.unknown(ReleaseSession, 'session_id', releaseId, programmeId);
    const people = await this.unknown(PrintedName, 'person_id', releaseId, programmeId);
    await this.give(programmeId, [
      // The id of a session is a stored UUID already; that of a person would tell when the house first heard of them.
      ...sessions.map((subjectId) => ({ kind: 'session' as const, subjectId, guid: subjectId })),
      ...people.map((subjectId) => ({ kind: 'person' as const, subjectId })),
    ]);
  }

  /** What a release shows and has no number yet, in the order of its ids. */
  private async unknown(
    entity: typeof ReleaseSession | typeof PrintedName,
    column: 'session_id' | 'person_id',
    releaseId: string,
    programmeId: string,
  ): Promise<string[]> {
    const rows = await this.db.manager
      .createQueryBuilder()
      .from(entity, 'shown')
      .leftJoin(ExchangeId, 'known', `known.subject_id = shown.${column} AND known.programme_id = :programmeId`, {
        programmeId,
      })
      .select(`shown.${column}`, 'subject')
      .where('shown.release_id = :releaseId AND known.id IS NULL', { releaseId })
      .orderBy(`shown.${column}`, 'ASC')
      .getRawMany<{ subject: string }>();
    return rows.map(({ subject }) => subject);
  }
}

class Numbers {
  private readonly taken = new Set<number>();
  private highest = 0;

  take(number: number): number {
    this.taken.add(number);
    this.highest = Math.max(this.highest, number);
    return number;
  }

  asked(number: number | null): number | null {
    return number === null || number < 1 || this.taken.has(number) ? null : this.take(number);
  }

  next(): number {
    return this.take(this.highest + 1);
  }
}
