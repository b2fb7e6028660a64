import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../../../src/features/accounts/index.js';
import { Programmes, Releases, Sessions, type Session } from '../../../../src/features/programme/index.js';
import { Venues, type Venue } from '../../../../src/features/venues/index.js';
import {
  Delegations,
  StayReleases,
  StaySessions,
  VisitAttendances,
  Visits,
  type Visit,
} from '../../../../src/features/visits/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { typedIn } from '../../../support/typed-form.js';

const ZONE = 'Europe/Minsk';
const NAMES = ['Ani Petrosyan', 'Aram Grigoryan', 'Ashot Sarkisyan'];
let world: TestApp;
let congress: Scene;
let venue: Venue;
let day: string;
let officer: Client;
let organizer: Client;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  day = congress.conference.startsOn!;
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: congress.conference.id }]);
  await staff(world, 'editor@example.org', [{ role: 'programme_editor', conferenceId: congress.conference.id }]);
  venue = await world.get(Venues).addVenue({ code: 'nlb', name: { en: 'Library' }, address: {}, geo: null });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await signedIn(world.client(), 'officer@example.org');
  organizer = await signedIn(world.client(), 'organizer@example.org');
});

const at = (clock: string) => toInstant(`${day}T${clock}`, ZONE).instant;
const page = ({ ref }: Visit, end = '') => `/protocol/visits/${ref}/programme${end}`;
const text = async (client: Client, url: string) => unescapeHtml((await client.get(url)).body);
const conferenceProgramme = async () => (await world.get(Programmes).ofOwner(congress.conference.id)).id;

let serial = 0;

/** A session of the congress, published unless told. */
async function plenary(title: string, clock: string, published = true): Promise<Session> {
  const programmeId = await conferenceProgramme();
  const code = `hall-${++serial}`;
  const hall = await world.get(Venues).addRoom(venue.id, { code, name: { en: 'Hall' }, capacity: 50, notes: '' });
  const place = { start: at(clock), minutes: 60, roomId: hall.id };
  const { session } = await world.get(Sessions).add(programmeId, { kind: 'plenary', title: { en: title }, place });
  if (published) await world.get(Releases).publish(programmeId);
  return session;
}

async function moved(session: Session, clock: string): Promise<void> {
  const programmeId = await conferenceProgramme();
  const now = await world.get(Sessions).byId(programmeId, session.id);
  await world.get(Sessions).move(programmeId, now, { start: at(clock), minutes: 60, roomId: session.roomId });
}
const publish = async () => world.get(Releases).publish(await conferenceProgramme());

async function delegation(more: object = {}): Promise<Visit> {
  const visit = await visitOf(world, {
    title: { be: 'Візіт з Ерэвана', en: 'Visit from Yerevan' },
    conferenceId: congress.conference.id,
    startsOn: day,
    endsOn: day,
    ...more,
  });
  await membersOf(world, visit, NAMES);
  return visit;
}

/** An hour at table, with the whole delegation. */
async function meal(visit: Visit, clock: string): Promise<Session> {
  const { session } = await world.get(StaySessions).add(visit, {
    kind: 'meal',
    title: { en: 'The meal' },
    languages: [],
    layout: null,
    place: { start: at(clock), minutes: 60, roomId: null },
    address: 'Square 1',
    setUp: {},
    menu: null,
    internalNote: null,
    guestNote: null,
    shownToGuests: true,
    planB: null,
  });
  return session;
}

const attends = (visit: Visit, session: Session, memberIds: string[] | null = null) =>
  world.get(VisitAttendances).choose(visit, session.id, { memberIds, version: 0 }, false);

