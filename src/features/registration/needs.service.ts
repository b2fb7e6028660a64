import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { SealedColumns } from '../../platform/vault/sealed-columns.js';
import { Vault } from '../../platform/vault/vault.js';
import { Consents } from '../people/index.js';
import { Needs } from './needs.entity.js';
import type { Registration } from './registration.entity.js';
import { NeedsChanged } from './registration.events.js';

const FIELDS = ['diet', 'access'] as const;

/** Diet and access needs: sealed in the database, readable by their owner and whoever must plan for them. */
@Injectable()
export class NeedsOfPeople {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly journal: Journal,
    private readonly vault: Vault,
    private readonly consents: Consents,
    sealed: SealedColumns,
  ) {
    sealed.add({ entity: Needs, table: 'needs', columns: { diet: 'diet', access: 'access' } });
  }

  /** In the clear, for the page of their owner. Throws VaultError when a key is missing: never an empty field instead. */
  async of(registrationId: string): Promise<{ diet: string; access: string }> {
    const row = await this.db.repository(Needs).findOneBy({ id: registrationId });
    const read = (column: (typeof FIELDS)[number]): string => {
      const sealed = row?.[column];
      return sealed ? this.vault.open(placeOf(registrationId, column), sealed).reveal() : '';
    };
    return { diet: read('diet'), access: read('access') };
  }

  /** Was anything said? The most that organizers learn. */
  async stated(registrationIds: readonly string[]): Promise<Set<string>> {
    if (registrationIds.length === 0) return new Set();
    const rows = await this.db
      .repository(Needs)
      .createQueryBuilder('needs')
      .select('needs.registration_id', 'id')
      .where('needs.registration_id IN (:...registrationIds)', { registrationIds })
      .andWhere('(needs.diet IS NOT NULL OR needs.access IS NOT NULL)')
      .getRawMany<{ id: string }>();
    return new Set(rows.map(({ id }) => id));
  }

  /** Seals and saves, with the owner's consent (b); emptied fields are deleted. */
  write(registration: Registration, needs: { diet: string | null; access: string | null; consent: boolean }): Promise<void> {
    const { id, conferenceId, personId } = registration;
    return this.db.transaction(async () => {
      const before = await this.of(id);
      const fields = FIELDS.filter((field) => before[field] !== (needs[field] ?? ''));
      const seal = (column: (typeof FIELDS)[number]): string | null => (needs[column] === null ? null : this.vault.seal(placeOf(id, column), needs[column]));
      await this.consents.record({ personId, answers: { special: needs.consent }, channel: 'web' });
      const row = { id, diet: seal('diet'), access: seal('access'), updatedAt: this.clock.now() };
      const insert = this.db.manager.createQueryBuilder().insert().into(Needs).values(row);
      await insert.orUpdate(['diet', 'access', 'updated_at'], ['registration_id']).updateEntity(false).execute();
      if (fields.length > 0) await this.journal.record(NeedsChanged({ id, conferenceId, personId, fields }));
    });
  }

  /** Withdrawing the consent empties what was given under it. */
  async forget(registration: Registration): Promise<void> {
    await this.write(registration, { diet: null, access: null, consent: false });
  }

  async isAnswered(registrationId: string): Promise<boolean> {
    return this.db.repository(Needs).existsBy({ id: registrationId });
  }
}

function placeOf(row: string, column: string): { table: string; row: string; column: string } {
  return { table: 'needs', row, column };
}
