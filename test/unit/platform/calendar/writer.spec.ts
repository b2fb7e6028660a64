import { describe, expect, it } from '@jest/globals';
import {
  calendarContentType,
  type CalendarEvent,
  CalendarReadError,
  CalendarValueError,
  COLORS,
  composeCalendar,
  composeFile,
  isCalendarMailbox,
  nearestColor,
  readCalendar,
  renderEvent,
  toJcal,
  writeCalendar,
} from '../../../../src/platform/calendar/index.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { calendarEvent, calendarHead, fullEvent, invitation } from '../../../support/calendar-samples.js';

const SECOND_UID = '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c12';

function lines(file: string): string[] {
  return file.replaceAll('\r\n ', '').split('\r\n');
}

function names(file: string): string[] {
  return lines(file).map((line) => line.split(/[:;]/)[0] ?? '');
}

function fieldOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof CalendarValueError) return error.field;
    throw error;
  }
  return 'accepted';
}

function refusal(changes: Partial<CalendarEvent>): string {
  return fieldOf(() => writeCalendar('REQUEST', [fullEvent(changes)]));
}

describe('a REQUEST', () => {
  it('[CL4] [CL5] [CL6] [CM6] [CP2] has these properties in this order', () => {
    expect(names(writeCalendar('REQUEST', [fullEvent()])).join(' ')).toBe(
      'BEGIN VERSION PRODID CALSCALE METHOD BEGIN TZID BEGIN DTSTART TZOFFSETFROM TZOFFSETTO TZNAME END END ' +
        'BEGIN UID SEQUENCE DTSTAMP DTSTART DTEND SUMMARY TRANSP LOCATION DESCRIPTION ORGANIZER ATTENDEE CATEGORIES STATUS ' +
        'X-MICROSOFT-CDO-BUSYSTATUS PRIORITY CREATED LAST-MODIFIED CLASS GEO URL COLOR IMAGE CONFERENCE ' +
        'X-MICROSOFT-DISALLOW-COUNTER BEGIN ACTION TRIGGER DESCRIPTION END END END ',
    );
  });

  it('[CM3] [CV4] [B03] [B05] names one attendee with everything that shows answer buttons', () => {
    const file = lines(writeCalendar('REQUEST', [fullEvent()]));
    expect(file.filter((line) => /^(?:ATTENDEE|ORGANIZER)/.test(line))).toEqual([
      'ORGANIZER;CN="Congress Secretariat":mailto:congress@example.org',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;CUTYPE=INDIVIDUAL;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN="Ада Лавлейс":mailto:ada@example.org',
    ]);
  });

  it('[CP3] says the join link in CONFERENCE and in the first line of DESCRIPTION', () => {
    const file = lines(writeCalendar('REQUEST', [fullEvent()]));
    expect(file).toContain(
      'CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL="Join, online":https://meet.example.org/rt1?a=1,2',
    );
    expect(file.find((line) => line.startsWith('DESCRIPTION:'))).toMatch(
      /^DESCRIPTION:Join\\, online: https:\/\/meet\.example\.org\/rt1\?a=1\\,2\\n/,
    );
  });

  it('[CP7] reminds once, before the start', () => {
    const [event] = readCalendar(writeCalendar('REQUEST', [fullEvent({ alarmMinutes: 90 })])).events;
    expect(event?.alarms.map((alarm) => alarm.map(({ name, values }) => [name, ...values]))).toEqual([
      [
        ['ACTION', 'DISPLAY'],
        ['TRIGGER', '-PT1H30M'],
        ['DESCRIPTION', event?.summary],
      ],
    ]);
  });

  it('[CM2] [CM5] [CM7] takes one event, not cancelled, and no head', () => {
    expect(fieldOf(() => writeCalendar('REQUEST', [invitation(), invitation({ uid: SECOND_UID })]))).toBe('blocks');
    expect(fieldOf(() => writeCalendar('REQUEST', []))).toBe('blocks');
    expect(fieldOf(() => writeCalendar('REQUEST', [invitation()], calendarHead()))).toBe('head');
    expect(refusal({ status: 'CANCELLED' })).toBe('status');
    expect(fieldOf(() => writeCalendar('REQUEST', [calendarEvent()]))).toBe('attendee');
  });

  it('[CM7] [B01] takes no block that was rendered for another method', () => {
    const block = renderEvent(invitation(), 'REQUEST');
    expect(fieldOf(() => composeCalendar(undefined, 'CANCEL', [block]))).toBe('blocks');
  });

  it('[B01] [CM1] has the method of its media type; a file without method has none', () => {
    expect(calendarContentType('REQUEST')).toBe('text/calendar; charset=utf-8; method=REQUEST; component=VEVENT');
    expect(readCalendar(writeCalendar('REQUEST', [invitation()])).method).toBe('REQUEST');
    expect(calendarContentType()).toBe('text/calendar; charset=utf-8');
    expect(names(writeCalendar(undefined, [calendarEvent({ organizer: undefined })]))).not.toContain('METHOD');
  });
});

