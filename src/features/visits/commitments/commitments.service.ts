import { Injectable } from '@nestjs/common';
import { InvalidInput, NotFound } from '../../../kernel/errors.js';
import { localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Clock } from '../../../platform/runtime/clock.js';
import { Ids } from '../../../platform/runtime/ids.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { Programmes, Sessions } from '../../programme/index.js';
import { EarlierVisits } from '../earlier-visits.queries.js';
import { Visit } from '../visit.entity.js';
import { CommitmentMade, CommitmentSettled } from '../visits.events.js';
import { Visits } from '../visits.service.js';
import { VisitCommitment } from './commitment.entity.js';
import { byUrgency, settled, type CommitmentState } from './commitment.rules.js';

/** Promises are due by the calendar of the house. */
const HOUSE_ZONE = 'Europe/Minsk';

export type CommitmentFields = Pick<VisitCommitment, 'text' | 'promisedBy' | 'ownerId' | 'dueOn' | 'sessionId'>;

interface Read {
  id: string;
  version: number;
}

/** What was promised at visits, until it is kept. */
@Injectable()
export class Commitments {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly visits: Visits,
    private readonly programmes: Programmes,
    private readonly sessions: Sessions,
    private readonly earlier: EarlierVisits,
  ) {}

  /** Today on the house's calendar, `YYYY-MM-DD`. */
  today(): string {
    return localDay(this.clock.now(), HOUSE_ZONE);
  }

  /** The most pressing first. */
  async of(visitId: string): Promise<VisitCommitment[]> {
    return byUrgency(await this.db.all(VisitCommitment, { visitId }), this.today());
  }

  /** All that is open, of visits that are there for the viewer; the most pressing first. */
  async openFor(viewer: Viewer): Promise<{ commitment: VisitCommitment; visit: Visit }[]> {
    const open = await this.db.all(VisitCommitment, { state: 'open' });
    const visits = await this.db.all(Visit, { id: [...new Set(open.map(({ visitId }) => visitId))] });
    const seen = new Map((await this.visits.seenBy(viewer, visits)).map((visit) => [visit.id, visit]));
    return byUrgency(open, this.today()).flatMap((commitment) => {
      const visit = seen.get(commitment.visitId);
      return visit ? [{ commitment, visit }] : [];
    });
  }

  /** What was promised at earlier visits of the same institution, or without one of the same country: for the next one's first page. */
  async ofEarlier(viewer: Viewer, visit: Visit): Promise<{ commitment: VisitCommitment; visit: Visit }[]> {
    const seen = new Map((await this.earlier.of(viewer, visit)).map((one) => [one.id, one]));
    const made = await this.db.all(VisitCommitment, { visitId: [...seen.keys()] });
    return byUrgency(made, this.today()).map((commitment) => ({ commitment, visit: seen.get(commitment.visitId)! }));
  }

  async one(visit: Visit, id: string): Promise<VisitCommitment> {
    const found = await this.db.one(VisitCommitment, { id, visitId: visit.id });
    if (!found) throw new NotFound();
    return found;
  }

  make(visit: Visit, fields: CommitmentFields): Promise<VisitCommitment> {
    return this.db.transaction(async () => {
      await this.check(visit, fields);
      const row = {
        id: this.ids.next(),
        visitId: visit.id,
        ...fields,
        state: 'open' as const,
        outcome: null,
        reminded: null,
        createdAt: this.clock.now(),
        version: 1,
      };
      await this.db.insert(VisitCommitment, row);
      await this.journal.record(CommitmentMade({ id: visit.id, commitmentId: row.id, dueOn: fields.dueOn }));
      return row as VisitCommitment;
    });
  }

  /** Another date is a new promise: its owner is reminded of it again. */
  edit(visit: Visit, read: Read, fields: CommitmentFields): Promise<VisitCommitment> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      await this.check(visit, fields);
      const reminded = fields.dueOn === before.dueOn ? before.reminded : null;
      const version = await this.db.updateIfUnchanged(VisitCommitment, read, { ...fields, reminded });
      await this.journal.record(CommitmentMade({ id: visit.id, commitmentId: read.id, dueOn: fields.dueOn }));
      return { ...before, ...fields, reminded, version };
    });
  }

  /** Kept, given up with a reason, or open again. */
  settle(visit: Visit, read: Read, to: CommitmentState, outcome: string | null): Promise<VisitCommitment> {
    return this.db.transaction(async () => {
      const before = await this.one(visit, read.id);
      const changes = settled(to, outcome);
      const version = await this.db.updateIfUnchanged(VisitCommitment, read, changes);
      await this.journal.record(CommitmentSettled({ id: visit.id, commitmentId: read.id, state: to }));
      return { ...before, ...changes, version };
    });
  }

  private async check(visit: Visit, { sessionId }: CommitmentFields): Promise<void> {
    if (sessionId === null) return;
    const programme = await this.programmes.ofOwner(visit.id);
    const known = await this.sessions.byIds(programme.id, [sessionId]);
    if (!known.has(sessionId)) throw InvalidInput.at('sessionId', 'error.visit.commitment.session');
  }
}
