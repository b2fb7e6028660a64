import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Programmes, Releases, Sessions, type SessionKind } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { Visits, type Visit } from '../../../../src/features/visits/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let congress: Scene;
let rooms: Record<'hall' | 'blue', Room>;
let day: string;
let normal: Visit;
let restricted: Visit;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  const another = await scene(world, 'another', 'N');
  day = congress.conference.startsOn!;
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: congress.conference.id }]);
  await staff(world, 'stranger@example.org', [{ role: 'checkin', conferenceId: another.conference.id }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  const venues = world.get(Venues);
  const venue = await venues.addVenue({ code: 'nlb', name: { en: 'Library' }, address: {}, geo: null });
  const add = (code: string, en: string) => venues.addRoom(venue.id, { code, name: { en }, capacity: 9, notes: '' });
  rooms = { hall: await add('hall', 'Great hall'), blue: await add('blue', 'Blue room') };
  normal = await visitOf(world, { title: { en: 'Visit from Yerevan' } });
  restricted = await visitOf(world, { title: { en: 'Quiet visit' }, confidentiality: 'restricted' });
  const { id } = await world.get(Programmes).ofOwner(congress.conference.id);
  await planned(id, 'section', 'Published section', '10:00', rooms.hall);
  await world.get(Releases).publish(id);
  await planned(id, 'section', 'Only planned', '12:00', rooms.hall);
  await planned(id, 'blocker', 'Cleaning', '14:00', rooms.hall);
  for (const [visit, title, clock] of [
    [normal, 'Tour of the guests', '10:00'],
    [restricted, 'Quiet talks', '12:00'],
  ] as const)
    await planned((await world.get(Programmes).ofOwner(visit.id)).id, 'tour', title, clock, rooms.blue);
  const stay = await world.get(Programmes).ofOwner(restricted.id);
  for (const one of await world.get(Sessions).all(stay.id))
    await world.get(Sessions).edit(stay.id, one, { restricted: true });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 1 }));

async function planned(programmeId: string, kind: SessionKind, title: string, clock: string, room: Room) {
  const start = toInstant(`${day}T${clock}`, 'Europe/Minsk').instant;
  const place = { start, minutes: 60, roomId: room.id };
  await world.get(Sessions).add(programmeId, { kind, title: { en: title }, place });
}

const as = (who: string): Promise<Client> => signedIn(world.client(), `${who}@example.org`);
const TITLES = [
  'Published section',
  'Only planned',
  'Cleaning',
  'Tour of the guests',
  'Quiet talks',
  'Visit from Yerevan',
  'Quiet visit',
];
const seen = async (client: Client, query: string) => {
  const page = await client.get(`/org/calendar?${query}`);
  expect(page.status).toBe(200);
  const body = unescapeHtml(page.body);
  return TITLES.filter((title) => body.includes(title));
};
interface Answer {
  from: string;
  to: string;
  items: {
    kind: string;
    title: object | null;
    sessionKind: string | null;
    owner: object | null;
    roomId: string | null;
  }[];
}
const kinds = async (client: Client, query: string) =>
  (await client.get(`/api/v1/calendar?${query}`))
    .json<Answer>()
    .items.filter(({ roomId }) => roomId !== null)
    .map(({ kind }) => kind);

describe('the calendar of the building', () => {
  it.each([
    ['officer', ['Published section', 'Only planned', 'Cleaning', 'Tour of the guests', 'Visit from Yerevan']],
    ['organizer', ['Published section', 'Only planned', 'Cleaning']],
    ['admin', ['Published section', 'Only planned', 'Cleaning']],
    // Reads no draft of the congress: what is published, and that the rest is taken.
    ['stranger', ['Published section']],
  ])('[A5] shows %s what they may know, and of the rest that the time is taken', async (who, titles) => {
    const client = await as(who);
    for (const span of ['day', 'week']) expect(await seen(client, `on=${day}&span=${span}`)).toEqual(titles);
    expect(unescapeHtml((await client.get(`/org/calendar?on=${day}`)).body)).toContain('occupied');
    const { items } = (await client.get(`/api/v1/calendar?on=${day}&span=day`)).json<Answer>();
    const said = JSON.stringify(items);
    expect(TITLES.filter((title) => said.includes(title))).toEqual(titles);
    for (const one of items.filter(({ kind }) => kind === 'occupied'))
      expect([one.title, one.sessionKind, one.owner]).toEqual([null, null, null]);
  });

  it('shows a restricted visit to who is named for it', async () => {
    const id = await staff(world, 'named@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
    await world.get(Visits).name(restricted, id);
    expect(await seen(await as('named'), `on=${day}`)).toEqual(expect.arrayContaining(['Quiet talks', 'Quiet visit']));
  });

  it('is narrowed by room, venue and whose time it is, and a kind tells nothing of what is only "occupied"', async () => {
    const officer = await as('officer');
    expect(await seen(officer, `on=${day}&room=${rooms.blue.id}`)).toEqual([
      'Tour of the guests',
      'Visit from Yerevan',
    ]);
    expect(await seen(officer, `on=${day}&kind=closed`)).toEqual(['Cleaning']);
    expect(await kinds(officer, `on=${day}&kind=visit`)).toEqual(['visit']);
    expect(await kinds(officer, `on=${day}&room=${rooms.blue.id}`)).toEqual(['visit', 'occupied']);
    expect(await kinds(await as('stranger'), `on=${day}&kind=visit`)).toEqual([]);
  });

  it('names on a day the rooms that are free all day, and says where nothing is planned', async () => {
    const officer = await as('officer');
    const empty = unescapeHtml((await officer.get('/org/calendar?on=2030-01-09&span=day')).body);
    expect(empty).toContain('Nothing is planned.');
    expect(empty).toMatch(/Free all day:<\/strong>\s*<bdi>Great hall<\/bdi>, <bdi>Blue room<\/bdi>/);
    expect(unescapeHtml((await officer.get(`/org/calendar?on=${day}&span=day`)).body)).not.toContain('Free all day');
  });

  it('is a week from Monday, shows the week of today for an address that was typed wrong, and needs somebody signed in', async () => {
    const officer = await as('officer');
    const { from, to } = (await officer.get('/api/v1/calendar?on=2027-02-10')).json<Answer>();
    expect([from, to]).toEqual(['2027-02-08', '2027-02-14']);
    for (const wrong of ['on=2027-02-30', 'kind=secret', 'room=nonsense', 'span=year', 'on=a&on=b'])
      expect([wrong, (await officer.get(`/org/calendar?${wrong}`)).status]).toEqual([wrong, 200]);
    expect((await officer.get('/api/v1/calendar?on=2027-02-30')).status).toBe(422);
    expect((await world.client().get('/org/calendar')).status).toBe(303);
    expect((await world.client().get('/api/v1/calendar')).status).toBe(401);
  });
});
