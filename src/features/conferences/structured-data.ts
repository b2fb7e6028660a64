import { pickText, type Locale, type Localized } from '../../kernel/locale.js';
import { offsetSeconds, toLocal } from '../../kernel/zones.js';
import type { ReleasedPerson, ReleasedProgramme, ReleasedSession } from '../programme/index.js';
import { plainTitle, titled, type Words } from './programme-words.js';
import type { ShownConference } from './public-conferences.queries.js';

export const JSON_LD_TYPE = 'application/ld+json; charset=utf-8';

interface From {
  readonly words: Words;
  readonly publicUrl: string;
  readonly conference: ShownConference;
}

/** The conference as search engines read it (schema.org Event). */
export function conferenceData({ words, publicUrl, conference }: From): object {
  const { title, tagline, startsOn, endsOn, venue, host } = conference;
  const text = (given: Localized) => pickText(given, words.locale).text;
  return {
    '@context': 'https://schema.org',
    '@type': 'Event',
    '@id': idOf(publicUrl, conference),
    name: text(title),
    ...(text(tagline) ? { description: text(tagline) } : {}),
    startDate: startsOn,
    endDate: endsOn,
    eventStatus: 'https://schema.org/EventScheduled',
    url: pageOf(publicUrl, words.locale, conference),
    ...(venue ? { location: placeOf(text(venue.name), text(venue.address)) } : {}),
    organizer: { '@type': 'Organization', name: text(host) || words.t('layout.library') },
  };
}

/** The conference with every session of the latest release below it. */
export function programmeData(from: From, programme: ReleasedProgramme): object {
  const sessions = programme.sessions.map((session) => eventOf(from, session));
  return { ...conferenceData(from), ...(sessions.length > 0 ? { subEvent: sessions } : {}) };
}

/** One session, with the conference that it belongs to. */
export function sessionData(from: From, session: ReleasedSession): object {
  const { words, publicUrl, conference } = from;
  const { startsOn, endsOn } = conference;
  return {
    '@context': 'https://schema.org',
    ...eventOf(from, session),
    superEvent: {
      '@type': 'Event',
      '@id': idOf(publicUrl, conference),
      name: pickText(conference.title, words.locale).text,
      startDate: startsOn,
      endDate: endsOn,
      url: pageOf(publicUrl, words.locale, conference),
      ...(conference.venue ? { location: locationOf(from, null) } : {}),
    },
  };
}

function eventOf(from: From, session: ReleasedSession): object {
  const { words, publicUrl, conference } = from;
  const text = (given: Localized) => pickText(given, words.locale).text;
  const page = `${pageOf(publicUrl, words.locale, conference)}/s/${session.code}`;
  const performers = performersOf(session);
  const online = session.onlineUrl !== null;
  return {
    '@type': 'Event',
    '@id': `${idOf(publicUrl, conference)}/s/${session.code}`,
    name: plainTitle(words, titled(words, session)),
    ...(text(session.abstract) ? { description: text(session.abstract) } : {}),
    startDate: withOffset(session.startsAt, session.zone),
    endDate: withOffset(session.endsAt, session.zone),
    eventStatus: `https://schema.org/${session.status === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    ...(session.languages.length > 0 ? { inLanguage: session.languages } : {}),
    // The address to join stands in mails and personal calendars only.
    location: online && !session.room ? { '@type': 'VirtualLocation', url: page } : locationOf(from, session.room),
    ...(performers.length > 0 ? { performer: performers } : {}),
    url: page,
  };
}

function locationOf({ words, conference }: From, room: ReleasedSession['room']): object {
  const text = (given: Localized | undefined) => pickText(given, words.locale).text;
  const venue = text(room?.venue ?? conference.venue?.name);
  const name = [room ? text(room.name) : '', venue].filter(Boolean).join(', ');
  return placeOf(name || words.t('layout.library'), text(conference.venue?.address));
}

function placeOf(name: string, address: string): object {
  return { '@type': 'Place', name, address: address || name };
}

/** Who speaks, leads and sits at the table, each once; not who works behind the scenes, and no name that was erased. */
function performersOf(session: ReleasedSession): object[] {
  const people: readonly ReleasedPerson[] = [...session.people, ...session.talks.flatMap((talk) => talk.people)];
  const shown = people.filter(({ role, name }) => name !== null && role !== 'interpreter' && role !== 'host');
  return [...new Map(shown.map((person) => [person.personId, person])).values()].map(({ name, affiliation }) => ({
    '@type': 'Person',
    name,
    ...(affiliation ? { affiliation: { '@type': 'Organization', name: affiliation } } : {}),
  }));
}

/** The same in every language. */
function idOf(publicUrl: string, { slug }: ShownConference): string {
  return `${publicUrl}/c/${slug}`;
}

function pageOf(publicUrl: string, locale: Locale, { slug }: ShownConference): string {
  return `${publicUrl}/${locale}/c/${slug}`;
}

/** `2027-05-12T10:00:00+03:00` */
function withOffset(instant: Date, zone: string): string {
  const minutes = Math.round(offsetSeconds(zone, instant.getTime()) / 60);
  const two = (value: number) => String(value).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${toLocal(instant, zone)}:00${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
