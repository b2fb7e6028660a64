import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRepeated } from '../../../../src/kernel/zones.js';
import {
  type CalendarEvent,
  COLORS,
  type ColorName,
  FEATURES,
  type Method,
  readCalendar,
  type ReadEvent,
  writeCalendar,
} from '../../../../src/platform/calendar/index.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import {
  all,
  type Component,
  parseComponents,
  textItems,
  unescapeText,
  unfold,
  valueOf,
} from '../../../support/calendar-grammar.js';
import { fullEvent } from '../../../support/calendar-samples.js';
import { hostile } from '../../../support/hostile.js';

const ALL_HOSTILE = hostile().filter(({ value }) => typeof value === 'string');
const HOSTILE = ALL_HOSTILE.map(({ value }) => value);
const PIECES = [
  '\r\n',
  '\n',
  '\r',
  '\u0085',
  '\u2028',
  '\u2029',
  '\0',
  '\u001b',
  '\ud800',
  '\udc00',
  '\uFFFE',
  '\uFEFF',
];
PIECES.push(
  '"',
  '^',
  "^'",
  '^n',
  '\\',
  '\\n',
  ';',
  ',',
  ':',
  '\t',
  'END:VEVENT',
  'BEGIN:VALARM',
  'Ў',
  '👩‍🏫',
  'شيراز',
  'a b',
);
const ZONES = Intl.supportedValuesOf('timeZone');

const text = fc.oneof(
  fc.constantFrom(...HOSTILE),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
);
const said = text.map((value) => `x${value}`);
const second = fc
  .integer({ min: Date.UTC(1971, 0, 2) / 1000, max: Date.UTC(2060, 0, 1) / 1000 })
  .map((s) => new Date(s * 1000));
const timed = fc
  .record({ start: second, minutes: fc.integer({ min: 1, max: 4000 }), zone: fc.constantFrom(...ZONES) })
  .map(({ start, minutes, zone }) => ({ start, end: new Date(start.getTime() + minutes * 60_000), zone }));
