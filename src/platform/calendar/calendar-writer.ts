import {
  foldLines,
  ICalAttendeeType,
  ICalCalendar,
  type ICalAttendeeRole,
  type ICalAttendeeStatus,
  type ICalCalendarMethod,
  type ICalEventBusyStatus,
  type ICalEventClass,
  type ICalEventStatus,
  ICalEventTransparency,
} from 'ical-generator';
import { hash } from 'node:crypto';
import { isRepeated } from '../../kernel/zones.js';
import type { CalendarBlock, CalendarEvent, CalendarHead } from './calendar-model.js';
import { checkEvent, localTimeLine, type CheckedEvent } from './event-values.js';
import { headLines } from './head-lines.js';
import type { Method } from './itip.rules.js';
import { BARE, Guest, PRODUCT, SessionEvent } from './session-event.js';
import { CalendarValueError } from './values.js';
import { isUtc, vtimezone } from './vtimezone.js';
import { ZonedInstant } from './zoned-instant.js';

/** Part of the key of every cache of blocks: changes whenever the same event would give other bytes. */
export const RENDERER = '2';

const END = 'END:VCALENDAR';
const BOTTOM = Buffer.from(`${END}\r\n`);

/**
 * One VEVENT (RFC 5545 section 3.6.1), folded, for files of one method. No method: a file for CalDAV.
 * Equal events give equal bytes. Throws CalendarValueError, naming the field, before anything is written.
 */
export function renderEvent(event: CalendarEvent, method: Method | undefined): CalendarBlock {
  const checked = checkEvent(event, method);
  const { start, end, zone } = checked.span;
  const inUtc = () => draw(inUtcTimes(checked));
  const base = { uid: checked.uid, method, order: start, lastModified: checked.lastModified, inUtc };
  if (zone === undefined) return { ...base, ...digested(draw(checked)) };
  const years = { firstYear: new Date(start).getUTCFullYear(), lastYear: new Date(end).getUTCFullYear() };
  const described = vtimezone(zone, years.firstYear, years.lastYear) !== undefined;
  // In the hour that a zone's clock shows twice, readers do not agree which of the two is meant.
  if (!described || isRepeated(zone, start) || isRepeated(zone, end)) return { ...base, ...digested(inUtc()) };
  return { ...base, zone: { name: zone, ...years }, ...digested(draw(checked)) };
}

function digested(bytes: Uint8Array): Pick<CalendarBlock, 'bytes' | 'digest'> {
  return { bytes, digest: hash('sha256', bytes, 'buffer') };
}

/** A whole file, and a strong tag of its bytes: 22 characters, made from what it is made of instead of reading it all again. */
export interface ComposedFile {
  readonly bytes: Buffer;
  readonly tag: string;
}

/**
 * A whole file in UTF-8: head, zones, events in order of start, then UID (RFC 5545 section 3.4). REQUEST and CANCEL take exactly one
 * event and no head. Throws CalendarValueError.
 */
export function composeFile(
  head: CalendarHead | undefined,
  method: Method | undefined,
  blocks: readonly CalendarBlock[],
): ComposedFile {
  checkBlocks(head, method, blocks);
  const sorted = [...blocks].sort((a, b) => a.order - b.order || (a.uid < b.uid ? -1 : 1));
  const zones = declareZones(sorted);
  const events = sorted.map((block) => (block.zone && !zones.has(block.zone.name) ? digested(block.inUtc()) : block));
  const start = new ICalCalendar({
    prodId: PRODUCT,
    scale: 'GREGORIAN',
    method: method as ICalCalendarMethod,
  }).toString();
  if (!start.endsWith(`\r\n${END}`)) throw new Error('ical-generator has changed');
  const own = head ? headLines(head, sorted) : '';
  const top = Buffer.from(`${start.slice(0, -END.length)}${foldLines(own)}${[...zones.values()].join('')}`);
  return {
    bytes: Buffer.concat([top, ...events.map(({ bytes }) => bytes), BOTTOM]),
    tag: hash('sha256', Buffer.concat([...events.map(({ digest }) => digest), top]), 'base64url').slice(0, 22),
  };
}

/** The same as text. */
export function composeCalendar(
  head: CalendarHead | undefined,
  method: Method | undefined,
  blocks: readonly CalendarBlock[],
): string {
  return composeFile(head, method, blocks).bytes.toString('utf8');
}

