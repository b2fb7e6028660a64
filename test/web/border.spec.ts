import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PolicyCheck, type RoutePolicy } from '../../src/platform/web/policy-check.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { signedIn, staff } from '../support/house.js';
import { rowsOf, scene, type Scene } from '../support/scene.js';
import { cookiesOf, filled, FORM, send, still, tokenIn, UNKNOWN_ID } from '../support/visits.js';

let world: TestApp;
let here: Scene;
let there: Scene;
let routes: RoutePolicy[];

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  there = await scene(world, 'there', 'T');
  await staff(world, 'admin@example.org', [
    { role: 'admin', conferenceId: null },
    { role: 'organizer', conferenceId: null },
  ]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await world.mails();
  routes = world.get(PolicyCheck).routes();
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const isUnsafe = ({ methods }: RoutePolicy) => !['GET', 'HEAD', 'OPTIONS'].includes(methods);
const nameOf = ({ controller, handler }: RoutePolicy) => `${controller}.${handler}`;
const as = (email: string) => signedIn(world.client(), email);

describe('the routes of the running application', () => {
  it('[A1] all declare a policy', () => {
    expect(routes.length).toBeGreaterThan(150);
    for (const route of routes)
      expect([nameOf(route), route.policy.kind]).toEqual([
        nameOf(route),
        expect.stringMatching(/^(anyone|signedIn|staff|token)$/),
      ]);
  });

  it('[A1] let anyone change something only where this list says why', () => {
    const OPEN = {
      'RegisterPages.register': 'delegates register without an account; stamp, trap and limit stand before it',
      'SignInPages.ask': 'asks for a sign-in mail',
      'SignInPages.useCode': 'the code of that mail, for people who read it elsewhere',
      'StaffSignInPages.signIn': 'signs in',
      'StaffSignInPages.forgotten': 'asks for a new password',
    };
    const found = routes.filter((route) => isUnsafe(route) && route.policy.kind === 'anyone').map(nameOf);
    expect([...new Set(found)].sort()).toEqual(Object.keys(OPEN).sort());
  });

  it('[A1] of staff ask for the conference that their path names', () => {
    for (const route of routes) {
      if (route.policy.kind !== 'staff') continue;
      const inConference = route.paths.every((path) => path.includes(':conf'));
      expect([nameOf(route), route.policy.of]).toEqual([nameOf(route), inConference ? 'conference' : 'any']);
    }
  });
});

describe('forged requests', () => {
  /** Mail programs post these without cookie, origin or token (RFC 8058); the secret in the address is all that they have. */
  const BY_MAIL_PROGRAMS = ['UnsubscribePages.stop', 'UnsubscribePages.again'];

  it('[B1] are refused on every unsafe route and change nothing', async () => {
    const admin = await as('admin@example.org');
    const stranger = await as('organizer@example.org');
    const signedOut = world.client();
    const oldToken = tokenIn((await signedOut.get('/staff/sign-in')).body);
    const strangersToken = tokenIn((await stranger.get('/org/conferences')).body);
    await admin.get('/org/conferences');
    const cookie = cookiesOf(admin);
    expect(cookie).toMatch(/session=.*form=/);
    const own = { cookie, origin: ORIGIN, 'content-type': FORM };
    const before = await rowsOf(world);
    const ways: Record<string, [Record<string, string>, string]> = {
      'no origin': [{ cookie, 'content-type': FORM }, `_csrf=${oldToken}`],
      'foreign origin': [{ ...own, origin: 'https://evil.example' }, `_csrf=${oldToken}`],
      'opaque origin': [{ ...own, origin: 'null' }, `_csrf=${oldToken}`],
      'another site': [{ cookie, 'content-type': FORM, 'sec-fetch-site': 'cross-site' }, `_csrf=${oldToken}`],
      'no token': [own, ''],
      'a token from before signing in': [own, `_csrf=${encodeURIComponent(oldToken)}`],
      'a token of somebody else': [own, `_csrf=${encodeURIComponent(strangersToken)}`],
    };
    const admitted: string[] = [];
    for (const route of routes.filter((one) => isUnsafe(one) && !BY_MAIL_PROGRAMS.includes(nameOf(one)))) {
      for (const [way, [headers, body]] of Object.entries(ways)) {
        const { statusCode } = await send(world, route.methods, filled(route.paths[0]!, here), headers, body);
        if (statusCode !== 403) admitted.push(`${nameOf(route)} with ${way}: ${statusCode}`);
      }
    }
    expect(admitted).toEqual([]);
    expect(await rowsOf(world)).toEqual(before);
  }, 60_000);

  it('[B1] are told from our own: the right token of the right sign-in passes', async () => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/series/new');
    const answer = await admin.post('/org/series', { _csrf: tokenIn(opened.body), code: 'b1', 'title.en': 'B1' });
    expect(answer.status).toBe(303);
  });
});

