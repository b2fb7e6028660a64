import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases } from '../../../../src/features/programme/index.js';
import { Feeds } from '../../../../src/features/feeds/feeds.service.js';
import { Venues } from '../../../../src/features/venues/index.js';
import {
  Cars,
  Delegations,
  Journeys,
  StayReleases,
  StaySessions,
  Visits,
  type Visit,
} from '../../../../src/features/visits/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene } from '../../../support/scene.js';

let world: TestApp;
let officer: Client;
let admin: Client;
let visit: Visit;
let host: Person;
let roomId: string;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  officer = await signedIn(world.client(), 'officer@example.org');
  admin = await signedIn(world.client(), 'admin@example.org');
  const venue = await world.get(Venues).addVenue({ code: 'house', name: { en: 'Library' }, address: {}, geo: null });
  const room = await world
    .get(Venues)
    .addRoom(venue.id, { code: 'blue', name: { en: 'Blue hall' }, capacity: 20, notes: '' });
  roomId = room.id;
  visit = await world
    .get(Visits)
    .openFile({ title: { en: 'Visit from Yerevan' }, kind: 'working', level: 3, languages: ['hy'] });
  const people = world.get(People);
  host = await people.create({ given: 'Ales', family: 'Host', email: 'host@example.org', locale: 'en' });
  const guest = await people.create({ given: 'Ani', family: 'Guest', email: 'guest@example.org', locale: 'en' });
  await world.get(Delegations).add(visit, { person: { personId: guest.id }, role: 'head', source: 'staff' });
  const talks = await planned('Closed talks', 10, { roomId });
  await world.get(StaySessions).assign(visit, talks, { personId: host.id, role: 'host', level: null });
  await planned('Lunch in town', 13, { address: 'Square 1', guestNote: 'no tie' });
  await planned('Our own council', 15, { shownToGuests: false });
  await world.get(StayReleases).send(visit, 0);
});
afterAll(() => world.close());

async function planned(
  title: string,
  hour: number,
  { roomId: room, ...more }: { roomId?: string; address?: string; guestNote?: string; shownToGuests?: boolean },
): Promise<string> {
  const start = new Date(world.clock.now().getTime() + 20 * 86_400_000);
  start.setUTCHours(hour, 0, 0, 0);
  const { session } = await world.get(StaySessions).add(visit, {
    kind: 'meeting',
    title: { en: title },
    languages: [],
    layout: null,
    place: { start, minutes: 60, roomId: room ?? null },
    address: null,
    setUp: {},
    menu: null,
    internalNote: 'SECRET',
    guestNote: null,
    shownToGuests: true,
    planB: 'SECRET',
    ...more,
  });
  return session.id;
}

const share = async (who: Client, path: string, what: string) => {
  const made = await who.post(path, {
    ...hiddenFields((await who.get(path)).body, path),
    what,
    label: 'Embassy',
    locale: 'en',
  });
  return new URL(/<code class="address">([^<]+)<\/code>/.exec(made.body)![1]!).pathname;
};
const read = async (path: string): Promise<ReadEvent[]> => {
  const answer = await world.client().get(path);
  expect(answer.status).toBe(200);
  expect(checkCalendar(Buffer.from(answer.body))).toEqual([]);
  expect(answer.body).not.toContain('SECRET');
  return [...readCalendar(answer.body).events].sort((a, b) => (a.summary! < b.summary! ? -1 : 1));
};
const here = () => `/protocol/visits/${visit.ref}/feeds`;

