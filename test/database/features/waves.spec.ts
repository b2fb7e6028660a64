import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource, In } from 'typeorm';
import {
  Invitation,
  Invitations,
  InvitationWave,
  WaveCandidates,
  WaveGuest,
  WaveGuests,
  WaveReminders,
  Waves,
  WaveSending,
} from '../../../src/features/invitations/index.js';
import { Assignment } from '../../../src/features/programme/index.js';
import { Person } from '../../../src/features/people/index.js';
import { WaveLetters } from '../../../src/features/invitations/waves/wave-letters.service.js';
import { WaveProgress } from '../../../src/features/invitations/waves/wave-progress.queries.js';
import { OutgoingMail } from '../../../src/platform/mail/outgoing-mail.entity.js';
import { Suppressions } from '../../../src/platform/mail/suppressions.js';
import { DeliveryError } from '../../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../../support/app.js';
import { openConference } from '../../support/conference.js';
import { scene } from '../../support/scene.js';
import { draftWave, willing } from '../../support/waves.js';

const DAY = 86_400_000;

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

/** How many statements some work sends to the database. */
async function statements(work: () => Promise<unknown>): Promise<number> {
  const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
  await work();
  const { length } = log.mock.calls;
  log.mockRestore();
  return length;
}

const crowd = async (count: number) => {
  const people: Person[] = [];
  for (let index = 0; index < count; index++) people.push(await willing(world));
  return people;
};
const now = (wave: InvitationWave) => world.db.repository(InvitationWave).findOneByOrFail({ id: wave.id });
const invited = (wave: InvitationWave) => world.db.repository(Invitation).findBy({ waveId: wave.id });
const queue = async (wave: InvitationWave, count: number) =>
  world.get(WaveSending).queue(wave.conferenceId, await now(wave), count);
const statesOf = async (wave: InvitationWave) => (await invited(wave)).map(({ state }) => state).toSorted();

