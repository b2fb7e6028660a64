import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Assignments,
  Availabilities,
  Conflicts,
  Programmes,
  Sessions,
} from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

const ZONE = 'Europe/Minsk';

let world: TestApp;
let here: Scene;
let there: Scene;
let day: string;
let reader: Program;
let address: string;
let small: string;
let large: string;
let museum: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  day = here.conference.startsOn;
  address = `/api/v1/conferences/here/sessions/${here.sessionId}`;
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  reader = await program(world, 'organizer@example.org', ['programme:read']);
  const venues = world.get(Venues);
  const library = await venues.addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const other = await venues.addVenue({ code: 'museum', name: { en: 'Museum' }, address: {}, geo: null });
  const room = async (venueId: string, code: string, capacity: number) =>
    (await venues.addRoom(venueId, { code, name: { en: code }, capacity, notes: '' })).id;
  small = await room(library.id, 'small', 20);
  large = await room(library.id, 'large', 200);
  museum = await room(other.id, 'museum', 50);
  await world.get(Sessions).edit(here.programmeId, { id: here.sessionId, version: 1 }, { expected: 100 });
  await place(here, here.sessionId, '10:00', small);
  await place(there, there.sessionId, '09:00', large, 180);
});
afterAll(() => world.close());

async function place(of: Scene, id: string, time: string, roomId: string, minutes = 60) {
  const { version } = await world.get(Sessions).byId(of.programmeId, id);
  const start = toInstant(`${day}T${time}`, ZONE).instant;
  return world.get(Sessions).move(of.programmeId, { id, version }, { start, minutes, roomId });
}
const at = (time: string) => toInstant(`${day}T${time}`, ZONE).instant.toISOString();
const window = () => `from=${day}&to=${day}&earliest=09:00&latest=13:00&step=60`;

