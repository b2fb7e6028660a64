import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, CalendarObject, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 1 }));

const session = (id: string) => world.get(Sessions).byId(house.programmeId, id);
const at = (time: string): Date => new Date(`${house.conference.startsOn}T${time}:00.000Z`);

function guest(more: { locale?: 'be' | 'ru' | 'en'; email?: string } = {}): Promise<Person> {
  const email = `guest-${++serial}@example.org`;
  return world.get(People).create({ given: 'Гульнара', family: `Досова ${serial}`, email, locale: 'en', ...more });
}

const chaired = new Map<string, number>();

/** Sessions from ten on, half an hour each, which somebody chairs. */
async function chairing(
  person: Person,
  count: number,
  more: { online?: boolean; zone?: string } = {},
): Promise<string[]> {
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const before = chaired.get(person.id) ?? 0;
    chaired.set(person.id, before + 1);
    const place = { start: new Date(at('10:00').getTime() + before * 1_800_000), minutes: 30, roomId: null };
    const title = { en: `Section ${++serial}` };
    const { id } = (await world.get(Sessions).add(house.programmeId, { kind: 'section', title, place })).session;
    await assign(id, person, more);
    ids.push(id);
  }
  return ids;
}

async function assign(sessionId: string, { id: personId }: Person, more: object = {}): Promise<void> {
  const order = { sessionId, personId, role: 'chair', state: 'confirmed', ...more } as const;
  await world.get(Assignments).assign(house.programmeId, order);
}

async function unassign(sessionId: string): Promise<void> {
  const [place] = await world.get(Assignments).ofSession(sessionId);
  await world.get(Assignments).unassign(house.programmeId, place!);
}

async function moved(ids: readonly string[], minutes: number): Promise<void> {
  for (const id of ids) {
    const known = await session(id);
    const start = new Date(known.startsAt!.getTime() + minutes * 60_000);
    await world.get(Sessions).move(house.programmeId, known, { start, minutes: 30, roomId: null });
  }
}

/** Publishes, and answers its batch. What the preview has said is what is written. */
async function publish(): Promise<string> {
  world.clock.advance({ minutes: 5 });
  const { told } = await world.get(Releases).next(house.programmeId);
  const batch = `release:${(await world.get(Releases).publish(house.programmeId)).id}`;
  const held = await world.db.repository(OutgoingMail).countBy({ batch });
  const alone = told.filter(({ digest }) => !digest).length;
  const digests = new Set(told.flatMap(({ personId, digest }) => (digest ? [personId] : []))).size;
  expect(held).toBe(alone + digests);
  return batch;
}

const send = (batch: string): Promise<number> => world.get(Outbox).sendHeld({ batch });

/** Kind and state of the updates to a person, in order. */
async function updates(person: Person): Promise<string[]> {
  const rows = await world.db.repository(OutgoingMail).find({ where: { personId: person.id }, order: { id: 'ASC' } });
  return rows.flatMap(({ kind, state }) => (kind.startsWith('release-') ? [`${kind.slice(8)} ${state}`] : []));
}

type Event = readonly [title: string, sequence: number, status: string, answer: string | undefined];

/** What the files in the mails to a person say: their method and their events. */
async function files({ email }: Person): Promise<(readonly [method: string, ...events: Event[]])[]> {
  return (await world.mails()).flatMap(({ to, ics }) => {
    if (to !== email || ics === undefined) return [];
    expect(checkCalendar(Buffer.from(ics))).toEqual([]);
    const { method, events } = readCalendar(ics);
    const said = events.map(({ summary, sequence, status, attendees }): Event => {
      return [summary!, sequence!, status!, attendees[0]?.partstat];
    });
    return [[method!, ...said] as const];
  });
}

const objectsOf = ({ id: personId }: Person) =>
  world.db.repository(CalendarObject).find({ where: { personId }, order: { createdAt: 'ASC', id: 'ASC' } });

async function lastMail({ email }: Person) {
  return (await world.mails()).filter(({ to }) => to === email).at(-1)!;
}

