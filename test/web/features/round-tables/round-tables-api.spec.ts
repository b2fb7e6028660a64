import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Sessions, type AssignmentRole } from '../../../../src/features/programme/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let here: Scene;
let elsewhere: Scene;
let api: Program;
let organizer: Client;
let sessionId: string;
let table: string;
const people: Record<string, Person> = {};

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  elsewhere = await scene(world, 'there', 'T');
  const { id: conferenceId, startsOn, zone } = here.conference;
  const place = { start: toInstant(`${startsOn}T14:00`, zone).instant, minutes: 120, roomId: null };
  const added = await world
    .get(Sessions)
    .add(here.programmeId, { kind: 'round_table', title: { en: 'Shared heritage' }, place });
  sessionId = added.session.id;
  table = `/api/v1/conferences/here/sessions/${sessionId}/round-table`;
  const seats: [string, AssignmentRole, Partial<Person>, number?][] = [
    ['moderator', 'moderator', { given: 'Ganna', family: 'Sivyakova', country: 'BY', institution: 'National Library' }],
    ['armenian', 'panelist', { given: 'Anahit', family: 'Hakobyan', badgeName: 'Անահիտ Հակոբյան', country: 'AM' }, 2],
    ['arab', 'panelist', { given: 'ليلى', family: 'المنصوري', country: 'OM', institution: 'مكتبة عمان' }, 1],
    ['chinese', 'panelist', { given: 'Xiaoming', family: 'Wang', badgeName: '王晓明', country: 'CN' }, 3],
    ['hostile', 'panelist', { given: '<script>alert(1)</script>', family: 'x'.repeat(120), country: 'XX' }, 4],
  ];
  for (const [
    name,
    role,
    { given = '', family = null, badgeName = null, country = null, institution = null },
    seat,
  ] of seats) {
    const person = await world.get(People).create({ given, family, badgeName, country, institution, locale: 'en' });
    people[name] = person;
    const assignment = { sessionId, personId: person.id, role, state: 'confirmed' as const };
    await world.get(Assignments).assign(here.programmeId, { ...assignment, ...(seat ? { seat } : {}) });
  }
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId }]);
  api = await program(world, 'organizer@example.org', ['programme:write']);
  organizer = await signedIn(world.client(), 'organizer@example.org');
});
afterAll(() => world.close());

const id = (name: string): string => people[name]!.id;

