import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '../../../platform/database/database.js';
import type { Viewer } from '../../../platform/web/viewer.js';
import { Conferences } from '../../conferences/index.js';
import type { ShownOwner } from '../../documents/index.js';
import { comesInPerson } from '../participation.rules.js';
import { Registration } from '../registration.entity.js';
import { isConfirmed } from '../registration.rules.js';
import type { VisaRequest } from './visa-request.entity.js';
import { VisaStays, type Stay, type StayName, type StaySource } from './visa-stays.js';
import { REGISTRATION_STAY } from './visa.words.js';

/** Registrations as stays: the days of the conference. */
@Injectable()
export class RegisteredStays implements OnModuleInit, StaySource {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    private readonly stays: VisaStays,
  ) {}

  onModuleInit(): void {
    this.stays.from(REGISTRATION_STAY, this);
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
          countsFrom: conference.endsOn,
          keptUntil: null,
          subjects: [`conference:${conference.id}`],
          number: registration.number,
          role: `category.${registration.category}`,
          purpose: 'visa.purpose',
        },
      ];
    });
  }

  /** Whoever has registered for the conference that they come to. */
  async alike({ personId, conferenceId }: Stay): Promise<StayName[]> {
    if (conferenceId === null) return [];
    const rows = await this.db.all(Registration, { personId, conferenceId });
    return rows
      .filter((registration) => isConfirmed(registration) && comesInPerson(registration.form))
      .map(({ id }) => ({ kind: REGISTRATION_STAY, id }));
  }

  /** To officers of that conference, by the number of the registration. */
  async readable(viewer: Viewer, requests: readonly VisaRequest[]): Promise<Map<string, ShownOwner>> {
    const theirs = requests.filter(
      ({ conferenceId }) => conferenceId !== null && viewer.level('visa', conferenceId) === 'write',
    );
    const stays = await this.stays.of(
      REGISTRATION_STAY,
      theirs.map(({ stayId }) => stayId),
    );
    const known = new Map((await this.conferences.list()).map((conference) => [conference.id, conference]));
    return new Map(
      theirs.flatMap(({ id, publicId, stayId, conferenceId }) => {
        const [stay, conference] = [stays.get(stayId), known.get(conferenceId!)];
        if (!stay || !conference) return [];
        return [[id, { label: stay.number, href: `/org/c/${conference.slug}/visa/${publicId}` }] as const];
      }),
    );
  }
}
