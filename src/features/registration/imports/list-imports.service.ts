import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { In, LessThan, Not } from 'typeorm';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { unreadable } from '../../../platform/documents/file-problem.rules.js';
import { readTable, type TableRow } from '../../../platform/documents/table-file.js';
import { rememberedRow } from '../../../platform/documents/table-headings.rules.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { Conferences, type Conference } from '../../conferences/index.js';
import { e164, People, type Person } from '../../people/index.js';
import { RegistrationSettings } from '../registration-settings.entity.js';
import { columnsOf, headerRow, NAME_FIELDS } from './list-fields.rules.js';
import { ListImported, ListUndone } from './list-import.events.js';
import { ListImport } from './list-import.entity.js';
import { LEFT_OUT, type ListOptions } from './list-import.rules.js';
import { planKey, planList, type ListPlan } from './list-plan.js';
import { ListUndo } from './list-undo.service.js';
import { ListWriter } from './list-writer.service.js';
import { KnownPeople } from './known-people.queries.js';
import { listWords } from './list-words.js';
import { readList } from './read-list.js';

/** A hall is full before a list is. */
const MOST_ROWS = 3000;
const MOST_PACKED = 12 * 1024 * 1024;
const HOUR = 3_600_000;
/** A preview that nobody has taken over holds names that nobody needs. */
const PREVIEW_DAYS = 7;
const REMEMBERED = 30;
export interface ListPreview {
  readonly plan: ListPlan;
  /** What the person has seen, for `commit`. */
  readonly key: string;
  /** The people whom rows may be. */
  readonly people: ReadonlyMap<string, Person>;
  /** The first rows, to choose the headings among. */
  readonly rows: readonly TableRow[];
  /** The same file was taken over before. */
  readonly sameFile: Pick<ListImport, 'filename' | 'doneAt'> | null;
}

