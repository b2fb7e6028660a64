import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { People } from '../../../../src/features/people/index.js';
import { Session, Sessions } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { OpenApi } from '../../../../src/platform/web/openapi.js';
import { LARGEST_UPLOAD } from '../../../../src/platform/web/uploads.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Answer } from '../../../support/client.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let here: Scene;
let elsewhere: Scene;
let api: Program;
let roomId: string;

const IMPORTS = '/api/v1/conferences/here/imports';

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  elsewhere = await scene(world, 'there', 'T');
  const { id } = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  roomId = (await world.get(Venues).addRoom(id, { code: 'hall', name: { en: 'Great Hall' }, capacity: 400, notes: '' }))
    .id;
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

interface Plan {
  key: string;
  version: number;
  counts: Record<string, number>;
  problems: { place: string; code: string; message: string }[];
  sessions: { what: string; title: string; startsAt: string | null; room: string; changes: string[] }[];
  unknownRooms: { name: string; sessions: number; choice: string }[];
  people: { key: string; name: string; choice: string; namesakes: { personId: string; name: string }[] }[];
  table: { header: number; columns: Record<string, number | null>; rows: { at: number; cells: string[] }[] } | null;
}

const sent = (text: string | Buffer, fields: Record<string, string> = { locale: 'en' }): Promise<Answer> =>
  api.upload(IMPORTS, fields, { filename: 'programme.csv', bytes: Buffer.from(text) });

async function started(text: string): Promise<{ at: string; plan: Plan }> {
  const answer = await sent(text);
  expect([answer.status, answer.headers['etag']]).toEqual([201, '"v1"']);
  const at = `${IMPORTS}/${answer.json<{ id: string }>().id}`;
  return { at, plan: (await api.get(`${at}/plan`)).json<Plan>() };
}

const TABLE = [
  'Title,Day,Start,End,Room,Speakers',
  'Opening,2027-05-12,10:00,11:00,Great Hall,Awa Ndiaye',
  'Reading,2027-05-12,11:00,12:00,Unknown Hall,',
  'Wrong,some day,11:00,12:00,,',
].join('\n');

