import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Stale } from '../../../../src/kernel/errors.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
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

const row = (id: string): Promise<Invitation> => world.db.repository(Invitation).findOneByOrFail({ id });
const session = (id: string) => world.get(Sessions).byId(house.programmeId, id);
const at = (time: string): Date => new Date(`${house.conference.startsOn}T${time}:00.000Z`);

function guest(): Promise<Person> {
  const email = `guest-${++serial}@example.org`;
  return world.get(People).create({ given: 'Гульнара', family: `Досова ${serial}`, email, locale: 'en' });
}

/** A released session at ten, and somebody who is invited to it and has accepted. */
async function accepted(): Promise<{ person: Person; sessionId: string; invitationId: string }> {
  const sessionId = await aSession();
  await publish();
  const person = await guest();
  const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const };
  const seat = { sessionId, role: 'panelist' as const };
  const { id } = await world.get(Invitations).create({ ...order, seat, person: { id: person.id } });
  await world.get(Invitations).answer(id, { answer: 'accepted', channel: 'staff' });
  await world.mails();
  return { person, sessionId, invitationId: id };
}

async function aSession(): Promise<string> {
  const place = { start: at('10:00'), minutes: 60, roomId: null };
  const title = { en: `Round table ${++serial}` };
  return (await world.get(Sessions).add(house.programmeId, { kind: 'round_table', title, place })).session.id;
}

async function move(sessionId: string, time: string): Promise<void> {
  const place = { start: at(time), minutes: 60, roomId: null };
  await world.get(Sessions).move(house.programmeId, await session(sessionId), place);
}

/** Publishes, and answers its batch. The page has promised as many people as there are mails. */
async function publish(): Promise<string> {
  world.clock.advance({ minutes: 5 });
  const { peopleToTell } = await world.get(Releases).next(house.programmeId);
  const batch = `release:${(await world.get(Releases).publish(house.programmeId)).id}`;
  expect([batch, await world.db.repository(OutgoingMail).countBy({ batch })]).toEqual([batch, peopleToTell]);
  return batch;
}

async function movedTo(sessionId: string, time: string): Promise<string> {
  await move(sessionId, time);
  return publish();
}

/** What a person was sent with a calendar part: method, SEQUENCE, answer, and when it begins. */
async function told({ email }: Person): Promise<unknown[][]> {
  return (await world.mails()).flatMap(({ to, ics }) => {
    if (to !== email || ics === undefined) return [];
    expect(checkCalendar(Buffer.from(ics))).toEqual([]);
    const { method, events } = readCalendar(ics);
    const { sequence, attendees, start } = events[0]!;
    const begins = start!.day ?? start!.instant!.toISOString().slice(11, 16);
    return [[method, sequence, attendees[0]?.partstat, begins]];
  });
}

/** The states of the updates to a person, in order. */
async function updates(person: Person): Promise<string[]> {
  const rows = await world.db.repository(OutgoingMail).find({ where: { personId: person.id }, order: { id: 'ASC' } });
  return rows.flatMap(({ kind, state }) => (kind.startsWith('release-') ? [state] : []));
}

const send = (batch: string): Promise<number> => world.get(Outbox).sendHeld({ batch });
const FIRST = ['REQUEST', 0, 'ACCEPTED', '10:00'];

