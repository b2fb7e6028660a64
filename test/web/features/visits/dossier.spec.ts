import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts, ROLES, type Role } from '../../../../src/features/accounts/index.js';
import { Visit as VisitRow, Visits, type Visit } from '../../../../src/features/visits/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let congress: Scene;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  await staff(world, 'of-congress@example.org', [{ role: 'organizer', conferenceId: congress.conference.id }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (who: Role | 'of-congress'): Promise<Client> => signedIn(world.client(), `${who}@example.org`);
const fresh = (more: object = {}): Promise<Visit> =>
  world
    .get(Visits)
    .openFile({ title: { be: 'Візіт', en: 'A visit' }, kind: 'working', level: 3, country: 'AM', ...more });
const OPENING = { 'title.en': 'A visit', kind: 'working', level: '3', confidentiality: 'normal' };
const cardOf = ({ ref }: Visit) => `/protocol/visits/${ref}`;
const stateOf = async ({ id }: Visit) => (await world.get(Visits).byId(id)).state;

describe('the file of a visit', () => {
  it('is opened with the next reference, its days optional, and found in any script', async () => {
    const client = await as('protocol_officer');
    const opened = await client.submit(
      '/protocol/visits/new',
      { ...OPENING, 'title.be': 'Візіт з Ерэвана', 'title.en': 'Visit from Yerevan', initiator: 'Ազգային գրադարան' },
      '/protocol/visits',
    );
    expect(opened.status).toBe(303);
    expect(opened.location).toMatch(/^\/protocol\/visits\/V-\d{4}-\d{3}$/);
    const page = await client.get(opened.location!);
    expect(unescapeHtml(page.body)).toContain('Visit from Yerevan');
    for (const q of ['ерэвана', 'ազգային', opened.location!.split('/').at(-1)!])
      expect((await client.get(`/protocol/visits?q=${encodeURIComponent(q)}`)).body).toContain(opened.location);
  });

  it('with a last day before the first, or one of them only, is asked for again with all that was typed', async () => {
    const client = await as('protocol_officer');
    const typed = { ...OPENING, 'title.en': 'A typed title' };
    for (const days of [{ startsOn: '2027-05-02', endsOn: '2027-05-01' }, { startsOn: '2027-05-02' }]) {
      const answer = await client.submit('/protocol/visits/new', { ...typed, ...days }, '/protocol/visits');
      expect(answer.status).toBe(409);
      expect(answer.body).toContain('value="A typed title"');
    }
  });

  it('from an earlier visit keeps what will be the same, not the days', async () => {
    const earlier = await fresh({
      startsOn: '2027-05-01',
      endsOn: '2027-05-02',
      incomingNo: '12/3',
      dressCode: 'dark suit',
    });
    const client = await as('protocol_officer');
    const page = await client.get(`/protocol/visits/new?from=${earlier.ref}`);
    expect(page.body).not.toContain('2027-05-01');
    expect(page.body).not.toContain('12/3');
    const { location } = await client.post('/protocol/visits', typedIn(page.body, '/protocol/visits'));
    const card = await client.get(location!);
    expect(card.body).toContain('dark suit');
  });

  it('changed by two at once keeps what the second one typed', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    const form = typedIn((await client.get(`${cardOf(visit)}/edit`)).body, `${cardOf(visit)}/edit`);
    const save = (dressCode: string) => client.post(`${cardOf(visit)}/edit`, { ...form, dressCode });
    expect((await save('first')).status).toBe(303);
    const second = await save('second');
    expect([second.status, second.body.includes('value="second"')]).toEqual([409, true]);
  });
});

