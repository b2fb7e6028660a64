import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { Database } from '../../platform/database/database.js';
import { RegistrationSettings } from './registration-settings.entity.js';

const HAS_ROOM = 'capacity IS NULL OR taken < capacity';

/**
 * The counters of a conference. Each step is one UPDATE with its condition, so that any number of processes count right
 * (ruling 10); the row is then this transaction's until it commits, and what is read back is its own. Always called inside
 * the transaction of the change.
 */
@Injectable()
export class Places {
  constructor(private readonly db: Database) {}

  /**
   * The next number, with a seat if one is wanted and left, else with a position behind everybody who waits. One UPDATE,
   * two when the hall is full.
   */
  async enter(
    conferenceId: string,
    wantsSeat: boolean,
  ): Promise<{ number: number; seated: boolean; waitingPosition: number | null }> {
    const number = { nextNumber: () => 'next_number + 1' };
    const seated = wantsSeat
      ? await this.step(conferenceId, { ...number, taken: () => 'taken + 1' }, HAS_ROOM)
      : await this.step(conferenceId, number);
    const waits = wantsSeat && !seated;
    if (waits) await this.step(conferenceId, { ...number, waitingNext: () => 'waiting_next + 1' });
    const { nextNumber, waitingNext } = await this.read(conferenceId);
    return { number: nextNumber - 1, seated: !waits, waitingPosition: waits ? waitingNext - 1 : null };
  }

  /** A seat in the hall, or false when none is left. */
  async take(conferenceId: string): Promise<boolean> {
    return this.step(conferenceId, { taken: () => 'taken + 1' }, HAS_ROOM);
  }

  async free(conferenceId: string): Promise<void> {
    await this.step(conferenceId, { taken: () => 'taken - 1' }, 'taken > 0');
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
