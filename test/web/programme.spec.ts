import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People, type Person } from '../../src/features/people/index.js';
import {
  Assignments,
  PeopleToTell,
  Programmes,
  Releases,
  Sessions,
  type Programme,
} from '../../src/features/programme/index.js';
import { Venues, type Room } from '../../src/features/venues/index.js';
import { Access } from '../../src/platform/web/access.js';
import { startApp, type TestApp } from '../support/app.js';
import type { Answer, Client, Fields } from '../support/client.js';
import { hostile } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';

const ZONE = 'Europe/Warsaw';
const conference = (number: number, slug: string) => ({
  id: `0190f000-0000-7000-8000-00000000000${number}`,
  slug,
  title: { en: slug },
  zone: ZONE,
});
const [OURS, THEIRS] = [conference(1, 'congress'), conference(2, 'readings')];
const SESSIONS = '/org/c/congress/sessions';
const API = '/api/v1/conferences/congress';

let world: TestApp;
let programme: Programme;
let room: Room;
let person: Person;
let organizer: Client;
let reader: Client;

beforeAll(async () => {
  world = await startApp();
  world.get(Access).conferencesFrom((slug) => Promise.resolve([OURS, THEIRS].find((one) => one.slug === slug) ?? null));
  programme = await world.get(Programmes).createFor({ ownerKind: 'conference', ownerId: OURS.id, zone: ZONE });
  await world.get(Programmes).createFor({ ownerKind: 'conference', ownerId: THEIRS.id, zone: ZONE });
  const venue = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  room = await world
    .get(Venues)
    .addRoom(venue.id, { code: 'hall', name: { en: 'Great Hall' }, capacity: 100, notes: '' });
  person = await world
    .get(People)
    .create({ given: 'Мая', family: 'Кісялёва', email: 'maya@example.org', institution: 'Архіў', locale: 'en' });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: OURS.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: OURS.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  reader = await signedIn(world.client(), 'reader@example.org');
});
afterAll(() => world.close());

const fields = (more: Fields = {}): Fields => ({
  'title.be': 'Пасяджэнне',
  'title.ru': '',
  'title.en': 'Section',
  kind: 'section',
  day: '2027-10-12',
  time: '10:00',
  minutes: '60',
  roomId: '',
  strandId: '',
  'abstract.be': '',
  'abstract.ru': '',
  'abstract.en': '',
  onlineUrl: '',
  capacity: '',
  expected: '',
  languages: ['be', 'en'],
  ...more,
});

const add = (more: Fields = {}) => organizer.submit(`${SESSIONS}/new`, fields(more), SESSIONS);
const idIn = ({ location }: Answer) => /sessions\/([0-9a-f-]{36})/.exec(location ?? '')![1]!;
const session = (id: string) => world.get(Sessions).byId(programme.id, id);
/** Posts one of the forms of a page. */
async function act(client: Client, page: string, action: string, more: Fields = {}): Promise<Answer> {
  const { body } = await client.get(page);
  return client.post(action, { _csrf: /name="_csrf" value="([^"]*)"/.exec(body)?.[1], ...more });
}

