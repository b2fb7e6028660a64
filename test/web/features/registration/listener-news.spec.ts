import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { SessionChoices, type Registration } from '../../../../src/features/registration/index.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { registered, scene, type Scene } from '../../../support/scene.js';

/* Ruling 4: who only chose a session sees what becomes of it, and gets a mail when it is off or moves on the day itself. */
let world: TestApp;
let house: Scene;
let listener: Registration;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  const slug = `forum-${++serial}`;
  house = await scene(world, slug, 'F27');
  const person = { given: 'Вера', family: 'Слухач', email: `vera-${serial}@example.org` };
  listener = await registered(world, house.conference.id, person);
  await world.get(SessionChoices).choose(listener, [house.sessionId]);
  await world.mails();
});

const session = () => world.get(Sessions).byId(house.programmeId, house.sessionId);
const later = async (hours: number) => {
  const { startsAt } = await session();
  const place = { start: new Date(startsAt!.getTime() + hours * 3_600_000), minutes: 60, roomId: null };
  await world.get(Sessions).move(house.programmeId, await session(), place);
};
/** Publishes; answers the mails to listeners, and how many people the page has promised to tell. */
async function publish(): Promise<{ letters: OutgoingMail[]; batch: string }> {
  const { peopleToTell } = await world.get(Releases).next(house.programmeId);
  const { id } = await world.get(Releases).publish(house.programmeId);
  const all = await world.db.repository(OutgoingMail).findBy({ batch: `release:${id}` });
  expect(new Set(all.map(({ personId }) => personId)).size).toBe(peopleToTell);
  return { letters: all.filter(({ kind }) => kind.startsWith('listener-')), batch: `release:${id}` };
}

describe('somebody who only chose a session', () => {
  it('gets no mail when it moves long before: it is on the page and in the calendar', async () => {
    await later(2);
    expect((await publish()).letters).toEqual([]);
  });

  it('gets one when it is cancelled, in the batch of the release and not before it is confirmed', async () => {
    await world.get(Sessions).cancel(house.programmeId, await session());
    const { letters, batch } = await publish();
    expect(letters.map(({ recipient, kind, state }) => [recipient, kind, state])).toEqual([
      [`vera-${serial}@example.org`, 'listener-cancelled', 'held'],
    ]);
    await world.get(Outbox).sendHeld({ batch });
    const mail = (await world.mails()).find(
      ({ to, subject }) => to === `vera-${serial}@example.org` && subject.startsWith('Cancelled'),
    )!;
    expect(mail.text).toContain(`Section of ${house.conference.slug}`);
    expect(mail.text).toContain(`/en/my/${listener.publicId}/sessions`);
    expect(mail.ics).toBeUndefined();
  });

  it('gets one when it is taken out, or is not for everybody any more', async () => {
    await world.get(Sessions).edit(house.programmeId, await session(), { restricted: true });
    expect((await publish()).letters.map(({ kind }) => kind)).toEqual(['listener-cancelled']);
    await world.get(Sessions).remove(house.programmeId, await session());
    // It was off for them already: the letter that waits is out of date, and no other follows.
    expect((await publish()).letters).toEqual([]);
  });

  it('gets one when it moves on the day itself, with the new time', async () => {
    const { startsAt } = await session();
    world.clock.advance({ hours: (startsAt!.getTime() - world.clock.now().getTime()) / 3_600_000 - 2 });
    await later(1);
    const { letters, batch } = await publish();
    expect(letters.map(({ kind }) => kind)).toEqual(['listener-moved']);
    await world.get(Outbox).sendHeld({ batch });
    const mail = (await world.mails()).find(
      ({ to, subject }) => to === `vera-${serial}@example.org` && subject.startsWith('Today'),
    )!;
    expect(mail.text).toMatch(/11:00–12:00/);
  });

  it('gets none when it takes place after all, before anybody has sent the first', async () => {
    await world.get(Sessions).cancel(house.programmeId, await session());
    const [letter] = (await publish()).letters;
    await world.get(Sessions).reinstate(house.programmeId, await session());
    expect((await publish()).letters).toEqual([]);
    expect((await world.db.repository(OutgoingMail).findOneByOrFail({ id: letter!.id })).state).toBe('discarded');
  });

  it('is told once who also speaks in it: as a speaker', async () => {
    const seat = {
      sessionId: house.sessionId,
      personId: listener.personId,
      role: 'chair',
      state: 'confirmed',
    } as const;
    await world.get(Assignments).assign(house.programmeId, seat);
    await publish();
    await world.get(Sessions).cancel(house.programmeId, await session());
    expect((await publish()).letters).toEqual([]);
  });
});
