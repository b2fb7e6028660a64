import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { NotFound } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { isUniqueViolation } from '../../platform/database/database-errors.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Ids } from '../../platform/runtime/ids.js';
import { ContactNamed, ContactRemoved } from './cooperation.events.js';
import { InstitutionContact } from './institution.entity.js';
import type { ContactRole } from './institution.rules.js';

/** Who is known at an institution, and who of them gets its letters. */
@Injectable()
export class InstitutionContacts {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** With their people, in the order in which they were named. One statement. */
  of(institutionIds: readonly string[]): Promise<InstitutionContact[]> {
    if (institutionIds.length === 0) return Promise.resolve([]);
    return this.db.repository(InstitutionContact).find({
      where: { institutionId: In([...institutionIds]) },
      relations: { person: true },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  /** Names somebody, or gives them another role. The same again changes nothing. */
  async name(institutionId: string, personId: string, role: ContactRole): Promise<void> {
    try {
      await this.db.transaction(() => this.tryToName(institutionId, personId, role));
    } catch (error) {
      // Somebody else named the same person at this instant: now they are found.
      if (!isUniqueViolation(error)) throw error;
      await this.db.transaction(() => this.tryToName(institutionId, personId, role));
    }
  }

  /** The person stays known to the house. Throws NotFound for a contact of another institution ([A3]). */
  remove(institutionId: string, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const contact = isId(id) ? await this.db.repository(InstitutionContact).findOneBy({ id, institutionId }) : null;
      if (!contact) throw new NotFound();
      await this.db.repository(InstitutionContact).delete({ id });
      await this.journal.record(ContactRemoved({ id: institutionId, personId: contact.personId }));
    });
  }

  private async tryToName(institutionId: string, personId: string, role: ContactRole): Promise<void> {
    const known = await this.db.one(InstitutionContact, { institutionId, personId });
    if (known?.role === role) return;
    if (known) await this.db.repository(InstitutionContact).update({ id: known.id }, { role });
    else {
      const row = { id: this.ids.next(), institutionId, personId, role, createdAt: this.clock.now() };
      await this.db.insert(InstitutionContact, row);
    }
    await this.journal.record(ContactNamed({ id: institutionId, personId, role }));
  }
}
