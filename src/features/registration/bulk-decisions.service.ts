import { Injectable } from '@nestjs/common';
import { InvalidInput, RuleViolation } from '../../kernel/errors.js';
import { Ids } from '../../platform/runtime/ids.js';
import { RegistrationQueries } from './registration.queries.js';
import type { BulkInput } from './registration.schemas.js';
import { Registrations } from './registrations.service.js';

export interface Decided {
  /** Under which the mails wait in the outbox until their number is confirmed (ruling 9). */
  batch: string;
  done: number;
  /** Decided by somebody else meanwhile, or never in need of a decision. */
  left: number;
}

/** One decision about several people. */
@Injectable()
export class BulkDecisions {
  constructor(
    private readonly ids: Ids,
    private readonly queries: RegistrationQueries,
    private readonly registrations: Registrations,
  ) {}

  /** Each is decided for itself: one that cannot be is counted, the others go on. Throws InvalidInput at `chosen`. */
  async decide(conferenceId: string, { decision, message, chosen }: BulkInput): Promise<Decided> {
    const rows = await this.queries.byPublicIds(conferenceId, chosen);
    if (rows.length !== chosen.length) throw InvalidInput.at('chosen', 'error.choice');
    const batch = `decisions-${this.ids.publicId()}`;
    let done = 0;
    for (const row of rows) {
      try {
        await this.registrations[decision](row, { message, batch });
        done++;
      } catch (error) {
        if (!(error instanceof RuleViolation)) throw error;
      }
    }
    return { batch, done, left: rows.length - done };
  }
}
