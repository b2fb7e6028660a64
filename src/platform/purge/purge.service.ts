import { Injectable, Logger } from '@nestjs/common';
import { Database } from '../database/database.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { journalEvent, Journal } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { Jobs } from '../runtime/jobs.js';
import { beat, confirmed, isDue, type PurgeClock } from './purge-clock.rules.js';
import { LegalHolds } from './legal-holds.service.js';
import { PurgeRules, type PurgeRule } from './purge-rules.js';
import { PurgeState } from './purge-state.entity.js';

/** The only row; also what the journal says it is about. */
const ROW = '00000000-0000-7000-8000-000000000001';
const HOUR_MS = 3_600_000;

/** How many of what were deleted; never what they were. */
export const Purged = journalEvent<{ id: string; counts: Record<string, number>; held: number; failed: number }>(
  'Purged',
);
export const PurgeHeld = journalEvent<{ id: string }>('PurgeHeld');
export const PurgeClockConfirmed = journalEvent<{ id: string }>('PurgeClockConfirmed');

export interface PurgeCount {
  readonly name: string;
  readonly group: string;
  readonly count: number;
  /** Past its term too, but kept by a legal hold. */
  readonly held: number;
}

/** Deletes every night what is past its term, rule by rule, thing by thing: a crash in the middle goes on the next time. */
@Injectable()
export class Purge {
  private readonly logger = new Logger('purge');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly rules: PurgeRules,
    private readonly holds: LegalHolds,
    jobs: Jobs,
  ) {
    jobs.every(HOUR_MS, 'purge', async () => void (await this.tick()));
  }

  /** The heartbeat of an hour, and the purge once a day. Answers null when nothing was to be done, or it waits. */
  async tick(): Promise<readonly PurgeCount[] | null> {
    const before = await this.state();
    const after = beat(before, this.clock.now());
    await this.save(after);
    if (after.heldAt !== null && before.heldAt === null) {
      await this.journal.record(PurgeHeld({ id: ROW }));
      this.logger.warn(
        'the clock ran more than 48 hours ahead: nothing is deleted until `skaryna purge --clock-is-right`',
      );
    }
    return isDue(after, this.clock.now()) ? this.run() : null;
  }

  /** Does it wait for somebody to say that the clock is right? */
  async waits(): Promise<boolean> {
    return beat(await this.state(), this.clock.now()).heldAt !== null;
  }

  async confirmClock(): Promise<void> {
    await this.save(confirmed(await this.state(), this.clock.now()));
    await this.journal.record(PurgeClockConfirmed({ id: ROW }));
  }

  /** What would be deleted by then, by the same question as the real run. */
  async plan(at: Date): Promise<PurgeCount[]> {
    const counts: PurgeCount[] = [];
    for (const rule of this.rules.all()) {
      const { free, held } = await this.sorted(rule, at);
      counts.push(counted(rule, free.length, held));
    }
    return counts;
  }

  /** Deletes what is due now. One thing that cannot be deleted is counted and left to the next time. */
  async run(): Promise<readonly PurgeCount[]> {
    const now = this.clock.now();
    const counts: PurgeCount[] = [];
    let failed = 0;
    for (const rule of this.rules.all()) {
      let done = 0;
      const { free, held } = await this.sorted(rule, now);
      for (const id of free) {
        try {
          await rule.purge(id);
          done++;
        } catch (error) {
          failed++;
          this.logger.error(`${rule.name}: ${error instanceof Error ? error.name : 'failed'}`);
        }
      }
      await rule.sweep?.();
      counts.push(counted(rule, done, held));
    }
    await this.save({ ...(await this.state()), ranAt: now });
    if (counts.some(({ count }) => count > 0)) await this.db.forgetOldPages();
    const named = Object.fromEntries(counts.map(({ name, count }) => [name, count]));
    if (failed > 0 || counts.some(({ count }) => count > 0))
      await this.journal.record(
        Purged({ id: ROW, counts: named, held: counts.reduce((sum, one) => sum + one.held, 0), failed }),
      );
    return counts;
  }

  /** When it last deleted; null: never. */
  async lastRun(): Promise<Date | null> {
    return (await this.state()).ranAt;
  }

  /** What of the due may go, and how much a legal hold keeps. */
  private async sorted(rule: PurgeRule, at: Date): Promise<{ free: readonly string[]; held: number }> {
    const due = await rule.due(at);
    const keys = await this.holds.heldAt(at);
    if (due.length === 0 || keys.size === 0) return { free: due, held: 0 };
    const about = await rule.about(due);
    const free = due.filter((id) => !(about.get(id) ?? []).some((key) => keys.has(key)));
    return { free, held: due.length - free.length };
  }

  private async state(): Promise<PurgeClock> {
    return (await this.db.one(PurgeState, { id: ROW })) ?? { beatAt: null, heldAt: null, ranAt: null };
  }

  private async save({ beatAt, heldAt, ranAt }: PurgeClock): Promise<void> {
    const row = { beatAt, heldAt, ranAt };
    if (await this.db.repository(PurgeState).existsBy({ id: ROW }))
      await this.db.compareAndSet(PurgeState, { id: ROW }, row);
    else
      await this.db.insert(PurgeState, { id: ROW, ...row }).catch((error: unknown) => {
        if (!isUniqueViolation(error)) throw error;
      });
  }
}

function counted({ name, group }: PurgeRule, count: number, held: number): PurgeCount {
  return { name, group, count, held };
}
