import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Outbox } from '../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { CONNECTIONS } from '../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../support/app.js';
import { delegate, openConference } from '../support/conference.js';
import { ENGINE } from '../support/database.js';
import { ServerProcess, until } from '../support/server-process.js';
import { SmtpSink, type Received } from '../support/smtp-sink.js';

const KILLS = 20;
// SQLite is for one process; a server takes any number of workers.
const WORKERS = ENGINE === 'sqlite' ? 1 : 2;

let world: TestApp;
let sink: SmtpSink;
let servers: ServerProcess[] = [];
let run = 0;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());
beforeEach(async () => {
  run++;
  sink = await SmtpSink.start();
});
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
  await sink.down();
  // what is left of one run must not be sent in the next
  await world.db.compareAndSet(OutgoingMail, { state: 'queued' }, { state: 'discarded' });
});

const mails = () => world.db.repository(OutgoingMail);
const waiting = () => mails().countBy({ state: 'queued' });
const started = async () => {
  const { databaseUrl, dataDir } = world.config;
  const server = await ServerProcess.start({ databaseUrl, dataDir, mailUrl: sink.url, env: { BENCH: '1' } });
  servers.push(server);
  return server;
};

async function queue(count: number, recipient = (n: number) => `guest${n}.${run}@example.org`): Promise<void> {
  const messages = Array.from({ length: count }, (_, n) => ({
    kind: 'fault',
    cause: `fault:${run}:${n}`,
    to: { address: recipient(n) },
    locale: 'be' as const,
    subject: `Запрашэнне ${n}`,
    blocks: [{ kind: 'text', text: 'Чакаем вас.' } as const],
  }));
  for (let at = 0; at < count; at += 100) await world.get(Outbox).enqueueAll(messages.slice(at, at + 100));
}

function byRecipient(received: readonly Received[]): Map<string, Received[]> {
  return Map.groupBy(received, ({ to }) => to.join(','));
}

/** Stands for the two minutes in which the lease of a dead worker runs out. */
async function letLeasesRunOut(): Promise<void> {
  await mails()
    .createQueryBuilder()
    .update()
    .set({ leasedUntil: new Date(Date.now() - 1000) })
    .where('state = :state AND lease IS NOT NULL', { state: 'queued' })
    .execute();
}

/** Stands for the minute until the next attempt. */
async function oneIsDue(): Promise<void> {
  const { id } = await mails().findOneByOrFail({ state: 'queued' });
  await world.db.compareAndSet(OutgoingMail, { id }, { dueAt: new Date(Date.now() - 1000) });
}

