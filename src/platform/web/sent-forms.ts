import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { isUniqueViolation } from '../database/database-errors.js';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { hashOf } from '../runtime/ids.js';
import { Jobs } from '../runtime/jobs.js';
import { SentForm } from './sent-form.entity.js';

const HOUR_MS = 3_600_000;
const KEPT_MS = 24 * HOUR_MS;

/** One form as it came in. `key`: of the page or of the caller; null: it has none, so it can be sent as often as one likes. */
export interface Sending {
  readonly key: string | null;
  readonly address: string;
  readonly sender: string;
  readonly content: unknown;
}

/** Makes a second tap harmless: the row of a form and what it makes commit together, and there is one row per form. */
@Injectable()
export class SentForms {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'web: forget sent forms', () => this.forgetOld());
  }

  /**
   * What the form made, in a few words of the caller's own; made now, or when it was sent first. A form that differs in one
   * word is another one. What is refused leaves no trace, and can be sent again.
   */
  once({ key, ...form }: Sending, make: () => Promise<string>): Promise<{ made: string; again: boolean }> {
    if (key === null) return make().then((made) => ({ made, again: false }));
    const id = hashOf(JSON.stringify([form.address, form.sender, key, form.content]));
    return this.db.transaction(async () => {
      const before = await this.claim(id);
      if (before !== null) return { made: before, again: true };
      const made = await make();
      await this.db.compareAndSet(SentForm, { id }, { made });
      return { made, again: false };
    });
  }

  async forgetOld(): Promise<void> {
    await this.db.repository(SentForm).delete({ sentAt: LessThan(new Date(this.clock.now().getTime() - KEPT_MS)) });
  }

  /** What an earlier one made. Who sends it at the same moment waits here for the first to be done. */
  private async claim(id: string): Promise<string | null> {
    const known = await this.db.one(SentForm, { id });
    if (known) return known.made;
    try {
      await this.db.insert(SentForm, { id, made: null, sentAt: this.clock.now() });
      return null;
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      return (await this.db.one(SentForm, { id }))!.made;
    }
  }
}
