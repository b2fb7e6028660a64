import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Feed } from '../../../../src/features/feeds/index.js';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let organizer: Client;
let admin: Client;
let roomId: string;
let closedId: string;
let interpreterId: string;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'sharing', 'S27');
  const { programmeId, sessionId, conference } = house;
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: conference.id }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  admin = await signedIn(world.client(), 'admin@example.org');
  const venue = await world.get(Venues).addVenue({ code: 'sharing', name: { en: 'Library' }, address: {}, geo: null });
  const room = await world
    .get(Venues)
    .addRoom(venue.id, { code: 'round', name: { en: 'Round hall' }, capacity: 80, notes: '' });
  roomId = room.id;
  const session = await world.get(Sessions).byId(programmeId, sessionId);
  const at = (hour: string) => new Date(`${conference.startsOn}T${hour}:00.000Z`);
  await world.get(Sessions).move(programmeId, session, { start: at('07:00'), minutes: 60, roomId });
  const closed = await world.get(Sessions).add(programmeId, {
    kind: 'meeting',
    title: { en: 'Talk with the minister' },
    restricted: true,
    place: { start: at('09:00'), minutes: 60, roomId },
  } as never);
  closedId = closed.session.id;
  const interpreter = await world
    .get(People)
    .create({ given: 'Зоська', family: 'Верас', email: 'zoska@example.org', locale: 'be' });
  interpreterId = interpreter.id;
  for (const [id, role] of [
    [closedId, 'interpreter'],
    [sessionId, 'panelist'],
  ] as const)
    await world
      .get(Assignments)
      .assign(programmeId, { sessionId: id, personId: interpreterId, role, state: 'confirmed' } as never);
  await world.get(Releases).publish(programmeId);
});
afterAll(() => world.close());

const here = () => `/org/c/${house.conference.slug}/feeds`;
const share = async (who: Client, path: string, what: string, label = 'Screen in the foyer') => {
  const page = await who.get(path);
  return who.post(path, { ...hiddenFields(page.body, path), what, label, locale: 'en' });
};
const addressIn = (body: string) => new URL(/<code class="address">([^<]+)<\/code>/.exec(body)![1]!).pathname;
const read = async (path: string): Promise<ReadEvent[]> => {
  const answer = await world.client().get(path);
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/calendar; charset=utf-8']);
  expect(checkCalendar(Buffer.from(answer.body))).toEqual([]);
  return [...readCalendar(answer.body).events].sort((a, b) => (a.summary! < b.summary! ? -1 : 1));
};
const titles = async (path: string) => (await read(path)).map(({ summary }) => summary);

describe('a calendar that organizers share', () => {
  it('shows its address once, and holds the whole released programme [CF1] [CF2]', async () => {
    const made = await share(organizer, here(), 'conference', 'Зоська <b>&');
    expect(made.status).toBe(200);
    const path = addressIn(made.body);
    expect(await titles(path)).toEqual(['Section of sharing', 'Talk with the minister']);
    expect((await organizer.get(here())).body).not.toContain(path.slice('/feed/'.length, -'.ics'.length));
    expect((await organizer.get(here())).body).toContain('Зоська &lt;b&gt;&amp;');
    expect(JSON.stringify(await world.db.repository(Feed).find())).not.toContain(path.slice(6, -4));
  });

  it('of a strand, an interpreter or a host holds what is theirs alone', async () => {
    expect(await titles(addressIn((await share(organizer, here(), `strand:${house.strandId}`)).body))).toEqual([
      'Section of sharing',
    ]);
    const interpreting = addressIn((await share(organizer, here(), `interpreter:${interpreterId}`)).body);
    expect(await titles(interpreting)).toEqual(['Talk with the minister']);
    expect((await share(organizer, here(), `host:${interpreterId}`)).status).toBe(422);
  });

  it('can be replaced and closed: the old address is gone (410), an unknown one is not there (404)', async () => {
    const first = addressIn((await share(organizer, here(), 'conference', 'Rotated')).body);
    const page = await organizer.get(here());
    const rotation = /action="([^"]+\/rotation)"/.exec(page.body)![1]!;
    const second = addressIn((await organizer.post(rotation, hiddenFields(page.body, rotation))).body);
    expect(second).not.toBe(first);
    expect((await world.client().get(first)).status).toBe(410);
    expect(await titles(second)).toHaveLength(2);
    const again = await organizer.get(here());
    const revocation = /action="([^"]+\/revocation)"/.exec(again.body)![1]!;
    expect((await organizer.post(revocation, hiddenFields(again.body, revocation))).status).toBe(303);
    expect((await world.client().get(second)).status).toBe(410);
    expect((await organizer.post(rotation, hiddenFields(page.body, rotation))).status).toBe(404);
    expect((await world.client().get('/feed/nothing.ics')).status).toBe(404);
  });

  it('is opened by whoever may change the programme, and nobody else', async () => {
    await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: house.conference.id }]);
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await reader.get(here())).status).not.toBe(200);
    expect((await organizer.get('/org/feeds')).status).not.toBe(200);
  });

  it('keeps what was typed when it cannot be opened', async () => {
    const bad = await share(organizer, here(), 'room:anything', 'Guard');
    expect([bad.status, bad.body.includes('value="Guard"')]).toEqual([422, true]);
  });
});

