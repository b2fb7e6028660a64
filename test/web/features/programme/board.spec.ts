import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences, type Conference } from '../../../../src/features/conferences/index.js';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, Programmes, Releases, Session, Sessions } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { toInstant, toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';

const ZONE = 'Europe/Minsk';
const DAY = '2027-10-12';
const NEXT = '2027-10-13';

let world: TestApp;
let conference: Conference;
let programmeId: string;
let hall: Room;
let small: Room;
let anna: Client;
let boris: Client;
let reader: Client;
let csrf: Map<Client, string>;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

/** A conference and a building of its own for every test: what others planned is in nobody's way. */
beforeEach(async () => {
  const slug = `board-${++serial}`;
  const venue = await world.get(Venues).addVenue({ code: slug, name: { en: 'House' }, address: {}, geo: null });
  const room = (code: string, name: string, capacity: number) =>
    world.get(Venues).addRoom(venue.id, { code, name: { en: name }, capacity, notes: '' });
  hall = await room('hall', 'Great Hall', 100);
  small = await room('r205', 'Room 205', 20);
  conference = await world.get(Conferences).create({
    slug,
    kind: 'congress',
    title: { en: `Congress ${serial}` },
    startsOn: DAY,
    endsOn: NEXT,
    public: true,
    numberPrefix: `B${serial}`,
  });
  programmeId = (await world.get(Programmes).ofOwner(conference.id)).id;
  csrf = new Map();
  anna = await organizer(`anna${serial}`, 'organizer');
  boris = await organizer(`boris${serial}`, 'organizer');
  reader = await organizer(`reader${serial}`, 'readonly');
});

async function organizer(name: string, role: 'organizer' | 'readonly'): Promise<Client> {
  await staff(world, `${name}@example.org`, [{ role, conferenceId: conference.id }]);
  const client = await signedIn(world.client(), `${name}@example.org`);
  const page = await client.get(board());
  csrf.set(client, /data-csrf="([^"]+)"/.exec(page.body)![1]!);
  return client;
}

const board = (rest = '') => `/org/c/${conference.slug}/board${rest}`;
const api = (rest = '') => `/api/v1/conferences/${conference.slug}/board${rest}`;
const local = (at: string) => toInstant(at, ZONE).instant;

async function planned(
  title: string,
  at: string | null,
  roomId: string | null = hall.id,
  minutes = 60,
): Promise<Session> {
  const place = { start: at === null ? null : local(at), minutes, roomId };
  return (await world.get(Sessions).add(programmeId, { kind: 'section', title: { en: title }, place })).session;
}
const now = (id: string) => world.get(Sessions).byId(programmeId, id);
const where = async (id: string) => {
  const { startsAt, roomId, minutes } = await now(id);
  return [
    startsAt && toLocal(startsAt, ZONE),
    roomId === hall.id ? 'hall' : roomId === small.id ? 'r205' : roomId,
    minutes,
  ];
};

function post(client: Client, path: string, body: object = {}): Promise<Answer> {
  return client.api('POST', api(path), body, { origin: world.config.publicUrl, 'x-csrf-token': csrf.get(client)! });
}
async function place(client: Client, session: Session, start: string | null, more: object = {}): Promise<Answer> {
  const { id, version, minutes, roomId } = session;
  return post(client, '/operations', { kind: 'place', sessions: [{ id, version, start, minutes, roomId, ...more }] });
}

const said = ({ body }: Answer, ...texts: string[]) => texts.map((text) => body.includes(text));

interface Done {
  said: string;
  undo: string | null;
  redo: string | null;
  conflictCount: number;
  sessions: { id: string; version: number; clock: string }[];
  badges: { session: string; text: string }[];
}

