import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES, type Role } from '../../../../../src/features/accounts/index.js';
import { InstitutionContacts } from '../../../../../src/features/cooperation/index.js';
import {
  Quota,
  QuotaPlace,
  QuotaPlaces,
  Quotas,
  type NamedPerson,
} from '../../../../../src/features/invitations/index.js';
import { QuotaTokens } from '../../../../../src/features/invitations/quotas/quota-tokens.js';
import { People } from '../../../../../src/features/people/index.js';
import { SettingsOfRegistration } from '../../../../../src/features/registration/index.js';
import { RuleViolation } from '../../../../../src/kernel/errors.js';
import { DeliveryError } from '../../../../../src/platform/mail/transports.js';
import { ORIGIN, startApp, type TestApp } from '../../../../support/app.js';
import type { Client } from '../../../../support/client.js';
import { openConference } from '../../../../support/conference.js';
import { signedIn, staff } from '../../../../support/house.js';
import { partner, sendQuotas, sentQuota } from '../../../../support/partners.js';
import { tokenIn } from '../../../../support/visits.js';

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (role: Role): Promise<Client> => signedIn(world.client(), `${role}@example.org`);
const headersOf = async (client: Client) => ({
  origin: ORIGIN,
  'x-csrf-token': tokenIn((await client.get('/staff/profile')).body),
});
const person = (): NamedPerson => ({
  given: 'Guest',
  family: `Number ${++serial}`,
  mononym: false,
  email: `race-${serial}@example.org`,
  position: null,
  locale: 'en',
});
const quotaOf = (id: string) => world.db.repository(Quota).findOneByOrFail({ id });

describe('the last places', () => {
  it('[P23] are never oversold: twenty at once, each in a process of its own, for three', async () => {
    const conference = await openConference(world, { capacity: 100 });
    const { institution } = await partner(world, `Race ${++serial}`);
    const quota = await sentQuota(world, conference.id, institution.id, { places: 3 });
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, () => world.get(QuotaPlaces).nameOnBehalf(quota.id, person())),
    );
    const refused = results.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(refused.every((error) => error instanceof RuleViolation && error.code === 'error.quota.full')).toBe(true);
    expect((await quotaOf(quota.id)).taken).toBe(3);
    expect(await world.db.repository(QuotaPlace).countBy({ quotaId: quota.id, state: 'named' })).toBe(3);
    expect((await world.get(SettingsOfRegistration).of(conference.id)).taken).toBe(3);
  });

  it('change hands once, when two replace the same person at the same instant', async () => {
    const conference = await openConference(world);
    const { institution } = await partner(world, `Race ${++serial}`);
    const quota = await sentQuota(world, conference.id, institution.id, { places: 1 });
    await world.get(QuotaPlaces).nameOnBehalf(quota.id, person());
    const place = await world.db.repository(QuotaPlace).findOneByOrFail({ quotaId: quota.id });
    const results = await Promise.allSettled(
      [1, 2, 3].map(() => world.get(QuotaPlaces).substitute(quota.id, place.id, person())),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await quotaOf(quota.id)).taken).toBe(1);
    expect(await world.db.repository(QuotaPlace).countBy({ quotaId: quota.id, state: 'named' })).toBe(1);
    expect((await world.get(SettingsOfRegistration).of(conference.id)).taken).toBe(1);
  });

  it('within a full hall lead to the waiting list, and the list says so beforehand', async () => {
    const conference = await openConference(world, { capacity: 1 });
    const { institution } = await partner(world, `Hall ${++serial}`);
    const quota = await sentQuota(world, conference.id, institution.id, { places: 2 });
    const page = (await (await as('organizer')).get(`/org/c/${conference.slug}/quotas`)).body;
    expect(page).toContain('goes to the waiting list');
    for (const _ of [1, 2]) await world.get(QuotaPlaces).nameOnBehalf(quota.id, person());
    const { taken } = await world.get(SettingsOfRegistration).of(conference.id);
    expect(taken).toBe(1);
  });
});

