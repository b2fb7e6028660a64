import { Injectable } from '@nestjs/common';
import { LessThanOrEqual, MoreThanOrEqual, And } from 'typeorm';
import { dayAfter, localDay } from '../../../kernel/zones.js';
import { Database } from '../../../platform/database/database.js';
import { Clock } from '../../../platform/runtime/clock.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { keyOfCheck } from '../day/checklist.rules.js';
import { VisitTick } from '../day/tick.entity.js';
import { VisitPaper } from '../papers/paper.entity.js';
import { Visit } from '../visit.entity.js';
import { Visits } from '../visits.service.js';
import { dutiesOf, type OwedDuty } from './duty.rules.js';

/** What is owed is due by the calendar of the house. */
const HOUSE_ZONE = 'Europe/Minsk';
/** Of older visits nobody is reminded any more. */
const DAYS_BACK = 180;

/** What the house owes after its visits: a letter of thanks, a report, the photographs. */
@Injectable()
export class Duties {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly visits: Visits,
  ) {}

  /** Today on the house's calendar, `YYYY-MM-DD`. */
  today(): string {
    return localDay(this.clock.now(), HOUSE_ZONE);
  }

  async of(visit: Visit): Promise<OwedDuty[]> {
    return (await this.ofAll([visit])).get(visit.id)!;
  }

  /** By visit. Two statements. */
  async ofAll(visits: readonly Visit[]): Promise<Map<string, OwedDuty[]>> {
    const visitId = visits.map(({ id }) => id);
    const papers = await this.db.all(VisitPaper, { visitId, kind: ['thank_you', 'report'] });
    const ticks = await this.db.all(VisitTick, { visitId, key: keyOfCheck('photos'), done: true });
    const today = this.today();
    return new Map(
      visits.map((visit) => {
        const has = (kind: VisitPaper['kind']) => papers.some((one) => one.visitId === visit.id && one.kind === kind);
        const facts = {
          visit,
          thanked: has('thank_you'),
          reported: has('report'),
          photographed: visit.press !== 'closed',
          photosGiven: ticks.some((tick) => tick.visitId === visit.id),
        };
        return [visit.id, dutiesOf(facts, today)];
      }),
    );
  }

  /** Visits of the last half year of which something is still owed, with that; those whose days ended first come first. */
  async owed(): Promise<{ visit: Visit; duties: OwedDuty[] }[]> {
    const today = this.today();
    const ended = await this.db.repository(Visit).find({
      where: { endsOn: And(LessThanOrEqual(today), MoreThanOrEqual(dayAfter(today, -DAYS_BACK))) },
      order: { endsOn: 'ASC', id: 'ASC' },
    });
    const duties = await this.ofAll(ended);
    return ended.flatMap((visit) => {
      const open = duties.get(visit.id)!.filter(({ urgency }) => urgency !== 'done');
      return open.length > 0 ? [{ visit, duties: open }] : [];
    });
  }

  /** Of those that are there for the viewer, what is late. */
  async overdueFor(viewer: Viewer): Promise<{ visit: Visit; duties: OwedDuty[] }[]> {
    const late = (await this.owed()).flatMap(({ visit, duties }) => {
      const overdue = duties.filter(({ urgency }) => urgency === 'overdue');
      return overdue.length > 0 ? [{ visit, duties: overdue }] : [];
    });
    const seen = new Set(
      (
        await this.visits.seenBy(
          viewer,
          late.map(({ visit }) => visit),
        )
      ).map(({ id }) => id),
    );
    return late.filter(({ visit }) => seen.has(visit.id));
  }
}
