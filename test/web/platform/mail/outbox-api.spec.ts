import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { MailWorker } from '../../../../src/platform/mail/mail-worker.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { openConference } from '../../../support/conference.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';

let world: TestApp;
let conference: Conference;
let other: Conference;
let api: Program;
let url: string;
let serial = 0;

interface Listed {
  items: { id: string; state: string; recipient: string; batch: string | null }[];
  next: string | null;
}

beforeAll(async () => {
  world = await startApp();
  other = await openConference(world);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: null }]);
  api = await program(world, 'organizer@example.org', ['outbox:write']);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.transport.deliveries.length = 0;
  conference = await openConference(world);
  url = `/api/v1/conferences/${conference.slug}/mails`;
});

const held = (batch: string, count: number, conferenceId = conference.id) =>
  world.get(Outbox).enqueueAll(
    Array.from({ length: count }, () => ({
      kind: 'test',
      cause: `outbox-api:${++serial}`,
      to: { address: `guest-${serial}@example.org` },
      locale: 'en' as const,
      subject: `Letter ${serial}`,
      blocks: [{ kind: 'text' as const, text: 'We wait for you.' }],
      conferenceId,
      batch,
      hold: true,
    })),
  );
const stateOf = async (id: string) => (await world.db.repository(OutgoingMail).findOneByOrFail({ id })).state;
const list = async (query = '') => (await api.get(`${url}${query}`)).json<Listed>();

describe('the mails of a conference through the API', () => {
  it('are listed newest first, by state, page by page, without their text', async () => {
    const ids = await held('listed', 3);
    await held('elsewhere', 1, other.id);
    const first = await list('?limit=2&state=held');
    expect(first.items.map(({ id }) => id)).toEqual([...ids].reverse().slice(0, 2));
    expect(first.items[0]).toMatchObject({ kind: 'test', batch: 'listed', state: 'held', sentAt: null });
    expect(first.items[0]).not.toHaveProperty('mime');
    const second = await list(`?limit=2&state=held&after=${first.next}`);
    expect([second.items.map(({ id }) => id), second.next]).toEqual([ids.slice(0, 1), null]);
    expect((await list('?state=sent')).items).toEqual([]);
    expect((await api.get(`${url}?state=lost`)).status).toBe(422);
    expect((await api.get(`${url}?after=nothing`)).status).toBe(422);
    expect((await api.get(`${url}/${ids[0]!}`)).json()).toMatchObject({ id: ids[0], state: 'held' });
  });

  it('held ones are sent to as many people as was expected; another number is 409 with the current one', async () => {
    const ids = await held('three', 3);
    expect((await api.get(`${url}/batches`)).json()).toEqual({ items: [{ batch: 'three', kind: 'test', count: 3 }] });
    const wrong = await api.post(`${url}/sendings`, { batch: 'three', count: 2 });
    expect([wrong.status, wrong.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'error.outbox.numberChanged', current: { count: 3 } }),
    ]);
    expect(await stateOf(ids[0]!)).toBe('held');
    const sent = await api.post(`${url}/sendings`, { batch: 'three', count: 3 });
    expect([sent.status, sent.json()]).toEqual([200, { count: 3 }]);
    await world.get(MailWorker).drain();
    expect(world.transport.deliveries).toHaveLength(3);
    expect((await api.post(`${url}/sendings`, { batch: 'three', count: 3 })).json()).toMatchObject({
      status: 409,
      current: { count: 0 },
    });
  });

  it('of two who send the same batch at once, one does', async () => {
    await held('race', 4);
    const answers = await Promise.all([1, 2, 3].map(() => api.post(`${url}/sendings`, { batch: 'race', count: 4 })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const entries = await world.db
      .repository(JournalEntry)
      .findBy({ type: 'MailsReleased', conferenceId: conference.id });
    expect(entries).toHaveLength(1);
  });

  it('one held mail is taken out of its batch, the rest is discarded together', async () => {
    const [first = '', second = '', third = ''] = await held('mixed', 3);
    expect((await api.post(`${url}/${first}/discard`)).json()).toMatchObject({ id: first, state: 'discarded' });
    expect((await api.post(`${url}/${first}/discard`)).json()).toMatchObject({
      status: 409,
      code: 'error.outbox.notHeld',
    });
    expect((await api.post(`${url}/discards`, { batch: 'mixed', count: 3 })).status).toBe(409);
    expect((await api.post(`${url}/discards`, { batch: 'mixed', count: 2 })).json()).toEqual({ count: 2 });
    expect(await Promise.all([second, third].map(stateOf))).toEqual(['discarded', 'discarded']);
  });

  it('a failed one is tried again', async () => {
    const [id = ''] = await held('failed', 1);
    expect((await api.post(`${url}/${id}/retries`)).json()).toMatchObject({ code: 'error.outbox.notFailed' });
    await world.db.compareAndSet(OutgoingMail, { id }, { state: 'failed', problem: '550 no such user' });
    expect((await api.post(`${url}/${id}/retries`)).json()).toMatchObject({ state: 'queued', problem: null });
    await world.get(MailWorker).drain();
    expect(await stateOf(id)).toBe('sent');
  });

  it('of another conference are not found, and nobody without the right sees any [A3]', async () => {
    const [theirs = ''] = await held('theirs', 1, other.id);
    for (const path of ['discard', 'retries'])
      expect([path, (await api.post(`${url}/${theirs}/${path}`)).status]).toEqual([path, 404]);
    expect((await api.get(`${url}/${theirs}`)).status).toBe(404);
    expect((await api.post(`${url}/sendings`, { batch: 'theirs', count: 1 })).json()).toMatchObject({
      current: { count: 0 },
    });
    expect(await stateOf(theirs)).toBe('held');
    const reader = await program(world, 'reader@example.org', ['outbox:read']);
    expect((await reader.get(url)).status).toBe(404);
  });
});

describe('the page of the mails', () => {
  it('takes one held mail out of its batch', async () => {
    const [first = ''] = await held('on-page', 2);
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const page = `/org/c/${conference.slug}/mail/outbox`;
    const answer = await organizer.submit(page, {}, `${page}/${first}/discard`);
    expect(await stateOf(first)).toBe('discarded');
    expect((await organizer.follow(answer)).body).toContain('Send to 1 person');
  });
});
