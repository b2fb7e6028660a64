import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Conferences, type Conference } from '../../../../src/features/conferences/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import {
  Assignments,
  Programmes,
  Releases,
  Sessions,
  Talks,
  type Session,
} from '../../../../src/features/programme/index.js';
import { readXml } from '../../../../src/features/programme/exchange/xml-tree.js';
import { readScheduleJson } from '../../../../src/features/programme/exchange/read-schedule-json.js';
import { readScheduleXml } from '../../../../src/features/programme/exchange/read-schedule-xml.js';
import { eventsOf } from '../../../../src/features/programme/exchange/found.rules.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, ORIGIN, type TestApp } from '../../../support/app.js';
import { unescapeHtml } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { jsonFaults, xmlFaults } from '../../../support/schedule-checker.js';
import { structuredDataFaults } from '../../../support/structured-data-checker.js';

let world: TestApp;
let rooms: Room[];
let conference: Conference;
let speaker: Person;
let sessions: Record<'opening' | 'night' | 'papers' | 'online' | 'hostile' | 'cancelled', Session>;

const file = async (name: string) => (await world.client().get(`/c/${conference.slug}/${name}`)).body;

beforeAll(async () => {
  world = await startApp();
  const { id: venueId } = await world.get(Venues).addVenue({
    code: 'library',
    name: { be: 'Бібліятэка', en: 'Library' },
    address: { en: 'Independence Avenue' },
    geo: null,
  });
  rooms = [];
  for (const code of ['hall', 'second'])
    rooms.push(
      await world.get(Venues).addRoom(venueId, { code, name: { en: 'Great Hall' }, capacity: null, notes: '' }),
    );
  const day = new Date(world.clock.now().getTime() + 100 * 86_400_000).toISOString().slice(0, 10);
  conference = await world.get(Conferences).create({
    slug: 'lib',
    kind: 'congress',
    title: { en: 'Congress', be: 'Кангрэс' },
    startsOn: day,
    endsOn: day,
    numberPrefix: 'C27',
    public: true,
    venueId,
  });
  const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
  const strand = await world
    .get(Programmes)
    .addStrand(programmeId, { code: 'm', name: { en: 'Manuscripts' }, colour: 'seagreen' });
  const add = async (title: string, time: string, more: object = {}): Promise<Session> =>
    (
      await world.get(Sessions).add(programmeId, {
        kind: 'section',
        title: { en: title },
        languages: ['en', 'be'],
        strandId: strand.id,
        ...more,
        place: {
          start: toInstant(`${day}T${time}`, conference.zone).instant,
          minutes: 45,
          roomId: rooms[0]!.id,
          ...(more as { place?: object }).place,
        },
      })
    ).session;
  const text = hostile('xml', 'xss', 'control')
    .flatMap(({ value, verdict }) => (verdict === 'keep' ? [value] : []))
    .join(' ')
    .slice(0, 280);
  sessions = {
    opening: await add('Opening', '10:00', { kind: 'opening' }),
    night: await add('Night at the museum', '01:30'),
    papers: await add('Papers', '12:00', { place: { roomId: rooms[1]!.id } }),
    online: await add('Far away', '14:00', { onlineUrl: 'https://example.org/secret-room', place: { roomId: null } }),
    hostile: await add(text, '16:00', { abstract: { en: text } }),
    cancelled: await add('Called off', '18:00'),
  };
  speaker = await world.get(People).create({ given: 'Марыя', family: 'Лабоцкая', locale: 'be' });
  const { talk } = await world
    .get(Talks)
    .add(programmeId, sessions.papers.id, { title: { en: 'On bindings' }, minutes: 20 });
  const place = { sessionId: sessions.papers.id, personId: speaker.id, state: 'confirmed' as const };
  await world.get(Assignments).assign(programmeId, { ...place, talkId: talk.id, role: 'speaker' });
  await world.get(Releases).publish(programmeId);
  const { version } = await world.get(Sessions).byId(programmeId, sessions.cancelled.id);
  await world.get(Sessions).cancel(programmeId, { id: sessions.cancelled.id, version });
  await world.get(Releases).publish(programmeId);
});
afterAll(() => world.close());