describe('the way of a visit', () => {
  it('asks for what is missing, step by step, and lets a line pass with a reason that the journal keeps', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    const step = (to: string, more = {}) => client.submit(cardOf(visit), { to, ...more }, `${cardOf(visit)}/step`);
    expect((await step('under_review')).status).toBe(303);
    const refused = await step('approved');
    expect(refused.status).toBe(409);
    expect(unescapeHtml(refused.body)).toContain('1 thing is missing');
    const decided = await client.submit(
      `${cardOf(visit)}/decision`,
      { decidedBy: 'The director', decidedOn: '2027-01-12', decision: 'Yes, with pleasure' },
      `${cardOf(visit)}/decision`,
    );
    expect(decided.status).toBe(303);
    expect((await step('approved')).status).toBe(303);
    expect((await step('invited')).status).toBe(409);
    const passed = await client.submit(
      `${cardOf(visit)}/readiness/invitation_letter`,
      { reason: 'invited by telephone' },
      `${cardOf(visit)}/readiness`,
    );
    expect(passed.status).toBe(303);
    expect((await step('invited')).status).toBe(303);
    expect((await client.get(cardOf(visit))).body.match(/invited by telephone/g)).toHaveLength(2);
    expect(await stateOf(visit)).toBe('invited');
  });

  it('is invited without an override once a numbered letter is registered', async () => {
    const visit = await fresh({ decidedBy: 'The director', decidedOn: '2027-01-12', decision: 'Yes' });
    const client = await as('protocol_officer');
    for (const to of ['under_review', 'approved']) await client.submit(cardOf(visit), { to }, `${cardOf(visit)}/step`);
    const entered = await client.submit(
      cardOf(visit),
      { kind: 'invitation', direction: 'outgoing', number: '01-17/5', issuedOn: '2027-01-13' },
      `${cardOf(visit)}/papers`,
    );
    expect(entered.status).toBe(303);
    expect((await client.submit(cardOf(visit), { to: 'invited' }, `${cardOf(visit)}/step`)).status).toBe(303);
  });

  it('is postponed and cancelled with a reason only, and goes on with new days', async () => {
    const visit = await fresh({ startsOn: '2027-05-01', endsOn: '2027-05-02' });
    const client = await as('protocol_officer');
    const ask = (to: string, fields: Record<string, string>) =>
      client.submit(`${cardOf(visit)}/step/${to}`, fields, `${cardOf(visit)}/step`);
    expect((await ask('postponed', {})).status).toBe(409);
    expect((await ask('postponed', { reason: 'the minister is ill' })).status).toBe(303);
    expect((await ask('enquiry', { startsOn: '2027-05-01', endsOn: '2027-05-02' })).status).toBe(409);
    expect((await ask('enquiry', { startsOn: '2027-06-01', endsOn: '2027-06-02' })).status).toBe(303);
    expect(await world.get(Visits).byId(visit.id)).toMatchObject({ state: 'enquiry', startsOn: '2027-06-01' });
    expect((await ask('cancelled', { reason: 'no' })).status).toBe(303);
    expect((await client.get(cardOf(visit))).body).not.toContain('/step');
  });

  it('never lets the day of deletion pass', async () => {
    const visit = await fresh();
    const client = await as('protocol_officer');
    expect((await client.get(`${cardOf(visit)}/readiness/purge_date`)).status).toBe(404);
    const forced = await client.submit(
      `${cardOf(visit)}/readiness/report`,
      { key: 'purge_date', reason: 'no time' },
      `${cardOf(visit)}/readiness`,
    );
    expect(forced.status).toBe(404);
  });
});

describe('the statistics of visits', () => {
  it('count those that took place or will, by year and country', async () => {
    const visit = await fresh({ country: 'MN', startsOn: '2031-05-01', endsOn: '2031-05-02' });
    const client = await as('protocol_officer');
    expect((await client.get('/protocol/statistics')).body).not.toContain('Mongolia');
    await world.db.repository(VisitRow).update({ id: visit.id }, { state: 'completed' });
    const { status, body } = await client.get('/protocol/statistics');
    expect([status, body.includes('Mongolia'), body.includes('2031')]).toEqual([200, true, true]);
  });
});

describe('[A4] a visit that somebody may not see', () => {
  const pagesOf = (visit: Visit) => [
    cardOf(visit),
    `${cardOf(visit)}/edit`,
    `${cardOf(visit)}/decision`,
    `${cardOf(visit)}/step/cancelled`,
    `${cardOf(visit)}/readiness/report`,
    `/api/v1/visits/${visit.ref}`,
    `/api/v1/visits/${visit.ref}/readiness`,
    `/api/v1/visits/${visit.ref}/papers`,
  ];

  it.each(ROLES)('is not there for role %s, when it is restricted and they are not named', async (role) => {
    const visit = await fresh({
      confidentiality: 'restricted',
      conferenceId: congress.conference.id,
      country: 'ZW',
    });
    await world.db.repository(VisitRow).update({ id: visit.id }, { state: 'approved' });
    const client = await as(role);
    const statuses = await Promise.all(pagesOf(visit).map(async (page) => (await client.get(page)).status));
    expect(new Set(statuses)).toEqual(new Set([404]));
    const statistics = (await client.get('/api/v1/visits/statistics')).body;
    expect(statistics).not.toContain('"ZW"');
    for (const list of ['/protocol', '/protocol/visits', '/api/v1/visits'])
      expect([list, (await client.get(list)).body.includes(visit.ref)]).toEqual([list, false]);
  });

  it('is there for whoever is named, until they are not', async () => {
    const visit = await fresh({ confidentiality: 'restricted', title: { en: 'Quiet' } });
    const client = await as('of-congress');
    const { id } = (await world.get(Accounts).byEmail('of-congress@example.org'))!;
    await world.get(Visits).name(visit, id);
    expect((await client.get(cardOf(visit))).body).toContain('Quiet');
    await world.get(Visits).unname(visit, id);
    expect((await client.get(cardOf(visit))).status).toBe(404);
  });

  it('linked to a conference is read, not written, by its organizer', async () => {
    const linked = await fresh({ conferenceId: congress.conference.id });
    const other = await fresh();
    const client = await as('of-congress');
    expect([(await client.get(cardOf(linked))).status, (await client.get(cardOf(other))).status]).toEqual([200, 404]);
    expect((await client.get(cardOf(linked))).body).not.toContain('/step');
    expect((await client.get(`${cardOf(linked)}/edit`)).status).toBe(403);
  });
});
