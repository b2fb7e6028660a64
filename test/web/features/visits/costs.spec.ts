import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Gifts } from '../../../../src/features/visits/logistics/gifts.service.js';
import { Lodgings } from '../../../../src/features/visits/logistics/lodgings.service.js';
import { VisitCost } from '../../../../src/features/visits/logistics/cost.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, visitOf } from '../../../support/delegation.js';
import { textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { typedIn } from '../../../support/typed-form.js';
import { cookiesOf, HOST } from '../../../support/visits.js';

let world: TestApp;
let client: Client;
let officer: string;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  officer = await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  client = await signedIn(world.client(), 'officer@example.org');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const pageOf = (ref: string) => `/protocol/visits/${ref}/logistics/costs`;
const LINE = {
  item: 'hotel',
  what: 'Гасцініца «Прыклад»',
  quantity: '9',
  price: '180,50',
  currency: 'byn',
  payer: 'host',
};

async function words(path: string): Promise<string> {
  const headers = { host: HOST, cookie: cookiesOf(client) };
  const answer = await world.app.inject({ method: 'GET', url: path, headers });
  expect([path, answer.statusCode]).toEqual([path, 200]);
  return textsOf(answer.rawPayload).join('\n').replaceAll('\u00a0', ' ');
}

describe('the costs of a visit', () => {
  it('are entered line by line, summed by payer and currency, corrected and removed', async () => {
    const { ref } = await visitOf(world);
    const page = pageOf(ref);
    expect((await client.submit(page, LINE, page)).status).toBe(303);
    expect(
      (await client.submit(page, { ...LINE, item: 'travel', what: '', currency: 'EUR', payer: 'guest' }, page)).status,
    ).toBe(303);
    const shown = unescapeHtml((await client.get(page)).body).replaceAll('\u00a0', ' ');
    expect(shown).toContain('1,624.50 BYN');
    expect(shown).toMatch(/Guests[\s\S]*1,624.50 EUR/);
    const [cost] = await world.db.all(VisitCost, { item: 'hotel' });
    const one = `${page}/${cost!.id}`;
    expect(
      (await client.submit(one, { ...typedIn((await client.get(one)).body, one), spent: '1500' }, one)).status,
    ).toBe(303);
    expect(unescapeHtml((await client.get(page)).body)).toContain('1,500.00');
    expect((await client.submit(one, { version: '2' }, `${one}/removal`)).status).toBe(303);
    expect((await client.get(one)).status).toBe(404);
  });

  it('say what is wrong beside the field, and keep what was typed', async () => {
    const { ref } = await visitOf(world);
    const page = pageOf(ref);
    const { status, body } = await client.submit(page, { ...LINE, quantity: 'many', price: 'a lot' }, page);
    expect(status).toBe(422);
    expect(body).toContain('field-quantity');
    expect(body).toContain('a lot');
  });

  it('suggest what the file knows and nobody has entered, with the payer of the financing', async () => {
    const visit = await visitOf(world, { financing: { hotel: 'host' } });
    const [member] = await membersOf(world, visit, ['A']);
    const room = {
      roomType: 'single' as const,
      from: '2027-03-01',
      until: '2027-03-04',
      sharedWith: null,
      payer: null,
    };
    await world.get(Lodgings).save(visit, member!.id, 0, { hotel: 'Прыклад', ...room });
    await world.get(Gifts).add(visit, {
      way: 'given',
      what: 'Факсіміле',
      memberId: null,
      whom: 'The guests',
      rank: null,
      value: 25_000,
      currency: 'BYN',
      keptAt: null,
      ready: false,
      note: null,
    });
    const body = unescapeHtml((await client.get(pageOf(visit.ref))).body);
    const [, href] = /href="([^"]*item=hotel[^"]*)"/.exec(body)!;
    const filled = typedIn((await client.get(href!.replace(/#.*$/, ''))).body, pageOf(visit.ref));
    expect(filled).toMatchObject({ item: 'hotel', what: 'Прыклад', quantity: '3', payer: 'host' });
    expect(body).toContain('Факсіміле');
    await client.submit(pageOf(visit.ref), { ...filled, price: '180' }, pageOf(visit.ref));
    expect(unescapeHtml((await client.get(pageOf(visit.ref))).body)).not.toMatch(/item=hotel/);
  });

  it('print as an estimate with sums per payer, and as an order that names who is responsible', async () => {
    const { ref } = await visitOf(world, { responsibleId: officer, initiator: 'Ազգային գրադարան', purpose: 'Абмен' });
    await client.submit(pageOf(ref), LINE, pageOf(ref));
    await client.submit(
      pageOf(ref),
      { ...LINE, item: 'gifts', what: 'Факсіміле', quantity: '1', price: '' },
      pageOf(ref),
    );
    const estimate = await words(`/protocol/visits/${ref}/documents/estimate.be.docx`);
    for (const text of ['Гасцініца', '9', '180,50 BYN', '1 624,50 BYN', 'Прымаючы бок', 'Факсіміле', '—'])
      expect(estimate).toContain(text);
    const order = await words(`/protocol/visits/${ref}/documents/order.be.docx`);
    expect(order).toMatch(/ЗАГАДВАЮ:[\s\S]*1\. Прыняць.*дэлегацыю: Ազգային գրադարան/);
    expect(order).toContain('1 624,50 BYN');
    expect(unescapeHtml((await client.get(`/protocol/visits/${ref}/documents`)).body)).toContain(
      '1 line has no price.',
    );
  });

  it('are written through the API with the version that was read', async () => {
    const { ref } = await visitOf(world);
    const caller = await program(world, 'officer@example.org', ['visit:write']);
    const api = `/api/v1/visits/${ref}/costs`;
    const line = {
      item: 'meals',
      what: 'Lunch',
      quantity: 12,
      price: '40',
      currency: 'BYN',
      payer: 'host',
      spent: null,
    };
    const added = await caller.post(api, line);
    expect(added.status).toBe(201);
    const { id } = JSON.parse(added.body) as { id: string };
    expect((await caller.send('PUT', `${api}/${id}`, { ...line, quantity: 14 }, 1)).status).toBe(200);
    expect((await caller.send('PUT', `${api}/${id}`, line, 1)).status).toBe(412);
    const { totals } = JSON.parse((await caller.get(api)).body) as { totals: unknown[] };
    expect(totals).toEqual([{ payer: 'host', currency: 'BYN', planned: 56_000, spent: 0 }]);
  });
});

describe('[A4] the costs of a restricted visit', () => {
  it.each(ROLES)('are not there for role %s, who is not named', async (role) => {
    const { ref } = await visitOf(world, { confidentiality: 'restricted' });
    const by = await signedIn(world.client(), `${role}@example.org`);
    for (const path of [pageOf(ref), `/api/v1/visits/${ref}/costs`])
      expect([path, (await by.get(path)).status]).toEqual([path, 404]);
  });
});
