import { DatabaseSync } from 'node:sqlite';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { Session } from '../../src/features/programme/index.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { ENGINE } from '../support/database.js';
import { hostile } from '../support/hostile.js';
import { PASSWORD, signedIn, staff } from '../support/house.js';
import { hiddenFields } from '../support/client.js';
import { delegate, register } from '../support/conference.js';
import { scene } from '../support/scene.js';
import { send } from '../support/visits.js';

const PRODUCTION = {
  NODE_ENV: 'production',
  SECRET_KEY: 'a secret key for tests, long enough',
  VAULT_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64url')}`,
  LOG_LEVEL: 'debug',
};

interface Line {
  time: string;
  level: string;
  context: string;
  message?: string;
  request?: string;
  route?: string;
  status?: number;
  stack?: string;
}

let world: TestApp | undefined;
afterEach(async () => {
  jest.restoreAllMocks();
  await world?.close();
  world = undefined;
});

/** Everything that the process writes from now on, line by line. */
function listen(): { text: () => string; lines: () => Line[] } {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => {
      written.push(String(chunk));
      return true;
    });
  const text = () => written.join('');
  return {
    text,
    lines: () =>
      text()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line),
  };
}

describe('the log', () => {
  it('[V4] names requests by id and route pattern, and holds nothing that anybody typed, opened or was sent', async () => {
    const { text, lines } = listen();
    world = await startApp(PRODUCTION);
    const { conference } = await scene(world, 'here', 'H');
    await staff(world, 'canary-admin@example.org', [
      { role: 'admin', conferenceId: null },
      { role: 'organizer', conferenceId: null },
    ]);
    const started = lines().length;
    let requests = 0;
    const count = async <T>(answers: number, work: Promise<T>): Promise<T> => {
      requests += answers;
      return work;
    };
    const typed = {
      given: 'Канарэйка',
      family: 'CANARYFAMILY',
      email: 'canary-delegate@example.org',
      institution: 'CANARYHOUSE',
      phone: '+375 29 7654321',
    };
    await count(2, register(world.client(), conference, typed));
    await count(2, register(world.client(), conference, { ...typed, consent: undefined, phone: 'CANARYPHONE' }));
    const mail = (await world.mails()).findLast(({ to }) => to === typed.email)!;
    const link = mail.link('/link/').replace(ORIGIN, '');
    const token = /\/link\/([\w-]+)/.exec(link)![1]!;
    const visitor = world.client();
    await count(2, visitor.submit(link, {}));
    await count(1, visitor.get('/en/my?q=CANARYQUERY'));
    const admin = await count(2, signedIn(world.client(), 'canary-admin@example.org'));
    await count(
      2,
      world.client().submit('/staff/sign-in', { email: 'canary-admin@example.org', password: 'CANARYPASSWORD' }),
    );
    await count(1, admin.get('/org/c/here/registrations?q=CANARYFAMILY'));
    await count(1, admin.get('/org/people?q=canary-delegate@example.org'));
    await count(1, admin.get('/en/c/CANARYSLUG'));
    await count(
      1,
      send(world, 'GET', '/en/my', {
        cookie: 'session=CANARYCOOKIE',
        referer: 'https://example.org/CANARYREFERER',
        'user-agent': 'CANARYAGENT',
      }),
    );
    await count(1, send(world, 'GET', '/api/v1/people', { authorization: 'Bearer CANARYTOKEN' }));

    for (const secret of [
      /CANARY/i,
      /Канарэйка/,
      /7654321/,
      /127\.0\.0\.1|10\.0\.\d/,
      new RegExp(token),
      new RegExp(PASSWORD),
    ])
      expect(text()).not.toMatch(secret);
    const http = lines()
      .slice(started)
      .filter(({ context, request }) => context === 'http' && request !== undefined);
    expect(http).toHaveLength(requests);
    expect(new Set(http.map(({ request }) => request)).size).toBe(requests);
    expect(http.map(({ route }) => route)).toEqual(
      expect.arrayContaining(['/en/c/:conf/register', '/en/link/:token', '/org/c/:conf/registrations']),
    );
  });

  it('[V4] has one line per event, whatever control characters come', async () => {
    const { text, lines } = listen();
    world = await startApp(PRODUCTION);
    const before = lines().length;
    const values = hostile('control', 'header').filter(({ value }) => !/\p{Cs}/u.test(value));
    for (const { value } of values)
      await send(world, 'GET', `/en/c/${encodeURIComponent(value)}?q=${encodeURIComponent(value)}`, {
        'user-agent': encodeURIComponent(value),
      });
    expect(lines().slice(before)).toHaveLength(values.length);
    expect(text()).not.toMatch(/[^\P{Cc}\n]|[\u2028\u2029]/u);
  });
});

