import { Injectable } from '@nestjs/common';
import { gunzipSync, gzipSync } from 'node:zlib';
import { LessThan } from 'typeorm';
import { NotFound, RuleViolation, Stale } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { foldForSearch } from '../../../kernel/search-text.js';
import { Database } from '../../../platform/database/database.js';
import { unreadable } from '../../../platform/documents/file-problem.rules.js';
import { readTable, type TableRow } from '../../../platform/documents/table-file.js';
import { Translator } from '../../../platform/i18n/translator.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { Jobs } from '../../../platform/runtime/jobs.js';
import { personName } from '../../people/index.js';
import type { Visit } from '../visit.entity.js';
import { DelegationImported } from '../visits.events.js';
import { VisitList } from './delegation-list.entity.js';
import { delegationColumns, delegationHeader, type DelegationListOptions } from './delegation-list.rules.js';
import { Delegations } from './members.service.js';
import { delegationWords, readDelegationList, type ListedRow } from './read-delegation-list.js';

/** A delegation with its headings and notes is shorter. */
const MOST_ROWS = 500;
const HOUR = 3_600_000;
/** A preview that nobody has taken over holds names that nobody needs. */
const PREVIEW_DAYS = 7;

export interface DelegationPreview {
  readonly rows: readonly ListedRow[];
  readonly problems: number;
  /** The beginning of the table, to choose headings and columns. */
  readonly table: readonly TableRow[];
}

/** Lists of a delegation from spreadsheets: looked at first, then taken over whole or not at all, in their order. */
@Injectable()
export class DelegationLists {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly translator: Translator,
    private readonly delegations: Delegations,
    jobs: Jobs,
  ) {
    jobs.every(HOUR, 'visits: forget previews of lists', () => this.forgetOld());
  }

  /** Throws NotFound, also for the list of another visit. */
  async byId(visit: Pick<Visit, 'id'>, id: string): Promise<VisitList> {
    const found = isId(id) ? await this.db.one(VisitList, { id, visitId: visit.id }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  /** Reads a file and keeps its rows for the preview. Throws UnreadableFile. */
  async start(visit: Pick<Visit, 'id'>, file: { filename: string; bytes: Buffer }): Promise<VisitList> {
    const { rows } = await readTable(file.bytes, { fillMerged: true });
    if (rows.length > MOST_ROWS) unreadable('file.problem.manyRows', '', { max: MOST_ROWS });
    const header = delegationHeader(rows) ?? rows[0]?.at ?? null;
    const headings = rows.find(({ at }) => at === header)?.cells ?? [];
    const row = {
      id: this.ids.next(),
      visitId: visit.id,
      filename: file.filename,
      content: gzipSync(JSON.stringify(rows)),
      options: { header, columns: delegationColumns(headings), nameOrder: 'family' as const },
      createdAt: this.clock.now(),
      version: 1,
    };
    await this.db.insert(VisitList, row as never);
    return row as unknown as VisitList;
  }

  /** What taking over would bring, and what is in its way. */
  async preview(list: VisitList): Promise<DelegationPreview> {
    const table = JSON.parse(gunzipSync(list.content).toString('utf8')) as TableRow[];
    const read = readDelegationList(table, list.options, delegationWords(this.translator));
    const known = (await this.delegations.of(list.visitId)).map(({ person }) => foldForSearch(personName(person)));
    const rows = read.map((row): ListedRow => {
      if (row.member === null) return row;
      const name = foldForSearch(personName({ ...row.member, badgeName: null }));
      const twice = known.includes(name);
      known.push(name);
      if (!twice) return row;
      return {
        ...row,
        member: null,
        problems: [{ place: `A${row.at}`, code: 'error.visit.alreadyMember', params: {} }],
      };
    });
    return { rows, problems: rows.filter(({ member }) => member === null).length, table: table.slice(0, 30) };
  }

  /** Other headings are read anew. Throws Stale. */
  async choose(read: VisitList, changes: Partial<DelegationListOptions>): Promise<VisitList> {
    let options = { ...read.options, ...changes };
    if (options.header !== read.options.header) {
      const table = JSON.parse(gunzipSync(read.content).toString('utf8')) as TableRow[];
      options = { ...options, columns: delegationColumns(table.find(({ at }) => at === options.header)?.cells ?? []) };
    }
    const version = await this.db.updateIfUnchanged(VisitList, read, { options } as never);
    return { ...read, options, version };
  }

  /** All or nothing, in the order of the rows, behind those who are there. Throws RuleViolation while a row is wrong. */
  commit(visit: Pick<Visit, 'id'>, read: { id: string; version: number }): Promise<number> {
    return this.db.transaction(async () => {
      const list = await this.byId(visit, read.id);
      if (list.version !== read.version) throw new Stale(list);
      const { rows, problems } = await this.preview(list);
      if (problems > 0) throw new RuleViolation('error.visit.listProblems', { count: problems });
      if (rows.length === 0) throw new RuleViolation('error.import.nothing');
      for (const { member } of rows) {
        const { given, family, patronymic, mononym, citizenship, ...fields } = member!;
        const person = { given, family, patronymic, mononym, country: citizenship, locale: 'ru' as const };
        await this.delegations.add(visit, { ...fields, citizenship, person, source: 'file' });
      }
      await this.db.repository(VisitList).delete({ id: list.id });
      await this.journal.record(DelegationImported({ id: visit.id, listId: list.id, count: rows.length }));
      return rows.length;
    });
  }

  async forgetOld(): Promise<void> {
    const before = new Date(this.clock.now().getTime() - PREVIEW_DAYS * 24 * HOUR);
    await this.db.repository(VisitList).delete({ createdAt: LessThan(before) });
  }
}
