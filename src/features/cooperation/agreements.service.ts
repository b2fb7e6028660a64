import { Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { isId } from '../../kernel/ids.js';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { AgreementAdded, AgreementChanged, AgreementRemoved } from './cooperation.events.js';
import { Agreement } from './institution.entity.js';

export type AgreementFields = Pick<Agreement, 'reference' | 'validFrom' | 'validUntil'>;
type Read = Readonly<{ id: string; version: number }>;

/** What was agreed with institutions, and from when to when it holds. */
@Injectable()
export class Agreements {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** Those of the institutions, the latest first. One statement. */
  async of(institutionIds: readonly string[]): Promise<Agreement[]> {
    const found = await this.db.all(Agreement, { institutionId: institutionIds });
    return found.sort((a, b) =>
      a.validFrom === b.validFrom ? (a.id < b.id ? 1 : -1) : a.validFrom < b.validFrom ? 1 : -1,
    );
  }

  /** Of that institution only ([A3]). Throws NotFound. */
  async one(institutionId: string, id: string): Promise<Agreement> {
    const found = isId(id) ? await this.db.repository(Agreement).findOneBy({ id, institutionId }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  add(institutionId: string, fields: AgreementFields): Promise<Agreement> {
    return this.db.transaction(async () => {
      const agreement = { id: this.ids.next(), institutionId, ...fields, version: 1 };
      await this.db.insert(Agreement, agreement);
      await this.journal.record(AgreementAdded({ id: institutionId, agreementId: agreement.id }));
      return agreement as Agreement;
    });
  }

  edit(institutionId: string, read: Read, fields: AgreementFields): Promise<Agreement> {
    return this.db.transaction(async () => {
      const before = await this.one(institutionId, read.id);
      const version = await this.db.updateIfUnchanged(Agreement, read, fields);
      await this.journal.record(AgreementChanged({ id: institutionId, agreementId: read.id }));
      return { ...before, ...fields, version };
    });
  }

  /** One that was entered by mistake. Throws Stale when somebody has changed it since `read`. */
  remove(institutionId: string, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      await this.one(institutionId, read.id);
      await this.db.updateIfUnchanged(Agreement, read, {});
      await this.db.repository(Agreement).delete({ id: read.id });
      await this.journal.record(AgreementRemoved({ id: institutionId, agreementId: read.id }));
    });
  }
}
