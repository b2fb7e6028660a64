import { Injectable } from '@nestjs/common';
import { IsNull, Not } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { Suppressions } from '../../../platform/mail/suppressions.js';
import { CooperationQueries, type Institution, type KnownInstitution } from '../../cooperation/index.js';
import { Quota } from './quota.entity.js';
import { skipReason, type SkipReason } from './quota.rules.js';

export interface QuotaPlan {
  readonly ready: readonly KnownInstitution[];
  readonly skipped: readonly (KnownInstitution & { readonly reason: SkipReason })[];
}

/** Which institutions can be given a quota now, and why the others cannot. */
@Injectable()
export class QuotaPlans {
  constructor(
    private readonly db: Database,
    private readonly cooperation: CooperationQueries,
    private readonly suppressions: Suppressions,
  ) {}

  async of(
    conferenceId: string,
    institutions: readonly Institution[],
    { partnersOnly }: { partnersOnly: boolean },
  ): Promise<QuotaPlan> {
    return this.sorted(conferenceId, await this.cooperation.known(institutions), partnersOnly);
  }

  /** All that the filter finds, in the order of their names. */
  async among(
    conferenceId: string,
    filter: Parameters<CooperationQueries['all']>[0],
    { partnersOnly }: { partnersOnly: boolean },
  ): Promise<QuotaPlan> {
    return this.sorted(conferenceId, await this.cooperation.all(filter), partnersOnly);
  }

  private async sorted(
    conferenceId: string,
    candidates: readonly KnownInstitution[],
    partnersOnly: boolean,
  ): Promise<QuotaPlan> {
    const active = await this.db
      .repository(Quota)
      .find({ where: { conferenceId, activeKey: Not(IsNull()) }, select: { institutionId: true } });
    const invited = new Set(active.map(({ institutionId }) => institutionId));
    const addresses = candidates.flatMap(({ focalPoint }) => focalPoint?.person.email ?? []);
    const stopped = new Set((await this.suppressions.stopped(addresses)).keys());
    const known = { invited, partnersOnly, stopped };
    const judged = candidates.map((one) => ({ ...one, reason: skipReason(one, known) }));
    return {
      ready: judged.filter(({ reason }) => reason === null),
      skipped: judged.flatMap(({ reason, ...one }) => (reason === null ? [] : [{ ...one, reason }])),
    };
  }
}
