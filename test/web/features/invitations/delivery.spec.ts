import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, InvitationRounds, Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { DeliveryError } from '../../../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';

const HOUR = 3_600_000;

let world: TestApp;
let house: Scene;
let organizer: Client;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  await world.get(Invitations).withdraw(await row(house.invitationId));
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
});
afterAll(() => world.close());

const row = (id: string): Promise<Invitation> => world.db.repository(Invitation).findOneByOrFail({ id });
const here = (id = ''): string => `/org/c/${house.conference.slug}/invitations${id && `/${id}`}`;

function guest(): Promise<Person> {
  const email = `guest-${++serial}@example.org`;
  return world.get(People).create({ given: 'Гульнара', family: `Досова ${serial}`, email, locale: 'en' });
}

async function invited(person: Person, deadline: Date | null = null): Promise<Invitation> {
  const seat = { sessionId: house.sessionId, role: 'panelist' as const };
  const order = { conferenceId: house.conference.id, seat, deadline, message: '', locale: 'en' as const };
  const draft = await world.get(Invitations).create({ ...order, person: { id: person.id } });
  return world.get(Invitations).send(draft);
}

async function reminders(person: Person): Promise<string[]> {
  const where = { personId: person.id, kind: 'invitation-reminder' };
  const rows = await world.db.repository(OutgoingMail).find({ where, order: { id: 'ASC' } });
  return rows.map(({ state }) => state);
}

describe('a held reminder', () => {
  it('is discarded when the person answers, the invitation is withdrawn, or its time is over; the others leave', async () => {
    const people = [await guest(), await guest(), await guest(), await guest()] as const;
    const [answers, gone, late, waits] = people;
    const first = await invited(answers);
    const second = await invited(gone);
    await invited(late, new Date(world.clock.now().getTime() + HOUR));
    await invited(waits);
    await world.mails();
    const { batch, count } = await world.get(InvitationRounds).remindAll(house.conference.id);
    expect(count).toBe(4);
    for (const person of people) expect(await reminders(person)).toEqual(['held']);
    await world.get(Invitations).answer(first.id, { answer: 'declined', channel: 'link' });
    expect(await reminders(answers)).toEqual(['discarded']);
    await world.get(Invitations).withdraw(await row(second.id));
    world.clock.advance({ hours: 2 });
    expect(await world.get(InvitationRounds).expireDue()).toBe(1);
    expect(await world.get(Outbox).sendHeld({ batch })).toBe(1);
    await world.mails();
    expect([await reminders(gone), await reminders(late), await reminders(waits)]).toEqual([
      ['discarded'],
      ['discarded'],
      ['sent'],
    ]);
    // Who has answered after the reminder left keeps it as what was sent.
    await world.get(Invitations).answer((await of(waits)).id, { answer: 'accepted', channel: 'link' });
    expect(await reminders(waits)).toEqual(['sent']);
  });

  it('gives way to a newer one', async () => {
    const person = await guest();
    const { id } = await invited(person);
    await world.mails();
    await world.get(InvitationRounds).remindAll(house.conference.id);
    world.clock.advance({ hours: 1 });
    await world.get(InvitationRounds).remindAll(house.conference.id);
    expect(await reminders(person)).toEqual(['discarded', 'held']);
    await world.get(Invitations).withdraw(await row(id));
  });
});

describe('a letter that the mail server refuses for good', () => {
  it('shows per person, and the invitation comes back when it is tried again or sent to another address', async () => {
    const [refused, fine] = [await guest(), await guest()];
    await invited(fine);
    await world.mails();
    const { id } = await invited(refused);
    await bounce();
    const bounced = await row(id);
    expect(bounced.state).toBe('bounced');
    const list = (await organizer.get(`${here()}?state=bounced`)).body;
    expect([list.includes(`Досова ${serial - 1}`), list.includes(`Досова ${serial}`)]).toEqual([true, false]);
    const card = (await organizer.get(here(id))).body;
    for (const words of ['not delivered', 'server refused it (550)', 'Invitation not delivered']) expect(card).toContain(words);

    const outbox = `/org/c/${house.conference.slug}/mail/outbox`;
    const retry = `${outbox}/${bounced.mailId}/retries`;
    const page = await organizer.get(`${outbox}?state=failed`);
    expect((await organizer.post(retry, hiddenFields(page.body, retry))).status).toBe(303);
    expect((await row(id)).state).toBe('queued');
    await bounce();
    expect((await row(id)).state).toBe('bounced');

    const { id: personId, version } = (await world.get(People).byId(refused.id))!;
    await world.get(People).update({ id: personId, version }, { email: 'right@example.org' });
    const open = await organizer.get(here(id));
    const again = await organizer.post(`${here(id)}/sending`, hiddenFields(open.body, `${here(id)}/sending`));
    expect(again.status).toBe(303);
    expect(await row(id)).toMatchObject({ state: 'queued', sentTo: 'right@example.org' });
    expect((await world.mails()).filter(({ to }) => to === 'right@example.org')).toHaveLength(1);
    expect((await organizer.get(here(id))).body).toContain('>sent<');
    const entries = await world.db.repository(JournalEntry).findBy({ subjectId: id });
    expect(entries.filter(({ type }) => type === 'InvitationBounced')).toHaveLength(2);
    expect(entries.filter(({ type }) => type === 'InvitationRetried')).toHaveLength(1);
  });

  it('changes nothing for who has answered meanwhile, or was written to again', async () => {
    const [answers, moved] = [await guest(), await guest()];
    const answered = await invited(answers);
    await world.get(Invitations).answer(answered.id, { answer: 'declined', channel: 'staff' });
    const { id } = await invited(moved);
    const [old] = await world.db.repository(OutgoingMail).findBy({ personId: moved.id });
    await world.db
      .repository(OutgoingMail)
      .update({ id: old!.id }, { dueAt: new Date(world.clock.now().getTime() + HOUR) });
    world.clock.advance({ minutes: 1 });
    await world.get(Invitations).send(await row(id));
    await world.mails();
    world.clock.advance({ hours: 2 });
    await bounce();
    expect([(await row(answered.id)).state, (await row(id)).state]).toEqual(['declined', 'queued']);
  });

  it('is one that is only a reminder, too: the problem shows on the card', async () => {
    const person = await guest();
    const { id } = await invited(person);
    await world.mails();
    const { batch } = await world.get(InvitationRounds).remindAll(house.conference.id);
    await world.get(Outbox).sendHeld({ batch });
    await bounce();
    expect((await row(id)).state).toBe('bounced');
    expect((await organizer.get(here(id))).body).toContain('server refused it (550)');
  });
});

async function of({ id }: Person): Promise<Invitation> {
  return world.db.repository(Invitation).findOneByOrFail({ personId: id });
}

/** Everything that is due now is refused. */
async function bounce(): Promise<void> {
  world.transport.failing = new DeliveryError('permanent', 'SMTP 550', true);
  await world.mails();
  world.transport.failing = undefined;
}