describe('sessions', () => {
  it('are added on the clock of the programme, and listed by day', async () => {
    const answer = await add();
    expect(answer.status).toBe(303);
    expect(await session(idIn(answer))).toMatchObject({
      startsAt: new Date('2027-10-12T08:00:00Z'),
      minutes: 60,
      languages: ['be', 'en'],
    });
    const list = await organizer.get(SESSIONS);
    expect(list.body).toContain('Tuesday, 12 October');
    expect(list.body).toContain('10:00–11:00');
  });

  it('wait in the tray without a time', async () => {
    const id = idIn(await add({ day: '', time: '', 'title.en': 'Waiting' }));
    expect(await session(id)).toMatchObject({ startsAt: null, minutes: 60 });
    const list = await organizer.get(`${SESSIONS}?show=tray`);
    expect(list.body).toContain('Waiting');
  });

  it('keep every value when one is refused', async () => {
    const answer = await add({ 'title.be': '', 'title.en': '', minutes: 'many', 'abstract.en': 'Kept text' });
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('<title>Error: New session');
    expect(answer.body).toContain('Kept text');
    expect(answer.body).toContain('href="#field-title"');
    expect(answer.body).toContain('href="#field-minutes"');
  });

  it('ask for the other half of a moment, and refuse an hour that the clock skips [X10]', async () => {
    expect((await add({ time: '' })).body).toContain('href="#field-time"');
    const skipped = await add({ day: '2027-03-28', time: '02:30' });
    expect(skipped.status).toBe(422);
    expect(skipped.body).toContain('The clock skips this time');
  });

  it('take the first of a repeated hour and say so [X10]', async () => {
    const answer = await add({ day: '2027-10-31', time: '02:30' });
    expect(await session(idIn(answer))).toMatchObject({ startsAt: new Date('2027-10-31T00:30:00Z') });
    expect((await organizer.follow(answer)).body).toContain('shows this time twice');
  });

  it('save in spite of a conflict and show it', async () => {
    const first = idIn(await add({ day: '2027-10-13', roomId: room.id, 'title.en': 'First' }));
    const answer = await add({ day: '2027-10-13', time: '10:30', roomId: room.id, 'title.en': 'Second' });
    const page = await organizer.follow(answer);
    expect(page.body).toContain('Great Hall: “First” and “Second” overlap by 30 minutes');
    expect((await organizer.get('/org/c/congress/conflicts')).body).toContain(`${SESSIONS}/${first}`);
    const moved = await organizer.submit(
      `${SESSIONS}/${first}/move`,
      { day: '2027-10-13', time: '09:00', minutes: '60', roomId: room.id },
      `${SESSIONS}/${first}/move`,
    );
    expect((await organizer.follow(moved)).body).not.toContain('overlap');
  });

  it('refuse a write against an older version with 409, the current state, and what was typed', async () => {
    const id = idIn(await add({ 'title.en': 'Shared' }));
    await world
      .get(Sessions)
      .move(programme.id, await session(id), { start: new Date('2027-10-12T12:00:00Z'), minutes: 45, roomId: null });
    const { version } = await session(id);
    const answer = await act(organizer, SESSIONS, `${SESSIONS}/${id}`, fields({ 'title.en': 'Mine', version: '1' }));
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('14:00');
    expect(answer.body).toContain('value="Mine"');
    expect(answer.body).toContain(`name="version" value="${version}"`);
    expect((await session(id)).title).toMatchObject({ en: 'Shared' });
  });

  it('are cancelled, brought back and removed', async () => {
    const id = idIn(await add({ 'title.en': 'Fate' }));
    const page = `${SESSIONS}/${id}`;
    expect((await act(organizer, page, `${page}/cancel`, { version: '1' })).status).toBe(303);
    expect((await session(id)).status).toBe('cancelled');
    expect((await act(organizer, page, `${page}/cancel`, { version: '2' })).status).toBe(409);
    expect((await act(organizer, page, `${page}/reinstate`, { version: '2' })).status).toBe(303);
    expect((await act(organizer, page, `${page}/remove`, { version: '3' })).status).toBe(303);
    expect((await organizer.get(page)).status).toBe(404);
  });

  it('show hostile titles as text and answer no 500', async () => {
    for (const { value } of hostile('xss', 'markdown', 'template', 'sql', 'control', 'bidi', 'name', 'length')) {
      const answer = await add({ 'title.en': value, day: '', time: '' });
      expect([303, 422]).toContain(answer.status);
    }
    const list = await organizer.get(SESSIONS);
    expect(list.status).toBe(200);
    expect(list.body).not.toMatch(/<script>alert/i);
  });

  it('are only read by those who may not write, and hidden from others', async () => {
    const id = idIn(await add());
    expect((await reader.get(`${SESSIONS}/${id}`)).status).toBe(200);
    expect((await reader.get(`${SESSIONS}/new`)).status).toBe(403);
    expect((await act(reader, SESSIONS, `${SESSIONS}/${id}/cancel`, { version: '1' })).status).toBe(403);
    expect((await organizer.get('/org/c/readings/sessions')).status).toBe(404);
    expect((await organizer.get(`${SESSIONS}/not-an-id`)).status).toBe(404);
  });
});

