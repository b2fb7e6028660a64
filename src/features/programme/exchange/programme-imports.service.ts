import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { In, LessThan, Not } from 'typeorm';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { LANGUAGES } from '../../../kernel/languages.js';
import { LOCALES, type Locale } from '../../../kernel/locale.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { Database } from '../../../platform/database/database.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { People, type Person } from '../../people/index.js';
import { Venues } from '../../venues/index.js';
import { isId } from '../ids.rules.js';
import { Programme } from '../programme.entity.js';
import { inProgramme, Programmes } from '../programmes.service.js';
import { Session } from '../session.entity.js';
import { SESSION_KINDS } from '../session.rules.js';
import { ImportUndone, ProgrammeImported } from './exchange.events.js';
import { unreadable } from '../../../platform/documents/file-problem.rules.js';
import { countsOf, eventsIn, saidBy } from './import-content.js';
import { planImport, planKey, type ImportPlan } from './import-plan.js';
import { ImportUndo } from './import-undo.service.js';
import type { ImportCounts, ImportOptions } from './import.rules.js';
import { ImportWriter } from './import-writer.service.js';
import { KnownDraft } from './known-draft.queries.js';
import { ProgrammeImport } from './programme-import.entity.js';
import { readFile, type FileContent } from './read-file.js';
import type { TableRow } from '../../../platform/documents/table-file.js';
import { rememberedRow } from '../../../platform/documents/table-headings.rules.js';
import { columnsOf, headerRow } from './table.rules.js';

/** The size of one row of the database; a server refuses larger ones. */
const MOST_PACKED = 12 * 1024 * 1024;
const HOUR = 3_600_000;
/** A preview that nobody has taken over holds names that nobody needs. */
const PREVIEW_DAYS = 7;
const REMEMBERED = 30;

export interface ImportPreview {
  readonly plan: ImportPlan;
  /** What the person has seen, for `commit`. */
  readonly key: string;
  readonly counts: ImportCounts;
  /** By name in the file: people of the house who may be the same, of those that would be made. */
  readonly namesakes: ReadonlyMap<string, readonly Person[]>;
  /** The first rows of a table, to choose its headings among. */
  readonly table: { readonly rows: readonly TableRow[]; readonly headings: readonly string[] } | null;
}