describe('the API', () => {
  it('ranks free places over all programmes, and says what refuses the others', async () => {
    const answer = await reader.get(`${address}/places?${window()}`);
    expect(answer.status).toBe(200);
    const found = answer.json<{ items: { start: string; roomId: string }[] }>();
    expect(found).toMatchObject({
      looked: 12,
      free: 9,
      items: [
        { start: at('12:00'), end: at('13:00'), roomId: large, points: 0, severity: null },
        { start: at('10:00'), roomId: museum, points: 1, severity: 'hint' },
        {},
        {},
        {},
        {},
        {},
        {},
      ],
      refused: { examined: 3, blockers: [{ rule: 'room-double', places: 3, alone: 3, rooms: [large] }] },
    });
    const two = await reader.get(`${address}/places?${window()}&limit=2&roomId=${small}`);
    expect(two.json<{ items: object[] }>().items).toHaveLength(2);
  });

  it('answers a heat map of every start and room', async () => {
    const map = (await reader.get(`${address}/heat-map?${window()}`)).json<{ rooms: { id: string; heat: string }[] }>();
    expect(map).toMatchObject({ minutes: 60, starts: ['09:00', '10:00', '11:00', '12:00'].map(at) });
    expect(Object.fromEntries(map.rooms.map(({ id, heat }) => [id, heat]))).toEqual({
      [small]: '1111',
      [large]: '3330',
      [museum]: '1111',
    });
  });

  it('explains one place, and hides what a restricted session of others is', async () => {
    const explained = async () =>
      (await reader.get(`${address}/explanation?start=${day}T11:30&roomId=${large}&minutes=30`)).json<object>();
    expect(await explained()).toMatchObject({
      start: at('11:30'),
      severity: 'error',
      points: 10_000,
      findings: [
        {
          rule: 'room-double',
          minutes: 30,
          involved: expect.arrayContaining([
            expect.objectContaining({ title: { en: 'Section of there' }, own: false }),
          ]),
        },
      ],
    });
    const { version } = await world.get(Sessions).byId(there.programmeId, there.sessionId);
    await world.get(Sessions).edit(there.programmeId, { id: there.sessionId, version }, { restricted: true });
    const hidden = JSON.stringify(await explained());
    expect(hidden).toContain('"occupied":true');
    expect(hidden).not.toContain('Section of there');
  });

  it('knows a person who speaks elsewhere, and the way from there', async () => {
    const { assignment } = await world
      .get(Assignments)
      .assign(there.programmeId, { sessionId: there.sessionId, personId: here.person.id, role: 'guest' });
    const heat = async () =>
      (await reader.get(`${address}/heat-map?from=${day}&earliest=11:00&latest=14:00&step=30&roomId=${museum}`)).json<{
        rooms: { heat: string }[];
      }>().rooms[0]!.heat;
    // In the large hall until 12:00, then 45 minutes to the museum.
    expect(await heat()).toBe('33221');
    await world.get(Assignments).unassign(there.programmeId, assignment);
    expect(await heat()).toBe('11111');
  });

  it('explains where the session is now, and asks for a start in the tray', async () => {
    expect((await reader.get(`${address}/explanation`)).json()).toMatchObject({
      start: at('10:00'),
      roomId: small,
      severity: 'hint',
    });
    const { session } = await world.get(Sessions).add(here.programmeId, { kind: 'meeting', title: { en: 'Tray' } });
    const tray = await reader.get(`/api/v1/conferences/here/sessions/${session.id}/explanation`);
    expect([tray.status, JSON.stringify(tray.json())]).toEqual([422, expect.stringContaining('"start"')]);
    const there = await reader.get(
      `/api/v1/conferences/here/sessions/${session.id}/explanation?start=${day}T10:30&roomId=${small}`,
    );
    const involved = expect.arrayContaining([expect.objectContaining({ id: session.id, startsAt: at('10:30') })]);
    expect(there.json()).toMatchObject({ findings: [{ rule: 'room-double', minutes: 30, involved }] });
  });

  it('looks into the days of the programme unless told, and into the tray as well', async () => {
    const { session } = await world.get(Sessions).add(here.programmeId, { kind: 'meeting', title: { en: 'Waiting' } });
    const answer = await reader.get(
      `/api/v1/conferences/here/sessions/${session.id}/heat-map?step=240&roomId=${small}`,
    );
    expect(answer.json()).toMatchObject({ starts: [at('09:00'), at('13:00'), at('17:00')], rooms: [{ heat: '000' }] });
  });

  it.each([
    ['days the wrong way round', 'from=2027-05-02&to=2027-05-01', 'to'],
    ['too many days', 'from=2027-05-01&to=2027-07-01', 'to'],
    ['no such day', 'from=2027-02-30', 'from'],
    ['hours the wrong way round', 'from=2027-05-01&earliest=18:00&latest=09:00', 'latest'],
    ['a step of a second', 'from=2027-05-01&step=0', 'step'],
    ['a room that is none', `from=2027-05-01&roomId=${UNKNOWN_ID}`, 'roomId'],
  ])('refuses %s beside the field', async (_name, query, field) => {
    for (const question of ['places', 'heat-map']) {
      const answer = await reader.get(`${address}/${question}?${query}`);
      expect([answer.status, JSON.stringify(answer.json())]).toEqual([422, expect.stringContaining(`"${field}"`)]);
    }
  });

  it('knows nothing of sessions of other programmes', async () => {
    for (const question of ['places', 'heat-map', `explanation?start=${day}T10:00`])
      expect((await reader.get(`/api/v1/conferences/here/sessions/${there.sessionId}/${question}`)).status).toBe(404);
  });
});

