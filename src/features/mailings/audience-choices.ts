import { Injectable } from '@nestjs/common';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { localDay } from '../../kernel/zones.js';
import { formatDay } from '../../platform/i18n/formats.js';
import type { WebContext } from '../../platform/web/web-context.js';
import { ASSIGNMENT_ROLES, Programmes } from '../programme/index.js';
import { CATEGORIES, FORMS } from '../registration/index.js';
import { Venues } from '../venues/index.js';
import { AudienceQueries } from './audience.queries.js';
import { AUDIENCE_GROUPS } from './audience.rules.js';
import { APPROVALS_WRITTEN_TO } from './mailings.schemas.js';

/** What the form of a mailing offers to choose its audience by, in the language of the page. */
@Injectable()
export class AudienceChoices {
  constructor(
    private readonly programmes: Programmes,
    private readonly audiences: AudienceQueries,
    private readonly venues: Venues,
  ) {}

  async of(web: WebContext) {
    const { id: programmeId } = await this.programmes.ofOwner(web.conference.id);
    const [strands, sessions, rooms] = await Promise.all([
      this.programmes.strands(programmeId),
      this.audiences.sessions(programmeId),
      this.venues.rooms(),
    ]);
    const used = new Set(sessions.flatMap(({ roomId }) => roomId ?? []));
    const { zone } = web.conference;
    const days = [...new Set(sessions.flatMap(({ startsAt }) => (startsAt ? localDay(startsAt, zone) : [])))].sort();
    const name = (text: Parameters<typeof pickText>[0]) => pickText(text, web.locale).text;
    return {
      groups: AUDIENCE_GROUPS,
      categories: CATEGORIES,
      approvals: APPROVALS_WRITTEN_TO,
      forms: FORMS,
      roles: ASSIGNMENT_ROLES,
      locales: LOCALES,
      strands: strands.map((strand) => ({ value: strand.id, label: name(strand.name) })),
      rooms: rooms.filter(({ id }) => used.has(id)).map((room) => ({ value: room.id, label: name(room.name) })),
      days: days.map((day) => ({ value: day, label: formatDay(web.locale, new Date(`${day}T12:00:00Z`), 'UTC') })),
    };
  }
}
