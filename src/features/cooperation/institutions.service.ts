import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { InstitutionAdded, InstitutionChanged } from './cooperation.events.js';
import { Institution } from './institution.entity.js';
import { searchColumn, sortColumn, type InstitutionFields } from './institution.rules.js';

const FIELDS = [
  'kind',
  'name',
  'originalName',
  'country',
  'city',
  'website',
] as const satisfies readonly (keyof InstitutionFields)[];

/** The institutions that the house knows. */
@Injectable()
export class Institutions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** Throws NotFound. */
  async byPublicId(publicId: string): Promise<Institution> {
    const found = await this.db.one(Institution, { publicId });
    if (!found) throw new NotFound();
    return found;
  }

  /** In one statement; ids that are not known are left out. */
  async byIds(ids: Iterable<string>): Promise<Map<string, Institution>> {
    const found = await this.db.all(Institution, { id: [...new Set(ids)] });
    return new Map(found.map((institution) => [institution.id, institution]));
  }

  /** The row ids of public ids; those that are not known are left out. One statement. */
  async idsOf(publicIds: readonly string[]): Promise<string[]> {
    return (await this.db.all(Institution, { publicId: [...publicIds] })).map(({ id }) => id);
  }

  add(fields: InstitutionFields): Promise<Institution> {
    return this.db.transaction(async () => {
      const institution: Institution = {
        id: this.ids.next(),
        publicId: this.ids.publicId(),
        ...columnsOf(fields),
        createdAt: this.clock.now(),
        version: 1,
      };
      await this.db.insert(Institution, institution as never);
      await this.journal.record(InstitutionAdded({ id: institution.id }));
      return institution;
    });
  }

  /** Changes what is given and leaves the rest. Throws Stale when somebody else changed it since `read`. */
  edit(read: { id: string; version: number }, changes: Partial<InstitutionFields>): Promise<Institution> {
    return this.db.transaction(async () => {
      const before = await this.db.one(Institution, { id: read.id });
      if (!before) throw new NotFound();
      const columns = columnsOf({ ...before, ...changes });
      const version = await this.db.updateIfUnchanged(Institution, read, columns as never);
      const fields = FIELDS.filter((field) => JSON.stringify(before[field]) !== JSON.stringify(columns[field]));
      await this.journal.record(InstitutionChanged({ id: read.id, fields }));
      return { ...before, ...columns, version };
    });
  }
}

function columnsOf({ kind, name, originalName, country, city, website }: InstitutionFields) {
  const fields = { kind, name, originalName, country, city, website };
  return { ...fields, search: searchColumn(fields), sortKey: sortColumn(fields) };
}