describe('a delegation at the conference that it comes to', () => {
  it('attends what its officer chooses in the programme, all of it or some', async () => {
    const visit = await delegation();
    const session = await plenary('Plenary to attend', '12:00');
    const list = page(visit, '/attended');
    const one = `${list}/${session.id}`;
    expect(await text(officer, list)).toContain('Plenary to attend');
    const taken = await officer.submit(list, {}, one);
    expect([taken.status, taken.location]).toEqual([303, `${list}#session-${session.id}`]);
    // The same tap again changes nothing.
    expect(
      (await officer.post(one, { ...hiddenFields((await officer.get(one)).body, one), who: 'all', version: '0' }))
        .status,
    ).toBe(303);
    expect(await text(officer, page(visit))).toContain('the whole delegation (3)');
    const members = await world.get(Delegations).of(visit.id);
    const form = typedIn((await officer.get(one)).body, one);
    expect(form['who']).toBe('all');
    const nobody = await officer.post(one, { ...form, who: 'chosen' });
    expect([nobody.status, unescapeHtml(nobody.body).includes('Choose at least one person')]).toEqual([422, true]);
    await officer.post(one, { ...form, who: 'chosen', memberIds: [members[1]!.member.id, members[2]!.member.id] });
    const desk = await text(officer, page(visit));
    expect(NAMES.map((name) => desk.includes(name))).toEqual([false, true, true]);
    const stale = await officer.post(one, { ...form, who: 'chosen', memberIds: members[0]!.member.id });
    expect([stale.status, unescapeHtml(stale.body).includes('Somebody else has changed this item')]).toEqual([
      409,
      true,
    ]);
    expect((await officer.submit(one, {}, `${one}/removal`)).status).toBe(303);
    expect(await text(officer, page(visit))).not.toContain('Plenary to attend');
  });

  it('is no guest there: the conference prints and publishes no names because of it', async () => {
    const visit = await delegation();
    const session = await plenary('Plenary without names', '12:30');
    await attends(visit, session);
    await moved(session, '12:35');
    await publish();
    for (const url of [
      '/en/c/congress/programme',
      `/c/congress/programme.json`,
      `/org/c/congress/sessions/${session.id}`,
      '/org/c/congress/conflicts',
      `/org/c/congress/board?day=${day}`,
    ]) {
      const body = await text(organizer, url);
      expect([url, NAMES.filter((name) => body.includes(name))]).toEqual([url, []]);
    }
  });

  it('has it in both versions of its programme, on the run sheet and in its calendar, as the conference published it', async () => {
    const visit = await delegation();
    await meal(visit, '13:30');
    const session = await plenary('Published plenary', '14:30');
    const draft = await plenary('Only planned', '15:30', false);
    await attends(visit, session);
    await attends(visit, draft);
    await world.get(StayReleases).send(visit, 0);
    for (const end of ['/guest?languages=en', '/internal']) {
      const paper = await text(officer, page(visit, end));
      expect([end, paper.includes('14:30–15:30'), paper.includes('Published plenary')]).toEqual([end, true, true]);
      expect([end, paper.includes('Congress congress'), paper.includes('Only planned')]).toEqual([end, true, false]);
    }
    expect(await text(officer, `/protocol/visits/${visit.ref}/day?on=${day}`)).toContain('Published plenary');
    const calendar = await calendarOf(visit);
    expect((await calendar()).map(({ summary, location }) => [summary, location])).toContainEqual([
      'Published plenary',
      'Hall, Library',
    ]);
    expect((await calendar()).map(({ summary }) => summary)).not.toContain('Only planned');
  });

  it('hears of a move at once, and tells it by a change sheet when the conference has published it', async () => {
    const visit = await frozen(await delegation(), async (one) => {
      await meal(one, '18:00');
      const session = await plenary('Plenary that moves', '16:40');
      await attends(one, session);
      return session;
    });
    const { session } = visit;
    const calendar = await calendarOf(visit.visit);
    await moved(session, '17:30');
    const desk = await text(officer, page(visit.visit));
    expect(desk).toContain('“Plenary that moves” and “The meal” at once for 30 minutes');
    expect(desk).toContain('The conference is moving it, not published yet');
    // Nothing is told to anybody before the conference publishes it.
    expect((await world.get(StayReleases).pending(visit.visit)).changes).toEqual([]);
    await moved(session, '19:30');
    await publish();
    expect(await text(officer, page(visit.visit))).not.toContain('at once for');
    const pending = (await world.get(StayReleases).pending(visit.visit)).changes;
    expect(pending.map(({ sessionId, kind }) => [sessionId, kind])).toEqual([[session.id, 'moved']]);
    const before = (await calendar()).find(({ summary }) => summary === 'Plenary that moves')!;
    const [latest] = await world.get(StayReleases).of(visit.visit.id);
    await world.get(StayReleases).send(visit.visit, latest!.number);
    const sheet = await text(officer, page(visit.visit, '/changes/1'));
    expect(sheet).toContain('Plenary that moves');
    expect(NAMES.map((name) => sheet.includes(name))).toEqual([true, true, true]);
    const after = (await calendar()).find(({ summary }) => summary === 'Plenary that moves')!;
    expect([after.uid === before.uid, before.sequence, after.sequence]).toEqual([true, 0, 1]);
  });

  it('hears that a session is off or not in its days: readiness, its page, and the calendar of the delegation', async () => {
    const visit = await delegation();
    const session = await plenary('Plenary that is off', '09:00');
    await attends(visit, session);
    await world.get(StayReleases).send(visit, 0);
    const calendar = await calendarOf(visit);
    const programmeId = await conferenceProgramme();
    const now = await world.get(Sessions).byId(programmeId, session.id);
    await world.get(Sessions).cancel(programmeId, now);
    expect(await text(officer, page(visit, '/attended'))).toContain('These are off or have no time any more');
    expect(await text(officer, `/protocol/visits/${visit.ref}`)).toContain('Plenary that is off');
    await publish();
    await world.get(StayReleases).send(visit, 1);
    expect((await calendar()).map(({ summary, status }) => [summary, status])).toEqual([
      ['Plenary that is off', 'CANCELLED'],
    ]);
    const late = await plenary('Plenary after they left', '10:00');
    await attends(visit, late);
    await world
      .get(Visits)
      .edit(await world.get(Visits).byId(visit.id), { startsOn: '2029-01-01', endsOn: '2029-01-02' });
    expect(await text(officer, page(visit))).toContain('the delegation has not come yet or has left');
  });

  it('is told on the conflicts and the board of the conference: by its title to who may know, else as held by a visit', async () => {
    const visit = await delegation();
    await meal(visit, '20:00');
    const session = await plenary('Plenary in conflict', '20:30');
    await attends(visit, session);
    const editor = await signedIn(world.client(), 'editor@example.org');
    for (const url of ['/org/c/congress/conflicts', `/org/c/congress/board?day=${day}`]) {
      expect([
        url,
        (await text(organizer, url)).includes('The delegation of “Visit from Yerevan”: “The meal”'),
      ]).toEqual([url, true]);
      const seen = await text(editor, url);
      expect([url, seen.includes('Held by a visit'), seen.includes('Yerevan'), seen.includes('The meal')]).toEqual([
        url,
        true,
        false,
        false,
      ]);
    }
    // A conference goes on without its guests: it is a warning there, and an error of the visit.
    const severities = async (client: Client, url: string) => {
      const found = (await client.get(url)).json<{ items: { rule: string; severity: string; people: string[] }[] }>();
      return found.items
        .filter(({ rule }) => rule === 'attended-double')
        .map(({ severity, people }) => [severity, people?.length ?? null]);
    };
    expect(await severities(organizer, '/api/v1/conferences/congress/findings')).toEqual([['warning', 0]]);
    const own = (await officer.get(`/api/v1/visits/${visit.ref}/programme/attended`)).json<{
      items: { conflicts: { rule: string; severity: string }[] }[];
    }>();
    expect(own.items[0]!.conflicts.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['attended-double', 'error'],
    ]);
    await world.get(VisitAttendances).giveUp(visit, session.id);
    expect(await text(organizer, '/org/c/congress/conflicts')).not.toContain('Plenary in conflict');
  });

  it('[A5] of a restricted visit leaks nothing: "held by a visit" is all that the conference sees', async () => {
    const visit = await delegation({ confidentiality: 'restricted', title: { en: 'Quiet visit from Nowhere' } });
    const { id } = (await world.get(Accounts).byEmail('officer@example.org'))!;
    await world.get(Visits).name(visit, id);
    await meal(visit, '22:00');
    const programmeId = await conferenceProgramme();
    const session = await plenary('Plenary with secret guests', '22:30');
    await attends(visit, session);
    expect(await text(officer, page(visit))).toContain('at once for 30 minutes');
    const urls = [
      '/org/c/congress/conflicts',
      `/org/c/congress/board?day=${day}`,
      '/org/c/congress/publish',
      `/org/c/congress/sessions/${session.id}`,
      `/org/c/congress/sessions/${session.id}/places`,
      '/api/v1/conferences/congress/findings',
      `/api/v1/conferences/congress/sessions/${session.id}`,
      '/en/c/congress/programme',
    ];
    for (const url of urls) {
      const answer = await organizer.get(url);
      const body = unescapeHtml(answer.body);
      const leaks = ['Quiet', 'Nowhere', visit.ref, visit.id, 'The meal', ...NAMES].filter((word) =>
        body.includes(word),
      );
      expect([url, answer.status, leaks]).toEqual([url, 200, []]);
    }
    expect(await text(organizer, '/org/c/congress/conflicts')).toContain('Held by a visit');
    for (const url of [
      page(visit, '/attended'),
      page(visit, `/attended/${session.id}`),
      `/api/v1/visits/${visit.ref}/programme/attended`,
    ])
      expect((await organizer.get(url)).status).toBe(404);
    const now = await world.get(Sessions).byId(programmeId, session.id);
    await world.get(Sessions).cancel(programmeId, now);
  });

  it('[A3] attends sessions of its own conference only, with its own members', async () => {
    const visit = await delegation();
    const other = await delegation();
    const [stranger] = await world.get(Delegations).of(other.id);
    const session = await plenary('Plenary of the congress', '08:00');
    const api = (id: string) => `/api/v1/visits/${visit.ref}/programme/attended/${id}`;
    const own = await meal(visit, '07:00');
    const token = { 'x-csrf-token': await csrf(), origin: 'http://127.0.0.1:3000' };
    const put = (id: string, input: object) => officer.api('PUT', api(id), { who: 'all', version: 0, ...input }, token);
    expect((await put(own.id, {})).status).toBe(404);
    expect((await put('nonsense', {})).status).toBe(404);
    expect((await put(session.id, { who: 'chosen', memberIds: [stranger!.member.id] })).status).toBe(422);
    expect((await put(session.id, {})).status).toBe(200);
    expect(
      (await put(session.id, { who: 'chosen', memberIds: [(await world.get(Delegations).of(visit.id))[0]!.member.id] }))
        .status,
    ).toBe(412);
    await world.get(Visits).edit(await world.get(Visits).byId(visit.id), { conferenceId: null });
    expect(await world.get(VisitAttendances).of(visit.id)).toEqual([]);
    expect(await text(officer, page(visit, '/attended'))).toContain('not linked to a conference');
  });
});

