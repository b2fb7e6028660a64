import { Injectable } from '@nestjs/common';
import type { Localized } from '../../../kernel/locale.js';
import { Database } from '../../../platform/database/database.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import { scopesRead } from '../../../platform/web/viewer.js';
import { VisitTitles } from '../../programme/index.js';
import { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';

/** Tells programmes that meet a visit what it is called, if it is there for whoever asks. */
@Injectable()
export class KnownVisitTitles {
  constructor(
    private readonly db: Database,
    private readonly visits: Visits,
    titles: VisitTitles,
  ) {
    titles.from((visitIds) => this.known(visitIds));
  }

  private async known(visitIds: readonly string[]): Promise<Map<string, Localized>> {
    const { viewer } = currentContext().actor;
    if (!viewer || !scopesRead(viewer, 'visit')) return new Map();
    const seen = await this.visits.seenBy(viewer, await this.db.all(Visit, { id: visitIds }));
    return new Map(seen.map(({ id, title }) => [id, title]));
  }
}
