import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { HoldSubjects } from '../../platform/purge/hold-subjects.js';
import { Person } from './person.entity.js';

/** A legal hold may name a person, by the id in the address of their card: no name is kept with it. */
@Injectable()
export class HeldPeople {
  constructor(
    private readonly db: Database,
    subjects: HoldSubjects,
  ) {
    subjects.declare('person', {
      find: async (publicId) => (await this.db.one(Person, { publicId: publicId.trim() }))?.id ?? null,
      names: async (ids) => new Map((await this.db.all(Person, { id: ids })).map(({ id, publicId }) => [id, publicId])),
    });
  }
}
