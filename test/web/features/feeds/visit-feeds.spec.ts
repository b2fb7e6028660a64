import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Venues } from '../../../../src/features/venues/index.js';
import { Delegations, StayReleases, StaySessions, Visits, type Visit } from '../../../../src/features/visits/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';

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

  it('is "Occupied" in the calendars of its room and of the house, restricted or not', async () => {
    for (const what of [`room:${roomId}`, 'house']) {
      const path = await share(admin, '/org/feeds', what);
      const events = await read(path);
      expect([...new Set(events.map(({ summary }) => summary))]).toEqual(['Occupied']);
    }
  });

  it('[A4] is not opened by anybody who may not know of the visit', async () => {
    expect((await admin.get(here())).status).toBe(404);
    expect((await admin.get(`/api/v1/visits/${visit.ref}/feeds`)).status).toBe(404);
  });
});
