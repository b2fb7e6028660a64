import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Institutions } from '../../../../src/features/cooperation/index.js';
import { CommitmentReminders } from '../../../../src/features/visits/commitments/commitment-reminders.js';
import { Commitments } from '../../../../src/features/visits/commitments/commitments.service.js';
import type { Visit } from '../../../../src/features/visits/index.js';
import { dayAfter } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { Database } from '../../../../src/platform/database/database.js';

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

const pageOf = ({ ref }: Visit) => `/protocol/visits/${ref}/commitments`;
const body = async (path: string) => unescapeHtml((await client.get(path)).body);
const today = () => world.get(Commitments).today();
const promise = { promisedBy: 'us' as const, ownerId: null, sessionId: null };

describe('what was promised at a visit', () => {
  it('is recorded, kept, opened again and given up with a reason', async () => {
    const visit = await visitOf(world);
    const made = await client.submit(pageOf(visit), { text: 'Адправіць каталог', promisedBy: 'us' }, pageOf(visit));
    expect(made.status).toBe(303);
    const { id } = (await world.get(Commitments).of(visit.id))[0]!;
    const settle = async (to: string, outcome = '') =>
      (
        await client.submit(
          `${pageOf(visit)}/${id}`,
          { ...(await version(visit, id)), to, outcome },
          `${pageOf(visit)}/${id}/settling`,
        )
      ).status;
    expect(await settle('dropped')).toBe(409);
    expect(await settle('done')).toBe(303);
    expect(await body(pageOf(visit))).toContain('>done<');
    expect(await body('/protocol/commitments')).not.toContain('Адправіць каталог');
    const back = await client.submit(pageOf(visit), { to: 'open', outcome: '' }, `${pageOf(visit)}/${id}/settling`);
    expect(back.status).toBe(303);
    expect(await settle('dropped', 'The catalogue is out of print')).toBe(303);
    expect(await body(pageOf(visit))).toContain('The catalogue is out of print');
  });

  it('changed by two at once is changed by the first', async () => {
    const visit = await visitOf(world);
    const { id } = await world.get(Commitments).make(visit, { ...promise, text: 'Twice', dueOn: null });
    const form = typedIn((await client.get(`${pageOf(visit)}/${id}`)).body, `${pageOf(visit)}/${id}`);
    expect((await client.post(`${pageOf(visit)}/${id}`, { ...form, text: 'First' })).status).toBe(303);
    const second = await client.post(`${pageOf(visit)}/${id}`, { ...form, text: 'Second' });
    expect([second.status, second.body.includes('Second')]).toEqual([409, true]);
  });

  it('stands on the first page of the next visit of the same institution, not of others', async () => {
    const institution = await world.get(Institutions).add({
      kind: 'library',
      name: { en: 'Theirs' },
      originalName: null,
      country: 'AM',
      city: null,
      website: null,
    });
    const earlier = await visitOf(world, { institutionId: institution.id });
    await world.get(Commitments).make(earlier, { ...promise, text: 'A rare book to see', dueOn: '2027-01-01' });
    world.clock.advance({ minutes: 1 });
    const next = await visitOf(world, { institutionId: institution.id });
    const other = await visitOf(world, { country: 'KZ' });
    expect(await body(pageOf(next))).toContain('A rare book to see');
    expect(await body(`/protocol/visits/${next.ref}`)).toContain('A rare book to see');
    expect(await body(pageOf(other))).not.toContain('A rare book to see');
  });

  async function version(visit: Visit, id: string) {
    return { version: String((await world.get(Commitments).one(visit, id)).version) };
  }
});

describe('reminders of commitments', () => {
  const remindersOf = async (address: string) =>
    (await world.get(Database).all(OutgoingMail, { kind: 'commitment', recipient: address })).map(
      ({ subject }) => subject,
    );

  it('are written to the officer once when it comes near and once when it is late, however often the job runs', async () => {
    const visit = await visitOf(world, { responsibleId: officer });
    await world.get(Commitments).make(visit, { ...promise, text: 'Send scans', dueOn: dayAfter(today(), 5) });
    await world.get(Commitments).make(visit, { ...promise, text: 'Some day', dueOn: null });
    const run = () => Promise.all([world.get(CommitmentReminders).remind(), world.get(CommitmentReminders).remind()]);
    await run();
    await run();
    expect(await remindersOf('officer@example.org')).toEqual(['A commitment is due soon']);
    world.clock.advance({ hours: 24 * 7 });
    await run();
    await run();
    expect((await remindersOf('officer@example.org')).toSorted()).toEqual([
      'A commitment is due soon',
      'A commitment is overdue',
    ]);
  });

  it('say of a restricted visit no more than its reference', async () => {
    const visit = await visitOf(world, {
      responsibleId: officer,
      confidentiality: 'restricted',
      title: { en: 'Very quiet' },
    });
    await world.get(Commitments).make(visit, { ...promise, text: 'Tell nobody', dueOn: today() });
    await world.get(CommitmentReminders).remind();
    const mails = await world
      .get(Database)
      .repository(OutgoingMail)
      .find({ select: { id: true, mime: true }, where: { kind: 'commitment' } });
    const texts = mails.map(({ mime }) => Buffer.from(mime).toString('utf8'));
    expect(texts.some((text) => text.includes(visit.ref))).toBe(true);
    expect(texts.filter((text) => text.includes('Very quiet'))).toEqual([]);
  });
});

describe('[A4] commitments of a restricted visit', () => {
  it.each(ROLES)('are not there for role %s, who is not named', async (role) => {
    const hidden = await visitOf(world, { confidentiality: 'restricted' });
    const { id } = await world.get(Commitments).make(hidden, { ...promise, text: `Hidden from ${role}`, dueOn: null });
    const by = await signedIn(world.client(), `${role}@example.org`);
    for (const path of [pageOf(hidden), `${pageOf(hidden)}/${id}`, `/api/v1/visits/${hidden.ref}/commitments`])
      expect([path, (await by.get(path)).status]).toEqual([path, 404]);
    for (const list of ['/protocol/commitments', '/api/v1/commitments'])
      expect((await by.get(list)).body).not.toContain(`Hidden from ${role}`);
  });
});
