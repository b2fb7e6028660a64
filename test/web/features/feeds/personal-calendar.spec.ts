import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLinks } from '../../../../src/features/accounts/index.js';
import { Feed, Feeds } from '../../../../src/features/feeds/index.js';
import { Invitations } from '../../../../src/features/invitations/index.js';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, CalendarObjects, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { SessionChoices } from '../../../../src/features/registration/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { registered, scene, type Scene } from '../../../support/scene.js';

const PAGE = '/en/my/calendar';

let world: TestApp;
let one: Scene;

beforeAll(async () => {
  world = await startApp();
  one = await scene(world, 'congress', 'C27');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const unfolded = (answer: Answer): string => answer.body.replaceAll('\r\n ', '');
const read = (token: string, headers: Record<string, string> = {}): Promise<Answer> => world.client().get(`/feed/${token}.ics`, headers);

async function signedInPerson(personId: string): Promise<Client> {
  const { token } = await world.get(AccessLinks).issue({ purpose: 'sign-in', subjectId: personId, minutes: 30 });
  const client = world.client();
  const path = `/en/link/${token}`;
  const entered = await client.post(path, hiddenFields((await client.get(path)).body, path));
  expect(entered.status).toBe(303);
  return client;
}

const tokenIn = (answer: Answer): string => /\/feed\/([\w-]{43})\.ics/.exec(answer.body)![1]!;
const press = async (client: Client, action: string): Promise<Answer> => client.post(action, hiddenFields((await client.get(PAGE)).body, action));

describe('the page of the personal calendar', () => {
  it('shows the address once, replaces it, and closes it [CF2] [CF10]', async () => {
    const client = await signedInPerson(one.person.id);
    expect((await client.get(PAGE)).body).toContain('You have no secret calendar address yet');
    const made = await press(client, PAGE);
    expect(made.status).toBe(200);
    expect(made.headers['cache-control']).toBe('private, no-store');
    const first = tokenIn(made);
    expect(made.body).toContain(`href="webcal://127.0.0.1:3000/feed/${first}.ics"`);
    expect(made.body).toContain(`<code>${ORIGIN}/feed/${first}.ics</code>`);
    expect(unescapeHtml(made.body)).toContain('https://outlook.live.com/calendar/0/addfromweb?url=');
    expect(made.body).toContain('every 8 to 24 hours');
    expect((await client.get(PAGE)).body).not.toContain(first);
    expect((await read(first, { 'user-agent': 'Thunderbird/153' })).status).toBe(200);
    expect((await client.get(PAGE)).body).toContain('<bdi>Thunderbird/153</bdi>');

    const second = tokenIn(await press(client, PAGE));
    expect([(await read(first)).status, (await read(second)).status]).toEqual([410, 200]);
    const closed = await press(client, `${PAGE}/revoke`);
    expect([closed.status, closed.location]).toEqual([303, PAGE]);
    expect((await client.follow(closed)).body).toContain('events already read stay there');
    expect((await read(second)).status).toBe(410);
  });

  it('is a task of a registration that has its place', async () => {
    const client = await signedInPerson(one.person.id);
    const home = `/en/my/${one.registration.publicId}`;
    expect((await client.get(home)).body).toContain('Subscribe to your calendar');
    expect((await client.get(`${home}/calendar`)).location).toBe(PAGE);
  });

  it('is nobody else’s: without a sign-in there is none', async () => {
    expect((await world.client().get(PAGE)).location).toMatch(/^\/en\/sign-in/);
    expect((await world.client().post(PAGE, {})).status).toBeGreaterThanOrEqual(300);
  });
});

describe('the secret feed', () => {
  it('holds the conference and the parts of the person, under the identities of their mails, with one alarm [CP7]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    const answer = await read(token);
    expect(checkCalendar(answer.raw)).toEqual([]);
    const text = unfolded(answer);
    const stamps = await world.get(CalendarObjects).personalFor(one.person.id, [{ conferenceId: one.conference.id }, { sessionId: one.sessionId }]);
    expect([...text.matchAll(/^UID:(.*)\r$/gm)].map(([, uid]) => uid).slice(1).sort()).toEqual([...stamps.values()].map(({ uid }) => uid).sort());
    expect(text).toContain(`DTSTART;VALUE=DATE:${one.conference.startsOn.replaceAll('-', '')}`);
    expect(text).toContain('SUMMARY:Section of congress');
    expect(text).toContain('DESCRIPTION:Your part: speaker');
    expect(text.match(/BEGIN:VALARM/g)).toHaveLength(1);
    expect(text).not.toContain('ATTENDEE');
    expect(text).not.toContain(token);
  });

  it('follows what the person chooses and gives up', async () => {
    const registration = await registered(world, one.conference.id, { given: 'Алесь', family: 'Гулевіч', email: 'ales@example.org' });
    const token = await world.get(Feeds).renew(registration.personId, 'be');
    expect(unfolded(await read(token))).not.toContain('Section of congress');
    await world.get(SessionChoices).choose(registration, [one.sessionId]);
    const chosen = await read(token);
    expect(unfolded(chosen)).toContain('SUMMARY:Section of congress');
    await world.get(SessionChoices).choose(registration, []);
    const given = await read(token, { 'if-none-match': String(chosen.headers['etag']) });
    expect([given.status, unfolded(given).includes('Section of congress')]).toEqual([200, false]);
  });

  it('keeps what is restricted for those who take part; listeners see it as it was, cancelled; removed it is off for 30 days [CR10]', async () => {
    const sessions = world.get(Sessions);
    const start = new Date(`${one.conference.startsOn}T15:00:00.000Z`);
    const { session } = await sessions.add(one.programmeId, { kind: 'seminar', title: { en: 'Open seminar' }, place: { start, minutes: 30, roomId: null } });
    const row = () => sessions.byId(one.programmeId, session.id);
    const part = await registered(world, one.conference.id, { given: 'Зоя', family: 'Карась', email: 'zoja@example.org' });
    const listener = await registered(world, one.conference.id, { given: 'Лявон', family: 'Карась', email: 'lavon@example.org' });
    await world.get(Assignments).assign(one.programmeId, { sessionId: session.id, personId: part.personId, role: 'chair', state: 'confirmed' });
    await world.get(Releases).publish(one.programmeId);
    await world.get(SessionChoices).choose(listener, [session.id]);
    const tokens = [await world.get(Feeds).renew(part.personId, 'en'), await world.get(Feeds).renew(listener.personId, 'en')];
    const shown = () =>
      Promise.all(
        tokens.map(async (token) => {
          const answer = await read(token);
          expect(checkCalendar(answer.raw)).toEqual([]);
          return readCalendar(answer.body).events.flatMap(({ summary, status, sequence }) => (summary!.endsWith('seminar') ? [[summary, status, sequence]] : []));
        }),
      );
    expect(await shown()).toEqual([[['Open seminar', 'CONFIRMED', 0]], [['Open seminar', 'CONFIRMED', 0]]]);
    world.clock.advance({ hours: 1 });
    await sessions.edit(one.programmeId, await row(), { restricted: true, title: { en: 'Closed seminar' } });
    await world.get(Releases).publish(one.programmeId);
    expect(await shown()).toEqual([[['Closed seminar', 'CONFIRMED', 1]], [['Open seminar', 'CANCELLED', 1]]]);
    world.clock.advance({ days: 20 });
    await sessions.remove(one.programmeId, await row());
    await world.get(Releases).publish(one.programmeId);
    expect(await shown()).toEqual([[['Closed seminar', 'CANCELLED', 2]], [['Open seminar', 'CANCELLED', 2]]]);
    world.clock.advance({ days: 10 });
    expect(await shown()).toEqual([[['Closed seminar', 'CANCELLED', 2]], []]);
    world.clock.advance({ days: 20 });
    expect(await shown()).toEqual([[], []]);
  });

  it('says nothing of a part that is only proposed, and tells of one once it is confirmed', async () => {
    const registration = await registered(world, one.conference.id, { given: 'Ніна', family: 'Карась', email: 'nina@example.org' });
    const token = await world.get(Feeds).renew(registration.personId, 'en');
    const { assignment } = await world.get(Assignments).assign(one.programmeId, { sessionId: one.sessionId, personId: registration.personId, role: 'chair', state: 'proposed' });
    expect(unfolded(await read(token))).not.toContain('Section of congress');
    await world.get(Assignments).answer(assignment.id, 'confirmed');
    expect(unfolded(await read(token))).toContain('DESCRIPTION:Your part: chair');
  });

  it('speaks of an accepted invitation under the identity that its mails carry [CR2]', async () => {
    const { id: personId } = await world.get(People).create({ given: 'Юрась', family: 'Бразоўскі', email: 'juras@example.org', locale: 'en' });
    const token = await world.get(Feeds).renew(personId, 'en');
    const invitations = world.get(Invitations);
    const drafted = await invitations.create({
      conferenceId: one.conference.id,
      seat: { sessionId: one.sessionId, role: 'moderator' },
      person: { id: personId },
      deadline: null,
      message: '',
      locale: 'en',
    });
    await invitations.send(drafted);
    expect(unfolded(await read(token))).not.toContain('Section of congress');
    await invitations.answer(drafted.id, { answer: 'accepted', channel: 'staff' });
    const [mail] = (await world.mails()).filter(({ to, ics }) => to === 'juras@example.org' && ics?.includes('METHOD:REQUEST'));
    const sent = readCalendar(mail!.ics!).events[0]!;
    const fed = readCalendar((await read(token)).body).events.find(({ summary }) => summary === 'Section of congress')!;
    expect([fed.uid, fed.sequence]).toEqual([sent.uid, sent.sequence]);
  });

  it('is private, and answers 304 to its own tag in every spelling [CF4] [CF5] [CF7]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    const answer = await read(token);
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="skaryna.ics"; filename*=UTF-8''skaryna.ics`,
      'cache-control': 'private, no-cache',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Encoding',
    });
    const etag = String(answer.headers['etag']);
    const packed = await read(token, { 'accept-encoding': 'gzip' });
    expect([packed.headers['content-encoding'], packed.headers['etag']]).toEqual(['gzip', etag.replace(/"$/, '-gzip"')]);
    for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, String(packed.headers['etag'])]) {
      const again = await read(token, { 'if-none-match': tag, 'cache-control': 'no-cache' });
      expect([tag, again.status, again.raw.length]).toEqual([tag, 304, 0]);
      for (const name of ['etag', 'last-modified', 'cache-control', 'vary']) expect(again.headers).toHaveProperty(name);
    }
    const head = await world.client().head(`/feed/${token}.ics`);
    expect([head.status, head.raw.length, head.headers['content-length'], head.headers['etag']]).toEqual([200, 0, answer.headers['content-length'], etag]);
  });

  it('has the same bytes after a day [CR5] [B27]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    const first = await read(token);
    world.clock.advance({ days: 1 });
    expect((await read(token)).raw.equals(first.raw)).toBe(true);
  });

  it('is 404 when unknown, 410 when closed, and gives away nothing [T4]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    await world.get(Feeds).revoke(one.person.id);
    const unknown = await read('x'.repeat(43));
    const gone = await read(token);
    expect([unknown.status, gone.status]).toEqual([404, 410]);
    for (const answer of [unknown, gone]) {
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(answer.location).toBeUndefined();
      expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers['content-type']).toMatch(/^text\/plain/);
      expect(answer.body).not.toContain(token);
    }
    const journal = JSON.stringify(await world.db.repository(JournalEntry).find());
    const rows = JSON.stringify(await world.db.repository(Feed).find());
    expect(journal).not.toContain(token);
    expect(rows).not.toContain(token);
  });

  it('only lets itself be read [CF3]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await world.client().api(method, `/feed/${token}.ics`);
      expect([method, answer.status, answer.headers['allow']]).toEqual([method, 405, 'GET, HEAD']);
    }
  });

  it('is read sixty times an hour [CF9]', async () => {
    const token = await world.get(Feeds).renew(one.person.id, 'en');
    for (let i = 0; i < 60; i++) expect((await read(token)).status).toBe(200);
    const refused = await read(token);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    world.clock.advance({ minutes: 61 });
    expect((await read(token)).status).toBe(200);
  });
});