describe('programme.xml and programme.json', () => {
  it('are valid against the schemas of c3voc, whatever the texts are', async () => {
    expect(await xmlFaults(await file('programme.xml?lang=en'))).toEqual([]);
    expect(jsonFaults(JSON.parse(await file('programme.json?lang=en')))).toEqual([]);
  });

  it('hold the same, without what was cancelled, each with a number and a guid', async () => {
    const [xml, json] = [
      readScheduleXml(await file('programme.xml?lang=en')),
      readScheduleJson(await file('programme.json?lang=en')),
    ];
    expect([xml.problems, json.problems]).toEqual([[], []]);
    const events = [...eventsOf(xml.schedule)];
    // XML takes codes of six letters only.
    const codeless = ({ event, room }: { event: object; room: string }) => ({ room, event: { ...event, code: null } });
    const inOrder = (list: typeof events) => list.toSorted((a, b) => a.event.id - b.event.id).map(codeless);
    expect(inOrder([...eventsOf(json.schedule)])).toEqual(inOrder(events));
    expect(events.map(({ event }) => event.guid).toSorted()).toEqual(
      Object.entries(sessions)
        .filter(([name]) => name !== 'cancelled')
        .map(([, { id }]) => id)
        .toSorted(),
    );
    expect(new Set(events.map(({ event }) => event.id)).size).toBe(5);
    expect(events.find(({ event }) => event.title === 'Papers')).toMatchObject({
      room: 'Great Hall (Library, second)',
      event: {
        type: 'section',
        track: 'Manuscripts',
        language: 'en',
        minutes: 45,
        date: `${conference.startsOn}T12:00:00+03:00`,
        url: `${ORIGIN}/en/c/lib/s/${sessions.papers.code}`,
        description: '1. On bindings (Марыя Лабоцкая, 20 min)',
        persons: [{ id: 1, guid: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Марыя Лабоцкая' }],
      },
    });
  });

  it('give a night to the day before, and every day an end', async () => {
    const { schedule } = readScheduleXml(await file('programme.xml'));
    const before = new Date(Date.parse(conference.startsOn) - 86_400_000).toISOString().slice(0, 10);
    expect(
      schedule.days.map(({ rooms: inside, ...day }) => ({
        ...day,
        events: inside.flatMap(({ events }) => events).length,
      })),
    ).toEqual([
      {
        index: 1,
        date: before,
        start: `${before}T04:00:00+03:00`,
        end: `${conference.startsOn}T04:00:00+03:00`,
        events: 1,
      },
      {
        index: 2,
        date: conference.startsOn,
        start: `${conference.startsOn}T04:00:00+03:00`,
        end: expect.stringContaining('T04:00:00+03:00'),
        events: 4,
      },
    ]);
    expect(schedule.conference).toMatchObject({
      acronym: 'lib_',
      title: 'Кангрэс',
      baseUrl: ORIGIN,
      zone: 'Europe/Minsk',
    });
  });

  it('keep the numbers through every release', async () => {
    const numbers = async () =>
      new Map(
        [...eventsOf(readScheduleXml(await file('programme.xml')).schedule)].map(({ event }) => [event.guid, event.id]),
      );
    const before = await numbers();
    const { id: programmeId } = await world.get(Programmes).ofOwner(conference.id);
    const { session } = await world.get(Sessions).add(programmeId, {
      kind: 'concert',
      title: { en: 'Evening' },
      place: {
        start: toInstant(`${conference.startsOn}T20:00`, conference.zone).instant,
        minutes: 60,
        roomId: rooms[0]!.id,
      },
    });
    await world.get(Releases).publish(programmeId);
    const after = await numbers();
    expect(after.get(session.id)).toBeGreaterThan(Math.max(...before.values()));
    after.delete(session.id);
    expect(after).toEqual(before);
  });

  it('say nothing of the address to join, and answer 404 before the first release', async () => {
    for (const name of ['programme.xml', 'programme.json', 'programme.jsonld', 'programme.xcal.xml']) {
      const answer = await world.client().get(`/c/lib/${name}`);
      expect([name, answer.status, answer.body.includes('secret-room')]).toEqual([name, 200, false]);
    }
    await world.get(Conferences).create({ ...EMPTY, startsOn: conference.startsOn, endsOn: conference.endsOn });
    for (const name of [
      'programme.xml',
      'programme.json',
      'programme.jsonld',
      'programme.xcal.xml',
      'speakers/abc.ics',
    ])
      expect((await world.client().get(`/c/empty/${name}`)).status).toBe(404);
  });

  it.each(['programme.xml', 'programme.json', 'programme.jsonld', 'programme.xcal.xml'])(
    'may be read from anywhere, and asked for again: %s',
    async (name) => {
      const first = await world.client().get(`/c/lib/${name}?lang=en`);
      expect(first.headers['access-control-allow-origin']).toBe('*');
      const again = await world
        .client()
        .get(`/c/lib/${name}?lang=en`, { 'if-none-match': String(first.headers['etag']) });
      expect(again.status).toBe(304);
    },
  );
});

const EMPTY = { slug: 'empty', kind: 'congress' as const, title: { en: 'Empty' }, numberPrefix: 'E27', public: true };

describe('programme.jsonld', () => {
  it('speaks the vocabulary of schema.org', async () => {
    const data = JSON.parse(await file('programme.jsonld?lang=en')) as { subEvent: Record<string, unknown>[] };
    expect(structuredDataFaults(data)).toEqual([]);
    expect(structuredDataFaults({ '@type': 'Event', speaker: 'Anna', name: 'x', startDate: 'y' })).toEqual([
      '.speaker: not of Event',
      '.location: missing',
    ]);
    expect(data.subEvent.find(({ name }) => name === 'Papers')).toMatchObject({
      '@type': 'Event',
      '@id': `${ORIGIN}/c/lib/s/${sessions.papers.code}`,
      startDate: `${conference.startsOn}T12:00:00+03:00`,
      eventStatus: 'https://schema.org/EventScheduled',
      performer: [{ '@type': 'Person', name: 'Марыя Лабоцкая' }],
      location: { '@type': 'Place', name: 'Great Hall, Library', address: 'Independence Avenue' },
    });
    expect(data.subEvent.find(({ name }) => name === 'Called off')).toMatchObject({
      eventStatus: 'https://schema.org/EventCancelled',
    });
  });

  it('stands in the page of a session, too', async () => {
    const { body } = await world.client().get(`/en/c/lib/s/${sessions.papers.code}`);
    const [, block] = /<script type="application\/ld\+json">([^]*?)<\/script>/.exec(body)!;
    const data = JSON.parse(block!) as object;
    expect(structuredDataFaults(data)).toEqual([]);
    expect(data).toMatchObject({ name: 'Papers', superEvent: { '@type': 'Event', name: 'Congress' } });
  });
});

describe('calendar files', () => {
  it('come as xCal: the same components, properties and values', async () => {
    const jcal = JSON.parse(await file('programme.jcal.json')) as [string, unknown[], unknown[][]];
    const root = readXml(await file('programme.xcal.xml'));
    const [calendar] = root.children;
    const within = (name: string) => calendar!.children.find((one) => one.name === name)!.children;
    expect([root.name, root.attributes['xmlns'], calendar!.name]).toEqual([
      'icalendar',
      'urn:ietf:params:xml:ns:icalendar-2.0',
      'vcalendar',
    ]);
    expect(within('properties').map(({ name }) => name)).toEqual(jcal[1].map((property) => (property as string[])[0]));
    expect(within('components').map(({ name }) => name)).toEqual(jcal[2].map(([name]) => name));
    const event = within('components').find(({ name }) => name === 'vevent')!;
    const [, properties] = jcal[2].find(([name]) => name === 'vevent') as unknown as [
      string,
      [string, object, string, unknown][],
    ];
    const values = event.children[0]!.children.map(({ name, children }) => [
      name,
      children.at(-1)!.name,
      children.at(-1)!.text,
    ]);
    expect(values.filter(([, type]) => type !== 'latitude')).toEqual(
      properties.filter(([name]) => name !== 'geo').map(([name, , type, ...all]) => [name, type, String(all.at(-1))]),
    );
  });

  it('come for one speaker, with the address on the page of the speaker', async () => {
    const { body: list } = await world.client().get('/en/c/lib/speakers');
    const [, code] = /\/speakers\/([0-9a-f]{12})"/.exec(list)!;
    const page = await world.client().get(`/en/c/lib/speakers/${code}`);
    expect(unescapeHtml(page.body)).toContain(`/c/lib/speakers/${code}.ics?lang=en`);
    const calendar = await file(`speakers/${code}.ics?lang=en`);
    expect([...calendar.matchAll(/^SUMMARY:(.*)\r$/gm)].map(([, title]) => title)).toEqual(['Papers']);
  });
});
