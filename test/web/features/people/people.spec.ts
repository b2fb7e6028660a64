import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Consent, Consents, People, PersonChanged, PURPOSES } from '../../../../src/features/people/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { Journal } from '../../../../src/platform/journal/journal.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'checkin@example.org', [{ role: 'checkin', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (name: string): Promise<Client> => signedIn(world.client(), `${name}@example.org`);
const organizer = () => as('organizer');

async function apiHeaders(client: Client, page: string): Promise<Record<string, string>> {
  return {
    origin: 'http://127.0.0.1:3000',
    'x-csrf-token': unescapeHtml(/name="_csrf" value="([^"]*)"/.exec((await client.get(page)).body)![1]!),
  };
}

describe('people in the back office', () => {
  it('are found in any script, however the name was typed', async () => {
    await world.get(People).create({ given: 'Наталля', family: 'Трацяк', locale: 'be' });
    await world.get(People).create({ given: 'Żaneta', family: 'Wróblewska', locale: 'en' });
    const client = await organizer();
    for (const [query, found] of [
      ['traciak', 'Трацяк'],
      ['wroblewska', 'Wróblewska'],
      ['ТРАЦЯК наталля', 'Трацяк'],
    ] as const) {
      const { body } = await client.get(`/org/people?q=${encodeURIComponent(query)}`);
      expect([query, body.includes(found), body.includes(found === 'Трацяк' ? 'Wróblewska' : 'Трацяк')]).toEqual([
        query,
        true,
        false,
      ]);
    }
  });

  it('[X11] a percent sign or an underscore in the query is only itself', async () => {
    await world.get(People).create({ given: '100%', family: 'Real_Name', locale: 'en' });
    const names = async (words: string) =>
      (await world.get(People).search({ words, limit: 50 })).map(({ given }) => given);
    expect(await names('%')).toEqual(['100%']);
    expect(await names('l_n')).toEqual(['100%']);
    expect(await names('!')).toEqual([]);
  });

  it.each(['…', '--', '’', '- –'])('[X11] signs alone (%s) find nobody, and the list says so', async (words) => {
    expect(await world.get(People).search({ words, limit: 50 })).toEqual([]);
    const { status, body } = await (await organizer()).get(`/org/people?q=${encodeURIComponent(words)}`);
    expect([status, body.includes('Nobody was found')]).toEqual([200, true]);
  });

  it('come page by page in the order of their names, each once', async () => {
    for (let at = 0; at < 7; at++) await world.get(People).create({ given: 'Same', family: 'Pagename', locale: 'en' });
    const client = await organizer();
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const answer: { items: { id: string }[]; next: string | null } = (
        await client.api('GET', `/api/v1/people?q=pagename&limit=3${next ? `&after=${next}` : ''}`)
      ).json();
      seen.push(...answer.items.map(({ id }) => id));
      next = answer.next;
    } while (next);
    expect([seen.length, new Set(seen).size]).toEqual([7, 7]);
  });

  it('[X1] hostile names come back exactly as typed, in list, card and form', async () => {
    const client = await organizer();
    const kept = hostile('name', 'bidi', 'xss', 'emoji').filter(
      ({ verdict, value }) => verdict === 'keep' && [...value].length <= 128,
    );
    expect(kept.length).toBeGreaterThan(20);
    for (const { id, value } of kept) {
      const answer = await client.submit(
        '/org/people/new',
        { given: value, family: value, locale: 'en' },
        '/org/people',
      );
      expect([id, answer.status]).toEqual([id, 303]);
      const card = await client.follow(answer);
      expect([id, unescapeHtml(/<h1[^>]*><bdi>([\s\S]*?)<\/bdi>/.exec(card.body)?.[1] ?? '')]).toEqual([
        id,
        expect.stringContaining(value),
      ]);
      const form = await client.get(`${answer.location!}/edit`);
      expect([id, unescapeHtml(/name="given" type="text" value="([^"]*)"/.exec(form.body)?.[1] ?? '')]).toEqual([
        id,
        value,
      ]);
    }
  });

  it('one address belongs to one person, whatever its case', async () => {
    await world.get(People).create({ given: 'One', family: 'Owner', email: 'Owner@example.org', locale: 'en' });
    const client = await organizer();
    const answer = await client.submit(
      '/org/people/new',
      { given: 'Two', family: 'Other', email: 'oWNER@Example.org', locale: 'en' },
      '/org/people',
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Somebody with this address is already in the list');
    expect(answer.body).toContain('value="Two"');
  });

  it('asks for a family name, unless there is only one name', async () => {
    const client = await organizer();
    const alone = await client.submit('/org/people/new', { given: 'Сукарна', locale: 'en' }, '/org/people');
    expect([alone.status, alone.body.includes('id="field-family-error"')]).toEqual([422, true]);
    const one = await client.submit(
      '/org/people/new',
      { given: 'Сукарна', mononym: 'on', locale: 'en' },
      '/org/people',
    );
    expect(one.status).toBe(303);
  });

  it('a stale edit is 409 with what stands there now; the version on the page is good for the next try', async () => {
    const person = await world.get(People).create({ given: 'Юрась', family: 'Хадыка', locale: 'be' });
    const client = await organizer();
    const page = `/org/people/${person.publicId}`;
    const { body } = await client.get(`${page}/edit`);
    const csrf = unescapeHtml(/name="_csrf" value="([^"]*)"/.exec(body)![1]!);
    await world.get(People).update(person, { institution: 'Новая ўстанова' });
    const stale = await client.post(page, {
      _csrf: csrf,
      version: '1',
      given: 'Юрась',
      family: 'Мой варыянт',
      locale: 'be',
    });
    expect(stale.status).toBe(409);
    expect(stale.body).toContain('Новая ўстанова');
    expect(stale.body).toContain('value="Мой варыянт"');
    expect(
      (await client.post(page, { _csrf: csrf, version: '2', given: 'Юрась', family: 'Мой варыянт', locale: 'be' }))
        .status,
    ).toBe(303);
  });

  it('the journal keeps names of fields and no personal value', async () => {
    const person = await world
      .get(People)
      .create({ given: 'Secretgiven', family: 'Secretfamily', email: 'secret@example.org', locale: 'en' });
    await world.get(People).update(person, { family: 'Secretother' });
    const entries = await world.get(Journal).about(person.id);
    expect(entries.find(({ type }) => type === PersonChanged.type)?.data).toEqual({ fields: ['family'] });
    expect(JSON.stringify(entries)).not.toMatch(/secret/i);
  });

  it('saving what is there already changes and records nothing', async () => {
    const person = await world.get(People).create({ given: 'Same', family: 'Still', locale: 'en' });
    const after = await world.get(People).update(person, { family: 'Still' });
    expect([after.version, (await world.get(Journal).about(person.id)).length]).toEqual([1, 1]);
  });

  it.each([
    ['checkin', 404],
    ['admin', 200],
  ] as const)('[A4] %s sees %i', async (name, status) => {
    const client = await as(name);
    expect((await client.get('/org/people')).status).toBe(status);
  });

  it('the API edits against an entity tag and never shows the row id', async () => {
    const person = await world.get(People).create({ given: 'Api', family: 'Person', locale: 'en' });
    const client = await organizer();
    const headers = await apiHeaders(client, '/org/people/new');
    const url = `/api/v1/people/${person.publicId}`;
    const shown = await client.api('GET', url);
    expect([shown.headers['etag'], shown.json()['id'], shown.body.includes(person.id)]).toEqual([
      '"v1"',
      person.publicId,
      false,
    ]);
    expect((await client.api('PATCH', url, { country: 'PL' }, headers)).status).toBe(428);
    const edited = await client.api('PATCH', url, { country: 'PL' }, { ...headers, 'if-match': '"v1"' });
    expect([edited.status, edited.json()['country'], edited.json()['family']]).toEqual([200, 'PL', 'Person']);
    expect((await client.api('PATCH', url, { country: 'LT' }, { ...headers, 'if-match': '"v1"' })).status).toBe(412);
    expect((await client.api('GET', '/api/v1/people/search?q=')).status).toBe(422);
  });
});

