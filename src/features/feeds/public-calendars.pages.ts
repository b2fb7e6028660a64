import { Controller, Get, Header, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { DEFAULT_LOCALE, isLocale } from '../../kernel/locale.js';
import { JCAL_CONTENT_TYPE, toJcal, toXcal, XCAL_CONTENT_TYPE } from '../../platform/calendar/index.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { PublicConferences } from '../conferences/index.js';
import { fileHeaders } from './calendar-files.js';
import { PublicCalendars, type Part } from './public-calendars.service.js';

const MOST_CHOSEN = 100;

/** Calendars of other programs may read these from anywhere. */
const OPEN = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

/** Released programmes as calendar files: no sign-in, no cookie, no redirect, no negotiation (CF3). */
@ApiExcludeController()
@Controller('c')
export class PublicCalendarPages {
  constructor(
    private readonly conferences: PublicConferences,
    private readonly calendars: PublicCalendars,
    private readonly published: PublishedAnswers,
  ) {}

  @Get(':conf/programme.ics')
  @Anyone()
  programme(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'programme' });
  }

  /** The same file as jCal (RFC 7265). */
  @Get(':conf/programme.jcal.json')
  @Anyone()
  jcal(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.translated(web, reply, slug, lang, { name: 'programme.jcal.json', type: JCAL_CONTENT_TYPE, write: (jcal) => JSON.stringify(jcal) });
  }

  /** The same file as xCal (RFC 6321). */
  @Get(':conf/programme.xcal.xml')
  @Anyone()
  xcal(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.translated(web, reply, slug, lang, { name: 'programme.xcal.xml', type: XCAL_CONTENT_TYPE, write: toXcal });
  }

  /** The sessions that somebody has starred on their device, once: a file to import, kept by nobody. */
  @Get(':conf/chosen.ics')
  @Anyone()
  @Header('cache-control', 'private, no-store')
  async chosen(
    @Param('conf') slug: string,
    @Query('lang') lang: unknown,
    @Query('codes') codes: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Buffer> {
    const conference = await this.conferences.bySlug(slug);
    const wanted = typeof codes === 'string' ? codes.split(',').slice(0, MOST_CHOSEN) : [];
    const { path, render } = await this.calendars.part(conference, { kind: 'chosen', codes: wanted }, languageOf(lang)[0]);
    const { body, contentType, headers } = await render(`/c/${conference.slug}/${path}`);
    void reply.headers({ ...headers, 'content-type': contentType });
    return body;
  }

  @Get(':conf/s/:code.ics')
  @Anyone()
  session(@Web() web: WebContext, @Param('conf') slug: string, @Param('code') code: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'session', code });
  }

  @Get(':conf/strands/:code.ics')
  @Anyone()
  strand(@Web() web: WebContext, @Param('conf') slug: string, @Param('code') code: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'strand', code });
  }

  @Get(':conf/rooms/:code.ics')
  @Anyone()
  room(@Web() web: WebContext, @Param('conf') slug: string, @Param('code') code: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'room', code });
  }

  /** What somebody who is heard has in the programme. */
  @Get(':conf/speakers/:code.ics')
  @Anyone()
  speaker(@Web() web: WebContext, @Param('conf') slug: string, @Param('code') code: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'speaker', code });
  }

  @Get(':conf/days/:day.ics')
  @Anyone()
  day(@Web() web: WebContext, @Param('conf') slug: string, @Param('day') day: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    return this.answer(web, reply, slug, lang, { kind: 'day', day });
  }

  @Get(':conf/conference.ics')
  @Anyone()
  async dates(@Web() web: WebContext, @Param('conf') slug: string, @Query('lang') lang: unknown, @Res() reply: FastifyReply): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const [locale, query] = languageOf(lang);
    await this.published.answer(web.request, reply, { scope: conference.id, address: `/c/${conference.slug}/conference.ics${query}` }, async () => {
      const file = await this.calendars.conference(conference, locale);
      return { ...file, headers: { ...file.headers, ...OPEN } };
    });
  }

  private async translated(web: WebContext, reply: FastifyReply, slug: string, lang: unknown, to: { name: string; type: string; write: (jcal: unknown[]) => string }): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const [locale, query] = languageOf(lang);
    const { render } = await this.calendars.part(conference, { kind: 'programme' }, locale);
    await this.published.answer(web.request, reply, { scope: conference.id, address: `/c/${conference.slug}/${to.name}${query}` }, async () => {
      const { body, lastModified } = await render(`/c/${conference.slug}/programme.ics${query}`);
      const ending = to.name.slice(to.name.lastIndexOf('.'));
      return {
        body: to.write(toJcal(body.toString('utf8'))),
        contentType: to.type,
        lastModified,
        headers: { ...fileHeaders(`${conference.slug}${ending}`), ...OPEN },
      };
    });
  }

  private async answer(web: WebContext, reply: FastifyReply, slug: string, lang: unknown, part: Part): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const [locale, query] = languageOf(lang);
    const { path, render } = await this.calendars.part(conference, part, locale);
    const address = `/c/${conference.slug}/${path}${query}`;
    await this.published.answer(web.request, reply, { scope: conference.id, address }, async () => {
      const file = await render(address);
      return { ...file, headers: { ...file.headers, ...OPEN } };
    });
  }
}

/** The language and its part of the canonical address: any other word asks for the site's own language and is no address. */
function languageOf(lang: unknown): [locale: 'be' | 'ru' | 'en', query: string] {
  return isLocale(lang) ? [lang, `?lang=${lang}`] : [DEFAULT_LOCALE, ''];
}
