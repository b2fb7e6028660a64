import { Inject, Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { TooMany } from '../../kernel/errors.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { hashOf } from '../runtime/ids.js';
import { AttemptCounter } from './attempt-counter.entity.js';

const MINUTES = 60_000;

/** How often something may be tried, in how many milliseconds. `locks`: the wait is that long from the last attempt allowed. */
export const LIMITS = {
  'sign-in-mail': { count: 5, ms: 60 * MINUTES },
  'sign-in-mail-address': { count: 20, ms: 60 * MINUTES },
  'wrong-token': { count: 60, ms: 10 * MINUTES },
  'wrong-code': { count: 5, ms: 15 * MINUTES, locks: true },
  'wrong-password': { count: 10, ms: 15 * MINUTES, locks: true },
  registration: { count: 30, ms: 10 * MINUTES },
  'guest-invitation': { count: 10, ms: 60 * MINUTES },
  upload: { count: 20, ms: 60 * MINUTES },
  export: { count: 10, ms: 60 * MINUTES },
  search: { count: 60, ms: MINUTES },
  feed: { count: 60, ms: 60 * MINUTES },
} as const satisfies Record<string, { count: number; ms: number; locks?: true }>;
export type LimitName = keyof typeof LIMITS;

@Injectable()
export class Attempts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Counts one attempt; throws TooMany when it is one more than allowed. */
  async count(limit: LimitName, who: string): Promise<void> {
    if (this.config.bench) return;
    const { count, ms, locks }: { count: number; ms: number; locks?: true } = LIMITS[limit];
    const now = this.clock.now();
    const id = hashOf(`${limit}\n${who}`);
    for (;;) {
      const row = await this.db.one(AttemptCounter, { id });
      if (row && row.until > now) {
        if (row.count >= count) throw new TooMany(Math.ceil((row.until.getTime() - now.getTime()) / 1000));
        const until = locks && row.count + 1 === count ? new Date(now.getTime() + ms) : row.until;
        if (await this.db.compareAndSet(AttemptCounter, { id, count: row.count, until: row.until }, { count: row.count + 1, until })) return;
      } else if (row) {
        if (await this.db.compareAndSet(AttemptCounter, { id, until: row.until }, { count: 1, until: new Date(now.getTime() + ms) })) return;
      } else {
        try {
          await this.db.insert(AttemptCounter, { id, count: 1, until: new Date(now.getTime() + ms) });
          return;
        } catch (error) {
          if (!isUniqueViolation(error)) throw error;
        }
      }
    }
  }

  /** Is the limit used up? Throws TooMany without counting. */
  async check(limit: LimitName, who: string): Promise<void> {
    if (this.config.bench) return;
    const now = this.clock.now();
    const row = await this.db.one(AttemptCounter, { id: hashOf(`${limit}\n${who}`) });
    if (row && row.until > now && row.count >= LIMITS[limit].count) throw new TooMany(Math.ceil((row.until.getTime() - now.getTime()) / 1000));
  }

  /** Forgets the attempts after a success. */
  async clear(limit: LimitName, who: string): Promise<void> {
    await this.db.repository(AttemptCounter).delete({ id: hashOf(`${limit}\n${who}`) });
  }

  async forgetOld(): Promise<void> {
    await this.db.repository(AttemptCounter).delete({ until: LessThan(this.clock.now()) });
  }
}

/** The address that limits count: IPv6 by its /64, in which one household or office sits. */
export function countedAddress(address: string): string {
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const full = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return full.slice(0, 4).join(':');
}