/** Files of programmes that staff bring in: read once, looked at, taken over whole or not at all, undone. */
@Injectable()
export class ProgrammeImports {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
    private readonly people: People,
    private readonly venues: Venues,
    private readonly known: KnownDraft,
    private readonly writer: ImportWriter,
    private readonly undoing: ImportUndo,
    private readonly translator: Translator,
    jobs: Jobs,
  ) {
    jobs.every(HOUR, 'programme: forget previews of imports', () => this.forgetOld());
  }

  /** Newest first. */
  ofProgramme(programmeId: string): Promise<ProgrammeImport[]> {
    return this.db.repository(ProgrammeImport).find({
      where: { programmeId, state: Not('preview') },
      select: { id: true, filename: true, format: true, state: true, counts: true, createdAt: true, doneAt: true },
      order: { createdAt: 'DESC', id: 'DESC' },
      take: REMEMBERED,
    });
  }

  /** Throws NotFound, also for an import of another programme. */
  async byId(programmeId: string, id: string): Promise<ProgrammeImport> {
    const found = isId(id) ? await this.db.repository(ProgrammeImport).findOneBy({ id, programmeId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** The sessions that undoing left alone, as they are now. */
  async keptBy({ programmeId, undone }: ProgrammeImport): Promise<Session[]> {
    const ids = [...(undone?.kept ?? [])];
    return ids.length === 0 ? [] : this.db.repository(Session).findBy({ programmeId, id: In(ids) });
  }

  /** Reads a file and keeps what was read for the preview. Throws UnreadableFile. */
  async start(
    programmeId: string,
    file: { filename: string; bytes: Buffer },
    locale: Locale,
  ): Promise<ProgrammeImport> {
    const { format, content } = await readFile(file.bytes);
    const packed = gzipSync(JSON.stringify(content), { level: 1 });
    if (packed.length > MOST_PACKED) unreadable('file.problem.unpacked');
    const accountId = currentContext().actor.id;
    const venues = await this.venues.venues();
    const table = content.kind === 'table' ? await this.guessed(content.rows, accountId) : NO_TABLE;
    const row: Omit<ProgrammeImport, 'programme'> = {
      id: this.ids.next(),
      programmeId,
      accountId,
      filename: file.filename,
      format,
      hash: createHash('sha256').update(file.bytes).digest('hex'),
      state: 'preview',
      options: {
        locale,
        venueId: venues[0]?.id ?? null,
        rooms: await this.roomsBefore(programmeId),
        people: {},
        ...table,
      },
      content: packed,
      counts: null,
      added: null,
      undone: null,
      createdAt: this.clock.now(),
      doneAt: null,
      version: 1,
    };
    await this.db.transaction(async () => {
      // One preview per person and programme: the last one counts.
      if (accountId !== null)
        await this.db.repository(ProgrammeImport).delete({ programmeId, accountId, state: 'preview' });
      await this.db.insert(ProgrammeImport, row as never);
    });
    return row as ProgrammeImport;
  }

  /** What taking over would do now. */
  async preview(found: ProgrammeImport): Promise<ImportPreview> {
    const programme = await this.programmes.byId(found.programmeId);
    const content = contentOf(found);
    const plan = await this.plan(programme, content, found.options);
    const fresh = plan.people.filter(({ personId }) => personId === null);
    return {
      plan,
      key: planKey(plan),
      counts: countsOf(plan),
      namesakes: await this.people.namesakes(fresh.map(({ name }) => name)),
      table: content.kind === 'table' ? { rows: content.rows.slice(0, 30), headings: found.options.headings } : null,
    };
  }

  /** Another choice of language, headings, columns, rooms or people. */
  async choose(found: ProgrammeImport, changes: Partial<ImportOptions>): Promise<ProgrammeImport> {
    let options = { ...found.options, ...changes };
    const content = contentOf(found);
    if (content.kind === 'table' && options.header !== found.options.header) {
      const headings = content.rows.find(({ at }) => at === options.header)?.cells ?? [];
      options = { ...options, headings, columns: columnsOf(headings) };
    }
    const version = await this.db.updateIfUnchanged(ProgrammeImport, found, { options } as never);
    return { ...found, options, version };
  }

  /**
   * Takes the file over, in one transaction. Throws Stale when the programme is not any more what the preview was of, and
   * RuleViolation when it was taken over already.
   */
  commit(programmeId: string, id: string, seen: string): Promise<ProgrammeImport> {
    return this.db.transaction(async () => {
      const programme = await this.held(programmeId);
      const found = await this.byId(programmeId, id);
      if (found.state !== 'preview' || found.content === null) throw new RuleViolation('error.import.done');
      const plan = await this.plan(programme, contentOf(found), found.options);
      if (planKey(plan) !== seen) throw new Stale(found);
      const added = await this.writer.write(programme, plan, found.options, LANGUAGES);
      const counts = { ...countsOf(plan), people: added.people.length };
      const after = { state: 'done' as const, content: null, counts, added, doneAt: this.clock.now() };
      const version = await this.db.updateIfUnchanged(ProgrammeImport, found, after as never);
      await this.journal.record(ProgrammeImported({ id, ...inProgramme(programme), format: found.format, counts }));
      return { ...found, ...after, version };
    });
  }

  /** Takes back what the import did and nobody has touched since. Throws RuleViolation when there is nothing to undo. */
  undo(programmeId: string, read: { id: string; version: number }): Promise<ProgrammeImport> {
    return this.db.transaction(async () => {
      const programme = await this.held(programmeId);
      const found = await this.byId(programmeId, read.id);
      if (found.state !== 'done' || found.added === null) throw new RuleViolation('error.import.notDone');
      const undone = await this.undoing.undo(programme, found.added);
      const after = { state: 'undone' as const, added: null, undone };
      const version = await this.db.updateIfUnchanged(ProgrammeImport, read, after as never);
      const { kept, ...counts } = undone;
      await this.journal.record(ImportUndone({ id: read.id, ...inProgramme(programme), ...counts, kept: kept.length }));
      return { ...found, ...after, version };
    });
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - PREVIEW_DAYS * 24 * HOUR);
    await this.db.repository(ProgrammeImport).delete({ state: In(['preview']), createdAt: LessThan(before) });
  }

  /** The row of the programme, written so that whoever imports or releases at the same time waits. */
  private async held(programmeId: string): Promise<Programme> {
    const programme = await this.programmes.byId(programmeId);
    await this.db.compareAndSet(Programme, { id: programmeId }, { zone: programme.zone });
    return programme;
  }

  private async plan(programme: Programme, content: FileContent, options: ImportOptions): Promise<ImportPlan> {
    const known = await this.known.of(programme, options.locale);
    const { events, problems } = eventsIn(content, options, this.kindWords());
    const input = {
      source: content.kind === 'events' ? content.source : '',
      events,
      problems,
      says: saidBy(content, options),
    };
    return planImport({ ...input, options, zone: programme.zone, languages: LANGUAGES }, known);
  }

  /** The rooms that earlier files of this programme were given, so that the next one of the same source needs no choosing. */
  private async roomsBefore(programmeId: string): Promise<ImportOptions['rooms']> {
    const done = await this.db.repository(ProgrammeImport).find({
      where: { programmeId, state: 'done' },
      select: { id: true, options: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
    return Object.assign({}, ...done.map(({ options }) => options.rooms)) as ImportOptions['rooms'];
  }

  /** What the pages call each kind, in every language. */
  private kindWords(): Map<string, string> {
    return new Map(
      SESSION_KINDS.flatMap((kind) =>
        LOCALES.map((locale) => [foldForSearch(this.translator.t(locale, `sessionKind.${kind}`)), kind] as const),
      ),
    );
  }

  /** The headings of a table, and its columns: as they were chosen for the last table with the same headings, else by their words. */
  private async guessed(rows: readonly TableRow[], accountId: string | null) {
    const before = await this.db.repository(ProgrammeImport).find({
      where: { format: In(['csv', 'xlsx']), state: Not('preview'), ...(accountId === null ? {} : { accountId }) },
      select: { id: true, options: true },
      order: { createdAt: 'DESC' },
      take: REMEMBERED,
    });
    const tables = before.map(({ options }) => options);
    const same = rememberedRow(rows, tables);
    if (same) return { header: same.row.at, headings: same.row.cells, columns: same.table.columns };
    const header = headerRow(rows) ?? rows[0]?.at ?? null;
    const headings = rows.find(({ at }) => at === header)?.cells ?? [];
    return { header, headings, columns: columnsOf(headings) };
  }
}

const NO_TABLE = { header: null, columns: {}, headings: [] };

function contentOf({ content }: ProgrammeImport): FileContent {
  if (content === null) throw new RuleViolation('error.import.done');
  return JSON.parse(gunzipSync(content).toString('utf8')) as FileContent;
}
