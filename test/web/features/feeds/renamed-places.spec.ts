import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { Feeds } from '../../../../src/features/feeds/index.js';
import { Invitations } from '../../../../src/features/invitations/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { until } from '../../../support/server-process.js';

/*
 * A room that is called otherwise is the same place (CR3): the next release says it, the feeds follow with the same
 * SEQUENCE and a later LAST-MODIFIED, and nobody is written to. Another room, or another venue, is a move.
 */
let world: TestApp;
let house: Scene;
let room: Room;
let feed: string;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  const venue = await world
    .get(Venues)
    .addVenue({ code: 'library', name: { en: 'National Library' }, address: { en: 'Old Street 1' }, geo: null });
  room = await world
    .get(Venues)
    .addRoom(venue.id, { code: 'hall', name: { en: 'Great Hall' }, capacity: 50, notes: '' });
  const first = await world.get(Sessions).byId(house.programmeId, house.sessionId);
  await world
    .get(Sessions)
    .move(house.programmeId, first, { start: first.startsAt, minutes: first.minutes, roomId: room.id });
  const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const };
  const seat = { sessionId: house.sessionId, role: 'panelist' as const };
  const guest = { given: 'Госць', family: null, email: 'guest@example.org', locale: 'en' as const };
  const { id } = await world.get(Invitations).create({ ...order, seat, person: guest as never });
  await world.get(Invitations).answer(id, { answer: 'accepted', channel: 'staff' });
  await world.get(Releases).publish(house.programmeId);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  feed = `/feed/${await world.get(Feeds).renew(house.person.id, 'en')}.ics`;
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

interface Read {
  etag: string;
  event: ReadEvent;
}
async function read(url: string, summary = 'Section of forum'): Promise<Read> {
  const { body, raw, headers, status } = await world.client().get(url);
  expect([url, status, checkCalendar(raw)]).toEqual([url, 200, []]);
  const event = readCalendar(body).events.find((one) => one.summary === summary)!;
  return { etag: String(headers['etag']), event };
}
/** Nothing of what was answered before is at hand any more: another word of the conference is on every page and file. */
async function renderedAnew(): Promise<void> {
  const conference = (await world.get(Conferences).byId(house.conference.id))!;
  await world.get(Conferences).edit(conference, { tagline: { en: `Edited ${conference.version} times` } });
}
const PUBLIC = '/c/forum/programme.ics?lang=en';
const mails = () => world.db.repository(OutgoingMail).count();

describe('a room or a venue that is called otherwise', () => {
  it.each([
    [
      'room',
      async () => void (await world.get(Venues).editRoom(await fresh(), { name: { en: 'Assembly Hall' } })),
      'Assembly Hall',
    ],
    [
      'venue',
      async () => void (await world.get(Venues).editVenue((await fresh()).venue, { name: { en: 'The Library' } })),
      'The Library',
    ],
  ])(
    'shows at the next release, the %s in every feed: same UID and SEQUENCE, later stamp, no mail [CR3] [CR6] [B22]',
    async (_what, rename, name) => {
      const [before, mine, written] = [await read(PUBLIC), await read(feed), await mails()];
      await rename();
      await renderedAnew();
      expect([(await read(PUBLIC)).event, (await read(feed)).event]).toEqual([before.event, mine.event]);
      const { peopleToTell } = await world.get(Releases).next(house.programmeId);
      const organizer = await signedIn(world.client(), 'organizer@example.org');
      const page = await organizer.get('/org/c/forum/publish?view=people');
      expect(page.body).toContain('See it themselves, on their page or in their calendar: ');
      expect(page.body).toMatch(new RegExp(`the place is now called [^(]*${name}`));
      await world.get(Releases).publish(house.programmeId);
      expect([peopleToTell, (await mails()) - written]).toEqual([0, 0]);
      for (const [old, now] of [
        [before, await read(PUBLIC)],
        [mine, await read(feed)],
      ] as const) {
        expect(now.event.location).toContain(name);
        expect(now.event.location).not.toBe(old.event.location);
        expect([now.event.uid, now.event.sequence]).toEqual([old.event.uid, old.event.sequence]);
        expect(now.event.stamp!.getTime()).toBeGreaterThan(old.event.stamp!.getTime());
        expect(now.etag).not.toBe(old.etag);
      }
      const changes = await world.client().get('/en/c/forum/programme/changes');
      expect(changes.body).toMatch(new RegExp(`The place is now called [^(]*${name}`));
    },
  );

  it('is otherwise from another room, which moves the session: SEQUENCE grows and people are told', async () => {
    const other = await world
      .get(Venues)
      .addRoom(room.venueId, { code: 'other', name: { en: 'Assembly Hall' }, capacity: 50, notes: '' });
    const before = await read(PUBLIC);
    const session = await world.get(Sessions).byId(house.programmeId, house.sessionId);
    const place = { start: session.startsAt, minutes: session.minutes, roomId: other.id };
    await world.get(Sessions).move(house.programmeId, session, place);
    const { peopleToTell } = await world.get(Releases).next(house.programmeId);
    await world.get(Releases).publish(house.programmeId);
    const places = (await world.get(Assignments).ofSession(house.sessionId)).filter(
      ({ state }) => state === 'confirmed',
    );
    expect([(await read(PUBLIC)).event.sequence, peopleToTell]).toEqual([before.event.sequence! + 1, places.length]);
  });
});

describe('the days of the conference', () => {
  const URL = '/c/forum/conference.ics?lang=en';
  const days = () => read(URL, 'Congress forum');

  it('have a later stamp when the venue has another address, and a higher SEQUENCE only in another venue [CR3] [CR6]', async () => {
    const conferences = world.get(Conferences);
    const first = await days();
    const venue = (await fresh()).venue;
    await conferences.edit((await conferences.byId(house.conference.id))!, { venueId: venue.id });
    const placed = await days();
    expect(placed.event.sequence).toBe(first.event.sequence! + 1);
    world.clock.advance({ hours: 2 });
    await world.get(Venues).editVenue(venue, { address: { en: 'New Street 2' } });
    await until('the new address', async () => (await days()).event.location?.includes('New Street 2') ?? false);
    const moved = await days();
    expect([moved.event.uid, moved.event.sequence]).toEqual([placed.event.uid, placed.event.sequence]);
    expect(moved.event.stamp!.getTime()).toBeGreaterThan(placed.event.stamp!.getTime());
  });
});

const fresh = async (): Promise<Room> => (await world.get(Venues).roomById(room.id))!;
