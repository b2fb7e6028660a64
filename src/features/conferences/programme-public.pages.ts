import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '../../platform/web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { pickText } from '../../kernel/locale.js';
import { localDay, toInstant } from '../../kernel/zones.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { formatDay, languageName } from '../../platform/i18n/formats.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedPages, type PublishedPage } from '../../platform/web/published-pages.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes, Releases, type ReleasedProgramme } from '../programme/index.js';
import { calendarLinks, CONFERENCE_STYLES, crumbs, head } from './conference-public.pages.js';
import { comparedReleases, shownChange, visibleChanges } from './programme-changes.js';
import { choicesOf, passes, settledFilter, type ProgrammeFilter } from './programme-view.rules.js';
import { shownDay } from './programme-days.js';
import { plainTitle, shownSession, titled } from './programme-words.js';
import { PublicConferences, type ShownConference } from './public-conferences.queries.js';
import { sessionData } from './structured-data.js';

/** The released programme in public: nothing here reads the draft (invariant 6). */
@ApiExcludeController()
@Controller(['be', 'ru', 'en'])
export class ProgrammePublicPages {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly releases: Releases,
    private readonly pages: PublishedPages,
  ) {}

  @Get('c/:conf/programme')
  @Anyone()
  async programme(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    const choices = choicesOf(programme?.sessions ?? []);
    const today = localDay(this.clock.now(), conference.zone);
    const filter = settledFilter(textsOf(query), choices, today);
    const here = `/${web.locale}/c/${conference.slug}/programme`;
    const asked = Object.keys(query).length > 0;
    await this.pages.answer(
      web,
      reply,
      { scope: conference.id, address: here + (asked ? queryOf(filter) : '') },
      async () => {
        const hasSatellites = (await this.conferences.satellitesOf(conference.id)).length > 0;
        const model = programme ? this.days(web, conference, programme, filter, here) : { programme: null };
        return this.page(web, conference, 'pages/conferences/programme', 'programme', {
          ...head(conference, 'programme', hasSatellites),
          ...model,
          here,
          running: choices.days.includes(today),
        });
      },
    );
  }

  @Get('c/:conf/programme/changes')
  @Anyone()
  async changes(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Query() query: Record<string, unknown>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    const latest = programme?.release.number ?? 0;
    const compared = comparedReleases(query, latest);
    const here = `/${web.locale}/c/${conference.slug}/programme/changes`;
    const address = compared.usual ? here : `${here}?from=${compared.from}&to=${compared.to}`;
    await this.pages.answer(web, reply, { scope: conference.id, address }, async () => {
      const hasSatellites = (await this.conferences.satellitesOf(conference.id)).length > 0;
      const releases = programme ? await this.releases.all(programme.programmeId) : [];
      const found =
        programme && latest > 1
          ? await this.releases.compare(programme.programmeId, compared.from, compared.to)
          : { changes: [], names: new Map<string, string>() };
      const changes = visibleChanges(found.changes).map((change) =>
        shownChange(web, conference.zone, change, found.names),
      );
      return this.page(web, conference, 'pages/conferences/changes', 'changes', {
        ...head(conference, 'programme', hasSatellites),
        here,
        releases,
        compared,
        choices: releases.map(({ number, name }) => ({
          value: number,
          label: [number, pickText(name, web.locale).text].filter(Boolean).join(' — '),
        })),
        shown: releases.find(({ number }) => number === compared.to) ?? null,
        changes,
      });
    });
  }

  @Get('c/:conf/s/:code')
  @Anyone()
  async session(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Param('code') code: string,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    const session = programme?.sessions.find((one) => one.code === code);
    if (!programme || !session) throw new NotFound();
    const address = `/${web.locale}/c/${conference.slug}/s/${session.code}`;
    await this.pages.answer(web, reply, { scope: conference.id, address }, async () => {
      const hasSatellites = (await this.conferences.satellitesOf(conference.id)).length > 0;
      return {
        template: 'pages/conferences/session',
        model: {
          ...head(conference, 'programme', hasSatellites),
          session: shownSession(web, programme, session),
          ld: sessionData({ words: web, publicUrl: this.config.publicUrl, conference }, session),
          file: `/c/${conference.slug}/s/${session.code}.ics?lang=${web.locale}`,
          back: `/${web.locale}/c/${conference.slug}/programme?day=${session.day}#${session.code}`,
        },
        title: web.t('conferences.titled', {
          page: plainTitle(web, titled(web, session)),
          title: pickText(conference.title, web.locale).text,
        }),
        breadcrumbs: [
          ...crumbs(web, conference),
          { label: pickText(conference.title, web.locale).text, href: `/${web.locale}/c/${conference.slug}` },
        ],
        styles: CONFERENCE_STYLES,
        lastModified: programme.release.publishedAt,
      };
    });
  }

  private days(
    web: WebContext,
    conference: ShownConference,
    programme: ReleasedProgramme,
    filter: ProgrammeFilter,
    here: string,
  ): object {
    const { day, ...others } = filter;
    const choices = choicesOf(programme.sessions);
    const matching = programme.sessions.filter((session) => passes(session, others));
    const filtered = Object.values(others).some((value) => value !== undefined);
    const ofDay = matching.filter((session) => session.day === day);
    const strand = choices.strands.find(({ code }) => code === filter.strand);
    const noon = (date: string) => toInstant(`${date}T12:00`, programme.zone).instant;
    const files = `/c/${conference.slug}`;
    const lang = `?lang=${web.locale}`;
    return {
      programme: { release: programme.release },
      days: choices.days.map((date) => ({
        date: noon(date),
        href: here + queryOf({ ...others, day: date }),
        current: date === day,
        count: filtered ? matching.filter((session) => session.day === date).length : null,
      })),
      dayStart: day ? noon(day) : null,
      choices: {
        strands: choices.strands.map(({ code, name }) => ({ value: code, label: pickText(name, web.locale).text })),
        languages: choices.languages.map((code) => ({ value: code, label: languageName(web.locale, code) })),
        rooms: choices.rooms.map(({ code, name }) => ({ value: code, label: pickText(name, web.locale).text })),
      },
      filter,
      filtered,
      ...shownDay(web, programme, ofDay),
      // The small ones first: the whole programme floods a calendar.
      parts: [
        ...(day
          ? [{ href: `${files}/days/${day}.ics${lang}`, label: formatDay(web.locale, noon(day), programme.zone) }]
          : []),
        ...(strand
          ? [{ href: `${files}/strands/${strand.code}.ics${lang}`, label: pickText(strand.name, web.locale).text }]
          : []),
      ],
      ...calendarLinks(this.config, conference, web.locale),
      json: `${files}/programme.json${lang}`,
      chosen: `${files}/chosen.ics${lang}&codes=`,
    };
  }

  private page(
    web: WebContext,
    conference: ShownConference,
    template: string,
    name: 'programme' | 'changes',
    model: object,
  ): PublishedPage {
    const title = pickText(conference.title, web.locale).text;
    return {
      template,
      model,
      title: web.t('conferences.titled', { page: web.t(`conferences.nav.${name}`), title }),
      breadcrumbs: crumbs(web, conference),
      styles: CONFERENCE_STYLES,
    };
  }
}

/** Only single texts: `?day=a&day=b` asks for nothing that there is. */
function textsOf(query: Record<string, unknown>): ProgrammeFilter {
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    day: text(query['day']),
    strand: text(query['strand']),
    language: text(query['language']),
    room: text(query['room']),
  };
}

function queryOf(filter: ProgrammeFilter): string {
  const given = (['day', 'strand', 'language', 'room'] as const).flatMap((name) =>
    filter[name] ? [`${name}=${encodeURIComponent(filter[name])}`] : [],
  );
  return given.length > 0 ? `?${given.join('&')}` : '';
}
