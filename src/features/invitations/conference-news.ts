import { Injectable } from '@nestjs/common';
import { In, IsNull } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Journal } from '../../platform/journal/journal.js';
import { ConferenceChanged, Conferences, type Conference } from '../conferences/index.js';
import { People } from '../people/index.js';
import { NO_SUBJECT, printOf, standsInCalendar, Tellings } from '../programme/index.js';
import { daysAndPlace } from './invitation-calendar.service.js';
import { Invitation } from './invitation.entity.js';
import { News, type PossibleNews } from './news.service.js';

const DAYS_AND_PLACE = ['startsOn', 'endsOn', 'zone', 'venueId'];

const ALONE = { torn: false, urgent: false };

/** New days, zone or venue of a conference: one held REQUEST to each guest who has it in their calendar by mail. */
@Injectable()
export class ConferenceNews {
  constructor(
    private readonly db: Database,
    private readonly conferences: Conferences,
    private readonly people: People,
    private readonly tellings: Tellings,
    private readonly news: News,
    journal: Journal,
  ) {
    journal.on(ConferenceChanged, async ({ id, fields }) => {
      if (fields.some((field) => DAYS_AND_PLACE.includes(field))) await this.moved((await this.conferences.byId(id))!);
    });
  }

  private async moved(conference: Conference): Promise<void> {
    const { id, version } = conference;
    const significant = daysAndPlace(conference);
    await this.tellings.moveConference(id, significant);
    const coming = await this.db
      .repository(Invitation)
      .findBy({ conferenceId: id, sessionId: IsNull(), state: In(['accepted', 'tentative']) });
    const objects = new Map((await this.tellings.ofConference(id)).map((object) => [object.personId!, object]));
    const people = await this.people.byIds(coming.map(({ personId }) => personId));
    const news = coming.flatMap((invitation): PossibleNews[] => {
      const person = people.get(invitation.personId);
      const object = objects.get(invitation.personId);
      if (!person?.email || !object || !(standsInCalendar(object) || object.heldMail !== null)) return [];
      const partstat = invitation.state === 'tentative' ? 'TENTATIVE' : 'ACCEPTED';
      const { locale } = invitation;
      const to = { person, locale, role: null, zone: null, invitation, partstat, object, dropped: false } as const;
      return [{ to, subject: { conference, session: null }, part: NO_SUBJECT, print: printOf(object), ...ALONE }];
    });
    await this.news.tell(news, { batch: `conference:${id}:${version}`, id });
  }
}