describe('ids in paths', () => {
  /** Bodies that pass, for routes that read them before they look for the thing; by the end of the path, `x/` with an id. */
  const bodies = (): Record<string, string> => ({
    answers: JSON.stringify({ answer: 'accepted' }),
    moves: JSON.stringify({ start: null, minutes: 30 }),
    talks: JSON.stringify({ title: { en: 'Talk' } }),
    assignments: JSON.stringify({ personId: there.person.id, role: 'chair' }),
    revocations: JSON.stringify({ role: 'readonly', version: 1 }),
    participation: JSON.stringify({ category: 'listener', form: 'online' }),
    order: JSON.stringify({ direction: 'up' }),
    restorations: JSON.stringify({ seen: 'x' }),
    'theses/': JSON.stringify({ text: 'x', language: 'en' }),
    floor: JSON.stringify({ person: there.person.id }),
    comments: JSON.stringify({ paragraph: 'p1', text: 'x', person: there.person.id }),
    adopters: JSON.stringify({ adopter: there.assignmentId }),
    commit: JSON.stringify({ key: UNKNOWN_ID }),
    'mailings/': JSON.stringify({
      audience: { group: 'registered' },
      subject: { en: 'x' },
      body: { en: 'x' },
      isNews: false,
    }),
    limit: JSON.stringify({ minutes: 5 }),
    queue: JSON.stringify({ count: 1 }),
    letter: JSON.stringify({ subject: { en: 'x' }, body: { en: 'x' } }),
    reminders: JSON.stringify({ remindOn: false, remindMost: 1 }),
    people: JSON.stringify({ source: 'list', people: ['x'] }),
    list: JSON.stringify({ text: 'x', locale: 'en' }),
    'listed-people': JSON.stringify({ text: 'x', locale: 'en', count: 1 }),
    sending: JSON.stringify({ count: 1 }),
    withdrawal: JSON.stringify({ count: 1 }),
    muted: JSON.stringify({ muted: true }),
    'invitation-waves/': JSON.stringify({ name: 'x', perHour: 1, remindOn: false, remindMost: 1 }),
    resending: JSON.stringify({ count: 1 }),
    'left-out': JSON.stringify({ people: [] }),
    availabilities: JSON.stringify({ kind: 'present', startsAt: '2027-01-01T10:00', endsAt: '2027-01-01T11:00' }),
    substitute: JSON.stringify({ substitute: { given: 'x', email: 'x@example.org' } }),
    'weekly-availabilities': JSON.stringify({ kind: 'available', weekday: 1, opensAt: '10:00', closesAt: '11:00' }),
  });
  const forms: Readonly<Record<string, string>> = {
    move: 'version=1&minutes=30&day=2027-01-01&time=10:00',
    rotation: '',
    revocation: '',
  };
  const nested = () => routes.filter(({ policy, paths }) => policy.kind === 'staff' && /:conf\/.*:\w+/.test(paths[0]!));

  it('[A3] [P1] [P2] of another conference are not found, and nothing changes', async () => {
    const admin = await as('admin@example.org');
    const opened = await admin.get('/org/conferences');
    const headers = {
      cookie: cookiesOf(admin),
      origin: ORIGIN,
      'if-match': '"v1"',
      'x-csrf-token': tokenIn(opened.body),
    };
    const before = await rowsOf(world);
    const wrong: string[] = [];
    for (const route of nested()) {
      // The release numbers of two conferences are the same on purpose: 1 is good in both.
      if (route.paths[0]!.includes('releases/:number')) continue;
      const path = filled(route.paths[0]!, { ...there, conference: here.conference });
      const isApi = path.startsWith('/api/');
      const [collection, last] = path.split('/').slice(-2) as [string, string];
      const payload = isApi
        ? (bodies()[last] ?? bodies()[`${collection}/`] ?? '{}')
        : (forms[last] ?? bodies()[last] ?? 'version=1&sure=on');
      const { statusCode } = isUnsafe(route)
        ? await send(
            world,
            route.methods,
            path,
            { ...headers, 'content-type': isApi ? 'application/json' : FORM },
            payload,
          )
        : await send(world, 'GET', path, headers);
      if (statusCode !== 404) wrong.push(`${route.methods} ${path}: ${statusCode}`);
    }
    expect(wrong).toEqual([]);
    expect(await rowsOf(world)).toEqual(before);
  });

  it('[A3] of the right conference are found by the same requests', async () => {
    const admin = await as('admin@example.org');
    const known = nested().filter(
      ({ methods, paths }) =>
        methods === 'GET' &&
        !filled(paths[0]!, here).includes(UNKNOWN_ID) &&
        // A session that is no round table has no resolution.
        !paths[0]!.includes('/round-table/resolution'),
    );
    expect(known.length).toBeGreaterThan(8);
    for (const { paths } of known)
      expect([paths[0], (await admin.get(filled(paths[0]!, here))).status]).toEqual([paths[0], 200]);
  });

  it('[A3] join parent and child: a talk of one session is not found under another', async () => {
    const admin = await as('admin@example.org');
    const path = filled('/org/c/:conf/sessions/:id/talks/:talk', { ...here, talkId: there.talkId });
    expect((await admin.get(path)).status).toBe(404);
  });
});

