import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../../../../src/features/accounts/index.js';
import {
  Agreements,
  CooperationQueries,
  InstitutionContacts,
  Institutions,
  type Institution,
} from '../../../../src/features/cooperation/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile, hostileValue } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { tokenIn } from '../../../support/visits.js';

let world: TestApp;
let library: Institution;
let anna: Person;

const LIBRARY = {
  kind: 'library' as const,
  name: { be: 'Абласная бібліятэка, Гродна', en: 'Regional Library, Grodno' },
  originalName: null,
  country: 'BY',
  city: 'Гродна',
  website: null,
};

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  library = await world.get(Institutions).add(LIBRARY);
  anna = await world.get(People).create({ given: 'Ганна', family: 'Цвірка', locale: 'be', email: 'hanna@example.org' });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (role: Role): Promise<Client> => signedIn(world.client(), `${role}@example.org`);
const card = () => `/org/institutions/${library.publicId}`;
const day = (days: number): string =>
  new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);

async function headersOf(client: Client): Promise<Record<string, string>> {
  return { origin: ORIGIN, 'x-csrf-token': tokenIn((await client.get('/staff/profile')).body) };
}

describe('institutions', () => {
  it('are added, found by any name in any script, and changed', async () => {
    const client = await as('organizer');
    const added = await client.submit(
      '/org/institutions/new',
      {
        'name.ru': 'Народная библиотека',
        originalName: 'Народна библиотека',
        kind: 'library',
        country: 'RS',
        city: 'Београд',
        website: 'https://library.example',
      },
      '/org/institutions',
    );
    expect(added.status).toBe(303);
    for (const query of ['narodna', 'БЕОГРАД', 'народная библиотека']) {
      const { body } = await client.get(`/org/institutions?q=${encodeURIComponent(query)}`);
      expect([query, body.includes('Народная библиотека'), body.includes('Regional')]).toEqual([query, true, false]);
    }
    const address = added.location!;
    const saved = await client.submit(
      `${address}/edit`,
      { 'name.ru': 'Народная библиотека', kind: 'archive' },
      address,
    );
    expect(saved.status).toBe(303);
    const [found] = await world
      .get(CooperationQueries)
      .all({ q: 'народная', kind: null, country: null, partners: null });
    // A field that is left empty is emptied.
    expect(found!.institution).toMatchObject({ kind: 'archive', country: null, city: null, website: null, version: 2 });
  });

  it('without any name, or with an address that is none, are asked for again with all that was typed', async () => {
    const client = await as('organizer');
    const answer = await client.submit(
      '/org/institutions/new',
      { kind: 'library', city: 'Вільня', website: 'javascript:alert(1)' },
      '/org/institutions',
    );
    expect(answer.status).toBe(422);
    const body = unescapeHtml(answer.body);
    expect(body).toContain('Write the name in one language at least.');
    expect(body).toContain('A website begins with https:// or http://');
    expect(body).toContain('value="Вільня"');
  });

  it('changed by two at once keep what the second one typed, and say what the first one wrote', async () => {
    const client = await as('organizer');
    const { publicId } = await world.get(Institutions).add({ ...LIBRARY, name: { en: 'Twice' } });
    const page = `/org/institutions/${publicId}`;
    await client.submit(`${page}/edit`, { 'name.en': 'First', kind: 'museum' }, page);
    const second = await client.submit(`${page}/edit`, { 'name.en': 'Second', kind: 'museum', version: '1' }, page);
    expect(second.status).toBe(409);
    expect([second.body.includes('First'), second.body.includes('value="Second"')]).toEqual([true, true]);
  });

  const KEPT = [...hostile('name'), ...hostile('xss'), ...hostile('template')].filter(
    ({ verdict }) => verdict === 'keep',
  );

  it.each(KEPT.map(({ id, value }) => [id, value]))(
    '[X1] [X2] keep a name exactly as typed, and it is dead on every page: %s',
    async (_id, value) => {
      const client = await as('organizer');
      const add = async (text: string): Promise<string> => {
        const fields = { 'name.en': text, originalName: text, city: text, kind: 'other' };
        const { status, location } = await client.submit('/org/institutions/new', fields, '/org/institutions');
        expect(status).toBe(303);
        await client.get(location!);
        return location!;
      };
      const tags = (body: string) => [...body.matchAll(/<(\/?[a-zA-Z]+)/g)].map(([tag]) => tag);
      const [nasty, calm] = [await add(value), await add('Plain')];
      for (const page of ['', '/edit']) {
        const { body } = await client.get(nasty + page);
        expect(unescapeHtml(body)).toContain(value);
        expect(tags(body)).toEqual(tags((await client.get(calm + page)).body));
      }
    },
  );

  it('[X11] a percent sign in the search is only itself', async () => {
    const found = await world.get(CooperationQueries).all({ q: '%', kind: null, country: null, partners: null });
    const all = await world.get(CooperationQueries).all({ q: null, kind: null, country: null, partners: null });
    const holding = all.filter(({ institution }) => institution.search.includes('%'));
    expect(holding.length).toBeLessThan(all.length);
    expect(found.map(({ institution }) => institution.id)).toEqual(holding.map(({ institution }) => institution.id));
  });
});