const allDay = fc.record({ first: second, days: fc.integer({ min: 0, max: 20 }) }).map(({ first, days }) => ({
  firstDay: dayOf(first.getTime()),
  lastDay: dayOf(first.getTime() + days * 86_400_000),
}));
const event: fc.Arbitrary<CalendarEvent> = fc.record({
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

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** What CL3 and CV1 leave of a text, told in other words than the writer's. */
function cleaned(value: string): string {
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

function line(value: string): string {
  return cleaned(value).replaceAll('\n', ' ');
}

function veventOf(file: string): Component {
  const event = parseComponents(unfold(file))[0]?.children.at(-1);
  if (!event) throw new Error('no event');
  return event;
}

function expectedNames(model: CalendarEvent, vevent: Component): string[] {
  const present = (name: string, is: unknown) => (is ? [name] : []);
  return [
    ...['UID', 'SEQUENCE', 'DTSTAMP', 'DTSTART', 'DTEND'],
    ...('firstDay' in model.when ? ['X-MICROSOFT-CDO-ALLDAYEVENT', 'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT'] : []),
    ...['SUMMARY', 'TRANSP'],
    ...present('LOCATION', line(model.location ?? '').trim()),
    // Also there for a link, and for a local time beside UTC.
    ...present('DESCRIPTION', cleaned(model.description ?? '') || model.conferences?.length || isInUtc(vevent)),
    ...present('ORGANIZER', model.organizer),
    ...present('ATTENDEE', model.attendee),
    ...present('CATEGORIES', model.categories?.length),
    ...['STATUS', 'X-MICROSOFT-CDO-BUSYSTATUS', 'PRIORITY', 'CREATED', 'LAST-MODIFIED', 'CLASS'],
    ...present('GEO', model.geo),
    ...present('URL', model.url),
    ...present('COLOR', model.color),
    ...(model.conferences ?? []).map(() => 'CONFERENCE'),
    ...present('X-MICROSOFT-DISALLOW-COUNTER', model.disallowCounter),
  ];
}

function isInUtc(vevent: Component): boolean {
  const zone =
    all(vevent, 'DESCRIPTION').length > 0 && / \(UTC[^()]*\)$/.test(unescapeText(valueOf(vevent, 'DESCRIPTION') ?? ''));
  return zone && (valueOf(vevent, 'DTSTART') ?? '').endsWith('Z');
}

function expectSame(model: CalendarEvent, file: string): void {
  expect(checkCalendar(Buffer.from(file))).toEqual([]);
  const read = readCalendar(file);
  expect(read.events).toHaveLength(1);
  const [back] = read.events as [ReadEvent];
  const vevent = veventOf(file);
  expect(back).toMatchObject({
    uid: model.uid,
    sequence: model.sequence,
    stamp: model.stamp,
    created: model.created,
    lastModified: model.lastModified,
    summary: line(model.summary),
    status: model.status,
  });
  expect(back.location ?? '').toBe(line(model.location ?? '').trim() ? line(model.location ?? '') : '');
  expectTimes(model, back);
  expectDescription(model, back, vevent);
  // ical.js takes the comma behind an item that ends in a backslash for an escaped one.
  const items = (model.categories ?? []).map(line);
  expect(items.some((item) => item.endsWith('\\')) ? items : back.categories).toEqual(items);
  // ical.js undoes backslash escapes in parameters, which RFC 6868 does not know: names are read by the strict reader.
  for (const [name, wanted] of [
    ['ORGANIZER', model.organizer],
    ['ATTENDEE', model.attendee],
  ] as const) {
    const [found] = all(vevent, name);
    expect([found?.parameters.get('CN')?.[0], found?.value]).toEqual(
      wanted ? [line(wanted.name), `mailto:${wanted.email}`] : [undefined, undefined],
    );
  }
  expect(all(vevent, 'CONFERENCE').map(({ parameters, value }) => [parameters.get('LABEL'), value])).toEqual(
    (model.conferences ?? []).map(({ label, url }) => [[line(label)], new URL(url).href]),
  );
  expect(all(vevent, 'CATEGORIES').flatMap(({ value }) => textItems(value))).toEqual(
    (model.categories ?? []).map(line),
  );
  expect(vevent.lines.map(({ name }) => name)).toEqual(expectedNames(model, vevent));
  expect(vevent.children.map(({ name }) => name)).toEqual(model.alarmMinutes === undefined ? [] : ['VALARM']);
  expect(back.alarms).toHaveLength(model.alarmMinutes === undefined ? 0 : 1);
}

function expectTimes(model: CalendarEvent, back: ReadEvent): void {
  if ('firstDay' in model.when) {
    const end = dayOf(Date.parse(model.when.lastDay) + 86_400_000);
    expect([back.start?.day, back.end?.day]).toEqual([model.when.firstDay, end]);
  } else {
    expect([back.start?.instant, back.end?.instant]).toEqual([model.when.start, model.when.end]);
  }
}

function expectDescription(model: CalendarEvent, back: ReadEvent, vevent: Component): void {
  const links = (model.conferences ?? []).map(({ label, url }) => `${line(label)}: ${new URL(url).href}`);
  const wanted = [...links, cleaned(model.description ?? '')].filter(Boolean).join('\n');
  const found = back.description ?? '';
  const local = 'zone' in model.when && isInUtc(vevent) ? found.slice(wanted.length) : '';
  expect(found).toBe(wanted + local);
  if (local) expect(local).toMatch(/^\n?\d{4}-\d\d-\d\d \d\d:\d\d–(?:\d{4}-\d\d-\d\d )?\d\d:\d\d \S+ \(UTC\S*\)$/);
}

function refused(action: () => unknown): string {
  try {
    action();
    return '';
  } catch (error) {
    return error instanceof Error ? error.name : String(error);
  }
}

describe('a model with hostile texts, written and read again', () => {
  it('[X8] [CL3] [CV1] [CV2] [CV5] [B08] [B28] is the same in every field, with no property more or less', () => {
    const property = fc.property(event, (model) => expectSame(model, writeCalendar('REQUEST', [model])));
    expect(() => fc.assert(property, { numRuns: 400 })).not.toThrow();
  });

  it('[X8] [CL6] [CF8] is the same for each event of a feed, in order of start', () => {
    const feed = fc.uniqueArray(event, { selector: ({ uid }) => uid, minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(feed, (models) => {
        const file = writeCalendar(
          'PUBLISH',
          models.map((model) => ({ ...model, attendee: undefined })),
        );
        expect(checkCalendar(Buffer.from(file))).toEqual([]);
        const read = readCalendar(file).events;
        expect(read.map(({ uid }) => uid).sort()).toEqual(models.map(({ uid }) => uid).sort());
        const starts = read.map(({ start }) => start?.instant?.getTime() ?? Date.parse(start?.day ?? ''));
        expect(starts).toEqual([...starts].sort((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it.each(ALL_HOSTILE.map(({ id, value }) => [id, value]))('[X8] keeps %s in every text field', (_id, value) => {
    expect.hasAssertions();
    const categories = [`x${value}`];
    const link = { url: 'https://meet.example.org/', label: `x${value}`, features: [] };
    const model = fullEvent({
      image: undefined,
      summary: `x${value}`,
      location: value,
      description: value,
      categories,
      conferences: [link],
    });
    const named = { ...model, organizer: { name: `x${value}`, email: 'congress@example.org' } };
    expectSame(named, writeCalendar('REQUEST', [named]));
  });

  const fields: readonly (readonly [string, (value: string) => Partial<CalendarEvent>])[] = [
    ['uid', (value) => ({ uid: value })],
    ['when.zone', (value) => ({ when: { ...fullEvent().when, zone: value } as CalendarEvent['when'] })],
    ['when.firstDay', (value) => ({ when: { firstDay: value, lastDay: value } })],
    ['url', (value) => ({ url: value })],
    ['conferences.0.url', (value) => ({ conferences: [{ url: value, label: 'x', features: [] }] })],
    ['organizer.email', (value) => ({ organizer: { name: 'x', email: value } })],
    [
      'attendee.email',
      (value) => ({ attendee: { name: 'x', email: value, role: 'CHAIR', partstat: 'ACCEPTED', rsvp: true } }),
    ],
    ['status', (value) => ({ status: value as CalendarEvent['status'] })],
    ['color', (value) => ({ color: value as ColorName })],
    ['sequence', (value) => ({ sequence: value as unknown as number })],
  ];
  it.each(fields)(
    '[X8] [CG4] [CV3] [CV4] [CV6] [CV7] [CV9] [B25] %s takes no hostile value, or stays one line',
    (_field, change) => {
      const method: Method = 'REQUEST';
      const names = veventOf(writeCalendar(method, [fullEvent()])).lines.map(({ name }) => name);
      const allDayNames = ['X-MICROSOFT-CDO-ALLDAYEVENT', 'X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT'];
      const reasons = new Set<string>();
      let kept = 0;
      for (const value of [...HOSTILE, ...PIECES]) {
        const model = fullEvent(change(value));
        const why = refused(() => writeCalendar(method, [model]));
        reasons.add(why);
        if (why !== '') continue;
        kept += 1;
        const file = writeCalendar(method, [model]);
        expect(checkCalendar(Buffer.from(file))).toEqual([]);
        expect(
          veventOf(file)
            .lines.map(({ name }) => name)
            .filter((name) => !allDayNames.includes(name)),
        ).toEqual(names);
      }
      expect([...reasons].filter((why) => why !== '')).toEqual(['CalendarValueError']);
      expect(kept).toBeLessThan(HOSTILE.length / 2);
    },
  );

  it('[CZ5] is written in UTC in the hour that the clock shows twice', () => {
    const start = new Date('2027-10-31T01:30:00Z');
    expect(isRepeated('Europe/Paris', start.getTime())).toBe(true);
    const model = fullEvent({ when: { start, end: new Date('2027-10-31T03:00:00Z'), zone: 'Europe/Paris' } });
    expect(readCalendar(writeCalendar('REQUEST', [model])).events[0]?.start?.instant).toEqual(start);
  });
});