describe('what a viewer may not see', () => {
  const comparable = ({ headers }: { headers: object }) =>
    Object.fromEntries(
      Object.entries(headers).filter(([name]) => !/^(date|content-length|x-ratelimit-|set-cookie|etag)/.test(name)),
    );

  it('[A4] answers like what does not exist: body and headers', async () => {
    const organizer = await as('organizer@example.org');
    const pairs = [
      ['/org/c/there', '/org/c/nowhere'],
      ['/org/c/there/registrations', '/org/c/nowhere/registrations'],
      [`/org/c/there/registrations/${there.registration.publicId}`, '/org/c/there/registrations/nobody'],
      [`/org/c/here/registrations/${there.registration.publicId}`, '/org/c/here/registrations/nobody'],
      [`/org/c/here/sessions/${there.sessionId}`, `/org/c/here/sessions/${UNKNOWN_ID}`],
      ['/api/v1/conferences/there', '/api/v1/conferences/nowhere'],
      [`/api/v1/conferences/here/sessions/${there.sessionId}`, `/api/v1/conferences/here/sessions/${UNKNOWN_ID}`],
    ] as const;
    for (const [hidden, unknown] of pairs) {
      const [a, b] = [await organizer.get(hidden), await organizer.get(unknown)];
      expect([hidden, a.status, b.status]).toEqual([hidden, 404, 404]);
      const same = (body: string) => still(body).replaceAll(/\/(there|nowhere|here)\b[^"]*/g, '');
      expect(same(a.body)).toBe(same(b.body));
      expect(comparable(a)).toEqual(comparable(b));
    }
  });

  it('[A4] sends anonymous visitors to sign in, whether or not the thing exists', async () => {
    const client = world.client();
    for (const path of ['/org/c/there', '/org/c/nowhere', '/org/c/there/registrations', '/admin/accounts']) {
      const answer = await client.get(path);
      expect([path, answer.status, answer.location]).toEqual([
        path,
        303,
        `/staff/sign-in?next=${encodeURIComponent(path)}`,
      ]);
    }
    const [a, b] = [await client.get('/api/v1/conferences/there'), await client.get('/api/v1/conferences/nowhere')];
    expect([a.status, b.status, still(a.body)]).toEqual([401, 401, still(b.body)]);
  });

  it('[A4] [P26] takes no longer to hide than to miss: medians of 200 requests', async () => {
    const organizer = await as('organizer@example.org');
    const cookie = cookiesOf(organizer);
    const times: Record<string, number[]> = { '/org/c/there': [], '/org/c/nowhere': [] };
    for (let round = 0; round < 200; round++) {
      for (const [path, list] of Object.entries(times)) {
        const started = performance.now();
        await send(world, 'GET', path, { cookie });
        list.push(performance.now() - started);
      }
    }
    const [a, b] = Object.values(times).map((list) => list.sort((x, y) => x - y)[100]!);
    expect(Math.abs(a! - b!)).toBeLessThan(5);
  }, 60_000);
});