describe('the calendar of a visit', () => {
  it('[CF1] holds for the guests what was sent and is shown to them, with the place outside the house', async () => {
    const path = await share(officer, here(), 'visit');
    expect((await read(path)).map(({ summary, location }) => [summary, location])).toEqual([
      ['Closed talks', 'Blue hall, Library'],
      ['Lunch in town', 'Square 1'],
    ]);
    await planned('Not sent yet', 17, {});
    expect((await read(path)).map(({ summary }) => summary)).not.toContain('Not sent yet');
    await world.get(StayReleases).send(visit, 1);
    expect((await read(path)).map(({ summary }) => summary)).toContain('Not sent yet');
  });

  it('holds for a host what they receive, and ends when it is closed', async () => {
    const path = await share(officer, here(), `host:${host.id}`);
    expect((await read(path)).map(({ summary }) => summary)).toEqual(['Closed talks']);
    const page = await officer.get(here());
    const ending = /action="([^"]+\/revocation)"/.exec(page.body)![1]!;
    expect((await officer.submit(here(), {}, ending)).status).toBe(303);
    expect((await world.client().get(path)).status).toBe(410);
  });

  it('[CF1] holds for a driver the journeys of their car: when, where, whom to look for, and nothing of the visit', async () => {
    const { member } = await world.get(Delegations).add(visit, {
      person: { given: 'Aram', family: 'Passenger', locale: 'en' },
      role: 'member',
      source: 'staff',
    });
    const fields = { seats: 4, luggage: null, phone: null, inUse: true, plate: null };
    const car = await world.get(Cars).add({ ...fields, name: 'Van', driver: 'Driver' });
    const other = await world.get(Cars).add({ ...fields, name: 'Bus', driver: 'Another' });
    const ticket = {
      direction: 'arrival',
      mode: 'flight',
      carrier: 'Belavia',
      number: 'B2 732',
      fromPlace: 'Yerevan',
      toPlace: 'Minsk airport',
      departsAt: '2027-03-01T06:00',
      departsZone: 'Asia/Yerevan',
      arrivesAt: '2027-03-01T08:10',
      arrivesZone: 'Europe/Minsk',
      terminal: null,
      carId: car.id,
      greeter: null,
      signText: null,
      luggage: 2,
      status: 'planned',
      note: 'SECRET',
    } as const;
    const journeys = world.get(Journeys);
    const leg = await journeys.add(visit, ticket, [member.id]);
    await journeys.add(visit, { ...ticket, carId: other.id, fromPlace: 'Elsewhere' }, [member.id]);
    const path = await share(officer, here(), `driver:${car.id}`);
    const [event, ...more] = await read(path);
    expect([event!.summary, event!.location, event!.sequence, more]).toEqual([
      'Meet: Yerevan → Minsk airport',
      'Minsk airport',
      0,
      [],
    ]);
    expect(event!.description).toBe('Sign: Aram Passenger\n1 person\nPieces of luggage: 2\nBelavia B2 732');
    const bytes = (await world.client().get(path)).body;
    expect(['Yerevan visit', 'Visit from', 'Closed talks', visit.ref].filter((word) => bytes.includes(word))).toEqual(
      [],
    );
    world.clock.advance({ hours: 1 });
    // What somebody taps at the airport moves nothing; another time does, and a journey that is off says so.
    const landed = await journeys.mark(visit, leg, 'landed');
    expect((await read(path)).map(({ sequence, uid }) => [sequence, uid === event!.uid])).toEqual([[0, true]]);
    const late = await journeys.edit(visit, landed, { ...ticket, arrivesAt: '2027-03-01T09:10' }, [member.id]);
    expect((await read(path)).map(({ sequence }) => sequence)).toEqual([1]);
    await journeys.mark(visit, late, 'cancelled');
    expect((await read(path)).map(({ sequence, status }) => [sequence, status])).toEqual([[2, 'CANCELLED']]);
    world.clock.advance({ days: 31 });
    expect(await read(path)).toEqual([]);
    officer = await signedIn(world.client(), 'officer@example.org');
    admin = await signedIn(world.client(), 'admin@example.org');
  });

  it('is "Occupied" in the calendars of its room and of the house, restricted or not', async () => {
    for (const what of [`room:${roomId}`, 'house']) {
      const path = await share(admin, '/org/feeds', what);
      const events = await read(path);
      expect([...new Set(events.map(({ summary }) => summary))]).toEqual(['Occupied']);
    }
  });

  it('[A5] tells staff of a conference who share the calendar of an interpreter only that a visit takes the time', async () => {
    const congress = await scene(world, 'congress', 'C');
    const organizer = [{ role: 'organizer' as const, conferenceId: congress.conference.id }];
    await staff(world, 'organizer@example.org', organizer);
    const talks = await planned('Talks to interpret', 11, {});
    await world.get(StaySessions).assign(visit, talks, { personId: host.id, role: 'interpreter', level: null });
    const [latest] = await world.get(StayReleases).of(visit.id);
    await world.get(StayReleases).send(visit, latest!.number);
    const { sessionId, programmeId } = congress;
    const part = { sessionId, personId: host.id, role: 'interpreter', state: 'confirmed' } as const;
    await world.get(Assignments).assign(programmeId, part);
    await world.get(Releases).publish(programmeId);
    const theirs = await signedIn(world.client(), 'organizer@example.org');
    const shared = await read(await share(theirs, '/org/c/congress/feeds', `interpreter:${host.id}`));
    expect(shared.map(({ summary, location, description }) => [summary, location, description])).toEqual([
      ['Occupied', undefined, undefined],
      ['Section of congress', undefined, expect.any(String)],
    ]);
    // Who writes the visit shares it whole, and so does the interpreter themselves.
    const own = await read(await share(officer, here(), `interpreter:${host.id}`));
    expect(own.map(({ summary }) => summary)).toEqual(['Section of congress', 'Talks to interpret']);
    const personal = await read(`/feed/${await world.get(Feeds).renew(host.id, 'en')}.ics`);
    expect(personal.map(({ summary }) => summary)).toEqual(
      expect.arrayContaining(['Closed talks', 'Talks to interpret']),
    );
  });

  it('[A4] is not opened by anybody who may not know of the visit', async () => {
    expect((await admin.get(here())).status).toBe(404);
    expect((await admin.get(`/api/v1/visits/${visit.ref}/feeds`)).status).toBe(404);
  });
});