describe('a round table through the API', () => {
  it('shows who sits where', async () => {
    const answer = (await api.get(table)).json<{ people: { personId: string; seat: number | null }[] }>();
    expect(answer).toMatchObject({ sessionId, title: { en: 'Shared heritage' } });
    expect(answer.people.map(({ personId, seat }) => [personId, seat])).toEqual([
      [id('moderator'), null],
      [id('arab'), 1],
      [id('armenian'), 2],
      [id('chinese'), 3],
      [id('hostile'), 4],
    ]);
    expect(answer.people[2]).toEqual({
      personId: id('armenian'),
      name: 'Anahit Hakobyan',
      badge: 'Անահիտ Հակոբյան',
      institution: null,
      country: 'AM',
      role: 'panelist',
      seat: 2,
    });
  });

  it('takes theses that came by letter, until the session begins', async () => {
    const to = `${table}/theses/${id('armenian')}`;
    expect((await api.send('PUT', to, { text: 'One', language: 'en' })).status).toBe(428);
    const first = await api.send('PUT', to, { text: 'One', language: 'en' }, 0);
    expect(first.json()).toMatchObject({ personId: id('armenian'), text: 'One', version: 1 });
    expect((await api.send('PUT', to, { text: 'Two', language: 'en' }, 0)).status).toBe(412);
    expect((await api.send('PUT', to, { text: 'Two', language: 'en' }, 1)).json()).toMatchObject({ version: 2 });
    expect((await api.send('PUT', to, { text: '', language: 'en' }, 2)).status).toBe(422);
    const stranger = await api.send('PUT', `${table}/theses/${here.person.id}`, { text: 'I', language: 'en' }, 0);
    expect(stranger.status).toBe(422);
    expect((await api.get(`${table}/theses`)).json()).toMatchObject({ items: [{ text: 'Two' }] });
  });

  it('leads the floor: asked for, in turn, out of turn, with a limit', async () => {
    const ask = (name: string) => api.post(`${table}/floor`, { person: id(name) });
    for (const name of ['arab', 'armenian', 'armenian', 'chinese']) await ask(name);
    expect((await api.post(`${table}/floor`, { person: here.person.id })).status).toBe(422);
    type Queue = { waiting: { id: string; personId: string }[]; speaking: { personId: string } | null };
    const queue = async () => (await api.get(`${table}/floor`)).json<Queue>();
    const waiting = async () => (await queue()).waiting.map(({ personId }) => personId);
    expect(await waiting()).toEqual([id('arab'), id('armenian'), id('chinese')]);
    const [, , last] = (await queue()).waiting;
    const given = await api.post(`${table}/floor/requests/${last!.id}/turn`);
    expect(given.json()).toMatchObject({ speaking: { personId: id('chinese'), until: null } });
    expect(await waiting()).toEqual([id('arab'), id('armenian')]);
    expect((await api.post(`${table}/floor/requests/${last!.id}/turn`)).status).toBe(409);
    expect((await api.post(`${table}/floor/requests/${UNKNOWN_ID}/turn`)).status).toBe(404);

    expect((await api.send('PUT', `${table}/floor/limit`, { minutes: 0 }, 0)).status).toBe(422);
    const limited = await api.send('PUT', `${table}/floor/limit`, { minutes: 7 }, 0);
    const { speaking } = limited.json<{ speaking: { beganAt: string; until: string } }>();
    expect(Date.parse(speaking.until) - Date.parse(speaking.beganAt)).toBe(7 * 60_000);
    expect(limited.json()).toMatchObject({ limit: { minutes: 7, version: 1 } });
    expect((await api.send('PUT', `${table}/floor/limit`, { minutes: 5 }, 0)).status).toBe(412);
    expect((await api.send('PUT', `${table}/floor/limit`, { minutes: null }, 1)).json()).toMatchObject({
      limit: { minutes: null, version: 2 },
      speaking: { until: null },
    });

    await api.send('DELETE', `${table}/floor/${id('arab')}`);
    expect((await api.post(`${table}/floor/next`)).json()).toMatchObject({
      speaking: { personId: id('armenian') },
      waiting: [],
      spoken: [{ personId: id('chinese') }],
    });
    expect((await api.post(`${table}/floor/next`)).json()).toMatchObject({ speaking: null });
    expect((await api.post(`${table}/floor/next`)).status).toBe(409);
  });

  it('keeps versions of the resolution, comments by paragraph, and adopts what was seen', async () => {
    const text = `${table}/resolution`;
    expect((await api.get(text)).status).toBe(404);
    const first = await api.send('POST', `${text}/versions`, { en: 'One.\n\nTwo.', be: 'Адзін.\n\nДва.' }, 0);
    expect([first.status, first.headers['etag']]).toEqual([201, '"v1"']);
    expect((await api.send('POST', `${text}/versions`, { en: 'One.' }, 0)).status).toBe(412);
    expect((await api.send('POST', `${text}/versions`, { en: 'One.', be: 'А.\n\nБ.' }, 1)).status).toBe(409);
    const comment = { person: id('arab'), paragraph: 'p2', text: 'When?' };
    const commented = await api.post(`${text}/comments`, comment);
    const { paragraphs } = commented.json<{ paragraphs: { key: string; comments: { id: string }[] }[] }>();
    expect(paragraphs.map(({ key, comments }) => [key, comments.length])).toEqual([
      ['p1', 0],
      ['p2', 1],
    ]);
    expect((await api.post(`${text}/comments`, { ...comment, paragraph: 'p9' })).status).toBe(422);
    await api.send('POST', `${text}/versions`, { en: 'One.\n\nTwo, in a year.' }, 1);
    expect((await api.get(`${text}/versions/1`)).json()).toMatchObject({
      number: 1,
      paragraphs: [{ key: 'p1', text: { en: 'One.', be: 'Адзін.' } }, { key: 'p2' }],
    });
    expect((await api.get(`${text}/versions/3`)).status).toBe(404);
    expect((await api.post(`${text}/adopters`, { adopter: id('arab') })).status).toBe(409);
    expect((await api.post(`${text}/adoption`, undefined, 2)).json()).toMatchObject({
      code: 'error.roundTable.openComments',
    });
    const settle = `${text}/comments/${paragraphs[1]!.comments[0]!.id}/settlement`;
    expect((await api.post(settle, undefined, 1)).status).toBe(200);
    expect((await api.post(`${text}/adoption`, undefined, 1)).status).toBe(412);
    expect((await api.post(`${text}/adoption`, undefined, 2)).json()).toMatchObject({ state: 'adopted' });
    for (const name of ['arab', 'chinese', 'arab']) await api.post(`${text}/adopters`, { adopter: id(name) });
    expect((await api.get(text)).json()).toMatchObject({
      state: 'adopted',
      versions: [{ number: 1 }, { number: 2 }],
      adopters: [{ name: 'ليلى المنصوري' }, { name: 'Xiaoming Wang' }],
    });
    expect((await api.send('POST', `${text}/versions`, { en: 'Three.' }, 3)).status).toBe(409);
  });

  it('belongs to its conference, and asks for the right of the page [A2] [A3]', async () => {
    expect((await api.get(table.replace('/here/', '/there/'))).status).toBe(404);
    expect((await api.get(table.replace(sessionId, elsewhere.sessionId))).status).toBe(404);
    const reader = await program(world, 'reader@example.org', ['programme:write']);
    expect((await reader.get(table)).status).toBe(200);
    expect((await reader.post(`${table}/floor/next`)).status).toBe(403);
    const reading = await program(world, 'organizer@example.org', ['programme:read']);
    expect((await reading.post(`${table}/floor/next`)).status).toBe(403);
    const other = await program(world, 'organizer@example.org', ['registration:write']);
    expect((await other.get(table)).status).toBe(403);
  });
});