/** Lists of participants that staff bring in: read once, looked at, taken over whole or not at all, undone. */
@Injectable()
export class ListImports {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly known: KnownPeople,
    private readonly writer: ListWriter,
    private readonly undoing: ListUndo,
    jobs: Jobs,
  ) {
    jobs.every(HOUR, 'registration: forget previews of lists', () => this.forgetOld());
  }

  /** Newest first. */
  ofConference(conferenceId: string): Promise<ListImport[]> {
    return this.db.repository(ListImport).find({
      where: { conferenceId, state: Not('preview') },
      select: { id: true, filename: true, format: true, state: true, counts: true, createdAt: true, doneAt: true },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: REMEMBERED,
    });
  }

  /** Throws NotFound, also for a list of another conference. */
  async byId(conferenceId: string, id: string): Promise<ListImport> {
    const found = /^[0-9a-f-]{36}$/.test(id) ? await this.db.one(ListImport, { id, conferenceId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** Reads a file and keeps its rows for the preview. Throws UnreadableFile. */
  async start(
    conferenceId: string,
    file: { filename: string; bytes: Buffer },
    choices: Pick<ListOptions, 'locale' | 'category' | 'form' | 'approval'>,
  ): Promise<ListImport> {
    const { format, rows } = await readTable(file.bytes, { fillMerged: true });
    if (rows.length > MOST_ROWS) unreadable('file.problem.manyRows', '', { max: MOST_ROWS });
    const packed = gzipSync(JSON.stringify(rows), { level: 1 });
    if (packed.length > MOST_PACKED) unreadable('file.problem.unpacked');
    const accountId = currentContext().actor.id;
    const table = await this.guessed(rows, conferenceId, accountId);
    const row: Omit<ListImport, 'conference'> = {
      id: this.ids.next(),
      conferenceId,
      accountId,
      filename: file.filename,
      format,
      hash: createHash('sha256').update(file.bytes).digest('hex'),
      state: 'preview',
      options: { ...choices, letters: false, ...table, fixes: {}, skipped: [], people: {} },
      content: packed,
      counts: null,
      leftOut: null,
      added: null,
      undone: null,
      createdAt: this.clock.now(),
      doneAt: null,
      version: 1,
    };
    await this.db.transaction(async () => {
      // One preview per person and conference: the last one counts.
      if (accountId !== null)
        await this.db.repository(ListImport).delete({ conferenceId, accountId, state: 'preview' });
      await this.db.insert(ListImport, row as never);
    });
    return row as ListImport;
  }

  /** What taking over would do now. Throws RuleViolation once it is done. */
  async preview(found: ListImport): Promise<ListPreview> {
    const rows = rowsOf(found);
    const plan = await this.plan(found);
    const before = await this.db.repository(ListImport).findOne({
      where: { conferenceId: found.conferenceId, hash: found.hash, state: 'done' },
      select: { id: true, filename: true, doneAt: true },
      order: { createdAt: 'DESC' },
    });
    return {
      plan,
      key: planKey(plan),
      people: await this.people.byIds(
        plan.rows.flatMap(({ candidates, personId }) => (personId === null ? candidates : [...candidates, personId])),
      ),
      rows: rows.slice(0, 30),
      sameFile: before,
    };
  }

  /** Other choices; what is left out stays. Other headings are read anew. */
  async choose(found: ListImport, changes: Partial<ListOptions>): Promise<ListImport> {
    let options = { ...found.options, ...changes };
    if (options.header !== found.options.header) {
      const headings = rowsOf(found).find(({ at }) => at === options.header)?.cells ?? [];
      options = { ...options, headings, columns: columnsOf(headings), fixes: {}, skipped: [], people: {} };
    }
    const version = await this.db.updateIfUnchanged(ListImport, found, { options } as never);
    return { ...found, options, version };
  }

  /**
   * Takes the list over, in one transaction. Throws Stale when the house is not any more what the preview was of, and
   * RuleViolation when it was taken over already, or there is nothing to take over.
   */
  commit(conferenceId: string, id: string, seen: string): Promise<ListImport> {
    return this.db.transaction(async () => {
      const conference = await this.held(conferenceId);
      const found = await this.byId(conferenceId, id);
      if (found.state !== 'preview') throw new RuleViolation('error.import.done');
      const plan = await this.plan(found);
      if (planKey(plan) !== seen) throw new Stale(found);
      if (plan.counts.added === 0) throw new RuleViolation('error.import.nothing');
      const added = await this.writer.write(conference, id, plan, found.options);
      const leftOut = Object.fromEntries(
        LEFT_OUT.map((why) => [why, plan.rows.flatMap(({ what, at }) => (what === why ? [at] : []))]),
      ) as ListImport['leftOut'];
      const { fixes: _, people: __, ...options } = found.options;
      const after = {
        state: 'done' as const,
        // What was typed over cells was of people, too.
        options: { ...options, fixes: {}, people: {} },
        content: null,
        counts: plan.counts,
        leftOut,
        added,
        doneAt: this.clock.now(),
      };
      const version = await this.db.updateIfUnchanged(ListImport, found, after as never);
      const { letters } = found.options;
      await this.journal.record(ListImported({ id, conferenceId, counts: plan.counts, letters }));
      return { ...found, ...after, version };
    });
  }

  /** Takes back what the list added and nobody has touched since. Throws RuleViolation when there is nothing to undo. */
  undo(conferenceId: string, read: { id: string; version: number }): Promise<ListImport> {
    return this.db.transaction(async () => {
      const conference = await this.held(conferenceId);
      const found = await this.byId(conferenceId, read.id);
      if (found.state !== 'done' || !found.added || !found.doneAt) throw new RuleViolation('error.import.notDone');
      const undone = await this.undoing.undo(conference, found.added, found.doneAt);
      const after = { state: 'undone' as const, added: null, undone };
      const version = await this.db.updateIfUnchanged(ListImport, read, after as never);
      const { kept, ...counts } = undone;
      await this.journal.record(ListUndone({ id: read.id, conferenceId, ...counts, kept: kept.length }));
      return { ...found, ...after, version };
    });
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - PREVIEW_DAYS * 24 * HOUR);
    await this.db.repository(ListImport).delete({ state: 'preview', createdAt: LessThan(before) });
  }

  /** The counters of the conference, written so that whoever imports or registers at the same time waits. */
  private async held(conferenceId: string): Promise<Conference> {
    const conference = await this.conferences.byId(conferenceId);
    if (!conference) throw new NotFound();
    await this.db.compareAndSet(RegistrationSettings, { id: conferenceId }, { taken: () => 'taken' });
    return conference;
  }

  private async plan(found: ListImport): Promise<ListPlan> {
    const house = await this.known.of(found.conferenceId, await this.linesBefore(found.conferenceId));
    return planList(readList(rowsOf(found), found.options, listWords(this.translator)), found.options, house, e164);
  }

  /** Who the lines of earlier lists of this conference turned out to be. */
  private async linesBefore(conferenceId: string): Promise<Map<string, string>> {
    const done = await this.db.repository(ListImport).find({
      where: { conferenceId, state: 'done' },
      select: { id: true, added: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return new Map(
      done.flatMap(({ added }) => (added?.rows ?? []).map(({ key, personId }) => [key, personId] as const)),
    );
  }

  /** The headings and columns: as chosen for the last list with the same headings, by this person or here; else by their words. */
  private async guessed(
    rows: readonly TableRow[],
    conferenceId: string,
    accountId: string | null,
  ): Promise<Pick<ListOptions, 'header' | 'headings' | 'columns' | 'nameOrder'>> {
    const done = { state: In(['done', 'undone']) };
    const before = await this.db.repository(ListImport).find({
      where: [{ ...done, conferenceId }, ...(accountId === null ? [] : [{ ...done, accountId }])],
      select: { id: true, options: true },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: REMEMBERED,
    });
    const same = rememberedRow(
      rows,
      before.map(({ options }) => options),
    );
    if (same) {
      const { columns, nameOrder } = same.table;
      return { header: same.row.at, headings: same.row.cells, columns, nameOrder };
    }
    const header = headerRow(rows) ?? rows[0]?.at ?? null;
    const headings = rows.find(({ at }) => at === header)?.cells ?? [];
    const columns = columnsOf(headings);
    // Who writes headings in Latin letters usually writes the given name first.
    const nameOrder = /[a-z]/i.test(headings[columns.name ?? -1] ?? '') ? 'given' : 'family';
    return { header, headings, columns, nameOrder };
  }
}

/** Is it said which column holds names? */
export function hasNames({ columns }: Pick<ListOptions, 'columns'>): boolean {
  return NAME_FIELDS.some((field) => columns[field] !== undefined);
}

function rowsOf({ content }: ListImport): TableRow[] {
  if (content === null) throw new RuleViolation('error.import.done');
  return JSON.parse(gunzipSync(content).toString('utf8')) as TableRow[];
}
