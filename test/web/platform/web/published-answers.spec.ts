import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Releases, Sessions } from '../../../../src/features/programme/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let here: Scene;
let page: string;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'congress', 'C');
  page = `/en/c/${here.conference.slug}/programme`;
});
afterAll(() => world.close());

const NOT_COMPARED = ['date', 'connection', 'keep-alive', 'set-cookie'];
const told = (headers: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(headers).filter(([name]) => !NOT_COMPARED.includes(name) && !name.startsWith('x-ratelimit')),
  );

describe('an answer that is kept', () => {
  it('has all headers of the first one, in every encoding [B2]', async () => {
    const visitor = world.client();
    const first = await visitor.get(page);
    const kept = await visitor.get(page);
    expect(told(kept.headers)).toEqual(told(first.headers));
    expect(kept.headers['content-security-policy']).toContain("default-src 'none'");
    expect(kept.body).toBe(first.body);
    for (const encoding of ['gzip', 'br']) {
      const packed = await visitor.get(page, { 'accept-encoding': encoding });
      expect([packed.headers['content-encoding'], packed.headers['x-content-type-options']]).toEqual([
        encoding,
        'nosniff',
      ]);
    }
  });

  it('is not sent again to who has it, and still says how it may be used', async () => {
    const visitor = world.client();
    const { headers } = await visitor.get(page, { 'accept-encoding': 'gzip' });
    const unchanged = await visitor.get(page, { 'accept-encoding': 'gzip', 'if-none-match': String(headers['etag']) });
    expect([unchanged.status, unchanged.raw.length]).toEqual([304, 0]);
    const names = ['etag', 'vary', 'cache-control', 'content-security-policy'];
    expect(names.map((name) => unchanged.headers[name])).toEqual(names.map((name) => headers[name]));
    expect(unchanged.headers['content-length']).toBeUndefined();
  });

  it('is refused under another host, like every page [B4]', async () => {
    const visitor = world.client();
    expect((await visitor.get(page)).status).toBe(200);
    const foreign = await visitor.get(page, { host: 'evil.example' });
    expect([foreign.status, foreign.body]).toEqual([400, 'Unknown host\n']);
    expect(foreign.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

// Over the network such answers come before the framework, which never sees the request.
describe('an answer over the network', () => {
  const HOST = '127.0.0.1:3000';
  let port: number;

  beforeAll(async () => {
    await world.app.listen(0, '127.0.0.1');
    port = (world.app.getHttpServer().address() as AddressInfo).port;
  });

  async function ask(method: string, headers: Record<string, string> = {}) {
    const sent = request({ port, host: '127.0.0.1', path: page, method, headers: { host: HOST, ...headers } }).end();
    const [answer] = (await once(sent, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, headers: told(answer.headers), body: await text(answer) };
  }

  it('is the one that the framework gives', async () => {
    const { status, headers, body } = await world.client().get(page);
    const given = { status, headers: told(headers), body };
    expect(await ask('GET')).toEqual(given);
    expect(await ask('HEAD')).toEqual({ ...given, body: '' });
    const unchanged = await ask('GET', { 'if-none-match': String(headers['etag']) });
    expect([unchanged.status, unchanged.body]).toEqual([304, '']);
  });

  it('is for our own host and for reading only [B4]', async () => {
    expect(await ask('GET', { host: 'evil.example' })).toMatchObject({ status: 400, body: 'Unknown host\n' });
    expect(await ask('POST', { 'content-length': '0' })).toMatchObject({ status: 404 });
  });

  it('is another one as soon as another programme is published', async () => {
    const before = await ask('GET');
    const { programmeId, sessionId } = here;
    const session = await world.get(Sessions).byId(programmeId, sessionId);
    await world.get(Sessions).edit(programmeId, session, { title: { en: 'Another title' } });
    await world.get(Releases).publish(programmeId);
    const after = await ask('GET', { 'if-none-match': String(before.headers['etag']) });
    expect([after.status, after.body.includes('Another title')]).toEqual([200, true]);
    expect(before.body).not.toContain('Another title');
  });
});
