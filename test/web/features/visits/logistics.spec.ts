import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Assignments, Programmes, type Session } from '../../../../src/features/programme/index.js';
import type { Visit } from '../../../../src/features/visits/index.js';
import { VisitMember } from '../../../../src/features/visits/delegation/member.entity.js';
import { Database } from '../../../../src/platform/database/database.js';
import { Vault } from '../../../../src/platform/vault/vault.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, sessionOf, visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';
import { tokenIn } from '../../../support/visits.js';

let world: TestApp;
let client: Client;
let visit: Visit;
let members: VisitMember[];
let meeting: Session;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol_officer@example.org');
  visit = await visitOf(world);
  members = await membersOf(world, visit, ['Անի', 'Արամ', 'Նարե']);
  meeting = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00', ['Ганна', 'Пётр']);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const page = () => `/protocol/visits/${visit.ref}`;
const body = async (path: string) => unescapeHtml((await client.get(path)).body);
const FLIGHT = {
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
  status: 'planned',
};

describe('journeys of a visit', () => {
  it('are written as on the ticket, each time on its own clock, with what may go wrong', async () => {
    const added = await client.submit(
      `${page()}/logistics/legs/new`,
      { ...FLIGHT, memberIds: [members[0]!.id, members[1]!.id] },
      `${page()}/logistics/legs`,
    );
    expect(added.status).toBe(303);
    const shown = await body(`${page()}/logistics`);
    expect(shown).toContain('08:00');
    expect(shown).toContain('10:15');
    expect(shown).toContain('Yerevan time, UTC+4');
    expect(shown).toContain('nobody meets them');
    expect(shown).toContain('no car');
    expect(shown).toMatch(/No journey here: <bdi>Նարե<\/bdi>/);
  });

  it('that end before they begin are refused beside the field, and keep what was typed', async () => {
    const refused = await client.submit(
      `${page()}/logistics/legs/new`,
      { ...FLIGHT, arrivesAt: '2027-03-01T06:30', memberIds: [members[2]!.id] },
      `${page()}/logistics/legs`,
    );
    expect(refused.status).toBe(422);
    const shown = unescapeHtml(refused.body);
    expect(shown).toContain('The arrival lies before the departure');
    expect(shown).toContain('value="B2 732"');
    expect(shown).toMatch(new RegExp(`value="${members[2]!.id}" checked`));
  });

  it.each([
    [
      'a member of another visit',
      async () => ({ memberIds: [(await membersOf(world, await visitOf(world), ['X']))[0]!.id] }),
    ],
    ['a car that is not there', () => Promise.resolve({ carId: '0190f000-0000-7000-8000-00000000dead' })],
    ['a zone that is none', () => Promise.resolve({ departsZone: 'Moon/Base' })],
  ])('with %s are refused', async (_, wrong) => {
    const refused = await client.submit(
      `${page()}/logistics/legs/new`,
      { ...FLIGHT, ...(await wrong()) },
      `${page()}/logistics/legs`,
    );
    expect(refused.status).toBe(422);
  });

  it('are marked by one tap, by one only of two who tap at once, and removed', async () => {
    const other = await visitOf(world);
    const list = `/protocol/visits/${other.ref}/logistics`;
    await client.submit(`${list}/legs/new`, FLIGHT, `${list}/legs`);
    const { items } = (await client.api('GET', `/api/v1/visits/${other.ref}/legs`)).json() as {
      items: { id: string }[];
    };
    const leg = `${list}/legs/${items[0]!.id}`;
    const form = { ...typedIn((await client.get(list)).body, `${leg}/status`), status: 'landed' };
    expect((await client.post(`${leg}/status`, form)).status).toBe(303);
    expect((await client.post(`${leg}/status`, form)).status).toBe(409);
    expect(await body(list)).toContain('>landed<');
    expect((await client.submit(leg, {}, `${leg}/removal`)).status).toBe(303);
    expect(await body(list)).toContain('No journeys yet');
  });
});

