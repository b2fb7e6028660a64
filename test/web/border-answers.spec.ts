import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../src/features/conferences/index.js';
import { Programmes, Releases, Sessions, Talks } from '../../src/features/programme/index.js';
import { assetUrl } from '../../src/platform/web/assets.js';
import { PolicyCheck } from '../../src/platform/web/policy-check.js';
import { PublishedAnswers } from '../../src/platform/web/published-answers.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { hostile, hostileValue } from '../support/hostile.js';
import { signedIn, staff } from '../support/house.js';
import { scene, type Scene } from '../support/scene.js';
import { cookiesOf, filled, send, still, tokenIn } from '../support/visits.js';

let world: TestApp;
let here: Scene;
let there: Scene;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
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

/** Every address that anyone may read, in all languages, of one conference. */
function publicAddresses(of: Scene, codes: readonly string[]): string[] {
  const routes = world
    .get(PolicyCheck)
    .routes()
    .filter(({ policy, methods }) => policy.kind === 'anyone' && methods === 'GET');
  return [
    ...new Set(
      routes
        .flatMap(({ paths }) => paths)
        .flatMap((path) => (path.includes(':code') ? codes.map((code) => filled(path, of, code)) : [filled(path, of)])),
    ),
  ];
}

describe('lists, searches and counts', () => {
  const without = (body: string, word: string) =>
    [word, encodeURIComponent(word), new URLSearchParams({ q: word }).toString().slice(2)].reduce(
      (text, one) => text.replaceAll(one, 'WORD'),
      still(body),
    );

  it('[A5] answer a search for somebody of another conference as they answer nonsense', async () => {
    const organizer = await as('organizer@example.org');
    const family = encodeURIComponent(there.person.family!);
    for (const list of ['/org/c/here/registrations?q=', '/api/v1/conferences/here/registrations?q=']) {
      const [hidden, nonsense] = [await organizer.get(list + family), await organizer.get(`${list}qqqqqqqq`)];
      expect([hidden.status, nonsense.status]).toEqual([200, 200]);
      expect(without(hidden.body, there.person.family!)).toBe(without(nonsense.body, 'qqqqqqqq'));
    }
    expect(
      (await organizer.get(`/org/c/here/registrations?q=${encodeURIComponent(here.person.family!)}`)).body,
    ).toContain(here.registration.number);
  });

  it('[A5] list the conferences of the viewer only, whatever is searched', async () => {
    const organizer = await as('organizer@example.org');
    for (const list of [
      '/org/conferences',
      '/org/conferences?q=there',
      '/api/v1/conferences',
      '/api/v1/conferences?limit=1',
    ]) {
      const answer = await organizer.get(list);
      expect([list, answer.status, answer.body.includes('Congress there')]).toEqual([list, 200, false]);
    }
    expect((await organizer.get('/org/conferences')).body).toContain('Congress here');
  });

  it('[A5] show on a person’s card no mail and no entry of a conference that the viewer may not read', async () => {
    const [organizer, chief] = [await as('organizer@example.org'), await as('admin@example.org')];
    const card = `/org/people/${there.person.publicId}`;
    expect((await chief.get(card)).body).toContain(there.registration.number);
    const seen = await organizer.get(card);
    expect([seen.status, seen.body.includes(there.registration.number), seen.body.includes('Congress there')]).toEqual([
      200,
      false,
      false,
    ]);
  });

  it.each(hostile('sort').map(({ id, value }) => [id, value]))(
    '[P21] know no other sort keys or filters: %s',
    async (_id, value) => {
      const admin = await as('admin@example.org');
      const key = encodeURIComponent(value);
      for (const list of [
        '/org/c/here/registrations',
        '/api/v1/conferences/here/registrations',
        '/org/conferences',
        '/api/v1/conferences',
        '/api/v1/people',
        '/org/people',
      ]) {
        // No parser of queries makes a parameter of `__proto__`: there is nothing to refuse.
        for (const query of [`sort=${key}`, ...(value === '__proto__' ? [] : [`${key}=1`])])
          expect([list, query, (await admin.get(`${list}?${query}`)).status]).toEqual([list, query, 422]);
      }
      for (const filter of ['approval', 'category', 'waitlist'])
        expect((await admin.get(`/org/c/here/registrations?${filter}=${key}`)).status).toBe(422);
    },
  );
});

describe('what is not published', () => {
  it('[A6] is in no public address, in no language and no format', async () => {
    const canary = (n: number) => ({ be: `Канарэйка CANARY${n}`, ru: `Канарейка CANARY${n}`, en: `CANARY${n}` });
    const released = await world.get(Sessions).byId(here.programmeId, here.sessionId);
    await world
      .get(Sessions)
      .edit(
        here.programmeId,
        { id: released.id, version: released.version },
        { title: canary(1), abstract: canary(2) },
      );
    const { session: fresh } = await world
      .get(Sessions)
      .add(here.programmeId, { kind: 'round_table', title: canary(3) });
    await world.get(Talks).add(here.programmeId, released.id, { title: canary(4), abstract: canary(4), minutes: 10 });
    await world.get(Programmes).addStrand(here.programmeId, { code: 'canary', name: canary(5), colour: 'teal' });
    const draft = await scene(world, 'canary-draft', 'D');
    const { id, version } = draft.conference;
    await world.get(Conferences).edit({ id, version }, { title: canary(6), description: canary(7), public: false });
    const { session: hidden } = await world.get(Sessions).add(draft.programmeId, {
      kind: 'section',
      title: canary(8),
      place: { start: new Date(world.clock.now().getTime() + 60 * 86_400_000), minutes: 30, roomId: null },
    });
    await world.get(Releases).publish(draft.programmeId, { name: canary(9), note: canary(9) });

    const codes = [released.code, fresh.code, hidden.code];
    const addresses = [...publicAddresses(here, codes), ...publicAddresses(draft, codes)];
    expect(addresses.length).toBeGreaterThan(40);
    const leaks: string[] = [];
    let shown = 0;
    for (const address of addresses) {
      const answer = await visit(address);
      if (answer.statusCode >= 500) leaks.push(`${address} answered ${answer.statusCode}`);
      if (/CANARY|here-canary|canary-draft<\/|Канарэйка/.test(answer.body)) leaks.push(address);
      if (answer.body.includes('Section of here')) shown++;
    }
    expect(leaks).toEqual([]);
    expect(shown).toBeGreaterThanOrEqual(5);
  });
});

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
    const answer = await visit(url);
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
    for (const address of publicAddresses(here, ['nothing'])) {
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
