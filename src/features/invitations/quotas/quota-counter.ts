import { Injectable } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Quota } from './quota.entity.js';

/**
 * The counter of a quota. Each step is one UPDATE with its condition, so that any number of processes count right (ruling
 * 10). Always the first write of its transaction: who holds the row goes on alone.
 */
@Injectable()
export class QuotaCounter {
  constructor(private readonly db: Database) {}

  /** A place, or false when none is left. Whoever takes one has not declined. */
  take(id: string): Promise<boolean> {
    return this.step(id, { taken: () => 'taken + 1', state: 'queued' }, "taken < places AND state <> 'withdrawn'");
  }

  async free(id: string): Promise<void> {
    await this.step(id, { taken: () => 'taken - 1' }, 'taken > 0');
  }

  private async step(id: string, set: object, condition: string): Promise<boolean> {
    const query = this.db.manager.createQueryBuilder().update(Quota).set(set);
    const { affected } = await query.where(`id = :id AND ${condition}`, { id }).execute();
    return (affected ?? 0) > 0;
  }
}