describe('talks and people', () => {
  it('are added, ordered and assigned with plain forms', async () => {
    const id = idIn(await add({ 'title.en': 'With talks', kind: 'round_table', day: '2027-10-20' }));
    const page = `${SESSIONS}/${id}`;
    for (const title of ['Alpha', 'Beta']) {
      const answer = await organizer.submit(
        `${page}/talks/new`,
        { 'title.en': title, 'title.be': '', 'title.ru': '', minutes: '20', language: 'be' },
        `${page}/talks`,
      );
      expect(answer.status).toBe(303);
    }
    const talk = /talks\/([0-9a-f-]{36})\/order/.exec((await organizer.get(page)).body)![1]!;
    await act(organizer, page, `${page}/talks/${talk}/order`, { direction: 'down' });
    const { body } = await organizer.get(page);
    expect(body.indexOf('Beta')).toBeLessThan(body.indexOf('Alpha'));

    const picker = await organizer.get(`${page}/people?q=${encodeURIComponent('Kisialiova')}`);
    expect(picker.body).toContain(person.id);
    const assigned = await act(organizer, `${page}/people?q=x`, `${page}/people`, {
      personId: person.id,
      role: 'panelist',
      state: 'proposed',
      seat: '',
    });
    expect(assigned.status).toBe(303);
    const [panelist] = await world.get(Assignments).ofSession(id);
    expect(panelist).toMatchObject({ role: 'panelist', seat: 1, state: 'proposed' });
    const twice = await act(organizer, `${page}/people?q=x`, `${page}/people`, {
      personId: person.id,
      role: 'panelist',
      state: 'proposed',
      seat: '',
    });
    expect(twice.status).toBe(409);
    await act(organizer, page, `${page}/people/${panelist!.id}/answer`, { state: 'confirmed' });
    expect((await organizer.get(page)).body).toContain('<bdi>Мая Кісялёва</bdi>');
    await act(organizer, page, `${page}/people/${panelist!.id}/seat`, { seat: '5', version: '2' });
    expect(await world.get(Assignments).ofSession(id)).toMatchObject([{ seat: 5, state: 'confirmed', version: 3 }]);
    expect((await act(organizer, page, `${page}/people/${panelist!.id}/remove`, { version: '1' })).status).toBe(409);
    expect((await act(organizer, page, `${page}/people/${panelist!.id}/remove`, { version: '3' })).status).toBe(303);
  });
});

describe('publishing', () => {
  it('is blocked by an error until there is a reason, and tells what changed', async () => {
    const own = await world.get(Programmes).ofOwner(OURS.id);
    const [a, b] = [
      idIn(await add({ day: '2027-11-02', roomId: room.id })),
      idIn(await add({ day: '2027-11-02', roomId: room.id })),
    ];
    expect(a).not.toBe(b);
    world
      .get(PeopleToTell)
      .from(() => Promise.resolve([{ personId: person.id, sessionId: a, kind: 'added', digest: false }]));
    const words = {
      'name.be': '',
      'name.ru': '',
      'name.en': 'Early',
      'note.be': '',
      'note.ru': '',
      'note.en': 'Kept note',
    };
    const blocked = await organizer.submit('/org/c/congress/publish', words);
    expect(blocked.status).toBe(409);
    expect(blocked.body).toContain('Kept note');
    expect(blocked.body).toContain('1 conflict is still open');

    const page = await organizer.get('/org/c/congress/conflicts');
    const key = /name="key" value="(room-double[^"]*)"/.exec(page.body)![1]!;
    const empty = await act(organizer, '/org/c/congress/conflicts', '/org/c/congress/conflicts', { key, reason: '' });
    expect(empty.status).toBe(422);
    expect(
      (
        await act(organizer, '/org/c/congress/conflicts', '/org/c/congress/conflicts', {
          key,
          reason: 'Two halves of one hall',
        })
      ).status,
    ).toBe(303);
    expect((await organizer.get('/org/c/congress/conflicts')).body).toContain('Two halves of one hall');

    const preview = await organizer.get('/org/c/congress/publish');
    expect(preview.body).toContain('By mail: 1');
    const done = await organizer.submit('/org/c/congress/publish', words);
    expect(done.location).toBe('/org/c/congress/releases/1');
    expect((await organizer.follow(done)).body).toContain('Release 1 is public');
    const stale = await act(organizer, '/org/c/congress/publish', '/org/c/congress/publish', { ...words, after: '0' });
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('Release 1 has been published meanwhile');
    const nothing = await organizer.submit('/org/c/congress/publish', words);
    expect(nothing.status).toBe(409);
    expect(nothing.body).toContain('nothing has changed');
    expect(await world.get(Releases).all(own.id)).toHaveLength(1);
  });
});

