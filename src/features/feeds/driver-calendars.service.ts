import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
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
import { Translator } from '../../platform/i18n/translator.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import { Clock } from '../../platform/runtime/clock.js';
import type { Words } from '../conferences/index.js';
import { personName } from '../people/index.js';
import { Delegations, instantsOf, Journeys, Visits, type Journey, type Visit } from '../visits/index.js';
import { calendarFile, calendarUid, REFRESH_MINUTES, type CalendarFile, organizerOf } from './calendar-files.js';
import type { Feed } from './feed.entity.js';
import { KeptCalendars, type KeptCalendar } from './kept-calendars.js';
import { visible } from './session-events.js';

const HOUSE_COLOR = nearestColor('#17594f')!;
/** How long somebody is met at an airport or a station, in minutes. */
const MEETING_MINUTES = 30;

interface Drive {
  readonly leg: Journey;
  /** Whom to look for: the sign, else the first of the passengers. */
  readonly pickUp: string;
}

/**
 * The calendar of one driver: the journeys of one visit that their car serves. It says when, where, whom to look for, how many
 * and with how much luggage; nothing of the visit itself, and nobody else's name.
 */
@Injectable()
export class DriverCalendars {
  private readonly kept = new KeptCalendars();
  private readonly organizer: Organizer;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly translator: Translator,
    private readonly clock: Clock,
    private readonly visits: Visits,
    private readonly journeys: Journeys,
    private readonly delegations: Delegations,
    composer: MessageComposer,
  ) {
    this.organizer = organizerOf(composer);
  }

  async of(feed: Feed): Promise<KeptCalendar> {
    const visit = await this.visits.byId(feed.subjectId!);
    const drives = await this.drives(feed, visit);
    const print = drives.map(({ leg, pickUp }) =>
      [leg.id, leg.sequence, leg.revisedAt.getTime(), leg.memberIds.length, pickUp].join(' '),
    );
    const version = createHash('sha256')
      .update([RENDERER, feed.locale, feed.label, visit.zone, ...print].join('\n'))
      .digest('base64url');
    return this.kept.of(feed.id, version, () => this.render(feed, visit, drives));
  }

  private async drives({ partId }: Feed, visit: Visit): Promise<Drive[]> {
    const now = this.clock.now();
    const delegation = await this.delegations.of(visit.id);
    const own = (await this.journeys.of(visit)).filter(
      ({ carId, status, revisedAt }) => carId === partId && (status !== 'cancelled' || staysInFeed(revisedAt, now)),
    );
    return own.map((leg) => {
      const first = delegation.find(({ member }) => leg.memberIds.includes(member.id));
      return { leg, pickUp: leg.signText ?? (first ? personName(first.person) : '') };
    });
  }

  private render(feed: Feed, visit: Visit, drives: readonly Drive[]): CalendarFile {
    const { locale, label } = feed;
    const words: Words = { locale, t: (key, params) => this.translator.t(locale, key, params) };
    const head = {
      uid: calendarUid(`feed:${feed.id}`),
      name: words.t('feeds.shared.of.driver', { label: label ?? '' }),
      description: words.t('feeds.shared.about'),
      lastModified: wholeSecond(feed.createdAt),
      url: `${this.config.publicUrl}/${locale}/`,
      source: `${this.config.publicUrl}/feed/`,
      refreshMinutes: REFRESH_MINUTES,
      color: HOUSE_COLOR,
    };
    const blocks = drives.map((drive) => renderEvent(this.event(words, visit, drive), 'PUBLISH'));
    return calendarFile(head, blocks, 'skaryna.ics', this.clock.now());
  }

  private event(words: Words, visit: Visit, { leg, pickUp }: Drive): CalendarEvent {
    const { fromPlace, toPlace, terminal, carrier, number, luggage, greeter, memberIds, direction } = leg;
    const meets = direction === 'arrival' && leg.mode !== 'car';
    const cancelled = leg.status === 'cancelled';
    const stamp = wholeSecond(leg.revisedAt);
    const said = [
      pickUp === '' ? '' : words.t('feeds.driver.pickUp', { name: pickUp }),
      words.t('feeds.driver.people', { count: memberIds.length }),
      luggage === null ? '' : words.t('feeds.driver.luggage', { count: luggage }),
      [carrier, number].filter(Boolean).join(' '),
      greeter ? words.t('feeds.driver.greeter', { name: greeter }) : '',
    ];
    return {
      uid: calendarUid(`leg:${leg.id}`),
      sequence: leg.sequence,
      stamp,
      created: wholeSecond(leg.createdAt),
      lastModified: stamp,
      when: { ...timesOf(leg, meets), zone: visit.zone },
      summary: words.t(meets ? 'feeds.driver.meet' : 'feeds.driver.drive', { from: fromPlace, to: toPlace }),
      location: [meets ? toPlace : fromPlace, terminal ?? ''].filter(visible).join(', '),
      description: said.filter(visible).join('\n'),
      url: `${this.config.publicUrl}/${words.locale}/`,
      organizer: this.organizer,
      status: cancelled ? 'CANCELLED' : 'CONFIRMED',
      transparent: cancelled,
      classification: 'PRIVATE',
    };
  }
}

/** Guests who arrive are met where they arrive; else the car leaves with them, or for their flight. */
function timesOf(leg: Journey, meets: boolean): { start: Date; end: Date } {
  const { departs, arrives } = instantsOf(leg);
  if (leg.mode === 'car') return { start: departs, end: arrives };
  const start = meets ? arrives : departs;
  return { start, end: new Date(start.getTime() + MEETING_MINUTES * 60_000) };
}

function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}
