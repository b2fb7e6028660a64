import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts, ROLES, type Role } from '../../../../src/features/accounts/index.js';
import { Interpreters, People, type Person } from '../../../../src/features/people/index.js';
import {
  BoardOperations,
  Conflicts,
  Programmes,
  Releases,
  Sessions,
} from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { Delegations, Visits, type NewMember, type Visit } from '../../../../src/features/visits/index.js';
import { dayAfter, toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { typedIn } from '../../../support/typed-form.js';

const ZONE = 'Europe/Minsk';
let world: TestApp;
let congress: Scene;
let hall: Room;
let officer: Client;
let day: string;

beforeAll(async () => {
  world = await startApp();
  congress = await scene(world, 'congress', 'C');
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  await staff(world, 'of-congress@example.org', [{ role: 'organizer', conferenceId: congress.conference.id }]);
  day = congress.conference.startsOn!;
  const venues = world.get(Venues);
  const venue = await venues.addVenue({ code: 'nlb', name: { en: 'Library' }, address: {}, geo: null });
  hall = await venues.addRoom(venue.id, {
    code: 'hall',
    name: { be: 'Зала', en: 'Hall of talks' },
    capacity: 50,
    notes: '',
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await as('protocol_officer');
});

let serial = 0;
const as = (who: Role | 'of-congress'): Promise<Client> => signedIn(world.client(), `${who}@example.org`);
const person = (family: string, more: object = {}): Promise<Person> =>
  world
    .get(People)
    .create({ given: 'Anna', family, email: `p${++serial}@example.org`, locale: 'en', ...more } as never);
const fresh = (more: object = {}): Promise<Visit> =>
  world.get(Visits).openFile({
    title: { be: 'Візіт', en: 'A visit' },
    kind: 'working',
    level: 3,
    country: 'AM',
    languages: ['hy'],
    startsOn: day,
    endsOn: day,
    decidedBy: 'The director',
    decidedOn: '2027-01-12',
    decision: 'Yes',
    purgeOn: dayAfter(day, 30),
    ...more,
  });
const at = ({ ref }: Visit) => `/protocol/visits/${ref}/programme`;
const api = ({ ref }: Visit) => `/api/v1/visits/${ref}/programme`;
const item = (more: object = {}) => ({
  'title.be': 'Перамовы',
  'title.en': 'Negotiations',
  kind: 'meeting',
  day,
  time: '10:00',
  until: '11:30',
  roomId: '',
  shownToGuests: 'on',
  ...more,
});

async function member(visit: Visit, { id: personId }: Person, more: Partial<NewMember> = {}): Promise<void> {
  const titled = { title: { en: 'Librarian' }, citizenship: 'BY', ...more };
  await world.get(Delegations).add(visit, { person: { personId }, role: 'member', source: 'staff', ...titled });
}

async function added(visit: Visit, more: object = {}): Promise<string> {
  const answer = await officer.submit(`${at(visit)}/new`, item(more), at(visit));
  if (answer.status !== 303) throw new Error(`${answer.status} ${unescapeHtml(answer.body).slice(0, 3000)}`);
  return answer.location!.split('/').at(-1)!;
}

async function meets(
  visit: Visit,
  session: string,
  { id: personId }: Person,
  role: string,
  level = '',
): Promise<Answer> {
  const page = `${at(visit)}/sessions/${session}`;
  return officer.submit(`${page}?q=${encodeURIComponent('Anna')}`, { personId, role, level }, `${page}/people`);
}

/** The form of a session as it stands, with some fields changed. */
async function saved(visit: Visit, session: string, fields: Record<string, string>): Promise<Answer> {
  const page = `${at(visit)}/sessions/${session}`;
  return officer.post(page, { ...typedIn((await officer.get(page)).body, page), ...fields });
}

const text = async (client: Client, page: string): Promise<string> => unescapeHtml((await client.get(page)).body);
const send = (visit: Visit) => officer.submit(at(visit), {}, `${at(visit)}/releases`);

/** By the services, as far as the stage that can be frozen; everything that readiness asks is let pass. */
async function prepared(visit: Visit): Promise<Visit> {
  const visits = world.get(Visits);
  for (const key of ['invitation_letter', 'head', 'names', 'places', 'owners', 'interpreters', 'visas'] as const)
    await visits.override(visit, key, 'for the test');
  let now = visit;
  for (const to of ['under_review', 'approved', 'invited', 'composition_confirmed', 'preparing'] as const)
    now = await visits.step(now, { to, reason: null });
  return now;
}

describe('the programme of stay', () => {
  it('is built minute by minute: three languages, a place outside, who meets, set-up, notes, plan B', async () => {
    const visit = await fresh();
    await member(visit, await person('Guest'));
    const id = await added(visit, {
      'title.ru': 'Переговоры',
      address: 'vulica Kupały 1',
      flags: 'AM, BY on the table',
      microphones: 'three',
      screen: 'on',
      menu: 'coffee',
      internalNote: 'the gift is in the safe',
      guestNote: 'coats downstairs',
      planB: 'a tour',
      languages: 'en',
      layout: 'u_shape',
    });
    const host = await person('Host');
    expect((await meets(visit, id, host, 'host')).status).toBe(303);
    const page = await text(officer, at(visit));
    for (const said of [
      'Negotiations',
      '10:00',
      '11:30',
      'vulica Kupały 1',
      'Anna Host',
      'Anna Guest',
      'coats downstairs',
      'Minsk',
    ])
      expect([said, page.includes(said)]).toEqual([said, true]);
    const again = await text(officer, `${at(visit)}/sessions/${id}`);
    for (const said of ['Переговоры', 'AM, BY on the table', 'three', 'coffee', 'the gift is in the safe', 'a tour'])
      expect([said, again.includes(said)]).toEqual([said, true]);
  });

  it('refuses half a time, a title in no language and somebody twice in one role, and keeps what was typed', async () => {
    const visit = await fresh();
    const half = await officer.submit(`${at(visit)}/new`, item({ time: '', address: 'kept as typed' }), at(visit));
    expect([half.status, half.body.includes('value="kept as typed"'), half.body.includes('field-time-error')]).toEqual([
      422,
      true,
      true,
    ]);
    const bare = await officer.submit(`${at(visit)}/new`, item({ 'title.be': '', 'title.en': '' }), at(visit));
    expect(bare.status).toBe(422);
    const id = await added(visit);
    const host = await person('Twice');
    expect((await meets(visit, id, host, 'host')).status).toBe(303);
    expect((await meets(visit, id, host, 'host')).status).toBe(409);
  });

  it('ends on the next day where the end is not later than the start', async () => {
    const visit = await fresh();
    const id = await added(visit, { kind: 'transfer', time: '23:30', until: '00:45' });
    const session = await world.get(Sessions).byId((await world.get(Programmes).ofOwner(visit.id)).id, id);
    expect(session.minutes).toBe(75);
  });

  it('changed by two at once keeps what the second one typed', async () => {
    const visit = await fresh();
    const id = await added(visit);
    const page = `${at(visit)}/sessions/${id}`;
    const other = await as('protocol_officer');
    const seen = await other.get(page);
    expect((await saved(visit, id, { address: 'first' })).status).toBe(303);
    const second = await other.post(page, { ...typedIn(seen.body, page), address: 'second' });
    expect([second.status, second.body.includes('value="second"')]).toEqual([409, true]);
  });

  it('warns where ranks differ by more than one, where nobody interprets, and where the interpreter lacks the language', async () => {
    const visit = await fresh({ level: 2 });
    await member(visit, await person('Minister'), { level: 2 });
    const id = await added(visit, { roomId: hall.id, time: '06:00', until: '06:30' });
    expect(await text(officer, at(visit))).toContain('No interpreter');
    const counterpart = await person('Counterpart');
    await meets(visit, id, counterpart, 'counterpart', '4');
    expect(await text(officer, at(visit))).toContain('Levels differ by more than one');
    const interpreter = await person('Interpreter');
    await world.get(Interpreters).create(interpreter.id, {
      directions: [{ from: 'en', to: 'be' }],
      modes: ['consecutive'],
      standing: 'house',
      sworn: false,
    });
    await meets(visit, id, interpreter, 'interpreter');
    const page = await text(officer, at(visit));
    expect([page.includes('No interpreter'), page.includes('does not interpret the language of the guests')]).toEqual([
      false,
      true,
    ]);
  });

  it('has all members as guests, those who are named later too, unless not all take part', async () => {
    const visit = await fresh();
    const [first, second, third] = [await person('First'), await person('Second'), await person('Third')];
    const early = await added(visit, { time: '12:00', until: '13:00' });
    await member(visit, first);
    await member(visit, second);
    const part = await added(visit, { time: '14:00', until: '15:00' });
    const answer = await officer.get(`${api(visit)}/sessions/${part}`);
    const { participants } = JSON.parse(answer.body) as { participants: { id: string; personId: string }[] };
    const leaves = participants.find(({ personId }) => personId === second.id)!;
    const page = `${at(visit)}/sessions/${part}`;
    expect((await officer.submit(page, {}, `${page}/people/${leaves.id}/removal`)).status).toBe(303);
    await member(visit, third);
    const guests = async (session: string) =>
      (
        JSON.parse((await officer.get(`${api(visit)}/sessions/${session}`)).body) as {
          participants: { personId: string }[];
        }
      ).participants
        .map(({ personId }) => personId)
        .sort();
    expect(await guests(early)).toEqual([first.id, second.id, third.id].sort());
    expect(await guests(part)).toEqual([first.id]);
  });

  it('shifts everything from a time on, shown before it is done', async () => {
    const visit = await fresh();
    await added(visit, { 'title.en': 'Early', time: '09:00', until: '09:30' });
    await added(visit, { 'title.en': 'Late', time: '11:00', until: '11:30' });
    const shift = { day, from: '10:00', minutes: '15' };
    const preview = await officer.submit(`${at(visit)}/shift`, shift, `${at(visit)}/shift/preview`);
    expect(unescapeHtml(preview.body)).toContain('1 item would move');
    expect(await text(officer, at(visit))).not.toContain('11:15');
    const token = /name="_csrf" value="([^"]+)"/.exec(preview.body)![1]!;
    expect((await officer.post(`${at(visit)}/shift`, { ...shift, _csrf: token })).status).toBe(303);
    const page = await text(officer, at(visit));
    expect([page.includes('11:15'), page.includes('09:00')]).toEqual([true, true]);
    await world
      .get(BoardOperations)
      .undo((await world.get(Programmes).ofOwner(visit.id)).id)
      .catch(() => undefined);
  });

  it('shows a conflict with a conference beside the session, in both, and in readiness', async () => {
    const visit = await fresh({ conferenceId: congress.conference.id });
    const { id: programmeId } = await world.get(Programmes).ofOwner(congress.conference.id);
    const { session: theirs } = await world.get(Sessions).add(programmeId, {
      kind: 'section',
      title: { en: 'A section in the hall' },
      place: { start: toInstant(`${day}T16:00`, ZONE).instant, minutes: 60, roomId: hall.id },
    });
    const id = await added(visit, { roomId: hall.id, time: '16:30', until: '17:00' });
    const page = await text(officer, at(visit));
    expect(page).toContain('A section in the hall');
    expect((await world.get(Conflicts).ofSession(programmeId, theirs.id)).map(({ rule }) => rule)).toContain(
      'room-double',
    );
    expect(await text(officer, `/protocol/visits/${visit.ref}`)).toContain(`/programme#session-${id}`);
    await world.get(Sessions).remove(programmeId, theirs);
  });
});

describe('[A4] the programme of a visit to a conference', () => {
  it('is read, not changed, by who organizes that conference, and not there for who organizes another', async () => {
    const linked = await fresh({ conferenceId: congress.conference.id });
    const id = await added(linked, { internalNote: 'for the house' });
    const client = await as('of-congress');
    expect(await text(client, at(linked))).toContain('for the house');
    expect((await client.get(at(linked))).body).not.toContain('/releases"');
    const refused = ['/new', '/shift'].map(async (end) => (await client.get(at(linked) + end)).status);
    expect(await Promise.all(refused)).toEqual([403, 403]);
    expect((await client.api('DELETE', `${api(linked)}/sessions/${id}`, undefined, { 'if-match': '"1"' })).status).toBe(
      403,
    );
    expect((await client.get(at(await fresh()))).status).toBe(404);
  });
});

describe('a text of the programme', () => {
  it('is sent, agreed, frozen with the visit; what changes after that is a numbered sheet with only the difference', async () => {
    const visit = await prepared(await fresh());
    await member(visit, await person('Told'));
    const id = await added(visit, { time: '07:00', until: '07:30', address: 'Old street 1', 'title.en': 'Moving one' });
    await added(visit, { time: '08:00', until: '08:30', address: 'Here', 'title.en': 'Quiet one' });
    expect((await send(visit)).status).toBe(303);
    expect(await text(officer, at(visit))).toContain('Text No 1');
    const agreed = await officer.submit(
      at(visit),
      { by: 'Second secretary', through: 'email' },
      `${at(visit)}/releases/1/agreement`,
    );
    expect(agreed.status).toBe(303);
    const card = `/protocol/visits/${visit.ref}`;
    expect((await officer.submit(card, { to: 'frozen' }, `${card}/step`)).status).toBe(303);
    const frozen = await text(officer, at(visit));
    expect([frozen.includes('frozen'), frozen.includes('Second secretary, by e-mail')]).toEqual([true, true]);

    expect((await saved(visit, id, { address: 'New street 2', time: '07:15', until: '07:45' })).status).toBe(303);
    const noted = await text(officer, at(visit));
    expect([noted.includes('not yet in a change sheet'), noted.includes('1 change is not yet')]).toEqual([true, true]);
    // What is printed still says what was frozen.
    expect(await text(officer, `${at(visit)}/guest?languages=en`)).toContain('Old street 1');

    const issued = await send(visit);
    expect(issued.location).toBe(`${at(visit)}/changes/1`);
    const sheet = await text(officer, issued.location!);
    expect(
      [
        'Change sheet No 1',
        'Moving one',
        '07:15',
        'Address: Old street 1 → New street 2',
        'Anna Told',
        'Quiet one',
      ].map((said) => sheet.includes(said)),
    ).toEqual([true, true, true, true, true, false]);
    expect(await text(officer, `${at(visit)}/guest?languages=en`)).toContain('New street 2');
    expect(JSON.parse((await officer.get(`${api(visit)}/changes/1`)).body).changes).toMatchObject([
      { sessionId: id, kind: 'moved', parts: ['address'] },
    ]);
  });

  it('is a change also where only what lies beside a session is different, and none where nothing is', async () => {
    const visit = await fresh();
    const id = await added(visit, { time: '05:00', until: '05:30', address: 'Somewhere' });
    expect((await send(visit)).status).toBe(303);
    const nothing = await officer.post(`${at(visit)}/releases`, { ...(await tokens(at(visit))), after: '1' });
    expect(nothing.status).toBe(409);
    expect((await saved(visit, id, { menu: 'no pork' })).status).toBe(303);
    expect((await send(visit)).status).toBe(303);
    expect(JSON.parse((await officer.get(api(visit))).body).releases).toMatchObject([{ number: 2 }, { number: 1 }]);
  });

  it('is sent with conflicts that are not solved, and made a change sheet only without', async () => {
    const visit = await prepared(await fresh());
    await added(visit, { roomId: hall.id, time: '18:00', until: '19:00' });
    const id = await added(visit, { roomId: hall.id, time: '18:30', until: '19:00', 'title.en': 'Doubled' });
    expect((await send(visit)).status).toBe(303);
    const card = `/protocol/visits/${visit.ref}`;
    expect((await officer.submit(card, { to: 'frozen' }, `${card}/step`)).status).toBe(409);
    const { id: programmeId } = await world.get(Programmes).ofOwner(visit.id);
    const { key } = (await world.get(Conflicts).ofSession(programmeId, id))[0]!;
    const accepted = await officer.post(`${at(visit)}/conflicts`, {
      ...(await tokens(at(visit))),
      key,
      reason: 'a wall is between',
    });
    expect(accepted.status).toBe(303);
    expect((await officer.submit(card, { to: 'frozen' }, `${card}/step`)).status).toBe(303);
    await added(visit, { roomId: hall.id, time: '18:40', until: '18:50', 'title.en': 'Third' });
    expect((await send(visit)).status).toBe(409);
  });

  it('for the guests has two columns of languages, only what is shown to them, and nothing internal', async () => {
    const visit = await fresh();
    const guest = await person('Plate');
    await member(visit, guest, { plate: { be: 'Ганна Таблічка', en: 'Anna Plate' } });
    const host = await person('Leader', { phone: '+375 17 000 00 00' });
    const id = await added(visit, { time: '04:00', until: '04:30', internalNote: 'SECRET NOTE', planB: 'SECRET PLAN' });
    await meets(visit, id, host, 'host');
    await added(visit, {
      'title.en': 'SECRET ITEM',
      'title.be': 'СХАВАНА',
      time: '05:00',
      until: '05:30',
      shownToGuests: '',
    });
    await send(visit);
    const guests = await text(officer, `${at(visit)}/guest?languages=be,en`);
    expect(['Перамовы', 'Negotiations', 'Anna Leader'].map((said) => guests.includes(said))).toEqual([
      true,
      true,
      true,
    ]);
    expect(/SECRET|СХАВАНА|\+375/.exec(guests)).toBeNull();
    const internal = await text(officer, `${at(visit)}/internal`);
    expect(
      ['SECRET NOTE', 'SECRET PLAN', 'SECRET ITEM', '+375 17 000 00 00', 'Anna Plate'].map((said) =>
        internal.includes(said),
      ),
    ).toEqual(Array(5).fill(true));
    const paper = JSON.parse((await officer.get(`${api(visit)}/guest?languages=be,en`)).body) as {
      days: { items: object[] }[];
    };
    expect(paper.days[0]!.items).toEqual([
      {
        start: '04:00',
        end: '04:30',
        cancelled: false,
        titles: ['Перамовы', 'Negotiations'],
        places: ['', ''],
        within: [],
        meets: ['Anna Leader', 'Anna Leader'],
        interpreters: [],
        spoken: [],
        note: null,
        internal: null,
      },
    ]);
  });
});

async function tokens(page: string): Promise<{ _csrf: string }> {
  return { _csrf: /name="_csrf" value="([^"]+)"/.exec((await officer.get(page)).body)![1]! };
}

