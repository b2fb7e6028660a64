import fc from 'fast-check';
import { type CalendarEvent, COLORS, type ColorName, FEATURES } from '../../src/platform/calendar/index.js';
import { hostile } from './hostile.js';

/** Pieces of texts that have broken somebody's calendar file. */
export const PIECES: readonly string[] = [
  ...['\r\n', '\n', '\r', '\u0085', '\u2028', '\u2029', '\0', '\u001b', '\ud800', '\udc00', '\uFFFE', '\uFEFF'],
  ...['"', '^', "^'", '^n', '\\', '\\n', ';', ',', ':', '\t', 'END:VEVENT', 'BEGIN:VALARM', 'Ў', '👩‍🏫', 'شيراز', 'a b'],
];

const text = fc.oneof(
  fc.constantFrom(...hostile().map(({ value }) => value)),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
/** A text that says something. */
export const said = text.map((value) => `x${value}`);
const second = fc
  .integer({ min: Date.UTC(1971, 0, 2) / 1000, max: Date.UTC(2060, 0, 1) / 1000 })
  .map((s) => new Date(s * 1000));
const timed = fc
  .record({
    start: second,
    minutes: fc.integer({ min: 1, max: 4000 }),
    zone: fc.constantFrom(...Intl.supportedValuesOf('timeZone')),
  })
  .map(({ start, minutes, zone }) => ({ start, end: new Date(start.getTime() + minutes * 60_000), zone }));
const allDay = fc.record({ first: second, days: fc.integer({ min: 0, max: 20 }) }).map(({ first, days }) => ({
  firstDay: dayOf(first.getTime()),
  lastDay: dayOf(first.getTime() + days * 86_400_000),
}));

/** An invitation to one person, in which every text may be anything. */
export const anyInvitation: fc.Arbitrary<CalendarEvent> = fc.record({
  uid: fc.uuid(),
  sequence: fc.nat(1000),
  stamp: second,
  created: second,
  lastModified: second,
  when: fc.oneof({ weight: 5, arbitrary: timed }, { weight: 1, arbitrary: allDay }),
  summary: said,
  description: fc.option(text, { nil: undefined }),
  location: fc.option(text, { nil: undefined }),
  categories: fc.array(said, { maxLength: 3 }),
  geo: fc.option(
    fc.record({
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    }),
    { nil: undefined },
  ),
  url: fc.option(fc.webUrl(), { nil: undefined }),
  color: fc.option(fc.constantFrom(...(Object.keys(COLORS) as ColorName[])), { nil: undefined }),
  status: fc.constantFrom('CONFIRMED' as const, 'TENTATIVE' as const),
  transparent: fc.boolean(),
  conferences: fc.array(
    fc.record({ url: fc.webUrl({ validSchemes: ['https'] }), label: said, features: fc.subarray([...FEATURES]) }),
    { maxLength: 2 },
  ),
  organizer: said.map((name) => ({ name, email: 'congress@example.org' })),
  attendee: said.map((name) => ({
    name,
    email: 'ada+1@mail.example.org',
    role: 'CHAIR' as const,
    partstat: 'ACCEPTED' as const,
    rsvp: true,
  })),
  alarmMinutes: fc.option(fc.integer({ min: 1, max: 2000 }), { nil: undefined }),
  disallowCounter: fc.boolean(),
});

/** Several events of one feed: UIDs of their own, nobody invited. */
export function anyFeed(event: fc.Arbitrary<CalendarEvent>, maxLength: number): fc.Arbitrary<CalendarEvent[]> {
  return fc
    .uniqueArray(event, { selector: ({ uid }) => uid, minLength: 1, maxLength })
    .map((events) => events.map((one) => ({ ...one, attendee: undefined })));
}

/** The UTC day of an instant in milliseconds. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** What CL3 and CV1 leave of a text, told in other words than the writer's. */
export function cleaned(value: string): string {
  return Array.from(value.replace(/\r\n/g, '\n'))
    .map((letter) => (/[\r\u0085\u2028\u2029]/.test(letter) ? '\n' : letter === '\t' ? ' ' : letter))
    .filter((letter) => {
      const code = letter.codePointAt(0) ?? 0;
      const control = (code < 0x20 && letter !== '\n') || (code >= 0x7f && code <= 0x9f);
      const surrogate = code >= 0xd800 && code <= 0xdfff;
      const nothing = (code & 0xfffe) === 0xfffe || (code >= 0xfdd0 && code <= 0xfdef);
      return !control && !surrogate && !nothing && code !== 0xfeff;
    })
    .join('');
}

/** The same for a field of one line. */
export function cleanedLine(value: string): string {
  return cleaned(value).replaceAll('\n', ' ');
}

/** LOCATION as a file has it: a place of nothing but spaces is none. */
export function locationOf({ location = '' }: CalendarEvent): string {
  return spoken(cleanedLine(location));
}

function spoken(value: string): string {
  return value.trim() === '' ? '' : value;
}

/** DESCRIPTION as a file has it, but for the local time that stands beside times in UTC. */
export function descriptionOf({ conferences = [], description = '' }: CalendarEvent): string {
  const links = conferences.map(({ label, url }) => `${cleanedLine(label)}: ${new URL(url).href}`);
  return [...links, spoken(cleaned(description))].filter(Boolean).join('\n');
}

/** The local time that stands at the end of DESCRIPTION beside times in UTC. */
export const LOCAL_TIME = /(?:^|\n)\d{4}-\d\d-\d\d \d\d:\d\d–(?:\d{4}-\d\d-\d\d )?\d\d:\d\d \S+ \(UTC\S*\)$/;

/** The names of the properties of an event in the order of a file, and no other. */
export function propertiesOf(model: CalendarEvent, withLocalTime: boolean): string[] {
  const present = (name: string, is: unknown) => (is ? [name] : []);
  return [
    ...['UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'DTEND'],
    ...('firstDay' in model.when ? ['X-MICROSOFT-CDO-ALLDAYEVENT', 'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT'] : []),
    ...['SUMMARY', 'TRANSP'],
    ...present('LOCATION', locationOf(model)),
    ...present('DESCRIPTION', descriptionOf(model) || withLocalTime),
    ...present('ORGANIZER', model.organizer),
    ...present('ATTENDEE', model.attendee),
    ...present('CATEGORIES', model.categories?.length),
    ...['STATUS', 'X-MICROSOFT-CDO-BUSYSTATUS', 'PRIORITY', 'CREATED', 'LAST-MODIFIED', 'CLASS'],
    ...present('GEO', model.geo),
    ...present('URL', model.url),
    ...present('COLOR', model.color),
    ...present('IMAGE', model.image),
    ...(model.conferences ?? []).map(() => 'CONFERENCE'),
    ...present('X-MICROSOFT-DISALLOW-COUNTER', model.disallowCounter),
  ];
}
