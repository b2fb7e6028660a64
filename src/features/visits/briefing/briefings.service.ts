import { Injectable } from '@nestjs/common';
import { InvalidInput, Stale } from '../../../kernel/errors.js';
import { isUniqueViolation } from '../../../platform/database/database-errors.js';
import { Database } from '../../../platform/database/database.js';
import { Journal } from '../../../platform/journal/journal.js';
import { Ids } from '../../../platform/runtime/ids.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { Agreements, type Agreement } from '../../cooperation/index.js';
import type { VisitCommitment } from '../commitments/commitment.entity.js';
import { Commitments } from '../commitments/commitments.service.js';
import { VisitMember } from '../delegation/member.entity.js';
import { EarlierVisits } from '../earlier-visits.queries.js';
import type { Visit } from '../visit.entity.js';
import { hasReached } from '../visit.rules.js';
import { BriefingSaved } from '../visits.events.js';
import { VisitBriefing } from './briefing.entity.js';

export type BriefingFields = Omit<VisitBriefing, 'id' | 'visit' | 'visitId' | 'version'>;
export type Briefing = BriefingFields & { readonly version: number };

/** What other pages of the house know for a briefing. */
export interface BriefingSources {
  /** The last visit of theirs that took place. */
  readonly lastVisit: Visit | null;
  readonly commitments: readonly { readonly commitment: VisitCommitment; readonly visit: Visit }[];
  readonly agreements: readonly Agreement[];
}

const EMPTY: Briefing = {
  principal: null,
  wants: null,
  facts: [],
  lastMeeting: null,
  theirPoints: null,
  ourLine: null,
  sensitive: null,
  execution: null,
  pressLine: null,
  bios: {},
  version: 0,
};

/** The briefing of a visit, and what earlier visits and agreements add to it. */
@Injectable()
export class Briefings {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly earlier: EarlierVisits,
    private readonly commitments: Commitments,
    private readonly agreements: Agreements,
  ) {}

  /** Empty, with version 0, while nobody has written one. */
  async of({ id: visitId }: Pick<Visit, 'id'>): Promise<Briefing> {
    return (await this.db.one(VisitBriefing, { visitId })) ?? EMPTY;
  }

  /** Written over the one before. Throws Stale, and InvalidInput for somebody who is not in the delegation. */
  save(visit: Visit, version: number, fields: BriefingFields): Promise<Briefing> {
    return this.db.transaction(async () => {
      const members = new Set((await this.db.all(VisitMember, { visitId: visit.id })).map(({ id }) => id));
      const stranger = Object.keys(fields.bios).find((id) => !members.has(id));
      if (stranger !== undefined) throw InvalidInput.at(`bios.${stranger}`, 'error.visit.leg.unknownMember');
      const before = await this.db.one(VisitBriefing, { visitId: visit.id });
      if ((before?.version ?? 0) !== version) throw new Stale(before);
      if (before) await this.db.updateIfUnchanged(VisitBriefing, { id: before.id, version }, fields as never);
      else await this.insert(visit, fields);
      await this.journal.record(BriefingSaved({ id: visit.id }));
      return { ...fields, version: version + 1 };
    });
  }

  /** Only what the viewer may know of: another visit may be restricted. */
  async sources(viewer: Viewer, visit: Visit): Promise<BriefingSources> {
    const earlier = (await this.earlier.of(viewer, visit)).filter(
      (one) => hasReached(one, 'completed') && one.startsOn !== null,
    );
    return {
      lastVisit: earlier.toSorted((a, b) => (a.startsOn! < b.startsOn! ? 1 : -1))[0] ?? null,
      commitments: await this.commitments.ofEarlier(viewer, visit),
      agreements: visit.institutionId ? await this.agreements.of([visit.institutionId]) : [],
    };
  }

  private async insert(visit: Visit, fields: BriefingFields): Promise<void> {
    try {
      await this.db.insert(VisitBriefing, { id: this.ids.next(), visitId: visit.id, ...fields, version: 1 } as never);
    } catch (error) {
      if (isUniqueViolation(error)) throw new Stale(null);
      throw error;
    }
  }
}
