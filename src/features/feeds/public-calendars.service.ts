import { Inject, Injectable } from '@nestjs/common';
import { NotFound } from '../../kernel/errors.js';
import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { nearestColor, staysInFeed, calendarContentType, composeFile, renderEvent, type CalendarHead, type ColorName, type Organizer } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { formatDate, formatDay } from '../../platform/i18n/formats.js';
import { Translator } from '../../platform/i18n/translator.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import { Clock } from '../../platform/runtime/clock.js';
import { speakersOf, type ShownConference, type Words } from '../conferences/index.js';
import { ReleasedProgrammes, type ReleasedProgramme, type ReleasedSession } from '../programme/index.js';
import { calendarFile, calendarUid, fileHeaders, REFRESH_MINUTES, type CalendarFile, organizerOf } from './calendar-files.js';
import { conferenceEvent } from './conference-events.js';
import { ConferenceRevisions } from './conference-revisions.service.js';
import { EventBlocks } from './event-blocks.js';
import { colorOf, publicEvent } from './session-events.js';

/** A part of a programme with a file of its own. */
export type Part = { kind: 'programme' } | { kind: 'session'; code: string } | { kind: 'chosen'; codes: readonly string[] } | { kind: 'strand'; code: string } | { kind: 'room'; code: string } | { kind: 'speaker'; code: string } | { kind: 'day'; day: string };

interface Cut {
  readonly sessions: readonly ReleasedSession[];
  /** Below the address of the conference. */
  readonly path: string;
  readonly filename: string;
  /** Of what the file is; absent where it is one event that needs no head. */
  readonly head?: { readonly subject: string; readonly name: string; readonly color: ColorName };
}

const HOUSE_COLOR = nearestColor('#17594f')!;

/** Calendar files of released programmes that everybody may read: made of releases alone, so equal content gives equal bytes. */
@Injectable()
export class PublicCalendars {
  private readonly organizer: Organizer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly programmes: ReleasedProgrammes,
    private readonly revisions: ConferenceRevisions,
    private readonly blocks: EventBlocks,
    composer: MessageComposer,
  ) {
    this.organizer = organizerOf(composer);
  }

  words(locale: Locale): Words {
    return { locale, t: (key, params) => this.translator.t(locale, key, params) };
  }

  /** The way to a part below the conference, and a way to render it. Throws NotFound for what is in no release. */
  async part(conference: ShownConference, part: Part, locale: Locale): Promise<{ path: string; render: (source: string) => Promise<CalendarFile> }> {
    const programme = await this.programmes.ofOwner(conference.id);
    if (!programme) throw new NotFound();
    const words = this.words(locale);
    const now = this.clock.now();
    const cut = cutOf(words, conference, programme, shownSessions(programme, now), part);
    const render = async (source: string) => {
      const blocks = cut.sessions.map((session) => this.block(words, conference, programme, session));
      const head = cut.head && (await this.head(words, conference, programme, cut.head, source));
      return calendarFile(head, blocks, cut.filename, now);
    };
    return { path: cut.path, render };
  }

  /** The days of the conference, all day. */
  async conference(conference: ShownConference, locale: Locale): Promise<CalendarFile> {
    const { created, stamp, sequence } = await this.revisions.of(conference);
    const identity = { uid: calendarUid(`conference-days:${conference.id}`), created, stamp, sequence };
    const url = `${this.config.publicUrl}/${locale}/c/${conference.slug}`;
    const event = conferenceEvent(conference, locale, identity, url, this.organizer);
    const { bytes, tag } = composeFile(undefined, 'PUBLISH', [renderEvent(event, 'PUBLISH')]);
    return {
      body: bytes,
      tag,
      contentType: calendarContentType(),
      lastModified: stamp,
      headers: fileHeaders(`${conference.slug}.ics`),
    };
  }

  private block(words: Words, conference: ShownConference, programme: ReleasedProgramme, session: ReleasedSession) {
    const { uid, stamp, sequence } = session.calendar;
    const key = [uid, session.revision, session.status, stamp.getTime(), sequence, 'public', words.locale, programme.namesEpoch, conference.slug].join(' ');
    const url = `${this.config.publicUrl}/${words.locale}/c/${conference.slug}/s/${session.code}`;
    return this.blocks.of(key, () => publicEvent({ words, programme, url, organizer: this.organizer }, session));
  }

  private async head(words: Words, conference: ShownConference, programme: ReleasedProgramme, { subject, name, color }: NonNullable<Cut['head']>, source: string): Promise<CalendarHead> {
    const { locale } = words;
    const { stamp } = await this.revisions.of(conference);
    const published = Math.floor(programme.release.publishedAt.getTime() / 1000) * 1000;
    const description = [pickText(conference.tagline, locale).text, ...releaseText(words, programme)].filter(Boolean).join('\n');
    return {
      uid: calendarUid(subject),
      name,
      description,
      lastModified: new Date(Math.max(published, stamp.getTime())),
      url: `${this.config.publicUrl}/${locale}/c/${conference.slug}/programme`,
      source: this.config.publicUrl + source,
      refreshMinutes: REFRESH_MINUTES,
      color,
    };
  }
}

