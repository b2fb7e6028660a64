import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Registration } from '../../../../src/features/registration/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { delegate, openConference, register } from '../../../support/conference.js';
import { staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';

let world: TestApp;
let conference: Conference;
let other: Conference;
let api: Program;
let url: string;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  other = await openConference(world, { approval: 'manual' });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  api = await program(world, 'organizer@example.org', ['registration:write', 'outbox:write']);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  conference = await openConference(world, { approval: 'manual', capacity: 1 });
  url = `/api/v1/conferences/${conference.slug}/registrations`;
});

async function applicant(of = conference, changes: Record<string, string> = {}): Promise<Registration> {
  const email = `applicant-${++serial}@example.org`;
  expect((await register(world.client(), of, { email, ...changes })).status).toBe(303);
  return world.db.repository(Registration).findOneByOrFail({ person: { emailKey: email } });
}
const now = (id: string) => world.db.repository(Registration).findOneByOrFail({ id });

describe('registrations through the API', () => {
  it('are decided together, and their mails wait for their number', async () => {
    const [a, b, c] = [await applicant(), await applicant(conference, { form: 'online' }), await applicant()];
    await api.post(`${url}/${c.publicId}/refusal`, {}, 1);
    const chosen = [a, b, c].map(({ publicId }) => publicId);
    const decided = await api.post(`${url}/decisions`, { decision: 'approve', message: 'Welcome', chosen });
    expect([decided.status, decided.json()]).toEqual([
      200,
      { batch: expect.stringMatching(/^decisions-/), done: 3, left: 0 },
    ]);
    const again = await api.post(`${url}/decisions`, { decision: 'approve', chosen });
    expect(again.json()).toMatchObject({ done: 0, left: 3 });
    const { batch } = decided.json<{ batch: string }>();
    const mails = `/api/v1/conferences/${conference.slug}/mails`;
    expect((await api.get(`${mails}/batches`)).json()).toMatchObject({ items: [{ batch, count: 3 }] });
    expect((await api.post(`${mails}/sendings`, { batch, count: 3 })).status).toBe(200);
  });

  it('of another conference are in no decision of this one [A3]', async () => {
    const [mine, theirs] = [await applicant(), await applicant(other)];
    const chosen = [mine.publicId, theirs.publicId];
    const refused = await api.post(`${url}/decisions`, { decision: 'refuse', chosen });
    expect([refused.status, refused.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'chosen' })] }),
    ]);
    expect([(await now(mine.id)).approval, (await now(theirs.id)).approval]).toEqual(['pending', 'pending']);
    expect((await api.post(`${url}/decisions`, { decision: 'approve', chosen: [] })).status).toBe(422);
  });

  it('are annotated: what is given changes, the rest stays, with If-Match', async () => {
    const { publicId } = await applicant();
    const one = `${url}/${publicId}`;
    expect((await api.patch(one, { payment: 'awaited' })).status).toBe(428);
    expect((await api.patch(one, { payment: 'awaited', note: 'Comes by bus' }, 1)).json()).toMatchObject({
      payment: 'awaited',
      attendance: 'unknown',
      note: 'Comes by bus',
      version: 2,
    });
    expect((await api.patch(one, { attendance: 'present' }, 2)).json()).toMatchObject({
      payment: 'awaited',
      attendance: 'present',
      note: 'Comes by bus',
    });
    expect((await api.patch(one, { note: null }, 3)).json()).toMatchObject({ note: '' });
    expect((await api.patch(one, { note: 'late' }, 3)).status).toBe(412);
    expect((await api.patch(one, { payment: 'in gold' }, 4)).status).toBe(422);
  });

  it('change their form, and the seat with it', async () => {
    const full = await openConference(world, { capacity: 1 });
    const [first, second] = [await applicant(full), await applicant(full)];
    const page = `/api/v1/conferences/${full.slug}/registrations/${first.publicId}/participation`;
    expect((await now(second.id)).waitlist).toBe('waiting');
    const to = { category: first.category, form: 'online' };
    const changed = await api.post(page, to, 1);
    expect(changed.json()).toMatchObject({ form: 'online', version: 2 });
    expect((await now(second.id)).waitlist).toBe('offered');
    expect((await api.post(page, { ...to, form: 'by ship' }, 2)).status).toBe(422);
  });

  it('are made for somebody without an address, with a note, as on the page', async () => {
    const { consent: _, phone: __, email: ___, ...fields } = delegate();
    const person = { ...fields, mononym: false, locale: 'be', consent: true, note: 'By letter' };
    const made = await api.post(url, person);
    expect(made.status).toBe(201);
    const { id } = made.json<{ id: string }>();
    expect((await api.get(`${url}/${id}`)).json()).toMatchObject({ note: 'By letter', person: { email: null } });
    expect((await api.post(url, { ...person, consent: false })).status).toBe(422);
  });
});
