import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { RegistrationSettings } from './registration-settings.entity.js';

/**
 * The counters of a conference. Each step is one UPDATE with its condition, so that any number of processes count right
 * (ruling 10); the row is then this transaction's until it commits, and what is read back is its own. Always called inside
 * the transaction of the change.
 */
@Injectable()
export class Places {
  constructor(private readonly db: Database) {}

  /** A seat in the hall, or false when none is left. */
  async take(conferenceId: string): Promise<boolean> {
    return this.step(conferenceId, { taken: () => 'taken + 1' }, 'capacity IS NULL OR taken < capacity');
  }

  async free(conferenceId: string): Promise<void> {
    await this.step(conferenceId, { taken: () => 'taken - 1' }, 'taken > 0');
  }

  /** The next number, each given once. */
  async number(conferenceId: string): Promise<number> {
    await this.step(conferenceId, { nextNumber: () => 'next_number + 1' });
    return (await this.read(conferenceId)).nextNumber - 1;
  }

  /** A position behind everybody who waits. */
  async lastPosition(conferenceId: string): Promise<number> {
    await this.step(conferenceId, { waitingNext: () => 'waiting_next + 1' });
    return (await this.read(conferenceId)).waitingNext - 1;
  }

  private async step(conferenceId: string, set: Partial<Record<keyof RegistrationSettings, () => string>>, condition = '1 = 1'): Promise<boolean> {
    const result = await this.db.manager
      .createQueryBuilder()
      .update(RegistrationSettings)
      .set(set as never)
      .where(`conference_id = :conferenceId AND (${condition})`, { conferenceId })
      .execute();
    return (result.affected ?? 0) > 0;
  }

  private async read(conferenceId: string): Promise<RegistrationSettings> {
    const settings = await this.db.one(RegistrationSettings, { id: conferenceId });
    if (!settings) throw new NotFound();
    return settings;
  }
}
