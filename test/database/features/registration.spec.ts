import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { People } from '../../../src/features/people/index.js';
import { Programmes, Releases, Sessions } from '../../../src/features/programme/index.js';
import { Registration, Registrations, SessionChoices, SettingsOfRegistration, WaitingList, type RegistrationOrder } from '../../../src/features/registration/index.js';
import { OutgoingMail } from '../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../support/app.js';
import { openConference } from '../../support/conference.js';

const AT_ONCE = 20;
const ROUNDS = 10;

let world: TestApp;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());

function order(conferenceId: string, changes: Partial<RegistrationOrder> = {}, email = `person-${++serial}@example.org`): RegistrationOrder {
  const person = { given: 'Anna', family: 'Kowalska', mononym: false, email, institution: 'Library', position: 'Librarian', country: 'PL', phone: null };
  return { conferenceId, form: 'in_person', category: 'listener', person, locale: 'en', channel: 'web', ...changes };
}
const registrations = (): Registrations => world.get(Registrations);
const rows = (conferenceId: string): Promise<Registration[]> => world.db.repository(Registration).find({ where: { conferenceId }, order: { number: 'ASC' } });
const taken = async (conferenceId: string): Promise<number> => (await world.get(SettingsOfRegistration).of(conferenceId)).taken;
const inParallel = <T>(count: number, work: (index: number) => Promise<T>): Promise<T[]> => Promise.all(Array.from({ length: count }, (_, index) => work(index)));

describe('the last seat', () => {
  it(`goes to exactly one of ${AT_ONCE}, the others wait in an order without gaps, ${ROUNDS} rounds [R8] [P23]`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const conference = await openConference(world, { capacity: 3 });
      await registrations().register(order(conference.id));
      await registrations().register(order(conference.id));
      const outcomes = await inParallel(AT_ONCE, () => registrations().register(order(conference.id)));
      expect(outcomes.map(({ outcome }) => outcome)).toEqual(Array.from({ length: AT_ONCE }, () => 'new'));
      const all = await rows(conference.id);
      expect(all.filter(({ waitlist }) => waitlist === 'none')).toHaveLength(3);
      expect(all.map(({ waitingPosition }) => waitingPosition).filter((position) => position !== null).sort((a, b) => a - b)).toEqual(Array.from({ length: AT_ONCE - 1 }, (_, i) => i + 1));
      expect(all.map(({ number }) => number)).toEqual(Array.from({ length: AT_ONCE + 2 }, (_, i) => `C27-${String(i + 1).padStart(4, '0')}`));
      expect(await taken(conference.id)).toBe(3);
      const subjects = (await world.db.repository(OutgoingMail).findBy({ conferenceId: conference.id })).map(({ kind }) => kind);
      expect([subjects.filter((kind) => kind === 'registration-received').length, subjects.filter((kind) => kind === 'registration-waiting').length]).toEqual([3, AT_ONCE - 1]);
    }
  });

  it('is offered to exactly one when it is freed while all cancel and approve at once', async () => {
    const conference = await openConference(world, { capacity: 5 });
    const made = await inParallel(12, () => registrations().register(order(conference.id)));
    const seated = made.map(({ registration }) => registration).filter(({ waitlist }) => waitlist === 'none');
    await Promise.all(seated.map((registration) => registrations().cancel(registration)));
    const all = await rows(conference.id);
    expect(all.filter(({ waitlist }) => waitlist === 'offered').map(({ waitingPosition }) => waitingPosition).sort()).toEqual([1, 2, 3, 4, 5]);
    expect(await taken(conference.id)).toBe(5);
  });

  it('is not oversold by several processes that settle the same waiting list at once', async () => {
    const conference = await openConference(world, { capacity: 2, offerHours: 1 });
    const made = await inParallel(6, () => registrations().register(order(conference.id)));
    await registrations().cancel(made.find(({ registration }) => registration.waitlist === 'none')!.registration);
    for (let round = 0; round < 4; round++) {
      world.clock.advance({ hours: 1 });
      await inParallel(5, () => world.get(WaitingList).settleAll());
      const all = await rows(conference.id);
      expect(all.filter(({ waitlist }) => waitlist === 'offered').length).toBeLessThanOrEqual(1);
      expect(await taken(conference.id)).toBe(1 + all.filter(({ waitlist }) => waitlist === 'offered').length);
    }
    const told = await world.db.repository(OutgoingMail).findBy({ conferenceId: conference.id, kind: 'registration-offered' });
    expect(new Set(told.map(({ recipient }) => recipient)).size).toBe(told.length);
    expect((await rows(conference.id)).filter(({ waitlist }) => waitlist === 'lapsed')).toHaveLength(4);
  });
});

describe('one person', () => {
  it('is registered once by ten equal forms at once, with one mail [R7]', async () => {
    const conference = await openConference(world);
    const email = `same-${++serial}@example.org`;
    const answers = await inParallel(10, () => registrations().register(order(conference.id, { key: 'one form' }, email)));
    expect(new Set(answers.map(({ registration }) => registration.id)).size).toBe(1);
    expect(answers.filter(({ outcome }) => outcome === 'new')).toHaveLength(1);
    expect(await rows(conference.id)).toHaveLength(1);
    expect(await world.db.repository(OutgoingMail).countBy({ conferenceId: conference.id })).toBe(1);
  });

  it('is registered once by ten different forms at once, known from before or not', async () => {
    const email = `known-${++serial}@example.org`;
    for (const conference of [await openConference(world), await openConference(world)]) {
      const answers = await inParallel(10, (index) => registrations().register(order(conference.id, { key: `form ${index}` }, email)));
      expect(answers.map(({ outcome }) => outcome).sort()).toEqual([...Array.from({ length: 9 }, () => 'known'), 'new']);
      expect(await rows(conference.id)).toHaveLength(1);
    }
    expect(await world.get(People).byEmail(email)).not.toBeNull();
  });

  it('accepts an offer once, however often it is sent at once [R9]', async () => {
    const conference = await openConference(world, { capacity: 1 });
    const first = await registrations().register(order(conference.id));
    const second = await registrations().register(order(conference.id));
    await registrations().cancel(first.registration);
    const offered = (await registrations().byId(second.registration.id))!;
    const answers = await Promise.allSettled(Array.from({ length: 10 }, () => registrations().acceptOffer(offered)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await taken(conference.id)).toBe(1);
    expect(await world.db.repository(OutgoingMail).countBy({ conferenceId: conference.id, kind: 'registration-confirmed' })).toBe(1);
  });
});

describe('the places of a session', () => {
  it('are never more than there are, when twenty choose at once', async () => {
    const conference = await openConference(world, { capacity: null });
    const programme = await world.get(Programmes).ofOwner(conference.id);
    const { session } = await world.get(Sessions).add(programme.id, { kind: 'workshop', title: { en: 'Workshop' }, capacity: 3, place: { start: new Date(`${conference.startsOn}T07:00:00Z`), minutes: 60 } });
    await world.get(Releases).publish(programme.id, {});
    const made = await inParallel(AT_ONCE, () => registrations().register(order(conference.id)));
    const answers = await Promise.allSettled(made.map(({ registration }) => world.get(SessionChoices).choose(registration, [session.id])));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect((await world.get(SessionChoices).countOf([session.id])).get(session.id)).toBe(3);
  });
});