describe('many changes of one person in one release', () => {
  it('are one mail with one PUBLISH that holds every event and no attendee; two are two REQUESTs [CM2]', async () => {
    const [many, few] = [await guest(), await guest()];
    await chairing(many, 3);
    await chairing(few, 2);
    const batch = await publish();
    expect([await updates(many), await updates(few)]).toEqual([['digest held'], ['added held', 'added held']]);
    expect(await send(batch)).toBe(3);
    const [digest, ...rest] = await files(many);
    expect([digest![0], digest!.slice(1).map((event) => event.slice(1)), rest]).toEqual([
      'PUBLISH',
      [
        [0, 'CONFIRMED', undefined],
        [0, 'CONFIRMED', undefined],
        [0, 'CONFIRMED', undefined],
      ],
      [],
    ]);
    expect((await files(few)).map(([method]) => method)).toEqual(['REQUEST', 'REQUEST']);
    const mail = await lastMail(many);
    expect(mail.subject).toBe('3 changes in your programme: Congress forum');
    // All of it is new: nothing was before.
    expect(mail.text).not.toContain('Before:');
    expect(mail.text).toContain('Session: New, Section');
  });

  it('are told with what was told before, in their language, on the clock of the house and on their own', async () => {
    const person = await guest({ locale: 'be' });
    const ids = await chairing(person, 3, { online: true, zone: 'Asia/Jakarta' });
    await send(await publish());
    await moved(ids, 60);
    await world.get(Outbox).discardHeld({ batch: await publish() });
    await moved(ids, 60);
    await send(await publish());
    const { subject, text } = await lastMail(person);
    expect(subject).toBe('3 змены ў вашай праграме: Кангрэс forum');
    const times = text!.split('\n').filter((line) => /^(?:Было|Цяпер): /u.test(line));
    expect(times.map((line) => line.replace(/\d+ \p{L}+ \d{4} г\., /gu, ''))).toEqual([
      'Было: 13:00–13:30 (мінскі час, UTC+3), 17:00–17:30 (джакарцкі час, UTC+7)',
      'Цяпер: 15:00–15:30 (мінскі час, UTC+3), 19:00–19:30 (джакарцкі час, UTC+7)',
      'Было: 13:30–14:00 (мінскі час, UTC+3), 17:30–18:00 (джакарцкі час, UTC+7)',
      'Цяпер: 15:30–16:00 (мінскі час, UTC+3), 19:30–20:00 (джакарцкі час, UTC+7)',
      'Было: 14:00–14:30 (мінскі час, UTC+3), 18:00–18:30 (джакарцкі час, UTC+7)',
      'Цяпер: 16:00–16:30 (мінскі час, UTC+3), 20:00–20:30 (джакарцкі час, UTC+7)',
    ]);
    expect((await files(person)).map(([method, ...events]) => [method, events.map(([, n]) => n)])).toEqual([
      ['PUBLISH', [0, 0, 0]],
      ['PUBLISH', [2, 2, 2]],
    ]);
  });

  it('hold a cancelled session with its STATUS; a withdrawal is a CANCEL of its own [CM5]', async () => {
    const person = await guest();
    const [a, b, c, d] = await chairing(person, 4);
    await send(await publish());
    await world.get(Sessions).cancel(house.programmeId, await session(a!));
    await moved([b!, c!], 240);
    await unassign(d!);
    await send(await publish());
    expect((await updates(person)).sort()).toEqual(['digest queued', 'digest queued', 'dropped queued']);
    const [, ...now] = await files(person);
    expect(now.map(([method, ...events]) => [method, events.map((event) => event.slice(1))]).sort()).toEqual([
      ['CANCEL', [[1, 'CANCELLED', 'ACCEPTED']]],
      [
        'PUBLISH',
        [
          [1, 'CANCELLED', undefined],
          [1, 'CONFIRMED', undefined],
          [1, 'CONFIRMED', undefined],
        ],
      ],
    ]);
    expect((await lastMail(person)).text + (await world.mails()).at(-2)!.text).toContain('Now: will not take place');
  });

  it('stay one mail each where an answer is asked again, or the entry came as a meeting [CM1]', async () => {
    const person = await guest();
    const ids = await chairing(person, 2);
    await send(await publish());
    ids.push(...(await chairing(person, 1)));
    await send(await publish());
    await moved(ids, 60);
    await send(await publish());
    expect((await files(person)).map(([method, ...events]) => [method, events[0]?.[3]])).toEqual([
      ...Array.from({ length: 3 }, () => ['REQUEST', 'ACCEPTED']),
      ...Array.from({ length: 3 }, () => ['REQUEST', 'NEEDS-ACTION']),
    ]);
  });

  it('are one mail also with questions where no calendar program can answer, with a link for each', async () => {
    const person = await guest({ email: 'odd=guest@example.org' });
    const ids = await chairing(person, 3);
    await publish();
    for (const sessionId of ids) {
      const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const };
      const seat = { sessionId, role: 'panelist' as const };
      const { id } = await world.get(Invitations).create({ ...order, seat, person: { id: person.id } });
      await world.get(Invitations).answer(id, { answer: 'accepted', channel: 'staff' });
    }
    await world.mails();
    await moved(ids, 60);
    await send(await publish());
    const { text } = await lastMail(person);
    expect(text!.match(/Confirm or change the answer: Section/gu)).toHaveLength(3);
    expect((await objectsOf(person)).map(({ sentAsks, sentPublished }) => [sentAsks, sentPublished])).toEqual([
      [true, true],
      [true, true],
      [true, true],
    ]);
  });

  it('leave out what changes today: it has a mail of its own', async () => {
    const person = await guest();
    const [first, ...rest] = await chairing(person, 4);
    await send(await publish());
    await moved(rest, 240);
    const known = await session(first!);
    world.clock.advance({ minutes: 5 });
    const start = new Date(Math.ceil(world.clock.now().getTime() / 300_000) * 300_000 + 600_000);
    await world.get(Sessions).move(house.programmeId, known, { start, minutes: 30, roomId: null });
    await publish();
    expect((await updates(person)).slice(1).sort()).toEqual(['digest held', 'moved held']);
  });
});