async function csrf(): Promise<string> {
  return /name="_csrf" value="([^"]+)"/.exec((await officer.get('/protocol/visits/new')).body)![1]!;
}

/** The visit frozen with what `plan` puts into it. */
async function frozen<T>(visit: Visit, plan: (visit: Visit) => Promise<T>): Promise<{ visit: Visit; session: T }> {
  const session = await plan(visit);
  const visits = world.get(Visits);
  for (const key of [
    'decision',
    'invitation_letter',
    'head',
    'names',
    'places',
    'owners',
    'double_bookings',
    'interpreters',
    'visas',
  ] as const)
    await visits.override(visit, key, 'for the test');
  let now = await visits.byId(visit.id);
  for (const to of ['under_review', 'approved', 'invited', 'composition_confirmed', 'preparing', 'frozen'] as const)
    now = await visits.step(now, { to, reason: null });
  return { visit: now, session };
}

/** Reads the secret calendar of the guests. */
async function calendarOf(visit: Visit) {
  const feeds = `/protocol/visits/${visit.ref}/feeds`;
  const fields = {
    ...hiddenFields((await officer.get(feeds)).body, feeds),
    what: 'visit',
    label: 'Guests',
    locale: 'en',
  };
  const made = await officer.post(feeds, fields);
  const path = new URL(/<code class="address">([^<]+)<\/code>/.exec(made.body)![1]!).pathname;
  return async () => {
    const answer = await world.client().get(path);
    expect(checkCalendar(Buffer.from(answer.body))).toEqual([]);
    return [...readCalendar(answer.body).events];
  };
}