describe('the page', () => {
  let organizer: Client;
  let page: string;
  beforeAll(async () => {
    organizer = await signedIn(world.client(), 'organizer@example.org');
    page = `/org/c/here/sessions/${here.sessionId}/places`;
    await place(here, here.sessionId, '10:00', small);
  });

  it('lists free places, what is in the way, and a map; a button moves the session there', async () => {
    const { status, body } = await organizer.get(`${page}?${window().replace('&step=60', '')}`);
    expect(status).toBe(200);
    expect(body).toContain('Free places: 27 of 39');
    expect(body).toContain('The room is taken: 12 places, 12 of them by this alone');
    expect(body).toContain('class="heat-error"');
    const [version] = /name="version" value="(\d+)"/.exec(body)!.slice(1);
    const there = { day, time: '12:00', minutes: '60', roomId: large, version: version!, board: '', days: '' };
    const moved = await organizer.submit(`${page}?${window()}`, there, `/org/c/here/sessions/${here.sessionId}/move`);
    expect(moved.status).toBe(303);
    const session = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    expect([session.startsAt!.toISOString(), session.roomId]).toEqual([at('12:00'), large]);
  });

  it('says why it cannot be at a place, asked from the move form', async () => {
    const move = `/org/c/here/sessions/${here.sessionId}/move`;
    const asked = await organizer.submit(move, { day, time: '11:30', minutes: '60', roomId: large }, page);
    expect(asked.location).toBe(`${page}?day=${day}&time=11%3A30&minutes=60&roomId=${large}`);
    const { body } = await organizer.follow(asked);
    expect(body).toContain('Why can’t it be here?');
    expect(body).toContain('large: “occupied (restricted)” and “Section of here” overlap by 30 minutes');
    expect(body).toContain('Move it here anyway');
  });

  it('says so where nothing is in the way', async () => {
    const { body } = await organizer.get(`${page}?day=${day}&time=16:00&minutes=60&roomId=${large}`);
    expect(body).toContain('Nothing against it');
  });

  it.each([
    ['a day that is none', 'day=2027-02-30&time=10:00', 'day'],
    ['a time without a day', 'from=2027-05-01&time=10:00', 'day'],
    ['days the wrong way round', 'from=2027-05-02&to=2027-05-01', 'to'],
    ['a room that is none', 'from=2027-05-02&roomId=nonsense', 'roomId'],
    ['no length', 'from=2027-05-02&minutes=0', 'minutes'],
  ])('refuses %s beside the field, with what was typed', async (_name, query, field) => {
    const answer = await organizer.get(`${page}?${query}`);
    expect([answer.status, answer.body]).toEqual([422, expect.stringContaining(`href="#field-${field}"`)]);
  });

  it('finds nothing of another programme, and asks readers nothing that they may not do', async () => {
    expect((await organizer.get(`/org/c/here/sessions/${there.sessionId}/places`)).status).toBe(404);
    await staff(world, 'onlooker@example.org', [{ role: 'readonly', conferenceId: here.conference.id }]);
    const onlooker = await signedIn(world.client(), 'onlooker@example.org');
    const { status, body } = await onlooker.get(`${page}?${window()}`);
    expect([status, body.includes('/move"')]).toEqual([200, false]);
  });
});

describe('what the page shows', () => {
  it('is the same from memory as from the rows, after every kind of change', async () => {
    const { db } = world;
    const get: TestApp['get'] = (type) => world.get(type);
    const compare = async () => {
      for (const { programmeId } of [here, there]) {
        const kept = await get(Conflicts).findings(programmeId);
        expect(await db.transaction(() => get(Conflicts).findings(programmeId))).toEqual(kept);
      }
      return (await get(Conflicts).findings(here.programmeId)).map(({ rule }) => rule);
    };
    const seen: unknown[] = [];
    await place(here, here.sessionId, '10:00', large);
    seen.push(await compare());
    await get(Availabilities).state(here.programmeId, here.person.id, 'staff', [
      { kind: 'unavailable', startsAt: new Date(at('09:00')), endsAt: new Date(at('10:30')) },
    ]);
    seen.push(await compare());
    const { assignment } = await get(Assignments).assign(here.programmeId, {
      sessionId: here.sessionId,
      personId: there.person.id,
      role: 'chair',
    });
    seen.push(await compare());
    await get(Assignments).answer(assignment.id, 'declined');
    seen.push(await compare());
    const programme = await get(Programmes).byId(here.programmeId);
    await get(Programmes).changeZone(programme.id, 'Europe/Warsaw');
    seen.push(await compare());
    const { version } = await get(Sessions).byId(there.programmeId, there.sessionId);
    await get(Sessions).cancel(there.programmeId, { id: there.sessionId, version });
    seen.push(await compare());
    const double = 'room-double';
    expect(seen).toEqual([
      [double],
      [double, 'outside-availability'],
      ['person-double', double, 'outside-availability'],
      [double, 'outside-availability'],
      [double, 'outside-availability'],
      ['outside-availability'],
    ]);
  });

  it('tells at least one of two who take the same room at the same time', async () => {
    const add = async (time: string) =>
      (
        await world.get(Sessions).add(here.programmeId, {
          kind: 'section',
          title: { en: time },
          place: { start: new Date(at(time)), roomId: null },
        })
      ).session;
    const both = [await add('15:00'), await add('15:30')];
    const saved = await Promise.all(
      both.map(({ id, version, startsAt, minutes }) =>
        world.get(Sessions).move(here.programmeId, { id, version }, { start: startsAt, minutes, roomId: museum }),
      ),
    );
    expect(saved.flatMap(({ findings }) => findings.map(({ rule }) => rule))).toContain('room-double');
  });
});
