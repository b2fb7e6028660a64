import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Gifts } from '../../../../src/features/visits/logistics/gifts.service.js';
import { Journeys } from '../../../../src/features/visits/logistics/journeys.service.js';
import { Visits, type Visit } from '../../../../src/features/visits/index.js';
import { Delegations } from '../../../../src/features/visits/delegation/members.service.js';
import { VisitMember } from '../../../../src/features/visits/delegation/member.entity.js';
import { Vault } from '../../../../src/platform/vault/vault.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, sessionOf, visitOf } from '../../../support/delegation.js';
import { textsOf } from '../../../support/docx.js';
import { unzipped } from '../../../../src/platform/documents/zip-archive.js';
import { signedIn, staff } from '../../../support/house.js';
import { cookiesOf, HOST } from '../../../support/visits.js';

let world: TestApp;
let client: Client;
let visit: Visit;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol_officer@example.org');
  visit = await visitOf(world, {
    title: { be: 'Візіт з Ерэвана', en: 'Visit from Yerevan' },
    initiator: 'Ազգային գրադարան',
    purpose: 'Абмен выданнямі',
    financing: { hotel: 'host' },
    decidedBy: 'The director',
    decidedOn: '2027-01-12',
    decision: 'Yes',
  });
  const [ani, aram] = await membersOf(world, visit, ['Ani', 'Aram']);
  const edited = await world.get(Delegations).member(visit, ani!.id);
  await world
    .get(Delegations)
    .edit(visit, edited, { plate: { be: 'Ані Петрасян', en: 'Ani Petrosyan', original: 'Անի Պետրոսյան' } });
  await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00', ['Ганна']);
  await sessionOf(world, visit, 'meal', '2027-03-02T13:00', '2027-03-02T14:00');
  await world.get(Journeys).add(
    visit,
    {
      direction: 'arrival',
      mode: 'flight',
      carrier: 'Belavia',
      number: 'B2 732',
      fromPlace: 'Ереван',
      toPlace: 'Мінск',
      departsAt: '2027-03-01T08:00',
      departsZone: 'Asia/Yerevan',
      arrivesAt: '2027-03-01T10:15',
      arrivesZone: 'Europe/Minsk',
      terminal: null,
      carId: null,
      greeter: 'Марына',
      signText: 'Անի',
      luggage: 2,
      status: 'planned',
      note: null,
    },
    [ani!.id, aram!.id],
  );
  await world.get(Gifts).add(visit, {
    way: 'given',
    what: 'Факсіміле',
    memberId: ani!.id,
    whom: null,
    rank: 2,
    value: 25_000,
    currency: 'BYN',
    keptAt: null,
    ready: true,
    note: null,
  });
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const page = () => `/protocol/visits/${visit.ref}/documents`;

async function file(path: string): Promise<{ status: number; name: string; bytes: Buffer }> {
  const answer = await world.app.inject({
    method: 'GET',
    url: path,
    headers: { host: HOST, cookie: cookiesOf(client) },
  });
  const name = /filename\*=UTF-8''([^;]+)/.exec(String(answer.headers['content-disposition']))?.[1] ?? '';
  return { status: answer.statusCode, name: decodeURIComponent(name), bytes: answer.rawPayload };
}

