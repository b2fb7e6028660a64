// @engine sqlite
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { assetUrl } from '../../src/platform/web/assets.js';
import { PublishedAnswers } from '../../src/platform/web/published-answers.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { hostile, hostileValue } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';
import { cookiesOf, send, still, tokenIn, publicAddresses } from '../support/visits.js';

let world: TestApp;
let here: Scene;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  await staff(world, 'admin@example.org', [
    { role: 'admin', conferenceId: null },
    { role: 'organizer', conferenceId: null },
  ]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const as = (email: string) => signedIn(world.client(), email);
const visit = (url: string, headers: Record<string, string> = {}) => send(world, 'GET', url, headers);

describe('headers', () => {
  const KEPT = [
    'cache-control',
    'content-security-policy',
    'content-type',
    'cross-origin-opener-policy',
    'cross-origin-resource-policy',
    'permissions-policy',
    'referrer-policy',
    'strict-transport-security',
    'x-content-type-options',
    'x-powered-by',
    'server',
  ];
  const CSP =
    "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;font-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';form-action 'self';base-uri 'none';frame-ancestors 'none'";
  const COMMON = {
    'content-security-policy': CSP,
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=()',
    'referrer-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
  };
  const KINDS: [
    kind: string,
    url: string,
    status: number,
    cache: string | RegExp,
    type: string | RegExp,
    more?: Record<string, string>,
  ][] = [
    ['a published page', '/en/c/here', 200, /^public, max-age=0, s-maxage=300/, /^text\/html/],
    ['a page with a form', '/en/c/here/register', 200, 'private, no-store', /^text\/html/],
    ['an error page', '/en/nothing-here', 404, 'private, no-store', /^text\/html/],
    [
      'the schedule',
      '/c/here/programme.json',
      200,
      /^public/,
      /^application\/json/,
      { 'cross-origin-resource-policy': 'cross-origin' },
    ],
    ['a problem of the API', '/api/v1/conferences', 401, 'private, no-store', /^application\/problem\+json/],
    ['an address that cannot be decoded', '/%zz', 400, /no-store/, /./],
    ['health', '/healthz', 200, 'no-store', /^application\/json/],
  ];

  it.each(KINDS)('[B2] [B3] of %s', async (_kind, url, status, cache, type, more = {}) => {
    const first = await visit(url);
    const answer = await visit(url);
    const lasting = (given: object) =>
      Object.keys(given)
        .filter((name) => !/^(x-ratelimit|date|connection|keep-alive)/.test(name))
        .sort();
    expect(lasting(answer.headers)).toEqual(lasting(first.headers));
    const headers = Object.fromEntries(
      KEPT.flatMap((name) => (answer.headers[name] === undefined ? [] : [[name, answer.headers[name]]])),
    );
    expect(answer.statusCode).toBe(status);
    expect(headers).toEqual({
      ...COMMON,
      'cache-control': expect.stringMatching(cache),
      'content-type': expect.stringMatching(type),
      ...more,
    });
  });

  it('[B3] of a style sheet: kept for a year, because its name changes with its content', async () => {
    const answer = await visit(assetUrl('css/app.css'));
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ ...COMMON, 'cache-control': expect.stringMatching(/immutable/) });
  });

  it('[B3] under HTTPS ask for HTTPS for ever', async () => {
    const secure = await startApp({ PUBLIC_URL: 'https://skaryna.example' });
    try {
      const answer = await send(secure, 'GET', '/en/help', { host: 'skaryna.example' });
      expect(answer.headers['strict-transport-security']).toMatch(/max-age=31536000/);
      expect([answer.headers['set-cookie']].flat().join()).toMatch(/^(__Host-|undefined)/);
    } finally {
      await secure.close();
    }
  });
});