describe('a letter', () => {
  it('that the server refuses for good shows as not delivered, and can be sent again to another address', async () => {
    const conference = await openConference(world);
    const { institution, focalPoint } = await partner(world, `Bounce ${++serial}`);
    const quota = await sentQuota(world, conference.id, institution.id);
    world.transport.failing = new DeliveryError('permanent', '550 5.1.1 no such user', true);
    await world.mails();
    world.transport.failing = undefined;
    expect((await quotaOf(quota.id)).state).toBe('bounced');
    const organizer = await as('organizer');
    const card = `/org/c/${conference.slug}/quotas/${quota.id}`;
    expect((await organizer.get(card)).body).toMatch(/letter not delivered/);
    const email = `new-${++serial}@example.org`;
    await world.get(People).update({ id: focalPoint!.id, version: 1 }, { email });
    expect((await organizer.submit(card, {}, `${card}/sending`)).status).toBe(303);
    const mail = (await world.mails()).find(({ to }) => to === email)!;
    const path = new URL(mail.link('/quota/')).pathname;
    expect((await world.client().get(path)).status).toBe(200);
    const tokens = world.get(QuotaTokens);
    // The link of the first letter went to an address that is theirs no more.
    expect((await world.client().get(`/en/quota/${tokens.focalPoint({ id: quota.id, tokenTurn: 0 })}`)).status).toBe(
      404,
    );
  });

  it('goes to one focal point in their language, and an institution gets one quota only', async () => {
    const conference = await openConference(world);
    const { institution } = await partner(world, `Once ${++serial}`);
    const other = await partner(world, `Other ${serial}`);
    await world.get(InstitutionContacts).name(institution.id, other.focalPoint!.id, 'focal_point');
    const deadline = new Date(world.clock.now().getTime() + 86_400_000);
    const order = {
      conferenceId: conference.id,
      institutionIds: [institution.id],
      partnersOnly: true,
      places: 2,
      deadline,
      category: 'listener' as const,
      consentDays: 5,
      message: {},
    };
    const made = await Promise.allSettled([1, 2, 3].map(() => world.get(Quotas).create(order)));
    const drafts = made.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    expect(drafts).toHaveLength(1);
    await sendQuotas(world, conference.id);
    expect((await world.get(Quotas).create(order)).length).toBe(0);
  });
});

describe('every role', () => {
  const LEVELS: Record<Role, 'read' | 'write' | 'none'> = {
    admin: 'read',
    organizer: 'write',
    programme_editor: 'read',
    reviewer: 'none',
    protocol_officer: 'write',
    responsible: 'write',
    checkin: 'none',
    readonly: 'read',
    data_officer: 'none',
  };

  it.each(ROLES.map((role) => [role]))('[A2] [A4] sees and does what the table says of quotas: %s', async (role) => {
    const conference = await openConference(world);
    const { institution } = await partner(world, `Role ${role}`);
    const quota = await sentQuota(world, conference.id, institution.id);
    const fresh = await partner(world, `Fresh ${role}`);
    const client = await as(role);
    const headers = await headersOf(client);
    const level = LEVELS[role];
    const reading = level === 'none' ? 404 : 200;
    const writing = (ok: number) => (level === 'write' ? ok : level === 'read' ? 403 : 404);
    const pages = `/org/c/${conference.slug}/quotas`;
    const api = `/api/v1/conferences/${conference.slug}/quotas`;
    for (const path of [pages, `${pages}/${quota.id}`, api, `${api}/${quota.id}`, `${api}/${quota.id}/letter`])
      expect([path, (await client.get(path)).status]).toEqual([path, reading]);
    for (const path of [`${pages}/new`, `${pages}/sending`, `${api}/plan`, `${api}/sending`])
      expect([path, (await client.get(path)).status]).toEqual([path, writing(200)]);
    const deadline = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const terms = { scope: 'partners', places: 2, category: 'listener', consentDays: 7, deadline };
    const created = await client.api('POST', api, { ...terms, institutions: [fresh.institution.publicId] }, headers);
    expect(created.status).toBe(writing(201));
    const version = { ...headers, 'if-match': `"v${(await quotaOf(quota.id)).version}"` };
    expect((await client.api('PATCH', `${api}/${quota.id}`, { places: 5 }, version)).status).toBe(writing(200));
    expect((await client.api('POST', `${api}/reminders`, undefined, headers)).status).toBe(writing(200));
    if (level !== 'none') {
      const mayMeet = (await client.get(`/org/people`)).status === 200;
      expect((await client.get(`${pages}/${quota.id}`)).body.includes('@example.org')).toBe(mayMeet);
    }
  });

  it('[A3] of one conference does not reach the quotas of another', async () => {
    const [here, there] = [await openConference(world), await openConference(world)];
    const { institution } = await partner(world, `Apart ${++serial}`);
    const quota = await sentQuota(world, there.id, institution.id);
    const client = await as('organizer');
    const headers = { ...(await headersOf(client)), 'if-match': '"v1"' };
    expect((await client.get(`/org/c/${here.slug}/quotas/${quota.id}`)).status).toBe(404);
    expect((await client.get(`/org/c/${here.slug}/quotas/no-id-at-all`)).status).toBe(404);
    const api = `/api/v1/conferences/${here.slug}/quotas/${quota.id}`;
    expect((await client.api('POST', `${api}/withdrawal`, undefined, headers)).status).toBe(404);
    expect((await quotaOf(quota.id)).state).toBe('queued');
  });

  it('[A3] of one focal point does not reach the places of another', async () => {
    const conference = await openConference(world);
    const [a, b] = [await partner(world, `A ${++serial}`), await partner(world, `B ${serial}`)];
    const [mine, theirs] = [
      await sentQuota(world, conference.id, a.institution.id),
      await sentQuota(world, conference.id, b.institution.id),
    ];
    await world.get(QuotaPlaces).nameOnBehalf(theirs.id, person());
    const place = await world.db.repository(QuotaPlace).findOneByOrFail({ quotaId: theirs.id });
    const mail = (await world.mails()).find(({ to }) => to === a.focalPoint!.email)!;
    const page = new URL(mail.link('/quota/')).pathname;
    const visitor = world.client();
    const opened = await visitor.get(page);
    expect((await visitor.get(`${page}/places/${place.id}`)).status).toBe(404);
    const _csrf = tokenIn(opened.body);
    expect((await visitor.post(`${page}/places/${place.id}/removal`, { _csrf })).status).toBe(404);
    expect([(await quotaOf(theirs.id)).taken, (await quotaOf(mine.id)).taken]).toEqual([1, 0]);
  });
});

