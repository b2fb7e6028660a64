import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import {
  nearestColor,
  RENDERER,
  renderEvent,
  staysInFeed,
  type CalendarEvent,
  type Organizer,
} from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Database } from '../../platform/database/database.js';
import { Translator } from '../../platform/i18n/translator.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import { Clock } from '../../platform/runtime/clock.js';
import { Conference, type Words } from '../conferences/index.js';
import { Programme, ReleasedProgrammes, type ReleasedProgramme, type ReleasedSession } from '../programme/index.js';
import { StayReleases } from '../visits/index.js';
import { calendarFile, calendarUid, REFRESH_MINUTES, type CalendarFile, organizerOf } from './calendar-files.js';
import { EventBlocks } from './event-blocks.js';
import type { Feed } from './feed.entity.js';
import { KeptCalendars, type KeptCalendar } from './kept-calendars.js';
import { sessionEvent } from './session-events.js';
import { attendedEvent, attendedIn, printOfAttended, type AttendedEvent } from './attended-events.js';
import { aroundOf, printOfAround, withAround, type StayAround } from './stay-events.js';

interface Found {
  readonly programme: ReleasedProgramme;
  /** Null: of a visit. */
  readonly conference: Conference | null;
  readonly stay: StayAround | null;
  readonly session: ReleasedSession;
  readonly cancelled: boolean;
}

const HOUSE_COLOR = nearestColor('#17594f')!;
const DAY_MS = 86_400_000;
/** Calendars over all programmes forget what is long over; those of one conference keep it whole. */
const KEPT_DAYS = 180;

