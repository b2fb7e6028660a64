import fc from 'fast-check';
import type {
  Schedule,
  ScheduleEvent,
  ScheduleLink,
  SchedulePerson,
} from '../../src/features/programme/exchange/schedule.rules.js';

const ZONES = ['+03:00', '+00:00', '-04:30', '+05:45'];

/** What XML 1.0 can hold; JSON holds more. */
const words = fc
  .string({ unit: 'binary', maxLength: 30 })
  .map((text) => text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ''));
const filled = words.map((text) => `${text}.`);
const line = fc
  .constantFrom('', 'Пленарнае пасяджэнне «Ў»', '<b>&amp;]]>', '  two  spaces ', '\u202bעברית', 'a\tb\nc')
  .chain((start) => words.map((rest) => start + rest));
const page = fc.option(
  fc.webUrl({ withQueryParameters: true }).filter((url) => !/[<>"{}|\\^`]/.test(url)),
  {
    nil: null,
  },
);
const clock = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 16));
const moment = fc.tuple(clock, fc.constantFrom(...ZONES)).map(([at, zone]) => `${at}:00${zone}`);
const uuid = fc.uuid();

const person: fc.Arbitrary<SchedulePerson> = fc.record({
  id: fc.option(fc.integer({ min: 1, max: 99_999_999 }), { nil: null }),
  guid: fc.option(uuid, { nil: null }),
  name: filled,
});
const link: fc.Arbitrary<ScheduleLink> = fc.record({
  title: line,
  url: fc.webUrl(),
  type: fc.constantFrom(null, 'slides', 'web'),
});

const event: fc.Arbitrary<ScheduleEvent> = fc.record({
  id: fc.integer({ min: 1, max: 99_999_999 }),
  guid: uuid,
  code: fc.option(fc.stringMatching(/^[0-9A-Z]{6}$/), { nil: null }),
  title: filled,
  subtitle: line,
  type: line,
  track: line,
  language: fc.constantFrom('', 'be', 'en'),
  abstract: line,
  description: line,
  slug: fc.stringMatching(/^[a-z0-9_]{4,9}-[a-z0-9_-]{3,20}[a-z0-9]$/),
  date: moment,
  minutes: fc.integer({ min: 1, max: 99 * 60 + 59 }),
  persons: fc.array(person, { maxLength: 3 }),
  recording: fc.option(fc.record({ license: line, optout: fc.boolean() }), { nil: null }),
  links: fc.array(link, { maxLength: 2 }),
  attachments: fc.array(link, { maxLength: 2 }),
  logo: page,
  url: fc.webUrl(),
  feedbackUrl: page,
  originUrl: page,
  videoUrl: fc.constant(null),
});

/** Any schedule that the formats can hold: what a reader must give back exactly. */
export const anySchedule: fc.Arbitrary<Schedule> = fc
  .record({
    version: words,
    url: page,
    generator: fc.option(fc.record({ name: line, version: line }), { nil: null }),
    conference: fc.record({
      acronym: fc.stringMatching(/^[a-z0-9_]{4,12}$/),
      title: line,
      start: fc.constant('2027-05-10'),
      end: fc.constant('2027-05-14'),
      timeslot: fc.constant('00:05'),
      baseUrl: page,
      url: page,
      zone: fc.constantFrom('Europe/Minsk', 'America/New_York'),
      tracks: fc.array(
        fc.record({
          name: line,
          slug: fc.constantFrom(null, 'preservation'),
          color: fc.constantFrom(null, '#1b6e53'),
        }),
        { maxLength: 3 },
      ),
    }),
    days: fc.array(
      fc.record({
        date: fc.constantFrom('2027-05-10', '2027-05-11'),
        start: moment,
        end: moment,
        rooms: fc.array(
          fc.record({ name: filled, guid: fc.option(uuid, { nil: null }), events: fc.array(event, { maxLength: 4 }) }),
          { maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  })
  .map(unambiguous);

/** Nothing twice: rooms of one name are one room with one guid, numbers, guids, codes and slugs are unique. */
function unambiguous(
  schedule: Omit<Schedule, 'days'> & { days: readonly Omit<Schedule['days'][number], 'index'>[] },
): Schedule {
  let serial = 0;
  const guids = new Map<string, string | null>();
  return {
    ...schedule,
    days: schedule.days.map((day, at) => ({
      index: at + 1,
      ...day,
      rooms: [...new Map(day.rooms.map((room) => [room.name, room])).values()].map((room) => {
        if (!guids.has(room.name)) guids.set(room.name, room.guid);
        return {
          ...room,
          guid: guids.get(room.name)!,
          events: room.events.map((one) => {
            serial++;
            const mark = String(serial).padStart(4, '0');
            return {
              ...one,
              id: serial,
              guid: `${one.guid.slice(0, -4)}${mark}`,
              code: one.code && `${one.code.slice(0, 2)}${mark}`,
              slug: `${one.slug}${mark}`,
            };
          }),
        };
      }),
    })),
  };
}
