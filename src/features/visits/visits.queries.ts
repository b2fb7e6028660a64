import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { searchWords } from '../../kernel/search-text.js';
import { Database } from '../../platform/database/database.js';
import type { Viewer } from '../../platform/web/viewer.js';
import { VisitMember } from './delegation/member.entity.js';
import { visitStatistics, type YearCounts } from './statistics.rules.js';
import { Visit } from './visit.entity.js';
import { VISIT_STATES, isOver } from './visit.rules.js';
import type { VisitFilter } from './visits.schemas.js';
import { Visits } from './visits.service.js';

/** States in which somebody still has something to do. */
const OPEN = VISIT_STATES.filter((state) => !isOver(state));

/** Rows read at once while looking for those that the viewer may see. */
const AT_ONCE = 200;

/** As many that wait for a decision as the overview shows. */
const WAITING = 30;

/** Lists of visits, only ever of those that are there for the viewer. */
@Injectable()
export class VisitQueries {
  constructor(
    private readonly db: Database,
    private readonly visits: Visits,
  ) {}

  /** Up to `limit + 1` visits, the latest reference first: one more than a page, so that the caller sees whether there is a next. */
  async list(
    viewer: Viewer,
    filter: VisitFilter,
    page: { limit: number; after?: string | undefined },
  ): Promise<Visit[]> {
    const seen: Visit[] = [];
    let { after } = page;
    // Restricted visits are few, so that one round nearly always fills the page.
    while (seen.length <= page.limit) {
      const rows = await this.rows(filter, after);
      seen.push(...(await this.visits.seenBy(viewer, rows)));
      if (rows.length < AT_ONCE) break;
      after = rows.at(-1)!.ref;
    }
    return seen.slice(0, page.limit + 1);
  }

  /** Visits of which a day lies between the two, both included; without known days, none. The first to come first. */
  async between(viewer: Viewer, from: string, to: string): Promise<Visit[]> {
    const rows = await this.db
      .repository(Visit)
      .createQueryBuilder('visit')
      .where('visit.starts_on <= :to AND visit.ends_on >= :from', { from, to })
      .andWhere('visit.state NOT IN (:...over)', { over: ['declined', 'cancelled', 'postponed'] })
      .orderBy('visit.starts_on')
      .addOrderBy('visit.id')
      .getMany();
    return this.visits.seenBy(viewer, rows);
  }

  /** Enquiries and reviews that wait for an answer, the oldest first; no more than a page holds. */
  async waiting(viewer: Viewer): Promise<Visit[]> {
    const rows = await this.db.repository(Visit).find({
      where: { state: In(['enquiry', 'under_review']) },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: AT_ONCE,
    });
    return (await this.visits.seenBy(viewer, rows)).slice(0, WAITING);
  }

  /** Visits and guests by year and country, of those that are there for the viewer. Three statements. */
  async statistics(viewer: Viewer): Promise<YearCounts[]> {
    const seen = await this.visits.seenBy(viewer, await this.db.repository(Visit).find());
    const counted = await this.db
      .repository(VisitMember)
      .createQueryBuilder('member')
      .select('member.visit_id', 'id')
      .addSelect('COUNT(*)', 'guests')
      .groupBy('member.visit_id')
      .getRawMany<{ id: string; guests: number | string }>();
    const guests = new Map(counted.map((row) => [row.id, Number(row.guests)]));
    return visitStatistics(
      seen.map(({ id, ref, startsOn, country, state }) => ({
        year: Number((startsOn ?? ref.slice(2)).slice(0, 4)),
        country,
        state,
        guests: guests.get(id) ?? 0,
      })),
    );
  }

  private rows({ q, state, year, country }: VisitFilter, after: string | undefined): Promise<Visit[]> {
    const query = this.db.repository(Visit).createQueryBuilder('visit');
    searchWords(q ?? '').forEach((word, index) => {
      query.andWhere(`visit.search LIKE :word${index} ESCAPE '!'`, {
        [`word${index}`]: `%${word.replace(/[!%_]/g, '!$&')}%`,
      });
    });
    if (state) query.andWhere('visit.state IN (:...states)', { states: state === 'open' ? OPEN : [state] });
    if (country) query.andWhere('visit.country = :country', { country });
    if (year) query.andWhere('visit.ref LIKE :year', { year: `V-${year}-%` });
    if (after) query.andWhere('visit.ref < :after', { after });
    return query.orderBy('visit.ref', 'DESC').limit(AT_ONCE).getMany();
  }
}