describe('updates that are still held', () => {
  it('give way to those of a newer release: one goes out, its SEQUENCE above what was told', async () => {
    const { person, sessionId, invitationId } = await accepted();
    const first = await movedTo(sessionId, '12:00');
    const second = await movedTo(sessionId, '13:00');
    expect(await updates(person)).toEqual(['discarded', 'held']);
    expect([await send(first), await send(second)]).toEqual([0, 1]);
    expect(await told(person)).toEqual([FIRST, ['REQUEST', 2, 'NEEDS-ACTION', '13:00']]);
    expect((await row(invitationId)).confirmAgain).toBe(true);
    const asked = { type: 'ConfirmationAsked', subjectId: invitationId };
    expect(await world.db.repository(JournalEntry).countBy(asked)).toBe(1);
    // Once it has left, it is what they know: the next change is told again.
    await send(await movedTo(sessionId, '12:00'));
    expect((await told(person)).slice(2)).toEqual([['REQUEST', 3, 'NEEDS-ACTION', '12:00']]);
  });

  it('are discarded when the session is where it was, and nobody is told or asked', async () => {
    const { person, sessionId, invitationId } = await accepted();
    await movedTo(sessionId, '12:00');
    expect((await row(invitationId)).confirmAgain).toBe(true);
    const back = await movedTo(sessionId, '10:00');
    expect(await updates(person)).toEqual(['discarded']);
    expect([await send(back), (await row(invitationId)).confirmAgain]).toEqual([0, false]);
    expect(await told(person)).toEqual([FIRST]);
    await send(await movedTo(sessionId, '14:00'));
    expect(await told(person)).toEqual([FIRST, ['REQUEST', 3, 'NEEDS-ACTION', '14:00']]);
  });

  it('leave the question open that an earlier update has asked', async () => {
    const { person, sessionId, invitationId } = await accepted();
    await send(await movedTo(sessionId, '12:00'));
    await movedTo(sessionId, '13:00');
    await movedTo(sessionId, '12:00');
    expect(await updates(person)).toEqual(['queued', 'discarded']);
    expect((await row(invitationId)).confirmAgain).toBe(true);
  });

  it('of a cancellation go when the session takes place after all', async () => {
    const { person, sessionId } = await accepted();
    await world.get(Sessions).cancel(house.programmeId, await session(sessionId));
    await publish();
    expect(await updates(person)).toEqual(['held']);
    await world.get(Sessions).reinstate(house.programmeId, await session(sessionId));
    await publish();
    expect([await updates(person), await told(person)]).toEqual([['discarded'], [FIRST]]);
  });

  it('of somebody who was taken out go when they are put back; after a CANCEL that left they get the entry again', async () => {
    const [sessionId, person] = [await aSession(), await guest()];
    const order = { sessionId, personId: person.id, role: 'chair', state: 'confirmed' } as const;
    const unassign = async () => {
      const [place] = await world.get(Assignments).ofSession(sessionId);
      await world.get(Assignments).unassign(house.programmeId, place!);
      return publish();
    };
    const assign = async () => {
      await world.get(Assignments).assign(house.programmeId, order);
      return publish();
    };
    await send(await assign());
    await unassign();
    await assign();
    expect([await updates(person), await told(person)]).toEqual([['queued', 'discarded'], [FIRST]]);
    await send(await unassign());
    await send(await assign());
    const sequences = (await told(person)).map(([method, sequence]) => [method, sequence]);
    expect(sequences).toEqual([
      ['REQUEST', 0],
      ['CANCEL', 3],
      ['REQUEST', 4],
    ]);
  });

  it('of a session that nobody has heard of go with it', async () => {
    const [sessionId, person] = [await aSession(), await guest()];
    const order = { sessionId, personId: person.id, role: 'chair', state: 'confirmed' } as const;
    await world.get(Assignments).assign(house.programmeId, order);
    await publish();
    expect(await updates(person)).toEqual(['held']);
    await world.get(Sessions).remove(house.programmeId, await session(sessionId));
    await publish();
    expect([await updates(person), await told(person)]).toEqual([['discarded'], []]);
  });

  it('are replaced by an answer, which carries the newest entry', async () => {
    const [yes, no] = [await accepted(), await accepted()];
    for (const { sessionId } of [yes, no]) await movedTo(sessionId, '12:00');
    await world.get(Invitations).answer(yes.invitationId, { answer: 'accepted', channel: 'link' });
    await world.get(Invitations).answer(no.invitationId, { answer: 'declined', channel: 'link' });
    expect([await updates(yes.person), await updates(no.person)]).toEqual([['discarded'], ['discarded']]);
    expect(await told(yes.person)).toEqual([FIRST, ['REQUEST', 1, 'ACCEPTED', '12:00']]);
    expect(await told(no.person)).toEqual([FIRST, ['CANCEL', 2, 'DECLINED', '12:00']]);
  });

  it('that an organizer discards were never told: the next release compares with what was', async () => {
    const { person, sessionId, invitationId } = await accepted();
    await world.get(Outbox).discardHeld({ batch: await movedTo(sessionId, '12:00') });
    await movedTo(sessionId, '10:00');
    expect([await updates(person), (await row(invitationId)).confirmAgain]).toEqual([['discarded'], false]);
    await world.get(Outbox).discardHeld({ batch: await movedTo(sessionId, '12:00') });
    await send(await movedTo(sessionId, '13:00'));
    expect(await told(person)).toEqual([FIRST, ['REQUEST', 4, 'NEEDS-ACTION', '13:00']]);
  });
});

