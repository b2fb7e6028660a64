import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { Ids } from '../../platform/runtime/ids.js';
import { Availability, type AvailabilityKind } from './assignment.entity.js';
import { AvailabilityStated } from './programme.events.js';
import { inProgramme, Programmes } from './programmes.service.js';

export interface StatedTime {
  kind: AvailabilityKind;
  startsAt: Date;
  endsAt: Date;
}

/** When people can take part, as they or staff said. */
@Injectable()
export class Availabilities {
  constructor(
    private readonly db: Database,
    private readonly ids: Ids,
    private readonly journal: Journal,
    private readonly programmes: Programmes,
  ) {}

  ofPerson(programmeId: string, personId: string): Promise<Availability[]> {
    return this.db
      .repository(Availability)
      .find({ where: { programmeId, personId }, order: { startsAt: 'ASC', id: 'ASC' } });
  }

  /** Replaces everything that this source said about the person. */
  state(programmeId: string, personId: string, source: string, times: readonly StatedTime[]): Promise<void> {
    return this.db.transaction(async () => {
      const programme = await this.programmes.byId(programmeId);
      await this.db.repository(Availability).delete({ programmeId, personId, source });
      await this.db.insert(
        Availability,
        times.map((time) => ({ id: this.ids.next(), programmeId, personId, source, ...time })),
      );
      await this.journal.record(AvailabilityStated({ id: programmeId, ...inProgramme(programme), personId, source }));
    });
  }
}
