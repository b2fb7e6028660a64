import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { VisitMember } from '../delegation/member.entity.js';
import type { Visit } from '../visit.entity.js';
import { GiftRemoved, GiftSaved } from '../visits.events.js';
import { VisitGift } from './logistics.entity.js';

export type GiftFields = Omit<VisitGift, 'id' | 'visit' | 'visitId' | 'version'>;

interface Read {
  id: string;
  version: number;
}

/** The register of what was given and received. */
@Injectable()
export class Gifts {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  async of(visitId: string): Promise<VisitGift[]> {
    const gifts = await this.db.all(VisitGift, { visitId });
    return gifts.toSorted((a, b) => (a.rank ?? 9) - (b.rank ?? 9) || (a.id < b.id ? -1 : 1));
  }

  async one(visit: Visit, id: string): Promise<VisitGift> {
    const gift = await this.db.one(VisitGift, { id, visitId: visit.id });
    if (!gift) throw new NotFound();
    return gift;
  }

  add(visit: Visit, fields: GiftFields): Promise<VisitGift> {
    return this.db.transaction(async () => {
      await this.check(visit, fields);
      const row = { id: this.ids.next(), visitId: visit.id, ...fields, version: 1 };
      await this.db.insert(VisitGift, row);
      await this.journal.record(GiftSaved({ id: visit.id, giftId: row.id, way: fields.way }));
      return row as VisitGift;
    });
  }

  edit(visit: Visit, read: Read, fields: GiftFields): Promise<VisitGift> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      await this.check(visit, fields);
      const version = await this.db.updateIfUnchanged(VisitGift, read, fields);
      await this.journal.record(GiftSaved({ id: visit.id, giftId: read.id, way: fields.way }));
      return { ...before, ...fields, version };
    });
  }

  remove(visit: Visit, read: Read): Promise<void> {
    return this.db.transaction(async () => {
      const { way } = await this.one(visit, read.id);
      await this.db.updateIfUnchanged(VisitGift, read, {});
      await this.db.repository(VisitGift).delete({ id: read.id });
      await this.journal.record(GiftRemoved({ id: visit.id, giftId: read.id, way }));
    });
  }

  /** For a member of this visit, or for somebody who is named. */
  private async check(visit: Visit, { memberId, whom, value, currency }: GiftFields): Promise<void> {
    if (memberId === null && whom === null) throw InvalidInput.at('whom', 'error.visit.gift.whom');
    if (value !== null && currency === null) throw InvalidInput.at('currency', 'error.visit.gift.currency');
    if (memberId !== null && !(await this.db.one(VisitMember, { id: memberId, visitId: visit.id })))
      throw InvalidInput.at('memberId', 'error.visit.leg.unknownMember');
  }
}
