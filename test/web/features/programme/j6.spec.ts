import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Feeds } from '../../../../src/features/feeds/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Sessions } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';

/*
 * J6, its last part: a second release with one moved session and one new one tells exactly two people, each what matters to
 * them, and nobody before an organizer has confirmed the number. The board itself is walked in the browser.
 */
const BASE = '/org/c/forum';
let world: TestApp;
let house: Scene;
let room: Room;
let organizer: Client;
let feed: string;
let newcomer: Person;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  const venue = await world.get(Venues).addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  room = await world
    .get(Venues)
    .addRoom(venue.id, { code: '205', name: { en: 'Room 205' }, capacity: null, notes: '' });
  for (const name of ['organizer', 'coordinator'])
    await staff(world, `${name}@example.org`, [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  feed = `/feed/${await world.get(Feeds).renew(house.person.id, 'en')}.ics`;
  newcomer = await world.get(People).create({ given: '伟', family: '王', email: 'wang@example.org', locale: 'en' });
});
afterAll(() => world.close());

/** Posts the form with that action on a page, as a browser does. */
async function press(
  client: Client,
  page: string,
  action: string,
  fields: Record<string, string> = {},
): Promise<Answer> {
  const { body } = await client.get(page);
  return client.post(action, { ...hiddenFields(body, action), ...fields });
}
const held = () => world.db.repository(OutgoingMail).findBy({ state: 'held' });
/** Confirms what is held, by the number that the page shows. */
async function confirm(): Promise<Answer> {
  return press(organizer, `${BASE}/mail/outbox`, `${BASE}/mail/outbox/sendings`);
}
/** What somebody was asked by a mail with a calendar part; the receipt of the registration asks for nothing. */
async function told(email: string | null): Promise<{ method: string | undefined; event: ReadEvent }[]> {
  return (await world.mails()).flatMap(({ to, ics }) => {
    if (to !== email || ics === undefined) return [];
    expect(checkCalendar(Buffer.from(ics))).toEqual([]);
    const { method, events } = readCalendar(ics);
    return method === 'PUBLISH' ? [] : [{ method, event: events[0]! }];
  });
}
async function inFeed(): Promise<{ etag: string; event: ReadEvent }> {
  const { headers, body, raw } = await world.client().get(feed);
  expect(checkCalendar(raw)).toEqual([]);
  const event = readCalendar(body).events.find(({ summary }) => summary === 'Section of forum')!;
  return { etag: String(headers['etag']), event };
}
const session = () => world.get(Sessions).byId(house.programmeId, house.sessionId);

