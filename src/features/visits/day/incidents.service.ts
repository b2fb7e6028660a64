import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { isId } from '../../../kernel/ids.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { actingAccount } from '../../../platform/runtime/request-context.js';
import type { Visit } from '../visit.entity.js';
import { IncidentNoted, IncidentRemoved } from '../visits.events.js';
import { VisitIncident } from './incident.entity.js';

export type IncidentFields = Pick<VisitIncident, 'at' | 'what' | 'who'>;

/** What went otherwise than planned at a visit. */
@Injectable()
export class Incidents {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** In the order in which they happened. */
  async of(visitId: string): Promise<VisitIncident[]> {
    const all = await this.db.all(VisitIncident, { visitId });
    return all.toSorted((a, b) => a.at.getTime() - b.at.getTime() || (a.id < b.id ? -1 : 1));
  }

  /** An incident of that visit only ([A3]). Throws NotFound. */
  async one(visit: Pick<Visit, 'id'>, id: string): Promise<VisitIncident> {
    const found = isId(id) ? await this.db.one(VisitIncident, { id, visitId: visit.id }) : null;
    if (!found) throw new NotFound();
    return found;
  }

  note(visit: Visit, fields: IncidentFields): Promise<VisitIncident> {
    return this.db.transaction(async () => {
      const row = {
        id: this.ids.next(),
        visitId: visit.id,
        ...fields,
        notedBy: actingAccount(),
        createdAt: this.clock.now(),
      };
      await this.db.insert(VisitIncident, row);
      await this.journal.record(IncidentNoted({ id: visit.id, incidentId: row.id }));
      return row as VisitIncident;
    });
  }

  /** For one that was noted by mistake; the journal keeps that it was there. */
  remove(visit: Visit, id: string): Promise<void> {
    return this.db.transaction(async () => {
      await this.one(visit, id);
      await this.db.repository(VisitIncident).delete({ id });
      await this.journal.record(IncidentRemoved({ id: visit.id, incidentId: id }));
    });
  }
}