describe(`a run of mails on ${ENGINE}`, () => {
  it(`with ${KILLS} kills of its workers reaches everybody, repeating only what was on the wire [R3]`, async () => {
    const COUNT = 1000;
    await queue(COUNT);
    sink.answerAfterMs = 20;
    const alive = await Promise.all(Array.from({ length: WORKERS }, started));
    for (let kill = 0; kill < KILLS; kill++) {
      await sink.waitFor(Math.floor((COUNT / (KILLS + 1)) * (kill + 0.5 + Math.random() / 2)), 60_000);
      const at = Math.floor(Math.random() * alive.length);
      await alive[at]!.end('SIGKILL');
      alive[at] = await started();
    }
    await until('only leased mails are left', async () => {
      const left = await mails().findBy({ state: 'queued' });
      return left.every(({ lease }) => lease !== null);
    });
    await letLeasesRunOut();
    await until('everything is sent', async () => (await waiting()) === 0);

    const copies = byRecipient(sink.received);
    expect(copies.size).toBe(COUNT);
    for (const [first, ...others] of copies.values())
      for (const other of others) expect(other.raw.equals(first!.raw)).toBe(true);
    expect(sink.received.length - COUNT).toBeLessThanOrEqual(KILLS * CONNECTIONS);
    const rows = await mails().find();
    expect([rows.length, rows.filter(({ state }) => state === 'sent').length]).toEqual([COUNT, COUNT]);
    const repeated = [...copies].filter(([, all]) => all.length > 1).map(([to]) => to);
    const marked = rows.filter(({ doubtful }) => doubtful > 0).map(({ recipient }) => recipient);
    expect(repeated.filter((to) => !marked.includes(to))).toEqual([]);
  });

  it('waits while the mail server is away, lets people register meanwhile, and loses and repeats nothing [R1]', async () => {
    const COUNT = 300;
    const conference = await openConference(world, { capacity: null });
    await queue(COUNT);
    sink.answerAfterMs = 10;
    const server = await started();
    await sink.waitFor(COUNT / 3);
    await sink.down();
    const page = `/en/c/${conference.slug}/register`;
    const visitor = server.visitor();
    const hidden = await visitor.open(page);
    expect((await visitor.post(page, { ...hidden, ...delegate({ email: 'patient@example.org' }) })).status).toBe(303);
    await until('each mail was tried in vain', async () => {
      const left = await mails().findBy({ state: 'queued' });
      return (
        left.length > 0 &&
        left.every(({ attempts, lease, dueAt }) => attempts > 0 && lease === null && dueAt > new Date())
      );
    });
    await sink.up();
    await oneIsDue();
    await until('everything is sent', async () => (await waiting()) === 0);
    const copies = byRecipient(sink.received);
    expect(copies.has('patient@example.org')).toBe(true);
    // A message whose final dot had arrived when the connection broke may come again; every other comes once.
    const doubtful = (await mails().find()).filter((mail) => mail.doubtful > 0).map(({ recipient }) => recipient);
    expect([...copies].filter(([to, all]) => all.length > 1 && !doubtful.includes(to))).toEqual([]);
    expect(copies.size).toBe(COUNT + 1);
  });

  it('is not held up by answers 4xx and 5xx, silence and cut connections [R2]', async () => {
    const kinds = ['accept', 'later', 'never', 'cut', 'hang'];
    sink.behave((to) => {
      if (to.startsWith('later')) return { code: 451 };
      if (to.startsWith('never')) return { code: 550, at: 'recipient' };
      if (to.startsWith('cut')) return 'cut';
      return to.startsWith('hang') ? 'hang' : 'accept';
    });
    await queue(60, (n) => (n < 5 ? `${kinds[n]}.${run}@example.org` : `guest${n}.${run}@example.org`));
    const server = await started();
    const of = (kind: string) => mails().findOneByOrFail({ recipient: `${kind}.${run}@example.org` });
    await until('the others are sent', async () => (await mails().countBy({ state: 'sent', kind: 'fault' })) >= 56);
    await until('the silent one is given back', async () => (await of('hang')).problem !== null, 60_000);
    expect(server.running).toBe(true);
    expect(await of('never')).toMatchObject({ state: 'failed', attempts: 1, problem: 'SMTP 550' });
    expect(await of('later')).toMatchObject({ state: 'queued', problem: 'SMTP 451', doubtful: 0 });
    expect(await of('cut')).toMatchObject({ state: 'queued', doubtful: 1 });
    expect(await of('hang')).toMatchObject({ state: 'queued', doubtful: 1 });
    const inMinutes = ((await of('later')).dueAt.getTime() - Date.now()) / 60_000;
    expect(inMinutes).toBeLessThanOrEqual(1);
  });

  it('stops within 10 s of SIGTERM, mid-run, with no lease kept and nothing sent twice [R11]', async () => {
    const COUNT = 100;
    await queue(COUNT);
    sink.answerAfterMs = 150;
    const server = await started();
    await sink.waitFor(12);
    expect(await server.end('SIGTERM')).toBeLessThan(10_000);
    const left = await mails().findBy({ state: 'queued' });
    expect(left.length).toBeGreaterThan(0);
    expect(left.filter(({ lease }) => lease !== null)).toEqual([]);
    await started();
    await until('everything is sent', async () => (await waiting()) === 0);
    expect(sink.received).toHaveLength(COUNT);
    expect(byRecipient(sink.received).size).toBe(COUNT);
  });

  it('stops within 10 s of SIGTERM although the mail server is silent, and marks what was on the wire [R11] [R3]', async () => {
    await queue(20);
    sink.behave('hang');
    const server = await started();
    await until('all connections are busy', async () => {
      const rows = await mails().findBy({ state: 'queued' });
      return rows.filter(({ lease }) => lease !== null).length === CONNECTIONS;
    });
    expect(await server.end('SIGTERM')).toBeLessThan(10_000);
    const left = await mails().findBy({ state: 'queued' });
    expect(left.filter(({ lease }) => lease !== null)).toEqual([]);
    expect(left.filter(({ doubtful }) => doubtful > 0)).toHaveLength(CONNECTIONS);
    sink.behave('accept');
    await started();
    await sink.waitFor(20, 30_000);
  });
});
