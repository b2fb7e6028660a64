import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People } from '../../../../src/features/people/index.js';
import { Assignments, Programmes, Sessions, type Session } from '../../../../src/features/programme/index.js';
import { Venues, type Room } from '../../../../src/features/venues/index.js';
import { toInstant } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Answer, Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

const ZONE = 'Europe/Minsk';

let world: TestApp;
let here: Scene;
let anna: Client;
let csrf: string;
let day: string;
let hall: Room;
let small: Room;
let opening: Session;
let talk: Session;
let next: Session;
let waiting: Session;

const local = (time: string) => toInstant(`${day}T${time}`, ZONE).instant;
const api = (rest: string) => `/api/v1/conferences/here/board/${rest}`;

beforeAll(async () => {
  world = await startApp();
  here = await scene(world, 'here', 'H');
  day = here.conference.startsOn;
  const venues = world.get(Venues);
  const library = await venues.addVenue({ code: 'library', name: { en: 'Library' }, address: {}, geo: null });
  const room = (code: string, name: string, capacity: number) =>
    venues.addRoom(library.id, { code, name: { en: name }, capacity, notes: '' });
  hall = await room('hall', 'Great Hall', 100);
  small = await room('b2', 'B2', 20);
  const sessions = world.get(Sessions);
  const planned = async (title: string, time: string | null, roomId: string | null) =>
    (
      await sessions.add(here.programmeId, {
        kind: 'section',
        title: { en: title },
        place: { start: time === null ? null : local(time), minutes: 60, roomId },
      })
    ).session;
  opening = await planned('Opening', '10:00', small.id);
  talk = await planned('Maps of Polatsk', '12:00', hall.id);
  next = await planned('Bindings', '13:00', hall.id);
  waiting = await planned('Incunabula', null, null);
  const person = await world
    .get(People)
    .create({ given: 'Ashot', family: 'Petrosyan', institution: 'Matenadaran', country: 'AM', locale: 'en' });
  for (const [session, role] of [
    [opening, 'chair'],
    [waiting, 'speaker'],
  ] as const)
    await world
      .get(Assignments)
      .assign(here.programmeId, { sessionId: session.id, personId: person.id, role, state: 'confirmed' });
  const { id: visit } = await world
    .get(Programmes)
    .createFor({ ownerKind: 'visit', ownerId: crypto.randomUUID(), zone: ZONE });
  const secret = { start: local('15:00'), minutes: 60, roomId: hall.id };
  await sessions.add(visit, { kind: 'meeting', title: { en: 'Secret talks' }, place: secret });
  await staff(world, 'anna@example.org', [{ role: 'organizer', conferenceId: here.conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: here.conference.id }]);
  await staff(world, 'stranger@example.org', []);
  anna = await signedIn(world.client(), 'anna@example.org');
  csrf = await tokenOf(anna);
});
afterAll(() => world.close());

async function tokenOf(client: Client): Promise<string> {
  return /data-csrf="([^"]+)"/.exec((await client.get('/org/c/here/board')).body)![1]!;
}

interface Heat {
  step: number;
  sessions: { id: string; rooms: { id: string; heat: string; points?: number[] }[] }[];
}

function ask(query: Record<string, string>, client = anna): Promise<Answer> {
  const asked = { from: local('09:00').toISOString(), to: local('17:00').toISOString(), step: '60', ...query };
  return client.get(`${api('heat-map')}?${new URLSearchParams(asked).toString()}`);
}
async function heatOf(query: Record<string, string>): Promise<Record<string, Record<string, string>>> {
  const answer = await ask(query);
  expect(answer.status).toBe(200);
  return Object.fromEntries(
    answer
      .json<Heat>()
      .sessions.map(({ id, rooms }) => [id, Object.fromEntries(rooms.map((room) => [room.id, room.heat]))]),
  );
}
function why(places: object[], client = anna, token = csrf): Promise<Answer> {
  return client.api('POST', api('reasons'), { places }, { origin: world.config.publicUrl, 'x-csrf-token': token });
}
const at = (session: Session, time: string, room: Room, minutes = 60) => ({
  id: session.id,
  start: `${day}T${time}`,
  minutes,
  roomId: room.id,
});

