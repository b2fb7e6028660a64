import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  CalendarValueError,
  readCalendar,
  writeDeclineCounter,
  type RefusedProposal,
} from '../../../../src/platform/calendar/index.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hostile } from '../../../support/hostile.js';

const refused = (changes: Partial<RefusedProposal> = {}): RefusedProposal => ({
  uid: '0b0e8a52-5c4f-8d1e-9a76-3f2b1c0d9e8f',
  sequence: 2,
  stamp: new Date('2026-09-14T09:00:00Z'),
  organizer: { name: 'Congress, 2027', email: 'congress@example.org' },
  attendee: { name: 'Ада Лавлейс', email: 'ada@example.org' },
  ...changes,
});
const names = (file: string) =>
  file
    .replaceAll('\r\n ', '')
    .split('\r\n')
    .map((line) => line.split(/[:;]/)[0]);

describe('a refused proposal', () => {
  it('names entry, organizer and guest, and describes nothing: neither DTSTART nor SUMMARY [B29] [CM7]', () => {
    expect(writeDeclineCounter(refused())).toBe(
      [
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'PRODID:-//Skaryna//Calendar 1//EN',
        'CALSCALE:GREGORIAN',
        'METHOD:DECLINECOUNTER',
        'BEGIN:VEVENT',
        'UID:0b0e8a52-5c4f-8d1e-9a76-3f2b1c0d9e8f',
        'SEQUENCE:2',
        'DTSTAMP:20260914T090000Z',
        'ORGANIZER;CN="Congress, 2027":mailto:congress@example.org',
        'ATTENDEE;CN="Ада Лавлейс":mailto:ada@example.org',
        'END:VEVENT',
        'END:VCALENDAR',
        '',
      ].join('\r\n'),
    );
  });

  it('says the organizer’s words, whatever they hold, and nothing else (property) [CV1] [CL2]', () => {
    const words = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 200 }),
      fc.constantFrom(...hostile('calendar', 'control', 'bidi', 'emoji').map(({ value }) => value)),
    );
    fc.assert(
      fc.property(words, (comment) => {
        const file = writeDeclineCounter(refused({ comment }));
        expect(checkCalendar(Buffer.from(file))).toEqual([]);
        const [event] = readCalendar(file).events;
        const written = names(file).slice(6, -3);
        expect(written).toEqual([
          'UID',
          'SEQUENCE',
          'DTSTAMP',
          'ORGANIZER',
          'ATTENDEE',
          ...(event!.comment ? ['COMMENT'] : []),
        ]);
      }),
    );
  });

  it.each([
    ['uid', { uid: 'one' }],
    ['sequence', { sequence: -1 }],
    ['sequence', { sequence: 2 ** 31 }],
    ['stamp', { stamp: new Date('2026-09-14T09:00:00.5Z') }],
    ['organizer.name', { organizer: { name: ' ', email: 'congress@example.org' } }],
    ['organizer.email', { organizer: { name: 'Congress', email: 'con gress@example.org' } }],
    ['attendee.email', { attendee: { name: 'Ada', email: '"ada"@example.org' } }],
    ['attendee.email', { attendee: { name: 'Ada', email: 'Congress@example.org' } }],
  ] as const)('is refused where %s cannot be written [CG4]', (field, changes) => {
    let thrown: unknown;
    try {
      writeDeclineCounter(refused(changes));
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(CalendarValueError);
    expect((thrown as CalendarValueError).field).toBe(field);
  });

  it.each([
    ['a start', 'DTSTART:20260914T090000Z'],
    ['a title', 'SUMMARY:Round table'],
    ['a state', 'STATUS:CONFIRMED'],
  ])('is reported by the checker where it has %s [B29]', (_what, line) => {
    const spoilt = writeDeclineCounter(refused()).replace('END:VEVENT', `${line}\r\nEND:VEVENT`);
    expect(checkCalendar(Buffer.from(spoilt)).map(({ rule }) => rule)).toContain('CM7');
  });

  it.each(['UID', 'SEQUENCE', 'DTSTAMP', 'ORGANIZER', 'ATTENDEE'])('is reported by the checker without %s', (name) => {
    const spoilt = writeDeclineCounter(refused()).replace(new RegExp(`${name}[;:].*\\r\\n`), '');
    expect(checkCalendar(Buffer.from(spoilt)).map(({ rule }) => rule)).toContain('CM7');
  });
});
