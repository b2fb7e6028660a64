// @engine sqlite
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { Conflicts, ProgrammeImports, Programmes, Releases } from '../../../../src/features/programme/index.js';
import { FindingOverride } from '../../../../src/features/programme/conflicts/finding-override.entity.js';
import { eventsOf } from '../../../../src/features/programme/exchange/found.rules.js';
import { readFile, type FoundEvent } from '../../../../src/features/programme/exchange/read-file.js';
import { readScheduleJson } from '../../../../src/features/programme/exchange/read-schedule-json.js';
import { readScheduleXml } from '../../../../src/features/programme/exchange/read-schedule-xml.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { realSchedule } from '../../../support/real-schedules.js';
import { jsonFaults, xmlFaults } from '../../../support/schedule-checker.js';

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
});
afterAll(() => world.close());

/** Reads the file, makes every unknown room, and takes it over. */
async function imported(programmeId: string, bytes: Buffer) {
  const imports = world.get(ProgrammeImports);
  let found = await imports.start(programmeId, { filename: 'file', bytes }, 'en');
  const { plan } = await imports.preview(found);
  found = await imports.choose(found, {
    rooms: Object.fromEntries(plan.unknownRooms.map(({ name }) => [name, 'new'])),
  });
  return imports.commit(programmeId, found.id, (await imports.preview(found)).key);
}

/** Published programmes have conflicts by the hundred, which were somebody's decision; all are accepted in one step. */
async function acceptConflicts(programmeId: string): Promise<void> {
  const errors = (await world.get(Conflicts).findings(programmeId)).filter(({ severity }) => severity === 'error');
  const rows = errors.map(({ key: findingKey }, at) => ({
    id: `${serial}-${at}`,
    programmeId,
    findingKey,
    reason: 'as published',
    accountId: null,
    at: world.clock.now(),
  }));
  if (rows.length > 0) await world.db.insert(FindingOverride, rows);
}

/** The instant of `…+01:00`, `…[Europe/Paris]` or a time on the clock of the programme. */
function instantOf(date: string, zone: string): number {
  if (/[+-]\d\d:\d\d$/.test(date)) return Date.parse(date);
  return toInstant(date.slice(0, 16), /\[(.+)\]$/.exec(date)?.[1] ?? zone).instant.getTime();
}

/** Everything of an event that the format can hold and that is not ours to say: our pages have addresses of their own. */
function kept({ event, room }: Pick<FoundEvent, 'event' | 'room'>, zone: string) {
  const { url, originUrl, date, code: _code, slug: _slug, persons, minutes, title, track, ...rest } = event;
  return {
    ...rest,
    room: room.trim(),
    title: title.trim(),
    track: track.trim(),
    minutes: Math.max(1, minutes),
    at: instantOf(date, zone),
    persons: persons.map(({ name }) => name.trim().replace(/\s+/g, ' ')).toSorted(),
    address: originUrl ?? (url?.startsWith(ORIGIN) ? null : url),
  };
}

const own = (name: string): Buffer => readFileSync(new URL(`../../../fixtures/schedules/${name}`, import.meta.url));

describe('a published programme', () => {
  it.each<[string, Buffer, string, number, number]>([
    ['fosdem-2025-v1.xml', realSchedule('fosdem-2025-v1.xml'), 'Europe/Brussels', 927, 965],
    ['fosdem-2025-v2.xml', realSchedule('fosdem-2025-v2.xml'), 'Europe/Brussels', 940, 985],
    ['fosdem-2025-v3.xml', realSchedule('fosdem-2025-v3.xml'), 'Europe/Brussels', 943, 992],
    ['emf-2016.xml', realSchedule('emf-2016.xml'), 'Europe/London', 138, 122],
    ['emf-2016.json', realSchedule('emf-2016.json'), 'Europe/London', 350, 122],
    ['emf-2016.ics', realSchedule('emf-2016.ics'), 'Europe/London', 350, 0],
    ['emf-2018.xml', realSchedule('emf-2018.xml'), 'Europe/London', 214, 191],
    ['emf-2018.json', realSchedule('emf-2018.json'), 'Europe/London', 355, 191],
    ['emf-2018.ics', realSchedule('emf-2018.ics'), 'Europe/London', 355, 0],
    ['debconf23.xml', realSchedule('debconf23.xml'), 'Asia/Kolkata', 117, 87],
    ['jres-2022.ics', realSchedule('jres-2022.ics'), 'Europe/Paris', 120, 0],
    ['minimal.xml', own('minimal.xml'), 'Europe/Paris', 1, 1],
    ['minimal.json', own('minimal.json'), 'Europe/Paris', 1, 1],
  ])(
    'comes in and goes out again without loss, valid, as XML and as JSON: %s',
    async (_name, bytes, zone, events, people) => {
      const conference = await world.get(Conferences).create({
        slug: `tripped-${++serial}`,
        kind: 'conference',
        title: { en: 'Published' },
        startsOn: '2027-05-10',
        endsOn: '2027-05-12',
        numberPrefix: `R${serial}`,
        public: true,
        zone,
      });
      const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
      const done = await imported(programmeId, bytes);
      expect(done.counts).toEqual({ added: events, changed: 0, unchanged: 0, errors: 0, people });
      await acceptConflicts(programmeId);
      await world.get(Releases).publish(programmeId);
      const [xml, json] = [
        (await world.client().get(`/c/${conference.slug}/programme.xml?lang=en`)).body,
        (await world.client().get(`/c/${conference.slug}/programme.json?lang=en`)).body,
      ];
      expect(await xmlFaults(xml)).toEqual([]);
      expect(jsonFaults(JSON.parse(json))).toEqual([]);

      const { content } = await readFile(bytes);
      if (content.kind !== 'events') throw new Error('a table has no events');
      const numbered = (found: Pick<FoundEvent, 'event' | 'room'>) =>
        // Who comes without a number gets one.
        [
          found.event.guid,
          { ...kept(found, zone), ...(found.event.id === 0 ? { id: expect.any(Number) } : {}) },
        ] as const;
      const original = new Map(content.events.map(numbered));
      expect(original.size).toBe(events);
      for (const { schedule } of [readScheduleXml(xml), readScheduleJson(json)]) {
        const back = new Map([...eventsOf(schedule)].map((found) => [found.event.guid, kept(found, zone)]));
        expect(back.size).toBe(events);
        for (const [guid, event] of original) expect(back.get(guid)).toEqual(event);
      }

      // What the house has said itself is no news to it.
      for (const file of [xml, json])
        expect((await imported(programmeId, Buffer.from(file))).counts).toMatchObject({
          added: 0,
          changed: 0,
          unchanged: events,
          errors: 0,
        });
      // The rooms are free again for the next one.
      await world.get(ProgrammeImports).undo(programmeId, done);
    },
  );
});
