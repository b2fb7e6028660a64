import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registration } from '../../src/features/registration/index.js';
import { JournalEntry } from '../../src/platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../support/app.js';
import { delegate, openConference } from '../support/conference.js';
import { ENGINE } from '../support/database.js';
import { OwnMariaDb } from '../support/own-mariadb.js';
import { ServerProcess, until, type Visitor } from '../support/server-process.js';
import { SmtpSink } from '../support/smtp-sink.js';

const EVERY_MS = 20; // 50 requests a second
const possible = ENGINE === 'mariadb' && OwnMariaDb.available();
const where = possible ? 'MariaDB' : 'MariaDB, which needs DB=mariadb and the programs mariadbd and mariadb-install-db';

interface Form {
  visitor: Visitor;
  hidden: Record<string, string>;
}

interface Answered {
  at: number;
  status: number;
  retryAfter: string | null;
  email?: string;
}

/** Visitors who come all the time: each other one reads a page, the others register. */
class Load {
  readonly answers: Answered[] = [];
  private readonly timer: NodeJS.Timeout;
  private readonly open = new Set<Promise<void>>();

  constructor(
    private readonly server: ServerProcess,
    private readonly page: string,
    private readonly forms: Form[],
  ) {
    let n = 0;
    this.timer = setInterval(() => {
      const work = this.one(++n).finally(() => this.open.delete(work));
      this.open.add(work);
    }, EVERY_MS);
  }

  async end(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.open);
  }

  private async one(n: number): Promise<void> {
    const form = n % 2 === 0 ? this.forms.pop() : undefined;
    if (!form) return this.note(await this.server.visitor().get(this.page));
    const email = `load${n}.${this.page.split('/').at(-2)}@example.org`;
    await this.note(await form.visitor.post(this.page, { ...form.hidden, ...delegate({ email }) }), email);
  }

  private async note(answer: Response, email?: string): Promise<void> {
    await answer.arrayBuffer();
    const retryAfter = answer.headers.get('retry-after');
    this.answers.push({ at: performance.now(), status: answer.status, retryAfter, ...(email ? { email } : {}) });
  }
}

(possible ? describe : describe.skip)(`a restart of ${where}`, () => {
  const undo: (() => Promise<unknown>)[] = [];
  let database: OwnMariaDb;
  let world: TestApp;
  let sink: SmtpSink;
  let server: ServerProcess;

  beforeAll(async () => {
    database = await OwnMariaDb.create();
    undo.unshift(() => database.remove());
    world = await startApp({ DATABASE_URL: database.url });
    undo.unshift(() => world.close());
    sink = await SmtpSink.start();
    undo.unshift(() => sink.down());
    const { databaseUrl, dataDir } = world.config;
    server = await ServerProcess.start({ databaseUrl, dataDir, mailUrl: sink.url, env: { BENCH: '1' } });
    undo.unshift(() => server.end('SIGKILL'));
  });
  afterAll(async () => {
    for (const step of undo) await step();
  });

  const ready = async () => (await fetch(`${server.origin}/readyz`)).status;

  it.each(['SIGTERM', 'SIGKILL'] as const)(
    'with %s gives 503 with Retry-After, halves nothing, heals by itself [R4]',
    async (signal) => {
      const { id, slug } = await openConference(world, { capacity: null });
      const page = `/en/c/${slug}/register`;
      const forms: Form[] = [];
      for (let n = 0; n < 200; n++) {
        const visitor = server.visitor();
        forms.push({ visitor, hidden: await visitor.open(page) });
      }
      expect(await ready()).toBe(200);
      const load = new Load(server, page, forms);
      await until('the load runs', () => load.answers.length > 50);
      await database.down(signal);
      await until('requests are refused', () => load.answers.filter(({ status }) => status === 503).length > 50);
      expect(await ready()).toBe(503);
      await database.up();
      const back = performance.now();
      await until('it is ready again', async () => (await ready()) === 200);
      await until(
        'requests succeed again',
        () => load.answers.filter(({ at, status }) => at > back && status < 400).length > 100,
      );
      await load.end();

      const recovered = load.answers.filter(({ at, status }) => at > back + 10_000 && status >= 400);
      expect(recovered).toEqual([]);
      for (const { status, retryAfter } of load.answers)
        expect([status, retryAfter]).toEqual(
          status === 503 ? [503, expect.stringMatching(/^\d+$/)] : [expect.any(Number), null],
        );
      expect(new Set(load.answers.map(({ status }) => status))).toEqual(new Set([200, 303, 503]));

      const rows = await world.db.repository(Registration).findBy({ conferenceId: id });
      const causes = await world.db.repository(OutgoingMail).findBy({ conferenceId: id });
      const entries = await world.db
        .repository(JournalEntry)
        .findBy({ conferenceId: id, type: 'RegistrationReceived' });
      const acknowledged = load.answers.filter(({ status, email }) => email && status === 303);
      expect(rows.length).toBeGreaterThanOrEqual(acknowledged.length);
      expect([causes.length, entries.length]).toEqual([rows.length, rows.length]);
      const recipients = new Set(causes.map(({ recipient }) => recipient));
      expect(acknowledged.filter(({ email }) => !recipients.has(email!))).toEqual([]);
      await until(
        'all mails are sent',
        async () => (await world.db.repository(OutgoingMail).countBy({ conferenceId: id, state: 'queued' })) === 0,
      );
      const sent = sink.received.map(({ to }) => to[0]!).filter((to) => recipients.has(to));
      expect([new Set(sent).size, sent.length]).toEqual([rows.length, rows.length]);
      expect(server.running).toBe(true);
    },
  );
});