/** Calendars that staff share: a conference, a strand, a room, the whole house. Only what was released. */
@Injectable()
export class SharedCalendars {
  private readonly kept = new KeptCalendars();
  private readonly organizer: Organizer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly programmes: ReleasedProgrammes,
    private readonly stays: StayReleases,
    private readonly blocks: EventBlocks,
    composer: MessageComposer,
  ) {
    this.organizer = organizerOf(composer);
  }

  /** Rendered only when something that it says has changed since it was last read. */
  async of(feed: Feed): Promise<KeptCalendar> {
    const found = await this.found(feed);
    const attended = await this.attended(feed);
    const version = createHash('sha256')
      .update([RENDERER, feed.locale, feed.label, ...found.map(keyOf), ...attended.map(printOfAttended)].join('\n'))
      .digest('base64url');
    return this.kept.of(feed.id, version, () => this.render(feed, found, attended));
  }

  /** What a delegation attends at its conference, as the text that counts says it. */
  private async attended({ kind, subjectId }: Feed): Promise<AttendedEvent[]> {
    if (kind !== 'visit') return [];
    return attendedIn(subjectId!, await this.stays.beside(subjectId!), this.clock.now());
  }

  private render(feed: Feed, found: readonly Found[], attended: readonly AttendedEvent[]): CalendarFile {
    const { locale, label } = feed;
    const words: Words = { locale, t: (key, params) => this.translator.t(locale, key, params) };
    const occupied = showsOccupied(feed);
    const blocks = found.map((one) =>
      this.blocks.of(`${keyOf(one)} ${occupied ? 'house' : 'staff'} ${locale}`, () => this.event(words, one, occupied)),
    );
    const page = `${this.config.publicUrl}/${locale}/`;
    const theirs = attended.map((one) => renderEvent(attendedEvent(words, one, page, this.organizer), 'PUBLISH'));
    const head = {
      uid: calendarUid(`feed:${feed.id}`),
      name: words.t(`feeds.shared.of.${feed.kind}`, { label: label ?? '' }),
      description: words.t('feeds.shared.about'),
      lastModified: new Date(Math.floor(feed.createdAt.getTime() / 1000) * 1000),
      url: `${this.config.publicUrl}/${locale}/`,
      source: `${this.config.publicUrl}/feed/`,
      refreshMinutes: REFRESH_MINUTES,
      color: HOUSE_COLOR,
    };
    return calendarFile(head, [...blocks, ...theirs], 'skaryna.ics', this.clock.now());
  }

  /** What is not for everybody stands in calendars of rooms and of the house as a time that is taken, and nothing more. */
  private event(
    words: Words,
    { programme, conference, stay, session, cancelled }: Found,
    occupied: boolean,
  ): CalendarEvent {
    const page = `${this.config.publicUrl}/${words.locale}/${conference?.public ? `c/${conference.slug}` : ''}`;
    const url = conference?.public && !session.restricted ? `${page}/s/${session.code}` : page;
    const frame = { words, programme, url, organizer: this.organizer };
    const event = withAround(sessionEvent(frame, session, session.calendar, cancelled), stay);
    // What a visit plans is never for everybody, whether it is restricted or not.
    if (!session.restricted && conference !== null) return event;
    if (!occupied) return { ...event, classification: 'PRIVATE' };
    const { uid, sequence, stamp, created, lastModified, when, location } = event;
    return {
      uid,
      sequence,
      stamp,
      created,
      lastModified,
      when,
      summary: words.t('feeds.shared.occupied'),
      ...(location === undefined ? {} : { location }),
      organizer: this.organizer,
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      transparent: cancelled,
      classification: 'PRIVATE',
    };
  }

  /** In order of programme and session, so that the version depends on nothing else. */
  private async found(feed: Feed): Promise<Found[]> {
    const owners = await this.ownersOf(feed);
    const now = this.clock.now();
    const since = showsOccupied(feed) ? now.getTime() - KEPT_DAYS * DAY_MS : -Infinity;
    const found: Found[] = [];
    for (const { id, conference } of owners) {
      const programme = await this.programmes.ofOwner(id);
      if (!programme) continue;
      const text = conference ? null : await this.stays.beside(id);
      const all = [
        ...programme.sessions,
        ...programme.restricted,
        ...programme.withdrawn,
        ...programme.restrictedWithdrawn,
      ];
      const seen = new Set<string>();
      for (const session of all) {
        const cancelled = session.status === 'cancelled';
        if (seen.has(session.id) || !isIn(feed, session) || session.endsAt.getTime() < since) continue;
        seen.add(session.id);
        const { cancelledAt } = session.calendar;
        if (cancelled && !(cancelledAt && staysInFeed(cancelledAt, now))) continue;
        const stay = conference ? null : aroundOf(text, session.id);
        // Guests get what is shown to them; that a room is taken, everybody may know.
        if (feed.kind === 'visit' && !stay?.shownToGuests) continue;
        found.push({ programme, conference, stay, session, cancelled });
      }
    }
    return found;
  }

  /** Whose programmes may stand in it, conferences and visits, in one order. */
  private async ownersOf({
    kind,
    conferenceId,
    subjectId,
  }: Feed): Promise<{ id: string; conference: Conference | null }[]> {
    if (kind === 'visit') return [{ id: subjectId!, conference: null }];
    const conferences = this.db.repository(Conference);
    if (conferenceId !== null)
      return (await conferences.findBy({ id: conferenceId })).map((conference) => ({ id: conferenceId, conference }));
    const released = await this.db
      .repository(Programme)
      .find({ where: { currentRelease: Not(IsNull()) }, select: { id: true, ownerId: true, ownerKind: true } });
    const found = await conferences.find({ where: { id: In(released.map(({ ownerId }) => ownerId)) } });
    const visits = released.filter(({ ownerKind }) => ownerKind === 'visit');
    return [
      ...found.map((conference) => ({ id: conference.id, conference })),
      ...visits.map(({ ownerId }) => ({ id: ownerId, conference: null })),
    ].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

/** Calendars over several programmes are read by people who may not know what a closed session is about. */
function showsOccupied({ kind }: Feed): boolean {
  return kind === 'room' || kind === 'house';
}

function isIn({ kind, subjectId }: Feed, session: ReleasedSession): boolean {
  if (kind === 'room') return session.room?.id === subjectId;
  return kind === 'strand' ? session.strand?.id === subjectId : true;
}

/** The revision and everything else that an event is made of. */
function keyOf({ programme, conference, stay, session, cancelled }: Found): string {
  const { uid, sequence, stamp } = session.calendar;
  return [
    uid,
    session.revision,
    sequence,
    stamp.getTime(),
    cancelled,
    programme.namesEpoch,
    conference?.slug,
    conference?.public,
    session.restricted,
    stay && printOfAround(stay),
  ].join(' ');
}
