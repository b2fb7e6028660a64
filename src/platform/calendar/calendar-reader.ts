import ICAL from 'ical.js';

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

/** A time as the file says it; `instant` is absent for whole days and for zones that the file does not declare. */
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

/** Reads one VCALENDAR (RFC 5545); times by the file's own zones. Throws CalendarReadError. */
export function readCalendar(text: string): ReadCalendar {
  const calendar = new ICAL.Component(parse(text));
  return {
    method: one(calendar, 'method')?.toUpperCase(),
    properties: calendar.getAllProperties().map(readProperty),
    zones: calendar.getAllSubcomponents('vtimezone').map((zone) => one(zone, 'tzid') ?? ''),
    events: calendar.getAllSubcomponents('vevent').map(readEvent),
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
    throw new CalendarReadError(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (jcal[0] !== 'vcalendar') throw new CalendarReadError('not exactly one VCALENDAR');
  return jcal;
}

function readEvent(event: ICAL.Component): ReadEvent {
  const sequence = one(event, 'sequence');
  const organizer = event.getFirstProperty('organizer');
  return {
    uid: one(event, 'uid'),
    sequence: sequence === undefined ? undefined : Number(sequence),
    stamp: readTime(event, 'dtstamp')?.instant,
    created: readTime(event, 'created')?.instant,
    lastModified: readTime(event, 'last-modified')?.instant,
    start: readTime(event, 'dtstart'),
    end: readTime(event, 'dtend'),
    summary: one(event, 'summary'),
    description: one(event, 'description'),
    location: one(event, 'location'),
    status: one(event, 'status'),
    comment: one(event, 'comment'),
    categories: event.getAllProperties('categories').flatMap((property) => property.getValues().map(String)),
    organizer: organizer ? readMailbox(organizer) : undefined,
    attendees: event.getAllProperties('attendee').map(readMailbox),
    alarms: event.getAllSubcomponents('valarm').map((alarm) => alarm.getAllProperties().map(readProperty)),
    properties: event.getAllProperties().map(readProperty),
  };
}

function readTime(event: ICAL.Component, name: string): ReadTime | undefined {
  const property = event.getFirstProperty(name);
  const time = property?.getFirstValue();
  if (!property || !(time instanceof ICAL.Time)) return undefined;
  const zone = parameter(property, 'tzid');
  if (time.isDate) return { day: time.toString(), floating: false };
  const floating = time.zone === ICAL.Timezone.localTimezone;
  return { instant: floating ? undefined : time.toJSDate(), zone, floating };
}

function readMailbox(property: ICAL.Property): ReadMailbox {
  const rsvp = parameter(property, 'rsvp');
  return {
    email: String(property.getFirstValue()).replace(/^mailto:/i, ''),
    name: parameter(property, 'cn'),
    role: parameter(property, 'role'),
    partstat: parameter(property, 'partstat'),
    rsvp: rsvp === undefined ? undefined : rsvp.toUpperCase() === 'TRUE',
  };
}

function readProperty(property: ICAL.Property): ReadProperty {
  const [, parameters] = property.toJSON() as [string, Record<string, string | string[]>];
  return { name: property.name.toUpperCase(), parameters, values: property.getValues().map(String) };
}

function parameter(property: ICAL.Property, name: string): string | undefined {
  const value: unknown = property.getParameter(name);
  return typeof value === 'string' ? value : undefined;
}

function one(component: ICAL.Component, name: string): string | undefined {
  const value = component.getFirstPropertyValue(name) as { toString(): string } | null;
  return value?.toString();
}