describe('the board', () => {
  it('shows rooms with their sessions, the tray, conflicts, and other programmes as far as they may be seen', async () => {
    const talk = await planned('Round table', `${DAY}T10:00`);
    await planned('Workshop', null, null);
    await planned('Beside it', `${DAY}T10:30`);
    const chair = await world
      .get(People)
      .create({ given: 'Ала', family: 'Касцюк', institution: 'Library', country: 'BY', locale: 'en' });
    await world
      .get(Assignments)
      .assign(programmeId, { sessionId: talk.id, personId: chair.id, role: 'chair', state: 'confirmed' });
    const { id: foreign } = await world
      .get(Programmes)
      .createFor({ ownerKind: 'visit', ownerId: crypto.randomUUID(), zone: ZONE });
    const at = { start: local(`${DAY}T15:00`), minutes: 60, roomId: hall.id };
    await world.get(Sessions).add(foreign, { kind: 'meeting', title: { en: 'Secret talks' }, place: at });
    const later = { ...at, start: local(`${DAY}T17:00`) };
    await world.get(Sessions).add(foreign, { kind: 'concert', title: { en: 'Open concert' }, place: later });

    const page = await anna.get(board(`?day=${DAY}`));
    const body = unescapeHtml(page.body);
    expect(page.status).toBe(200);
    for (const text of [
      'Great Hall',
      'Room 205',
      'Round table',
      '10:00–11:00',
      'Касцюк',
      'Workshop',
      'Open concert',
      'occupied',
    ])
      expect([text, body.includes(text)]).toEqual([text, true]);
    const link = `/sessions/${talk.id}/move?board=${DAY}`;
    expect(said(page, 'Secret talks', 'Error: 1', link.replace('=', '&#x3D;'))).toEqual([false, true, true]);
    const seen = await reader.get(board(`?day=${DAY}`));
    expect([seen.body.includes('Round table'), seen.body.includes('/move?')]).toEqual([true, false]);
    expect((await world.client().get(board())).status).toBe(303);
  });

  it('shows what takes a room from next door, closed rooms, and closed meetings to those who may read their programme', async () => {
    const venues = world.get(Venues);
    const left = await venues.addRoom(hall.venueId, {
      code: 'left',
      name: { en: 'Left half' },
      capacity: 50,
      notes: '',
    });
    const { version } = (await venues.roomById(hall.id))!;
    await venues.editRoom({ id: hall.id, version }, { parts: [left.id, small.id] });
    const other = await world.get(Conferences).create({
      slug: `other-${serial}`,
      kind: 'seminar',
      title: { en: 'Seminar' },
      startsOn: DAY,
      endsOn: DAY,
      public: false,
      numberPrefix: `O${serial}`,
    });
    const { id: foreign } = await world.get(Programmes).ofOwner(other.id);
    const there = (time: string) => ({ start: local(`${DAY}T${time}`), minutes: 60, roomId: hall.id });
    const sessions = world.get(Sessions);
    const layout = 'banquet';
    await sessions.add(foreign, { kind: 'meeting', title: { en: 'Board of trustees' }, layout, place: there('15:00') });
    await sessions.add(foreign, {
      kind: 'blocker',
      title: { en: 'Floor is waxed' },
      restricted: false,
      place: there('17:00'),
    });
    await planned('Round table', `${DAY}T10:00`);
    const columns = (body: string) =>
      Object.fromEntries(
        unescapeHtml(body)
          .split('data-column="')
          .slice(1)
          .map((column) => {
            const name = /data-name="([^"]*)"/.exec(column)![1]!;
            const titles = [...column.matchAll(/<p class="block-title" dir="auto">([^<]+)/g)].map(([, title]) => title);
            return [name, titles];
          }),
      );
    const taken = (title: string) => [title, 'Closed: Floor is waxed'];
    const seen = async (client: Client) => columns((await client.get(board(`?day=${DAY}`))).body);
    expect(await seen(anna)).toMatchObject({
      'Great Hall': taken('Occupied'),
      'Left half': taken('Occupied'),
      'Room 205': taken('Occupied'),
    });
    const both = { role: 'organizer', conferenceId: other.id } as const;
    await staff(world, `both${serial}@example.org`, [both, { role: 'organizer', conferenceId: conference.id }]);
    const reads = await signedIn(world.client(), `both${serial}@example.org`);
    expect((await seen(reads))['Left half']).toEqual(taken('Occupied: Board of trustees'));
    const { body } = await anna.get(board(`?day=${DAY}`));
    expect(
      said({ body } as Answer, 'data-setup="30"', 'data-layout="banquet"', `data-parts="${left.id} ${small.id}"`),
    ).toEqual([true, true, true]);
  });

  it('answers a day, a number and a filter that nobody can mean with the board', async () => {
    for (const query of ['?day=yesterday', '?day=2027-02-30', '?days=400', '?rooms[]=x', '?tray=%00'])
      expect([query, (await anna.get(board(query))).status]).toEqual([query, 200]);
  });

  it('filters the tray by words in any case', async () => {
    await planned('Maps of Polatsk', null);
    await planned('Bindings', null);
    const { body } = await anna.get(board('?tray=POLATSK'));
    const hidden = [...body.matchAll(/<li class="block ([^"]*)"[^>]*>[\s\S]*?data-title>([^<]*)/g)];
    expect(hidden.map(([, classes, title]) => [title, classes!.includes('block-filtered')]).sort()).toEqual([
      ['Bindings', true],
      ['Maps of Polatsk', false],
    ]);
  });
});

