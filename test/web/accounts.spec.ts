import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountCommands, Accounts, AccessLinks } from '../../src/features/accounts/index.js';
import { People, type Person } from '../../src/features/people/index.js';
import { Access } from '../../src/platform/web/access.js';
import { ORIGIN, startApp, type TestApp } from '../support/app.js';
import { hiddenFields, type Answer, type Client } from '../support/client.js';
import { hostileValues } from '../support/hostile.js';
import { PASSWORD, signedIn, staff } from '../support/house.js';

const HERE = {
  id: '0190f000-0000-7000-8000-000000000001',
  slug: 'congress',
  title: { en: 'Congress' },
  zone: 'Europe/Minsk',
};
const THERE = {
  id: '0190f000-0000-7000-8000-000000000002',
  slug: 'readings',
  title: { en: 'Readings' },
  zone: 'Europe/Minsk',
};

let world: TestApp;
let admin: string;
let organizer: string;
let person: Person;

beforeAll(async () => {
  world = await startApp();
  world.get(Access).conferencesFrom((slug) => Promise.resolve([HERE, THERE].find((one) => one.slug === slug) ?? null));
  world.get(Accounts).conferencesFrom({ list: () => Promise.resolve([HERE, THERE]) });
  admin = await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  organizer = await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: HERE.id }]);
  person = await world
    .get(People)
    .create({ given: 'Мая', family: 'Кісялёва', email: 'maya@example.org', locale: 'en' });
});

afterAll(() => world.close());

// Limits count per address of the visitor, and every test comes from the same one.
beforeEach(() => world.clock.advance({ hours: 2 }));

let serial = 0;
const fresh = (name: string) => `${name}-${++serial}@example.org`;
const as = (email: string, password = PASSWORD): Promise<Client> => signedIn(world.client(), email, password);
const lastMail = async (to: string) => (await world.mails()).findLast((mail) => mail.to === to);
/** A page without what differs from visit to visit. */
const still = (answer: Answer) =>
  answer.body.replace(/name="_csrf" value="[^"]*"/g, '').replace(/value="[^"]*@example\.org"/g, '');

/** Posts a form with the hidden fields of a page, whatever form they stand in. */
async function post(
  client: Client,
  page: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const opened = await client.get(page);
  return client.post(action, { _csrf: /name="_csrf" value="([^"]*)"/.exec(opened.body)?.[1], ...fields });
}

async function versionOf(id: string): Promise<string> {
  return String((await world.get(Accounts).byId(id))!.version);
}