describe('the API', () => {
  it('plans, drafts, sends a confirmed number, changes and withdraws with If-Match', async () => {
    const conference = await openConference(world);
    const [good, mute] = [await partner(world, `Api ${++serial}`), await partner(world, `Mute ${serial}`, 'nobody')];
    const client = await as('organizer');
    const headers = await headersOf(client);
    const api = `/api/v1/conferences/${conference.slug}/quotas`;
    const plan = (await client.get(`${api}/plan?q=${serial}`)).json<{ ready: string[]; skipped: object[] }>();
    expect(plan.ready).toContain(good.institution.publicId);
    expect(plan.skipped).toContainEqual({ institution: mute.institution.publicId, reason: 'contact' });
    const deadline = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const terms = { scope: 'partners', places: 2, category: 'listener', consentDays: 7, deadline };
    const institutions = [good.institution.publicId, mute.institution.publicId];
    const created = (await client.api('POST', api, { ...terms, institutions }, headers)).json<{ drafted: string[] }>();
    expect(created).toEqual({ drafted: [expect.any(String)], skipped: 1 });
    const wrong = await client.api('POST', `${api}/sending`, { count: 2 }, headers);
    expect([wrong.status, wrong.json<{ current: object }>().current]).toEqual([409, { count: 1 }]);
    expect((await client.api('POST', `${api}/sending`, { count: 1 }, headers)).status).toBe(200);
    const one = `${api}/${created.drafted[0]}`;
    const read = (await client.get(one)).json<{ version: number }>();
    expect(read).toMatchObject({ state: 'queued', places: 2, taken: 0, filled: [] });
    expect(JSON.stringify(read)).not.toMatch(/Hash|token/i);
    expect((await client.api('PATCH', one, { places: 4 }, headers)).status).toBe(428);
    expect((await client.api('PATCH', one, { places: 4 }, { ...headers, 'if-match': '"v1"' })).status).toBe(412);
    const match = { ...headers, 'if-match': `"v${read.version}"` };
    const changed = (await client.api('PATCH', one, { places: 4 }, match)).json<{ places: number; version: number }>();
    expect(changed.places).toBe(4);
    const gone = await client.api('POST', `${one}/withdrawal`, undefined, {
      ...headers,
      'if-match': `"v${changed.version}"`,
    });
    expect(gone.json()).toMatchObject({ state: 'withdrawn' });
  });
});
