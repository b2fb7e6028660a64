import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import { Conferences } from '../../conferences/index.js';
import { comesInPerson } from '../participation.rules.js';
import { Registration } from '../registration.entity.js';
import { isConfirmed } from '../registration.rules.js';
import { VisaStays, type Stay } from './visa-stays.js';

export const REGISTRATION_STAY = 'registration';

/** Registrations as stays: the days of the conference. */
@Injectable()
export class RegisteredStays implements OnModuleInit {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    private readonly stays: VisaStays,
  ) {}

  onModuleInit(): void {
    this.stays.from(REGISTRATION_STAY, (ids) => this.of(ids));
  }

  async of(ids: readonly string[]): Promise<Stay[]> {
    const rows = await this.db.all(Registration, { id: ids });
    const known = new Map((await this.conferences.list()).map((conference) => [conference.id, conference]));
    return rows.flatMap((registration): Stay[] => {
      const conference = known.get(registration.conferenceId);
      if (!conference) return [];
      return [
        {
          kind: REGISTRATION_STAY,
          id: registration.id,
          conferenceId: conference.id,
          personId: registration.personId,
          locale: registration.locale,
          active: isConfirmed(registration) && comesInPerson(registration.form),
          title: conference.title,
          startsOn: conference.startsOn,
          endsOn: conference.endsOn,
          zone: conference.zone,
          number: registration.number,
          prefix: conference.numberPrefix,
          role: `category.${registration.category}`,
        },
      ];
    });
  }
}