describe('the host of a request', () => {
  it.each(
    hostile('host')
      .filter(({ value }) => !/[\r\n]/.test(value))
      .map(({ id, value }) => [id, value]),
  )('[B4] is ours or nobody’s: %s', async (_id, host) => {
    const answer = await visit('/en/', { host });
    expect(answer.statusCode).toBe(400);
    expect(answer.body).not.toContain(host);
    expect(answer.headers).toMatchObject({
      'content-security-policy': expect.stringContaining("default-src 'none'"),
      'x-content-type-options': 'nosniff',
    });
  });

  it('[B4] [P15] is told by nobody but the request: forwarding headers change no link, no mail and no limit', async () => {
    const forwarded = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      forwarded: 'host=evil.example',
      'x-host': 'evil.example',
      'x-original-host': 'evil.example',
    };
    const page = await visit('/en/c/here/register', forwarded);
    expect(page.statusCode).toBe(200);
    expect(page.body).not.toContain('evil.example');
    const client = world.client();
    const opened = await client.get('/en/sign-in');
    const asked = await client.post(
      '/en/sign-in',
      { _csrf: tokenIn(opened.body), email: here.person.email!, next: '' },
      forwarded,
    );
    expect(asked.status).toBe(303);
    expect(asked.location).not.toContain('evil.example');
    const mail = (await world.mails()).findLast(({ to }) => to === here.person.email)!;
    expect(mail.link('/link/')).toMatch(new RegExp(`^${ORIGIN}/en/link/`));
    expect(mail.raw).not.toContain('evil.example');
  });

  it('[B4] [P15] counts the peer, whatever X-Forwarded-For says', async () => {
    const statuses: number[] = [];
    for (let attempt = 0; attempt < 31; attempt++) {
      const client = world.client();
      const opened = await client.get('/en/c/here/register');
      statuses.push(
        (
          await client.post(
            '/en/c/here/register',
            { _csrf: tokenIn(opened.body) },
            { 'x-forwarded-for': `198.51.100.${attempt}` },
          )
        ).status,
      );
    }
    expect([statuses.slice(0, 30).every((status) => status === 422), statuses[30]]).toEqual([true, 429]);
  });
});

describe('caches', () => {
  it('[B6] [P16] never share a body between a visitor with and one without a cookie', async () => {
    const admin = await as('admin@example.org');
    await admin.get('/org/conferences');
    const cookie = cookiesOf(admin);
    const wrong: string[] = [];
    for (const address of publicAddresses(world, here, ['nothing'])) {
      const signed = await visit(address, { cookie });
      const anonymous = await visit(address);
      const caching = String(signed.headers['cache-control'] ?? 'none');
      const shared = caching.startsWith('public');
      if (
        shared &&
        (signed.body !== anonymous.body ||
          signed.headers['set-cookie'] !== undefined ||
          signed.body.includes('name="_csrf" value="'))
      )
        wrong.push(`${address} shares`);
      if (!shared && !/no-store|no-cache/.test(caching)) wrong.push(`${address}: ${caching}`);
    }
    expect(wrong).toEqual([]);
    // Whoever is signed in sees that on pages of their own.
    expect((await visit('/en/c/here/register', { cookie })).body).not.toBe((await visit('/en/c/here/register')).body);
  });

  it('[B6] [P16] get no entry from unknown languages, days or words, however many', async () => {
    const kept = () => (world.get(PublishedAnswers) as unknown as { answers: Map<string, unknown> }).answers.size;
    const ask = async (n: number) => {
      await visit(`/c/here/programme.json?lang=x${n}`);
      await visit(`/en/c/here/programme?day=${n}&lang=x${n}`);
      await visit(`/en/c/here?lang=x${n}`);
      await visit(`/en/?q=${n}`);
    };
    await ask(0);
    const before = kept();
    expect(before).toBeGreaterThan(2);
    for (let n = 1; n < 250; n++) await ask(n);
    expect(kept()).toBe(before);
  }, 60_000);
});