describe('consents', () => {
  it('are only ever added; the latest counts, and the same answer twice is one row', async () => {
    const person = await world.get(People).create({ given: 'Ганна', family: 'Цвірка', locale: 'be' });
    const consents = world.get(Consents);
    await consents.record({ personId: person.id, answers: { registration: true, photo: false }, channel: 'web' });
    await consents.record({ personId: person.id, answers: { registration: true, photo: true }, channel: 'web' });
    world.clock.advance({ minutes: 1 });
    await consents.record({ personId: person.id, answers: { photo: false }, channel: 'staff' });
    const current = await consents.current(person.id);
    expect([...current].map(([purpose, { given, channel }]) => [purpose, given, channel]).sort()).toEqual([
      ['photo', false, 'staff'],
      ['registration', true, 'web'],
    ]);
    expect(await world.db.repository(Consent).countBy({ personId: person.id })).toBe(4);
    expect(await consents.given('registration', [person.id])).toEqual(new Set([person.id]));
    expect(await consents.given('photo', [person.id])).toEqual(new Set());
  });
});

describe('pages that every site owes its visitors', () => {
  it.each(LOCALES)('in %s: purposes with their terms, and that a lawyer has to approve them', async (locale) => {
    const { status, body } = await world.client().get(`/${locale}/privacy`);
    expect(status).toBe(200);
    expect(body.match(/<section class="purpose"/g)).toHaveLength(PURPOSES.length);
    expect(body).toContain(
      { be: 'павінен быць ухвалены юрыстам', ru: 'должен быть одобрен юристом', en: 'to be approved by a lawyer' }[
        locale
      ],
    );
    for (const page of ['help', 'accessibility'])
      expect((await world.client().get(`/${locale}/${page}`)).status).toBe(200);
  });
});

