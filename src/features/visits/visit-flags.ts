import { Injectable } from '@nestjs/common';
import { nextStates, STAGES } from './visit.rules.js';
import type { Visit } from './visit.entity.js';
import { inTheWay, type ReadinessLine } from './readiness.rules.js';
import { VisitReadiness } from './visit-readiness.service.js';

/** What is missing for the next step of a visit that comes soon. */
export interface VisitFlag {
  readonly key: ReadinessLine['key'];
  readonly count: number;
}

/** The red flags of the overview. */
@Injectable()
export class VisitFlags {
  constructor(private readonly readiness: VisitReadiness) {}

  /** Per visit, what must still be there before its papers are frozen, or before its next step after that. */
  async of(visits: readonly Visit[]): Promise<Map<string, VisitFlag[]>> {
    const lines = await this.readiness.ofAll(visits);
    return new Map(
      visits.map((visit) => {
        const [next] = nextStates(visit);
        const target = next && STAGES.indexOf(next as never) > STAGES.indexOf('frozen') ? next : 'frozen';
        const missing = inTheWay(lines.get(visit.id)!, target);
        return [visit.id, missing.map(({ key, missing: what }) => ({ key, count: what.length }))];
      }),
    );
  }
}
