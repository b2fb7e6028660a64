import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { HoldSubjects } from '../../platform/purge/hold-subjects.js';
import { Conference } from './conference.entity.js';

/** A legal hold may name a conference, by the name in its address. */
@Injectable()
export class HeldConferences {
  constructor(
    private readonly db: Database,
    subjects: HoldSubjects,
  ) {
    subjects.declare('conference', {
      find: async (slug) => (await this.db.one(Conference, { slug: slug.trim() }))?.id ?? null,
      names: async (ids) => new Map((await this.db.all(Conference, { id: ids })).map(({ id, slug }) => [id, slug])),
    });
  }
}