describe('a calendar of a room or of the whole library', () => {
  it('says of what is not for everybody only that the time is taken', async () => {
    for (const what of [`room:${roomId}`, 'house']) {
      const events = await read(addressIn((await share(admin, '/org/feeds', what)).body));
      expect(events.map(({ summary }) => summary)).toEqual(['Occupied', 'Section of sharing']);
      expect(JSON.stringify(events[0])).not.toMatch(/minister|Верас/);
      expect(events[0]!.properties.find(({ name }) => name === 'CLASS')?.values).toEqual(['PRIVATE']);
    }
  });

  it('has the same bytes until something in it changes, and an answer of 304 for them [CF5] [CF8]', async () => {
    const path = addressIn((await share(admin, '/org/feeds', `room:${roomId}`)).body);
    const first = await world.client().get(path);
    world.clock.advance({ minutes: 60 });
    const second = await world.client().get(path, { 'if-none-match': String(first.headers['etag']) });
    expect(second.status).toBe(304);
    const { programmeId, sessionId } = house;
    const session = await world.get(Sessions).byId(programmeId, sessionId);
    await world
      .get(Sessions)
      .move(programmeId, session, { start: new Date(session.startsAt!.getTime() + 3_600_000), minutes: 60, roomId });
    expect((await world.client().get(path, { 'if-none-match': String(first.headers['etag']) })).status).toBe(304);
    await world.get(Releases).publish(programmeId);
    const third = await world.client().get(path, { 'if-none-match': String(first.headers['etag']) });
    expect(third.status).toBe(200);
    expect(third.headers['etag']).not.toBe(first.headers['etag']);
  });
});

describe('the API', () => {
  it('shares, lists, replaces and closes with the same rights', async () => {
    const path = `/api/v1/conferences/${house.conference.slug}/feeds`;
    const editor = await program(world, 'organizer@example.org', ['programme:write']);
    const keeper = await program(world, 'admin@example.org', ['venue:write']);
    const made = await editor.post(path, { what: 'conference', label: 'Press', locale: 'be' });
    expect(made.status).toBe(201);
    const { id, address } = JSON.parse(made.body) as { id: string; address: string };
    expect(await read(new URL(address).pathname)).toHaveLength(2);
    const listed = JSON.parse((await editor.get(path)).body) as { items: { id: string; address?: string }[] };
    expect(listed.items.find((one) => one.id === id)).not.toHaveProperty('address');
    expect((await editor.send('DELETE', `${path}/${id}`)).status).toBe(204);
    expect((await world.client().get(new URL(address).pathname)).status).toBe(410);
    expect((await editor.post('/api/v1/feeds', { what: 'house', label: 'x', locale: 'en' })).status).toBe(403);
    expect((await keeper.post('/api/v1/feeds', { what: 'nothing', label: 'x', locale: 'en' })).status).toBe(422);
  });
});