describe('an import through the API', () => {
  it('is sent, looked at, decided, committed and undone', async () => {
    const known = await world.get(People).create({ given: 'Awa', family: 'Ndiaye', locale: 'en' });
    const { at, plan } = await started(TABLE);
    expect(plan).toMatchObject({
      counts: { added: 2, changed: 0, unchanged: 0, errors: 1, people: 1 },
      problems: [{ place: 'B4', code: 'file.problem.day', message: expect.stringContaining('“some day”') }],
      sessions: [
        { what: 'added', title: 'Opening', startsAt: '2027-05-12T07:00:00.000Z', room: 'Great Hall' },
        { what: 'added', title: 'Reading' },
      ],
      unknownRooms: [{ name: 'Unknown Hall', sessions: 1, choice: 'none' }],
      people: [{ name: 'Awa Ndiaye', choice: 'new', namesakes: [{ personId: known.id, name: 'Awa Ndiaye' }] }],
      table: { header: 1, columns: { title: 0, people: 5, abstract: null } },
    });
    const chosen = await api.patch(
      at,
      {
        rooms: [{ name: 'Unknown Hall', choice: roomId }],
        people: [{ key: plan.people[0]!.key, choice: known.id }],
      },
      1,
    );
    expect([chosen.status, chosen.headers['etag']]).toEqual([200, '"v2"']);
    expect(chosen.json<Plan>()).toMatchObject({
      unknownRooms: [{ choice: roomId }],
      people: [{ choice: known.id }],
      table: { header: 1, columns: { title: 0 } },
    });
    const done = await api.post(`${at}/commit`, { key: chosen.json<Plan>().key });
    expect(done.json()).toMatchObject({ state: 'done', counts: { added: 2, errors: 1, people: 0 }, undone: null });
    const sessions = await world.get(Database).repository(Session).findBy({ programmeId: here.programmeId, roomId });
    expect(sessions.map(({ title }) => title.en).toSorted()).toEqual(['Opening', 'Reading']);
    expect((await api.get(`${at}/plan`)).status).toBe(409);
    expect((await api.post(`${at}/undo`)).status).toBe(428);
    expect((await api.post(`${at}/undo`, undefined, 1)).status).toBe(412);
    const { version } = done.json<{ version: number }>();
    expect((await api.post(`${at}/undo`, undefined, version)).json()).toMatchObject({
      state: 'undone',
      undone: { sessions: 2, reverted: 0, people: 0, kept: [] },
    });
    expect((await api.get(at)).json()).toMatchObject({ state: 'undone' });
    expect((await api.get(IMPORTS)).json()).toMatchObject({
      items: [{ state: 'undone', filename: 'programme.csv', format: 'csv' }],
      next: null,
    });
  });

  it('lets headings and columns be chosen, each by itself', async () => {
    const { at } = await started('Liste\nWort;Wann\nEins;2027-05-12 10:00\n');
    const headed = await api.patch(at, { header: 2 }, 1);
    expect(headed.json<Plan>()).toMatchObject({ table: { header: 2, columns: { title: null } }, counts: { added: 0 } });
    const chosen = await api.patch(at, { columns: { title: 0, start: 1 } }, 2);
    expect(chosen.json<Plan>()).toMatchObject({
      table: { header: 2, columns: { title: 0, start: 1, day: null } },
      sessions: [{ title: 'Eins', startsAt: '2027-05-12T07:00:00.000Z' }],
    });
    expect((await api.patch(at, { columns: { titel: 0 } }, 3)).status).toBe(422);
    expect((await api.patch(at, { locale: 'fr' }, 3)).status).toBe(422);
    expect((await api.patch(at, { header: 1 }, 2)).status).toBe(412);
  });

  it('is not committed when it is not any more what was looked at', async () => {
    const { at, plan } = await started('Code,Title\n' + `${await codeOf(here.sessionId)},Another title\n`);
    expect(plan.sessions).toMatchObject([{ what: 'changed', changes: ['title'] }]);
    const read = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    await world.get(Sessions).edit(here.programmeId, read, { capacity: 30 });
    const refused = await api.post(`${at}/commit`, { key: plan.key });
    expect([refused.status, refused.headers['content-type']]).toEqual([412, 'application/problem+json; charset=utf-8']);
    expect((await api.post(`${at}/commit`, { key: UNKNOWN_ID })).status).toBe(412);
  });

  it('says where a file is broken, in a problem document', async () => {
    const broken = await sent('<schedule>\n<day>\n</schedule>');
    expect([broken.status, broken.headers['content-type']]).toEqual([422, 'application/problem+json; charset=utf-8']);
    expect(broken.json()).toMatchObject({
      errors: [{ field: 'file', code: 'exchange.problem.xml', place: '3', message: expect.stringMatching(/^The XML/) }],
    });
    const twice = '{"schedule": {\n"conference": x}}';
    expect((await sent(twice)).json()).toMatchObject({ errors: [{ field: 'file', place: '2' }] });
    expect((await sent('x', {})).json()).toMatchObject({ errors: [{ field: 'locale' }] });
    expect((await api.post(IMPORTS, { locale: 'en' })).json()).toMatchObject({
      status: 422,
      errors: [{ field: 'file', code: 'error.upload.none' }],
    });
    const large = await sent(Buffer.alloc(LARGEST_UPLOAD + 1, 0x20));
    expect(large.json()).toMatchObject({ status: 413, errors: [{ field: 'file', code: 'error.upload.tooLarge' }] });
  });

  it('is described with its file and its answers', async () => {
    const { paths } = await world.get(OpenApi).document();
    const path = paths['/api/v1/conferences/{conf}/imports']!;
    expect(Object.keys((path.post!.requestBody as { content: object }).content)).toEqual(['multipart/form-data']);
    expect(JSON.stringify(path.post!.requestBody)).toMatch(/"file":\{[^}]*"format":"binary"/);
    const plan = paths['/api/v1/conferences/{conf}/imports/{id}/plan']!.get!;
    expect(JSON.stringify(plan.responses['200'])).toContain('ProgrammeImportPlan');
  });

  it('belongs to its conference, and asks for the right to write the programme [A3]', async () => {
    const { at } = await started(TABLE);
    const there = at.replace('/here/', '/there/');
    expect((await api.get(there)).status).toBe(404);
    await staff(world, 'both@example.org', [
      { role: 'organizer', conferenceId: here.conference.id },
      { role: 'readonly', conferenceId: here.conference.id },
      { role: 'organizer', conferenceId: elsewhere.conference.id },
    ]);
    const both = await program(world, 'both@example.org', ['programme:write']);
    expect([(await both.get(at)).status, (await both.get(there)).status]).toEqual([200, 404]);
    const reader = await program(world, 'both@example.org', ['programme:read']);
    expect((await reader.get(at)).status).toBe(403);
    expect((await reader.get(`${IMPORTS}/${UNKNOWN_ID}`)).status).toBe(403);
    expect((await both.get(`${IMPORTS}/${UNKNOWN_ID}`)).status).toBe(404);
  });
});

async function codeOf(id: string): Promise<string> {
  return (await world.get(Sessions).byId(here.programmeId, id)).code;
}
