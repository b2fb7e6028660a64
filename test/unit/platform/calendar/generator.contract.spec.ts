import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import {
  foldLines,
  ICalAlarmType,
  ICalAttendee,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEvent,
  type ICalEventData,
  ICalEventStatus,
} from 'ical-generator';
import { ZonedInstant } from '../../../../src/platform/calendar/zoned-instant.js';

// What ical-generator does right and wrong, as the wrapper relies on it. When an upgrade changes a line here, read the
// wrapper again: a defect that is gone may be code that can go, a new one may pass through it.

const START = new Date('2027-05-20T07:00:00Z');
const END = new Date('2027-05-20T08:00:00Z');
const ID = '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c11';

function eventText(data: Partial<ICalEventData>, calendar = new ICalCalendar()): string {
  return new ICalEvent({ id: ID, stamp: START, start: START, end: END, summary: 'x', ...data }, calendar).toString();
}

function calendarText(data: ConstructorParameters<typeof ICalCalendar>[0]): string {
  return new ICalCalendar(data).toString();
}

function namesOf(text: string): string[] {
  return text.split('\r\n').map((line) => line.split(/[:;]/)[0] ?? '');
}

describe('ical-generator', () => {
  it('[CG5] is the version that was read', () => {
    const manifest = new URL('../../../../node_modules/ical-generator/package.json', import.meta.url);
    expect(JSON.parse(readFileSync(manifest, 'utf8'))).toMatchObject({ version: '11.1.2' });
  });

  it('[CG5] escapes TEXT, quotes names, folds by octets: what we take it for', () => {
    expect(eventText({ summary: 'a,b;c\\d\ne' })).toContain('SUMMARY:a\\,b\\;c\\\\d\\ne\r\n');
    expect(eventText({ categories: [{ name: 'a,b' }, { name: 'c' }] })).toContain('CATEGORIES:a\\,b,c\r\n');
    const organizer = { name: 'O"Neil ^ Sons, Ltd: x', email: 'a@example.org' };
    expect(eventText({ organizer })).toContain('ORGANIZER;CN="O^\'Neil ^^ Sons, Ltd: x":mailto:a@example.org\r\n');
    const folded = foldLines(`SUMMARY:${'Ў👩‍🏫'.repeat(40)}`).split('\r\n');
    expect(folded.every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\uFFFD'))).toBe(true);
    expect(folded.map((line, i) => (i === 0 ? line : line.slice(1))).join('')).toBe(`SUMMARY:${'Ў👩‍🏫'.repeat(40)}`);
  });

  it('[CG5] takes a value shaped like Day.js on the clock of the event zone, and stamps in UTC without a calendar zone', () => {
    const text = eventText({
      start: new ZonedInstant(START.getTime()),
      end: new ZonedInstant(END.getTime()),
      stamp: new ZonedInstant(START.getTime()),
      created: new ZonedInstant(START.getTime()),
      timezone: 'Asia/Kolkata',
    });
    expect(text).toContain('DTSTART;TZID=Asia/Kolkata:20270520T123000\r\nDTEND;TZID=Asia/Kolkata:20270520T133000\r\n');
    expect(text).toContain('DTSTAMP:20270520T070000Z\r\n');
    expect(text).toContain('CREATED:20270520T070000Z\r\n');
  });

  it('[CG5] 1: a calendar zone makes stamps local and starts floating', () => {
    const calendar = new ICalCalendar({ timezone: 'Asia/Kolkata' });
    const text = eventText(
      { stamp: new ZonedInstant(START.getTime()), start: new ZonedInstant(START.getTime()) },
      calendar,
    );
    expect(text).toMatch(/DTSTAMP:20270520T\d{6}\r\n/);
    expect(text).toMatch(/DTSTART:20270520T\d{6}\r\n/);
  });

  it('[CG5] [B26] 2: an event zone prints the clock of the server for a native Date', () => {
    const hours = String(START.getHours()).padStart(2, '0');
    const minutes = String(START.getMinutes()).padStart(2, '0');
    // Kiritimati is 14 hours ahead; no test machine stands there.
    expect(START.getTimezoneOffset()).not.toBe(-840);
    expect(eventText({ timezone: 'Pacific/Kiritimati' })).toContain(
      `DTSTART;TZID=Pacific/Kiritimati:20270520T${hours}${minutes}00\r\n`,
    );
  });

  it('[CG5] 3, 4: line breaks pass through names, ids, zones and sequences, and calendar names are not escaped', () => {
    expect(calendarText({ name: 'a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1\r\n');
    expect(calendarText({ description: 'a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1\r\n');
    expect(calendarText({ url: 'a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1\r\n');
    expect(calendarText({ prodId: '//a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1\r\n');
    expect(calendarText({ name: 'a,b' })).toContain('NAME:a,b\r\n');
    expect(eventText({ id: 'a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1\r\n');
    expect(eventText({ timezone: 'a\r\nX-EVIL:1' })).toContain('\r\nX-EVIL:1');
    expect(eventText({ x: { 'X-A\r\nX-EVIL': '1' } })).toContain('\r\nX-EVIL:1\r\n');
  });

  it('[CG5] 5: addresses are escaped like TEXT', () => {
    expect(eventText({ url: 'https://example.org/a,b' })).toContain('URL;VALUE=URI:https://example.org/a\\,b\r\n');
    expect(eventText({ organizer: { name: 'x', email: 'a,b@example.org' } })).toContain(
      ':mailto:a\\,b@example.org\r\n',
    );
  });

  it('[CG5] 6: properties stand behind sub-components', () => {
    const names = namesOf(
      eventText({
        alarms: [{ type: ICalAlarmType.display, trigger: 60 }],
        status: ICalEventStatus.CONFIRMED,
        created: START,
      }),
    );
    expect(names.lastIndexOf('STATUS')).toBeGreaterThan(names.indexOf('BEGIN', 1));
    expect(names.lastIndexOf('CREATED')).toBeGreaterThan(names.indexOf('BEGIN', 1));
    const calendar = new ICalCalendar({ x: { 'X-LATE': '1' }, ttl: 60 });
    calendar.createEvent({ start: START, summary: 'x' });
    const ofFile = namesOf(calendar.toString());
    expect(ofFile.indexOf('X-LATE')).toBeGreaterThan(ofFile.lastIndexOf('UID'));
  });

  it('[CG5] [B07] 7: the last line has no end', () => {
    expect(calendarText({ scale: 'GREGORIAN', method: ICalCalendarMethod.REQUEST })).toMatch(
      /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.*\r\nCALSCALE:GREGORIAN\r\nMETHOD:REQUEST\r\nEND:VCALENDAR$/,
    );
  });

  it('[CG5] 8, 13: delegates lack mailto:, attendees have it in capitals', () => {
    const event = new ICalEvent({ start: START, summary: 'x' }, new ICalCalendar());
    const delegate = new ICalAttendee({ email: 'b@example.org' }, event);
    expect(new ICalAttendee({ email: 'a@example.org', delegatedTo: delegate }, event).toString()).toBe(
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=DELEGATED;DELEGATED-TO="b@example.org":MAILTO:a@example.org\r\n',
    );
  });

  it('[CG5] 9: control characters and lone surrogates pass', () => {
    expect(eventText({ summary: 'a\0\u001b\ud800' })).toContain('SUMMARY:a\0\u001b\ud800\r\n');
  });

  it('[CG5] 10: GEO vanishes at the equator', () => {
    expect(eventText({ location: { title: 'x', geo: { lat: 0, lon: 5 } } })).not.toContain('GEO');
  });

  it('[CG5] 11: an end before the start is swapped', () => {
    expect(eventText({ start: END, end: START })).toContain('DTSTART:20270520T070000Z\r\nDTEND:20270520T080000Z\r\n');
  });

  it('[CG5] 12: a REQUEST without people is written, a missing id is random, a missing stamp is now', () => {
    const calendar = new ICalCalendar({ method: ICalCalendarMethod.REQUEST });
    calendar.createEvent({ start: START, summary: 'x' });
    expect(calendar.toString()).not.toMatch(/ATTENDEE|ORGANIZER/);
    expect(calendar.toString()).toMatch(/UID:[0-9a-f-]{36}\r\nSEQUENCE:0\r\nDTSTAMP:\d{8}T\d{6}Z\r\n/);
  });

  it('[CG5] 14: an absolute alarm in an event with a zone is local', () => {
    const text = eventText({
      timezone: 'Asia/Kolkata',
      alarms: [{ type: ICalAlarmType.display, trigger: new ZonedInstant(START.getTime()) }],
    });
    expect(text).toContain('TRIGGER;VALUE=DATE-TIME:20270520T123000\r\n');
  });

  it('[CG5] 15: an event of whole days has two lines of Microsoft', () => {
    const names = namesOf(eventText({ allDay: true }));
    expect(names.filter((name) => name.startsWith('X-'))).toEqual([
      'X-MICROSOFT-CDO-ALLDAYEVENT',
      'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT',
    ]);
  });

  it('[CG5] 16: an organizer needs a name, and a text is taken apart', () => {
    expect(() => eventText({ organizer: { name: '', email: 'a@example.org' } })).toThrow('name');
    expect(eventText({ organizer: 'x <a@example.org>' })).toContain('ORGANIZER;CN="x":mailto:a@example.org\r\n');
  });

  it('[CG5] 17: x() takes only names with X-', () => {
    expect(() => eventText({ x: { COLOR: 'navy' } })).toThrow('X-');
  });

  it('[CG5] [B29] 18: DTSTART and SUMMARY are always there', () => {
    const calendar = new ICalCalendar({ method: ICalCalendarMethod.DECLINECOUNTER });
    calendar.createEvent({ start: START });
    expect(calendar.toString()).toMatch(/DTSTART.*\r\nSUMMARY:\r\n/);
  });
});