describe('a CANCEL', () => {
  it('[CM5] [B02] has the same UID, is cancelled and has no alarm', () => {
    const file = writeCalendar('CANCEL', [invitation({ status: 'CANCELLED', sequence: 3 })]);
    expect(checkCalendar(Buffer.from(file))).toEqual([]);
    expect(lines(file)).toEqual(
      expect.arrayContaining(['METHOD:CANCEL', 'STATUS:CANCELLED', 'SEQUENCE:3', `UID:${invitation().uid}`]),
    );
    expect(fieldOf(() => writeCalendar('CANCEL', [invitation()]))).toBe('status');
    expect(fieldOf(() => writeCalendar('CANCEL', [invitation({ status: 'CANCELLED', alarmMinutes: 5 })]))).toBe(
      'alarmMinutes',
    );
  });
});

describe('an event', () => {
  it('[CR5] [CR7] [B27] gives the same bytes whenever it is rendered', () => {
    expect(renderEvent(fullEvent(), 'REQUEST').bytes).toEqual(
      renderEvent(structuredClone(fullEvent()), 'REQUEST').bytes,
    );
  });

  it('[CL7] [B23] of whole days ends on the day after the last, the same dates in every zone', () => {
    const file = writeCalendar('PUBLISH', [calendarEvent({ when: { firstDay: '2027-02-27', lastDay: '2027-02-28' } })]);
    expect(lines(file)).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20270227', 'DTEND;VALUE=DATE:20270301']));
    expect(file).not.toContain('TZID');
  });

  it('[B24] without a room has no LOCATION', () => {
    const file = writeCalendar('PUBLISH', [calendarEvent(), calendarEvent({ uid: SECOND_UID, location: ' \n ' })]);
    expect(names(file)).not.toContain('LOCATION');
  });

  it('has no DESCRIPTION that says nothing, which libical takes for an error', () => {
    const head = calendarHead({ description: ' ' });
    expect(names(writeCalendar('PUBLISH', [calendarEvent({ description: ' \n ' })], head))).not.toContain(
      'DESCRIPTION',
    );
  });

  it('[CV10] stands at the equator when zero says so', () => {
    const geoOf = (latitude: number, longitude: number) =>
      lines(writeCalendar('PUBLISH', [calendarEvent({ geo: { latitude, longitude } })])).find((line) =>
        line.startsWith('GEO'),
      );
    expect(geoOf(0, -0)).toBe('GEO:0.000000;0.000000');
    expect(geoOf(-0.0000001, -27.6461119)).toBe('GEO:0.000000;-27.646112');
    expect(refusal({ geo: { latitude: 91, longitude: 0 } })).toBe('geo.latitude');
    expect(refusal({ geo: { latitude: 0, longitude: Number.NaN } })).toBe('geo.longitude');
  });

  it('[CM6] says how busy it makes the reader', () => {
    const busy = (changes: Partial<CalendarEvent>) =>
      lines(writeCalendar('PUBLISH', [calendarEvent(changes)])).filter((line) =>
        /^(?:TRANSP|X-MICROSOFT-CDO-BUSY)/.test(line),
      );
    expect(busy({})).toEqual(['TRANSP:OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS:BUSY']);
    expect(busy({ transparent: true })).toEqual(['TRANSP:TRANSPARENT', 'X-MICROSOFT-CDO-BUSYSTATUS:FREE']);
    expect(busy({ status: 'TENTATIVE' })).toEqual(['TRANSP:OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE']);
    expect(busy({ busyStatus: 'OOF' })).toEqual(['TRANSP:OPAQUE', 'X-MICROSOFT-CDO-BUSYSTATUS:OOF']);
  });

  const { start, end } = { start: new Date('2027-05-20T07:00:00Z'), end: new Date('2027-05-20T08:30:00Z') };
  it.each<[string, Partial<CalendarEvent>]>([
    ['when.end', { when: { start: end, end: start, zone: 'Europe/Minsk' } }],
    ['when.end', { when: { start, end: start, zone: 'Europe/Minsk' } }],
    ['when.start', { when: { start: new Date(Number.NaN), end, zone: 'Europe/Minsk' } }],
    ['when.start', { when: { start: new Date('2027-05-20T07:00:00.001Z'), end, zone: 'Europe/Minsk' } }],
    ['when.end', { when: { start, end: new Date('9999-12-31T23:00:00Z'), zone: 'Europe/Minsk' } }],
    ['when.zone', { when: { start, end, zone: '+03:00' } }],
    ['when.lastDay', { when: { firstDay: '2027-05-20', lastDay: '2027-05-19' } }],
    ['when.firstDay', { when: { firstDay: '2027-02-30', lastDay: '2027-03-19' } }],
    ['when.lastDay', { when: { firstDay: '2027-02-28', lastDay: '9999-12-31' } }],
    ['stamp', { stamp: new Date('1969-12-31T23:59:59Z') }],
    ['sequence', { sequence: -1 }],
    ['sequence', { sequence: 0.5 }],
    ['sequence', { sequence: 2 ** 31 }],
    ['uid', { uid: '0F7C3C1E-6A3F-4F0E-9D0A-2B6F1F1F7C11' }],
    ['summary', { summary: ' \r\n\0 ' }],
    ['categories.1', { categories: ['x', ''] }],
    ['alarmMinutes', { alarmMinutes: 0 }],
    ['organizer.name', { organizer: { name: '', email: 'congress@example.org' } }],
    ['organizer.email', { organizer: { name: 'x', email: 'no-reply@example.org' } }],
    ['attendee.email', { organizer: { name: 'x', email: 'ada@example.org' } }],
    ['image.url', { image: { url: 'data:image/png;base64,AAAA', type: 'image/png' } }],
    ['conferences.0.url', { conferences: [{ url: 'http://meet.example.org/', label: 'x', features: [] }] }],
    ['url', { url: 'https://example.org/a|b' }],
  ])('[CG4] [CV3] [CV7] [CV8] [CV9] [CM4] is refused for its %s', (field, changes) => {
    expect(refusal(changes)).toBe(field);
  });

  it('[CV4] [B25] takes mailboxes that need no escaping, and says so beforehand', () => {
    const good = ['ada@example.org', "o'neil+x_y~z!@sub.example.org", 'a.b@xn--80ak6aa92e.com'];
    const bad = ['ada', 'ada@localhost', '"a b"@example.org', 'a,b@example.org', 'a;b@example.org', 'адам@example.org'];
    bad.push(
      'a@b@example.org',
      '.a@example.org',
      'a..b@example.org',
      'a@-x.org',
      'a@example.org\r\nX:1',
      `${'a'.repeat(65)}@example.org`,
    );
    expect(good.map(isCalendarMailbox)).toEqual(good.map(() => true));
    expect(bad.map(isCalendarMailbox)).toEqual(bad.map(() => false));
  });
});