describe('a wave', () => {
  it('is looked at, judged and shown in as many statements for 300 people as for one', async () => {
    const counts: number[][] = [];
    for (const size of [1, 300]) {
      const conference = await openConference(world, {});
      const wave = await draftWave(world, conference.id, await crowd(size));
      const look = await statements(() => world.get(WaveLetters).preview(wave));
      const guests = await world.get(WaveGuests).of(wave.id);
      const people = guests.map(({ person }) => person);
      const judge = await statements(() => world.get(WaveCandidates).judged(wave, people, () => 'people'));
      await queue(wave, size);
      const shown = await statements(async () => world.get(WaveProgress).of(await now(wave), 'Europe/Minsk'));
      counts.push([look, judge, shown]);
    }
    expect(counts[1]).toEqual(counts[0]);
  });

  it('of 300 is made in few statements: rows go in by the hundred', async () => {
    const conference = await openConference(world, {});
    const wave = await draftWave(world, conference.id, await crowd(300));
    expect(await statements(() => queue(wave, 300))).toBeLessThan(60);
    expect(await invited(wave)).toHaveLength(300);
  });

  it('is queued once by two who press at the same time, with one letter to each', async () => {
    const conference = await openConference(world, {});
    const wave = await draftWave(world, conference.id, await crowd(5));
    const tries = await Promise.allSettled([0, 1, 2].map(() => queue(wave, 5)));
    expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await invited(wave)).toHaveLength(5);
    expect(await world.db.repository(OutgoingMail).countBy({ batch: `wave:${wave.id}` })).toBe(5);
  });

  it('asks again when somebody of it was invited meanwhile, and leaves them out', async () => {
    const conference = await openConference(world, {});
    const people = await crowd(3);
    const wave = await draftWave(world, conference.id, people);
    const person = { id: people[1]!.id };
    await world
      .get(Invitations)
      .create({ conferenceId: conference.id, person, deadline: null, message: '', locale: 'en' });
    await expect(queue(wave, 3)).rejects.toMatchObject({ code: 'error.outbox.numberChanged', details: { count: 2 } });
    expect(await invited(wave)).toEqual([]);
    await queue(wave, 2);
    const asked = new Set((await invited(wave)).map(({ personId }) => personId));
    expect(asked).toEqual(new Set([people[0]!.id, people[2]!.id]));
  });

  it('gives two waves that go off together no person twice', async () => {
    const conference = await openConference(world, {});
    const people = await crowd(4);
    const waves = [
      await draftWave(world, conference.id, people),
      await draftWave(world, conference.id, people),
    ] as const;
    const tries = await Promise.allSettled(waves.map((wave) => queue(wave, 4)));
    expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    const rows = await world.db.repository(Invitation).findBy({ conferenceId: conference.id });
    expect(rows).toHaveLength(4);
  });

  it('for a session proposes the seats with it, and gives them back when it is withdrawn', async () => {
    const { conference, sessionId } = await scene(world, 'seats', 'S27');
    const people = await crowd(3);
    const wave = await draftWave(world, conference.id, people, { sessionId, role: 'panelist' });
    await queue(wave, 3);
    const seats = () => world.db.repository(Assignment).findBy({ sessionId, personId: In(people.map(({ id }) => id)) });
    expect((await seats()).map(({ state, role }) => [state, role])).toEqual(
      Array.from({ length: 3 }, () => ['proposed', 'panelist']),
    );
    await world.mails();
    await world.get(WaveSending).withdraw(conference.id, await now(wave), 3);
    expect(await seats()).toEqual([]);
    expect(await statesOf(wave)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
  });

  it('that is stopped takes back what had not left, without a word', async () => {
    const conference = await openConference(world, {});
    const people = await crowd(4);
    const wave = await draftWave(world, conference.id, people, { perHour: 1 });
    await queue(wave, 4);
    await world.mails();
    await world.get(WaveSending).stop(conference.id, await now(wave));
    expect(await statesOf(wave)).toEqual(['queued', 'withdrawn', 'withdrawn', 'withdrawn']);
    world.clock.advance({ hours: 5 });
    await world.mails();
    const mails = await world.db.repository(OutgoingMail).findBy({ conferenceId: conference.id });
    expect(mails.map(({ state }) => state).toSorted()).toEqual(['discarded', 'discarded', 'discarded', 'sent']);
    // Whom nobody has told can be asked again.
    const next = await draftWave(world, conference.id, people);
    expect(await queue(next, 3)).toMatchObject({ queued: 3 });
  });

  it('whose last letters would come too late is not queued', async () => {
    const conference = await openConference(world, {});
    const deadline = new Date(world.clock.now().getTime() + 2 * 3_600_000);
    const wave = await draftWave(world, conference.id, await crowd(3), { perHour: 1, deadline });
    await expect(queue(wave, 3)).rejects.toMatchObject({ code: 'error.wave.tooSlow' });
  });

  it('ends with its time to answer; what never got its turn does not leave', async () => {
    const conference = await openConference(world, {});
    const deadline = new Date(world.clock.now().getTime() + 10 * 3_600_000);
    const wave = await draftWave(world, conference.id, await crowd(3), { perHour: 1, deadline });
    await queue(wave, 3);
    await world.mails();
    await world.get(WaveSending).pause(conference.id, await now(wave));
    world.clock.advance({ hours: 11 });
    for (const { id } of await invited(wave)) expect(await world.get(Invitations).expire(id)).toBe(true);
    expect(await world.get(WaveSending).resume(conference.id, await now(wave))).toMatchObject({ state: 'sending' });
    const letters = await world.db.repository(OutgoingMail).findBy({ batch: `wave:${wave.id}` });
    expect(letters.map(({ state }) => state).toSorted()).toEqual(['discarded', 'discarded', 'sent']);
  });

  it('cannot be removed or written anew once its letters are made', async () => {
    const conference = await openConference(world, {});
    const wave = await draftWave(world, conference.id, await crowd(1));
    await queue(wave, 1);
    const waves = world.get(Waves);
    await expect(waves.remove(conference.id, await now(wave))).rejects.toMatchObject({ code: 'error.wave.is.sending' });
    const text = { subject: { en: 'x' }, body: { en: 'x' } };
    await expect(waves.write(conference.id, await now(wave), text)).rejects.toMatchObject({
      code: 'error.wave.is.sending',
    });
  });
});