describe('the heat map of the board', () => {
  it('says of every start in every room how bad it is, also for what waits in the tray', async () => {
    // 09 to 16: Petrosyan chairs at 10 (and walks before and after), the hall is taken at 12, 13 and 15.
    const heat = await heatOf({ sessions: waiting.id });
    expect(heat[waiting.id]![hall.id]).toBe('23233030');
    expect(heat[waiting.id]![small.id]).toBe('03000000');
  });

  it('counts a longer session, smaller steps, and points when they are wanted', async () => {
    const longer = await heatOf({ sessions: talk.id, minutes: '120', step: '30' });
    expect(longer[talk.id]![hall.id]).toBe('0000033333333300');
    const weighed = (await ask({ sessions: talk.id, points: '1' })).json<Heat>();
    const room = weighed.sessions[0]!.rooms.find(({ id }) => id === hall.id)!;
    expect(room).toEqual({ id: hall.id, heat: '00003030', points: [0, 0, 0, 0, 10_000, 0, 10_000, 0] });
    const plain = (await ask({ sessions: talk.id })).json<Heat>();
    expect(plain.sessions[0]!.rooms.every(({ points }) => points === undefined)).toBe(true);
  });

  it('of several leaves out what they are to each other', async () => {
    const alone = await heatOf({ sessions: talk.id });
    const both = await heatOf({ sessions: `${talk.id},${next.id}` });
    expect([alone[talk.id]![hall.id], both[talk.id]![hall.id], both[next.id]![hall.id]]).toEqual([
      '00003030',
      '00000030',
      '00000030',
    ]);
  });

  it('refuses what nobody can mean beside its field, and strangers', async () => {
    const many = Array.from({ length: 25 }, () => talk.id).join(',');
    const answers = await Promise.all([
      ask({ sessions: 'x' }),
      ask({ sessions: many }),
      ask({ sessions: UNKNOWN_ID }),
      ask({ sessions: talk.id, to: local('09:00').toISOString() }),
      ask({ sessions: talk.id, to: '2099-01-01T00:00:00Z' }),
      ask({ sessions: talk.id, step: '1' }),
      ask({ sessions: talk.id }, await signedIn(world.client(), 'stranger@example.org')),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([422, 422, 404, 422, 422, 422, 404]);
  });
});

describe('the reasons', () => {
  it('name who is where, which room is taken by what, and leave a closed meeting unnamed', async () => {
    const answer = await why([at(waiting, '10:00', hall)]);
    expect([answer.status, answer.json()]).toEqual([
      200,
      {
        where: '10:00, Great Hall',
        severity: 'error',
        label: 'Error',
        points: 10_000,
        reasons: [{ severity: 'error', label: 'Error', text: 'Ashot Petrosyan: chair, “Opening”, B2, 10:00–11:00' }],
        more: 0,
      },
    ]);
    const texts = async (...places: object[]) =>
      (await why(places)).json<{ reasons: { text: string }[] }>().reasons.map(({ text }) => text);
    expect(await texts(at(waiting, '12:30', hall))).toEqual([
      'Great Hall: “Maps of Polatsk”, 12:00–13:00',
      'Great Hall: “Bindings”, 13:00–14:00',
    ]);
    expect(await texts(at(waiting, '15:30', hall))).toEqual(['Great Hall: occupied, 15:00–16:00']);
    expect(await texts(at(talk, '13:00', hall), at(next, '14:00', hall))).toEqual([]);
    const nothing = (await why([at(talk, '09:00', hall)])).json<object>();
    expect(nothing).toMatchObject({ severity: null, label: 'Free', points: 0, reasons: [], more: 0 });
  });

  it('are for readers too, and for nobody without a right or a token', async () => {
    const reader = await signedIn(world.client(), 'reader@example.org');
    const place = [at(waiting, '10:00', hall)];
    const answers = [
      await why(place, reader, await tokenOf(reader)),
      await why(place, anna, 'forged'),
      await why([], anna),
      await why([{ ...at(talk, '10:00', hall), id: UNKNOWN_ID }]),
      await why([{ ...at(talk, '10:00', hall), start: 'soon' }]),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 403, 422, 404, 422]);
  });
});
