import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { In, IsNull, Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { ProgrammeReleased } from '../programme.events.js';
import { PrintedName, ReleaseSession } from '../release.entity.js';
import { derivedGuid } from '../../../platform/runtime/derived-guid.js';
import { ExchangeId, type ExchangeKind } from './exchange-id.entity.js';
import type { ExchangeIdentity } from './described.rules.js';
import type { Remembered } from './import.rules.js';
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
    // What a visit plans is never for other programs.
    journal.on(ProgrammeReleased, async ({ id, programmeId, conferenceId }) => {
      if (conferenceId !== undefined) await this.released(id, programmeId);
    });
  }

  ofProgramme(programmeId: string): Promise<ExchangeId[]> {
    return this.db.repository(ExchangeId).find({ where: { programmeId }, order: { number: 'ASC' } });
  }

  /** What the latest release may say of each subject; who has several numbers, because several files name them, has the first. */
  async asReleased(programmeId: string): Promise<Map<string, ExchangeIdentity>> {
    const rows = (await this.ofProgramme(programmeId)).reverse();
    return new Map(
      rows.flatMap(({ subjectId, number, guid, releasedSource }) =>
        subjectId === null ? [] : [[subjectId, { number, guid, source: releasedSource }] as const],
      ),
    );
  }

  /**
   * For the writer of a programme who holds its row, so that two never take the same number. A guid that was given before
   * to something that is gone comes back with its number.
   */
  async give(programmeId: string, all: readonly NewExchangeId[]): Promise<void> {
    if (all.length === 0) return;
    const known = await this.db
      .repository(ExchangeId)
      .find({ where: { programmeId }, select: { id: true, kind: true, number: true, guid: true } });
    const before = new Map(known.map(({ kind, guid, id }) => [`${kind} ${guid}`, id]));
    const wanted: NewExchangeId[] = [];
    for (const one of all) {
      const id = one.guid === undefined ? undefined : before.get(`${one.kind} ${one.guid}`);
      if (id === undefined) wanted.push(one);
      else
        await this.db
          .repository(ExchangeId)
          .update({ id }, { subjectId: one.subjectId, source: one.source ?? null } as never);
    }
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
      releasedSource: null,
    }));
    for (let at = 0; at < rows.length; at += ROWS) await this.db.insert(ExchangeId, rows.slice(at, at + ROWS) as never);
  }

  /** What a file says now of sessions that are known: the export gives its latest words back. Answers what they replace. */
  async remember(programmeId: string, said: readonly { guid: string; source: ScheduleEvent }[]): Promise<Remembered[]> {
    const rows = new Map((await this.ofProgramme(programmeId)).map((row) => [`${row.kind} ${row.guid}`, row]));
    const replaced: Remembered[] = [];
    for (const { guid, source } of said) {
      const row = rows.get(`session ${guid}`);
      // A file of our own has nothing to tell that we do not know better.
      if (!row || row.source === null || JSON.stringify(row.source) === JSON.stringify(source)) continue;
      await this.db.repository(ExchangeId).update({ id: row.id }, { source } as never);
      replaced.push({ id: row.id, before: row.source, after: digest(source) });
    }
    return replaced;
  }

  /** Gives back the words that an import replaced, where no later one has replaced its own, and not of sessions that stay. */
  async recall(programmeId: string, replaced: readonly Remembered[], staying: ReadonlySet<string>): Promise<void> {
    if (replaced.length === 0) return;
    const rows = new Map((await this.ofProgramme(programmeId)).map((row) => [row.id, row]));
    for (const { id, before, after } of replaced) {
      const row = rows.get(id);
      if (!row?.source || staying.has(row.subjectId ?? '') || digest(row.source) !== after) continue;
      await this.db.repository(ExchangeId).update({ id }, { source: before } as never);
    }
  }

  /** What is gone keeps its number, so that nothing else gets it. */
  async forget(programmeId: string, subjectIds: readonly string[]): Promise<void> {
    for (let at = 0; at < subjectIds.length; at += ROWS) {
      const subjectId = In(subjectIds.slice(at, at + ROWS));
      await this.db.repository(ExchangeId).update({ programmeId, subjectId }, { subjectId: null });
    }
  }

  /** Gives what is new its numbers, and freezes what files have said of the sessions. */
  private async released(releaseId: string, programmeId: string): Promise<void> {
    await this.db.manager
      .createQueryBuilder()
      .update(ExchangeId)
      .set({ releasedSource: () => 'source' })
      .where({ programmeId, kind: 'session', source: Not(IsNull()) })
      .execute();
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

function digest(source: ScheduleEvent): string {
  return derivedGuid('source', JSON.stringify(source));
}
