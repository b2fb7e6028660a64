import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Countries } from '../../../../src/features/people/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { tokenIn } from '../../../support/visits.js';

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (name: string): Promise<Client> => signedIn(world.client(), `${name}@example.org`);
const text = (html: string) => unescapeHtml(html.replaceAll(/<[^>]*>/g, ' ').replaceAll(/\s+/g, ' '));
const FLAG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 3 2"><rect width="3" height="2" fill="#d00"/></svg>';

describe('countries', () => {
  it('are read and written by those whom the table of rights names [A2]', async () => {
    const levels: Record<string, string> = {};
    for (const role of ROLES) {
      const client = await as(role);
      const { status, body } = await client.get('/protocol/countries/AM');
      levels[role] = status === 200 ? (body.includes('name="shortName.be"') ? 'write' : 'read') : String(status);
    }
    expect(levels).toEqual({
      admin: 'write',
      organizer: 'read',
      programme_editor: 'read',
      reviewer: '404',
      protocol_officer: 'write',
      responsible: 'write',
      checkin: '404',
      readonly: 'read',
      data_officer: '404',
    });
  });

  it('are all there, and found in any script', async () => {
    const client = await as('protocol_officer');
    expect(
      ((await client.get('/protocol/countries')).body.match(/href="\/protocol\/countries\/[A-Z]{2}"/g) ?? []).length,
    ).toBe(250);
    for (const q of ['Armenia', 'Арменія', 'АРМЕНИЯ', 'арм', 'am']) {
      const { body } = await client.get(`/protocol/countries?q=${encodeURIComponent(q)}`);
      expect([q, body.includes('href="/protocol/countries/AM"')]).toEqual([q, true]);
    }
    expect((await client.get('/org/people')).body).toContain('href="/protocol/countries"');
    expect((await client.get('/protocol/countries/XX')).status).toBe(404);
    expect((await client.get('/protocol/countries/../AM')).status).toBe(404);
  });

  it('are called as somebody says; what is left empty follows the common list', async () => {
    const client = await as('protocol_officer');
    const page = '/protocol/countries/TR';
    const saved = await client.submit(page, {
      'shortName.en': 'Türkiye',
      'officialName.en': 'the Republic of Türkiye',
      national: '29.10 Republic Day',
      mourning: '10.11 Atatürk Memorial Day',
      protocolNote: 'Never “Turkey” on plates',
      flagCheckedOn: '2027-01-15',
    });
    expect(saved.status).toBe(303);
    expect(await world.get(Countries).one('TR')).toMatchObject({
      name: { en: 'Türkiye', be: 'Турцыя', ru: 'Турция' },
      days: [
        { kind: 'national', day: '10-29', name: 'Republic Day' },
        { kind: 'mourning', day: '11-10', name: 'Atatürk Memorial Day' },
      ],
      version: 1,
    });
    expect(await world.get(Countries).nameOf('TR', 'en')).toBe('Türkiye');
    expect(text((await client.get('/protocol/countries?own=yes')).body)).toContain('the Republic of Türkiye');
    expect(text((await (await as('readonly')).get(page)).body)).toContain('29.10 Republic Day');
    const stale = await client.submit(page, { version: '0', 'shortName.en': 'Turkey' });
    expect(stale.status).toBe(409);
    expect(await world.get(Countries).nameOf('TR', 'en')).toBe('Türkiye');
  });

  it('keep what was typed, with a message beside the day that is none', async () => {
    const client = await as('protocol_officer');
    const answer = await client.submit('/protocol/countries/KZ', {
      'shortName.be': 'Казахстан',
      national: '16.12 ok\n31.02 x',
    });
    expect(answer.status).toBe(422);
    expect(text(answer.body)).toContain('Line 2: a day is written as 21.09, then its name.');
    expect(answer.body).toContain('value="Казахстан"');
    expect(answer.body).toContain('31.02 x');
  });

  it('have a flag that is shown as a picture in which nothing runs', async () => {
    const client = await as('protocol_officer');
    const page = '/protocol/countries/AM';
    const upload = async (bytes: string) => {
      const { body } = await client.get(page);
      const version = /name="version" value="(\d+)"/.exec(body)![1]!;
      return client.upload(
        `${page}/flag`,
        { _csrf: tokenIn(body), version },
        { field: 'file', filename: 'am.svg', bytes: Buffer.from(bytes) },
      );
    };
    expect((await client.get(`${page}/flag.svg`)).status).toBe(404);
    const refused = await upload(FLAG.replace('<rect', '<script>x()</script><rect'));
    expect([refused.status, refused.body.includes('This is no simple SVG drawing')]).toEqual([422, true]);
    expect((await upload(FLAG)).status).toBe(303);
    expect((await client.get(page)).body).toContain(`src="${page}/flag.svg"`);
    const flag = await client.get(`${page}/flag.svg`);
    expect([flag.status, flag.body]).toEqual([200, FLAG]);
    expect(flag.headers).toMatchObject({
      'content-type': 'image/svg+xml; charset=utf-8',
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    });
    const removed = await client.submit(page, {}, `${page}/flag/removal`);
    expect(removed.status).toBe(303);
    expect((await client.get(`${page}/flag.svg`)).status).toBe(404);
  });

  it('are the same for programs', async () => {
    const api = await program(world, 'protocol_officer@example.org', ['country:write']);
    const list = await api.get('/api/v1/countries?limit=200');
    expect(list.json<{ items: unknown[]; next: string }>().items).toHaveLength(200);
    const fields = {
      shortName: { be: 'Палесціна' },
      officialName: { en: 'the State of Palestine' },
      protocolNote: null,
      flagCheckedOn: null,
      days: [{ kind: 'national', day: '11-15', name: 'Independence Day' }],
    };
    const saved = await api.send('PUT', '/api/v1/countries/PS', fields, 0);
    expect([saved.status, saved.headers['etag']]).toEqual([200, '"v1"']);
    expect((await api.send('PUT', '/api/v1/countries/PS', fields, 0)).status).toBe(412);
    expect((await api.send('PUT', '/api/v1/countries/PS', fields)).status).toBe(428);
    const wrong = await api.send(
      'PUT',
      '/api/v1/countries/PS',
      { ...fields, days: [{ kind: 'national', day: '02-31', name: 'x' }] },
      1,
    );
    expect([wrong.status, wrong.json<{ errors: { field: string }[] }>().errors[0]!.field]).toEqual([422, 'days.0']);
    const one = (await api.get('/api/v1/countries/PS')).json();
    expect(one).toMatchObject({ code: 'PS', name: { be: 'Палесціна', en: 'Palestine' }, version: 1, hasFlag: false });
    expect((await api.get('/api/v1/countries/ZZ')).status).toBe(404);
  });
});
