import {
  durationText,
  isWebAddress,
  MAX_XML_MINUTES,
  startText,
  type Schedule,
  type ScheduleDay,
  type ScheduleEvent,
  type ScheduleLink,
} from './schedule.rules.js';

/** https://www.iana.org/assignments/media-types/application/vnd.c3voc.schedule+xml */
export const SCHEDULE_XML_TYPE = 'application/vnd.c3voc.schedule+xml; charset=utf-8';

/**
 * Writes schedule.xml, valid against the schema of c3voc. What XML 1.0 cannot hold (control characters, halves of surrogate
 * pairs) is left out; a duration over 99:59 is cut to it, because the schema knows no longer one.
 */
export function writeScheduleXml(schedule: Schedule): string {
  const { generator, conference } = schedule;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n<schedule>',
    generator ? empty('generator', { name: generator.name, version: generator.version }) : '',
    webAddress('url', schedule.url),
    element('version', schedule.version),
    '<conference>',
    element('acronym', conference.acronym),
    element('title', conference.title),
    optional('start', conference.start),
    optional('end', conference.end),
    element('days', String(schedule.days.length)),
    element('timeslot_duration', conference.timeslot),
    webAddress('base_url', conference.baseUrl),
    webAddress('url', conference.url),
    optional('time_zone_name', conference.zone),
    ...conference.tracks.map(({ name, slug, color }) => empty('track', { name, color, slug: xmlSlug(slug) })),
    '</conference>\n',
    ...schedule.days.map(dayXml),
    '</schedule>\n',
  ].join('');
}

function dayXml({ index, date, start, end, rooms }: ScheduleDay): string {
  const inside = rooms.map(
    ({ name, guid, events }) =>
      `${open('room', { name, guid })}\n${events.map((event) => eventXml(event, name)).join('')}</room>\n`,
  );
  return `${open('day', { index: String(index), date, start, end })}\n${inside.join('')}</day>\n`;
}

function eventXml(event: ScheduleEvent, room: string): string {
  const { id, guid, code, recording } = event;
  return [
    open('event', { id: String(id), guid, code: code !== null && /^[0-9A-Z]{6}$/.test(code) ? code : null }),
    element('room', room),
    element('title', event.title),
    element('subtitle', event.subtitle),
    element('type', event.type),
    element('date', event.date),
    element('start', startText(event)),
    element('duration', durationText(Math.min(event.minutes, MAX_XML_MINUTES))),
    element('abstract', event.abstract),
    element('slug', event.slug),
    element('track', event.track),
    event.logo === null || !isWebAddress(event.logo) ? '' : element('logo', event.logo),
    '<persons>',
    ...event.persons.map(({ id: number, guid: key, name }) => {
      const attributes = { id: number === null ? null : String(number), guid: key };
      return `${open('person', attributes)}${text(name)}</person>`;
    }),
    '</persons>',
    element('language', event.language),
    element('description', event.description),
    recording
      ? `<recording>${element('license', recording.license)}${element('optout', String(recording.optout))}</recording>`
      : '',
    linksOf('links', 'link', event.links),
    linksOf('attachments', 'attachment', event.attachments),
    webAddress('video_download_url', event.videoUrl),
    webAddress('url', event.url),
    webAddress('feedback_url', event.feedbackUrl),
    webAddress('origin_url', event.originUrl),
    '</event>\n',
  ].join('');
}

function linksOf(list: string, item: string, links: readonly ScheduleLink[]): string {
  const items = links.map(({ url, type, title }) => `${open(item, { href: url, type })}${text(title)}</${item}>`);
  return `<${list}>${items.join('')}</${list}>`;
}

type Attributes = Readonly<Record<string, string | null>>;

function open(name: string, attributes: Attributes): string {
  return `<${name}${attributesOf(attributes)}>`;
}

function empty(name: string, attributes: Attributes): string {
  return `<${name}${attributesOf(attributes)}/>`;
}

function attributesOf(attributes: Attributes): string {
  return Object.entries(attributes)
    .map(([name, value]) => (value === null ? '' : ` ${name}="${attribute(value)}"`))
    .join('');
}

function element(name: string, value: string): string {
  return `<${name}>${text(value)}</${name}>`;
}

function optional(name: string, value: string | null): string {
  return value === null ? '' : element(name, value);
}

function webAddress(name: string, value: string | null): string {
  return isWebAddress(value) ? element(name, value) : '';
}

/** The schema's slug of a track begins with a letter and has two characters at least. */
function xmlSlug(slug: string | null): string | null {
  return slug !== null && /^[a-z][a-z0-9-]+$/.test(slug) ? slug : null;
}

/** Whatever XML 1.0 (section 2.2) does not take. */
const NOT_XML = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;
const MARKUP = /[&<>\r]/g;
const MARKUP_OR_SPACE = /[&<>"\r\n\t]/g;
const NAMED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (char: string): string => NAMED[char] ?? `&#${char.charCodeAt(0)};`;

function text(value: string): string {
  return value.replace(NOT_XML, '').replace(MARKUP, escaped);
}

/** A reader would make a plain space of line breaks and tabs in attributes. */
function attribute(value: string): string {
  return value.replace(NOT_XML, '').replace(MARKUP_OR_SPACE, escaped);
}
