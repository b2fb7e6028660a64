import { describe, expect, it } from '@jest/globals';
import { eventsOf, type ReadSchedule } from '../../../../../src/features/programme/exchange/found.rules.js';
import { readScheduleXml } from '../../../../../src/features/programme/exchange/read-schedule-xml.js';
import { readScheduleJson } from '../../../../../src/features/programme/exchange/read-schedule-json.js';
import { writeScheduleXml } from '../../../../../src/features/programme/exchange/schedule-xml.rules.js';
import type { ScheduleEvent } from '../../../../../src/features/programme/exchange/schedule.rules.js';
import { realSchedule } from '../../../../support/real-schedules.js';

const xml = (name: string) => readScheduleXml(realSchedule(name).toString('utf8'));
const all = ({ schedule }: ReadSchedule) => [...eventsOf(schedule)];
const who = ({ persons }: ScheduleEvent) => persons.map(({ id, guid, name }) => String(id ?? guid ?? name));

/** Pairs that share time, of those that share something. */
function overlaps(
  read: ReadSchedule,
  shared: (of: { event: ScheduleEvent; room: string }) => readonly string[],
): number {
  const groups = Map.groupBy(
    all(read).flatMap((one) =>
      shared(one).map((key) => ({ key, from: Date.parse(one.event.date), minutes: one.event.minutes })),
    ),
    ({ key }) => key,
  );
  let pairs = 0;
  for (const group of groups.values()) {
    for (const [at, a] of group.entries()) {
      for (const b of group.slice(at + 1)) {
        if (a.from < b.from + b.minutes * 60_000 && b.from < a.from + a.minutes * 60_000) pairs++;
      }
    }
  }
  return pairs;
}

describe('a schedule.xml that somebody has published', () => {
  it.each([
    ['fosdem-2025-v1.xml', 2, 927, 29, 965, 0, 1],
    ['fosdem-2025-v2.xml', 2, 940, 29, 985, 0, 1],
    ['fosdem-2025-v3.xml', 2, 943, 29, 992, 0, 1],
    ['emf-2016.xml', 3, 138, 5, 120, 0, 0],
    ['emf-2018.xml', 3, 214, 8, 185, 0, 0],
    ['debconf23.xml', 8, 117, 5, 87, 0, 0],
  ])('is read whole: %s', (name, days, events, rooms, persons, roomOverlaps, personOverlaps) => {
    const read = xml(name);
    expect({
      problems: read.problems,
      days: read.schedule.days.length,
      events: all(read).length,
      rooms: new Set(all(read).map(({ room }) => room)).size,
      persons: new Set(all(read).flatMap(({ event }) => who(event))).size,
      roomOverlaps: overlaps(read, ({ room }) => [room]),
      personOverlaps: overlaps(read, ({ event }) => [...new Set(who(event))]),
    }).toEqual({ problems: [], days, events, rooms, persons, roomOverlaps, personOverlaps });
  });

  it.each(['fosdem-2025-v1.xml', 'emf-2018.xml', 'debconf23.xml'])(
    'loses nothing when it is written again: %s',
    (name) => {
      const { schedule } = xml(name);
      expect(readScheduleXml(writeScheduleXml(schedule))).toMatchObject({ schedule, problems: [] });
    },
  );

  it.each([
    ['v1', 'v2', { added: 16, removed: 3, moved: 8, durations: 2, titles: 3, persons: 8, rooms: 0 }],
    ['v2', 'v3', { added: 6, removed: 3, moved: 1, durations: 1, titles: 1, persons: 5, rooms: 0 }],
  ])('differs from its next version as its publishers made it: %s to %s', (from, to, expected) => {
    const [before, after] = [from, to].map(
      (version) => new Map(all(xml(`fosdem-2025-${version}.xml`)).map((one) => [one.event.id, one])),
    );
    const both = [...after!].flatMap(([id, now]) => (before!.has(id) ? [{ old: before!.get(id)!, now }] : []));
    const differing = (part: (of: { event: ScheduleEvent; room: string }) => unknown) =>
      both.filter(({ old, now }) => JSON.stringify(part(old)) !== JSON.stringify(part(now))).length;
    expect({
      added: [...after!.keys()].filter((id) => !before!.has(id)).length,
      removed: [...before!.keys()].filter((id) => !after!.has(id)).length,
      moved: differing(({ event }) => event.date),
      durations: differing(({ event }) => event.minutes),
      titles: differing(({ event }) => event.title),
      persons: differing(({ event }) => who(event).toSorted()),
      rooms: differing(({ room }) => room),
    }).toEqual(expected);
  });
});

describe('one event in three forms', () => {
  it.each([
    ['2016', 350, 30, 138, 1],
    ['2018', 355, 26, 214, 0],
  ])('says the same in XML and in the flat JSON: EMF %s', (year, events, places, inXml, otherTitles) => {
    const json = readScheduleJson(realSchedule(`emf-${year}.json`).toString('utf8'));
    const byId = new Map(all(json).map((one) => [one.event.id, one]));
    const pairs = all(xml(`emf-${year}.xml`)).map((one) => ({ one, other: byId.get(one.event.id)! }));
    expect(json.problems).toEqual([]);
    expect({ events: all(json).length, places: new Set(all(json).map(({ room }) => room)).size }).toEqual({
      events,
      places,
    });
    expect(pairs.length).toBe(inXml);
    expect(pairs.filter(({ one, other }) => one.room !== other.room)).toEqual([]);
    expect(pairs.filter(({ one, other }) => one.event.date.slice(0, 19) !== other.event.date.slice(0, 19))).toEqual([]);
    expect(pairs.filter(({ one, other }) => one.event.title !== other.event.title).length).toBe(otherTitles);
  });
});
