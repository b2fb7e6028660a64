import ICAL from 'ical.js';
import { KnownZones } from './known-zones.js';

/** One property as it stands in the file, values decoded by their type. */
export interface ReadProperty {
  readonly name: string;
  readonly parameters: Readonly<Record<string, string | readonly string[]>>;
  readonly values: readonly string[];
}

export interface ReadMailbox {
  /** Without its scheme. */
  readonly email: string;
  readonly name?: string;
  readonly role?: string;
  readonly partstat?: string;
  readonly rsvp?: boolean;
}

/** A time as the file says it; `instant` is absent for whole days and for zones that cannot be computed with. */
export interface ReadTime {
  readonly instant?: Date;
  readonly day?: string;
  readonly zone?: string;
  readonly floating: boolean;
}

export interface ReadEvent {
  readonly uid?: string;
  readonly sequence?: number;
  readonly stamp?: Date;
  readonly created?: Date;
  readonly lastModified?: Date;
  readonly start?: ReadTime;
  readonly end?: ReadTime;
  readonly summary?: string;
  readonly description?: string;
  readonly location?: string;
  readonly status?: string;
  readonly comment?: string;
  readonly categories: readonly string[];
  readonly organizer?: ReadMailbox;
  readonly attendees: readonly ReadMailbox[];
  readonly alarms: readonly (readonly ReadProperty[])[];
  readonly properties: readonly ReadProperty[];
}

export interface ReadCalendar {
  readonly method?: string;
  readonly properties: readonly ReadProperty[];
  readonly zones: readonly string[];
  readonly events: readonly ReadEvent[];
}

/** A file that is not iCalendar. */
export class CalendarReadError extends Error {
  override readonly name = 'CalendarReadError';
}

/**
 * Reads one VCALENDAR (RFC 5545); times by the file's own zones. A value that is not of its type spoils nothing else; a time
 * that is none is absent. Throws CalendarReadError.
 */
export function readCalendar(text: string): ReadCalendar {
  const jcal = parse(text);
  try {
    return contentsOf(new ICAL.Component(jcal));
  } catch (error) {
    // What the library meets only while it looks at components, such as a zone without a beginning.
    throw unreadable(error);
  }
}

function contentsOf(calendar: ICAL.Component): ReadCalendar {
  const zones = new KnownZones(calendar);
  return {
    method: one(calendar, 'method')?.toUpperCase(),
    properties: calendar.getAllProperties().map(readProperty),
    zones: calendar.getAllSubcomponents('vtimezone').map((zone) => one(zone, 'tzid') ?? ''),
    events: calendar.getAllSubcomponents('vevent').map((event) => readEvent(event, zones)),
  };
}

/** The same file as jCal (RFC 7265), for `application/calendar+json`. Throws CalendarReadError. */
export function toJcal(text: string): unknown[] {
  return parse(text);
}

export const JCAL_CONTENT_TYPE = 'application/calendar+json; charset=utf-8';

function parse(text: string): unknown[] {
  let jcal: unknown[];
  try {
    // ical.js fails on a byte order mark, which some senders write.
    jcal = ICAL.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw unreadable(error);
  }
  if (jcal[0] !== 'vcalendar') throw new CalendarReadError('not exactly one VCALENDAR');
  return jcal;
}

function unreadable(error: unknown): CalendarReadError {
  return new CalendarReadError(error instanceof Error ? error.message : String(error), { cause: error });
}

function readEvent(event: ICAL.Component, zones: KnownZones): ReadEvent {
  const time = (name: string): ReadTime | undefined => readTime(event, name, zones);
  const sequence = one(event, 'sequence');
  const organizer = event.getFirstProperty('organizer');
  return {
    uid: one(event, 'uid'),
    sequence: sequence === undefined ? undefined : Number(sequence),
    stamp: time('dtstamp')?.instant,
    created: time('created')?.instant,
    lastModified: time('last-modified')?.instant,
    start: time('dtstart'),
    end: time('dtend'),
    summary: one(event, 'summary'),
    description: one(event, 'description'),
    location: one(event, 'location'),
    status: one(event, 'status'),
    comment: one(event, 'comment'),
    categories: event.getAllProperties('categories').flatMap((property) => valuesOf(property).map(String)),
    organizer: organizer ? readMailbox(organizer) : undefined,
    attendees: event.getAllProperties('attendee').map(readMailbox),
    alarms: event.getAllSubcomponents('valarm').map((alarm) => alarm.getAllProperties().map(readProperty)),
    properties: event.getAllProperties().map(readProperty),
  };
}

function readTime(event: ICAL.Component, name: string, zones: KnownZones): ReadTime | undefined {
  const property = event.getFirstProperty(name);
  const time = property && valuesOf(property)[0];
  if (!property || !(time instanceof ICAL.Time) || !isReal(writtenIn(property)[0])) return undefined;
  if (time.isDate) return { day: time.toString(), floating: false };
  const floating = time.zone === ICAL.Timezone.localTimezone;
  return { instant: zones.instantOf(time), zone: parameter(property, 'tzid'), floating };
}

function readMailbox(property: ICAL.Property): ReadMailbox {
  const rsvp = parameter(property, 'rsvp');
  return {
    email: String(valuesOf(property)[0] ?? '').replace(/^mailto:/i, ''),
    name: parameter(property, 'cn'),
    role: parameter(property, 'role'),
    partstat: parameter(property, 'partstat'),
    rsvp: rsvp === undefined ? undefined : rsvp.toUpperCase() === 'TRUE',
  };
}

function readProperty(property: ICAL.Property): ReadProperty {
  const [, parameters] = property.toJSON() as [string, Record<string, string | string[]>];
  return { name: property.name.toUpperCase(), parameters, values: valuesOf(property).map(String) };
}

/** Decoded by their type, or, where they are not of it, as they stand. */
function valuesOf(property: ICAL.Property): { toString(): string }[] {
  try {
    return property.getValues() as { toString(): string }[];
  } catch {
    return writtenIn(property);
  }
}

/** The values as they stand, in the forms of jCal. */
function writtenIn(property: ICAL.Property): { toString(): string }[] {
  return (property.toJSON() as { toString(): string }[]).slice(3);
}

const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:T(\d\d):(\d\d):(\d\d)Z?)?$/;

/** The library moves the 30th of February, and 25 o'clock, into what comes after. */
function isReal(written: { toString(): string } | undefined): boolean {
  const [, day, hour = '0', minute = '0', second = '0'] = WRITTEN.exec(String(written)) ?? [];
  if (day === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return false;
  const midnight = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(midnight.getTime()) && midnight.toISOString().startsWith(day);
}

function parameter(property: ICAL.Property, name: string): string | undefined {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : undefined;
}

function one(component: ICAL.Component, name: string): string | undefined {
  const property = component.getFirstProperty(name);
  const value = property ? valuesOf(property)[0] : null;
  return value === undefined || value === null ? undefined : String(value);
}