describe('a release', () => {
  it('that meets the confirmation of what is held tells what is true, above what was told [R9]', async () => {
    const { person, sessionId } = await accepted();
    for (const [first, second] of [
      ['12:00', '13:00'],
      ['14:00', '10:00'],
      ['11:00', '15:00'],
    ] as const) {
      const held = await movedTo(sessionId, first);
      await move(sessionId, second);
      world.clock.advance({ minutes: 5 });
      const releasing = world.get(Releases).publish(house.programmeId);
      const [published] = await Promise.allSettled([releasing, send(held)]);
      // Refused whole, because the mail left a moment before: the same again then tells what is missing.
      if (published.status === 'rejected') expect(published.reason).toBeInstanceOf(Stale);
      const { id } = await (published.status === 'rejected'
        ? world.get(Releases).publish(house.programmeId)
        : releasing);
      await send(`release:${id}`);
      const mails = await told(person);
      expect(mails.at(-1)![3]).toBe(second);
      const sequences = mails.map(([, sequence]) => Number(sequence));
      expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    }
    expect(await updates(person)).not.toContain('held');
  });

  it('asks the database as often for twelve people as for two', async () => {
    const sessionId = await aSession();
    const counts: number[] = [];
    for (const [people, time] of [
      [2, '11:00'],
      [12, '12:00'],
    ] as const) {
      while ((await world.get(Assignments).ofSession(sessionId)).length < people) {
        const order = { sessionId, personId: (await guest()).id, role: 'speaker', state: 'confirmed' } as const;
        await world.get(Assignments).assign(house.programmeId, order);
      }
      await send(await movedTo(sessionId, '10:00'));
      await move(sessionId, time);
      world.clock.advance({ minutes: 5 });
      const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
      const { id } = await world.get(Releases).publish(house.programmeId);
      counts.push(log.mock.calls.length);
      log.mockRestore();
      expect(await send(`release:${id}`)).toBe(people);
    }
    expect(counts[1]).toBe(counts[0]);
  });
});

describe('new days or another place of a conference', () => {
  it('are one held REQUEST with SEQUENCE + 1 to each guest who has accepted, and none when all is as it was', async () => {
    const other = await scene(world, 'seminar', 'S27');
    const { id: conferenceId, startsOn } = other.conference;
    const day = (n: number): string => new Date(Date.parse(startsOn) + n * 86_400_000).toISOString().slice(0, 10);
    const invite = async (answer?: 'accepted' | 'declined') => {
      const person = await guest();
      const order = { conferenceId, deadline: null, message: '', locale: 'en' as const, person: { id: person.id } };
      const { id } = await world.get(Invitations).create(order);
      if (answer) await world.get(Invitations).answer(id, { answer, channel: 'staff' });
      return { id, person };
    };
    const [coming, refuses, silent] = [await invite('accepted'), await invite('declined'), await invite()];
    const edit = async (changes: object) => {
      world.clock.advance({ hours: 1 });
      const { id, version } = (await world.get(Conferences).byId(conferenceId))!;
      await world.get(Conferences).edit({ id, version }, changes);
    };
    await edit({ tagline: { en: 'Only words' } });
    expect(await updates(coming.person)).toEqual([]);
    await edit({ endsOn: day(1) });
    await edit({ startsOn: day(1) });
    expect(await updates(coming.person)).toEqual(['discarded', 'held']);
    expect((await row(coming.id)).confirmAgain).toBe(true);
    for (const { person } of [refuses, silent]) expect(await updates(person)).toEqual([]);
    const where = { conferenceId, state: 'held' as const, kind: 'release-days' };
    const held = await world.db.repository(OutgoingMail).findBy(where);
    expect(held.map(({ subject }) => subject)).toEqual(['New dates or place: Congress seminar']);
    await world.get(Outbox).sendHeld({ batch: held[0]!.batch! });
    // The file that came with the registration is no REQUEST.
    expect((await told(coming.person)).filter(([method]) => method !== 'PUBLISH')).toEqual([
      ['REQUEST', 0, 'ACCEPTED', startsOn],
      ['REQUEST', 2, 'NEEDS-ACTION', day(1)],
    ]);
    // Another zone and back: nothing is left to tell.
    await edit({ zone: 'Europe/Vilnius' });
    await edit({ zone: 'Europe/Minsk' });
    expect(await updates(coming.person)).toEqual(['discarded', 'sent', 'discarded']);
  });
});
