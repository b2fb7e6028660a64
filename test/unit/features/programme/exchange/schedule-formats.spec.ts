import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readScheduleJson } from '../../../../../src/features/programme/exchange/read-schedule-json.js';
import { readScheduleXml } from '../../../../../src/features/programme/exchange/read-schedule-xml.js';
import { scheduleJson } from '../../../../../src/features/programme/exchange/schedule-json.rules.js';
import { writeScheduleXml } from '../../../../../src/features/programme/exchange/schedule-xml.rules.js';
import type { Schedule } from '../../../../../src/features/programme/exchange/schedule.rules.js';
import { jsonFaults, xmlFaults } from '../../../../support/schedule-checker.js';
import { anySchedule } from '../../../../support/schedule-samples.js';

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../../fixtures/schedules/${name}`, import.meta.url), 'utf8');

/** An object keeps names that look like numbers before others: the order of rooms is said by the list of rooms alone. */
function inNameOrder(schedule: Schedule): Schedule {
  const days = schedule.days.map((day) => ({
    ...day,
    rooms: day.rooms.toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  }));
  return { ...schedule, days };
}

describe('schedule.xml', () => {
  it('says what it was told, valid against the schema of c3voc', async () => {
    const { schedule, problems } = readScheduleXml(fixture('minimal.xml'));
    expect(problems).toEqual([]);
    const xml = writeScheduleXml(schedule);
    expect(await xmlFaults(xml)).toEqual([]);
    expect(readScheduleXml(xml).schedule).toEqual(schedule);
  });

  it('is valid whatever its texts are', async () => {
    for (const schedule of fc.sample(anySchedule, { numRuns: 15, seed: 7 })) {
      expect(await xmlFaults(writeScheduleXml(schedule))).toEqual([]);
    }
  });

  it('gives back every schedule that it can hold', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        expect(readScheduleXml(writeScheduleXml(schedule))).toMatchObject({ schedule, problems: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('leaves out what XML cannot hold, and cuts a duration that the schema does not know', async () => {
    const { schedule } = readScheduleXml(fixture('minimal.xml'));
    const [day] = schedule.days;
    const [room] = day!.rooms;
    const event = { ...room!.events[0]!, title: 'a\u0000b\u000b\ud800c\ufffe', minutes: 6000 };
    const xml = writeScheduleXml({ ...schedule, days: [{ ...day!, rooms: [{ ...room!, events: [event] }] }] });
    expect(xml).toContain('<title>abc</title>');
    expect(xml).toContain('<duration>99:59</duration>');
    expect(await xmlFaults(xml)).toEqual([]);
  });

  it('is checked by something that finds faults', async () => {
    const broken = fixture('minimal.xml').replace(' id="1"', ' id="none"');
    expect(await xmlFaults(broken)).not.toEqual([]);
  });
});

describe('schedule.json', () => {
  it('says what it was told, valid against the schema of c3voc', () => {
    const { schedule, problems } = readScheduleJson(fixture('minimal.json'));
    expect(problems).toEqual([]);
    const json = scheduleJson(schedule);
    expect(jsonFaults(json)).toEqual([]);
    expect(readScheduleJson(JSON.stringify(json)).schedule).toEqual(schedule);
  });

  it('is valid whatever its texts are, and gives back every schedule that it can hold', () => {
    fc.assert(
      fc.property(anySchedule, (schedule) => {
        const json = scheduleJson(schedule);
        expect(jsonFaults(json)).toEqual([]);
        const { schedule: back, problems } = readScheduleJson(JSON.stringify(json));
        expect(problems).toEqual([]);
        expect(inNameOrder(back)).toEqual(inNameOrder(schedule));
      }),
      { numRuns: 200 },
    );
  });

  it('is checked by something that finds faults', () => {
    const broken = JSON.parse(fixture('minimal.json').replace('"id":1', '"id":"1"')) as unknown;
    expect(jsonFaults(broken)).not.toEqual([]);
  });

  it('holds the same as the XML', () => {
    const [xml, json] = [readScheduleXml(fixture('minimal.xml')), readScheduleJson(fixture('minimal.json'))];
    const events = ({ schedule }: typeof xml) => schedule.days.flatMap(({ rooms }) => rooms);
    expect(events(json)).toMatchObject([{ name: 'Auditorium', events: [{ id: 1, title: 'Opening ceremony' }] }]);
    expect(events(xml)).toMatchObject([{ name: 'Auditorium', events: [{ id: 1, title: 'Opening ceremony' }] }]);
  });
});
