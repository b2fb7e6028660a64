import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../../support/app.js';
import { scene } from '../../../support/scene.js';

let world: TestApp;
let page: string;

beforeAll(async () => {
  world = await startApp();
  const { conference } = await scene(world, 'congress', 'C');
  page = `/en/c/${conference.slug}/programme`;
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