describe('bodies and queries', () => {
  const json = { 'content-type': 'application/json' };

  it('[B7] over 100 kB are refused, in forms and in the API', async () => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/series/new');
    expect(
      (await admin.post('/org/series', { _csrf: tokenIn(opened.body), code: 'big', 'title.en': 'x'.repeat(100_001) }))
        .status,
    ).toBe(413);
    const headers = { ...json, origin: ORIGIN, cookie: cookiesOf(admin), 'x-csrf-token': tokenIn(opened.body) };
    const answer = await send(
      world,
      'POST',
      '/api/v1/series',
      headers,
      JSON.stringify({ code: 'big', title: { en: 'x'.repeat(100_001) } }),
    );
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      413,
      expect.stringMatching(/^application\/problem\+json/),
    ]);
  });

  it.each(
    hostile('object')
      .slice(0, 7)
      .map(({ id, value }) => [id, value]),
  )('[B7] that no form of ours sends are refused: %s', async (_id, body) => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/series/new');
    const headers = { ...json, origin: ORIGIN, cookie: cookiesOf(admin), 'x-csrf-token': tokenIn(opened.body) };
    for (const path of ['/api/v1/series', '/api/v1/people', '/org/series']) {
      const { statusCode } = await send(world, 'POST', path, headers, body);
      expect([path, [400, 422].includes(statusCode)]).toEqual([path, true]);
    }
    expect(({} as { admin?: unknown }).admin).toBeUndefined();
  });

  it('[B7] that nest 20,000 deep, or are no JSON, are refused without a fault', async () => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/series/new');
    const headers = { ...json, origin: ORIGIN, cookie: cookiesOf(admin), 'x-csrf-token': tokenIn(opened.body) };
    for (const body of [
      `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
      `{"title":${'{"a":'.repeat(9000)}1${'}'.repeat(9000)}}`,
      '{"code":',
      'null',
      '7',
      '"x"',
      '',
    ]) {
      const { statusCode } = await send(world, 'POST', '/api/v1/series', headers, body);
      expect([body.slice(0, 20), [400, 422].includes(statusCode)]).toEqual([body.slice(0, 20), true]);
    }
    expect(
      (await send(world, 'POST', '/org/series', { ...headers, 'content-type': 'text/xml' }, '<a/>')).statusCode,
    ).toBe(415);
  });

  it('[B7] with an unknown field are refused, and the name is told', async () => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/series/new');
    const answer = await admin.post('/org/series', {
      _csrf: tokenIn(opened.body),
      code: 'known',
      'title.en': 'Known',
      admin: '1',
    });
    expect(answer.status).toBe(422);
    const problem = await send(
      world,
      'POST',
      '/api/v1/series',
      { ...json, origin: ORIGIN, cookie: cookiesOf(admin), 'x-csrf-token': tokenIn(opened.body) },
      JSON.stringify({ code: 'known', title: { en: 'Known' }, admin: true }),
    );
    expect([problem.statusCode, problem.json<{ errors: object[] }>().errors]).toEqual([
      422,
      [expect.objectContaining({ field: 'admin', code: 'error.unknown' })],
    ]);
  });

  it('[B7] in the query change nothing in rendering', async () => {
    const plain = still((await visit('/en/c/here/register')).body);
    const nasty = [
      'layout=../../../../etc/passwd',
      'layout=plain',
      'settings[view%20options][client]=1',
      'settings.views=/etc',
      '__proto__[layout]=x',
      'partials[x]=y',
      'page.viewer=admin',
      `_csrf=${encodeURIComponent(hostileValue('xss-20'))}`,
    ];
    for (const query of nasty) {
      const { statusCode, body } = await visit(`/en/c/here/register?${query}`);
      expect([query, statusCode]).toEqual([query, 200]);
      expect(still(body).replaceAll(/\?[^"]*"/g, '"')).toBe(plain.replaceAll(/\?[^"]*"/g, '"'));
    }
  });

  it.each(
    hostile('object')
      .slice(7)
      .map(({ id, value }) => [id, value]),
  )('[B7] as a slug are an ordinary unknown page: %s', async (_id, slug) => {
    for (const path of [`/en/c/${slug}`, `/c/${slug}/programme.json`, `/en/${slug}`])
      expect([path, (await visit(path)).statusCode]).toEqual([path, 404]);
  });
});