describe('[A4] the programme of a restricted visit', () => {
  const title = 'Quiet negotiations';
  const restrictedWith = async (room: Room) => {
    const visit = await fresh({ confidentiality: 'restricted' });
    const { id: officerId } = (await world.get(Accounts).byEmail('protocol_officer@example.org'))!;
    await world.get(Visits).name(visit, officerId);
    const id = await added(visit, {
      'title.en': title,
      'title.be': title,
      roomId: room.id,
      time: '20:00',
      until: '21:00',
    });
    return { visit, id };
  };

  it('is not there for anybody who is not named', async () => {
    const { visit, id } = await restrictedWith(hall);
    const pages = ['', '/new', `/sessions/${id}`, '/shift', '/guest', '/internal', '/changes', '/changes/1'].map(
      (end) => at(visit) + end,
    );
    const apis = ['', `/sessions/${id}`, '/changes', '/guest', '/internal'].map((end) => api(visit) + end);
    for (const role of ROLES.filter((one) => one !== 'protocol_officer')) {
      const client = await as(role);
      const statuses = await Promise.all([...pages, ...apis].map(async (page) => (await client.get(page)).status));
      expect([role, [...new Set(statuses)]]).toEqual([role, [404]]);
    }
  });

  it('is "occupied" on boards, conflict pages and in the API of a conference', async () => {
    await restrictedWith(hall);
    const { id: programmeId } = await world.get(Programmes).ofOwner(congress.conference.id);
    const { session } = await world.get(Sessions).add(programmeId, {
      kind: 'section',
      title: { en: 'In the same hall' },
      place: { start: toInstant(`${day}T20:30`, ZONE).instant, minutes: 30, roomId: hall.id },
    });
    const client = await as('of-congress');
    for (const page of [
      `/org/c/congress/board?day=${day}`,
      '/org/c/congress/conflicts',
      `/org/c/congress/sessions/${session.id}`,
      `/api/v1/conferences/congress/sessions/${session.id}`,
    ]) {
      const answer = await client.get(page);
      expect([page, answer.status, answer.body.includes(title)]).toEqual([page, 200, false]);
    }
    const conflicts = unescapeHtml((await client.get('/org/c/congress/conflicts')).body);
    expect(conflicts.toLowerCase()).toContain('occupied');
    await world.get(Sessions).remove(programmeId, session);
  });

  it('follows the visit: what was for everybody in the house is closed with it, and open again with it', async () => {
    const visit = await fresh();
    const id = await added(visit);
    const { id: programmeId } = await world.get(Programmes).ofOwner(visit.id);
    const restricted = async () => (await world.get(Sessions).byId(programmeId, id)).restricted;
    const seen = [await restricted()];
    const closed = await world.get(Visits).edit(visit, { confidentiality: 'restricted' });
    seen.push(await restricted());
    await world.get(Visits).edit(closed, { confidentiality: 'normal' });
    seen.push(await restricted());
    expect(seen).toEqual([false, true, false]);
  });

  it('is never public, released or not', async () => {
    const visit = await fresh({ title: { en: 'Never public' } });
    await added(visit, { 'title.en': 'NEVERPUBLICSESSION', 'title.be': 'NEVERPUBLICSESSION' });
    await send(visit);
    const { code } = (await world.get(Sessions).all((await world.get(Programmes).ofOwner(visit.id)).id))[0]!;
    for (const slug of [visit.id, visit.ref, visit.ref.toLowerCase()])
      for (const file of ['programme.ics', 'programme.json', 'programme.xml', 'programme.jsonld', `s/${code}.ics`])
        expect((await world.client().get(`/c/${slug}/${file}`)).status).toBe(404);
    const visitor = world.client();
    for (const page of [
      '/en',
      '/c/congress/programme.ics',
      '/c/congress/programme.xml',
      '/c/congress/programme.json',
      '/en/c/congress/programme',
      '/en/c/congress/programme/search?q=NEVERPUBLIC',
    ])
      expect([page, (await visitor.get(page)).body.includes('NEVERPUBLICSESSION')]).toEqual([page, false]);
    expect(await world.get(Releases).current((await world.get(Programmes).ofOwner(visit.id)).id)).toMatchObject({
      number: 1,
    });
  });
});