describe('a step', () => {
  it('moves, resizes and sends to the tray, says so, and is undone and redone by whoever took it', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    const moved = (await place(anna, session, `${DAY}T11:30`, { roomId: small.id })).json<Done>();
    expect(moved).toMatchObject({
      said: 'Round table moved to 11:30, Room 205. No conflicts.',
      undo: 'Round table',
      redo: null,
    });
    expect(await where(session.id)).toEqual([`${DAY}T11:30`, 'r205', 60]);
    await place(anna, await now(session.id), `${DAY}T11:30`, { minutes: 45 });
    await place(anna, await now(session.id), null);
    expect(await where(session.id)).toEqual([null, 'r205', 45]);

    expect((await post(boris, '/undo')).status).toBe(409);
    for (const expected of [
      [`${DAY}T11:30`, 'r205', 45],
      [`${DAY}T11:30`, 'r205', 60],
      [`${DAY}T10:00`, 'hall', 60],
    ]) {
      expect((await post(anna, '/undo')).status).toBe(200);
      expect(await where(session.id)).toEqual(expected);
    }
    expect((await post(anna, '/undo')).status).toBe(409);
    for (const expected of [
      [`${DAY}T11:30`, 'r205', 60],
      [`${DAY}T11:30`, 'r205', 45],
      [null, 'r205', 45],
    ]) {
      expect((await post(anna, '/redo')).status).toBe(200);
      expect(await where(session.id)).toEqual(expected);
    }
    expect((await post(anna, '/redo')).status).toBe(409);
  });

  it('forgets what could be redone once another way is taken', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    await place(anna, session, `${DAY}T11:00`);
    await post(anna, '/undo');
    const other = (await place(anna, await now(session.id), `${DAY}T12:00`)).json<Done>();
    expect([other.redo, (await post(anna, '/redo')).status]).toEqual([null, 409]);
  });

  it('saves in spite of a conflict and says how many there are', async () => {
    await planned('Plenary', `${DAY}T10:00`);
    const session = await planned('Round table', `${DAY}T14:00`);
    const done = (await place(anna, session, `${DAY}T10:30`)).json<Done>();
    expect(done).toMatchObject({ said: 'Round table moved to 10:30, Great Hall. 1 conflict.', conflictCount: 1 });
    expect(done.badges.map(({ text }) => text)).toEqual(['Error: 1', 'Error: 1']);
  });

  it('that comes too late is refused with name, time and place; made again against that, it holds', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    await place(anna, session, `${DAY}T11:30`, { roomId: small.id });
    const refused = await place(boris, session, `${DAY}T12:00`);
    const time = toLocal(world.clock.now(), ZONE).slice(11);
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      title: expect.stringMatching(new RegExp(`anna${serial} changed “Round table” at ${time}.*11:30, Room 205`)),
      by: `anna${serial}`,
      reason: 'overtaken',
      current: { id: session.id, version: 2, roomId: small.id },
    });
    expect(await where(session.id)).toEqual([`${DAY}T11:30`, 'r205', 60]);
    expect((await place(boris, await now(session.id), `${DAY}T12:00`)).status).toBe(200);
  });

  it('of what was taken out of the programme meanwhile is refused with who did it, and the form says so, too', async () => {
    const known = await planned('Plenary', `${DAY}T10:00`);
    await world.get(Releases).publish(programmeId);
    const unknown = await planned('Round table', `${DAY}T12:00`);
    const form = `/org/c/${conference.slug}/sessions/${unknown.id}/move?board=${DAY}`;
    const opened = hiddenFields((await anna.get(form)).body, form.split('?')[0]!);
    for (const { id } of [known, unknown])
      await boris.submit(
        `/org/c/${conference.slug}/sessions/${id}`,
        {},
        `/org/c/${conference.slug}/sessions/${id}/remove`,
      );
    const time = toLocal(world.clock.now(), ZONE).slice(11);
    const by = `boris${serial}`;
    const refused = [await place(anna, known, `${DAY}T11:00`), await place(anna, unknown, `${DAY}T11:00`)];
    expect(refused.map(({ status }) => status)).toEqual([409, 409]);
    expect(refused[0]!.json()).toMatchObject({
      title: `${by} removed “Plenary” from the programme at ${time}.`,
      reason: 'removed',
      by,
      current: { id: known.id, status: 'removed' },
    });
    expect(refused[1]!.json()).toMatchObject({
      title: `${by} removed this session from the programme at ${time}.`,
      reason: 'removed',
      current: null,
    });
    const sent = await anna.post(form.split('?')[0]!, {
      ...opened,
      day: DAY,
      time: '11:00',
      minutes: '60',
      roomId: '',
    });
    expect([sent.status, ...said(sent, `${by} removed this session`, `/board?day&#x3D;${DAY}`)]).toEqual([
      409,
      true,
      true,
    ]);
    expect((await place(anna, { ...unknown, id: conference.id }, `${DAY}T11:00`)).status).toBe(404);
  });

  it('of what was released meanwhile is a move of the draft as before', async () => {
    const session = await planned('Plenary', `${DAY}T10:00`);
    await world.get(Releases).publish(programmeId);
    expect((await place(anna, session, `${DAY}T11:00`)).json<Done>().said).toBe(
      'Plenary moved to 11:00, Great Hall. No conflicts.',
    );
  });

  it('moves many or none', async () => {
    const [a, b] = [await planned('A', `${DAY}T10:00`), await planned('B', `${DAY}T12:00`)];
    await place(boris, b, `${DAY}T13:00`);
    const both = (versionB: number) =>
      post(anna, '/operations', {
        kind: 'place',
        sessions: [
          { id: a.id, version: 1, start: `${DAY}T10:15`, minutes: 60, roomId: hall.id },
          { id: b.id, version: versionB, start: `${DAY}T13:15`, minutes: 60, roomId: hall.id },
        ],
      });
    expect((await both(1)).status).toBe(409);
    expect([(await where(a.id))[0], (await where(b.id))[0]]).toEqual([`${DAY}T10:00`, `${DAY}T13:00`]);
    expect((await both(2)).json<Done>().said).toBe('2 sessions moved. No conflicts.');
    await post(anna, '/undo');
    expect([(await where(a.id))[0], (await where(b.id))[0]]).toEqual([`${DAY}T10:00`, `${DAY}T13:00`]);
  });

  it('is not undone over what somebody else did since, and that is explained', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    await place(anna, session, `${DAY}T11:00`);
    world.clock.advance({ minutes: 1 });
    await place(boris, await now(session.id), `${DAY}T15:00`);
    const refused = await post(anna, '/undo');
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      reason: 'touched',
      title: expect.stringContaining(`boris${serial} has changed “Round table” since`),
    });
    expect(await where(session.id)).toEqual([`${DAY}T15:00`, 'hall', 60]);
  });

  it('by two at once succeeds for one of them', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    const answers = await Promise.all([place(anna, session, `${DAY}T11:00`), place(boris, session, `${DAY}T12:00`)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await now(session.id)).version).toBe(2);
  });

  it('is refused to readers, to forged forms, and with what is no session or room of ours', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    expect((await place(reader, session, `${DAY}T11:00`)).status).toBe(403);
    const bare = { kind: 'place', sessions: [{ id: session.id, version: 1, start: null, minutes: 60, roomId: null }] };
    expect((await anna.api('POST', api('/operations'), bare, { origin: world.config.publicUrl })).status).toBe(403);
    expect((await place(anna, { ...session, id: programmeId }, null)).status).toBe(404);
    expect((await place(anna, session, `${DAY}T11:00`, { roomId: programmeId })).status).toBe(422);
    for (const body of [
      {},
      { kind: 'dance' },
      { kind: 'place', sessions: [] },
      { ...bare, extra: 1 },
      { kind: 'shift', day: DAY },
    ])
      expect([body, (await post(anna, '/operations', body)).status]).toEqual([body, 422]);
    expect(await where(session.id)).toEqual([`${DAY}T10:00`, 'hall', 60]);
  });
});

