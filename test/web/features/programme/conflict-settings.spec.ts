import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Assignments,
  Conflicts,
  Programmes,
  Sessions,
  type Session,
} from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant, toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let organizer: Client;
let admin: Client;
let api: Program;
let day: string;
let rooms: Record<'a' | 'b' | 'hall', string>;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  day = here.conference.startsOn;
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
  const venues = world.get(Venues);
  const { id } = await venues.addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const room = async (code: string) =>
    (await venues.addRoom(id, { code, name: { en: code }, capacity: null, notes: '' })).id;
  rooms = { a: await room('a'), b: await room('b'), hall: await room('hall') };
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
  admin = await signedIn(world.client(), 'admin@example.org');
});

const at = (time: string) => toInstant(`${day}T${time}`, here.conference.zone).instant;
const add = async (title: string, time: string, roomId: string | null, minutes = 60) =>
  (
    await world
      .get(Sessions)
      .add(here.programmeId, { kind: 'section', title: { en: title }, place: { start: at(time), minutes, roomId } })
  ).session;
const sessionFields = (session: Session, layout: string) => ({
  'title.en': session.title.en!,
  kind: session.kind,
  day,
  time: toLocal(session.startsAt!, here.conference.zone).slice(11),
  minutes: String(session.minutes),
  roomId: session.roomId!,
  layout,
});
const told = async (...rules: string[]) =>
  (await world.get(Conflicts).findings(here.programmeId))
    .filter(({ rule }) => rules.includes(rule))
    .map(({ rule, minutes }) => `${rule} ${minutes}`);

describe('a hall made of rooms', () => {
  it('is taken when one of them is, and its parts are checked', async () => {
    const edit = '/org/venues/library/rooms/hall';
    const fields = { 'name.en': 'hall', code: 'hall', capacity: '', notes: '' };
    const alone = await admin.submit(edit, { ...fields, parts: [rooms.a] });
    expect([alone.status, alone.body]).toEqual([422, expect.stringContaining('href="#field-parts"')]);
    expect((await admin.submit(edit, { ...fields, parts: 'nonsense' })).status).toBe(422);
    expect((await admin.submit(edit, { ...fields, parts: [rooms.a, rooms.b] })).status).toBe(303);
    expect((await admin.get(edit)).body).toMatch(new RegExp(`value="${rooms.a}" checked`));
    await add('In the part', '14:00', rooms.a);
    await add('In the whole', '14:30', rooms.hall);
    expect(await told('room-double')).toEqual(['room-double 30']);
  });
});

describe('layouts', () => {
  it('of two sessions one after the other want time between, which the session form says', async () => {
    const first = await add('Lecture', '16:00', rooms.b);
    const second = await add('Table', '17:10', rooms.b);
    for (const [session, layout] of [
      [first, 'theatre'],
      [second, 'round_table'],
    ] as const) {
      const page = `/org/c/here/sessions/${session.id}`;
      expect((await organizer.submit(page, { ...sessionFields(session, layout) }, page)).status).toBe(303);
    }
    expect(await told('setup-short')).toEqual(['setup-short 20']);
    const { version } = await world.get(Sessions).byId(here.programmeId, second.id);
    const back = await api.send(
      'PATCH',
      `/api/v1/conferences/here/sessions/${second.id}`,
      { layout: 'theatre' },
      version,
    );
    expect(back.json()).toMatchObject({ session: { layout: 'theatre' }, findings: [] });
  });
});

describe('somebody online', () => {
  it('is assigned with their zone, and not asked to come at night', async () => {
    const session = await add('Evening', '19:00', rooms.b);
    const people = `/org/c/here/sessions/${session.id}/people`;
    const typed = { personId: here.person.id, role: 'guest', state: 'confirmed', zone: 'Asia/Nowhere' };
    const wrong = await organizer.submit(`${people}?q=${encodeURIComponent('Лабоцкая')}`, typed);
    expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('href="#field-zone"')]);
    const done = await organizer.submit(`${people}?q=${encodeURIComponent('Лабоцкая')}`, {
      ...typed,
      zone: 'Asia/Vladivostok',
    });
    expect((await organizer.follow(done)).body).toContain('online, Asia/Vladivostok');
    expect(await told('online-at-night')).toEqual(['online-at-night 60']);
  });
});