describe('staff signing in', () => {
  it('leads on to the page that was asked for', async () => {
    const client = world.client();
    const refused = await client.get('/staff/profile/tokens');
    expect([refused.status, refused.location]).toEqual([303, '/staff/sign-in?next=%2Fstaff%2Fprofile%2Ftokens']);
    const answer = await client.submit(refused.location!, { email: 'admin@example.org', password: PASSWORD });
    expect([answer.status, answer.location]).toEqual([303, '/staff/profile/tokens']);
    expect((await client.follow(answer)).status).toBe(200);
  });

  it.each(
    hostileValues('redirect')
      .filter(({ verdict }) => verdict === 'refuse')
      .map(({ id, value }) => [id, value] as const),
  )('[B5] [P14] never leads away by next: %s', async (_id, next) => {
    const client = world.client();
    const { body } = await client.get(`/staff/sign-in?next=${encodeURIComponent(next)}`);
    expect(hiddenFields(body)['next']).toBe('/');
    const answer = await client.post('/staff/sign-in', {
      ...hiddenFields(body),
      next,
      email: 'organizer@example.org',
      password: PASSWORD,
    });
    if (answer.status === 303) expect(answer.location).toBe('/org');
    else expect([answer.status, answer.location]).toEqual([422, undefined]);
  });

  it('[T5] answers an unknown address, a wrong password and a closed account with the same page', async () => {
    const closed = await staff(world, fresh('closed'), []);
    await world.get(Accounts).setActive('system', { id: closed }, false);
    const { email } = (await world.get(Accounts).byId(closed))!;
    const answers: Answer[] = [];
    for (const [name, password] of [
      ['nobody@example.org', PASSWORD],
      ['admin@example.org', 'not the password'],
      [email, PASSWORD],
    ] as const) {
      answers.push(await world.client().submit('/staff/sign-in', { email: name, password }));
    }
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
    expect(new Set(answers.map(still)).size).toBe(1);
    expect(answers[0]!.body).toContain('Адрас або пароль не падыходзяць.');
  });

  it('keeps the address after a mistake, and never sends a password back', async () => {
    const { status, body } = await world
      .client()
      .submit('/staff/sign-in', { email: 'admin@example.org', password: 'wrong password 1' });
    expect(status).toBe(422);
    expect(body).toContain('value="admin@example.org"');
    expect(body).not.toContain('wrong password 1');
  });

  it('stops after ten wrong passwords for 15 minutes, and then refuses the right one too', async () => {
    const email = fresh('guessed');
    await staff(world, email, []);
    const client = world.client();
    for (let i = 0; i < 10; i++)
      expect((await client.submit('/staff/sign-in', { email, password: `wrong password ${i}` })).status).toBe(422);
    const locked = await client.submit('/staff/sign-in', { email, password: PASSWORD });
    expect([locked.status, Number(locked.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(locked.body).toContain(`value="${email}"`);
    expect(locked.body).not.toContain(PASSWORD);
    world.clock.advance({ minutes: 16 });
    expect((await client.submit('/staff/sign-in', { email, password: PASSWORD })).status).toBe(303);
  });

  it('[T6] makes the old cookie worthless when the browser signs in again', async () => {
    const client = await as('admin@example.org');
    const stolen = world.client();
    stolen.setCookie('session', client.cookie('session')!);
    expect((await stolen.api('GET', '/api/v1/me')).status).toBe(200);
    await signedIn(client, 'admin@example.org');
    expect((await stolen.api('GET', '/api/v1/me')).status).toBe(401);
    expect((await client.api('GET', '/api/v1/me')).status).toBe(200);
  });

  it('[T6] ends in every browser at sign-out', async () => {
    const email = fresh('two-browsers');
    await staff(world, email, []);
    const [desk, phone] = [await as(email), await as(email)];
    expect((await post(desk, '/staff/profile', '/staff/sign-out')).location).toBe('/staff/sign-in');
    expect([desk.cookie('session'), (await phone.api('GET', '/api/v1/me')).status]).toEqual([undefined, 401]);
  });

  it('[T6] ends 12 hours after the last click, and not before', async () => {
    const client = await as('admin@example.org');
    world.clock.advance({ hours: 11 });
    expect((await client.api('GET', '/api/v1/me')).status).toBe(200);
    world.clock.advance({ hours: 11 });
    expect((await client.api('GET', '/api/v1/me')).status).toBe(200);
    world.clock.advance({ hours: 12 });
    expect((await client.api('GET', '/api/v1/me')).status).toBe(401);
  });

  it('[T6] sets a plain name only on plain-http loopback, and __Host- with Secure elsewhere', async () => {
    const plain = await world.client().submit('/staff/sign-in', { email: 'admin@example.org', password: PASSWORD });
    expect(cookieOf(plain, 'session')).toMatch(/^session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Lax$/);

    const publicUrl = 'https://events.example.org';
    const secure = await startApp({ PUBLIC_URL: publicUrl });
    await staff(secure, 'admin@example.org', []);
    const client = secure.client();
    const page = await client.get('/staff/sign-in', { host: 'events.example.org' });
    const answer = await client.post(
      '/staff/sign-in',
      { ...hiddenFields(page.body), email: 'admin@example.org', password: PASSWORD },
      { host: 'events.example.org', origin: publicUrl },
    );
    expect(cookieOf(answer, '__Host-session')).toMatch(
      /^__Host-session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    await secure.close();
  });

  it('[P25] ignores an old form from a browser that is signed out', async () => {
    const email = fresh('old-form');
    const id = await staff(world, email, []);
    const client = await as(email);
    const form = hiddenFields((await client.get('/staff/profile')).body, '/staff/profile');
    await post(client, '/staff/profile', '/staff/sign-out');
    const answer = await client.post('/staff/profile', { ...form, name: 'Somebody else', locale: 'en' });
    expect([answer.status, (await world.get(Accounts).byId(id))!.name]).toEqual([403, email.split('@')[0]]);
  });
});

describe('a forgotten password', () => {
  it('[T5] answers alike for known and unknown addresses, and mails the known one only', async () => {
    const email = fresh('forgetful');
    await staff(world, email, []);
    const answers: Answer[] = [];
    for (const address of [email, fresh('unknown')]) {
      const client = world.client();
      answers.push(await client.follow(await client.submit('/staff/forgotten', { email: address })));
    }
    expect(new Set(answers.map(still)).size).toBe(1);
    expect(await lastMail(email)).toMatchObject({ subject: 'Your new password' });
    expect((await world.mails()).filter((mail) => mail.to.startsWith('unknown-'))).toEqual([]);
  });

  it('[T3] survives a mail scanner, sets the password once, and [T6] ends all sign-ins', async () => {
    const email = fresh('resetting');
    await staff(world, email, []);
    const before = await as(email);
    await world.client().submit('/staff/forgotten', { email });
    const link = (await lastMail(email))!.link('/staff/password/');
    const scanner = world.client();
    for (let i = 0; i < 2; i++)
      expect([(await scanner.get(link)).status, (await scanner.head(link)).status]).toEqual([200, 200]);
    const visitor = world.client();
    const short = await visitor.submit(path(link), { password: 'too short' });
    expect([short.status, short.body.includes('патрэбна не менш за 12 знакаў')]).toEqual([422, true]);
    expect((await visitor.submit(path(link), { password: 'another long password' })).location).toBe('/staff/profile');
    expect((await visitor.api('GET', '/api/v1/me')).status).toBe(200);
    expect((await before.api('GET', '/api/v1/me')).status).toBe(401);
    const again = await world.client().get(link);
    expect([again.status, again.body.includes('Гэтую спасылку ўжо выкарысталі')]).toEqual([200, true]);
    expect((await world.client().submit('/staff/sign-in', { email, password: PASSWORD })).status).toBe(422);
    await as(email, 'another long password');
  });

  it('[T1] expires after half an hour with a friendly page', async () => {
    const email = fresh('slow');
    await staff(world, email, []);
    await world.client().submit('/staff/forgotten', { email });
    const link = (await lastMail(email))!.link('/staff/password/');
    world.clock.advance({ minutes: 30 });
    const page = await world.client().get(link);
    expect([page.status, page.body.includes('Тэрмін спасылкі скончыўся')]).toEqual([200, true]);
  });
});

describe('inviting staff', () => {
  it('mails a link that sets the first password, and signs in with it', async () => {
    const email = fresh('invited');
    const client = await as('admin@example.org');
    const answer = await client.submit(
      '/admin/accounts/new',
      { email, name: 'Ірына Новік', locale: 'be', role: 'organizer', conference: HERE.id },
      '/admin/accounts',
    );
    expect(answer.location).toMatch(/^\/admin\/accounts\/[0-9a-f-]{36}$/);
    expect((await client.follow(answer)).body).toContain('organizer: <span dir="auto">Congress</span>');
    const mail = (await lastMail(email))!;
    expect([mail.subject, mail.text.includes('Ірына Новік')]).toEqual([
      'Запрашэнне працаваць у сістэме мерапрыемстваў',
      true,
    ]);
    const invited = world.client();
    expect((await invited.submit(path(mail.link('/staff/password/')), { password: PASSWORD })).location).toBe(
      '/staff/profile',
    );
    expect((await invited.get('/org/c/congress/team')).status).toBe(200);
  });

  it('stops the first link when the invitation is sent again', async () => {
    const email = fresh('again');
    const client = await as('admin@example.org');
    const { location } = await client.submit(
      '/admin/accounts/new',
      { email, name: 'A', locale: 'en', role: 'readonly', conference: '' },
      '/admin/accounts',
    );
    const first = (await lastMail(email))!.link('/staff/password/');
    await post(client, location!, `${location!}/invitation`);
    expect((await world.client().get(first)).body).toContain('Гэтую спасылку ўжо выкарысталі');
    expect((await world.client().get((await lastMail(email))!.link('/staff/password/'))).body).toContain(
      'Пароль для ўліковага запісу',
    );
  });

  it('keeps everything typed when something does not fit', async () => {
    const client = await as('admin@example.org');
    const { status, body } = await client.submit(
      '/admin/accounts/new',
      { email: 'two@example.org, three@example.org', name: 'Ірына', locale: 'ru', role: 'checkin', conference: '' },
      '/admin/accounts',
    );
    expect(status).toBe(422);
    expect(body).toContain('<title>Error:');
    for (const kept of [
      'value="two@example.org, three@example.org"',
      'value="Ірына"',
      'value="ru" selected',
      'value="checkin" selected',
    ])
      expect(body).toContain(kept);
  });

  it('opens a first administrator by the one-time link of the command line', async () => {
    const email = fresh('first');
    const { link } = await world.get(AccountCommands).add(email, { role: 'admin', name: 'First' });
    const client = world.client();
    await client.submit(path(link!), { password: PASSWORD });
    expect((await client.get('/admin/accounts')).status).toBe(200);
  });
});

describe('roles', () => {
  it('[A4] hides accounts from whoever may not see them, as if the address were unknown', async () => {
    const client = await as('organizer@example.org');
    const answers = [
      await client.get('/admin/accounts'),
      await client.get(`/admin/accounts/${admin}`),
      await client.get('/admin/accounts/0190f000-0000-7000-8000-00000000dead'),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect(new Set(answers.map((answer) => still(answer).replace(/[0-9a-f-]{36}/g, ''))).size).toBe(1);
  });

  it('[A4] sends a visitor to the sign-in, whether or not the account exists', async () => {
    const answers = [
      await world.client().get(`/admin/accounts/${admin}`),
      await world.client().get('/admin/accounts/0190f000-0000-7000-8000-00000000dead'),
    ];
    expect(answers.map(({ status, location }) => [status, location!.split('?')[0]])).toEqual([
      [303, '/staff/sign-in'],
      [303, '/staff/sign-in'],
    ]);
  });

  it('[T6] end all sign-ins of the account when they change, and [A7] tell it and every administrator', async () => {
    const email = fresh('promoted');
    const id = await staff(world, email, [{ role: 'readonly', conferenceId: HERE.id }]);
    const member = await as(email);
    const client = await as('admin@example.org');
    const done = await client.submit(
      `/admin/accounts/${id}`,
      { role: 'programme_editor', conference: THERE.id },
      `/admin/accounts/${id}/grants`,
    );
    expect(done.status).toBe(303);
    expect((await member.api('GET', '/api/v1/me')).status).toBe(401);
    const mails = (await world.mails()).slice(-20);
    expect(mails.find((mail) => mail.to === email)!.text).toContain('programme editor: Readings');
    const notice = mails.findLast((mail) => mail.to === 'admin@example.org')!;
    expect([notice.subject, notice.text.includes('programme editor: Readings'), notice.text.includes(email)]).toEqual([
      `Staff accounts: ${email.split('@')[0]}`,
      true,
      true,
    ]);
  });

  it('[A7] cannot be changed on the own account', async () => {
    const client = await as('admin@example.org');
    const answer = await post(client, `/admin/accounts/${admin}`, `/admin/accounts/${admin}/grants`, {
      role: 'organizer',
      conference: HERE.id,
      version: await versionOf(admin),
    });
    expect(answer.status).toBe(403);
    const closing = await post(client, `/admin/accounts/${admin}`, `/admin/accounts/${admin}/deactivation`, {
      version: await versionOf(admin),
    });
    expect(closing.status).toBe(409);
    expect(await world.get(Accounts).grantsOf(admin)).toEqual([{ role: 'admin', conferenceId: null }]);
  });

  it('[A7] let an organizer give no more than they hold, and only in their conference', async () => {
    const client = await as('organizer@example.org');
    const email = fresh('beyond');
    const ask = (role: string, conf = 'congress') =>
      post(client, '/org/c/congress/team', `/org/c/${conf}/team`, { email, name: 'B', locale: 'en', role });
    expect([
      (await ask('protocol_officer')).status,
      (await ask('admin')).status,
      (await ask('checkin', 'readings')).status,
    ]).toEqual([403, 403, 404]);
    expect(await world.get(Accounts).byEmail(email)).toBeNull();
    expect((await ask('checkin')).status).toBe(303);
    const invited = (await world.get(Accounts).byEmail(email))!;
    expect(await world.get(Accounts).grantsOf(invited.id)).toEqual([{ role: 'checkin', conferenceId: HERE.id }]);
  });

  it('[A3] of another conference stay out of reach of an organizer', async () => {
    const id = await staff(world, fresh('theirs'), [{ role: 'readonly', conferenceId: THERE.id }]);
    const client = await as('organizer@example.org');
    const page = await client.get('/org/c/congress/team');
    expect(page.body).not.toContain(id);
    const answer = await post(client, '/org/c/congress/team', `/org/c/congress/team/${id}/revocations`, {
      role: 'readonly',
      version: '1',
    });
    expect([answer.status, await world.get(Accounts).grantsOf(id)]).toEqual([
      404,
      [{ role: 'readonly', conferenceId: THERE.id }],
    ]);
  });

  it('take a member out of the team, who is told', async () => {
    const email = fresh('leaving');
    const id = await staff(world, email, [{ role: 'checkin', conferenceId: HERE.id }]);
    const client = await as('organizer@example.org');
    const answer = await client.submit('/org/c/congress/team', {}, `/org/c/congress/team/${id}/revocations`);
    expect([answer.status, await world.get(Accounts).grantsOf(id), (await lastMail(email))!.subject]).toEqual([
      303,
      [],
      'Your roles have changed',
    ]);
  });

  it('answer 409 to a change of an account that somebody else changed meanwhile', async () => {
    const id = await staff(world, fresh('stale'), []);
    const client = await as('admin@example.org');
    const answer = await post(client, `/admin/accounts/${id}`, `/admin/accounts/${id}/grants`, {
      role: 'readonly',
      conference: '',
      version: '1',
    });
    expect([answer.status, await world.get(Accounts).grantsOf(id)]).toEqual([409, []]);
  });

  it('[T6] and a closed account ends its sign-ins; opened again it can sign in', async () => {
    const email = fresh('resting');
    const id = await staff(world, email, []);
    const member = await as(email);
    const client = await as('admin@example.org');
    expect((await client.submit(`/admin/accounts/${id}`, {}, `/admin/accounts/${id}/deactivation`)).status).toBe(303);
    expect((await member.api('GET', '/api/v1/me')).status).toBe(401);
    expect((await world.client().submit('/staff/sign-in', { email, password: PASSWORD })).status).toBe(422);
    await client.submit(`/admin/accounts/${id}`, {}, `/admin/accounts/${id}/activation`);
    await as(email);
  });
});

describe('the own profile', () => {
  it('changes name and language', async () => {
    const email = fresh('renamed');
    await staff(world, email, []);
    const client = await as(email);
    await client.submit('/staff/profile', { name: 'Алесь Ружа', locale: 'be' }, '/staff/profile');
    const page = await client.get('/staff/profile');
    expect([page.body.includes('<html lang="be"'), page.body.includes('Алесь Ружа')]).toEqual([true, true]);
  });

  it('[T6] changes the password, which ends the other browsers and keeps this one', async () => {
    const email = fresh('new-password');
    await staff(world, email, []);
    const [here, elsewhere] = [await as(email), await as(email)];
    const wrong = await here.submit('/staff/profile/password', {
      current: 'not my password',
      password: 'a newer password',
    });
    expect(wrong.status).toBe(422);
    expect(
      (await here.submit('/staff/profile/password', { current: PASSWORD, password: 'a newer password' })).status,
    ).toBe(303);
    expect([(await here.api('GET', '/api/v1/me')).status, (await elsewhere.api('GET', '/api/v1/me')).status]).toEqual([
      200, 401,
    ]);
  });

  it('ends one other browser, and none of another account', async () => {
    const email = fresh('revoking');
    await staff(world, email, []);
    const [here, elsewhere] = [await as(email), await as(email)];
    const endings = [
      ...(await here.get('/staff/profile')).body.matchAll(/action="(\/staff\/profile\/sign-ins\/[^"]+)"/g),
    ].map((match) => match[1]!);
    expect(endings).toHaveLength(1);
    const stranger = await as('organizer@example.org');
    expect((await post(stranger, '/staff/profile', endings[0]!)).status).toBe(404);
    expect((await elsewhere.api('GET', '/api/v1/me')).status).toBe(200);
    expect((await post(here, '/staff/profile', endings[0]!)).status).toBe(303);
    expect((await elsewhere.api('GET', '/api/v1/me')).status).toBe(401);
  });
});

describe('API tokens', () => {
  const scoped = async (email: string, ...scopes: string[]): Promise<Client> => {
    const client = world.client();
    client.bearer = await world.get(AccountCommands).addToken(email, scopes, 30);
    return client;
  };

  it('[P1] are shown once, listed by their beginning, and revoked at once, by their owner alone', async () => {
    const email = fresh('token-owner');
    await staff(world, email, []);
    const client = await as(email);
    const made = await client.submit('/staff/profile/tokens', {
      name: 'statistics',
      days: '30',
      scopes: ['registration:read', 'account:read'],
    });
    const token = /<code>(sk_[\w-]+)<\/code>/.exec(made.body)![1]!;
    const list = await client.get('/staff/profile/tokens');
    expect([list.body.includes(token.slice(0, 9)), list.body.includes(token)]).toEqual([true, false]);
    const program = world.client();
    program.bearer = token;
    expect((await program.api('GET', '/api/v1/me')).json()).toMatchObject({ email });
    const revoke = /action="(\/staff\/profile\/tokens\/[^"]+\/revoke)"/.exec(list.body)![1]!;
    expect((await post(await as('organizer@example.org'), '/staff/profile/tokens', revoke)).status).toBe(404);
    expect((await post(client, '/staff/profile/tokens', revoke)).status).toBe(303);
    expect((await program.api('GET', '/api/v1/me')).status).toBe(401);
  });

  it('[P7] do what their scopes name and nothing else', async () => {
    const reading = await scoped('admin@example.org', 'account:read');
    expect((await reading.api('GET', '/api/v1/accounts')).status).toBe(200);
    expect(
      (
        await reading.api('POST', '/api/v1/accounts', { email: fresh('scope'), name: 'S', locale: 'en', grants: [] })
      ).json(),
    ).toMatchObject({ status: 403, code: 'error.tokenScope' });
    expect(
      (await (await scoped('admin@example.org', 'registration:write')).api('GET', '/api/v1/accounts')).status,
    ).toBe(403);
  });

  it('never exceed their account, whatever the scope', async () => {
    expect((await (await scoped('organizer@example.org', '*:write')).api('GET', '/api/v1/accounts')).status).toBe(404);
  });

  it('[A7] make no other tokens and change no profile, on no representation', async () => {
    const program = await scoped('admin@example.org', '*:write');
    const api = await program.api('POST', '/api/v1/tokens', { name: 'more', scopes: ['*:write'], days: 1 });
    const page = await program.post('/staff/profile/tokens', { name: 'more', scopes: '*:write', days: '1' });
    const password = await program.post('/staff/profile/password', {
      current: PASSWORD,
      password: 'stolen by a token',
    });
    expect([api.status, page.status, password.status]).toEqual([403, 403, 403]);
  });

  it('end with their days, and with the account', async () => {
    const email = fresh('ending');
    const id = await staff(world, email, []);
    const program = await scoped(email, '*:read');
    await world.get(Accounts).setActive('system', { id }, false);
    expect((await program.api('GET', '/api/v1/me')).status).toBe(401);
    await world.get(Accounts).setActive('system', { id }, true);
    expect((await program.api('GET', '/api/v1/me')).status).toBe(200);
    world.clock.advance({ days: 30 });
    expect((await program.api('GET', '/api/v1/me')).status).toBe(401);
  });

  it('last a year at most', async () => {
    const client = await as('admin@example.org');
    const answer = await client.submit('/staff/profile/tokens', { name: 'for ever', days: '366', scopes: '*:read' });
    expect([answer.status, answer.body.includes('value="for ever"')]).toEqual([422, true]);
  });
});

describe('the API of accounts', () => {
  it('lists by key, invites, and changes roles with If-Match', async () => {
    const program = world.client();
    program.bearer = await world.get(AccountCommands).addToken('admin@example.org', ['account:write'], 1);
    const first = (await program.api('GET', '/api/v1/accounts?limit=1')).json<{
      items: { id: string }[];
      next: string;
    }>();
    expect(first.items).toHaveLength(1);
    const second = (await program.api('GET', `/api/v1/accounts?limit=1&after=${first.next}`)).json<{
      items: { id: string }[];
    }>();
    expect(second.items[0]!.id).not.toBe(first.items[0]!.id);

    const made = await program.api('POST', '/api/v1/accounts', {
      email: fresh('by-api'),
      name: 'By API',
      locale: 'en',
      grants: [{ role: 'readonly', conferenceId: HERE.id }],
    });
    expect([made.status, made.json()]).toEqual([
      201,
      expect.objectContaining({
        name: 'By API',
        ready: false,
        active: true,
        grants: [{ role: 'readonly', conferenceId: HERE.id }],
      }),
    ]);
    expect(made.body).not.toMatch(/hash|emailKey/i);
    const { id } = made.json<{ id: string }>();
    const address = `/api/v1/accounts/${id}`;
    const etag = String((await program.api('GET', address)).headers['etag']);
    expect((await program.api('PATCH', address, { grants: [] })).status).toBe(428);
    const changed = await program.api(
      'PATCH',
      address,
      { grants: [{ role: 'organizer', conferenceId: THERE.id }], active: false },
      { 'if-match': etag },
    );
    expect([changed.status, changed.json()]).toEqual([
      200,
      expect.objectContaining({ active: false, grants: [{ role: 'organizer', conferenceId: THERE.id }] }),
    ]);
    expect((await program.api('PATCH', address, { active: true }, { 'if-match': etag })).status).toBe(412);
  });

  it('names every field that does not fit', async () => {
    const program = world.client();
    program.bearer = await world.get(AccountCommands).addToken('admin@example.org', ['account:write'], 1);
    const answer = await program.api('POST', '/api/v1/accounts', {
      email: 'nobody',
      name: '',
      locale: 'de',
      grants: [],
      isAdmin: true,
    });
    expect(answer.status).toBe(422);
    expect(
      answer
        .json<{ errors: { field: string }[] }>()
        .errors.map(({ field }) => field)
        .toSorted(),
    ).toEqual(['email', 'isAdmin', 'locale', 'name']);
  });
});

describe('delegates signing in', () => {
  const ask = (email: string, client = world.client(), next = '') =>
    client.submit(`/en/sign-in${next}`, { email }, '/en/sign-in');
  const linkOf = async (email: string) => (await lastMail(email))!.link('/en/link/');
  const codeOf = async (email: string) => /\b(\d{6})\b/.exec((await lastMail(email))!.text)![1]!;

  it('J2 opens the page by a link that a mail scanner fetched before [T3]', async () => {
    await ask('maya@example.org');
    const link = await linkOf('maya@example.org');
    const scanner = world.client();
    for (let i = 0; i < 2; i++)
      expect([(await scanner.get(link)).status, (await scanner.head(link)).status]).toEqual([200, 200]);
    const client = world.client();
    const page = await client.get(link);
    expect([
      page.body.includes('Continue as m•••@example.org'),
      page.headers['cache-control'],
      page.headers['referrer-policy'],
    ]).toEqual([true, 'private, no-store', 'same-origin']);
    expect((await client.submit(path(link), {})).location).toBe('/en/my');
    expect(client.cookie('session')).toBeDefined();
  });

  it('J2 says that a link was used, and sends a new one that works', async () => {
    await ask('maya@example.org');
    const link = await linkOf('maya@example.org');
    await world.client().submit(path(link), {});
    const client = world.client();
    const again = await client.post(path(link), hiddenFields((await client.get(link)).body));
    expect([again.status, again.body.includes('This link was already used')]).toEqual([409, true]);
    const before = (await world.mails()).length;
    const renewed = await client.submit(path(link), {}, `${path(link)}/again`);
    expect(renewed.location).toBe('/en/sign-in/code');
    expect((await world.mails()).length).toBe(before + 1);
    expect((await client.submit(path(await linkOf('maya@example.org')), {})).location).toBe('/en/my');
  });

  it('J2 says that a link has expired after 30 minutes', async () => {
    await ask('maya@example.org');
    const link = await linkOf('maya@example.org');
    world.clock.advance({ minutes: 30 });
    const client = world.client();
    expect((await client.get(link)).body).toContain('This link has expired');
    expect((await client.submit(path(link), {})).status).toBe(409);
    expect(client.cookie('session')).toBeUndefined();
  });

  it('J2 takes the code on another device, spaces and all', async () => {
    await ask('maya@example.org');
    const code = await codeOf('maya@example.org');
    const client = world.client();
    const answer = await client.submit('/en/sign-in/code', {
      email: 'Maya@example.org',
      code: `${code.slice(0, 3)} ${code.slice(3)}`,
    });
    expect([answer.location, client.cookie('session') !== undefined]).toEqual(['/en/my', true]);
    expect((await world.client().submit('/en/sign-in/code', { email: 'maya@example.org', code })).status).toBe(422);
  });

  it('[T5] J2 locks for 15 minutes after five wrong codes, and refuses the right one too', async () => {
    await ask('maya@example.org');
    const code = await codeOf('maya@example.org');
    const wrong = code === '000000' ? '000001' : '000000';
    const client = world.client();
    const tryCode = (value: string) => client.submit('/en/sign-in/code', { email: 'maya@example.org', code: value });
    for (let i = 0; i < 4; i++) expect((await tryCode(wrong)).status).toBe(422);
    world.clock.advance({ minutes: 10 });
    expect((await tryCode(wrong)).status).toBe(422);
    expect((await tryCode(code)).status).toBe(429);
    world.clock.advance({ minutes: 14 });
    expect((await tryCode(code)).status).toBe(429);
    world.clock.advance({ minutes: 2 });
    await ask('maya@example.org');
    expect((await tryCode(await codeOf('maya@example.org'))).location).toBe('/en/my');
  });

  it('[T5] shows an unknown address the same pages and sends it nothing', async () => {
    const pages: Answer[] = [];
    for (const email of ['maya@example.org', 'nobody-at-all@example.org']) {
      const client = world.client();
      const asked = await ask(email, client);
      pages.push(asked, await client.follow(asked), await client.submit('/en/sign-in/code', { email, code: '123456' }));
    }
    expect(pages.map(({ status }) => status)).toEqual([303, 200, 422, 303, 200, 422]);
    expect(still(pages[1]!)).toBe(still(pages[4]!));
    expect(still(pages[2]!)).toBe(still(pages[5]!));
    expect((await world.mails()).filter((mail) => mail.to === 'nobody-at-all@example.org')).toEqual([]);
  });

  it.each(['maya@example.org', 'nobody-here@example.org'])(
    '[L1] sends %s no more than five mails an hour, known or not',
    async (email) => {
      const statuses: number[] = [];
      for (let i = 0; i < 6; i++) statuses.push((await ask(email)).status);
      expect(statuses).toEqual([303, 303, 303, 303, 303, 429]);
    },
  );

  it('[L1] takes no more than 60 wrong tokens in ten minutes, and then not the right one either', async () => {
    await ask('maya@example.org');
    const link = await linkOf('maya@example.org');
    const client = world.client();
    for (let i = 0; i < 60; i++) expect((await client.get(`/en/link/wrong-${i}`)).status).toBe(404);
    expect((await client.get('/en/link/wrong')).status).toBe(429);
    expect((await client.get(link)).status).toBe(429);
  });

  it('[P15] writes our own address into the mail, whatever Host and forwarding headers say', async () => {
    const client = world.client();
    const form = hiddenFields((await client.get('/en/sign-in')).body);
    const forged = {
      'x-forwarded-host': 'evil.example',
      'x-forwarded-proto': 'https',
      'x-forwarded-for': '203.0.113.9',
      forwarded: 'for=203.0.113.9;host=evil.example',
    };
    const refused = await client.post('/en/sign-in', { ...form, email: 'maya@example.org' }, { host: 'evil.example' });
    expect(refused.status).toBe(400);
    expect((await client.post('/en/sign-in', { ...form, email: 'maya@example.org' }, forged)).status).toBe(303);
    const { raw } = (await lastMail('maya@example.org'))!;
    expect([raw.includes('evil.example'), (await linkOf('maya@example.org')).startsWith(`${ORIGIN}/en/link/`)]).toEqual(
      [false, true],
    );
  });

  it('[L1] [P15] counts the real peer: 20 mails an hour from one address, whatever it says that it forwards', async () => {
    const client = world.client();
    const form = hiddenFields((await client.get('/en/sign-in')).body);
    const statuses: number[] = [];
    for (let i = 0; i < 21; i++) {
      const answer = await client.post(
        '/en/sign-in',
        { ...form, email: `peer-${i}@example.org` },
        { 'x-forwarded-for': `203.0.113.${i}` },
      );
      statuses.push(answer.status);
    }
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 303), 429]);
  });

  it('leads on to next after the link and after the code', async () => {
    await ask('maya@example.org', world.client(), '?next=%2Fen%2Fc%2Fcongress');
    const link = await linkOf('maya@example.org');
    const client = world.client();
    const form = hiddenFields((await client.get(link)).body);
    expect((await client.post(path(link).split('?')[0]!, form)).location).toBe('/en/c/congress');
  });

  it.each(
    hostileValues('redirect')
      .filter(({ verdict }) => verdict === 'refuse')
      .map(({ id, value }) => [id, value] as const),
  )('[B5] [P14] never leads away by the next of a link: %s', async (_id, next) => {
    await world
      .get(AccessLinks)
      .issue({ purpose: 'resume', subjectId: person.id, minutes: 60 })
      .then(async ({ token }) => {
        const client = world.client();
        const { body } = await client.get(`/en/link/${token}?next=${encodeURIComponent(next)}`);
        const answer = await client.post(`/en/link/${token}`, { ...hiddenFields(body), next });
        expect(answer.location ?? '/en/my').toBe('/en/my');
      });
  });

  it('opens a resume link often, and signs in by POST only', async () => {
    const { token } = await world
      .get(AccessLinks)
      .issue({ purpose: 'resume', subjectId: person.id, minutes: 7 * 24 * 60 });
    for (let i = 0; i < 3; i++) {
      const client = world.client();
      expect((await client.get(`/en/link/${token}`)).status).toBe(200);
      expect(client.cookie('session')).toBeUndefined();
      expect((await client.submit(`/en/link/${token}`, {})).location).toBe('/en/my');
    }
    world.clock.advance({ days: 7 });
    expect((await world.client().get(`/en/link/${token}`)).body).toContain('This link has expired');
  });

  it('[T1] [P25] knows no token of another purpose', async () => {
    const links = world.get(AccessLinks);
    const statuses: [string, number, number][] = [];
    for (const purpose of [
      'invitation',
      'feed',
      'offer',
      'unsubscribe',
      'password',
      'staff-invitation',
      'sign-in',
      'resume',
    ] as const) {
      const subjectId = purpose === 'password' || purpose === 'staff-invitation' ? organizer : person.id;
      const { token } = await links.issue({ purpose, subjectId, minutes: 60 });
      statuses.push([
        purpose,
        (await world.client().get(`/en/link/${token}`)).status,
        (await world.client().get(`/staff/password/${token}`)).status,
      ]);
    }
    expect(statuses).toEqual([
      ['invitation', 404, 404],
      ['feed', 404, 404],
      ['offer', 404, 404],
      ['unsubscribe', 404, 404],
      ['password', 404, 200],
      ['staff-invitation', 404, 200],
      ['sign-in', 200, 404],
      ['resume', 200, 404],
    ]);
  });

  it('signs out in every browser, and staff pages stay closed to a delegate', async () => {
    const enter = async () => {
      const { token } = await world.get(AccessLinks).issue({ purpose: 'resume', subjectId: person.id, minutes: 60 });
      const client = world.client();
      await client.submit(`/en/link/${token}`, {});
      return client;
    };
    const [phone, desk] = [await enter(), await enter()];
    expect((await phone.get('/staff/profile')).location).toContain('/staff/sign-in');
    expect((await phone.get('/admin/accounts')).status).toBe(404);
    expect((await post(phone, '/en/sign-in', '/en/sign-out')).location).toBe('/en/sign-in');
    const refused = await post(desk, '/en/sign-in', '/en/sign-out');
    expect([refused.status, refused.location]).toEqual([303, '/en/sign-in']);
  });

  it('[T1] leaves no usable secret in the database', async () => {
    const client = world.client();
    await ask('maya@example.org', client);
    const code = await codeOf('maya@example.org');
    const token = (await linkOf('maya@example.org')).split('/').at(-1)!;
    const api = await world.get(AccountCommands).addToken('admin@example.org', ['*:read'], 1);
    const session = (await as('admin@example.org')).cookie('session')!;
    const rows = (
      await Promise.all(
        ['access_links', 'sign_ins', 'api_tokens', 'accounts', 'journal_entries', 'attempt_counters'].map((table) =>
          world.db.manager.query(`SELECT * FROM ${table}`),
        ),
      )
    ).flat();
    const dump = JSON.stringify(rows);
    expect([token, api, session, PASSWORD].filter((secret) => dump.includes(secret))).toEqual([]);
    expect(rows.filter((row: Record<string, unknown>) => Object.values(row).includes(code))).toEqual([]);
  });
});

function path(link: string): string {
  return link.replace(ORIGIN, '');
}

function cookieOf(answer: Answer, name: string): string | undefined {
  return [answer.headers['set-cookie'] ?? []]
    .flat()
    .map(String)
    .find((cookie) => cookie.startsWith(`${name}=`));
}
