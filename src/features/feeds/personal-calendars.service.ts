import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Locale } from '../../kernel/locale.js';
import { CalendarValueError, nearestColor, RENDERER, renderEvent, type CalendarBlock, type CalendarEvent, type Organizer } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { Translator } from '../../platform/i18n/translator.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { Conference, Words } from '../conferences/index.js';
import { CalendarObjects, type CalendarStamp } from '../programme/index.js';
import { calendarFile, calendarUid, REFRESH_MINUTES, type CalendarFile, organizerOf } from './calendar-files.js';
import { CommitmentQueries, type Commitments, type SessionCommitment } from './commitments.queries.js';
import { conferenceEvent } from './conference-events.js';
import { ConferenceRevisions, type ConferenceRevision } from './conference-revisions.service.js';
import type { Feed, FeedKind } from './feed.entity.js';
import { KeptCalendars, type KeptCalendar } from './kept-calendars.js';
import { sessionEvent } from './session-events.js';
import { printOfAround, withAround } from './stay-events.js';

const ALARM_MINUTES = 15;
const HOUSE_COLOR = nearestColor('#17594f')!;

/** The calendar of one person, under the identities that mails about the same commitments carry (ruling 2). */
@Injectable()
export class PersonalCalendars {
  private readonly kept = new KeptCalendars();
  private readonly organizer: Organizer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly queries: CommitmentQueries,
    private readonly objects: CalendarObjects,
    private readonly revisions: ConferenceRevisions,
    composer: MessageComposer,
  ) {
    this.organizer = organizerOf(composer);
  }

  /** Rendered only when something that it says has changed since it was last read. */
  async of(feed: Feed & { personId: string }): Promise<KeptCalendar> {
    const found = cut(await this.queries.of(feed.personId), feed.kind);
    const stamps = await this.objects.personalFor(feed.personId, [
      ...found.conferences.map(({ id }) => ({ conferenceId: id })),
      ...found.sessions.map(({ session }) => ({ sessionId: session.id })),
    ]);
    const revisions = await this.revisions.ofAll(found.conferences);
    const version = versionOf(feed, found, stamps);
    return this.kept.of(feed.id, version, () => this.render(feed, found, stamps, revisions));
  }

  private render(feed: Feed, found: Commitments, stamps: ReadonlyMap<string, CalendarStamp>, revisions: ReadonlyMap<string, ConferenceRevision>): CalendarFile {
    const words: Words = { locale: feed.locale, t: (key, params) => this.translator.t(feed.locale, key, params) };
    const days = found.conferences.map((conference) => {
      const { uid, sequence, stamp, created } = stamps.get(conference.id)!;
      const edited = revisions.get(conference.id)!.stamp;
      const identity = { uid, sequence, created, stamp: edited > stamp ? edited : stamp };
      return renderEvent(conferenceEvent(conference, feed.locale, identity, this.page(feed.locale, conference), this.organizer), 'PUBLISH');
    });
    const sessions = found.sessions.map((commitment) => {
      const stamp = stamps.get(commitment.session.id)!;
      return isClosedTo(feed, commitment) ? this.taken(words, commitment, stamp) : this.session(words, commitment, stamp);
    });
    const head = {
      uid: calendarUid(`feed:${feed.id}`),
      name: feed.kind === 'person' ? words.t('feeds.mine') : sharedName(words, feed),
      description: words.t('feeds.mineAbout'),
      lastModified: new Date(Math.floor(feed.createdAt.getTime() / 1000) * 1000),
      url: `${this.config.publicUrl}/${feed.locale}/my`,
      source: `${this.config.publicUrl}/feed/`,
      refreshMinutes: REFRESH_MINUTES,
      color: HOUSE_COLOR,
    };
    return calendarFile(head, [...days, ...sessions], 'skaryna.ics', this.clock.now());
  }

  private session(words: Words, { session, programme, conference, stay, cancelled, roles }: SessionCommitment, stamp: CalendarStamp): CalendarBlock {
    const page = this.page(words.locale, conference);
    const url = conference?.public && !session.restricted ? `${page}/s/${session.code}` : page;
    const event = withAround(sessionEvent({ words, programme, url, organizer: this.organizer }, session, stamp, cancelled), stay);
    const part = roles.length > 0 ? words.t('feeds.yourPart', { roles: roles.map((role) => words.t(`role.${role}`)).join(', ') }) : '';
    const own: CalendarEvent = {
      ...event,
      description: [part, event.description ?? ''].filter(Boolean).join('\n\n'),
      ...(session.restricted || !conference ? { classification: 'PRIVATE' } : {}),
      ...(cancelled ? {} : { alarmMinutes: ALARM_MINUTES }),
    };
    return session.onlineUrl === null || cancelled ? renderEvent(own, 'PUBLISH') : this.joined(words, own, session.onlineUrl);
  }

  /** That the time is taken, and nothing more. */
  private taken(words: Words, { session, programme, cancelled }: SessionCommitment, stamp: CalendarStamp): CalendarBlock {
    const frame = { words, programme, url: `${this.config.publicUrl}/${words.locale}/`, organizer: this.organizer };
    const { uid, sequence, stamp: at, created, lastModified, when, organizer, status, transparent } = sessionEvent(frame, session, stamp, cancelled);
    const summary = words.t('feeds.shared.occupied');
    return renderEvent({ uid, sequence, stamp: at, created, lastModified, when, summary, organizer, status, transparent, classification: 'PRIVATE' }, 'PUBLISH');
  }

  /** With the way in (CP3); an address that no calendar takes stands in the words, and the session stays. */
  private joined(words: Words, event: CalendarEvent, url: string): CalendarBlock {
    const label = words.t('feeds.join');
    try {
      return renderEvent({ ...event, conferences: [{ url, label, features: ['AUDIO', 'VIDEO'] }] }, 'PUBLISH');
    } catch (error) {
      if (!(error instanceof CalendarValueError) || !error.field.startsWith('conferences.')) throw error;
      return renderEvent({ ...event, description: [`${label}: ${url}`, event.description ?? ''].filter(Boolean).join('\n\n') }, 'PUBLISH');
    }
  }

  /** A conference that is not public has no page of its own yet. */
  private page(locale: Locale, conference: Conference | undefined): string {
    return `${this.config.publicUrl}/${locale}/${conference?.public ? `c/${conference.slug}` : 'my'}`;
  }
}