describe('the documents of a visit', () => {
  it.each([
    ['delegation_list', 'be', ['Ані Петрасян', 'Անի Պետրոսյան', 'Ani Petrosyan']],
    ['delegation_list', 'en', ['Ani Petrosyan', '1–4 March 2027']],
    ['name_plates', 'ru', ['Անի Պետրոսյան']],
    ['programme_guest', 'be', ['10:00', 'Візіт з Ерэвана']],
    ['programme_internal', 'be', ['Ганна']],
    ['run_sheet', 'be', ['10:00', 'Ганна']],
    ['transport_sheet', 'be', ['B2 732', 'Ані Петрасян', 'Марына', 'Անի']],
    ['catering_order', 'be', ['13:00', '2']],
    ['gift_sheet', 'be', ['Факсіміле', '250.00 BYN', 'Ані Петрасян']],
    ['pass_list', 'be', ['Անի Պետրոսյան']],
    ['visit_report', 'be', ['Абмен выданнямі']],
  ])('%s in %s holds what the file knows, and no tag is left', async (kind, locale, expected) => {
    const { status, name, bytes } = await file(`${page()}/${kind}.${locale}.docx`);
    const words = textsOf(bytes).join('\n');
    expect([status, name.endsWith('.docx')]).toEqual([200, true]);
    for (const one of expected) expect(words).toContain(one);
    expect(words).not.toMatch(/\{\{|\}\}/);
  });

  it('letters get their number, are kept as they left, stand in the register of the file and open the way to "invited"', async () => {
    for (const to of ['under_review', 'approved'] as const) {
      const now = await world.get(Visits).byId(visit.id);
      await world.get(Visits).step(now, { to, reason: null });
    }
    const issued = await client.submit(page(), { locale: 'be' }, `${page()}/invitation_letter/issue`);
    expect(issued.status).toBe(303);
    const shown = unescapeHtml((await client.get(page())).body);
    const [, number, letter] = /<strong>(\d+\/\d{4})<\/strong>.*?\/letters\/([\w-]+)"/s.exec(shown)!;
    const words = textsOf((await file(`${page()}/letters/${letter!}`)).bytes).join('\n');
    expect(words).toContain(number);
    expect(words).toContain('Ազգային գրադարան');
    expect(unescapeHtml((await client.get(`/protocol/visits/${visit.ref}`)).body)).toContain(number);
    const step = await client.submit(
      `/protocol/visits/${visit.ref}`,
      { to: 'invited' },
      `/protocol/visits/${visit.ref}/step`,
    );
    expect(step.status).toBe(303);
  });

  it('make one archive with everything that can be printed, its contents first, names in any script', async () => {
    const { status, name, bytes } = await file(`${page()}/pack.zip?language=be`);
    const files = unzipped(bytes).map((entry) => entry.name);
    expect([status, name.endsWith('.zip')]).toEqual([200, true]);
    expect(files[0]).toMatch(/^00 /);
    expect(files.some((one) => one.includes('дэлегацыі'))).toBe(true);
  });

  it.each(['nonsense.be.docx', 'delegation_list.fr.docx', 'visa_letter.be.docx', 'letters/none'])(
    '%s is not there',
    async (name) => {
      expect((await file(`${page()}/${name}`)).status).toBe(404);
    },
  );
});

describe('an order whose diets cannot be read [V1]', () => {
  it('is not made with a smaller count: page, archive and API say so in words', async () => {
    const broken = await visitOf(world);
    const [one, two] = await membersOf(world, broken, ['A', 'B']);
    const sealed = world.get(Vault).seal({ table: 'visit_members', row: one!.id, column: 'diet' }, 'halal');
    await world.db.repository(VisitMember).update({ id: two!.id }, { diet: sealed });
    await sessionOf(world, broken, 'meal', '2027-03-02T13:00', '2027-03-02T14:00');
    for (const path of ['documents/catering_order.be.docx', 'documents/pack.zip']) {
      const { status, body } = await client.get(`/protocol/visits/${broken.ref}/${path}`);
      expect([status, unescapeHtml(body).includes('Protected data cannot be read')]).toEqual([503, true]);
    }
    const { status, body } = await client.get(`/api/v1/visits/${broken.ref}/meals`);
    expect([status, body.includes('error.vault')]).toEqual([503, true]);
  });
});

describe('[A4] the documents of a restricted visit', () => {
  it.each(ROLES)('are not there for role %s, who is not named', async (role) => {
    const hidden = await visitOf(world, { confidentiality: 'restricted' });
    const by = await signedIn(world.client(), `${role}@example.org`);
    const here = `/protocol/visits/${hidden.ref}/documents`;
    for (const path of [
      here,
      `${here}/pack.zip`,
      `${here}/delegation_list.be.docx`,
      `/api/v1/visits/${hidden.ref}/documents`,
    ])
      expect([path, (await by.get(path)).status]).toEqual([path, 404]);
  });
});
