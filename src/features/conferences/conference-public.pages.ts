import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { pickText } from '../../kernel/locale.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedPages, type PublishedPage } from '../../platform/web/published-pages.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes } from '../programme/index.js';
import { RegistrationDoor } from './conferences.ports.js';
import { PublicConferences, type ShownConference } from './public-conferences.queries.js';
import { conferenceData } from './structured-data.js';

/** The public face of one conference. */
@ApiExcludeController()
@Controller(['be', 'ru', 'en'])
export class ConferencePublicPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly door: RegistrationDoor,
    private readonly pages: PublishedPages,
  ) {}

  @Get('c/:conf')
  @Anyone()
  about(@Web() web: WebContext, @Param('conf') slug: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(web, slug, reply, '', async (conference) => {
      const [satellites, programme, door] = await Promise.all([
        this.conferences.satellitesOf(conference.id),
        this.programmes.ofOwner(conference.id),
        conference.phase === 'over' ? null : this.door.of(conference.id),
      ]);
      return {
        template: 'pages/conferences/about',
        model: {
          ...head(conference, 'about', satellites.length > 0),
          satellites,
          released: programme !== null,
          door,
          ...calendarLinks(this.config, conference, web.locale),
          ld: conferenceData({ words: web, publicUrl: this.config.publicUrl, conference }),
        },
        title: pickText(conference.title, web.locale).text,
        breadcrumbs: crumbs(web, conference),
        styles: CONFERENCE_STYLES,
      };
    });
  }

  @Get('c/:conf/practical')
  @Anyone()
  practical(@Web() web: WebContext, @Param('conf') slug: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(web, slug, reply, '/practical', async (conference) => ({
      template: 'pages/conferences/practical',
      model: head(conference, 'practical', (await this.conferences.satellitesOf(conference.id)).length > 0),
      title: web.t('conferences.titled', {
        page: web.t('conferences.nav.practical'),
        title: pickText(conference.title, web.locale).text,
      }),
      breadcrumbs: crumbs(web, conference),
      styles: CONFERENCE_STYLES,
    }));
  }

  @Get('c/:conf/satellites')
  @Anyone()
  satellites(@Web() web: WebContext, @Param('conf') slug: string, @Res() reply: FastifyReply): Promise<void> {
    return this.show(web, slug, reply, '/satellites', async (conference) => ({
      template: 'pages/conferences/satellites',
      model: {
        ...head(conference, 'satellites', true),
        satellites: await this.conferences.satellitesOf(conference.id),
      },
      title: web.t('conferences.titled', {
        page: web.t('conferences.nav.satellites'),
        title: pickText(conference.title, web.locale).text,
      }),
      breadcrumbs: crumbs(web, conference),
      styles: CONFERENCE_STYLES,
    }));
  }

  private async show(
    web: WebContext,
    slug: string,
    reply: FastifyReply,
    path: string,
    make: (conference: ShownConference) => Promise<PublishedPage>,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    await this.pages.answer(
      web,
      reply,
      { scope: conference.id, address: `/${web.locale}/c/${conference.slug}${path}` },
      () => make(conference),
    );
  }
}

/** The style sheet of the public pages of conferences. */
export const CONFERENCE_STYLES = ['css/conferences.css'];

/** What the head and the menu of every page of a conference need. */
export function head(conference: ShownConference, current: string, hasSatellites: boolean): object {
  return { conference, zone: conference.zone, current, hasSatellites };
}

/** The way up: a satellite lies under its parent. */
export function crumbs(web: WebContext, conference: ShownConference): { label: string; href: string }[] {
  const home = { label: web.t('conferences.calendar'), href: `/${web.locale}/` };
  const { parent } = conference;
  return parent?.public
    ? [home, { label: pickText(parent.title, web.locale).text, href: `/${web.locale}/c/${parent.slug}` }]
    : [home];
}

/** The calendar file of a programme, and the address to which calendars subscribe. */
export function calendarLinks(
  { publicUrl }: Config,
  { slug }: { slug: string },
  locale: string,
): { file: string; feed: string; feedHost: string } {
  const file = `/c/${slug}/programme.ics?lang=${locale}`;
  return { file, feed: publicUrl + file, feedHost: new URL(publicUrl).host };
}