describe('the sheets of a round table', () => {
  const desk = (): string => `/org/c/here/roundtable/${sessionId}`;

  it('are plates in the order of seats, each script large on one side, countries in the language that was chosen', async () => {
    const { body } = await organizer.get(`${desk()}/plates?lang=be`);
    const plates = body.split('<article class="plate"').slice(1).map(unescapeHtml);
    const large = (plate: string) =>
      [...plate.matchAll(/class="plate-name plate-(\w+)(?: plate-tall)?"><bdi>([^]*?)<\/bdi>/g)].map(
        ([, size, name]) => [name, size],
      );
    expect(plates.map(large)).toEqual([
      [
        ['Ganna Sivyakova', 'l'],
        ['Ganna Sivyakova', 'l'],
      ],
      [
        ['ليلى المنصوري', 'l'],
        ['ليلى المنصوري', 'l'],
      ],
      [
        ['Անահիտ Հակոբյան', 'l'],
        ['Anahit Hakobyan', 'l'],
      ],
      [
        ['王晓明', 'xl'],
        ['Xiaoming Wang', 'l'],
      ],
      [
        [`<script>alert(1)</script> ${'x'.repeat(120)}`, 'xs'],
        [`<script>alert(1)</script> ${'x'.repeat(120)}`, 'xs'],
      ],
    ]);
    expect(plates[1]).toContain('<p class="plate-from" dir="auto">مكتبة عمان</p>');
    expect(plates[2]).toContain('<p class="plate-country" lang="be">Арменія</p>');
    expect(plates[4]).not.toContain('plate-country');
    expect(body).not.toContain('<script>alert');
    expect((await organizer.get(`${desk()}/plates?lang=xx`)).status).toBe(422);
  });

  it('are refused to who may not see the programme, and to other conferences [A3]', async () => {
    for (const page of ['plates', 'screen']) {
      expect((await world.client().get(`${desk()}/${page}`)).status).toBe(303);
      expect((await organizer.get(`/org/c/there/roundtable/${sessionId}/${page}`)).status).toBe(404);
    }
  });

  it('show on a screen who speaks, until when, and who is next', async () => {
    await api.send('PUT', `${table}/floor/limit`, { minutes: 5 }, 2);
    for (const name of ['moderator', 'arab']) await api.post(`${table}/floor`, { person: id(name) });
    await api.post(`${table}/floor/next`);
    const screen = async () => unescapeHtml((await organizer.get(`${desk()}/screen`)).body).replace(/\s+/g, ' ');
    const shown = await screen();
    expect(shown).toMatch(/screen-speaker"><bdi>(Ganna Sivyakova|ليلى المنصوري)/);
    expect(shown).toMatch(/until <time/);
    expect(shown).not.toContain('time is up');
    world.clock.advance({ minutes: 5 });
    expect(await screen()).toContain('time is up');
  });
});