describe('a held digest', () => {
  it('gives way to a newer release whole: what it told besides is told again, and once [R9]', async () => {
    const person = await guest();
    const ids = await chairing(person, 4);
    await publish();
    await moved(ids.slice(0, 1), 240);
    await publish();
    expect(await updates(person)).toEqual(['digest discarded', 'digest held']);
    // Back to three, and then to two, which are two mails.
    await world.get(Sessions).remove(house.programmeId, await session(ids[3]!));
    await publish();
    await world.get(Sessions).remove(house.programmeId, await session(ids[2]!));
    const batch = await publish();
    expect((await updates(person)).sort()).toEqual([
      'added held',
      'added held',
      'digest discarded',
      'digest discarded',
      'digest discarded',
    ]);
    expect(await send(batch)).toBe(2);
    expect((await files(person)).map(([method, event]) => [method, event?.[1]])).toEqual([
      ['REQUEST', 1],
      ['REQUEST', 0],
    ]);
  });

  it('is what they were told of each session once it has left, and not before', async () => {
    const person = await guest();
    const ids = await chairing(person, 3);
    const known = async () =>
      (await objectsOf(person)).map(({ sentSequence, heldSequence, heldMail }) => [
        sentSequence,
        heldSequence,
        heldMail !== null,
      ]);
    const batch = await publish();
    expect(await known()).toEqual(Array.from({ length: 3 }, () => [null, 0, true]));
    await send(batch);
    expect(await known()).toEqual(Array.from({ length: 3 }, () => [0, null, false]));
    await moved(ids, 60);
    await world.get(Outbox).discardHeld({ batch: await publish() });
    expect(await known()).toEqual(Array.from({ length: 3 }, () => [0, null, false]));
    // Nobody was told: back where it was is no news.
    await moved(ids, -60);
    await publish();
    expect(await updates(person)).toEqual(['digest queued', 'digest discarded']);
  });

  it('of which one session is back where it was tells the others only', async () => {
    const person = await guest();
    const ids = await chairing(person, 4);
    await send(await publish());
    await moved(ids, 240);
    await publish();
    await moved(ids.slice(0, 1), -240);
    await send(await publish());
    const [, now] = await files(person);
    expect([now![0], now!.length - 1]).toEqual(['PUBLISH', 3]);
  });

  it('is written anew in its batch when somebody answers for one of its sessions', async () => {
    const person = await guest();
    const ids = await chairing(person, 4);
    const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const };
    const seat = { sessionId: ids[0]!, role: 'panelist' as const };
    const batch = await publish();
    const { id } = await world.get(Invitations).create({ ...order, seat, person: { id: person.id } });
    await world.get(Invitations).answer(id, { answer: 'accepted', channel: 'staff' });
    expect(await updates(person)).toEqual(['digest discarded', 'digest held']);
    await send(batch);
    const said = (await files(person)).map(([method, ...events]) => [method, events.length]);
    expect(said.sort()).toEqual([
      ['PUBLISH', 3],
      ['REQUEST', 1],
    ]);
  });
});
