import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CalendarReadError, readCalendar } from '../../../../src/platform/calendar/index.js';

const file = (...lines: string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => file('BEGIN:VEVENT', 'UID:a', ...lines, 'END:VEVENT');
const zoned = (part: readonly string[], start = '20261113T100000') =>
  file(
    'BEGIN:VTIMEZONE',
    'TZID:Here',
    'BEGIN:STANDARD',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0300',
    ...part,
    'END:STANDARD',
    'END:VTIMEZONE',
    'BEGIN:VEVENT',
    'UID:a',
    `DTSTART;TZID=Here:${start}`,
    'END:VEVENT',
  );
const startOf = (text: string) => readCalendar(text).events[0]!.start;
const SINCE_1970 = 'DTSTART:19700101T000000';

describe('a calendar from outside', () => {
  it('is read although values in it are not of their type', () => {
    const [read] = readCalendar(
      event('DTSTAMP:yesterday', 'DTEND:20261345T996099Z', 'GEO:here', 'X-A;VALUE=DATE:soon', 'SUMMARY:Round table'),
    ).events;
    expect(read).toMatchObject({ uid: 'a', stamp: undefined, end: undefined, summary: 'Round table' });
  });

  it.each(['20260230', '20261301', '20260230T100000Z', '20261113T250000Z', '20261113T106100Z', '2026', ''])(
    'has no time where it says %s: nothing is moved',
    (written) => {
      let start;
      try {
        start = startOf(event(`DTSTART:${written}`));
      } catch (error) {
        expect(error).toBeInstanceOf(CalendarReadError);
      }
      expect(start).toBeUndefined();
    },
  );

  it.each([
    ['nothing', ''],
    ['words', 'Dear colleagues,\r\nI will come.\r\n'],
    ['two calendars', file() + file()],
    ['a component that is left open', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'],
    ['a component that closes another', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nEND:VCALENDAR\r\n'],
    ['an address book', 'BEGIN:VCARD\r\nVERSION:4.0\r\nEND:VCARD\r\n'],
    ['a line without a colon', event('DTSTART')],
  ])('that is %s is refused in one way', (_name, text) => {
    expect(() => readCalendar(text)).toThrow(CalendarReadError);
  });

  it('computes with zones of yearly rules, dates and single changes', () => {
    const instant = new Date('2026-11-13T07:00:00.000Z');
    for (const part of [
      [SINCE_1970],
      [SINCE_1970, 'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU'],
      [SINCE_1970, 'RRULE:FREQ=YEARLY;UNTIL=20371025T010000Z;BYDAY=-1SU;BYMONTH=10'],
      [SINCE_1970, 'RRULE:FREQ=YEARLY;BYMONTH=10;BYMONTHDAY=25,26,27,28,29,30,31;BYDAY=SU'],
      ['DTSTART:16010101T020000', 'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10'],
      [SINCE_1970, 'RDATE:20251026T030000'],
    ])
      expect([part, startOf(zoned(part))]).toEqual([part, { instant, zone: 'Here', floating: false }]);
  });

  it.each([
    ['every second', [SINCE_1970, 'RRULE:FREQ=SECONDLY']],
    ['every minute', [SINCE_1970, 'RRULE:FREQ=MINUTELY']],
    ['every day', [SINCE_1970, 'RRULE:FREQ=DAILY']],
    [
      'at all seconds of a day',
      [SINCE_1970, `RRULE:FREQ=YEARLY;BYSECOND=${Array.from({ length: 60 }, (_, n) => n).join()}`],
    ],
    ['by many rules', [SINCE_1970, 'RRULE:FREQ=YEARLY', 'RRULE:FREQ=YEARLY']],
    ['on thousands of dates', [SINCE_1970, ...Array.from({ length: 501 }, () => 'RDATE:20251026T030000')]],
    ['since no day', ['DTSTART:never', 'RRULE:FREQ=YEARLY']],
    ['without a beginning', ['RRULE:FREQ=YEARLY']],
    ['by a rule that is none', [SINCE_1970, 'RRULE:FREQ=SOMETIMES']],
  ])('does not compute with a zone that changes %s', (_name, part) => {
    let read;
    try {
      read = startOf(zoned(part));
    } catch (error) {
      expect(error).toBeInstanceOf(CalendarReadError);
      return;
    }
    expect(read?.instant).toBeUndefined();
  });

  it('has no instant in a year that nobody plans in', () => {
    for (const year of ['0001', '9999'])
      expect(startOf(zoned([SINCE_1970, 'RRULE:FREQ=YEARLY'], `${year}1113T100000`))?.instant).toBeUndefined();
    expect(startOf(event('DTSTART:99991113T100000Z'))?.instant).toBeUndefined();
  });

  it('is read, or refused in one way, whatever it holds (property)', () => {
    const word = fc.constantFrom(
      ...['BEGIN:VEVENT', 'END:VEVENT', 'BEGIN:VTIMEZONE', 'END:VTIMEZONE', 'BEGIN:VALARM', 'END:VALARM'],
      ...['BEGIN:STANDARD', 'END:STANDARD', 'TZID:Here', 'METHOD:REPLY', 'METHOD:', 'UID:a', 'UID;:b', 'UID'],
      ...['DTSTAMP:20260914T090000Z', 'DTSTAMP:', 'DTSTART;TZID=Here:20261113T100000', 'DTSTART;VALUE=DATE:2026'],
      ...['DTSTART;VALUE=PERIOD:1/2', 'SEQUENCE:-1', 'SEQUENCE:1e9', 'ATTENDEE;PARTSTAT="A:mailto:a@b', 'ATTENDEE:'],
      ...['ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:a@b.example', 'RRULE:FREQ=DAILY;COUNT=x', 'RRULE:'],
      ...['GEO:1', 'CATEGORIES:\\', 'TRIGGER:-P', 'DURATION:PTT', 'REQUEST-STATUS:', 'X-A;VALUE=DATE-TIME:z'],
      ...['CONSTRUCTOR:x', '__PROTO__:x', 'X-A;VALUE=CONSTRUCTOR:y', 'X-A;__PROTO__=a,b:y', 'BEGIN:CONSTRUCTOR'],
      ...['TZOFFSETTO:', 'TZOFFSETFROM:+9999', 'RDATE;VALUE=PERIOD:x', ' folded', '', ';', ':', ';;=:"', 'A;B:C'],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(word, word, fc.string({ maxLength: 40 })), { maxLength: 25 }), (lines) => {
        for (const text of [file(...lines), event(...lines), lines.join('\r\n')]) {
          try {
            expect(Array.isArray(readCalendar(text).events)).toBe(true);
          } catch (error) {
            expect(error).toBeInstanceOf(CalendarReadError);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
