import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Database } from '../../../platform/database/database.js';
import { OutgoingMail } from '../../../platform/mail/outgoing-mail.entity.js';
import { Registration } from '../../registration/index.js';
import { Quota, QuotaPlace } from './quota.entity.js';

/** A place as the pages show it; of an ended one only that it was there. */
export interface ShownPlace {
  readonly place: QuotaPlace;
  readonly registration: Registration | null;
}

/** Read models of quotas, of one conference each. */
@Injectable()
export class QuotaQueries {
  constructor(private readonly db: Database) {}

  /** With institution and focal point, in the order of the institutions' names; withdrawn ones last. */
  async list(conferenceId: string): Promise<Quota[]> {
    const quotas = await this.db
      .repository(Quota)
      .find({ where: { conferenceId }, relations: { institution: true, person: true } });
    const last = ({ state }: Quota): number => Number(state === 'withdrawn');
    return quotas.sort(
      (a, b) =>
        last(a) - last(b) ||
        compare(a.institution.sortKey, b.institution.sortKey) ||
        compare(a.createdAt.toISOString(), b.createdAt.toISOString()) ||
        compare(a.id, b.id),
    );
  }

  /** The same for one. */
  with(quota: Quota): Promise<Quota> {
    return this.db
      .repository(Quota)
      .findOneOrFail({ where: { id: quota.id }, relations: { institution: true, person: true } });
  }

  /** How many places of each quota are named or confirmed. One statement. */
  async standing(quotaIds: readonly string[]): Promise<Map<string, { named: number; confirmed: number }>> {
    if (quotaIds.length === 0) return new Map();
    const rows = await this.db
      .repository(QuotaPlace)
      .createQueryBuilder('place')
      .select(['place.quota_id AS quotaId', 'place.state AS state', 'COUNT(*) AS number'])
      .where({ quotaId: In([...quotaIds]), state: In(['named', 'confirmed']) })
      .groupBy('place.quota_id')
      .addGroupBy('place.state')
      .getRawMany<{ quotaId: string; state: 'named' | 'confirmed'; number: number | string }>();
    const standing = new Map(quotaIds.map((id) => [id, { named: 0, confirmed: 0 }]));
    for (const { quotaId, state, number } of rows) standing.get(quotaId)![state] = Number(number);
    return standing;
  }

  /** The places of a quota in the order in which they were filled. Two statements. */
  async places(quotaId: string): Promise<ShownPlace[]> {
    const places = await this.db
      .repository(QuotaPlace)
      .find({ where: { quotaId }, order: { createdAt: 'ASC', id: 'ASC' } });
    const ids = places.flatMap(({ registrationId }) => registrationId ?? []);
    const registrations = await this.db.all(Registration, { id: ids });
    const byId = new Map(registrations.map((one) => [one.id, one]));
    return places.map((place) => ({ place, registration: byId.get(place.registrationId ?? '') ?? null }));
  }

  /** What became of a letter. */
  mail(id: string): Promise<OutgoingMail | null> {
    return this.db.repository(OutgoingMail).findOneBy({ id });
  }

  /** How many seats in the hall quotas may still ask for: places that nobody was named for. */
  async unfilled(conferenceId: string): Promise<number> {
    const open = await this.db.repository(Quota).findBy({ conferenceId, state: In(['queued', 'bounced', 'draft']) });
    return open.reduce((sum, { places, taken }) => sum + places - taken, 0);
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
