import {
  durationText,
  isWebAddress,
  startText,
  type Schedule,
  type ScheduleEvent,
  type ScheduleLink,
} from './schedule.rules.js';

/** Kinds of links that the schema of schedule.json knows. */
const LINK_TYPES = new Set(['slides', 'paper', 'web', 'blog', 'article', 'media', 'related', 'activitypub']);

/** The object of schedule.json, valid against the schema of c3voc, version 1. */
export function scheduleJson(schedule: Schedule): object {
  const { generator, conference, days } = schedule;
  const rooms = new Map(
    days.flatMap((day) => day.rooms.flatMap(({ name, guid }) => (guid === null ? [] : [[name, { name, guid }]]))),
  );
  return {
    $schema: 'https://c3voc.de/schedule/schema.json',
    ...(generator ? { generator } : {}),
    schedule: {
      version: schedule.version,
      ...address('base_url', conference.baseUrl),
      ...address('url', schedule.url),
      conference: {
        acronym: conference.acronym,
        title: conference.title,
        // The schema asks for both.
        start: conference.start ?? days[0]?.date ?? '',
        end: conference.end ?? days.at(-1)?.date ?? '',
        daysCount: days.length,
        timeslot_duration: conference.timeslot,
        ...(conference.zone !== null && /^([A-Z][a-z]+\/[A-Z][a-z]+)|^UTC$/.test(conference.zone)
          ? { time_zone_name: conference.zone }
          : {}),
        ...address('url', conference.url),
        tracks: conference.tracks.map(({ name, slug, color }) => ({
          name,
          ...(slug !== null && /^[a-z0-9_-]+[a-z0-9]$/.test(slug) ? { slug } : {}),
          ...(color === null ? {} : { color }),
        })),
        rooms: [...rooms.values()],
        days: days.map((day) => ({
          index: day.index,
          date: day.date,
          day_start: day.start,
          day_end: day.end,
          rooms: Object.fromEntries(
            day.rooms.map(({ name, events }) => [name, events.map((event) => eventJson(event, name))]),
          ),
        })),
      },
    },
  };
}

function eventJson(event: ScheduleEvent, room: string): object {
  const { recording } = event;
  return {
    id: event.id,
    guid: event.guid,
    ...(event.code !== null && /^[A-Z0-9]+$/.test(event.code) ? { code: event.code } : {}),
    logo: event.logo,
    date: event.date,
    start: startText(event),
    duration: durationText(event.minutes),
    room,
    slug: event.slug,
    url: event.url ?? '',
    title: event.title,
    subtitle: event.subtitle,
    track: event.track,
    type: event.type,
    language: event.language,
    abstract: event.abstract,
    description: event.description,
    ...(recording ? { recording_license: recording.license, do_not_record: recording.optout } : {}),
    persons: event.persons.map(({ id, guid, name }) => ({
      ...(id === null ? {} : { id }),
      ...(guid === null ? {} : { guid }),
      name,
    })),
    links: linksJson(event.links),
    attachments: linksJson(event.attachments),
    ...address('feedback_url', event.feedbackUrl),
    ...address('origin_url', event.originUrl),
  };
}

function linksJson(links: readonly ScheduleLink[]): object[] {
  return links.length === 0 ? [] : links.flatMap(linkJson);
}

function linkJson({ title, url, type }: ScheduleLink): object[] {
  if (!isWebAddress(url)) return [];
  return [{ ...(type !== null && LINK_TYPES.has(type) ? { type } : {}), url, title }];
}

function address(name: string, value: string | null): object {
  return isWebAddress(value) ? { [name]: value } : {};
}