describe('reminders by rule', () => {
  const rule = { remindOn: true, remindAfter: 1, remindMost: 1 };

  it('are written once to each by processes that run at the same time', async () => {
    const conference = await openConference(world, {});
    const wave = await draftWave(world, conference.id, await crowd(10), rule);
    await queue(wave, 10);
    world.clock.advance({ minutes: 1 });
    await world.mails();
    world.clock.advance({ days: 2 });
    const counts = await Promise.all(Array.from({ length: 4 }, () => world.get(WaveReminders).remindDue()));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10);
    const mails = await world.db
      .repository(OutgoingMail)
      .countBy({ conferenceId: conference.id, kind: 'invitation-reminder' });
    expect(mails).toBe(10);
    expect(await world.get(WaveReminders).remindDue()).toBe(0);
  });

  it('go to nobody who declined, was withdrawn, whose letter came back or waits, or whose address is stopped', async () => {
    const conference = await openConference(world, {});
    const people = await crowd(6);
    const wave = await draftWave(world, conference.id, people, { ...rule, perHour: 1 });
    await queue(wave, 6);
    await world.mails();
    world.clock.advance({ hours: 1 });
    await world.mails();
    const row = async (index: number) =>
      world.db.repository(Invitation).findOneByOrFail({ waveId: wave.id, personId: people[index]!.id });
    await world.get(Invitations).answer((await row(0)).id, { answer: 'declined', channel: 'staff' });
    await world.get(Invitations).withdraw(await row(1));
    world.transport.failing = new DeliveryError('permanent', 'SMTP 550', true);
    world.clock.advance({ hours: 1 });
    await world.mails();
    world.transport.failing = undefined;
    world.clock.advance({ hours: 1 });
    await world.mails();
    await world
      .get(Suppressions)
      .failed(people[3]!.email!, true, { mailId: wave.id, personId: people[3]!.id, status: '5.1.1' });
    world.clock.advance({ hours: 1 });
    await world.mails();
    // The last letter is held back, so that it has not left.
    await world.get(WaveSending).pause(conference.id, await now(wave));
    const { version } = await now(wave);
    await world.db.repository(InvitationWave).update({ id: wave.id }, { state: 'sending', version });
    world.clock.advance({ days: 2 });
    expect((await row(2)).state).toBe('bounced');
    expect(await world.get(WaveReminders).remindDue()).toBe(1);
    const [reminder] = await world.db
      .repository(OutgoingMail)
      .findBy({ conferenceId: conference.id, kind: 'invitation-reminder' });
    expect(reminder!.personId).toBe(people[4]!.id);
  });

  it('are shown with the moment and the number, and stop while the wave is paused', async () => {
    const conference = await openConference(world, {});
    const wave = await draftWave(world, conference.id, await crowd(3), { ...rule, perHour: 2 });
    await queue(wave, 3);
    await world.mails();
    const moments = async () =>
      (await world.get(WaveProgress).of(await now(wave), 'Europe/Minsk')).flatMap(
        ({ nextReminder }) => nextReminder ?? [],
      );
    const [at] = await moments();
    expect(at!.getTime() - world.clock.now().getTime()).toBeLessThan(2 * DAY);
    await world.get(WaveSending).pause(conference.id, await now(wave));
    expect(await moments()).toEqual([]);
    expect(await world.db.repository(WaveGuest).countBy({ waveId: wave.id, reminded: 0 })).toBe(3);
  });
});
