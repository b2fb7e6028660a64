import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import { NotFound } from '../../kernel/errors.js';
import { LOCALES, pickText } from '../../kernel/locale.js';
import { localDay } from '../../kernel/zones.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Anyone } from '../../platform/web/policy.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes, type ReleasedProgramme } from '../programme/index.js';
import { CONFERENCE_STYLES, crumbs, head } from './conference-public.pages.js';
import { nowAndNext } from './now-next.rules.js';
import { searchProgramme } from './programme-search.js';
import { shownSession } from './programme-words.js';
import { PublicConferences, type ShownConference } from './public-conferences.queries.js';

const LONGEST_QUERY = 200;

/** Views of the released programme that depend on the moment or on what a visitor types: made for each request, kept by nobody. */
@ApiExcludeController()
@Controller([...LOCALES])
export class ProgrammeMomentPages {
  constructor(
    private readonly clock: Clock,
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
  ) {}

  @Get('c/:conf/programme/search')
  @Anyone()
  async search(@Web() web: WebContext, @Param('conf') slug: string, @Query('q') q: unknown): Promise<string> {
    const { conference, programme } = await this.released(slug);
    const typed = typeof q === 'string' ? q.slice(0, LONGEST_QUERY) : '';
    const found = searchProgramme(programme, typed);
    const days = Map.groupBy(found, ({ day }) => day);
    const model = {
      q: typed,
      asked: typed.trim() !== '',
      count: found.length,
      days: [...days.values()].map((sessions) => ({
        start: sessions[0]!.startsAt,
        sessions: sessions.map((session) => shownSession(web, programme, session)),
      })),
    };
    return this.page(web, conference, 'pages/conferences/programme-search', web.t('conferences.find.title'), model);
  }

  @Get('c/:conf/programme/now')
  @Anyone()
  async now(@Web() web: WebContext, @Param('conf') slug: string): Promise<string> {
    const { conference, programme } = await this.released(slug);
    const at = this.clock.now();
    const today = localDay(at, programme.zone);
    const { now, next } = nowAndNext(programme.sessions, at, today);
    const model = {
      at,
      now: now.map((session) => shownSession(web, programme, session)),
      next: next.map((session) => shownSession(web, programme, session)),
      nextDay: next[0] && next[0].day !== today ? next[0].startsAt : null,
    };
    return this.page(web, conference, 'pages/conferences/now', web.t('conferences.nowTitle'), model);
  }

  private async released(slug: string): Promise<{ conference: ShownConference; programme: ReleasedProgramme }> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    if (!programme) throw new NotFound();
    return { conference, programme };
  }

  private async page(
    web: WebContext,
    conference: ShownConference,
    template: string,
    name: string,
    model: object,
  ): Promise<string> {
    const hasSatellites = (await this.conferences.satellitesOf(conference.id)).length > 0;
    const here = `/${web.locale}/c/${conference.slug}/programme`;
    const title = pickText(conference.title, web.locale).text;
    return web.page(
      template,
      { ...head(conference, 'programme', hasSatellites), ...model, here },
      {
        title: web.t('conferences.titled', { page: name, title }),
        breadcrumbs: crumbs(web, conference),
        styles: CONFERENCE_STYLES,
        robots: 'none',
      },
    );
  }
}