describe('strands', () => {
  it('are added, changed with the version seen, and removed', async () => {
    const strands = '/org/c/congress/strands';
    const words = { 'name.be': 'Гісторыя', 'name.ru': '', 'name.en': 'History', code: 'history', colour: 'teal' };
    expect((await organizer.submit(`${strands}/new`, words, strands)).status).toBe(303);
    expect((await organizer.submit(`${strands}/new`, words, strands)).status).toBe(422);
    const [strand] = await world.get(Programmes).strands(programme.id);
    const page = `${strands}/${strand!.id}`;
    expect((await organizer.submit(page, { ...words, code: 'book-history' }, page)).status).toBe(303);
    expect((await act(organizer, page, page, { ...words, version: '1' })).status).toBe(409);
    expect((await act(organizer, page, `${page}/remove`, { version: '2' })).status).toBe(303);
    expect(await world.get(Programmes).strands(programme.id)).toEqual([]);
  });
});

describe('the API', () => {
  const write = async (method: 'POST' | 'PATCH' | 'DELETE', url: string, payload?: unknown, version?: number) => {
    const { body } = await organizer.get('/org/c/congress/strands/new');
    const csrf = /name="_csrf" value="([^"]*)"/.exec(body)![1]!;
    return organizer.api(method, url, payload, {
      origin: 'http://127.0.0.1:3000',
      'x-csrf-token': csrf,
      ...(version ? { 'if-match': `"v${version}"` } : {}),
    });
  };

  it('creates, reads, changes and moves a session with its version, answering findings', async () => {
    const place = { start: '2027-12-01T10:00', minutes: 60, roomId: room.id };
    const created = await write('POST', `${API}/sessions`, { kind: 'plenary', title: { en: 'Plenary' }, place });
    expect(created.status).toBe(201);
    expect(created.json()).toMatchObject({
      session: { startsAt: '2027-12-01T09:00:00.000Z', version: 1, status: 'planned' },
      findings: [],
    });
    const { id } = created.json<{ session: { id: string } }>().session;
    const read = await organizer.api('GET', `${API}/sessions/${id}`);
    expect(read.headers['etag']).toBe('"v1"');
    expect((await write('PATCH', `${API}/sessions/${id}`, { capacity: 50 })).status).toBe(428);
    expect((await write('PATCH', `${API}/sessions/${id}`, { capacity: 50 }, 1)).json()).toMatchObject({
      session: { capacity: 50, title: { en: 'Plenary' }, version: 2 },
    });
    expect((await write('PATCH', `${API}/sessions/${id}`, { capacity: 60 }, 1)).status).toBe(412);
    const other = await write('POST', `${API}/sessions`, {
      kind: 'meeting',
      title: { en: 'Clash' },
      place: { start: '2027-12-01T12:30:00+03:00', minutes: 30, roomId: room.id },
    });
    expect(other.json()).toMatchObject({ findings: [{ rule: 'room-double', severity: 'error', minutes: 30 }] });
    const moved = await write(
      'POST',
      `${API}/sessions/${id}/moves`,
      { start: '2027-12-02T10:00', minutes: 60, roomId: room.id },
      2,
    );
    expect(moved.json()).toMatchObject({ session: { version: 3 }, findings: [] });
    expect((await write('POST', `${API}/sessions/${id}/cancellation`, undefined, 3)).json()).toMatchObject({
      session: { status: 'cancelled' },
    });
    expect((await write('DELETE', `${API}/sessions/${id}`, undefined, 4)).status).toBe(204);
    expect((await organizer.api('GET', `${API}/sessions/${id}`)).status).toBe(404);
  });

  it('names the field that it refuses', async () => {
    const answer = await write('POST', `${API}/sessions`, {
      kind: 'plenary',
      title: { en: 'Plenary' },
      place: { start: '2027-03-28T02:30', minutes: 60, roomId: null },
    });
    expect(answer.status).toBe(422);
    expect(answer.json()).toMatchObject({ errors: [{ field: 'place.start', code: 'error.programme.skippedHour' }] });
    expect((await write('POST', `${API}/sessions`, { kind: 'dance', title: {}, extra: 1 })).status).toBe(422);
  });

  it('keeps talks and assignments, and releases', async () => {
    const { id } = (
      await write('POST', `${API}/sessions`, {
        kind: 'section',
        title: { en: 'API section' },
        place: { start: '2027-12-05T10:00', minutes: 60, roomId: null },
      })
    ).json<{ session: { id: string } }>().session;
    const talk = (await write('POST', `${API}/sessions/${id}/talks`, { title: { en: 'Paper' } })).json<{
      talk: { id: string };
    }>().talk;
    const assigned = await write('POST', `${API}/sessions/${id}/assignments`, {
      personId: person.id,
      talkId: talk.id,
      role: 'speaker',
    });
    expect(assigned.status).toBe(201);
    const { assignment } = assigned.json<{ assignment: { id: string; version: number } }>();
    expect(
      (await write('PATCH', `${API}/sessions/${id}/assignments/${assignment.id}`, { state: 'confirmed' }, 1)).json(),
    ).toMatchObject({ assignment: { state: 'confirmed', version: 2 } });
    expect(
      (await write('PATCH', `${API}/sessions/${id}/assignments/${assignment.id}`, { state: 'declined' }, 1)).status,
    ).toBe(412);
    expect((await organizer.api('GET', `${API}/sessions/${id}/talks`)).json()).toMatchObject({
      items: [{ id: talk.id }],
      next: null,
    });
    const findings = (await organizer.api('GET', `${API}/findings`)).json<{
      items: { key: string; severity: string; override: unknown }[];
    }>();
    for (const { key } of findings.items.filter(({ severity, override }) => severity === 'error' && !override)) {
      expect((await write('POST', `${API}/findings/overrides`, { key, reason: 'Known' })).status).toBe(204);
    }
    const release = await write('POST', `${API}/releases`, { note: { en: 'By API' } });
    expect(release.status).toBe(201);
    const { number } = release.json<{ number: number }>();
    expect(
      (await organizer.api('GET', `${API}/releases/${number}`)).json<{ changes: object[] }>().changes.length,
    ).toBeGreaterThan(0);
    expect((await write('POST', `${API}/releases`, { after: number - 1 })).status).toBe(412);
    expect((await write('POST', `${API}/releases`, {})).json()).toMatchObject({
      status: 409,
      code: 'error.release.unchanged',
    });
  });

  it('lists sessions page by page', async () => {
    const first = (await organizer.api('GET', `${API}/sessions?limit=2`)).json<{
      items: { id: string }[];
      next: string;
    }>();
    expect(first.items).toHaveLength(2);
    const second = (await organizer.api('GET', `${API}/sessions?limit=2&after=${first.next}`)).json<{
      items: { id: string }[];
    }>();
    expect(second.items[0]!.id > first.items[1]!.id).toBe(true);
    expect((await organizer.api('GET', `${API}/sessions?limit=2&after=x`)).status).toBe(422);
    expect((await organizer.api('GET', '/api/v1/conferences/readings/sessions')).status).toBe(404);
  });
});
