import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions, Talks } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { registered, scene, type Scene } from '../../../support/scene.js';

const PUBLISH = '/org/c/forum/publish';
const COMPARE = '/org/c/forum/releases/compare';
const API = '/api/v1/conferences/forum/releases';

let world: TestApp;
let house: Scene;
let room: Room;
let organizer: Client;
let reader: Client;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  const venue = await world
    .get(Venues)
    .addVenue({ code: 'library', name: { en: 'National Library' }, address: {}, geo: null });
  room = await world
    .get(Venues)
    .addRoom(venue.id, { code: '205', name: { en: 'Room 205' }, capacity: null, notes: '' });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  reader = await signedIn(world.client(), 'reader@example.org');
});
afterAll(() => world.close());

const session = (id: string) => world.get(Sessions).byId(house.programmeId, id);
const person = (family: string, email: string | null): Promise<Person> =>
  world.get(People).create({ given: 'Ана', family, ...(email ? { email } : {}), locale: 'en' });
const assign = (sessionId: string, personId: string, role: 'chair' | 'speaker', talkId: string | null = null) =>
  world.get(Assignments).assign(house.programmeId, { sessionId, talkId, personId, role, state: 'confirmed' });
/** The list items of a page below a heading, as a reader sees them. */
const lines = (body: string): string[] =>
  [...body.matchAll(/<li\b[^>]*>([\s\S]*?)(?=<\/?li\b|<\/?ul\b)/g)]
    .map(([, inner]) =>
      unescapeHtml(inner!.replace(/<[^>]+>/g, ''))
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter(Boolean);
const main = async (client: Client, url: string): Promise<string> => {
  const { status, body } = await client.get(url);
  expect([url, status]).toEqual([url, 200]);
  return /<main[\s\S]*<\/main>/.exec(body)![0];
};

describe('the publish page', () => {
  let chair: Person;

  beforeAll(async () => {
    chair = await person('Чэн', 'chair@example.org');
    const silent = await person('Ціхая', null);
    const first = await session(house.sessionId);
    await world.get(Sessions).edit(house.programmeId, first, {
      title: { en: 'Section of old books' },
      place: { start: new Date(first.startsAt!.getTime() + 90 * 60_000), minutes: 60, roomId: room.id },
    });
    const talk = await world.get(Talks).byId(house.programmeId, house.talkId);
    await world.get(Talks).edit(house.programmeId, talk, { title: { en: 'Talk with a new name' } });
    await assign(house.sessionId, chair.id, 'chair');
    await assign(house.sessionId, silent.id, 'speaker');
  });

  it('says of each session what is different, in words', async () => {
    const found = lines(await main(organizer, PUBLISH));
    expect(found).toContainEqual(
      expect.stringMatching(/^moved Section of old books \w+ \d+ \w+ 10:00–11:00, no room → 11:30–12:30, Room 205$/),
    );
    expect(found).toEqual(
      expect.arrayContaining([
        'Title: “Section of forum” → “Section of old books”',
        'Talk: “Talk of forum” → “Talk with a new name”',
        'Joins: Ана Чэн (chair)',
        'Joins: Ана Ціхая (speaker)',
        'By mail: 2',
        'Not told by us: 1',
      ]),
    );
  });

  it('says of each person what it is to them, by how they learn of it', async () => {
    const body = await main(organizer, `${PUBLISH}?view=people`);
    expect(unescapeHtml(body)).toMatch(
      /<a href="\/org\/c\/forum\/publish\?view=people#changes" aria-current="page">By person \(3\)/,
    );
    const [mailed, untold] = ['By mail: 2', 'Not told by us: 1'].map((heading) =>
      lines(/<summary>X<\/summary>([\s\S]*?)<\/details>/.exec(body.replace(`<summary>${heading}`, '<summary>X'))![1]!),
    );
    expect(mailed).toEqual([
      expect.stringMatching(/^Ана Чэн new entry$/),
      expect.stringMatching(/^New: “Section of old books” \(chair\), \w+ \d+ \w+ 11:30–12:30, Room 205$/),
      'Марыя Лабоцкая forum new entry',
      expect.stringMatching(
        /^“Talk with a new name” \(speaker\): \w+ \d+ \w+ 10:00–11:00, no room → 11:30–12:30, Room 205$/,
      ),
      'New title: “Talk of forum” → “Talk with a new name”',
    ]);
    expect(untold![0]).toBe('Ана Ціхая');
  });

  it('keeps what was typed, and refuses a name that is too long beside its field', async () => {
    const words = { 'name.be': 'я'.repeat(121), 'note.be': 'Заўвага', 'note.ru': 'Примечание', 'note.en': 'A note' };
    const answer = await organizer.submit(PUBLISH, words);
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('href="#field-name-be"');
    for (const typed of Object.values(words)) expect(answer.body).toContain(typed);
  });

  it('after publishing the release says the same, and mails to two people wait', async () => {
    const words = { 'name.en': 'Second', 'note.be': 'Перанос', 'note.ru': 'Перенос', 'note.en': 'A move' };
    const done = await organizer.submit(PUBLISH, words);
    expect(done.location).toBe('/org/c/forum/releases/2');
    expect(lines(await main(organizer, '/org/c/forum/releases/2'))).toContain('Joins: Ана Чэн (chair)');
    const people = lines(await main(organizer, '/org/c/forum/releases/2?view=people'));
    expect(people).toEqual(expect.arrayContaining(['Ана Чэн', 'Ана Ціхая', 'Марыя Лабоцкая forum']));
    for (const [locale, note] of [
      ['be', 'Перанос'],
      ['ru', 'Перенос'],
      ['en', 'A move'],
    ] as const) {
      const { body } = await world.client().get(`/${locale}/c/forum/programme/changes`);
      expect([locale, body.includes(`dir="auto">${note}</p>`), body.includes('Second')]).toEqual([locale, true, true]);
      // Feeds say which release they are of, and what it brings.
      const feed = (await world.client().get(`/c/forum/programme.ics?lang=${locale}`)).body.replaceAll('\r\n ', '');
      expect(feed).toMatch(new RegExp(`^X-WR-CALDESC:Second\\\\, [^\r]*2[^\r]*\\\\n${note}\r$`, 'm'));
    }
  });

  it('sends no mail for words: who is registered sees them, and the speaker is named under that', async () => {
    const talk = await world.get(Talks).byId(house.programmeId, house.talkId);
    await world.get(Talks).edit(house.programmeId, talk, { title: { en: 'A typo less' } });
    const body = await main(organizer, `${PUBLISH}?view=people`);
    expect(body).toContain('See it themselves, on their page or in their calendar: 1');
    expect(body).not.toContain('By mail');
  });

  it('counts listeners who signed up', async () => {
    const listener = await registered(world, house.conference.id, {
      given: 'Вера',
      family: 'Слухач',
      email: 'vera@example.org',
    });
    const { SessionChoices } = await import('../../../../src/features/registration/index.js');
    await world.get(SessionChoices).choose(listener, [house.sessionId]);
    expect(await main(organizer, PUBLISH)).toContain('Sign-ups for sessions that change: 1');
    await world.get(Releases).publish(house.programmeId);
  });
});

describe('the comparison', () => {
  it('shows any two releases, the older one first, and a release with the draft', async () => {
    const both = await main(organizer, `${COMPARE}?from=2&to=1`);
    expect(both).toMatch(
      /<h2 id="changes"><span dir="auto">Release 1: First version<\/span> → <span dir="auto">Release 2: Second/,
    );
    expect(lines(both)).toContain('Title: “Section of forum” → “Section of old books”');
    const draft = await main(reader, `${COMPARE}?from=1&to=draft&view=people`);
    expect(lines(draft)).toContain('Ана Чэн');
    expect(await main(reader, `${COMPARE}?from=0&to=1`)).toContain('An empty programme'.slice(3));
  });

  it('falls back to the latest release and the draft where there is no such pair', async () => {
    for (const query of ['', '?from=9&to=8', '?from=x', '?from=1&from=2&to=3', '?to=draft', '?from=%27'])
      expect(await main(organizer, COMPARE + query)).toContain('Nothing has changed.');
    expect((await world.client().get(COMPARE)).status).toBe(303);
  });

  it('shows a name as removed once it is', async () => {
    const { PrintedName } = await import('../../../../src/features/programme/index.js');
    const [name] = await world.db.repository(PrintedName).findBy({ name: 'Ана Ціхая' });
    await world.db.repository(PrintedName).delete({ personId: name!.personId });
    expect(lines(await main(organizer, `${COMPARE}?from=1&to=2`))).toContain('Joins: name removed (speaker)');
    const { body } = await world.client().get('/en/c/forum/programme/changes?from=1&to=2');
    expect(body).toContain('Joins: Ана Чэн (chair)');
    expect(body).not.toContain('Ціхая');
  });

  it('of many changes folds each kind away, and asks the database equally often', async () => {
    const counts: number[] = [];
    for (const many of [3, 40]) {
      for (let at = 0; at < many; at++)
        await world.get(Sessions).add(house.programmeId, {
          kind: 'section',
          title: { en: `Section ${many}.${at}` },
          place: {
            start: new Date(world.clock.now().getTime() + (60 * 24 + at) * 3_600_000),
            minutes: 30,
            roomId: null,
          },
        });
      const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
      await organizer.get(PUBLISH);
      counts.push(log.mock.calls.length);
      log.mockRestore();
    }
    expect(counts[1]).toBe(counts[0]);
    const body = await main(organizer, PUBLISH);
    expect(body).toContain('<summary>New: 43</summary>');
    expect(body).not.toMatch(/<details class="fold" open>\s*<summary>New/);
  });

  it('shows hostile titles and names as text', async () => {
    for (const { value } of hostile('xss', 'template').filter(({ verdict }) => verdict === 'keep')) {
      await world.get(Sessions).add(house.programmeId, {
        kind: 'section',
        title: { en: value.slice(0, 300) },
        place: { start: new Date(world.clock.now().getTime() + 80 * 86_400_000), minutes: 30, roomId: null },
      });
    }
    for (const url of [PUBLISH, `${COMPARE}?from=1&to=draft`]) {
      const body = await main(organizer, url);
      expect(body).not.toMatch(/<script|<img|<iframe|\son\w+\s*=/i);
    }
  });
});

describe('the API', () => {
  it('compares releases and the draft, with details and people', async () => {
    const answer = await organizer.api('GET', `${API}/comparison?from=1&to=2`);
    expect(answer.status).toBe(200);
    const { changes, people, from, to } = answer.json<{
      from: number;
      to: number;
      changes: { kind: string; sessionId: string; details: object[] }[];
      people: { name: string | null; way: string | null; news: object[] }[];
    }>();
    expect([from, to]).toEqual([1, 2]);
    expect(changes).toMatchObject([{ kind: 'moved', sessionId: house.sessionId }]);
    expect(changes[0]!.details).toEqual(
      expect.arrayContaining([
        { part: 'title', from: { en: 'Section of forum' }, to: { en: 'Section of old books' } },
        { part: 'joins', personId: expect.any(String), role: 'chair' },
      ]),
    );
    expect(people).toContainEqual({
      personId: expect.any(String),
      name: 'Ана Чэн',
      way: null,
      news: [{ sessionId: house.sessionId, kind: 'joins', roles: ['chair'] }],
      mails: [],
    });
    expect(people.map(({ name }) => name)).toContain(null);
    expect((await organizer.api('GET', `${API}/comparison?from=1`)).json()).toMatchObject({ to: 'draft' });
    expect((await organizer.api('GET', `${API}/comparison?from=1&to=99`)).status).toBe(404);
    for (const query of ['', '?from=x', '?from=1&to=later', '?from=1&more=1'])
      expect([query, (await organizer.api('GET', `${API}/comparison${query}`)).status]).toEqual([query, 422]);
  });

  it('previews whom a release would tell', async () => {
    await assign(house.sessionId, (await person('Новы', 'new@example.org')).id, 'chair');
    const first = await session(house.sessionId);
    const place = { start: new Date(first.startsAt!.getTime() + 3_600_000), minutes: 60, roomId: room.id };
    await world.get(Sessions).move(house.programmeId, first, place);
    const next = (await organizer.api('GET', `${API}/next`)).json<{
      peopleToTell: number;
      signUps: number;
      people: { name: string; way: string; mails: string[] }[];
    }>();
    expect(next.people.filter(({ way }) => way === 'mail')).toHaveLength(next.peopleToTell);
    expect(next.people).toContainEqual(expect.objectContaining({ name: 'Ана Новы', way: 'mail', mails: ['added'] }));
    expect(next.signUps).toBe(1);
    expect((await reader.api('GET', `${API}/next`)).status).toBe(403);
  });
});