/** Opens a form's preview and sends what it offers to confirm. */
async function confirmed(client: Client, page: string): Promise<{ preview: Answer; send: () => Promise<Answer> }> {
  const preview = await client.get(page);
  const action = page.split('?')[0]!;
  const form = preview.body.slice(preview.body.lastIndexOf('<form method="post"'));
  const seen = [...form.matchAll(/name="seen" value="([^"]+)"/g)].map(([, value]) => value!);
  return { preview, send: () => client.post(action, { ...hiddenFields(form, action), seen }) };
}

describe('steps for several sessions', () => {
  it('shift a day: shown with the new conflicts first, then done, then undone at once', async () => {
    const early = await planned('Opening', `${DAY}T09:00`, hall.id, 90);
    const late = await planned('Plenary', `${DAY}T11:00`);
    const last = await planned('Reception', `${DAY}T23:30`);
    const { preview, send } = await confirmed(anna, board(`/shift?day=${DAY}&from=11:00&minutes=-45`));
    expect(said(preview, '2 sessions would change', '1 new conflict')).toEqual([true, true]);
    expect(await where(late.id)).toEqual([`${DAY}T11:00`, 'hall', 60]);
    expect((await send()).location).toBe(board(`?day=${DAY}`));
    expect([await where(early.id), await where(late.id), await where(last.id)].map(([at]) => at)).toEqual([
      `${DAY}T09:00`,
      `${DAY}T10:15`,
      `${DAY}T22:45`,
    ]);
    await post(anna, '/undo');
    expect((await where(late.id))[0]).toBe(`${DAY}T11:00`);
  });

  it('are filled in where the board asks for them', async () => {
    const { status, body } = await anna.get(board(`/shift?day=${DAY}&from=11:00`));
    expect([status, body.includes('value="11:00"'), body.includes('error-summary')]).toEqual([200, true, false]);
  });

  it('refuse what was not as it was shown, and show it anew', async () => {
    await planned('Plenary', `${DAY}T11:00`);
    const { send } = await confirmed(anna, board(`/shift?day=${DAY}&from=11:00&minutes=15`));
    const added = await planned('Slipped in', `${DAY}T16:00`);
    const refused = await send();
    expect(refused.status).toBe(409);
    expect(said(refused, '2 sessions would change')).toEqual([true]);
    expect((await where(added.id))[0]).toBe(`${DAY}T16:00`);
  });

  it('swap two, with a preview', async () => {
    const [a, b] = [await planned('A', `${DAY}T10:00`), await planned('B', `${NEXT}T15:00`, small.id, 30)];
    const { preview, send } = await confirmed(anna, board(`/swap?a=${a.id}&b=${b.id}`));
    expect(said(preview, '2 sessions would change')).toEqual([true]);
    await send();
    expect([await where(a.id), await where(b.id)]).toEqual([
      [`${NEXT}T15:00`, 'r205', 60],
      [`${DAY}T10:00`, 'hall', 30],
    ]);
    expect((await anna.get(board(`/swap?a=${a.id}&b=${a.id}`))).status).toBe(422);
  });

  it('copy a day; undone, the copies are gone, unless somebody worked on them', async () => {
    await planned('Plenary', `${DAY}T10:00`);
    await planned('Coffee', `${DAY}T11:00`);
    const onNext = async () =>
      (await world.db.repository(Session).findBy({ programmeId }))
        .filter(({ startsAt }) => startsAt && toLocal(startsAt, ZONE).startsWith(NEXT))
        .map(({ title, startsAt }) => [title.en, toLocal(startsAt!, ZONE).slice(11)])
        .sort();
    const { preview, send } = await confirmed(anna, board(`/copy-day?day=${DAY}&to=${NEXT}`));
    expect([preview.body.includes('2 sessions would change'), await onNext()]).toEqual([true, []]);
    expect((await send()).location).toBe(board(`?day=${NEXT}`));
    const copied = [
      ['Coffee', '11:00'],
      ['Plenary', '10:00'],
    ];
    expect(await onNext()).toEqual(copied);
    await post(anna, '/undo');
    expect(await onNext()).toEqual([]);
    await post(anna, '/redo');
    expect(await onNext()).toEqual(copied);
    const [one] = (await world.db.repository(Session).findBy({ programmeId })).filter(
      ({ startsAt }) => startsAt && toLocal(startsAt, ZONE).startsWith(NEXT),
    );
    const person = await world
      .get(People)
      .create({ given: 'Ян', family: 'Сыч', institution: 'Library', country: 'BY', locale: 'en' });
    await world.get(Assignments).assign(programmeId, { sessionId: one!.id, personId: person.id, role: 'chair' });
    expect([(await post(anna, '/undo')).status, await onNext()]).toEqual([409, copied]);
  });

  it('answer mistakes beside the field, with everything typed still there', async () => {
    const answer = await anna.get(board(`/shift?day=${DAY}&from=25:00&minutes=later`));
    expect(answer.status).toBe(422);
    expect([answer.body.includes('value="25:00"'), answer.body.includes('value="later"')]).toEqual([true, true]);
    expect((await anna.get(board(`/copy-day?day=${DAY}&to=${DAY}`))).status).toBe(422);
    expect((await reader.get(board('/shift'))).status).toBe(403);
  });
});

