import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { Database } from '../../platform/database/database.js';
import { formatDate, formatTime } from '../../platform/i18n/formats.js';
import { Translator } from '../../platform/i18n/translator.js';
import { zoneLabel } from '../../platform/i18n/zones.js';
import { Conferences, titled, type Conference } from '../conferences/index.js';
import {
  Release,
  ReleaseSession,
  Session,
  SessionRevision,
  type SessionContent,
  type SessionKind,
} from '../programme/index.js';
import { ConferenceFacts } from '../registration/index.js';
import { Venues } from '../venues/index.js';

/** A session that somebody is asked to: as released, or, before that, as planned. */
export interface AskedSession {
  readonly id: string;
  readonly code: string;
  readonly kind: SessionKind;
  readonly title: Localized;
  /** Null in the tray. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly zone: string;
  readonly room: { readonly name: Localized; readonly venue: Localized } | null;
  readonly onlineUrl: string | null;
  readonly cancelled: boolean;
  /** Everybody may see its page. */
  readonly open: boolean;
  readonly released: boolean;
}

export interface Subject {
  readonly conference: Conference;
  readonly session: AskedSession | null;
}

/** What people are invited to, in words. */
@Injectable()
export class InvitationSubjects {
  constructor(
    private readonly db: Database,
    private readonly translator: Translator,
    private readonly conferences: Conferences,
    private readonly venues: Venues,
    private readonly facts: ConferenceFacts,
  ) {}

  async of({ conferenceId, sessionId }: { conferenceId: string; sessionId: string | null }): Promise<Subject> {
    const conference = await this.conferences.byId(conferenceId);
    if (!conference) throw new Error('an invitation belongs to a conference');
    const session = sessionId === null ? null : ((await this.sessions([sessionId])).get(sessionId) ?? null);
    return { conference, session };
  }

  /** The latest release of each session, its draft where there was none yet. A fixed number of statements. */
  async sessions(ids: readonly string[]): Promise<Map<string, AskedSession>> {
    if (ids.length === 0) return new Map();
    const drafts = await this.db
      .repository(Session)
      .find({ where: { id: In([...new Set(ids)]) }, relations: { programme: true } });
    const contents = await this.contents(drafts);
    const rooms = await this.venues.roomsByIds(drafts.flatMap(({ roomId }) => roomId ?? []));
    return new Map(
      drafts.map((draft) => {
        const content = contents.get(draft.id);
        if (content) return [draft.id, releasedSession(draft.id, content)];
        const room = draft.roomId === null ? undefined : rooms.get(draft.roomId);
        const { id, code, kind, title, startsAt, endsAt, onlineUrl } = draft;
        const place = room ? { name: room.name, venue: room.venue.name } : null;
        const planned = { id, code, kind, title, startsAt, endsAt, zone: draft.programme.zone, room: place, onlineUrl };
        return [id, { ...planned, cancelled: draft.status !== 'planned', open: false, released: false }];
      }),
    );
  }

  /** Sessions that the latest release no longer shows, as the one before it did: for saying that they are off. */
  async gone(ids: readonly string[]): Promise<Map<string, AskedSession>> {
    if (ids.length === 0) return new Map();
    const revisions = await this.db
      .repository(SessionRevision)
      .find({ where: { sessionId: In([...ids]) }, order: { revision: 'ASC' } });
    const last = new Map(revisions.map(({ sessionId, content }) => [sessionId, content]));
    return new Map(
      [...last].map(([id, content]) => [id, { ...releasedSession(id, content), cancelled: true, open: false }]),
    );
  }

  title({ conference, session }: Subject, locale: Locale): string {
    return session ? this.sessionTitle(session, locale) : pickText(conference.title, locale).text;
  }

  sessionTitle(session: Pick<AskedSession, 'title' | 'kind'>, locale: Locale): string {
    const t = (key: string, params: Record<string, unknown> = {}) => this.translator.t(locale, key, params);
    return pickText(titled({ locale, t }, session), locale).text;
  }

  /** '12 October 2027, 10:00–11:30 (Minsk time, UTC+3)', or nothing while there is no time. */
  when({ conference, session }: Subject, locale: Locale): string {
    if (!session) return `${this.facts.dates(conference, locale)} (${this.facts.zone(conference, locale)})`;
    if (!session.startsAt || !session.endsAt) return '';
    const { startsAt, endsAt, zone } = session;
    const times = `${formatTime(locale, startsAt, zone)}–${formatTime(locale, endsAt, zone)}`;
    return `${formatDate(locale, startsAt, zone)}, ${times} (${zoneLabel(locale, zone, startsAt)})`;
  }

  /** The room and its house; for a conference the venue with its address. Or nothing. */
  async where({ conference, session }: Subject, locale: Locale): Promise<string> {
    if (!session) return this.facts.place(conference, locale);
    if (!session.room) return '';
    return [session.room.name, session.room.venue]
      .map((text) => pickText(text, locale).text)
      .filter((part) => part !== '')
      .join(', ');
  }

  /** The public page of it. */
  path({ conference, session }: Subject, locale: Locale): string {
    const home = `/${locale}/c/${conference.slug}`;
    return session?.open ? `${home}/s/${session.code}` : home;
  }

  private async contents(sessions: readonly Session[]): Promise<Map<string, SessionContent>> {
    const programmes = sessions
      .map(({ programme }) => programme)
      .filter(({ currentRelease }) => currentRelease !== null);
    if (programmes.length === 0) return new Map();
    const current = programmes.map(({ id, currentRelease }) => ({ programmeId: id, number: currentRelease! }));
    const releases = await this.db.repository(Release).find({ where: current, select: { id: true } });
    const shown = await this.db.repository(ReleaseSession).findBy({
      releaseId: In(releases.map(({ id }) => id)),
      sessionId: In(sessions.map(({ id }) => id)),
    });
    if (shown.length === 0) return new Map();
    const revisions = await this.db
      .repository(SessionRevision)
      .find({ where: shown.map(({ sessionId, revision }) => ({ sessionId, revision })) });
    return new Map(revisions.map(({ sessionId, content }) => [sessionId, content]));
  }
}

/** A session as a release says it. */
export function releasedSession(id: string, content: SessionContent): AskedSession {
  const { code, kind, title, zone, room, onlineUrl, status, restricted } = content;
  return {
    id,
    code,
    kind,
    title,
    startsAt: new Date(content.startsAt),
    endsAt: new Date(content.endsAt),
    zone,
    room,
    onlineUrl,
    cancelled: status === 'cancelled',
    open: !restricted,
    released: true,
  };
}