describe('agreements', () => {
  it('make a partner of an institution while they are in force', async () => {
    const client = await as('protocol_officer');
    const partners = async () =>
      (await world.get(CooperationQueries).all({ q: 'grodno', kind: null, country: null, partners: 'yes' })).length;
    expect(await partners()).toBe(0);
    const added = await client.submit(
      card(),
      { reference: 'Пагадненне № 14', validFrom: day(-10), validUntil: day(10) },
      `${card()}/agreements`,
    );
    expect(added.status).toBe(303);
    expect((await client.get(card())).body).toContain('in force');
    expect(await partners()).toBe(1);
    world.clock.advance({ hours: 24 * 11 });
    expect(await partners()).toBe(0);
    const again = await as('protocol_officer');
    const [agreement] = await world.get(Agreements).of([library.id]);
    const page = `${card()}/agreements/${agreement!.id}`;
    const prolonged = await again.submit(page, { reference: 'Пагадненне № 14', validFrom: agreement!.validFrom });
    expect([prolonged.status, await partners()]).toEqual([303, 1]);
    expect((await again.submit(page, {}, `${page}/removal`)).status).toBe(303);
    expect(await partners()).toBe(0);
  });

  it('that end before they begin, on days that do not exist, or without a reference are refused beside the field', async () => {
    const client = await as('protocol_officer');
    const post = (fields: Record<string, string>) => client.submit(card(), fields, `${card()}/agreements`);
    const early = await post({ reference: 'X', validFrom: '2027-05-02', validUntil: '2027-05-01' });
    expect([early.status, early.body.includes('cannot be before the first')]).toEqual([422, true]);
    const none = await post({ reference: '', validFrom: '2027-02-30' });
    expect([
      none.status,
      none.body.includes('field-reference-error'),
      none.body.includes('field-validFrom-error'),
    ]).toEqual([422, true, true]);
  });

  it('[A3] of one institution are not found under another', async () => {
    const other = await world.get(Institutions).add({ ...LIBRARY, name: { en: 'Other' } });
    const { id } = await world.get(Agreements).add(other.id, { reference: 'Y', validFrom: day(0), validUntil: null });
    const client = await as('protocol_officer');
    expect((await client.get(`${card()}/agreements/${id}`)).status).toBe(404);
    const headers = { ...(await headersOf(client)), 'if-match': '"v1"' };
    expect(
      (await client.api('DELETE', `/api/v1/institutions/${library.publicId}/agreements/${id}`, undefined, headers))
        .status,
    ).toBe(404);
    expect(await world.get(Agreements).of([other.id])).toHaveLength(1);
  });
});

describe('contacts', () => {
  it('are found by search, named in a role, and taken off; the person stays', async () => {
    const client = await as('organizer');
    const search = `${card()}?q=${encodeURIComponent('цвірка')}`;
    const named = await client.submit(search, { person: anna.publicId, role: 'focal_point' }, `${card()}/contacts`);
    expect(named.status).toBe(303);
    const again = await client.submit(search, { person: anna.publicId, role: 'focal_point' }, `${card()}/contacts`);
    expect(again.status).toBe(303);
    const contacts = await world.get(InstitutionContacts).of([library.id]);
    expect(contacts.map(({ role, personId }) => [role, personId])).toEqual([['focal_point', anna.id]]);
    const removed = await client.submit(card(), {}, `${card()}/contacts/${contacts[0]!.id}/removal`);
    expect([removed.status, (await world.get(InstitutionContacts).of([library.id])).length]).toEqual([303, 0]);
    expect(await world.get(People).byId(anna.id)).not.toBeNull();
  });

  it('named twice at the same instant are one', async () => {
    const { id } = await world.get(Institutions).add({ ...LIBRARY, name: { en: 'Race' } });
    await Promise.all(Array.from({ length: 6 }, () => world.get(InstitutionContacts).name(id, anna.id, 'head')));
    expect(await world.get(InstitutionContacts).of([id])).toHaveLength(1);
  });

  it('of nobody known are refused', async () => {
    const client = await as('organizer');
    const search = `${card()}?q=${encodeURIComponent('цвірка')}`;
    expect((await client.submit(search, { person: 'nobody', role: 'head' }, `${card()}/contacts`)).status).toBe(404);
  });
});