describe('Move…', () => {
  it('is a form that goes back to the board and can be undone there', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    const page = `/org/c/${conference.slug}/sessions/${session.id}/move`;
    const moved = await anna.submit(
      `${page}?board=${DAY}&days=2`,
      { day: DAY, time: '11:30', minutes: '60', roomId: small.id },
      page,
    );
    expect(moved.location).toBe(board(`?day=${DAY}&days=2`));
    expect(said(await anna.follow(moved), 'Round table moved to 11:30, Room 205. No conflicts.')).toEqual([true]);
    const turned = await anna.post(board(`/undo?day=${DAY}&days=2`), hiddenFields((await anna.get(board())).body));
    expect([turned.status, turned.location]).toEqual([303, board(`?day=${DAY}&days=2`)]);
    expect(await where(session.id)).toEqual([`${DAY}T10:00`, 'hall', 60]);
  });

  it('too late says who moved it and when, keeps what was typed, and is applied when sent again', async () => {
    const session = await planned('Round table', `${DAY}T10:00`);
    const page = `/org/c/${conference.slug}/sessions/${session.id}/move`;
    const opened = await boris.get(page);
    await place(anna, session, `${DAY}T11:30`);
    const mine = { day: DAY, time: '15:00', minutes: '60', roomId: '' };
    const refused = await boris.post(page, { ...hiddenFields(opened.body, page), ...mine });
    expect(refused.status).toBe(409);
    expect(said(refused, `anna${serial} changed “Round table”`, 'value="15:00"')).toEqual([true, true]);
    expect((await boris.post(page, { ...hiddenFields(refused.body, page), ...mine })).status).toBe(303);
    expect((await where(session.id))[0]).toBe(`${DAY}T15:00`);
  });
});
