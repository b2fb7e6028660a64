import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Proposals } from '../../../../src/features/proposals/index.js';
import { Registration } from '../../../../src/features/registration/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { openConference, register } from '../../../support/conference.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let conference: Conference;
let other: Conference;
let api: Program;
let url: string;
let ids: string[];
let foreign: string;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  conference = await openConference(world);
  other = await openConference(world);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: conference.id }]);
  await staff(world, 'checkin@example.org', [{ role: 'checkin', conferenceId: conference.id }]);
  api = await program(world, 'organizer@example.org', ['proposal:read']);
  url = `/api/v1/conferences/${conference.slug}/proposals`;
  ids = [];
  for (const step of ['submit', 'draft', 'submit'] as const) ids.push(await offered(conference, step));
  foreign = await offered(other, 'submit');
});
afterAll(() => world.close());

/** A speaker of the conference who has written a paper. Answers its id. */
async function offered(of: Conference, step: 'draft' | 'submit'): Promise<string> {
  const email = `speaker-${++serial}@example.org`;
  await register(world.client(), of, { email, category: 'speaker', given: 'Надзея', family: `Аўтар ${serial}` });
  const registration = await world.db.repository(Registration).findOneByOrFail({ person: { emailKey: email } });
  const paper = { title: `Кніга ${serial}`, abstract: 'Пра кнігі', language: 'be' as const, strand: null, version: 0 };
  return (await world.get(Proposals).save(registration, { ...paper, step })).id;
}

interface Listed {
  items: { id: string }[];
  next: string | null;
}
const list = async (query: string) => (await api.get(`${url}${query}`)).json<Listed>();
const idsOf = ({ items }: Listed) => items.map(({ id }) => id);

describe('papers through the API', () => {
  it('are listed page by page and by state, of this conference only [A3]', async () => {
    const first = await list('?limit=2');
    expect([idsOf(first), first.next]).toEqual([ids.slice(0, 2), ids[1]]);
    const second = await list(`?limit=2&after=${first.next}`);
    expect([idsOf(second), second.next]).toEqual([ids.slice(2), null]);
    expect(idsOf(await list('?state=draft'))).toEqual([ids[1]]);
    expect(idsOf(await list('?state=submitted'))).toEqual([ids[0], ids[2]]);
    expect((await api.get(`${url}?state=lost`)).status).toBe(422);
    expect((await api.get(`${url}?after=x`)).status).toBe(422);
  });

  it('are read one by one, with author and tag', async () => {
    const answer = await api.get(`${url}/${ids[0]}`);
    expect([answer.status, answer.headers['etag']]).toEqual([200, '"v1"']);
    expect(answer.json()).toMatchObject({
      id: ids[0],
      title: 'Кніга 1',
      abstract: 'Пра кнігі',
      language: 'be',
      strand: null,
      state: 'submitted',
      author: { name: 'Надзея Аўтар 1' },
      form: 'in_person',
      submittedAt: expect.stringMatching(/Z$/),
    });
    for (const id of [foreign, UNKNOWN_ID, 'nothing'])
      expect([id, (await api.get(`${url}/${id}`)).status]).toEqual([id, 404]);
  });

  it('are not there for those who read no papers', async () => {
    const door = await program(world, 'checkin@example.org', ['proposal:read']);
    expect((await door.get(url)).status).toBe(404);
  });
});
