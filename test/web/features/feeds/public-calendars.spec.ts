import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { CalendarObjects, Releases, Session, Sessions, type NewSession } from '../../../../src/features/programme/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { readCalendar, toJcal, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { PublishedAnswers } from '../../../../src/platform/web/published-answers.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import type { Answer } from '../../../support/client.js';
import { hostileValues } from '../../../support/hostile.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let one: Scene;
let room: string;

beforeAll(async () => {
  world = await startApp();
  one = await scene(world, 'congress', 'C27');
  const venue = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library; main building' }, address: { en: 'Avenue 1, Minsk' }, geo: null });
  room = (await world.get(Venues).addRoom(venue.id, { code: 'hall', name: { en: 'Hall, large' }, capacity: 90, notes: '' })).id;
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const get = (path: string, headers: Record<string, string> = {}): Promise<Answer> => world.client().get(`/c/congress/${path}`, headers);
const events = async (path: string): Promise<ReadEvent[]> => {
  const answer = await get(path);
  expect([path, answer.status, checkCalendar(answer.raw)]).toEqual([path, 200, []]);
  return [...readCalendar(answer.body).events];
};
const value = (event: ReadEvent, name: string): string | undefined => event.properties.find((property) => property.name === name)?.values[0];
const row = (id: string): Promise<Session> => world.get(Sessions).byId(one.programmeId, id);
const at = (time: string): Date => toInstant(`${one.conference.startsOn}T${time}`, 'Europe/Minsk').instant;

async function add(session: NewSession): Promise<string> {
  return (await world.get(Sessions).add(one.programmeId, session)).session.id;
}

async function release(): Promise<void> {
  await world.get(Releases).publish(one.programmeId);
  world.get(PublishedAnswers).forget(one.conference.id);
}

describe('public calendar files', () => {
  it('are right to the letter, in each language and cut', async () => {
    const { code } = await row(one.sessionId);
    for (const path of ['programme.ics', `s/${code}.ics`, 'strands/congress-strand.ics', `days/${one.conference.startsOn}.ics`, 'conference.ics']) {
      for (const query of ['', '?lang=be', '?lang=ru', '?lang=en']) expect((await events(path + query)).length).toBeGreaterThan(0);
    }
  });

  it('say of a session what its page says, and of people nothing that can be answered [CP2] [CP3] [CP4]', async () => {
    const { code } = await row(one.sessionId);
    const [event] = await events(`s/${code}.ics?lang=en`);
    const stamp = (await world.get(CalendarObjects).publicFor([one.sessionId])).get(one.sessionId)!;
    expect(event).toMatchObject({
      uid: stamp.uid,
      sequence: 0,
      stamp: stamp.stamp,
      lastModified: stamp.stamp,
      summary: 'Section of congress',
      status: 'CONFIRMED',
      categories: ['Section', 'Strand of congress'],
      organizer: { email: 'conferences@example.org', name: 'Skaryna' },
      attendees: [],
      alarms: [],
      start: { instant: at('10:00'), zone: 'Europe/Minsk' },
      end: { instant: at('11:00'), zone: 'Europe/Minsk' },
    });
    expect(value(event!, 'URL')).toBe(`${ORIGIN}/en/c/congress/s/${code}`);
    expect(value(event!, 'COLOR')).toBeDefined();
    expect(event!.description).toContain('Talk of congress');
    expect(event!.description).toContain('Марыя Лабоцкая congress');
  });

  it('introduce themselves in pairs of equal values [CP1]', async () => {
    const answer = await get('programme.ics?lang=en');
    const head = new Map(readCalendar(answer.body).properties.map(({ name, values }) => [name, values[0]]));
    expect(head.get('NAME')).toBe('Congress congress');
    expect(head.get('X-WR-CALNAME')).toBe('Congress congress');
    expect(head.get('REFRESH-INTERVAL')).toBe('PT60M');
    expect(head.get('X-PUBLISHED-TTL')).toBe('PT60M');
    expect(head.get('SOURCE')).toBe(`${ORIGIN}/c/congress/programme.ics?lang=en`);
    expect(head.get('URL')).toBe(`${ORIGIN}/en/c/congress/programme`);
    for (const name of ['UID', 'LAST-MODIFIED', 'COLOR', 'X-APPLE-CALENDAR-COLOR']) expect(head.get(name)).toBeDefined();
  });

  it('take an unknown language for the language of the site', async () => {
    const plain = await get('programme.ics');
    for (const query of ['?lang=zz', '?lang=en&lang=ru', '?other=1']) expect((await get(`programme.ics${query}`)).body).toBe(plain.body);
    expect((await get('programme.ics?lang=en')).body).not.toBe(plain.body);
  });

  it('are there as jCal that says the same [CP6]', async () => {
    const answer = await get('programme.jcal.json?lang=en');
    expect(answer.headers['content-type']).toBe('application/calendar+json; charset=utf-8');
    expect(answer.json()).toEqual(JSON.parse(JSON.stringify(toJcal((await get('programme.ics?lang=en')).body))));
  });

  it('are not there for drafts, unknown parts and sessions that wait for a time', async () => {
    await world.get(Conferences).create({ slug: 'draft', kind: 'congress', title: { en: 'Draft' }, startsOn: one.conference.startsOn, endsOn: one.conference.endsOn, public: false, numberPrefix: 'D' });
    expect((await world.client().get('/c/draft/conference.ics')).status).toBe(404);
    for (const path of ['s/none.ics', 'strands/none.ics', 'rooms/none.ics', 'days/2020-01-01.ics']) expect([path, (await get(path)).status]).toEqual([path, 404]);
  });
});

describe('as an answer', () => {
  it('has the headers of a public feed, the same to HEAD [CF3] [CF4] [CF6] [CF7]', async () => {
    const address = 'programme.ics?lang=ru';
    const answer = await get(address, { cookie: 'a=b', accept: 'text/html' });
    expect(answer.headers).toMatchObject({
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `inline; filename="congress.ics"; filename*=UTF-8''congress.ics`,
      'cache-control': 'public, max-age=300, stale-while-revalidate=3600',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-robots-tag': 'noindex',
      vary: 'Accept-Encoding',
    });
    expect(answer.headers['set-cookie']).toBeUndefined();
    const newest = Math.max(...readCalendar(answer.body).events.map(({ lastModified }) => lastModified!.getTime()));
    const said = Date.parse(String(answer.headers['last-modified']));
    expect([said >= newest, said <= world.clock.now().getTime()]).toEqual([true, true]);
    const head = await world.client().head(`/c/congress/${address}`);
    expect(head.raw).toHaveLength(0);
    for (const name of Object.keys(answer.headers).filter((name) => !['date', 'connection'].includes(name))) expect([name, head.headers[name]]).toEqual([name, answer.headers[name]]);
  });

  it('knows its tag in a list, weak and with the suffix of an encoding, before any date [CF5]', async () => {
    const plain = await get('programme.ics?lang=ru');
    const packed = await get('programme.ics?lang=ru', { 'accept-encoding': 'br' });
    const etag = String(plain.headers['etag']);
    expect([packed.headers['content-encoding'], packed.headers['etag']]).toEqual(['br', etag.replace(/"$/, '-br"')]);
    for (const tag of [etag, `W/${etag}`, `"x", ${String(packed.headers['etag'])}`]) {
      const again = await get('programme.ics?lang=ru', { 'if-none-match': tag });
      expect([tag, again.status, again.raw.length]).toEqual([tag, 304, 0]);
      for (const name of ['etag', 'last-modified', 'cache-control', 'vary']) expect(again.headers[name]).toBe(plain.headers[name]);
    }
    const later = { 'if-modified-since': new Date(Date.now() + 9e9).toUTCString() };
    expect((await get('programme.ics?lang=ru', later)).status).toBe(304);
    expect((await get('programme.ics?lang=ru', { ...later, 'if-none-match': '"x"' })).status).toBe(200);
  });

  it('is only read, wherever the request comes from [CF3]', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'] as const) {
      const answer = await world.client().api(method, '/c/congress/programme.ics');
      expect([method, answer.status, answer.headers['allow'], answer.headers['set-cookie']]).toEqual([method, 405, 'GET, HEAD', undefined]);
    }
  });

  it('is allowed to robots, while what is private is not [CF3]', async () => {
    const answer = await world.client().get('/robots.txt');
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8']);
    const lines = answer.body.split('\n');
    expect(lines).toEqual(expect.arrayContaining(['User-agent: *', 'Allow: /c/', 'Disallow: /org', 'Disallow: /api', 'Disallow: /feed', 'Disallow: /be/my']));
  });
});

describe('over releases', () => {
  it('keep the bytes after a day and a restart [CR5] [B27] [CF8]', async () => {
    const before = await get('programme.ics?lang=be');
    const other = await startApp({ DATABASE_URL: world.config.databaseUrl });
    try {
      other.clock.set(new Date(world.clock.now().getTime() + 86_400_000));
      const after = await other.client().get('/c/congress/programme.ics?lang=be');
      expect(after.raw.equals(before.raw)).toBe(true);
      expect(after.headers['etag']).toBe(before.headers['etag']);
    } finally {
      await other.close();
    }
  });

  it('show nothing of the draft, a session without a room without LOCATION, and none that waits in the tray [B24] [CF1]', async () => {
    const roomless = await add({ kind: 'workshop', title: { en: 'Workshop somewhere' }, place: { start: at('12:00'), minutes: 30, roomId: null } });
    const housed = await add({ kind: 'workshop', title: { en: 'Workshop in the hall' }, place: { start: at('13:00'), minutes: 30, roomId: room } });
    await add({ kind: 'workshop', title: { en: 'Workshop of the tray' } });
    expect((await events('programme.ics?lang=en')).map(({ summary }) => summary)).toEqual(['Section of congress']);
    await release();
    const shown = await events('programme.ics?lang=en');
    expect(shown.map(({ summary }) => summary)).toEqual(['Section of congress', 'Workshop somewhere', 'Workshop in the hall']);
    const stamps = await world.get(CalendarObjects).publicFor([roomless, housed]);
    expect(value(shown[1]!, 'LOCATION')).toBeUndefined();
    expect(shown[1]!.uid).toBe(stamps.get(roomless)!.uid);
    expect(shown[2]!.location).toBe('Hall, large, Library; main building');
    expect((await events('rooms/hall.ics?lang=en')).map(({ uid }) => uid)).toEqual([stamps.get(housed)!.uid]);
  });

  it('move one session and leave the bytes of the others [CR1] [CR6] [CR11]', async () => {
    const blockOf = (body: string, uid: string): string => body.split('BEGIN:VEVENT').find((block) => block.includes(`UID:${uid}`))!;
    const before = await get('programme.ics?lang=en');
    const [still, moved] = readCalendar(before.body).events;
    const session = await world.db.repository(Session).findOneByOrFail({ programmeId: one.programmeId, code: value(moved!, 'URL')!.split('/').at(-1)! });
    await world.get(Sessions).move(one.programmeId, session, { start: at('15:00'), minutes: 30, roomId: null });
    await release();
    const after = await get('programme.ics?lang=en');
    expect(blockOf(after.body, still!.uid!)).toBe(blockOf(before.body, still!.uid!).replace(/END:VCALENDAR\r\n$/, ''));
    const now = readCalendar(after.body).events.find(({ uid }) => uid === moved!.uid)!;
    expect([now.sequence, now.start!.instant]).toEqual([1, at('15:00')]);
    expect(now.lastModified!.getTime()).toBeGreaterThan(moved!.lastModified!.getTime());
  });

  it('show a cancelled or removed session for 30 days as cancelled, then no more [CR10]', async () => {
    const off = await add({ kind: 'seminar', title: { en: 'Seminar that is off' }, place: { start: at('16:00'), minutes: 30, roomId: null } });
    const gone = await add({ kind: 'seminar', title: { en: 'Seminar that is gone' }, place: { start: at('17:00'), minutes: 30, roomId: null } });
    await release();
    world.clock.advance({ hours: 1 });
    await world.get(Sessions).cancel(one.programmeId, await row(off));
    await world.get(Sessions).remove(one.programmeId, await row(gone));
    await release();
    const found = (await events('programme.ics?lang=en')).filter(({ summary }) => summary!.startsWith('Seminar'));
    expect(found.map((event) => [event.summary, event.status, event.sequence, value(event, 'TRANSP')])).toEqual([
      ['Seminar that is off', 'CANCELLED', 1, 'TRANSPARENT'],
      ['Seminar that is gone', 'CANCELLED', 1, 'TRANSPARENT'],
    ]);
    world.clock.advance({ days: 29 });
    world.get(PublishedAnswers).forget(one.conference.id);
    expect((await events('programme.ics?lang=en')).filter(({ status }) => status === 'CANCELLED')).toHaveLength(2);
    world.clock.advance({ days: 1 });
    world.get(PublishedAnswers).forget(one.conference.id);
    expect((await events('programme.ics?lang=en')).filter(({ status }) => status === 'CANCELLED')).toHaveLength(0);
  });

  it('show what is not for everybody any more as it was, cancelled, for 30 days; back again it is on again [CR10] [A6]', async () => {
    const open = await add({ kind: 'seminar', title: { en: 'Talks about a gift' }, place: { start: at('11:00'), minutes: 30, roomId: null } });
    const never = await add({ kind: 'seminar', title: { en: 'Secret from the start' }, restricted: true, place: { start: at('12:00'), minutes: 30, roomId: null } });
    await release();
    const gift = async () => (await events('programme.ics?lang=en')).filter(({ summary }) => summary!.startsWith('Talks about'));
    const [before] = await gift();
    expect(before).toMatchObject({ sequence: 0, status: 'CONFIRMED' });
    world.clock.advance({ hours: 1 });
    const secret = { restricted: true, title: { en: 'Secret talks about a gift' }, abstract: { en: 'Nobody may know' } };
    await world.get(Sessions).edit(one.programmeId, await row(open), secret);
    await world.get(Sessions).edit(one.programmeId, await row(never), { title: { en: 'Secret still' } });
    await release();
    const { body } = await get('programme.ics?lang=en');
    for (const words of ['Secret', 'Nobody may know']) expect(body).not.toContain(words);
    const [closed] = await gift();
    expect(closed).toMatchObject({ uid: before!.uid, sequence: 1, status: 'CANCELLED', summary: 'Talks about a gift', start: before!.start });
    expect(closed!.stamp!.getTime()).toBeGreaterThan(before!.stamp!.getTime());
    // Later changes behind the door are told to nobody outside, and do not start the 30 days anew.
    world.clock.advance({ days: 29 });
    await world.get(Sessions).edit(one.programmeId, await row(open), { title: { en: 'Secret talks about two gifts' } });
    await release();
    expect(await gift()).toMatchObject([{ sequence: 1, status: 'CANCELLED', summary: 'Talks about a gift' }]);
    world.clock.advance({ days: 1 });
    world.get(PublishedAnswers).forget(one.conference.id);
    expect(await gift()).toEqual([]);
    await world.get(Sessions).edit(one.programmeId, await row(open), { restricted: false, title: { en: 'Talks about two gifts' } });
    await release();
    expect(await gift()).toMatchObject([{ uid: before!.uid, sequence: 2, status: 'CONFIRMED', summary: 'Talks about two gifts' }]);
  });

  it('bring back hostile titles as they were typed [X8] [B28]', async () => {
    const titles = hostileValues('calendar').filter(({ verdict, value: title }) => verdict === 'keep' && title.trim() !== '' && title.length <= 300);
    expect(titles.length).toBeGreaterThan(3);
    for (const [index, { value: title }] of titles.entries()) {
      await add({ kind: 'presentation', title: { en: title }, abstract: { en: title }, place: { start: new Date(at('18:00').getTime() + index * 60_000), minutes: 1, roomId: null } });
    }
    await release();
    const shown = await events('programme.ics?lang=en');
    const summaries = shown.map(({ summary }) => summary);
    const descriptions = shown.map(({ description }) => description);
    for (const { value: title } of titles) {
      // A title is one line; a description keeps its lines.
      expect(summaries).toContain(title.replace(/\r\n|\r|\n/g, ' '));
      expect(descriptions).toContain(title.replace(/\r\n|\r/g, '\n'));
    }
  });
});