describe('a fault', () => {
  it('[V5] shows a request id and no cause: page and API; the log has the class, the place and the same id', async () => {
    const { text, lines } = listen();
    world = await startApp(PRODUCTION);
    await scene(world, 'here', 'H');
    await staff(world, 'admin@example.org', [{ role: 'organizer', conferenceId: null }]);
    const admin = await signedIn(world.client(), 'admin@example.org');
    const { tableName } = world.db.manager.connection.getMetadata(Session);
    await world.db.manager.query(`ALTER TABLE ${tableName} RENAME TO gone_canary`);
    try {
      for (const path of ['/org/c/here/sessions', '/api/v1/conferences/here/sessions']) {
        const { status, body, headers } = await admin.get(path);
        expect(status).toBe(500);
        expect(body).not.toMatch(
          /gone_canary|sessions? (s|WHERE)|SELECT|no such table|doesn't exist|QueryFailed|node_modules|\.js:\d|src\/|at \w+ \(/i,
        );
        expect(headers['cache-control']).toBe('private, no-store');
        const id = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/.exec(body)![0];
        expect(lines().some(({ request, status: told }) => request === id && told === 500)).toBe(true);
      }
    } finally {
      await world.db.manager.query(`ALTER TABLE gone_canary RENAME TO ${tableName}`);
    }
    const faults = lines().filter(({ level }) => level === 'error');
    expect(faults).toHaveLength(2);
    expect(faults[0]).toMatchObject({
      message: expect.stringContaining('QueryFailedError'),
      stack: expect.stringMatching(/\n?\s+at /),
    });
    expect(text()).not.toMatch(/SELECT/);
  });

  it('[V5] is a 503 with Retry-After while the database cannot be used, and all is well afterwards', async () => {
    listen();
    world = await startApp(PRODUCTION);
    const { conference } = await scene(world, 'here', 'H');
    expect((await send(world, 'GET', '/readyz')).statusCode).toBe(200);
    const visitor = world.client();
    const form = hiddenFields((await visitor.get('/en/c/here/register')).body, '/en/c/here/register');
    const giveBack = await takeAway(world);
    const answer = await visitor.post('/en/c/here/register', { ...form, ...delegate() });
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(answer.body).not.toMatch(/locked|SQLITE|ER_|gone away|\.js:\d/);
    expect((await send(world, 'GET', '/healthz')).statusCode).toBe(200);
    await giveBack();
    expect((await register(world.client(), conference)).status).toBe(303);
  }, 60_000);
});

/** Another process holds SQLite's write lock; the pool of connections to the server is closed. */
async function takeAway({ db, config }: TestApp): Promise<() => Promise<void>> {
  if (ENGINE === 'sqlite') {
    const other = new DatabaseSync(config.databaseUrl.slice('sqlite:'.length));
    other.exec('BEGIN IMMEDIATE');
    return () => Promise.resolve(other.exec('ROLLBACK')).then(() => other.close());
  }
  const { connection } = db.manager;
  await connection.destroy();
  return async () => void (await connection.initialize());
}