describe('J6 a second release', () => {
  let first: { etag: string; event: ReadEvent };

  it('finds release 1 public, and its speaker told by a mail that was confirmed: SEQUENCE 0', async () => {
    expect(await held()).toHaveLength(1);
    expect(await told(house.person.email)).toEqual([]);
    const sent = await confirm();
    expect(sent.status).toBe(303);
    const [letter] = await told(house.person.email);
    expect([letter!.method, letter!.event.sequence]).toEqual(['REQUEST', 0]);
    first = await inFeed();
    expect(first.event.uid).toBe(letter!.event.uid);
  });

  it('refuses a move of what somebody else has moved meanwhile, with the place where it is now', async () => {
    const coordinator = await signedIn(world.client(), 'coordinator@example.org');
    const before = await session();
    const page = `${BASE}/sessions/${before.id}/move`;
    const seen = hiddenFields((await coordinator.get(page)).body, page);
    const fields = { day: house.conference.startsOn, minutes: '60', roomId: room.id };
    expect((await press(organizer, page, page, { ...fields, time: '11:30' })).status).toBe(303);
    const stale = await coordinator.post(page, { ...seen, ...fields, time: '15:00' });
    expect(stale.status).toBe(409);
    expect(stale.body).toMatch(/11:30[^<]*Room 205/);
    expect((await session()).startsAt!.getTime() - before.startsAt!.getTime()).toBe(90 * 60_000);
  });

  it('is previewed by session and by person: one moved, one new, two mails', async () => {
    const place = { start: (await session()).endsAt, minutes: 30, roomId: room.id };
    const order = { kind: 'plenary' as const, title: { en: 'An evening lecture' }, place };
    const added = await world.get(Sessions).add(house.programmeId, order);
    const seat = { sessionId: added.session.id, personId: newcomer.id, role: 'speaker', state: 'confirmed' } as const;
    await world.get(Assignments).assign(house.programmeId, seat);
    const sessions = (await organizer.get(`${BASE}/publish`)).body;
    expect(sessions).toContain('10:00–11:00, no room → 11:30–12:30, Room 205');
    expect(sessions).toContain('<li>By mail: 2</li>');
    const people = (await organizer.get(`${BASE}/publish?view=people`)).body;
    expect(people).toContain('New: “An evening lecture” (speaker)');
    expect(people).toContain('“Talk of forum” (speaker): ');
  });

  it('is published with a note in three languages; exactly two drafts wait, and nobody is written to', async () => {
    const note = { 'note.be': 'Адзін перанос', 'note.ru': 'Один перенос', 'note.en': 'One move' };
    const done = await press(organizer, `${BASE}/publish`, `${BASE}/publish`, { 'name.en': 'Second', ...note });
    expect(done.location).toBe(`${BASE}/releases/2`);
    const drafts = await held();
    expect(drafts.map(({ recipient, kind }) => [recipient, kind]).sort()).toEqual([
      [house.person.email!, 'release-moved'],
      ['wang@example.org', 'release-added'],
    ]);
    expect(await told('wang@example.org')).toEqual([]);
    expect(await told(house.person.email)).toHaveLength(1);
  });

  it('once they are confirmed: SEQUENCE 1 and the same UID to the one, SEQUENCE 0 to the other', async () => {
    expect((await organizer.get(`${BASE}/mail/outbox`)).body).toContain('name="count" value="2"');
    await confirm();
    const [, moved] = await told(house.person.email);
    const [added, ...more] = await told('wang@example.org');
    expect(more).toEqual([]);
    expect([moved!.method, moved!.event.sequence, moved!.event.uid]).toEqual(['REQUEST', 1, first.event.uid]);
    expect([added!.method, added!.event.sequence, added!.event.summary]).toEqual(['REQUEST', 0, 'An evening lecture']);
    expect(moved!.event.start!.instant).toEqual((await session()).startsAt);
    expect(await held()).toEqual([]);
  });

  it('is what the public sees, with its changes and note, and what the feed of a participant says under a new ETag', async () => {
    for (const [locale, note] of [
      ['be', 'Адзін перанос'],
      ['ru', 'Один перенос'],
      ['en', 'One move'],
    ] as const) {
      const { body } = await world.client().get(`/${locale}/c/forum/programme/changes`);
      expect([locale, body.includes(note), body.includes('An evening lecture')]).toEqual([locale, true, true]);
    }
    const page = (await world.client().get('/en/c/forum/programme')).body;
    expect(page).toContain('Second, release 2 of');
    const now = await inFeed();
    expect(now.etag).not.toBe(first.etag);
    expect([now.event.uid, now.event.sequence]).toEqual([first.event.uid, 1]);
    expect(now.event.start!.instant!.getTime() - first.event.start!.instant!.getTime()).toBe(90 * 60_000);
    const stale = await world.client().get(feed, { 'if-none-match': first.etag });
    const fresh = await world.client().get(feed, { 'if-none-match': now.etag });
    expect([stale.status, fresh.status]).toEqual([200, 304]);
  });
});

describe('an urgent change', () => {
  const publish = `${BASE}/publish`;
  const earlier = async () => {
    const { id, version, startsAt } = await session();
    const start = new Date(startsAt!.getTime() - 15 * 60_000);
    await world.get(Sessions).move(house.programmeId, { id, version }, { start, minutes: 60, roomId: room.id });
  };
  const sequences = async () => (await told(house.person.email)).map(({ event }) => event.sequence);

  it('is published and told at once by one button, to as many as it says', async () => {
    await earlier();
    const before = await sequences();
    const page = await organizer.get(publish);
    expect(page.body).toMatch(/name="send" value="1"[^>]*>Publish and send 1 mail</);
    const done = await organizer.post(publish, { ...hiddenFields(page.body, publish), send: '1' });
    expect(done.status).toBe(303);
    expect((await organizer.follow(done)).body).toContain('1 mail is on its way.');
    expect(await held()).toEqual([]);
    expect(await sequences()).toEqual([...before, before.at(-1)! + 1]);
  });

  it('is not published when others would be told than was shown', async () => {
    await earlier();
    const page = await organizer.get(publish);
    const number = /Publish release (\d+)/.exec(page.body)![1];
    const refused = await organizer.post(publish, { ...hiddenFields(page.body, publish), send: '2' });
    expect(refused.status).toBe(409);
    expect(await held()).toEqual([]);
    expect((await organizer.get(publish)).body).toContain(`Publish release ${number}`);
  });
});
