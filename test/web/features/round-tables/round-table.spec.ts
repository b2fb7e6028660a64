import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People } from '../../../../src/features/people/index.js';
import {
  Assignments,
  Programmes,
  Releases,
  Sessions,
  type AssignmentRole,
} from '../../../../src/features/programme/index.js';
import { FloorQueue } from '../../../../src/features/round-tables/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client, type Fields } from '../../../support/client.js';
import { openConference, register } from '../../../support/conference.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let slug: string;
let conferenceId: string;
let sessionId: string;
let table: string;
let desk: string;
let organizer: Client;
const people: Record<string, { client: Client; id: string }> = {};

/** Registers, and comes in by the link of the mail. */
async function comeIn(name: string, conference: Awaited<ReturnType<typeof openConference>>): Promise<void> {
  const client = world.client();
  const email = `${name.toLowerCase()}@example.org`;
  await register(client, conference, { email, given: name, family: 'Example' });
  const link = (await world.mails()).find((mail) => mail.to === email)!.link('/en/link/');
  const path = new URL(link).pathname;
  const page = await client.get(link);
  expect((await client.post(path, hiddenFields(page.body, path))).status).toBe(303);
  people[name] = { client, id: (await world.get(People).byEmail(email))!.id };
}

beforeAll(async () => {
  world = await startApp();
  const conference = await openConference(world, { capacity: null });
  ({ slug, id: conferenceId } = conference);
  const { id: programmeId } = await world.get(Programmes).ofOwner(conferenceId);
  const start = toInstant(`${conference.startsOn}T10:00`, conference.zone).instant;
  const place = { start, minutes: 120, roomId: null };
  const { session } = await world
    .get(Sessions)
    .add(programmeId, { kind: 'round_table', title: { en: 'Shared heritage' }, place });
  sessionId = session.id;
  table = `/en/c/${slug}/s/${session.code}/table`;
  desk = `/org/c/${slug}/roundtable/${sessionId}`;
  const seats: [string, AssignmentRole | null][] = [
    ['Moderna', 'moderator'],
    ['Pavel', 'panelist'],
    ['Anahit', 'panelist'],
    ['Stranger', null],
  ];
  for (const [name, role] of seats) {
    await comeIn(name, conference);
    if (role)
      await world
        .get(Assignments)
        .assign(programmeId, { sessionId, personId: people[name]!.id, role, state: 'confirmed' });
  }
  await world.get(Releases).publish(programmeId, { name: { en: 'First' } });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
});
afterAll(() => world.close());

/** Sends the form of a page that goes to `action`. */
async function send(who: Client, page: string, action: string, fields: Fields = {}): Promise<Answer> {
  const opened = await who.get(page);
  return who.post(action, { ...hiddenFields(opened.body, action), ...fields });
}
const as = (name: string): Client => people[name]!.client;
const textOf = async (who: Client, page: string): Promise<string> =>
  unescapeHtml((await who.get(page)).body).replace(/\s+/g, ' ');
const drafted = { be: '', ru: '', en: 'We share what we have.\n\nWe meet again.' };

describe('a round table', () => {
  it('is there for those who sit at it, and for nobody else', async () => {
    expect((await as('Pavel').get(table)).status).toBe(200);
    for (const page of [table, `${table}/thesis`, `${table}/floor`, `${table}/resolution`]) {
      expect([page, (await as('Stranger').get(page)).status]).toEqual([page, 404]);
      expect([page, (await world.client().get(page)).status]).toEqual([page, 303]);
    }
  });

  it('collects theses, keeps what was typed when a field is missing, and shows the organizer who has not handed in', async () => {
    const page = `${table}/thesis`;
    const wrong = await send(as('Pavel'), page, page, { text: 'My theses', language: 'xx' });
    expect([wrong.status, wrong.body.includes('My theses')]).toEqual([422, true]);
    expect((await send(as('Pavel'), page, page, { text: 'Першая тэза', language: 'be' })).status).toBe(303);
    const stale = await as('Pavel').post(page, {
      ...hiddenFields((await as('Pavel').get(page)).body, page),
      version: '0',
      text: 'Again',
      language: 'en',
    });
    expect(stale.status).toBe(409);
    const seen = await textOf(organizer, desk);
    expect(seen).toContain('Першая тэза');
    expect(seen).toMatch(/Not handed in yet: (<bdi>)?Anahit Example/);
  });
});

