import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { RuleViolation } from '../../kernel/errors.js';
import { isUniqueViolation } from '../database/database-errors.js';
import { Database } from '../database/database.js';
import { Journal, journalEvent } from '../journal/journal.js';
import { Clock } from '../runtime/clock.js';
import { AddressState } from './address-state.entity.js';
import type { Suppression } from './outbox.rules.js';

/** Nothing (or no bulk) is sent any more to the address of this mail (`id`). The journal holds no address. */
export const AddressSuppressed = journalEvent<{
  id: string;
  personId?: string;
  suppressed: Suppression;
  status: string;
}>('AddressSuppressed');
/** Staff have reason to believe that mail reaches this person (`id`) again. */
export const SuppressionLifted = journalEvent<{ id: string; personId: string; reason: string }>('SuppressionLifted');

/** How often an address may fail for good before nothing is sent there any more ([CD2]). */
export const STRIKES = 3;

interface Cause {
  readonly mailId: string;
  readonly personId: string | null;
  readonly status: string;
}

/** Addresses to which mail is not sent, because it comes back or is not wanted ([CD2], [CD3]). */
@Injectable()
export class Suppressions {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
  ) {}

  /** States of those of the addresses that have one, by lower-case address. One statement. */
  async of(addresses: readonly string[]): Promise<Map<string, AddressState>> {
    const keys = [...new Set(addresses.map((address) => address.toLowerCase()))];
    const rows = await this.db.all(AddressState, { address: keys });
    return new Map(rows.map((row) => [row.address, row]));
  }

  /** Those of the addresses to which nothing is sent any more, in lower case, with the reason. */
  async stopped(addresses: readonly string[]): Promise<Map<string, AddressState>> {
    return new Map([...(await this.of(addresses))].filter(([, { suppressed }]) => suppressed === 'all'));
  }

  /** A mail failed for good: at once (`dead`) or at the third time nothing more is sent there. */
  async failed(address: string, dead: boolean, cause: Cause): Promise<void> {
    await this.change(address, cause, (before) => {
      const strikes = (before?.strikes ?? 0) + 1;
      return { strikes, suppressed: dead || strikes >= STRIKES ? 'all' : (before?.suppressed ?? null) };
    });
  }

  /** Somebody called a mail spam: what they do not need is no longer sent to them. */
  async complained(address: string, cause: Omit<Cause, 'status'>): Promise<void> {
    await this.change(address, { ...cause, status: 'complaint' }, (before) => ({
      strikes: before?.strikes ?? 0,
      suppressed: before?.suppressed ?? 'bulk',
    }));
  }

  /** The owner of the address does not want what they do not need; like a complaint, without the anger. */
  async unsubscribed(address: string, cause: Omit<Cause, 'status'>): Promise<void> {
    await this.change(address, { ...cause, status: 'unsubscribed' }, (before) => ({
      strikes: before?.strikes ?? 0,
      suppressed: before?.suppressed ?? 'bulk',
    }));
  }

  /** They want it again; what comes back for other reasons stays stopped. False when nothing was stopped by them. */
  async subscribedAgain(address: string): Promise<boolean> {
    const { affected } = await this.db
      .repository(AddressState)
      .delete({ address: address.toLowerCase(), suppressed: 'bulk', status: 'unsubscribed' });
    return (affected ?? 0) > 0;
  }

  /** Sends there again, and counts from nothing. Throws RuleViolation when nothing was stopped ([CD4]). */
  async lift(address: string, personId: string, reason: string): Promise<void> {
    await this.db.transaction(async () => {
      const stopped = { address: address.toLowerCase(), suppressed: Not(IsNull()) };
      const { affected } = await this.db.repository(AddressState).delete(stopped);
      if (!affected) throw new RuleViolation('error.mail.notStopped');
      await this.journal.record(SuppressionLifted({ id: personId, personId, reason }));
    });
  }

  private async change(
    typed: string,
    { mailId, personId, status }: Cause,
    next: (before: AddressState | null) => Pick<AddressState, 'strikes' | 'suppressed'>,
  ): Promise<void> {
    const address = typed.toLowerCase();
    const before = await this.db.one(AddressState, { address });
    const after = { ...next(before), status, at: this.clock.now() };
    if (before) {
      const expected = { address, strikes: before.strikes };
      // Two reports at once: the second one counts from what the first one wrote.
      if (!(await this.db.compareAndSet(AddressState, expected, after)))
        return this.change(typed, { mailId, personId, status }, next);
    } else if (!(await this.inserted({ address, ...after })))
      return this.change(typed, { mailId, personId, status }, next);
    if (after.suppressed === null || after.suppressed === before?.suppressed) return;
    const { suppressed } = after;
    await this.journal.record(AddressSuppressed({ id: mailId, suppressed, status, ...(personId ? { personId } : {}) }));
  }

  private async inserted(row: AddressState): Promise<boolean> {
    try {
      await this.db.insert(AddressState, row);
      return true;
    } catch (error) {
      if (isUniqueViolation(error)) return false;
      throw error;
    }
  }
}
