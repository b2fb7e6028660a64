import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../../../src/features/accounts/index.js';
import { Interpreters, People, type Person } from '../../../../src/features/people/index.js';
import { LOCALES } from '../../../../src/kernel/locale.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { PASSWORD, signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'readonly@example.org', [{ role: 'readonly', conferenceId: null }]);
  await staff(world, 'reviewer@example.org', [{ role: 'reviewer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (name: string): Promise<Client> => signedIn(world.client(), `${name}@example.org`);
const somebody = (): Promise<Person> =>
  world.get(People).create({ given: 'Ядвіга', family: `Тлумач ${++serial}`, locale: 'be' });
const formOf = ({ publicId }: Person) => `/org/people/${publicId}/interpreter`;
const profileOf = ({ publicId }: Person) => `/api/v1/people/${publicId}/interpreter-profile`;
const text = (html: string) => unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '));

async function apiHeaders(client: Client): Promise<Record<string, string>> {
  const { body } = await client.get('/org/people/new');
  return {
    origin: 'http://127.0.0.1:3000',
    'x-csrf-token': unescapeHtml(/name="_csrf" value="([^"]*)"/.exec(body)![1]!),
  };
}

describe('languages of interpreters', () => {
  it('are typed as pairs, shown on the card and in the list, and found by language', async () => {
    const person = await somebody();
    const client = await as('organizer');
    const saved = await client.submit(formOf(person), {
      'pair.1.from': 'ru',
      'pair.1.to': 'en',
      'pair.1.both': 'on',
      'pair.3.from': 'be',
      'pair.3.to': 'en',
      modes: ['simultaneous', 'whispered'],
      standing: 'house',
      sworn: 'on',
    });
    expect(saved.status).toBe(303);
    expect(await world.get(Interpreters).ofPerson(person.id)).toMatchObject({
      directions: [
        { from: 'ru', to: 'en' },
        { from: 'en', to: 'ru' },
        { from: 'be', to: 'en' },
      ],
      modes: ['simultaneous', 'whispered'],
      standing: 'house',
      sworn: true,
    });
    const card = text((await client.follow(saved)).body);
    expect(card).toContain('Russian ↔ both ways: English');
    expect(card).toContain('Belarusian → into English');
    expect(card).toContain('staff of the library, sworn');
    for (const [query, isThere] of [
      ['', true],
      ['?from=en', true],
      ['?from=en&to=ru', true],
      ['?from=en&to=be', false],
      ['?from=xx', true],
    ] as const) {
      const { status, body } = await client.get(`/org/interpreters${query}`);
      expect([query, status, body.includes(person.publicId)]).toEqual([query, 200, isThere]);
    }
  });

  it('come back as typed with a message beside what is wrong', async () => {
    const person = await somebody();
    const client = await as('organizer');
    const typed = { modes: 'whispered', standing: 'external' };
    for (const [pairs, field] of [
      [{}, 'pair-1-from'],
      [{ 'pair.2.from': 'ru', 'pair.2.to': 'ru' }, 'pair-2-to'],
      [{ 'pair.2.from': 'ru' }, 'pair-2-to'],
      [{ 'pair.2.from': 'xx', 'pair.2.to': 'ru' }, 'pair-2-from'],
    ] as const) {
      const { status, body } = await client.submit(formOf(person), { ...typed, ...pairs });
      expect([pairs, status]).toEqual([pairs, 422]);
      expect(body).toContain(`id="field-${field}-error"`);
      expect(body).toContain(`href="#field-${field}"`);
      expect(body).toMatch(/value="whispered" checked/);
    }
    const twice = await client.submit(formOf(person), { ...typed, 'pair.2.from': 'ru', 'pair.2.to': 'ru' });
    expect(text(twice.body)).toContain('Choose another language');
    expect(twice.body.match(/<option value="ru" selected>/g)).toHaveLength(2);
    expect(await world.get(Interpreters).ofPerson(person.id)).toBeNull();
  });

  it('are 409 when somebody was faster, with what stands there now', async () => {
    const person = await somebody();
    const client = await as('organizer');
    const fields = { 'pair.1.from': 'pl', 'pair.1.to': 'be', standing: 'external' };
    const first = hiddenFields((await client.get(formOf(person))).body, formOf(person));
    await world.get(Interpreters).create(person.id, {
      directions: [{ from: 'lt', to: 'be' }],
      modes: [],
      standing: 'external',
      sworn: false,
    });
    const refused = await client.post(formOf(person), { ...first, ...fields });
    expect([refused.status, text(refused.body).includes('Somebody else has already recorded')]).toEqual([409, true]);
    const page = hiddenFields((await client.get(formOf(person))).body, formOf(person));
    const profile = (await world.get(Interpreters).ofPerson(person.id))!;
    await world.get(Interpreters).change(person.id, profile, { ...profile, directions: [{ from: 'lv', to: 'be' }] });
    const stale = await client.post(formOf(person), { ...page, ...fields });
    expect([stale.status, text(stale.body).includes('Latvian → into Belarusian')]).toEqual([409, true]);
    expect(stale.body).toContain('<option value="pl" selected>');
    const again = hiddenFields(stale.body, formOf(person));
    expect((await client.post(formOf(person), { ...again, ...fields })).status).toBe(303);
    const removal = `${formOf(person)}/removal`;
    expect((await client.post(removal, { ...page })).status).toBe(409);
    expect((await client.submit(formOf(person), {}, removal)).status).toBe(303);
    expect(await world.get(Interpreters).ofPerson(person.id)).toBeNull();
    expect((await client.post(removal, again)).status).toBe(409);
    expect((await client.post(formOf(person), { ...again, ...fields })).status).toBe(409);
  });

  it('are the same through the API, with the version that was seen', async () => {
    const person = await somebody();
    const client = await as('organizer');
    const headers = await apiHeaders(client);
    const body = { directions: [{ from: 'ru', to: 'en' }], modes: ['consecutive'], standing: 'external' };
    expect((await client.api('GET', profileOf(person))).status).toBe(404);
    const created = await client.api('POST', profileOf(person), body, headers);
    expect([created.status, created.headers['etag'], created.json()]).toEqual([
      201,
      '"v1"',
      { personId: person.publicId, ...body, sworn: false, version: 1 },
    ]);
    expect((await client.api('POST', profileOf(person), body, headers)).status).toBe(409);
    expect((await client.api('PUT', profileOf(person), body, headers)).status).toBe(428);
    const changed = { ...body, directions: [{ from: 'en', to: 'ru' }], sworn: true };
    const match = { ...headers, 'if-match': '"v1"' };
    expect((await client.api('PUT', profileOf(person), changed, match)).json()).toMatchObject({
      ...changed,
      version: 2,
    });
    expect((await client.api('PUT', profileOf(person), changed, match)).status).toBe(412);
    for (const directions of [[], [{ from: 'ru', to: 'ru' }], [{ from: 'ru', to: 'xx' }], 'ru-en', null])
      expect([directions, (await client.api('PUT', profileOf(person), { ...body, directions }, match)).status]).toEqual(
        [directions, 422],
      );
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const list: { items: { personId: string; name: string }[]; next: string | null } = (
        await client.api('GET', `/api/v1/interpreters?from=en&to=ru&limit=1${next ? `&after=${next}` : ''}`)
      ).json();
      seen.push(...list.items.map(({ personId }) => personId));
      next = list.next;
    } while (next);
    expect(seen).toContain(person.publicId);
    expect(new Set(seen).size).toBe(seen.length);
    const gone = { ...headers, 'if-match': '"v2"' };
    expect((await client.api('DELETE', profileOf(person), undefined, gone)).status).toBe(204);
    expect((await client.api('DELETE', profileOf(person), undefined, gone)).status).toBe(404);
  });

  it('are written only by those who may write people, and read only by those who may read them', async () => {
    const person = await somebody();
    const reader = await as('readonly');
    expect((await reader.get('/org/interpreters')).status).toBe(200);
    expect((await reader.get(formOf(person))).status).toBe(403);
    const reviewer = await as('reviewer');
    expect((await reviewer.get('/org/interpreters')).status).toBe(404);
  });

  it.each(LOCALES)('have a form and a list in %s', async (locale) => {
    const person = await somebody();
    await world.get(Interpreters).create(person.id, {
      directions: [{ from: 'be', to: 'en' }],
      modes: ['simultaneous'],
      standing: 'house',
      sworn: true,
    });
    const accounts = world.get(Accounts);
    const id = await accounts.create('system', {
      email: `${locale}@example.org`,
      name: locale,
      locale,
      grants: [{ role: 'organizer', conferenceId: null }],
    });
    await accounts.setPassword(id, PASSWORD);
    const client = await as(locale);
    for (const page of ['/org/interpreters', formOf(person), `/org/people/${person.publicId}`]) {
      const { status, body } = await client.get(page);
      expect([page, status, body.includes(`<html lang="${locale}"`)]).toEqual([page, 200, true]);
    }
  });
});
