import { describe, expect, it } from '@jest/globals';
import ICAL from 'ical.js';
import { offsetSeconds, toInstant, toLocal } from '../../../../src/kernel/zones.js';
import { renderEvent, writeCalendar } from '../../../../src/platform/calendar/index.js';
import { vtimezone } from '../../../../src/platform/calendar/vtimezone.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { calendarEvent } from '../../../support/calendar-samples.js';

const HOUR = 3_600_000;
const ZONES = Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC');

function event(zone: string, start = '2027-05-20T07:00:00Z', uid = '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c11') {
  const from = new Date(start);
  return calendarEvent({ uid, when: { start: from, end: new Date(from.getTime() + HOUR), zone } });
}

function icalZone(zone: string, text: string): ICAL.Timezone {
  return new ICAL.Timezone({ tzid: zone, component: new ICAL.Component(ICAL.parse(text.trimEnd())) });
}

/** The clock time of `ms` in a zone as ical.js, reading our VTIMEZONE, turns it back into an instant. */
function readBack(zone: string, timezone: ICAL.Timezone, ms: number): number {
  const clock = new Date(ms + offsetSeconds(zone, ms) * 1000);
  const [year, month, day] = [clock.getUTCFullYear(), clock.getUTCMonth() + 1, clock.getUTCDate()];
  const [hour, minute, second] = [clock.getUTCHours(), clock.getUTCMinutes(), clock.getUTCSeconds()];
  return new ICAL.Time({ year, month, day, hour, minute, second, isDate: false }, timezone).toUnixTime() * 1000;
}

function occursTwice(zone: string, ms: number): boolean {
  return toInstant(toLocal(new Date(ms), zone), zone).repeated;
}

describe('VTIMEZONE', () => {
  it('[CZ3] is one observance of one offset in Minsk', () => {
    expect(vtimezone('Europe/Minsk', 2026, 2027)?.split('\r\n')).toEqual([
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Minsk',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0300',
      'TZOFFSETTO:+0300',
      'TZNAME:+03',
      'END:STANDARD',
      'END:VTIMEZONE',
      '',
    ]);
  });

  it('[CZ2] [CZ4] is a pair of yearly rules in New York, from the year before the first event', () => {
    const lines = vtimezone('America/New_York', 2026, 2026)?.split('\r\n') ?? [];
    expect(lines.filter((line) => /^(?:BEGIN|DTSTART|RRULE|TZOFFSET)/.test(line))).toEqual([
      'BEGIN:VTIMEZONE',
      'BEGIN:DAYLIGHT',
      'DTSTART:20250309T020000',
      'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU',
      'TZOFFSETFROM:-0500',
      'TZOFFSETTO:-0400',
      'BEGIN:STANDARD',
      'DTSTART:20251102T020000',
      'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU',
      'TZOFFSETFROM:-0400',
      'TZOFFSETTO:-0500',
    ]);
    expect(vtimezone('Europe/Paris', 2026, 2026)).toContain('RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n');
  });

  it('[CZ7] read by ical.js gives the offset of Intl in every zone, each 13 hours for two years', () => {
    const wrong: string[] = [];
    const kinds = { fixed: 0, yearly: 0, utc: 0 };
    for (const [index, zone] of ZONES.entries()) {
      const text = vtimezone(zone, 2026, 2027);
      kinds[text === undefined ? 'utc' : text.includes('RRULE') ? 'yearly' : 'fixed'] += 1;
      if (text === undefined) continue;
      const timezone = icalZone(zone, text);
      // A fixed offset cannot be wrong in one hour alone: few looks are enough. Yearly zones take turns in the phase.
      const step = text.includes('RRULE') ? 13 * HOUR : 29 * 13 * HOUR;
      for (let ms = Date.UTC(2026, 0, 1) + (index % 13) * HOUR; ms < Date.UTC(2028, 0, 1); ms += step) {
        if (readBack(zone, timezone, ms) !== ms && !occursTwice(zone, ms))
          wrong.push(`${zone} ${new Date(ms).toISOString()}`);
      }
    }
    expect(wrong).toEqual([]);
    // Which zones need UTC depends on the year's politics; that most do not is what the rule rests on.
    expect(kinds.fixed).toBeGreaterThan(250);
    expect(kinds.yearly).toBeGreaterThan(100);
    expect(kinds.utc).toBeLessThan(15);
  });

  it('[CZ6] [B11] has at most 17 lines, signed offsets, and local onsets in every zone', () => {
    const files = ZONES.map((zone) => writeCalendar('PUBLISH', [event(zone)]));
    expect(files.flatMap((file) => checkCalendar(Buffer.from(file)))).toEqual([]);
    expect(files.some((file) => file.includes('RRULE'))).toBe(true);
  });
});

describe('the zone of an event', () => {
  it('[CZ1] [CZ8] [B10] is an IANA name, declared once however many events use it', () => {
    const file = writeCalendar('PUBLISH', [
      event('Europe/Paris'),
      event('Europe/Paris', '2027-05-21T07:00:00Z', '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c12'),
      event('Europe/Minsk', '2027-05-22T07:00:00Z', '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c13'),
    ]);
    expect(file.match(/^TZID:.*$/gm)).toEqual(['TZID:Europe/Paris', 'TZID:Europe/Minsk']);
    expect(file).toContain('DTSTART;TZID=Europe/Paris:20270520T090000\r\n');
  });

  it('[CZ5] is left out where it has no simple rule: UTC, and the local time in DESCRIPTION', () => {
    const file = writeCalendar('PUBLISH', [
      { ...event('Africa/Casablanca', '2024-05-20T07:00:00Z'), description: 'Tea' },
    ]);
    expect(file).not.toContain('TZID');
    expect(file).toContain('DTSTART:20240520T070000Z\r\nDTEND:20240520T080000Z\r\n');
    expect(file.replaceAll('\r\n ', '')).toContain(
      'DESCRIPTION:Tea\\n2024-05-20 08:00–09:00 Africa/Casablanca (UTC+1)\r\n',
    );
  });

  it('[CZ2] [CZ5] is left out of a file whose years it cannot describe, though it could each event alone', () => {
    // New York kept other rules until 2006.
    const old = renderEvent(event('America/New_York', '2003-05-20T14:00:00Z'), undefined);
    const recent = event('America/New_York', '2027-05-20T14:00:00Z', '0f7c3c1e-6a3f-4f0e-9d0a-2b6f1f1f7c12');
    expect(Buffer.from(old.bytes).toString()).toContain('TZID=America/New_York');
    const file = writeCalendar('PUBLISH', [event('America/New_York', '2003-05-20T14:00:00Z'), recent]);
    expect(file).not.toContain('TZID');
    expect(file).toContain('DTSTART:20030520T140000Z\r\n');
    expect(checkCalendar(Buffer.from(file))).toEqual([]);
  });

  it.each(['UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'])(
    '[CL7] [B10] is written with Z when it is %s, without a word more',
    (zone) => {
      const file = writeCalendar('PUBLISH', [event(zone)]);
      expect(file).toContain('DTSTART:20270520T070000Z\r\n');
      expect(file).not.toContain('DESCRIPTION');
    },
  );
});