describe('venues', () => {
  it('an admin adds a venue and its rooms, orders them, and sees codes refused when taken', async () => {
    const client = await as('admin');
    expect(
      (
        await client.submit(
          '/org/venues/new',
          { code: 'library', 'name.en': 'Library', 'geo.lat': '53.931361', 'geo.lon': '27.646056' },
          '/org/venues',
        )
      ).status,
    ).toBe(303);
    for (const code of ['hall', 'small'])
      expect(
        (
          await client.submit(
            '/org/venues/library/rooms/new',
            { code, 'name.en': code, capacity: '50' },
            '/org/venues/library/rooms',
          )
        ).status,
      ).toBe(303);
    const taken = await client.submit(
      '/org/venues/library/rooms/new',
      { code: 'hall', 'name.en': 'Again', capacity: '' },
      '/org/venues/library/rooms',
    );
    expect([taken.status, taken.body.includes('This code is already taken')]).toEqual([422, true]);
    const csrf = unescapeHtml(/name="_csrf" value="([^"]*)"/.exec((await client.get('/org/venues')).body)![1]!);
    expect((await client.post('/org/venues/library/rooms/small/move', { _csrf: csrf, direction: 'up' })).status).toBe(
      303,
    );
    expect((await world.get(Venues).rooms()).map(({ code, venue }) => `${venue.code}/${code}`)).toEqual([
      'library/small',
      'library/hall',
    ]);
    expect((await world.get(Venues).byCode('library')).geo).toEqual({ lat: 53.931361, lon: 27.646056 });
  });

  it.each([
    ['91', '27'],
    ['53.9', ''],
    ['53.9', 'east'],
  ])('refuses coordinates %s / %s beside the fields', async (lat, lon) => {
    const client = await as('admin');
    const answer = await client.submit(
      '/org/venues/new',
      { code: 'nowhere', 'name.en': 'Nowhere', 'geo.lat': lat, 'geo.lon': lon },
      '/org/venues',
    );
    expect([answer.status, answer.body.includes('Coordinates are two numbers')]).toEqual([422, true]);
  });

  it('the API edits rooms against an entity tag', async () => {
    const venue = await world.get(Venues).addVenue({ code: 'annex', name: { en: 'Annex' }, address: {}, geo: null });
    const client = await as('admin');
    const headers = await apiHeaders(client, '/org/venues/new');
    const created = await client.api(
      'POST',
      '/api/v1/rooms',
      { venueId: venue.id, code: 'one', name: { en: 'One' } },
      headers,
    );
    expect([created.status, created.json()['capacity'], created.json()['notes']]).toEqual([201, null, '']);
    const url = `/api/v1/rooms/${created.json<{ id: string }>().id}`;
    expect((await client.api('PATCH', url, { capacity: 30 }, headers)).status).toBe(428);
    const edited = await client.api('PATCH', url, { capacity: 30 }, { ...headers, 'if-match': '"v1"' });
    expect([edited.status, edited.json()['capacity'], edited.json()['name']]).toEqual([200, 30, { en: 'One' }]);
    expect((await client.api('PATCH', url, { capacity: 40 }, { ...headers, 'if-match': '"v1"' })).status).toBe(412);
  });

  it('an organizer reads but does not change them', async () => {
    const client = await organizer();
    expect((await client.get('/org/venues')).status).toBe(200);
    expect((await client.get('/org/venues/new')).status).toBe(403);
  });
});
