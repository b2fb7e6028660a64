import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { VisitMember } from '../delegation/member.entity.js';
import type { Visit } from '../visit.entity.js';
import { LodgingRemoved, LodgingSaved } from '../visits.events.js';
import { nights } from './lodging.rules.js';
import { VisitLodging } from './logistics.entity.js';

export type LodgingFields = Omit<VisitLodging, 'id' | 'visitId' | 'member' | 'memberId' | 'version'>;

/** Where the members sleep. */
@Injectable()
export class Lodgings {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  of(visitId: string): Promise<VisitLodging[]> {
    return this.db.all(VisitLodging, { visitId });
  }

  async ofMember(visit: Visit, memberId: string): Promise<VisitLodging | null> {
    return this.db.one(VisitLodging, { visitId: visit.id, memberId });
  }

  /** The member's only room: written over the one before. `version` 0: there was none. Throws Stale, InvalidInput. */
  save(visit: Visit, memberId: string, version: number, fields: LodgingFields): Promise<VisitLodging> {
    return this.db.transaction(async () => {
      nights(fields.from, fields.until);
      const others = [memberId, ...(fields.sharedWith ? [fields.sharedWith] : [])];
      const known = await this.db.all(VisitMember, { visitId: visit.id, id: others });
      if (!known.some(({ id }) => id === memberId)) throw new NotFound();
      if (fields.sharedWith === memberId || known.length !== others.length)
        throw InvalidInput.at('sharedWith', 'error.visit.lodging.sharedWith');
      const before = await this.ofMember(visit, memberId);
      const row = { id: before?.id ?? this.ids.next(), visitId: visit.id, memberId, ...fields };
      if (before) await this.db.updateIfUnchanged(VisitLodging, { id: before.id, version }, fields);
      else await this.db.insert(VisitLodging, { ...row, version: 1 });
      await this.journal.record(LodgingSaved({ id: visit.id, memberId }));
      return { ...row, version: before ? version + 1 : 1 } as VisitLodging;
    });
  }

  remove(visit: Visit, memberId: string): Promise<void> {
    return this.db.transaction(async () => {
      const { affected } = await this.db.repository(VisitLodging).delete({ visitId: visit.id, memberId });
      if (!affected) throw new NotFound();
      await this.journal.record(LodgingRemoved({ id: visit.id, memberId }));
    });
  }
}
