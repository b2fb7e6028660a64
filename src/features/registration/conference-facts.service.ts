import { Inject, Injectable } from '@nestjs/common';
import { pickText, type Locale } from '../../kernel/locale.js';
import { toInstant } from '../../kernel/zones.js';
import { writeCalendar } from '../../platform/calendar/index.js';
import type { Config } from '../../platform/config/config.js';
import { CONFIG } from '../../platform/config/config.module.js';
import { formatDateRange } from '../../platform/i18n/formats.js';
import { zoneLabel } from '../../platform/i18n/zones.js';
import { MessageComposer } from '../../platform/mail/mail-composer.js';
import type { Conference } from '../conferences/index.js';
import { CalendarObjects } from '../programme/index.js';
import { Venues } from '../venues/index.js';

/** When and where a conference is, in words and as a calendar file. */
@Injectable()
export class ConferenceFacts {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly venues: Venues,
    private readonly objects: CalendarObjects,
    private readonly composer: MessageComposer,
  ) {}

  /** '12–14 October 2027'. */
  dates({ startsOn, endsOn }: Conference, locale: Locale): string {
    return formatDateRange(locale, noon(startsOn), noon(endsOn), 'UTC');
  }

  /** 'Minsk time, UTC+3'. */
  zone({ startsOn, zone }: Conference, locale: Locale): string {
    return zoneLabel(locale, zone, toInstant(`${startsOn}T12:00`, zone).instant);
  }

  /** Name and address of the venue, or nothing. */
  async place({ venueId }: Conference, locale: Locale): Promise<string> {
    const venue = venueId === null ? null : await this.venues.byId(venueId);
    if (!venue) return '';
    const address = pickText(venue.address, locale).text;
    return [pickText(venue.name, locale).text, address].filter((part) => part !== '').join(', ').replace(/\n+/g, ', ');
  }

  /** The days of the conference as one person's calendar entry: all day, not busy, the same UID at every asking. */
  async calendarFile(personId: string, conference: Conference, locale: Locale): Promise<string> {
    const stamp = (await this.objects.personalFor(personId, [{ conferenceId: conference.id }])).get(conference.id)!;
    const place = await this.place(conference, locale);
    const tagline = pickText(conference.tagline, locale).text;
    return writeCalendar('PUBLISH', [
      {
        uid: stamp.uid,
        sequence: stamp.sequence,
        stamp: stamp.stamp,
        created: stamp.created,
        lastModified: stamp.stamp,
        when: { firstDay: conference.startsOn, lastDay: conference.endsOn },
        summary: pickText(conference.title, locale).text,
        ...(tagline === '' ? {} : { description: tagline }),
        ...(place === '' ? {} : { location: place }),
        url: `${this.config.publicUrl}/${locale}/c/${conference.slug}`,
        organizer: { name: this.composer.from.name, email: this.composer.from.address },
        status: 'CONFIRMED',
        transparent: true,
      },
    ]);
  }
}

/** A day without a zone, as an instant that every formatter in UTC shows as that day. */
function noon(day: string): Date {
  return new Date(`${day}T12:00:00.000Z`);
}