describe('rooms of a visit', () => {
  const room = (member: VisitMember, fields: object, more = {}) =>
    client.submit(
      `${page()}/logistics/lodgings/${member.id}`,
      { hotel: 'Гасцініца', roomType: 'twin', from: '2027-03-01', until: '2027-03-04', ...fields, ...more },
      `${page()}/logistics/lodgings/${member.id}`,
    );

  it('are counted once for two who share one', async () => {
    expect((await room(members[0]!, { sharedWith: members[1]!.id })).status).toBe(303);
    expect((await room(members[1]!, { sharedWith: members[0]!.id })).status).toBe(303);
    expect(await body(`${page()}/logistics`)).toMatch(/<bdi>Гасцініца<\/bdi>: twin × 1, 3 nights/);
  });

  it('beyond ten days remind of the register; until the day of arrival they are refused', async () => {
    expect((await room(members[2]!, { until: '2027-03-12' })).status).toBe(303);
    expect(await body(`${page()}/logistics`)).toContain('is the foreigner registered?');
    expect((await room(members[2]!, { until: '2027-03-01' })).status).toBe(422);
    expect((await room(members[2]!, { sharedWith: members[2]!.id })).status).toBe(422);
  });
});

describe('meals of a visit', () => {
  it('are counts for whoever plans them, and never names', async () => {
    const vault = world.get(Vault);
    const [ani] = members;
    const diet = vault.seal({ table: 'visit_members', row: ani!.id, column: 'diet' }, 'vegetarian');
    await world.get(Database).repository(VisitMember).update({ id: ani!.id }, { diet });
    await sessionOf(world, visit, 'meal', '2027-03-02T13:00', '2027-03-02T14:00', ['Марына']);
    const { items } = (await client.api('GET', `/api/v1/visits/${visit.ref}/meals`)).json() as {
      items: { heads: number; diets: object[] }[];
    };
    expect(items).toEqual([
      expect.objectContaining({ heads: 4, diets: [{ diet: 'vegetarian', count: 1 }], allergies: 0 }),
    ]);
    const shown = await body(`${page()}/logistics`);
    expect(shown.slice(shown.indexOf('id="meals-title"'))).not.toContain('Անի');
  });

  it('are not counted when a diet cannot be read, and the page says so [V1]', async () => {
    const broken = await visitOf(world);
    const [one, two] = await membersOf(world, broken, ['A', 'B']);
    const sealed = world.get(Vault).seal({ table: 'visit_members', row: one!.id, column: 'diet' }, 'halal');
    // Copied to another row it does not decrypt.
    await world.get(Database).repository(VisitMember).update({ id: two!.id }, { diet: sealed });
    await sessionOf(world, broken, 'meal', '2027-03-02T13:00', '2027-03-02T14:00');
    const shown = await client.get(`/protocol/visits/${broken.ref}/logistics`);
    expect([shown.status, unescapeHtml(shown.body).includes('The diets cannot be read')]).toEqual([200, true]);
  });
});

describe('gifts of a visit', () => {
  const add = (fields: Record<string, string>) =>
    client.submit(`${page()}/gifts`, { way: 'given', what: 'Альбом', currency: 'BYN', ...fields }, `${page()}/gifts`);

  it('of one rank and not one value are named, and members without one', async () => {
    expect((await add({ memberId: members[0]!.id, rank: '2', value: '120,50', ready: 'on' })).status).toBe(303);
    expect((await add({ whom: 'The ambassador', rank: '2', value: '80' })).status).toBe(303);
    const shown = await body(`${page()}/gifts`);
    expect(shown).toContain('120.50 BYN');
    expect(shown.match(/one rank, not one value/g)).toHaveLength(2);
  });

  it('for nobody, or of a value that is none, are asked for again', async () => {
    const refused = await add({ value: 'priceless' });
    expect(refused.status).toBe(422);
    expect(unescapeHtml(refused.body)).toContain('value="priceless"');
    expect((await add({ value: '12' })).status).toBe(422);
  });
});

describe('cars', () => {
  it('are added once for every visit, and full ones are named', async () => {
    expect(
      (await client.submit('/protocol/cars', { name: 'Сіні мікрааўтобус', seats: '1', inUse: 'on' }, '/protocol/cars'))
        .status,
    ).toBe(303);
    const { items } = (await client.api('GET', '/api/v1/cars')).json() as { items: { id: string }[] };
    const full = await visitOf(world);
    const [a, b] = await membersOf(world, full, ['A', 'B']);
    const list = `/protocol/visits/${full.ref}/logistics`;
    await client.submit(
      `${list}/legs/new`,
      { ...FLIGHT, greeter: 'Марына', carId: items[0]!.id, memberIds: [a!.id, b!.id] },
      `${list}/legs`,
    );
    const shown = await body(list);
    expect(shown).toContain('more people than seats');
    expect(shown).toContain('no plate for the pass list');
  });
});