describe('a feed', () => {
  const block = (uid: string, hour: string, lastModified = '2027-03-01T09:00:00Z') =>
    renderEvent(
      calendarEvent({
        uid,
        lastModified: new Date(lastModified),
        when: {
          start: new Date(`2027-05-20T${hour}:00:00Z`),
          end: new Date('2027-05-20T20:00:00Z'),
          zone: 'Europe/Minsk',
        },
      }),
      'PUBLISH',
    );
  const [a, b, c] = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc'].map((start) => `${start}-6a3f-4f0e-9d0a-2b6f1f1f7c11`) as [
    string,
    string,
    string,
  ];

  it('[CP1] says of itself, in the newer and the older words, what it is', () => {
    const head = calendarHead({
      description: 'One\nTwo, three',
      url: 'https://congress.example.org/be/c/congress-2027',
      source: 'https://congress.example.org/c/congress-2027/programme.ics',
      refreshMinutes: 360,
      color: 'navy',
      categories: ['Кніга, музей', 'x'],
    });
    expect(lines(composeCalendar(head, 'PUBLISH', [])).slice(4, -1)).toEqual([
      'METHOD:PUBLISH',
      'UID:6d1b8f60-0c4d-4c39-8a39-51f1f2b3a001',
      'LAST-MODIFIED:20270301T090000Z',
      'NAME:Кангрэс\\; 2027',
      'X-WR-CALNAME:Кангрэс\\; 2027',
      'DESCRIPTION:One\\nTwo\\, three',
      'X-WR-CALDESC:One\\nTwo\\, three',
      'URL:https://congress.example.org/be/c/congress-2027',
      'SOURCE;VALUE=URI:https://congress.example.org/c/congress-2027/programme.ics',
      'REFRESH-INTERVAL;VALUE=DURATION:PT360M',
      'X-PUBLISHED-TTL:PT360M',
      'COLOR:navy',
      'X-APPLE-CALENDAR-COLOR:#000080',
      'CATEGORIES:Кніга\\, музей,x',
      'END:VCALENDAR',
    ]);
  });

  it('[CF6] [B22] was last modified when its newest event was', () => {
    const file = composeCalendar(calendarHead(), 'PUBLISH', [block(a, '07', '2027-04-02T01:02:03Z')]);
    expect(lines(file)[6]).toBe('LAST-MODIFIED:20270402T010203Z');
  });

  it('[CF8] [CR11] has its blocks in order of start, then UID, whatever order they come in', () => {
    const day = renderEvent(
      calendarEvent({ uid: c, when: { firstDay: '2027-05-20', lastDay: '2027-05-20' } }),
      'PUBLISH',
    );
    const blocks = [block(b, '07'), block(a, '07'), block(SECOND_UID, '06'), day];
    const file = composeCalendar(calendarHead(), 'PUBLISH', blocks);
    expect(readCalendar(file).events.map(({ uid }) => uid)).toEqual([c, SECOND_UID, a, b]);
    expect(composeCalendar(calendarHead(), 'PUBLISH', blocks.toReversed())).toBe(file);
    expect(checkCalendar(Buffer.from(file))).toEqual([]);
  });

  it('[CF5] has a tag that is the same exactly when its bytes are', () => {
    const one = calendarEvent({ uid: SECOND_UID });
    const files = [
      composeFile(calendarHead(), 'PUBLISH', [renderEvent(one, 'PUBLISH')]),
      composeFile(calendarHead(), 'PUBLISH', [renderEvent({ ...one }, 'PUBLISH')]),
      composeFile(calendarHead(), 'PUBLISH', [renderEvent({ ...one, summary: 'Другое' }, 'PUBLISH')]),
      composeFile(calendarHead({ name: 'Другой' }), 'PUBLISH', [renderEvent(one, 'PUBLISH')]),
      composeFile(undefined, 'PUBLISH', [renderEvent(one, 'PUBLISH')]),
      composeFile(calendarHead(), 'PUBLISH', [renderEvent(one, 'PUBLISH'), renderEvent(calendarEvent(), 'PUBLISH')]),
      composeFile(calendarHead(), 'PUBLISH', []),
    ];
    for (const a of files)
      for (const b of files)
        expect([a.tag === b.tag, a.bytes.equals(b.bytes)]).toEqual([a.bytes.equals(b.bytes), a.bytes.equals(b.bytes)]);
    expect(new Set(files.map(({ tag }) => tag)).size).toBe(6);
  });

  it('[CL6] is refused with the same UID twice', () => {
    expect(fieldOf(() => composeCalendar(calendarHead(), 'PUBLISH', [block(a, '07'), block(a, '08')]))).toBe('blocks');
  });

  it('[CV6] takes the names of CSS for colours, and finds the nearest for others', () => {
    expect(nearestColor('#4682B5')).toBe('steelblue');
    expect(nearestColor('#000')).toBeUndefined();
    expect(fieldOf(() => composeCalendar(calendarHead({ color: '#fff' as keyof typeof COLORS }), 'PUBLISH', []))).toBe(
      'head.color',
    );
  });
});

describe('the reader', () => {
  it('[CP6] gives as jCal what it reads in the file', () => {
    const file = writeCalendar(
      'PUBLISH',
      [calendarEvent(), calendarEvent({ uid: SECOND_UID, categories: ['a,b', 'c'] })],
      calendarHead(),
    );
    const [name, properties, components] = toJcal(file) as [string, [string, object, string, string][], [string][]];
    expect([name, components.map(([component]) => component)]).toEqual([
      'vcalendar',
      ['vtimezone', 'vevent', 'vevent'],
    ]);
    expect(properties.map(([property]) => property.toUpperCase())).toEqual(
      readCalendar(file).properties.map((one) => one.name),
    );
    expect(JSON.parse(JSON.stringify(toJcal(file)))).toEqual(toJcal(file));
  });

  it('reads behind a byte order mark', () => {
    const file = writeCalendar('PUBLISH', [calendarEvent()]);
    expect(readCalendar(`\uFEFF${file}`)).toEqual(readCalendar(file));
  });

  it.each(['', 'Dear all,', 'BEGIN:VCARD\r\nEND:VCARD\r\n', 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n'])(
    'refuses %j',
    (text) => {
      expect(() => readCalendar(text)).toThrow(CalendarReadError);
    },
  );
});
