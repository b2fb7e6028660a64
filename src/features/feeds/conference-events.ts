import { pickText, type Locale } from '../../kernel/locale.js';
import type { CalendarEvent, Organizer } from '../../platform/calendar/index.js';
import type { Conference } from '../conferences/index.js';

export interface EventIdentity {
  readonly uid: string;
  readonly sequence: number;
  readonly stamp: Date;
  readonly created: Date;
}

/** The days of a conference: all day, the same dates in every zone, nobody busy. The venue must be loaded with it. */
export function conferenceEvent(conference: Conference, locale: Locale, { uid, sequence, stamp, created }: EventIdentity, url: string, organizer: Organizer): CalendarEvent {
  const { venue } = conference;
  const tagline = pickText(conference.tagline, locale).text;
  const place = venue ? [venue.name, venue.address].map((text) => pickText(text, locale).text).filter(Boolean).join(', ') : '';
  return {
    uid,
    sequence,
    stamp,
    created,
    lastModified: stamp,
    when: { firstDay: conference.startsOn, lastDay: conference.endsOn },
    summary: pickText(conference.title, locale).text,
    ...(tagline === '' ? {} : { description: tagline }),
    ...(place === '' ? {} : { location: place }),
    ...(venue?.geo ? { geo: { latitude: venue.geo.lat, longitude: venue.geo.lon } } : {}),
    url,
    organizer,
    status: 'CONFIRMED',
    transparent: true,
  };
}