describe('seating', () => {
  const plan = () => `${page()}/seating/${meeting.id}`;

  it('is proposed by precedence, changed chair by chair, and proposed anew', async () => {
    expect(await body(`${page()}/seating`)).toContain('>proposal<');
    const names = (html: string) =>
      [...html.matchAll(/<li value="(\d+)"><bdi>(.*?)<\/bdi>/g)].map(([, , name]) => name);
    expect(names(await body(plan()))).toEqual(['Արամ', 'Անի', 'Նարե', 'Ганна', 'Пётр']);
    expect((await client.submit(plan(), { a: '1', b: '3' }, `${plan()}/swap`)).status).toBe(303);
    expect(names(await body(plan()))).toEqual(['Նարե', 'Անի', 'Արամ', 'Ганна', 'Пётр']);
    expect(await body(`${page()}/seating`)).toContain('>settled<');
    expect((await client.submit(plan(), { shape: 'presidium' }, `${plan()}/proposal`)).status).toBe(303);
    expect(names(await body(plan()))).toEqual(['Արամ', 'Անի', 'Ганна', 'Пётр', 'Նարե']);
  });

  it('has no chair for a guest who takes part from afar, not even when they are named', async () => {
    const other = await visitOf(world);
    const [near, far] = await membersOf(world, other, ['Побач', 'Здалёк']);
    await world.get(Database).repository(VisitMember).update({ id: far!.id }, { inPerson: false });
    const talks = await sessionOf(world, other, 'meeting', '2027-03-03T10:00', '2027-03-03T11:00', ['Ганна']);
    const { id: programmeId } = await world.get(Programmes).ofOwner(other.id);
    for (const { personId } of [near!, far!])
      await world
        .get(Assignments)
        .assign(programmeId, { sessionId: talks.id, personId, role: 'guest', state: 'confirmed' });
    const shown = await body(`/protocol/visits/${other.ref}/seating/${talks.id}`);
    expect([shown.includes('Побач'), shown.includes('Здалёк')]).toEqual([true, false]);
  });

  it('changed by two at once is changed by the first', async () => {
    const form = { ...typedIn((await client.get(plan())).body, `${plan()}/swap`), a: '1', b: '2' };
    expect((await client.post(`${plan()}/swap`, form)).status).toBe(303);
    expect((await client.post(`${plan()}/swap`, form)).status).toBe(409);
  });

  it('of a session of another visit, or a chair that is not there, is not found', async () => {
    const other = await visitOf(world);
    expect((await client.get(`/protocol/visits/${other.ref}/seating/${meeting.id}`)).status).toBe(404);
    const { version } = (await client.api('GET', `/api/v1/visits/${visit.ref}/seating/${meeting.id}`)).json() as {
      version: number;
    };
    const headers = { origin: ORIGIN, 'x-csrf-token': tokenIn((await client.get('/staff/profile')).body) };
    const swap = await client.api(
      'POST',
      `/api/v1/visits/${visit.ref}/seating/${meeting.id}/swaps`,
      { a: 1, b: 99, version },
      headers,
    );
    expect(swap.status).toBe(404);
  });
});

describe('[A4] the logistics of a restricted visit', () => {
  it.each(ROLES)('are not there for role %s, who is not named', async (role) => {
    const hidden = await visitOf(world, { confidentiality: 'restricted' });
    const [member] = await membersOf(world, hidden, ['Z']);
    const session = await sessionOf(world, hidden, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00');
    const by = await signedIn(world.client(), `${role}@example.org`);
    const paths = [
      'logistics',
      'logistics/legs/new',
      `logistics/lodgings/${member!.id}`,
      'gifts',
      'seating',
      `seating/${session.id}`,
    ];
    const api = ['legs', 'lodgings', 'meals', 'gifts', `seating/${session.id}`];
    const asked = [
      ...paths.map((path) => `/protocol/visits/${hidden.ref}/${path}`),
      ...api.map((path) => `/api/v1/visits/${hidden.ref}/${path}`),
    ];
    const statuses = await Promise.all(asked.map(async (path) => (await by.get(path)).status));
    expect(new Set(statuses)).toEqual(new Set([404]));
  });
});
