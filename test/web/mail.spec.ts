import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Journal } from '../../src/platform/journal/journal.js';
import { MailFailed, MailWorker } from '../../src/platform/mail/mail-worker.js';
import type { MailMessage } from '../../src/platform/mail/message.js';
import { Outbox } from '../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { DeliveryError } from '../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../support/app.js';
import { openConference, register } from '../support/conference.js';
import { hostile } from '../support/hostile.js';
import { rowsOf } from '../support/scene.js';

let world: TestApp;
let outbox: Outbox;
let number = 0;
let failed: string[] = [];

beforeAll(async () => {
  world = await startApp();
  outbox = world.get(Outbox);
  world.get(Journal).on(MailFailed, async ({ id }) => void failed.push(id));
});
afterAll(() => world.close());
beforeEach(async () => {
  world.transport.failing = undefined;
  // what the test before left waiting
  await world.db.compareAndSet(OutgoingMail, { state: 'queued' }, { state: 'discarded' });
  world.transport.deliveries.length = 0;
  failed = [];
});

const drain = () => world.get(MailWorker).drain();
const message = (changes: Partial<MailMessage> = {}): MailMessage => ({
  kind: 'test',
  cause: `test:${++number}`,
  to: { address: 'guest@example.org' },
  locale: 'en',
  subject: 'Welcome',
  blocks: [{ kind: 'text', text: 'We wait for you.' }],
  ...changes,
});
const row = (id: string) =>
  world.db.repository(OutgoingMail).createQueryBuilder('mail').addSelect('mail.mime').where({ id }).getOneOrFail();
const queued = async (changes: Partial<MailMessage> = {}) => (await outbox.enqueue(message(changes)))!;
const refuse = (error: DeliveryError) => (world.transport.failing = error);
const away = () => refuse(new DeliveryError('temporary', 'ECONNREFUSED', false));

describe('the outbox', () => {
  it('stores the finished message, and every attempt sends those bytes [CI7]', async () => {
    const id = await queued();
    const { mime, messageId } = await row(id);
    expect(mime.toString()).toContain(`Message-ID: ${messageId}`);
    away();
    expect(await drain()).toBe(0);
    world.clock.advance({ minutes: 2 });
    world.transport.failing = undefined;
    expect(await drain()).toBe(1);
    expect(world.transport.deliveries.map(({ mime: sent }) => sent)).toEqual([mime]);
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, lease: null, problem: null });
  });

  it('has one row for one cause and recipient, whichever transaction comes second', async () => {
    const twice = message({ to: { address: 'Once@Example.org' } });
    const first = await outbox.enqueue(twice);
    expect(first).not.toBeNull();
    expect(await outbox.enqueue({ ...twice, to: { address: 'once@example.org' } })).toBeNull();
    expect(await outbox.enqueueAll([twice, message(), { ...twice, subject: 'Other words' }])).toHaveLength(1);
    expect(await outbox.enqueue({ ...twice, to: { address: 'other@example.org' } })).not.toBeNull();
  });

  it('writes nothing when the change that causes the mail is not made', async () => {
    const before = await rowsOf(world);
    const broken = world.db.transaction(async () => {
      await queued();
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    expect(await rowsOf(world)).toEqual(before);
  });

  it('refuses to freeze a mail to anything but one plain address [P30] [X7]', async () => {
    const before = await rowsOf(world);
    for (const { value } of hostile('email', 'header').filter(({ verdict }) => verdict === 'refuse'))
      await expect(outbox.enqueue(message({ to: { address: value } }))).rejects.toThrow('one plain address');
    expect(await rowsOf(world)).toEqual(before);
  });

  it('hands the transport exactly one recipient, ours as sender, with hostile names and subjects [X7] [P30]', async () => {
    const typed = hostile('header', 'smtp', 'email', 'markdown');
    for (const { value } of typed)
      await queued({ to: { address: 'guest@example.org', name: value }, subject: `Welcome ${value}` });
    await drain();
    expect(world.transport.deliveries).toHaveLength(typed.length);
    for (const { from, to } of world.transport.deliveries)
      expect([from, to]).toEqual(['conferences@example.org', 'guest@example.org']);
    for (const { parsed } of await world.transport.mails()) {
      const all = [parsed.to, parsed.cc, parsed.bcc].flat().flatMap((field) => field?.value ?? []);
      expect(all.map(({ address }) => address)).toEqual(['guest@example.org']);
    }
  });
});

describe('held mails', () => {
  it('wait until somebody sends their batch, and no other', async () => {
    const [one, other] = await Promise.all(
      ['a', 'b'].map((batch) => queued({ hold: true, batch: `${batch}${number}` })),
    );
    const { batch } = await row(one!);
    expect(await drain()).toBe(0);
    expect(await outbox.sendHeld({ batch: batch! })).toBe(1);
    expect(await outbox.sendHeld({ batch: batch! })).toBe(0);
    expect(await drain()).toBe(1);
    expect([(await row(one!)).state, (await row(other!)).state]).toEqual(['sent', 'held']);
  });

  it('are discarded for good, and a mail that is on its way cannot be', async () => {
    const [held, due] = [await queued({ hold: true }), await queued()];
    expect(await outbox.discardHeld({ ids: [held, due] })).toBe(1);
    expect(await outbox.sendHeld({ ids: [held] })).toBe(0);
    expect(await drain()).toBe(1);
    expect([(await row(held)).state, (await row(due)).state]).toEqual(['discarded', 'sent']);
  });
});