/** Which release it is, by name where it has one, and what its note says. */
function releaseText(words: Words, { release, zone }: ReleasedProgramme): string[] {
  const { number, publishedAt, name, note } = release;
  const { locale } = words;
  const date = formatDate(locale, publishedAt, zone);
  const called = pickText(name, locale).text;
  const line = called === '' ? words.t('conferences.release', { number, date }) : words.t('conferences.releaseNamed', { name: called, number, date });
  return [line, pickText(note, locale).text];
}

/** What feeds hold: what is planned, and for 30 days what was cancelled or taken out after it had been public (CR10). */
function shownSessions({ sessions, withdrawn }: ReleasedProgramme, now: Date): ReleasedSession[] {
  const recent = ({ calendar }: ReleasedSession) => calendar.cancelledAt !== null && staysInFeed(calendar.cancelledAt, now);
  return [...sessions.filter((session) => session.status === 'planned' || recent(session)), ...withdrawn.filter(recent)];
}

function cutOf(words: Words, { id, slug, title }: ShownConference, programme: ReleasedProgramme, sessions: readonly ReleasedSession[], part: Part): Cut {
  const name = pickText(title, words.locale).text;
  const named = (more: Localized) => words.t('feeds.partOf', { title: name, part: pickText(more, words.locale).text });
  if (part.kind === 'programme') {
    return { sessions, path: 'programme.ics', filename: `${slug}.ics`, head: { subject: `programme:${id}`, name, color: HOUSE_COLOR } };
  }
  if (part.kind === 'session') {
    const found = sessions.filter(({ code }) => code === part.code);
    if (found.length === 0) throw new NotFound();
    return { sessions: found, path: `s/${part.code}.ics`, filename: `${slug}-${part.code}.ics` };
  }
  if (part.kind === 'chosen') {
    const found = sessions.filter(({ code }) => part.codes.includes(code));
    if (found.length === 0) throw new NotFound();
    return { sessions: found, path: 'chosen.ics', filename: `${slug}-chosen.ics` };
  }
  if (part.kind === 'strand') {
    const strand = programme.strands.find(({ code }) => code === part.code);
    if (!strand) throw new NotFound();
    const within = sessions.filter((session) => session.strand?.id === strand.id);
    return { sessions: within, path: `strands/${strand.code}.ics`, filename: `${slug}-${strand.code}.ics`, head: { subject: `strand:${strand.id}`, name: named(strand.name), color: colorOf(strand.colour) ?? HOUSE_COLOR } };
  }
  if (part.kind === 'room') {
    const room = programme.sessions.find((session) => session.room?.code === part.code)?.room;
    if (!room) throw new NotFound();
    const within = sessions.filter((session) => session.room?.id === room.id);
    return { sessions: within, path: `rooms/${room.code}.ics`, filename: `${slug}-${room.code}.ics`, head: { subject: `room:${id}:${room.id}`, name: named(room.name), color: HOUSE_COLOR } };
  }
  if (part.kind === 'speaker') {
    const speaker = speakersOf(programme, words.locale).find(({ code }) => code === part.code);
    if (!speaker) throw new NotFound();
    const heard = new Set(speaker.appearances.map(({ session }) => session.id));
    const within = sessions.filter((session) => heard.has(session.id));
    return { sessions: within, path: `speakers/${speaker.code}.ics`, filename: `${slug}-${speaker.code}.ics`, head: { subject: `speaker:${id}:${speaker.code}`, name: named({ [words.locale]: speaker.name }), color: HOUSE_COLOR } };
  }
  if (!programme.days.includes(part.day)) throw new NotFound();
  const label = formatDay(words.locale, new Date(`${part.day}T12:00:00Z`), 'UTC');
  return {
    sessions: sessions.filter(({ day }) => day === part.day),
    path: `days/${part.day}.ics`,
    filename: `${slug}-${part.day}.ics`,
    head: { subject: `day:${id}:${part.day}`, name: named({ [words.locale]: label }), color: HOUSE_COLOR },
  };
}
