import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../kernel/errors.js';
import type { Localized } from '../../kernel/locale.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Series } from './conference.entity.js';
import { SeriesAdded, SeriesChanged } from './conferences.events.js';

export interface SeriesFields {
  code: string;
  title: Localized;
}

/** The rhythms that editions belong to. */
@Injectable()
export class SeriesService {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  list(): Promise<Series[]> {
    return this.db.repository(Series).find({ order: { code: 'ASC' } });
  }

  /** Throws NotFound. */
  async byId(id: string): Promise<Series> {
    const series = await this.db.repository(Series).findOneBy({ id });
    if (!series) throw new NotFound();
    return series;
  }

  /** Throws NotFound. */
  async byCode(code: string): Promise<Series> {
    const series = await this.db.repository(Series).findOneBy({ code });
    if (!series) throw new NotFound();
    return series;
  }

  /** Throws InvalidInput at `code` when another series has it. */
  create(fields: SeriesFields): Promise<Series> {
    return this.db.transaction(async () => {
      const series: Series = { id: this.ids.next(), ...fields, version: 1 };
      await codeTaken(() => this.db.insert(Series, series));
      await this.journal.record(SeriesAdded({ id: series.id, code: series.code }));
      return series;
    });
  }

  /** Throws Stale when somebody else changed the series since `read`. */
  edit(read: { id: string; version: number }, changes: Partial<SeriesFields>): Promise<Series> {
    return this.db.transaction(async () => {
      const before = await this.byId(read.id);
      const version = await codeTaken(() => this.db.updateIfUnchanged(Series, read, changes));
      const after = { ...before, ...changes, version };
      await this.journal.record(SeriesChanged({ id: after.id, code: after.code }));
      return after;
    });
  }
}

async function codeTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error)) throw InvalidInput.at('code', 'error.conference.seriesCodeTaken');
    throw error;
  }
}