describe('the floor', () => {
  it('is asked for once, given in turn by the moderator alone, and ended', async () => {
    const page = `${table}/floor`;
    await send(as('Anahit'), page, `${page}/ask`);
    const again = await as('Anahit').get(page);
    expect(hiddenFields(again.body, `${page}/ask`)).toEqual({});
    await send(as('Pavel'), page, `${page}/ask`);
    const token = hiddenFields((await as('Pavel').get(page)).body, `${page}/leave`);
    expect((await as('Pavel').post(`${page}/next`, token)).status).toBe(404);
    expect((await send(as('Moderna'), page, `${page}/next`)).status).toBe(303);
    expect(await textOf(as('Pavel'), page)).toMatch(/Speaking<\/h3> <p class="lead"><strong>(<bdi>)?Anahit Example/);
    expect((await send(as('Anahit'), page, `${page}/leave`)).status).toBe(303);
    expect((await send(organizer, desk, `${desk}/next`)).status).toBe(303);
    const { speaking, waiting, spoken } = await world.get(FloorQueue).of(sessionId);
    expect([speaking?.personId, waiting.length, spoken.map(({ personId }) => personId)]).toEqual([
      people['Pavel']!.id,
      0,
      [people['Anahit']!.id],
    ]);
  });

  it('has one place in the queue for each person, however often they press at once', async () => {
    const { id } = people['Moderna']!;
    await Promise.all(Array.from({ length: 8 }, () => world.get(FloorQueue).ask(conferenceId, sessionId, id)));
    expect((await world.get(FloorQueue).of(sessionId)).waiting.map(({ personId }) => personId)).toEqual([id]);
  });

  it('is given out of turn and limited by the moderator, and by nobody else at the table', async () => {
    const page = `${table}/floor`;
    const wish = async () => (await world.get(FloorQueue).of(sessionId)).waiting[0]!;
    const { id } = await wish();
    const token = hiddenFields((await as('Pavel').get(page)).body, `${page}/leave`);
    expect((await as('Pavel').post(`${page}/give`, { ...token, request: id })).status).toBe(404);
    expect((await as('Pavel').post(`${page}/limit`, { ...token, minutes: '3', version: '0' })).status).toBe(404);
    expect((await send(as('Moderna'), page, `${page}/give`)).status).toBe(303);
    expect((await world.get(FloorQueue).of(sessionId)).speaking?.id).toBe(id);
    const wrong = await send(as('Moderna'), page, `${page}/limit`, { minutes: 'many' });
    expect([wrong.status, wrong.body.includes('value="many"')]).toEqual([422, true]);
    expect((await send(as('Moderna'), page, `${page}/limit`, { minutes: '3' })).status).toBe(303);
    expect(await textOf(as('Anahit'), page)).toMatch(/until <time/);
    expect((await send(organizer, desk, `${desk}/limit`, { minutes: '' })).status).toBe(303);
    await send(organizer, desk, `${desk}/ask`, { person: people['Anahit']!.id });
    expect((await send(organizer, desk, `${desk}/leave`)).status).toBe(303);
    expect(await world.get(FloorQueue).of(sessionId)).toMatchObject({ minutes: null, limitVersion: 2, waiting: [] });
  });

  it('goes to nobody who does not sit there', async () => {
    const answer = await send(organizer, desk, `${desk}/ask`, { person: people['Stranger']!.id });
    expect(answer.status).toBe(422);
  });
});

describe('the resolution', () => {
  const page = () => `${table}/resolution`;

  it('is written by the moderator, refused with unequal languages, and not there in public while it is a draft', async () => {
    const uneven = await send(as('Moderna'), page(), page(), { ...drafted, be: 'Мы дзелімся.' });
    expect([uneven.status, uneven.body.includes('We share what we have.')]).toEqual([409, true]);
    expect((await send(as('Moderna'), page(), page(), drafted)).status).toBe(303);
    const token = hiddenFields((await as('Pavel').get(page())).body, `${page()}/comments`);
    expect((await as('Pavel').post(page(), { _csrf: token['_csrf']!, ...drafted, version: '1' })).status).toBe(404);
    expect((await world.client().get(table.replace('/table', '/resolution'))).status).toBe(404);
  });

  it('is commented on by paragraph, and adopted only when every comment is settled', async () => {
    await send(as('Pavel'), page(), `${page()}/comments`, { paragraph: 'p2', text: 'When exactly?' });
    expect((await send(as('Moderna'), page(), `${page()}/adopt`)).status).toBe(409);
    await send(as('Moderna'), page(), page(), { ...drafted, en: 'We share what we have.\n\nWe meet again in a year.' });
    expect(await textOf(as('Anahit'), page())).toContain('When exactly?');
    expect((await send(as('Moderna'), page(), `${page()}/settle`)).status).toBe(303);
    expect((await send(as('Moderna'), page(), `${page()}/adopt`)).status).toBe(303);
    const late = await as('Pavel').post(`${page()}/comments`, {
      ...hiddenFields((await as('Pavel').get(page())).body, `${page()}/sign`),
      paragraph: 'p1',
      text: 'Too late',
    });
    expect(late.status).toBe(409);
  });

  it('takes adopters on the phone and by the organizer, and only those at the table', async () => {
    const join = (person: string) => send(organizer, desk, `${desk}/sign`, { adopter: people[person]!.id });
    expect((await join('Stranger')).status).toBe(422);
    expect((await join('Anahit')).status).toBe(303);
    expect(await textOf(organizer, desk)).toMatch(/1 adopter<\/h3><ul><li>(<bdi>)?Anahit Example/);
  });

  it('is public once adopted, with the names of those who joined it', async () => {
    expect((await send(as('Pavel'), page(), `${page()}/sign`)).status).toBe(303);
    const shown = await textOf(world.client(), table.replace('/table', '/resolution'));
    expect(shown).toContain('We meet again in a year.');
    expect(shown).toMatch(/2 adopters<\/h2><ul><li>(<bdi>)?Anahit Example.*Pavel Example/);
    expect(shown).not.toContain('When exactly?');
  });
});
