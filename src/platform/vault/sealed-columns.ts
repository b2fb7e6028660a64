import { Injectable, Logger } from '@nestjs/common';
import type { EntityTarget, ObjectLiteral } from 'typeorm';
import { Database } from '../database/database.js';
import { Jobs } from '../runtime/jobs.js';
import { Vault, VaultError } from './vault.js';

/** A table of sealed values: the columns by property name, and the row id that they are bound to. */
export interface SealedTable {
  readonly entity: EntityTarget<ObjectLiteral>;
  readonly table: string;
  /** Property → column, as in the place of each value. */
  readonly columns: Readonly<Record<string, string>>;
}

const HOUR_MS = 3_600_000;
const AT_ONCE = 200;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Row = Record<string, string | null> & { id: string };

/**
 * Every sealed column of the house. Features name theirs, so that a new key can be taken into use everywhere, and so that it
 * is known whether an old one may go ("the count of its values is zero").
 */
@Injectable()
export class SealedColumns {
  private readonly logger = new Logger('vault');
  private readonly tables: SealedTable[] = [];

  constructor(
    private readonly db: Database,
    private readonly vault: Vault,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'vault rotation', async () => void (await this.rotate()));
  }

  add(table: SealedTable): void {
    this.tables.push(table);
  }

  /** How many values need which key. */
  async keysInUse(): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    await this.eachValue((value) => {
      const keyId = this.vault.keyIdOf(value);
      counts.set(keyId, (counts.get(keyId) ?? 0) + 1);
      return Promise.resolve();
    });
    return counts;
  }

  /** Is every key there that some value needs? */
  async readable(): Promise<boolean> {
    return this.vault.missing([...(await this.keysInUse()).keys()]).length === 0;
  }

  /**
   * Seals with the first key whatever an older one has sealed. Answers how many values were sealed again; one that cannot be
   * opened stays as it is. Harmless to repeat, and beside people who write: what was changed meanwhile is left to the next time.
   */
  async rotate(): Promise<number> {
    let rotated = 0;
    let unreadable = 0;
    await this.eachValue(async (value, { entity, table, columns }, row, property) => {
      if (!this.vault.needsRotation(value)) return;
      const place = { table, row, column: columns[property]! };
      try {
        const again = this.vault.seal(place, this.vault.open(place, value).reveal());
        if (await this.db.compareAndSet(entity, { id: row, [property]: value }, { [property]: again })) rotated++;
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        unreadable++;
      }
    });
    if (unreadable > 0) this.logger.warn(`${unreadable} values cannot be read`);
    return rotated;
  }

  private async eachValue(
    visit: (value: string, table: SealedTable, row: string, property: string) => Promise<void>,
  ): Promise<void> {
    for (const table of this.tables) {
      for (let after = BEFORE_ALL; ;) {
        const rows = (await this.db
          .repository(table.entity)
          .createQueryBuilder('sealed')
          .where('sealed.id > :after', { after })
          .orderBy('sealed.id')
          .take(AT_ONCE)
          .getMany()) as Row[];
        for (const row of rows)
          for (const property of Object.keys(table.columns))
            if (row[property]) await visit(row[property], table, row.id, property);
        if (rows.length < AT_ONCE) break;
        after = rows.at(-1)!.id;
      }
    }
  }
}
