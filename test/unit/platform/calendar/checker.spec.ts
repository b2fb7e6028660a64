import { describe, expect, it } from '@jest/globals';
import { writeCalendar } from '../../../../src/platform/calendar/index.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { calendarEvent, calendarHead, fullEvent } from '../../../support/calendar-samples.js';

const request = writeCalendar('REQUEST', [fullEvent()]);
const cancel = writeCalendar('CANCEL', [fullEvent({ status: 'CANCELLED', alarmMinutes: undefined })]);
const feed = writeCalendar(
  'PUBLISH',
  [
    calendarEvent({
      when: { start: new Date('2027-05-20T07:00:00Z'), end: new Date('2027-05-20T08:00:00Z'), zone: 'Europe/Paris' },
    }),
    calendarEvent({
      uid: '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c12',
      when: { firstDay: '2027-05-19', lastDay: '2027-05-21' },
    }),
  ],
  calendarHead({
    description: 'Усё пра кангрэс',
    refreshMinutes: 60,
    source: 'https://congress.example.org/c/x/programme.ics',
  }),
);

type Spoil = (good: string) => string | Uint8Array;
const replace =
  (from: string | RegExp, to: string): Spoil =>
  (good) =>
    good.replace(from, to);

/** A file that breaks one rule each; the checker must name that rule. */
const BAD: readonly (readonly [rule: string, what: string, file: string, spoil: Spoil])[] = [
  ['CL1', 'a byte order mark', request, (good) => `\uFEFF${good}`],
  ['CL1', 'no line end at the end', request, (good) => good.slice(0, -2)],
  ['CL1', 'a bare LF', request, replace('\r\nVERSION', '\nVERSION')],
  ['CL1', 'a doubled CR [B09]', request, (good) => good.replaceAll('\r\n', '\r\r\n')],
  ['CL1', 'a blank line [B07]', request, replace('BEGIN:VEVENT', '\r\nBEGIN:VEVENT')],
  ['CL1', 'bytes that are not UTF-8', request, (good) => Buffer.concat([Buffer.from(good), Buffer.from([0xc3, 0x0d])])],
  ['CL1', 'a component that is not closed', request, replace('END:VALARM\r\n', '')],
  ['CL2', 'a line of 76 octets', request, replace('\r\nURL:', `\r\nX-LONG:${'a'.repeat(69)}\r\nURL:`)],
  ['CL2', 'a fold inside a code point', request, (good) => split(Buffer.from(good), 'Б')],
  ['CL3', 'a NUL', request, replace('SUMMARY:', 'SUMMARY:\0')],
  ['CL3', 'U+2028', request, replace('SUMMARY:', 'SUMMARY:\u2028')],
  ['CL3', 'a non-character', request, replace('SUMMARY:', 'SUMMARY:\uFFFE')],
  ['CL4', 'a property behind an alarm', request, replace('END:VALARM\r\n', 'END:VALARM\r\nX-LATE:1\r\n')],
  ['CL4', 'METHOD behind the components [B06]', request, replace('END:VCALENDAR', 'METHOD:REQUEST\r\nEND:VCALENDAR')],
  ['CL4', 'two files in one', request, (good) => good + good],
  ['CL5', 'no CALSCALE', request, replace('CALSCALE:GREGORIAN\r\n', '')],
  ['CL5', 'two METHODs', request, replace('METHOD:REQUEST\r\n', 'METHOD:REQUEST\r\nMETHOD:REQUEST\r\n')],
  ['CL6', 'no DTSTAMP [B12]', request, replace(/DTSTAMP.*\r\n/, '')],
  ['CL6', 'no LAST-MODIFIED', request, replace(/LAST-MODIFIED.*\r\n/, '')],
  ['CL6', 'the same UID twice', feed, replace('7c12', '7c11')],
  ['CL7', 'DURATION', request, replace(/DTEND.*\r\n/, 'DURATION:PT1H\r\n')],
  ['CL7', 'a floating time [B10]', request, replace('DTSTART;TZID=Europe/Minsk', 'DTSTART')],
  ['CL7', 'a zone and Z', request, replace(/(DTSTART;.*)\r\n/, '$1Z\r\n')],
  ['CL7', 'TZID=UTC', request, (good) => good.replaceAll('TZID=Europe/Minsk', 'TZID=UTC')],
  ['CL7', 'an end before the start', request, replace(/DTEND(.*)T\d{6}/, 'DTEND$1T090000')],
  ['CL7', 'an all-day event of no day [B23]', feed, replace('DTEND;VALUE=DATE:20270522', 'DTEND;VALUE=DATE:20270519')],
  ['CL8', 'a local DTSTAMP', request, replace(/(DTSTAMP.*)Z\r\n/, '$1\r\n')],
  ['CV1', 'a bare comma in LOCATION', request, replace('зала\\,', 'зала,')],
  ['CV1', 'an unknown escape', request, replace('SUMMARY:', 'SUMMARY:\\:')],
  ['CV1', 'a DESCRIPTION of nothing', request, replace(/DESCRIPTION:.*\r\n(?: .*\r\n)*/, 'DESCRIPTION: \r\n')],
  ['CV2', 'a bare semicolon in an item of CATEGORIES', request, replace('CATEGORIES:', 'CATEGORIES:a;b,')],
  ['CV2', 'an empty item in CATEGORIES', request, replace('CATEGORIES:', 'CATEGORIES:,')],
  ['CV8', 'the 30th of February', request, replace(/DTSTAMP:\d{8}/, 'DTSTAMP:20270230')],
  ['CV8', 'the 25th hour', request, replace(/CREATED:(\d{8})T\d{6}/, 'CREATED:$1T250000')],
  ['CV8', 'a day before 1970', request, replace(/CREATED:\d{8}/, 'CREATED:19691231')],
  ['CV3', 'an escaped comma in an address', request, replace('URL:https://', 'URL:https://a\\,')],
  ['CV3', 'a script address', request, replace('URL:https:', 'URL:javascript:')],
  ['CV3', 'a user name in an address', request, replace('URL:https://', 'URL:https://ada@')],
  ['CV4', 'MAILTO in capitals', request, replace(':mailto:ada@', ':MAILTO:ada@')],
  ['CV4', 'a name inside the address [B03]', request, replace(':mailto:congress@', ':mailto:Congress <congress@')],
  ['CV5', 'no CN', request, replace(';CN="Congress Secretariat"', '')],
  ['CV6', 'an unknown STATUS', request, replace('STATUS:CONFIRMED', 'STATUS:Confirmed')],
  ['CV6', 'a COLOR in hex', request, replace('COLOR:steelblue', 'COLOR:#4682b4')],
  ['CV7', 'SEQUENCE as text', request, replace('SEQUENCE:0', 'SEQUENCE:zero')],
  ['CV9', 'a zone with a slash in front', request, (good) => good.replaceAll('Europe/Minsk', '/Europe/Minsk')],
  ['CV10', 'GEO with a comma', request, replace('GEO:53.931389;', 'GEO:53.931389,')],
  ['CR1', 'a UID with a host', request, replace(/UID:.*\r\n/, 'UID:1@congress.example.org\r\n')],
  ['CR9', 'a recurrence', request, replace('STATUS:', 'RRULE:FREQ=DAILY\r\nSTATUS:')],
  ['CM1', 'an ATTENDEE in PUBLISH', request, replace('METHOD:REQUEST', 'METHOD:PUBLISH')],
  ['CM2', 'two ATTENDEEs [B05]', request, replace(/(ATTENDEE.*\r\n .*\r\n)/, '$1$1')],
  ['CM3', 'no RSVP', request, replace('RSVP\r\n =TRUE;', '')],
  ['CM4', 'the organizer invited', request, replace('mailto:ada@', 'mailto:congress@')],
  ['CM4', 'an organizer that nobody reads [B04]', request, replace('mailto:congress@', 'mailto:no-reply@')],
  ['CM5', 'REQUEST of a cancelled event', request, replace('STATUS:CONFIRMED', 'STATUS:CANCELLED')],
  ['CM5', 'CANCEL of a confirmed event [B02]', cancel, replace('STATUS:CANCELLED', 'STATUS:CONFIRMED')],
  ['CM6', 'no busy status', request, replace('X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r\n', '')],
  ['CM7', 'no ORGANIZER', request, replace(/ORGANIZER.*\r\n/, '')],
  [
    'CM7',
    'an alarm in CANCEL',
    cancel,
    replace('END:VEVENT', 'BEGIN:VALARM\r\nACTION:DISPLAY\r\nTRIGGER:-PT5M\r\nEND:VALARM\r\nEND:VEVENT'),
  ],
  ['CP1', 'NAME unlike X-WR-CALNAME', feed, replace('X-WR-CALNAME:', 'X-WR-CALNAME:x')],
  ['CP1', 'SOURCE without its type', feed, replace('SOURCE;VALUE=URI', 'SOURCE')],
  ['CP2', 'an IMAGE without DISPLAY', request, replace('DISPLAY=BADGE;', '')],
  [
    'CP3',
    'no link in the first line of DESCRIPTION',
    request,
    replace(/DESCRIPTION:.*\r\n(?: .*\r\n)*/, 'DESCRIPTION:x\r\n'),
  ],
  [
    'CP4',
    'a PARTICIPANT',
    request,
    replace('END:VEVENT', 'BEGIN:PARTICIPANT\r\nUID:1\r\nEND:PARTICIPANT\r\nEND:VEVENT'),
  ],
  ['CP5', 'a STYLED-DESCRIPTION', request, replace('STATUS:', 'STYLED-DESCRIPTION:x\r\nSTATUS:')],
  ['CP7', 'an absolute alarm', request, replace(/TRIGGER.*\r\n/, 'TRIGGER;VALUE=DATE-TIME:20270520T060000Z\r\n')],
  ['CZ1', 'a zone that is not declared', request, replace(/BEGIN:VTIMEZONE[^]*END:VTIMEZONE\r\n/, '')],
  [
    'CZ1',
    'a zone that is not used',
    feed,
    (good) => good.replaceAll(/(DT(?:START|END));TZID=Europe\/Paris:(.*)\r\n/g, '$1:$2Z\r\n'),
  ],
  ['CZ1', 'a zone declared twice [B11]', request, replace(/(BEGIN:VTIMEZONE[^]*END:VTIMEZONE\r\n)/, '$1$1')],
  ['CZ3', 'a fixed zone that changes', request, replace('TZOFFSETFROM:+0300', 'TZOFFSETFROM:+0200')],
  ['CZ3', 'a fixed zone of daylight', request, (good) => good.replaceAll(/(BEGIN|END):STANDARD/g, '$1:DAYLIGHT')],
  ['CZ4', 'daylight without its end', feed, replace(/BEGIN:STANDARD[^]*?END:STANDARD\r\n/, '')],
  ['CZ4', 'a rule with an end', feed, replace(/(RRULE.*)\r\n/, '$1;UNTIL=20280101T000000Z\r\n')],
  ['CZ6', 'an offset without a sign', request, replace('TZOFFSETTO:+', 'TZOFFSETTO:')],
  ['CZ6', 'RDATE in a zone', request, replace('TZNAME', 'RDATE:19700101T000000\r\nTZNAME')],
  ['CZ6', 'an onset in UTC', request, replace('DTSTART:19700101T000000', 'DTSTART:19700101T000000Z')],
  ['CZ6', 'a zone of many lines', feed, replace('END:DAYLIGHT\r\n', `${'COMMENT:x\r\n'.repeat(5)}END:DAYLIGHT\r\n`)],
];

function split(bytes: Buffer, letter: string): Uint8Array {
  const at = bytes.indexOf(letter) + 1;
  return Buffer.concat([bytes.subarray(0, at), Buffer.from('\r\n '), bytes.subarray(at)]);
}

describe('the strict checker', () => {
  it.each([
    ['REQUEST', request],
    ['CANCEL', cancel],
    ['PUBLISH', feed],
  ])('finds nothing in a right %s', (_method, good) => {
    expect(checkCalendar(Buffer.from(good))).toEqual([]);
  });

  it.each(BAD)('[%s] finds %s', (rule, what, good, spoil) => {
    const bad = spoil(good);
    expect(bad).not.toEqual(good);
    const found = checkCalendar(typeof bad === 'string' ? Buffer.from(bad) : bad).map((violation) => violation.rule);
    // A fold inside a code point is no longer UTF-8, which is what the checker sees first.
    expect(found).toContain(what.startsWith('a fold') ? 'CL1' : rule);
  });
});
