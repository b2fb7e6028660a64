import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { NotFound } from '../../kernel/errors.js';
import { DEFAULT_LOCALE, isLocale, pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { offsetSeconds, toLocal } from '../../kernel/zones.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Anyone } from '../../platform/web/policy.js';
import { PublishedAnswers } from '../../platform/web/published-answers.js';
import { Web, WebContext } from '../../platform/web/web-context.js';
import { ReleasedProgrammes, type ReleasedProgramme, type ReleasedSession } from '../programme/index.js';
import { PublicConferences, type ShownConference } from './public-conferences.queries.js';

const DAY_MS = 86_400_000;

/** The released programme for other programs, in the shape of frab's schedule.json, which conference apps read. */
@ApiExcludeController()
@Controller('c')
export class ProgrammeExport {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly conferences: PublicConferences,
    private readonly programmes: ReleasedProgrammes,
    private readonly published: PublishedAnswers,
  ) {}

  @Get(':conf/programme.json')
  @Anyone()
  async json(
    @Web() web: WebContext,
    @Param('conf') slug: string,
    @Query('lang') lang: unknown,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const conference = await this.conferences.bySlug(slug);
    const programme = await this.programmes.ofOwner(conference.id);
    if (!programme) throw new NotFound();
    const locale = isLocale(lang) ? lang : DEFAULT_LOCALE;
    const address = `/c/${conference.slug}/programme.json${lang === undefined ? '' : `?lang=${locale}`}`;
    await this.published.answer(web.request, reply, { scope: conference.id, address }, () =>
      Promise.resolve({
        body: JSON.stringify(scheduleOf(conference, programme, locale, this.config.publicUrl)),
        contentType: 'application/json; charset=utf-8',
        lastModified: programme.release.publishedAt,
        headers: { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' },
      }),
    );
  }
}

function scheduleOf(
  conference: ShownConference,
  programme: ReleasedProgramme,
  locale: Locale,
  publicUrl: string,
): object {
  const text = (words: Localized) => pickText(words, locale).text;
  return {
    schedule: {
      version: String(programme.release.number),
      base_url: publicUrl,
      conference: {
        acronym: conference.slug,
        title: text(conference.title),
        start: conference.startsOn,
        end: conference.endsOn,
        daysCount: programme.days.length,
        timeslot_duration: '00:05',
        time_zone_name: programme.zone,
        rooms: [
          ...new Map(
            programme.sessions.flatMap(({ room }) =>
              room ? [[room.id, { name: text(room.name), guid: room.id }]] : [],
            ),
          ).values(),
        ],
        days: programme.days.map((day, index) => {
          const sessions = programme.sessions.filter((session) => session.day === day);
          return {
            index: index + 1,
            date: day,
            day_start: withOffset(sessions[0]!.startsAt, programme.zone),
            day_end: withOffset(new Date(Math.max(...sessions.map(({ endsAt }) => endsAt.getTime()))), programme.zone),
            rooms: Object.fromEntries(
              [...Map.groupBy(sessions, ({ room }) => (room ? text(room.name) : ''))].map(([room, list]) => [
                room,
                list.map((session) => eventOf(conference, session, text, publicUrl, locale)),
              ]),
            ),
          };
        }),
      },
    },
  };
}

function eventOf(
  conference: ShownConference,
  session: ReleasedSession,
  text: (words: Localized) => string,
  publicUrl: string,
  locale: Locale,
): object {
  return {
    guid: session.id,
    code: session.code,
    url: `${publicUrl}/${locale}/c/${conference.slug}/s/${session.code}`,
    date: withOffset(session.startsAt, session.zone),
    start: toLocal(session.startsAt, session.zone).slice(11),
    duration: duration(session.endsAt.getTime() - session.startsAt.getTime()),
    room: session.room ? text(session.room.name) : '',
    track: session.strand ? text(session.strand.name) : '',
    type: session.kind,
    title: text(session.title),
    abstract: text(session.abstract),
    language: session.languages[0] ?? '',
    languages: session.languages,
    interpretation: session.interpretation,
    status: session.status,
    persons: session.people.flatMap((person) =>
      person.name === null
        ? []
        : [{ name: person.name, role: person.role, affiliation: person.affiliation, country: person.country }],
    ),
    talks: session.talks.map((talk) => ({
      code: talk.code,
      title: text(talk.title),
      abstract: text(talk.abstract),
      language: talk.language,
      minutes: talk.minutes,
      persons: talk.people.flatMap((person) =>
        person.name === null ? [] : [{ name: person.name, affiliation: person.affiliation, country: person.country }],
      ),
    })),
  };
}

/** `2027-05-12T10:00:00+03:00` */
function withOffset(instant: Date, zone: string): string {
  const seconds = offsetSeconds(zone, instant.getTime());
  return `${toLocal(instant, zone)}:00${seconds < 0 ? '-' : '+'}${duration(Math.abs(seconds) * 1000)}`;
}

/** `01:30` from milliseconds; whole days count as hours. */
function duration(ms: number): string {
  const minutes = Math.round((ms % (100 * DAY_MS)) / 60_000);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