describe('every role', () => {
  const EXPECTED: Record<Role, { read: boolean; write: boolean; agreements: 'none' | 'read' | 'write' }> = {
    admin: { read: true, write: false, agreements: 'read' },
    organizer: { read: true, write: true, agreements: 'read' },
    programme_editor: { read: true, write: false, agreements: 'none' },
    reviewer: { read: false, write: false, agreements: 'none' },
    protocol_officer: { read: true, write: true, agreements: 'write' },
    responsible: { read: true, write: true, agreements: 'read' },
    checkin: { read: false, write: false, agreements: 'none' },
    readonly: { read: true, write: false, agreements: 'read' },
    data_officer: { read: false, write: false, agreements: 'none' },
  };

  it.each(ROLES.map((role) => [role]))(
    '[A2] [A4] sees and does what the table says, on pages and through the API: %s',
    async (role) => {
      const { read, write, agreements } = EXPECTED[role];
      await world
        .get(Agreements)
        .add(library.id, { reference: `Secret paper ${role}`, validFrom: day(0), validUntil: null });
      const client = await as(role);
      const headers = await headersOf(client);
      const api = `/api/v1/institutions/${library.publicId}`;
      const gate = (allowed: boolean, ok: number) => (allowed ? ok : read ? 403 : 404);
      const page = await client.get(card());
      expect([page.status, (await client.get(api)).status]).toEqual(read ? [200, 200] : [404, 404]);
      if (read) {
        expect(page.body.includes('Secret paper')).toBe(agreements !== 'none');
        expect('agreements' in (await client.get(api)).json()).toBe(agreements !== 'none');
        const filtered = await client.get('/org/institutions?partners=yes&q=Race');
        // Filtering by what one may not see finds what there is without it.
        expect(filtered.body.includes('>Race<')).toBe(agreements === 'none');
        expect((await client.get('/api/v1/institutions?partners=yes')).status).toBe(agreements === 'none' ? 422 : 200);
      }
      const created = await client.api('POST', '/api/v1/institutions', { ...LIBRARY, name: { en: role } }, headers);
      expect(created.status).toBe(gate(write, 201));
      const contact = { person: anna.publicId, role: 'member' };
      expect((await client.api('POST', `${api}/contacts`, contact, headers)).status).toBe(gate(write, 200));
      const paper = { reference: 'New', validFrom: day(0) };
      const status = (await client.api('POST', `${api}/agreements`, paper, headers)).status;
      expect(status).toBe(agreements === 'write' ? 201 : agreements === 'read' ? 403 : 404);
    },
  );
});

describe('the API', () => {
  it('changes with If-Match only, and refuses an institution that would lose its last name', async () => {
    const client = await as('organizer');
    const headers = await headersOf(client);
    const created = await client.api(
      'POST',
      '/api/v1/institutions',
      { ...LIBRARY, name: { en: hostileValue('xss-20') } },
      headers,
    );
    const { id } = created.json<{ id: string }>();
    const change = (payload: object, more: Record<string, string> = {}) =>
      client.api('PATCH', `/api/v1/institutions/${id}`, payload, { ...headers, ...more });
    expect((await change({ city: 'Мінск' })).status).toBe(428);
    expect((await change({ city: 'Мінск' }, { 'if-match': '"v7"' })).status).toBe(412);
    const saved = await change({ city: 'Мінск' }, { 'if-match': '"v1"' });
    expect(saved.json()).toMatchObject({ id, city: 'Мінск', name: { en: hostileValue('xss-20') }, version: 2 });
    const nameless = await change({ name: {} }, { 'if-match': '"v2"' });
    expect([nameless.status, nameless.json<{ errors: { field: string }[] }>().errors[0]!.field]).toEqual([422, 'name']);
  });

  it('gives the list page by page, each once', async () => {
    const client = await as('readonly');
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const answer: { items: { id: string }[]; next: string | null } = (
        await client.api('GET', `/api/v1/institutions?limit=7${next ? `&after=${next}` : ''}`)
      ).json();
      seen.push(...answer.items.map(({ id }) => id));
      next = answer.next;
    } while (next);
    const all = await world.get(CooperationQueries).all({ q: null, kind: null, country: null, partners: null });
    expect([seen.length, new Set(seen).size]).toEqual([all.length, all.length]);
  });
});
