import { Injectable } from '@nestjs/common';
import { dayAfter, toInstant } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { PurgeRules, type SubjectKey } from '../../platform/purge/purge-rules.js';
import { Conferences } from '../conferences/index.js';
import { Needs } from './needs.entity.js';
import { Registration } from './registration.entity.js';

/** Field group D: days after a conference that diets and access needs are kept. */
const NEEDS_DAYS = 14;

/** Diets and access needs of participants go two weeks after the conference ([V7]). */
@Injectable()
export class NeedsPurge {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    rules: PurgeRules,
  ) {
    rules.add({
      name: 'diets and needs of participants',
      group: 'D',
      due: (at) => this.due(at),
      about: (ids) => this.about(ids),
      purge: async (id) => void (await this.db.repository(Needs).delete({ id })),
    });
  }

  private async due(at: Date): Promise<string[]> {
    const rows = await this.db.repository(Needs).find({ select: { id: true } });
    const registrations = await this.db.all(Registration, { id: rows.map(({ id }) => id) });
    const over = new Set(
      (await this.conferences.list())
        .filter(({ endsOn, zone }) => toInstant(`${dayAfter(endsOn, NEEDS_DAYS + 1)}T00:00`, zone).instant <= at)
        .map(({ id }) => id),
    );
    return registrations.filter(({ conferenceId }) => over.has(conferenceId)).map(({ id }) => id);
  }

  private async about(ids: readonly string[]): Promise<Map<string, SubjectKey[]>> {
    const registrations = await this.db.all(Registration, { id: ids });
    return new Map(
      registrations.map(({ id, personId, conferenceId }) => [id, [`person:${personId}`, `conference:${conferenceId}`]]),
    );
  }
}
