import { Injectable } from '@nestjs/common';
import { LessThan, MoreThan } from 'typeorm';
import type { Localized } from '../../kernel/locale.js';
import { dayAfter, localDay, toInstant } from '../../kernel/zones.js';
import { Database } from '../../platform/database/database.js';
import { Clock } from '../../platform/runtime/clock.js';
import { covers, scopesRead, type Viewer } from '../../platform/web/viewer.js';
import { Conferences, type Conference } from '../conferences/index.js';
import { ReleasedProgrammes, Session } from '../programme/index.js';
import { Venues, type Room } from '../venues/index.js';
import { Visit, Visits } from '../visits/index.js';
import { daysFrom, firstDayOf, type CalendarKind, type TimedEntry } from './building-calendar.rules.js';

/** The library stands in one zone, whatever the programmes in it say. */
export const HOUSE_ZONE = 'Europe/Minsk';

export interface CalendarAsked {
  /** A day in it; null: today. */
  readonly on: string | null;
  readonly span: 'day' | 'week' | null;
  readonly venue: string | null;
  readonly room: string | null;
  readonly kind: CalendarKind | null;
}

export interface CalendarEntry extends TimedEntry {
  readonly kind: CalendarKind;
  /** Null where the viewer may not know what it is. */
  readonly title: Localized | null;
  readonly sessionKind: Session['kind'] | null;
  readonly owner: { readonly title: Localized; readonly address: string } | null;
}

export interface BuildingCalendar {
  readonly days: readonly string[];
  readonly today: string;
  readonly entries: readonly CalendarEntry[];
  /** Those that were asked for, in the order of the house. */
  readonly rooms: readonly Room[];
  /** All of them, to choose from. */
  readonly allRooms: readonly Room[];
}

/**
 * Everything that takes place in the house, as it is planned now, over all programmes. A viewer sees what they may read:
 * drafts of conferences whose programme they read, what is published of others, and the visits that are there for them. Of
 * everything else only that the time is taken, not even by what.
 */
@Injectable()
export class BuildingCalendars {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly venues: Venues,
    private readonly conferences: Conferences,
    private readonly released: ReleasedProgrammes,
    private readonly visits: Visits,
  ) {}

  async of(viewer: Viewer, asked: CalendarAsked): Promise<BuildingCalendar> {
    const today = localDay(this.clock.now(), HOUSE_ZONE);
    const count = asked.span === 'day' ? 1 : 7;
    const days = daysFrom(firstDayOf(asked.on ?? today, count), count);
    const allRooms = await this.venues.rooms();
    const rooms = allRooms.filter(
      ({ id, venueId }) =>
        (asked.room === null || id === asked.room) && (asked.venue === null || venueId === asked.venue),
    );
    const entries = await this.entries(viewer, await this.planned(days));
    const narrowed = asked.room !== null || asked.venue !== null;
    const wanted = new Set(rooms.map(({ id }) => id));
    return {
      days,
      today,
      rooms,
      allRooms,
      entries: entries.filter(
        ({ roomId, kind }) =>
          (roomId === null ? !narrowed : wanted.has(roomId)) && (asked.kind === null || kind === asked.kind),
      ),
    };
  }

  private planned(days: readonly string[]): Promise<Session[]> {
    const at = (day: string) => toInstant(`${day}T00:00`, HOUSE_ZONE).instant;
    return this.db.repository(Session).find({
      select: {
        id: true,
        kind: true,
        title: true,
        startsAt: true,
        endsAt: true,
        roomId: true,
        restricted: true,
        programme: { id: true, ownerKind: true, ownerId: true },
      },
      relations: { programme: true },
      where: {
        status: 'planned',
        startsAt: LessThan(at(dayAfter(days.at(-1)!))),
        endsAt: MoreThan(at(days[0]!)),
      },
      order: { startsAt: 'ASC', id: 'ASC' },
    });
  }

  private async entries(viewer: Viewer, sessions: readonly Session[]): Promise<CalendarEntry[]> {
    const owners = (kind: string) => [
      ...new Set(sessions.flatMap(({ programme }) => (programme.ownerKind === kind ? [programme.ownerId] : []))),
    ];
    const conferences = await this.conferences.byIds(owners('conference'));
    const files = scopesRead(viewer, 'visit') ? await this.db.all(Visit, { id: owners('visit') }) : [];
    const visits = await this.visits.seenBy(viewer, files);
    const byId = new Map(visits.map((visit) => [visit.id, visit]));
    const published = await this.published(viewer, [...conferences.values()]);
    return sessions.map((session) => {
      const { ownerId, ownerKind } = session.programme;
      if (ownerKind === 'visit') return ofVisit(session, byId.get(ownerId));
      const conference = conferences.get(ownerId);
      if (!conference) return occupied(session);
      if (readsDraft(viewer, ownerId)) return ofConference(session, conference, session.title);
      const told = published.get(session.id);
      return told ? ofConference(session, conference, told) : occupied(session);
    });
  }

  /** Titles that the conferences, whose drafts the viewer does not read, have published, by session. */
  private async published(viewer: Viewer, conferences: readonly Conference[]): Promise<Map<string, Localized>> {
    const found = new Map<string, Localized>();
    for (const conference of conferences) {
      if (!conference.public || readsDraft(viewer, conference.id)) continue;
      const programme = await this.released.ofOwner(conference.id);
      for (const { id, title } of programme?.sessions ?? []) found.set(id, title);
    }
    return found;
  }
}

function readsDraft(viewer: Viewer, conferenceId: string): boolean {
  return covers(viewer.level('programme', conferenceId), 'read') && scopesRead(viewer, 'programme');
}

function placed({ id, startsAt, endsAt, roomId }: Session): TimedEntry {
  return { id, startsAt: startsAt!, endsAt: endsAt!, roomId };
}

function occupied(session: Session): CalendarEntry {
  return { ...placed(session), kind: 'occupied', title: null, sessionKind: null, owner: null };
}

function ofVisit(session: Session, visit: Visit | undefined): CalendarEntry {
  if (!visit) return occupied(session);
  return {
    ...placed(session),
    kind: 'visit',
    title: session.title,
    sessionKind: session.kind,
    owner: { title: visit.title, address: `/protocol/visits/${visit.ref}/programme` },
  };
}

function ofConference(session: Session, { title: name, slug }: Conference, title: Localized): CalendarEntry {
  return {
    ...placed(session),
    kind: session.kind === 'blocker' ? 'closed' : 'conference',
    title,
    sessionKind: session.kind,
    owner: { title: name, address: `/org/c/${slug}` },
  };
}
