import { Injectable } from '@nestjs/common';
import type { LegalHold } from '../../../platform/purge/legal-hold.entity.js';
import { LegalHolds, keyOf } from '../../../platform/purge/legal-holds.service.js';
import { HoldSubjects } from '../../../platform/purge/hold-subjects.js';
import { Purge, type PurgeCount } from '../../../platform/purge/purge.service.js';
import { Clock } from '../../../platform/runtime/clock.js';

const AHEAD_MS = 7 * 86_400_000;

export interface ShownHold {
  readonly hold: LegalHold;
  /** As somebody named it; a dash for what is gone. */
  readonly subject: string;
}

/** What goes within seven days, by the same question as the real run, and what is kept nevertheless. */
@Injectable()
export class PurgeDesk {
  constructor(
    private readonly clock: Clock,
    private readonly purge: Purge,
    private readonly holds: LegalHolds,
    private readonly subjects: HoldSubjects,
  ) {}

  async plan(): Promise<{ until: Date; waits: boolean; lastRun: Date | null; items: PurgeCount[] }> {
    const until = new Date(this.clock.now().getTime() + AHEAD_MS);
    return {
      until,
      waits: await this.purge.waits(),
      lastRun: await this.purge.lastRun(),
      items: await this.purge.plan(until),
    };
  }

  async current(): Promise<ShownHold[]> {
    return this.named(await this.holds.current());
  }

  async named(holds: readonly LegalHold[]): Promise<ShownHold[]> {
    const names = await this.subjects.names(holds);
    return holds.map((hold) => ({ hold, subject: names.get(keyOf(hold)) ?? '–' }));
  }
}
