import { describe, expect, it } from '@jest/globals';
import { contains, minutes, overlaps, shift } from '../../../src/kernel/time-range.js';
import {
  isZone,
  localDay,
  offsetLabel,
  offsetSeconds,
  toInstant,
  toLocal,
  ZoneError,
} from '../../../src/kernel/zones.js';

function codeOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ZoneError) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('a zone name', () => {
  it.each(['Europe/Minsk', 'America/Argentina/Buenos_Aires', 'Europe/Kyiv', 'Asia/Calcutta', 'Etc/GMT+5', 'UTC'])(
    '[X10] %s is one',
    (zone) => expect(isZone(zone)).toBe(true),
  );

  it.each([
    '',
    'Minsk',
    '+03:00',
    'europe/minsk',
    'EUROPE/MINSK',
    '/Europe/Minsk',
    'Europe/Minsk\r\nX:1',
    'Europe/Atlantis',
    '../etc',
  ])('[X10] %j is none', (zone) => {
    expect(isZone(zone)).toBe(false);
    expect(codeOf(() => offsetSeconds(zone, 0))).toBe('zone.unknown');
  });
});

describe('a local time', () => {
  it('[X10] is read on the clock of its zone', () => {
    expect(toInstant('2027-05-20T10:00', 'Europe/Minsk')).toEqual({
      instant: new Date('2027-05-20T07:00:00Z'),
      repeated: false,
      offsetSeconds: 10_800,
    });
    expect(toInstant('2027-05-20T10:00:59', 'Asia/Kolkata').instant).toEqual(new Date('2027-05-20T04:30:59Z'));
  });

  it('[X10] [CV8] is refused when the date or the hour does not exist', () => {
    const wrong = ['2027-02-30T10:00', '2027-02-29T10:00', '2027-04-31T10:00', '2027-13-01T10:00', '2027-00-01T10:00'];
    wrong.push('2027-05-20T24:00', '2027-05-20T10:60', '2027-05-20T10:00:60', '2027-05-20 10:00', '2027-5-20T10:00');
    wrong.push('2027-05-20T10:00Z', '2027-05-20T10:00+03:00', '1969-12-31T23:59', '12027-05-20T10:00', '', 'tomorrow');
    expect(wrong.map((local) => [local, codeOf(() => toInstant(local, 'Europe/Minsk'))])).toEqual(
      wrong.map((local) => [local, 'time.invalid']),
    );
  });

  it('[X10] is refused in a skipped hour, also where a whole day or half an hour was skipped', () => {
    for (const [local, zone] of [
      ['2027-03-28T02:30', 'Europe/Paris'],
      ['2027-03-14T02:00', 'America/New_York'],
      ['2011-12-30T12:00', 'Pacific/Apia'],
      ['2026-10-04T02:15', 'Australia/Lord_Howe'],
    ] as const) {
      expect([zone, codeOf(() => toInstant(local, zone))]).toEqual([zone, 'time.skipped']);
    }
  });

  it('[X10] is the first of two in a repeated hour, and says so', () => {
    expect(toInstant('2027-10-31T02:30', 'Europe/Paris')).toEqual({
      instant: new Date('2027-10-31T00:30:00Z'),
      repeated: true,
      offsetSeconds: 7_200,
    });
    expect(toInstant('2027-04-04T01:45', 'Australia/Lord_Howe').repeated).toBe(true);
    expect(toInstant('2027-10-31T03:00', 'Europe/Paris').repeated).toBe(false);
  });

  it('[X10] comes back from its instant in every zone of the runtime', () => {
    const lost: string[] = [];
    for (const zone of Intl.supportedValuesOf('timeZone')) {
      for (let hour = 0; hour < 400 * 24; hour += 31 * 13) {
        const ms = Date.UTC(2026, 0, 1) + hour * 3_600_000;
        const local = toLocal(new Date(ms), zone);
        const read = toInstant(local, zone);
        if (read.instant.getTime() !== ms && !read.repeated) lost.push(`${zone} ${local}`);
      }
    }
    expect(lost).toEqual([]);
  });

  it('[X10] has the day of its zone, not of the server', () => {
    const instant = new Date('2027-05-19T22:30:00Z');
    expect(localDay(instant, 'Europe/Minsk')).toBe('2027-05-20');
    expect(localDay(instant, 'America/New_York')).toBe('2027-05-19');
    expect(toLocal(instant, 'Europe/Minsk')).toBe('2027-05-20T01:30');
    expect(codeOf(() => toLocal(new Date(Number.NaN), 'Europe/Minsk'))).toBe('time.invalid');
  });
});

describe('an offset', () => {
  it('changes at the very second of the change', () => {
    const change = Date.UTC(2027, 2, 28, 1);
    expect([offsetSeconds('Europe/Paris', change - 1), offsetSeconds('Europe/Paris', change)]).toEqual([3_600, 7_200]);
  });

  it('is named in hours, with minutes where there are some', () => {
    expect([10_800, 19_800, 0, -14_400, -12_600, 20_700].map(offsetLabel)).toEqual([
      'UTC+3',
      'UTC+5:30',
      'UTC',
      'UTC-4',
      'UTC-3:30',
      'UTC+5:45',
    ]);
  });
});

describe('a time range', () => {
  const at = (from: string, to: string) => ({
    start: new Date(`2027-05-20T${from}:00Z`),
    end: new Date(`2027-05-20T${to}:00Z`),
  });

  it('overlaps another that shares time, not one that only touches', () => {
    expect(overlaps(at('10:00', '11:00'), at('10:59', '12:00'))).toBe(true);
    expect(overlaps(at('10:00', '11:00'), at('11:00', '12:00'))).toBe(false);
    expect(overlaps(at('11:00', '12:00'), at('10:00', '11:00'))).toBe(false);
    expect(overlaps(at('10:00', '12:00'), at('10:30', '11:00'))).toBe(true);
  });

  it('contains its start and not its end', () => {
    const range = at('10:00', '11:00');
    expect([contains(range, range.start), contains(range, range.end)]).toEqual([true, false]);
    expect([contains(range, at('10:30', '11:00')), contains(range, at('10:30', '11:01'))]).toEqual([true, false]);
  });

  it('has a length and moves as a whole', () => {
    expect(minutes(at('10:00', '11:30'))).toBe(90);
    expect(shift(at('10:00', '11:30'), -45)).toEqual(at('09:15', '10:45'));
  });
});
