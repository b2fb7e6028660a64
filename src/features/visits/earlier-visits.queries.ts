import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { Visit } from './visit.entity.js';
import { Visits } from './visits.service.js';

/** Visits before one: what was seen and promised then. */
@Injectable()
export class EarlierVisits {
  constructor(
    private readonly db: Database,
    private readonly visits: Visits,
  ) {}

  /** Of the same institution, or without one of the same country; only those that are there for the viewer. */
  async of(viewer: Viewer, visit: Visit): Promise<Visit[]> {
    const same =
      visit.institutionId !== null
        ? await this.db.all(Visit, { institutionId: visit.institutionId })
        : visit.country !== null
          ? await this.db.all(Visit, { country: visit.country })
          : [];
    const earlier = same.filter(({ id, createdAt }) => id !== visit.id && createdAt <= visit.createdAt);
    return this.visits.seenBy(viewer, earlier);
  }
}
