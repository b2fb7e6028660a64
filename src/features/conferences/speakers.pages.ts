import { Controller, Get, Param, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { countryName } from '../../platform/i18n/countries.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedPages } from '../../platform/web/published-pages.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes } from '../programme/index.js';
import { CONFERENCE_STYLES, crumbs, head } from './conference-public.pages.js';
import { shownSession } from './programme-words.js';
import { PublicConferences } from './public-conferences.queries.js';
import { speakersOf, type Speaker } from './speakers.js';

/** Who is heard at a conference, as the latest release prints them. */
@ApiExcludeController()
@Controller([...LOCALES])
export class SpeakersPages {
  constructor(
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly pages: PublishedPages,
  ) {}

  @Get('c/:conf/speakers')
  @Anyone()
  async list(@Web() web: WebContext, @Param('conf') slug: string, @Res() reply: FastifyReply): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const here = `/${web.locale}/c/${conference.slug}/speakers`;
    await this.pages.answer(web, reply, { scope: conference.id, address: here }, async () => {
      const programme = await this.programmes.ofOwner(conference.id);
      const hasSatellites = (await this.conferences.satellitesOf(conference.id)).length > 0;
      const speakers = programme ? speakersOf(programme, web.locale) : [];
      return {
        template: 'pages/conferences/speakers',
        model: {
          ...head(conference, 'speakers', hasSatellites),
          here,
          speakers: speakers.map((speaker) => shown(web, speaker)),
        },
        title: web.t('conferences.titled', {
          page: web.t('conferences.nav.speakers'),
          title: pickText(conference.title, web.locale).text,
        }),
        breadcrumbs: crumbs(web, conference),
        styles: CONFERENCE_STYLES,
      };
    });
  }

  @Get('c/:conf/speakers/:code')
  @Anyone()
  async speaker(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Param('code') code: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    const speaker = programme && speakersOf(programme, web.locale).find((one) => one.code === code);
    if (!programme || !speaker) throw new NotFound();
    const here = `/${web.locale}/c/${conference.slug}/speakers`;
    const title = pickText(conference.title, web.locale).text;
    await this.pages.answer(web, reply, { scope: conference.id, address: `${here}/${code}` }, () => {
      const appearances = speaker.appearances.map(({ session, talk, role }) => {
        const words = shownSession(web, programme, session);
        return { session: words, role, talk: words.talks.find((one) => one.code === talk?.code) ?? null };
      });
      return Promise.resolve({
        template: 'pages/conferences/speaker',
        model: {
          ...head(conference, 'speakers', false),
          here,
          speaker: shown(web, speaker),
          file: `/c/${conference.slug}/speakers/${code}.ics?lang=${web.locale}`,
          appearances,
        },
        title: web.t('conferences.titled', { page: speaker.name, title }),
        breadcrumbs: [...crumbs(web, conference), { label: title, href: `/${web.locale}/c/${conference.slug}` }],
        styles: CONFERENCE_STYLES,
        lastModified: programme.release.publishedAt,
      });
    });
  }
}

function shown(web: WebContext, { code, name, affiliation, country }: Speaker) {
  return { code, name, affiliation, country: country ? countryName(web.locale, country) : '' };
}