describe('weekly times', () => {
  const page = () => `/org/c/here/people/${here.person.id}`;
  const weekday = () => String(new Date(`${day}T12:00:00Z`).getUTCDay() || 7);

  it('are added and taken away on the page, and count as conflicts', async () => {
    const typed = { weeklyKind: 'unavailable', weekday: weekday(), opensAt: '09:00', closesAt: '10:30' };
    const saved = await organizer.submit(page(), typed, `${page()}/weekly`);
    expect((await organizer.follow(saved)).body).toContain('09:00–10:30');
    expect(await told('outside-availability')).toEqual(['outside-availability 30']);
    expect((await organizer.submit(page(), typed, `${page()}/weekly`)).status).toBe(409);
    const reversed = await organizer.submit(page(), { ...typed, closesAt: '08:00' }, `${page()}/weekly`);
    expect([reversed.status, reversed.body]).toEqual([422, expect.stringContaining('href="#field-closesAt"')]);
    expect(reversed.body).toContain('value="08:00"');
    const [, removal] = /action="([^"]*\/weekly\/[^"]*\/removal)"/.exec((await organizer.get(page())).body)!;
    expect((await organizer.submit(page(), {}, removal!)).status).toBe(303);
    expect(await told('outside-availability')).toEqual([]);
  });

  it('are added, listed and removed by API', async () => {
    const address = `/api/v1/conferences/here/people/${here.person.id}/weekly-availabilities`;
    const added = await api.post(address, {
      kind: 'available',
      weekday: Number(weekday()),
      opensAt: '12:00',
      closesAt: '00:00',
    });
    expect(added.json()).toMatchObject({
      availability: { opensAt: 720, closesAt: 1440, personId: here.person.id },
      findings: expect.arrayContaining([expect.objectContaining({ rule: 'outside-availability', minutes: 60 })]),
    });
    const { items } = (await api.get(address)).json<{ items: { id: string }[] }>();
    expect(items).toHaveLength(1);
    expect((await api.send('DELETE', `${address}/${items[0]!.id}`)).status).toBe(204);
    expect((await api.send('DELETE', `${address}/${items[0]!.id}`)).status).toBe(404);
    expect((await api.post(address, { kind: 'present', weekday: 8, opensAt: '9', closesAt: '' })).status).toBe(422);
  });
});

describe('limits', () => {
  const page = '/org/c/here/conflict-limits';
  const fields = {
    walk: '15',
    travel: '45',
    setup: '30',
    afterArrival: '90',
    beforeDeparture: '120',
    interpreterAlone: '40',
    interpreterDay: '360',
  };

  it('are changed by form, hold at once, and refuse what is no number of minutes', async () => {
    const [a, b] = [await add('Here', '08:00', rooms.a, 30), await add('There', '08:35', rooms.b, 25)];
    for (const { id } of [a, b])
      await world.get(Assignments).assign(here.programmeId, { sessionId: id, personId: here.person.id, role: 'host' });
    expect(await told('walk-short')).toEqual(['walk-short 10']);
    const wrong = await organizer.submit(page, { ...fields, walk: 'soon' });
    expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('href="#field-walk"')]);
    expect((await organizer.submit(page, { ...fields, walk: '5' })).status).toBe(303);
    expect(await told('walk-short')).toEqual([]);
    expect((await world.get(Programmes).byId(here.programmeId)).limits).toEqual({ walk: 5 });
    expect((await organizer.submit(page, { ...fields, walk: '6', version: '1' })).status).toBe(409);
  });

  it('are read and changed by API, with the version that was seen', async () => {
    const address = '/api/v1/conferences/here/conflict-limits';
    const usual = {
      walk: 15,
      travel: 45,
      setup: 30,
      afterArrival: 90,
      beforeDeparture: 120,
      interpreterAlone: 40,
      interpreterDay: 360,
    };
    expect((await api.get(address)).json()).toEqual({ ...usual, walk: 5 });
    const { version } = await world.get(Programmes).byId(here.programmeId);
    expect((await api.send('PUT', address, usual)).status).toBe(428);
    expect((await api.send('PUT', address, usual, version)).json()).toEqual(usual);
    expect((await api.send('PUT', address, usual, version)).status).toBe(412);
    expect(await told('walk-short')).toEqual(['walk-short 10']);
  });
});
