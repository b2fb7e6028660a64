import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isRepeated } from '../../../../src/kernel/zones.js';
import {
  type CalendarEvent,
  type ColorName,
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
import {
  anyFeed,
  anyInvitation,
  cleanedLine,
  dayOf,
  descriptionOf,
  LOCAL_TIME,
  locationOf,
  PIECES,
  propertiesOf,
} from '../../../support/calendar-models.js';
import { fullEvent } from '../../../support/calendar-samples.js';
import { hostile } from '../../../support/hostile.js';

const ALL_HOSTILE = hostile();
const HOSTILE = ALL_HOSTILE.map(({ value }) => value);

function veventOf(file: string): Component {
  const event = parseComponents(unfold(file))[0]?.children.at(-1);
  if (!event) throw new Error('no event');
  return event;
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
    summary: cleanedLine(model.summary),
    status: model.status,
  });
  expect(back.location ?? '').toBe(locationOf(model));
  expectTimes(model, back);
  expectDescription(model, back, vevent);
  // ical.js takes the comma behind an item that ends in a backslash for an escaped one.
  const items = (model.categories ?? []).map(cleanedLine);
  expect(items.some((item) => item.endsWith('\\')) ? items : back.categories).toEqual(items);
  // ical.js undoes backslash escapes in parameters, which RFC 6868 does not know: names are read by the strict reader.
  for (const [name, wanted] of [
    ['ORGANIZER', model.organizer],
    ['ATTENDEE', model.attendee],
  ] as const) {
    const [found] = all(vevent, name);
    expect([found?.parameters.get('CN')?.[0], found?.value]).toEqual(
      wanted ? [cleanedLine(wanted.name), `mailto:${wanted.email}`] : [undefined, undefined],
    );
  }
  expect(all(vevent, 'CONFERENCE').map(({ parameters, value }) => [parameters.get('LABEL'), value])).toEqual(
    (model.conferences ?? []).map(({ label, url }) => [[cleanedLine(label)], new URL(url).href]),
  );
  expect(all(vevent, 'CATEGORIES').flatMap(({ value }) => textItems(value))).toEqual(
    (model.categories ?? []).map(cleanedLine),
  );
  expect(vevent.lines.map(({ name }) => name)).toEqual(propertiesOf(model, isInUtc(vevent)));
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
  const wanted = descriptionOf(model);
  const found = back.description ?? '';
  const local = 'zone' in model.when && isInUtc(vevent) ? found.slice(wanted.length) : '';
  expect(found).toBe(wanted + local);
  if (local) expect(local).toMatch(LOCAL_TIME);
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
    const property = fc.property(anyInvitation, (model) => expectSame(model, writeCalendar('REQUEST', [model])));
    expect(() => fc.assert(property, { numRuns: 400 })).not.toThrow();
  });

  it('[X8] [CL6] [CF8] is the same for each event of a feed, in order of start', () => {
    fc.assert(
      fc.property(anyFeed(anyInvitation, 6), (models) => {
        const file = writeCalendar('PUBLISH', models);
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
