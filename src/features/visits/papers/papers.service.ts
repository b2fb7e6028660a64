import { Injectable } from '@nestjs/common';
import { NotFound } from '../../../kernel/errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import { currentContext } from '../../../platform/runtime/request-context.js';
import type { Visit } from '../visit.entity.js';
import { PaperEntered, PaperRemoved } from '../visits.events.js';
import { VisitPaper } from './paper.entity.js';

export type NewPaper = Pick<VisitPaper, 'kind' | 'direction' | 'number' | 'issuedOn' | 'about'> & {
  readonly text?: string;
};

/** The register of a visit's file. */
@Injectable()
export class VisitPapers {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
  ) {}

  /** The latest first. */
  of(visitId: string): Promise<VisitPaper[]> {
    return this.db.repository(VisitPaper).find({ where: { visitId }, order: { issuedOn: 'DESC', id: 'DESC' } });
  }

  async one(visit: Visit, id: string): Promise<VisitPaper> {
    const paper = await this.db.one(VisitPaper, { id, visitId: visit.id });
    if (!paper) throw new NotFound();
    return paper;
  }

  enter(visit: Visit, input: NewPaper): Promise<VisitPaper> {
    return this.db.transaction(async () => {
      const { actor } = currentContext();
      const row = {
        id: this.ids.next(),
        visitId: visit.id,
        text: null,
        ...input,
        enteredBy: actor.kind === 'account' ? actor.id : null,
        createdAt: this.clock.now(),
      };
      await this.db.insert(VisitPaper, row);
      await this.journal.record(
        PaperEntered({ id: visit.id, paperId: row.id, kind: input.kind, number: input.number }),
      );
      return row as VisitPaper;
    });
  }

  /** For a line that was entered by mistake; the journal keeps that it was there. */
  remove(visit: Visit, id: string): Promise<void> {
    return this.db.transaction(async () => {
      const paper = await this.one(visit, id);
      await this.db.repository(VisitPaper).delete({ id });
      const { kind, number } = paper;
      await this.journal.record(PaperRemoved({ id: visit.id, paperId: id, kind, number }));
    });
  }
}