/** Renders and composes in one step, for mails and single downloads. */
export function writeCalendar(
  method: Method | undefined,
  events: readonly CalendarEvent[],
  head?: CalendarHead,
): string {
  return composeCalendar(
    head,
    method,
    events.map((event) => renderEvent(event, method)),
  );
}

/** Content-Type of a file; its `method` equals METHOD inside (RFC 6047 section 2.4). */
export function calendarContentType(method?: Method): string {
  return `text/calendar; charset=utf-8${method ? `; method=${method}; component=VEVENT` : ''}`;
}

function checkBlocks(
  head: CalendarHead | undefined,
  method: Method | undefined,
  blocks: readonly CalendarBlock[],
): void {
  if (blocks.some((block) => block.method !== method))
    throw new CalendarValueError('blocks', 'rendered for another method');
  if (new Set(blocks.map((block) => block.uid)).size < blocks.length)
    throw new CalendarValueError('blocks', 'a UID twice');
  if (method === 'REQUEST' || method === 'CANCEL') {
    if (blocks.length !== 1) throw new CalendarValueError('blocks', `${method} takes one event`);
    if (head) throw new CalendarValueError('head', `not allowed in ${method}`);
  }
  if (!head && blocks.length === 0) throw new CalendarValueError('blocks', 'no event');
}

/** VTIMEZONE by zone, in order of first use; zones that the years of this file do not let us describe are absent. */
function declareZones(blocks: readonly CalendarBlock[]): Map<string, string> {
  const years = new Map<string, { first: number; last: number }>();
  for (const { zone } of blocks) {
    if (!zone) continue;
    const { first, last } = years.get(zone.name) ?? { first: zone.firstYear, last: zone.lastYear };
    years.set(zone.name, { first: Math.min(first, zone.firstYear), last: Math.max(last, zone.lastYear) });
  }
  const texts = new Map<string, string>();
  for (const [name, { first, last }] of years) {
    const text = vtimezone(name, first, last);
    if (text !== undefined) texts.set(name, text);
  }
  return texts;
}

function inUtcTimes(event: CheckedEvent): CheckedEvent {
  const { start, end, zone } = event.span;
  const clock = zone === undefined || isUtc(zone) ? '' : localTimeLine(start, end, zone);
  const description = [event.description, clock].filter(Boolean).join('\n');
  return { ...event, span: { start, end, zone: 'UTC' }, description };
}

function draw(event: CheckedEvent): Uint8Array {
  const { start, end, zone } = event.span;
  const drawn = new SessionEvent(
    {
      id: event.uid,
      sequence: event.sequence,
      stamp: new ZonedInstant(event.stamp.getTime()),
      created: new ZonedInstant(event.created.getTime()),
      lastModified: new ZonedInstant(event.lastModified.getTime()),
      start: new ZonedInstant(start),
      end: new ZonedInstant(end),
      allDay: zone === undefined,
      timezone: zone === undefined || zone === 'UTC' ? null : zone,
      summary: event.summary,
      description: event.description ? { plain: event.description } : undefined,
      location: event.location ? { title: event.location } : undefined,
      categories: event.categories.map((name) => ({ name })),
      status: event.status as ICalEventStatus,
      class: event.classification as ICalEventClass,
      busystatus: event.busyStatus as ICalEventBusyStatus,
      transparency: event.transparent ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
      priority: 5,
      organizer: event.organizer && { ...event.organizer },
    },
    BARE,
  );
  if (event.attendee) drawn.createAttendee(guest(event.attendee, drawn));
  for (const line of event.ownLines) drawn.line(line);
  if (event.alarmMinutes !== undefined) drawn.remind(event.alarmMinutes);
  return Buffer.from(foldLines(drawn.toString()));
}

function guest(attendee: NonNullable<CalendarEvent['attendee']>, event: SessionEvent): Guest {
  return new Guest(
    {
      email: attendee.email,
      name: attendee.name,
      role: attendee.role as ICalAttendeeRole,
      type: ICalAttendeeType.INDIVIDUAL,
      status: attendee.partstat as ICalAttendeeStatus,
      rsvp: attendee.rsvp,
    },
    event,
  );
}