/** Of an interpreter or a host only what they do in that role: it is staff who share it. */
function cut(found: Commitments, kind: FeedKind): Commitments {
  if (kind !== 'interpreter' && kind !== 'host') return found;
  const sessions = found.sessions.flatMap((one) => (one.roles.includes(kind) ? [{ ...one, roles: [kind] }] : []));
  return { conferences: [], sessions };
}

/** Staff who share the calendar of an interpreter or a host read it, too: of what is not theirs, closed sessions and visits are none of their business. */
function isClosedTo(feed: Feed, { session, programme, conference }: SessionCommitment): boolean {
  const own = programme.ownerId === (feed.conferenceId ?? feed.subjectId);
  return feed.kind !== 'person' && !own && (!conference || session.restricted);
}

function sharedName(words: Words, { kind, label }: Feed): string {
  return words.t(`feeds.shared.of.${kind}`, { label: label ?? '' });
}

/** Everything that the bytes depend on, in one short text. */
function versionOf(feed: Feed, { conferences, sessions }: Commitments, stamps: ReadonlyMap<string, CalendarStamp>): string {
  const stampOf = (id: string) => {
    const { uid, sequence, stamp } = stamps.get(id)!;
    return `${uid}.${sequence}.${stamp.getTime()}`;
  };
  const parts = [
    `${RENDERER} ${feed.locale}`,
    ...conferences.map((conference) => `${stampOf(conference.id)} ${conference.version} ${conference.venue?.version ?? 0}`),
    ...sessions.map(({ session, programme, conference, stay, cancelled, roles }) =>
      [stampOf(session.id), session.revision, programme.namesEpoch, conference?.slug ?? '', conference?.public ?? '', cancelled, roles.join('+'), stay && printOfAround(stay)].join(' '),
    ),
  ];
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}
