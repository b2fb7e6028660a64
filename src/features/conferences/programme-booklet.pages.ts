import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { toInstant } from '../../kernel/zones.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedPages } from '../../platform/web/published-pages.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes, type ReleasedProgramme } from '../programme/index.js';
import { CONFERENCE_STYLES, crumbs, head } from './conference-public.pages.js';
import { shownDay } from './programme-days.js';
import { PublicConferences } from './public-conferences.queries.js';
import { speakersOf } from './speakers.js';

/** The whole released programme on one page, day by day and with an index of names: to be printed as a booklet. */
@ApiExcludeController()
@Controller([...LOCALES])
export class ProgrammeBookletPages {
  constructor(
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly pages: PublishedPages,
  ) {}

  @Get('c/:conf/programme/booklet')
  @Anyone()
  async booklet(@Web() web: WebContext, @Param('conf') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    if (!programme) throw new NotFound();
    const address = `/${web.locale}/c/${conference.slug}/programme/booklet`;
    await this.pages.answer(web, reply, { scope: conference.id, address }, async () => ({
      template: 'pages/conferences/booklet',
      model: {
        ...head(conference, 'programme', (await this.conferences.satellitesOf(conference.id)).length > 0),
        release: programme.release,
        days: daysOf(web, programme),
        names: namesOf(web, programme),
        back: `/${web.locale}/c/${conference.slug}/programme`,
      },
      title: web.t('conferences.titled', {
        page: web.t('conferences.nav.programme'),
        title: pickText(conference.title, web.locale).text,
      }),
      breadcrumbs: crumbs(web, conference),
      styles: CONFERENCE_STYLES,
      lastModified: programme.release.publishedAt,
    }));
  }
}

function daysOf(web: WebContext, programme: ReleasedProgramme) {
  const byDay = Map.groupBy(programme.sessions, ({ day }) => day);
  return programme.days.map((day) => ({
    date: toInstant(`${day}T12:00`, programme.zone).instant,
    ...shownDay(web, programme, byDay.get(day) ?? []),
  }));
}

/** Who is heard, and when and where: what the last pages of a printed programme are for. */
function namesOf(web: WebContext, programme: ReleasedProgramme) {
  return speakersOf(programme, web.locale).map(({ name, affiliation, appearances }) => ({
    name,
    affiliation,
    appearances: [...new Map(appearances.map(({ session }) => [session.id, session])).values()].map(
      ({ startsAt, room }) => ({ startsAt, room: room?.name ?? null }),
    ),
  }));
}