describe('a failure', () => {
  it('for now is tried again after one minute, then two, up to six hours [R2]', async () => {
    const id = await queued();
    refuse(new DeliveryError('temporary', 'SMTP 451', true));
    const waits: number[] = [];
    for (let attempt = 0; attempt < 11; attempt++) {
      await drain();
      const { dueAt } = await row(id);
      waits.push((dueAt.getTime() - world.clock.now().getTime()) / 60_000);
      world.clock.set(new Date(dueAt.getTime() - 1000));
      await drain();
      expect(await row(id)).toMatchObject({ state: 'queued', attempts: attempt + 1, problem: 'SMTP 451' });
      world.clock.set(dueAt);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360]);
    expect(failed).toEqual([]);
  });

  it('for good stops at once, is recorded, and can be tried again with the same bytes [R2] [CI7]', async () => {
    const id = await queued();
    refuse(new DeliveryError('permanent', 'SMTP 550', true));
    await drain();
    const { mime, ...stopped } = await row(id);
    expect(stopped).toMatchObject({ state: 'failed', attempts: 1, problem: 'SMTP 550', lease: null });
    expect(failed).toEqual([id]);
    world.transport.failing = undefined;
    world.clock.advance({ days: 1 });
    expect(await drain()).toBe(0);
    expect(await outbox.retry(id)).toBe(true);
    expect(await outbox.retry(id)).toBe(false);
    expect(await drain()).toBe(1);
    expect(world.transport.deliveries.map((sent) => sent.mime)).toEqual([mime]);
  });

  it('after the whole message was sent is marked as doubtful [R3]', async () => {
    const id = await queued();
    refuse(new DeliveryError('temporary', 'ETIMEDOUT', false, true));
    await drain();
    expect(await row(id)).toMatchObject({ state: 'queued', doubtful: 1 });
  });

  it('of the server makes everything due at the first success after it, and nothing twice [R1]', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 20; i++) ids.push(await queued());
    away();
    for (let round = 0; round < 5; round++) {
      await drain();
      world.clock.advance({ minutes: 10 });
    }
    expect((await Promise.all(ids.map(row))).map(({ state }) => state)).toEqual(ids.map(() => 'queued'));
    await drain(); // all wait for ten minutes now
    world.transport.failing = undefined;
    expect(await drain()).toBe(0);
    await queued(); // the first that succeeds
    expect(await drain()).toBe(21);
    expect(world.transport.deliveries.filter(({ id }) => ids.includes(id))).toHaveLength(20);
  });

  it('of one mailbox does not bring its mail forward with every success of others [R2]', async () => {
    await queued();
    await drain();
    refuse(new DeliveryError('temporary', 'SMTP 451', true));
    const id = await queued();
    await drain();
    world.transport.failing = undefined;
    await queued();
    expect(await drain()).toBe(1);
    expect(await row(id)).toMatchObject({ state: 'queued', attempts: 1 });
  });

  it('of a worker that was killed frees the row when its lease has run out, and is marked [R3]', async () => {
    const id = await queued();
    const lease = {
      lease: 'of a dead worker',
      leasedUntil: new Date(world.clock.now().getTime() + 120_000),
      attempts: 1,
    };
    await world.db.compareAndSet(OutgoingMail, { id }, lease);
    expect(await drain()).toBe(0);
    world.clock.advance({ minutes: 3 });
    expect(await drain()).toBe(1);
    expect(await row(id)).toMatchObject({ state: 'sent', attempts: 2, doubtful: 1 });
  });

  it('to agree between two workers never sends a mail twice [R3]', async () => {
    for (let i = 0; i < 40; i++) await queued();
    const sent = await Promise.all([drain(), drain(), drain()]);
    expect(sent.reduce((a, b) => a + b)).toBe(40);
    expect(new Set(world.transport.deliveries.map(({ id }) => id)).size).toBe(40);
    expect(world.transport.deliveries).toHaveLength(40);
  });
});

describe('the links of a mail', () => {
  it('open pages that change nothing, however often a scanner follows them [CI8]', async () => {
    const conference = await openConference(world);
    await register(world.client(), conference, { email: 'scanned@example.org' });
    const mail = (await world.mails()).find(({ to }) => to === 'scanned@example.org')!;
    const links = [...new Set(mail.text.match(/https?:\/\/\S+/g))].filter((url) =>
      url.startsWith(world.config.publicUrl),
    );
    expect(links.some((url) => url.includes('/link/'))).toBe(true);
    const before = await rowsOf(world);
    for (const url of [...links, ...links]) {
      const scanner = world.client();
      for (const answer of [await scanner.head(url), await scanner.get(url)]) expect(answer.status).toBeLessThan(400);
    }
    expect(await rowsOf(world)).toEqual(before);
    const visitor = world.client();
    const page = new URL(mail.link('/link/')).pathname;
    expect((await visitor.submit(page, {}, page)).status).toBe(303);
  });
});
