import { Injectable } from '@nestjs/common';
import { Commitments } from '../commitments/commitments.service.js';
import { Incidents } from '../day/incidents.service.js';
import { totalsOf } from '../logistics/cost.rules.js';
import { Costs } from '../logistics/costs.service.js';
import { StayQueries } from '../stay/stay.queries.js';
import type { Visit } from '../visit.entity.js';
import { Duties } from './duties.service.js';
import { participantsOf } from './report.rules.js';

/** What the report of a visit is made of: counted from the file, and the two texts that somebody writes. */
@Injectable()
export class VisitReports {
  constructor(
    private readonly stays: StayQueries,
    private readonly incidents: Incidents,
    private readonly commitments: Commitments,
    private readonly costs: Costs,
    private readonly duties: Duties,
  ) {}

  async of(visit: Visit) {
    const { sessions, members } = await this.stays.planned(visit);
    const held = sessions.filter(({ session }) => session.status === 'planned');
    return {
      results: visit.results,
      lessons: visit.lessons,
      participants: participantsOf(
        members,
        held.flatMap(({ people }) => people),
      ),
      sessions: held.length,
      incidents: await this.incidents.of(visit.id),
      commitments: await this.commitments.of(visit.id),
      costs: totalsOf(await this.costs.of(visit.id)),
      duties: await this.duties.of(visit),
      version: visit.version,
    };
  }
}
