import { localDay, offsetLabel, offsetSeconds, toLocal } from '../../kernel/zones.js';
import {
  BUSY_STATUSES,
  CLASSIFICATIONS,
  FEATURES,
  IMAGE_TYPES,
  ROLES,
  type AllDay,
  type BusyStatus,
  type CalendarEvent,
  type ConferenceLink,
  type Timed,
} from './calendar-model.js';
import { COLORS, type ColorName } from './colors.js';
import { methodProblems, PARTSTATS, STATUSES, type Method } from './itip.rules.js';
import {
  CalendarValueError,
  day,
  escapeText,
  geo,
  instant,
  integer,
  mailbox,
  oneLine,
  oneOf,
  parameter,
  required,
  text,
  unlessBlank,
  uri,
  uuid,
  zone,
} from './values.js';

const DAY = 86_400_000;
const LARGEST_INTEGER = 2 ** 31 - 1; // RFC 5545 section 3.3.8
const FOUR_WEEKS = 40_320;

/** When an event is, in milliseconds; `zone` absent: whole days in UTC. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly zone?: string;
}

/** An event whose every value may go to the library or into a line as it is. */
export interface CheckedEvent extends CalendarEvent {
  readonly span: Span;
  readonly description: string;
  readonly location: string;
  readonly categories: readonly string[];
  readonly busyStatus: BusyStatus;
  /** Lines that the library cannot write, or writes wrongly. */
  readonly ownLines: readonly string[];
}

/** Checks and cleans an event for a method, before a byte is written. Throws CalendarValueError. */
export function checkEvent(event: CalendarEvent, method: Method | undefined): CheckedEvent {
  const { organizer, attendee } = event;
  const problem = methodProblems(method, { ...event, hasAlarm: event.alarmMinutes !== undefined })[0];
  if (problem) throw new CalendarValueError(problem.field, problem.problem);
  const links = (event.conferences ?? []).map(checkLink);
  const status = oneOf('status', event.status, STATUSES);
  const usual = event.transparent ? 'FREE' : status === 'TENTATIVE' ? 'TENTATIVE' : 'BUSY';
  return {
    ...event,
    span: 'zone' in event.when ? timed(event.when) : wholeDays(event.when),
    uid: uuid('uid', event.uid),
    sequence: integer('sequence', event.sequence, 0, LARGEST_INTEGER),
    stamp: instant('stamp', event.stamp),
    created: instant('created', event.created),
    lastModified: instant('lastModified', event.lastModified),
    summary: required('summary', event.summary),
    description: [...links.map(({ label, url }) => `${label}: ${url}`), unlessBlank(text(event.description ?? ''))]
      .filter(Boolean)
      .join('\n'),
    location: unlessBlank(oneLine(event.location ?? '')),
    categories: (event.categories ?? []).map((category, i) => required(`categories.${i}`, category)),
    status,
    busyStatus: oneOf('busyStatus', event.busyStatus ?? usual, BUSY_STATUSES),
    classification: oneOf('classification', event.classification ?? 'PUBLIC', CLASSIFICATIONS),
    organizer: organizer && {
      name: required('organizer.name', organizer.name),
      email: mailbox('organizer.email', organizer.email),
    },
    attendee: attendee && {
      name: required('attendee.name', attendee.name),
      email: mailbox('attendee.email', attendee.email),
      role: oneOf('attendee.role', attendee.role, ROLES),
      partstat: oneOf('attendee.partstat', attendee.partstat, PARTSTATS),
      rsvp: attendee.rsvp,
    },
    alarmMinutes:
      event.alarmMinutes === undefined ? undefined : integer('alarmMinutes', event.alarmMinutes, 1, FOUR_WEEKS),
    ownLines: ownLines(event, links),
  };
}

export function colorName(field: string, value: ColorName): ColorName {
  if (!Object.hasOwn(COLORS, value)) throw new CalendarValueError(field, 'not a CSS colour name');
  return value;
}

/** The clock of the zone beside times in UTC: `2027-03-01 10:00–11:00 Africa/Casablanca (UTC+1)`. */
export function localTimeLine(start: number, end: number, name: string): string {
  const [from, to] = [new Date(start), new Date(end)];
  const last = toLocal(to, name).replace('T', ' ');
  const until = localDay(from, name) === localDay(to, name) ? last.slice(11) : last;
  return `${toLocal(from, name).replace('T', ' ')}–${until} ${name} (${offsetLabel(offsetSeconds(name, start))})`;
}

function ownLines(event: CalendarEvent, links: readonly ConferenceLink[]): string[] {
  const { geo: place, url, color, image } = event;
  const lines: string[] = [];
  if (place) lines.push(`GEO:${geo('geo', place.latitude, place.longitude)}`);
  if (url !== undefined) lines.push(`URL:${uri('url', url)}`);
  if (color !== undefined) lines.push(`COLOR:${colorName('color', color)}`);
  if (image) {
    const type = oneOf('image.type', image.type, IMAGE_TYPES);
    lines.push(`IMAGE;VALUE=URI;DISPLAY=BADGE;FMTTYPE=${type}:${uri('image.url', image.url)}`);
  }
  for (const { url: join, label, features } of links) {
    const feature = features.length > 0 ? `;FEATURE=${features.join(',')}` : '';
    lines.push(`CONFERENCE;VALUE=URI${feature};LABEL=${parameter(label)}:${join}`);
  }
  if (event.disallowCounter) lines.push('X-MICROSOFT-DISALLOW-COUNTER:TRUE');
  return lines;
}

function checkLink(link: ConferenceLink, i: number): ConferenceLink {
  return {
    url: uri(`conferences.${i}.url`, link.url, ['https', 'tel']),
    label: required(`conferences.${i}.label`, link.label),
    features: link.features.map((feature) => oneOf(`conferences.${i}.features`, feature, FEATURES)),
  };
}

function timed(when: Timed): Span {
  const name = zone('when.zone', when.zone);
  const start = instant('when.start', when.start).getTime();
  const end = instant('when.end', when.end).getTime();
  if (end <= start) throw new CalendarValueError('when.end', 'not after the start');
  for (const [field, ms] of [
    ['when.start', start],
    ['when.end', end],
  ] as const) {
    const year = new Date(ms + offsetSeconds(name, ms) * 1000).getUTCFullYear();
    if (year < 1970 || year > 9999) throw new CalendarValueError(field, 'local year not in 1970 to 9999');
  }
  return { start, end, zone: name };
}

function wholeDays(when: AllDay): Span {
  const start = day('when.firstDay', when.firstDay);
  const last = day('when.lastDay', when.lastDay);
  if (last < start) throw new CalendarValueError('when.lastDay', 'before the first day');
  if (when.lastDay === '9999-12-31') throw new CalendarValueError('when.lastDay', 'no day after it');
  return { start, end: last + DAY };
}

/** CATEGORIES and other lists: each item escaped, bare commas between. */
export function textList(items: readonly string[]): string {
  return items.map(escapeText).join(',');
}
