import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sessions, Talks } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let here: Scene;
let api: Program;
let conf: string;
let session: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
  conf = '/api/v1/conferences/here';
  session = `${conf}/sessions/${here.sessionId}`;
});
afterAll(() => world.close());

describe('the programme through the API', () => {
  it('previews the difference that a release would publish, with both sides', async () => {
    expect((await api.get(`${conf}/releases/next`)).json()).toEqual({
      after: 1,
      final: false,
      changes: [],
      people: [],
      openErrors: 0,
      unconfirmed: 0,
      peopleToTell: 0,
      mails: 0,
      digests: 0,
      signUps: 0,
    });
    const read = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    const start = new Date(read.startsAt!.getTime() + 3_600_000);
    await world.get(Sessions).move(here.programmeId, read, { start, minutes: 60, roomId: null });
    const next = await api.get(`${conf}/releases/next`);
    expect(next.json()).toMatchObject({
      after: 1,
      changes: [
        {
          sessionId: here.sessionId,
          kind: 'moved',
          significant: true,
          before: { startsAt: read.startsAt!.toISOString(), room: null },
          after: { startsAt: start.toISOString(), title: { en: 'Section of here' } },
        },
      ],
    });
    expect((await api.post(`${conf}/releases`, { after: 1 })).status).toBe(201);
    expect((await api.get(`${conf}/releases/next`)).json()).toMatchObject({ after: 2, changes: [] });
  });

  it('puts a talk one place down and up again, and never under another session', async () => {
    const { talk } = await world.get(Talks).add(here.programmeId, here.sessionId, { title: { en: 'Second' } });
    const order = async () => (await world.get(Talks).ofSession(here.sessionId)).map(({ id }) => id);
    const move = (direction: string, id = talk.id) => api.post(`${session}/talks/${id}/order`, { direction });
    expect((await move('up')).status).toBe(204);
    expect(await order()).toEqual([talk.id, here.talkId]);
    await move('up');
    await move('down');
    expect(await order()).toEqual([here.talkId, talk.id]);
    expect((await move('sideways')).status).toBe(422);
    expect((await move('up', UNKNOWN_ID)).status).toBe(404);
  });

  it('takes people by the public id that the API of people gives them', async () => {
    const assign = (personId: string) => api.post(`${session}/assignments`, { personId, role: 'moderator' });
    expect((await assign(here.person.publicId)).json()).toMatchObject({ assignment: { personId: here.person.id } });
    for (const nobody of ['nobody', UNKNOWN_ID])
      expect((await assign(nobody)).json()).toMatchObject({
        errors: [{ field: 'personId', code: 'error.programme.unknownPerson' }],
      });
  });
});

describe('rooms through the API', () => {
  it('change their order inside the building', async () => {
    const venues = world.get(Venues);
    const venue = await venues.addVenue({ code: 'tower', name: { en: 'Tower' }, address: {}, geo: null });
    const add = (code: string) => venues.addRoom(venue.id, { code, name: { en: code }, capacity: 10, notes: '' });
    const [first, second] = [await add('first'), await add('second')];
    const admin = await program(world, 'admin@example.org', ['venue:write']);
    expect((await admin.post(`/api/v1/rooms/${second.id}/order`, { direction: 'up' })).status).toBe(204);
    const order = (await venues.rooms()).filter(({ venueId }) => venueId === venue.id).map(({ id }) => id);
    expect(order).toEqual([second.id, first.id]);
    expect((await admin.post(`/api/v1/rooms/${UNKNOWN_ID}/order`, { direction: 'up' })).status).toBe(404);
    expect((await admin.post(`/api/v1/rooms/${first.id}/order`, {})).status).toBe(422);
  });
});
