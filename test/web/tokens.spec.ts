import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer, Socket, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { AccessLinks } from '../../src/features/accounts/index.js';
import { Releases, Sessions } from '../../src/features/programme/index.js';
import { PolicyCheck } from '../../src/platform/web/policy-check.js';
import { TOKEN_PURPOSES, type TokenPurpose } from '../../src/platform/web/policy.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { hostile } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';
import { cookiesOf, send, tokenIn } from '../support/visits.js';

let world: TestApp;
let here: Scene;
let account: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  account = await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

/** Purposes that one page serves: a link to one's registration signs in, an invited colleague sets a first password. */
const TOGETHER: Partial<Record<TokenPurpose, TokenPurpose>> = { resume: 'sign-in', 'staff-invitation': 'password' };

describe('secret links', () => {
  const links = () =>
    world
      .get(PolicyCheck)
      .routes()
      .filter(({ policy }) => policy.kind === 'token');

  it('[T1] [P25] of one purpose are unknown to the routes of every other, and stay unused', async () => {
    const client = world.client();
    const _csrf = tokenIn((await client.get('/en/sign-in')).body);
    const admitted: string[] = [];
    for (const purpose of TOKEN_PURPOSES) {
      const { token } = await world
        .get(AccessLinks)
        .issue({
          purpose,
          subjectId: purpose.includes('staff') || purpose === 'password' ? account : here.person.id,
          minutes: 60,
        });
      for (const route of links()) {
        if (route.policy.kind !== 'token' || [purpose, TOGETHER[purpose]].includes(route.policy.purpose)) continue;
        world.clock.advance({ minutes: 11 });
        const path = route.paths[0]!.replace(/:\w+/, token);
        const answer =
          route.methods === 'GET'
            ? await client.get(path)
            : await client.post(path, { _csrf, password: 'a new password 12', answer: 'accept' });
        if (answer.status !== 404) admitted.push(`${purpose} at ${route.methods} ${route.paths[0]}: ${answer.status}`);
      }
      expect([purpose, (await world.get(AccessLinks).peek(purpose, token))?.state]).toEqual([
        purpose,
        expect.not.stringMatching('used'),
      ]);
    }
    expect(admitted).toEqual([]);
  }, 60_000);

  it('[T1] are not in the database: no usable token, code, password or cookie in any row', async () => {
    const { token, code } = await world
      .get(AccessLinks)
      .issue({ purpose: 'sign-in', subjectId: here.person.id, minutes: 30, withCode: true, email: here.person.email! });
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const secrets = [token, organizer.cookie('session')!];
    expect(token.length).toBeGreaterThanOrEqual(22);
    for (const { tableName } of world.db.manager.connection.entityMetadatas) {
      const dump = JSON.stringify(await world.db.manager.query(`SELECT * FROM ${tableName}`));
      for (const secret of secrets) expect([tableName, dump.includes(secret)]).toEqual([tableName, false]);
      if (tableName === 'access_links') expect(dump).not.toContain(`"${code!}"`);
    }
  });

  it('[T1] [T4] with a changed, shortened or empty token are not found', async () => {
    const { token } = await world
      .get(AccessLinks)
      .issue({ purpose: 'sign-in', subjectId: here.person.id, minutes: 30 });
    const client = world.client();
    expect((await client.get(`/en/link/${token}`)).status).toBe(200);
    const flipped = (token.startsWith('A') ? 'B' : 'A') + token.slice(1);
    for (const wrong of [
      flipped,
      token.slice(0, -1),
      `${token}A`,
      token.toUpperCase() === token ? token.toLowerCase() : token.toUpperCase(),
      '%00',
      `${token}%20`,
      '..%2f',
    ]) {
      const { status, headers } = await client.get(`/en/link/${wrong}`);
      expect([wrong, status]).toEqual([wrong, 404]);
      expect(headers['referrer-policy']).toBe('same-origin');
    }
  });
});

describe('addresses that people give', () => {
  let server: Server;
  let connections = 0;
  const original = Reflect.get(Socket.prototype, 'connect') as (...given: unknown[]) => Socket;
  const reached: string[] = [];

  beforeAll(async () => {
    server = createServer((socket) => {
      connections++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    Socket.prototype.connect = function (this: Socket, ...args: never[]) {
      reached.push(JSON.stringify(args[0]));
      return original.apply(this, args);
    };
  });
  afterAll(() => {
    Socket.prototype.connect = original as Socket['connect'];
    server.close();
  });

  it('[P22] [P10] [F4] are links and are never fetched: loopback, metadata, other spellings of both', async () => {
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const headers = {
      origin: ORIGIN,
      cookie: cookiesOf(organizer),
      'x-csrf-token': tokenIn((await organizer.get('/org/people')).body),
      'content-type': 'application/json',
    };
    const { port } = server.address() as AddressInfo;
    const kept = hostile('url')
      .filter(({ verdict }) => verdict === 'keep')
      .map(({ value }) => value.replace(/^http:/, 'https:'));
    const { sessionId, programmeId } = here;
    for (const onlineUrl of [...kept, `https://127.0.0.1:${port}/`, `https://localhost:${port}/x`]) {
      const { version } = await world.get(Sessions).byId(programmeId, sessionId);
      const saved = await send(
        world,
        'PATCH',
        `/api/v1/conferences/here/sessions/${sessionId}`,
        { ...headers, 'if-match': `"v${version}"` },
        JSON.stringify({ onlineUrl }),
      );
      expect([onlineUrl, saved.statusCode]).toEqual([onlineUrl, 200]);
      await world.get(Releases).publish(programmeId, { name: { en: 'Next' } });
      await organizer.get(`/org/c/here/sessions/${sessionId}`);
      await world.client().get('/en/c/here/programme');
      await world.client().get('/c/here/programme.json');
    }
    await world.mails();
    expect(connections).toBe(0);
    expect(reached.filter((to) => to.includes(`"port":${port}`) || /169\.254|2130706433|ffff/.test(to))).toEqual([]);
  }, 60_000);

  it.each(
    hostile('url')
      .filter(({ verdict }) => verdict === 'refuse')
      .map(({ id, value }) => [id, value]),
  )('[P10] [X2] are refused where they could run or deceive: %s', async (_id, onlineUrl) => {
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const headers = {
      origin: ORIGIN,
      cookie: cookiesOf(organizer),
      'x-csrf-token': tokenIn((await organizer.get('/org/people')).body),
      'content-type': 'application/json',
    };
    const { version } = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    const saved = await send(
      world,
      'PATCH',
      `/api/v1/conferences/here/sessions/${here.sessionId}`,
      { ...headers, 'if-match': `"v${version}"` },
      JSON.stringify({ onlineUrl }),
    );
    expect([saved.statusCode, saved.json<{ errors: { field: string }[] }>().errors?.[0]?.field]).toEqual([
      422,
      'onlineUrl',
    ]);
  });
});
