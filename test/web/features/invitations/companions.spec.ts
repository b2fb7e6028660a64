import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations, type NewInvitation } from '../../../../src/features/invitations/index.js';
import { Registrations } from '../../../../src/features/registration/index.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
});
afterAll(() => world.close());

async function asked(
  changes: Partial<NewInvitation>,
): Promise<{ invitation: Invitation; path: string; visitor: Client }> {
  const email = `guest-${++serial}@example.org`;
  const person = { given: 'Айгүл', family: `Досова ${serial}`, email, locale: 'en' as const };
  const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const, person };
  const invitation = await world.get(Invitations).send(await world.get(Invitations).create({ ...order, ...changes }));
  const mail = (await world.mails()).find(({ to }) => to === email)!;
  return { invitation, path: new URL(mail.link('/invite/')).pathname, visitor: world.client() };
}
const row = ({ id }: Invitation) => world.db.repository(Invitation).findOneByOrFail({ id });

describe('accompanying persons', () => {
  it('are asked for only where the organizer allows it', async () => {
    const { path, visitor } = await asked({});
    expect((await visitor.get(path)).body).not.toMatch(/name="companion/);
  });

  it('by count: kept with a yes, refused beyond the limit with everything typed, gone with a no', async () => {
    const { invitation, path, visitor } = await asked({ companionsAsked: 'count', companionsMax: 2 });
    const many = await visitor.submit(path, { answer: 'accepted', companions: '3', comment: 'See you' });
    expect(many.status).toBe(422);
    expect(many.body).toMatch(/id="field-companions-error"[^]*No more than 2 may come with you/);
    expect(many.body).toContain('See you');
    expect((await visitor.submit(path, { answer: 'accepted', companions: '2' })).status).toBe(303);
    expect((await row(invitation)).companions).toEqual({ count: 2, names: [] });
    expect((await visitor.get(path)).body).toContain('name="companions" type="text" value="2"');
    // The same answer with another number is a change.
    await visitor.submit(path, { answer: 'accepted', companions: '1' });
    expect((await row(invitation)).companions).toEqual({ count: 1, names: [] });
    await visitor.submit(path, { answer: 'declined', companions: '1' });
    expect((await row(invitation)).companions).toBeNull();
  });

  it('by name: shown to organizers at the invitation and at the registration', async () => {
    const { invitation, path, visitor } = await asked({ companionsAsked: 'name', companionsMax: 3 });
    await visitor.submit(path, { answer: 'accepted', companionNames: 'Нұрлан Қайратұлы\n明月' });
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const card = await organizer.get(`/org/c/forum/invitations/${invitation.id}`);
    expect(card.body).toContain('2 people come along');
    expect(card.body).toContain('<bdi>明月</bdi>');
    const registration = await world.get(Registrations).activeOf(house.conference.id, invitation.personId);
    const shown = await organizer.get(`/org/c/forum/registrations/${registration!.publicId}`);
    expect(shown.body).toMatch(/Accompanying persons[^]*Нұрлан Қайратұлы/);
  });

  it('staff note what was said by telephone, and what they leave out through the API stays', async () => {
    const { invitation } = await asked({ companionsAsked: 'count', companionsMax: 4 });
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const card = `/org/c/forum/invitations/${invitation.id}`;
    await organizer.submit(card, { answer: 'accepted', companions: '4' }, `${card}/answers`);
    expect((await row(invitation)).companions).toEqual({ count: 4, names: [] });
    await world.get(Invitations).answer(invitation.id, { answer: 'tentative', channel: 'calendar' });
    expect((await row(invitation)).companions).toEqual({ count: 4, names: [] });
  });

  it('may be allowed later, on the card of the invitation', async () => {
    const { invitation, path, visitor } = await asked({});
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const card = `/org/c/forum/invitations/${invitation.id}`;
    const fields = { message: '', deadline: '', locale: 'en', companionsAsked: 'name', companionsMax: '2' };
    expect((await organizer.submit(card, fields, `${card}/letter`)).status).toBe(303);
    expect((await visitor.get(path)).body).toContain('name="companionNames"');
  });

  it.each(
    [...hostile('name'), ...hostile('xss')]
      .filter(({ verdict, value }) => verdict === 'keep' && !value.includes('\n'))
      .slice(0, 25)
      .map(({ id, value }) => [id, value]),
  )('[X1] [X2] with names that try to be something else stay names: %s', async (_id, value) => {
    const { invitation, path, visitor } = await asked({ companionsAsked: 'name', companionsMax: 1 });
    expect((await visitor.submit(path, { answer: 'accepted', companionNames: value })).status).toBe(303);
    expect((await row(invitation)).companions!.names).toEqual([value]);
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const { body } = await organizer.get(`/org/c/forum/invitations/${invitation.id}`);
    expect(unescapeHtml(body)).toContain(value);
    expect(body).not.toMatch(/<svg\/onload|<img src=x|<script>alert/i);
  });
});

describe('a letter that has not left', () => {
  const draft = () => {
    const person = {
      given: 'Later',
      family: `${++serial}`,
      email: `later-${serial}@example.org`,
      locale: 'en' as const,
    };
    const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const, person };
    return world.get(Invitations).create(order);
  };
  const due = (hours: number) => new Date(world.clock.now().getTime() + hours * 3_600_000);

  it('waits for its hour, and a withdrawal takes it back without a word', async () => {
    const sent = await world.get(Invitations).send(await draft(), due(2));
    await world.mails();
    const letter = () => world.db.repository(OutgoingMail).findOneByOrFail({ id: sent.mailId! });
    expect((await letter()).state).toBe('queued');
    await world.get(Invitations).withdraw(sent);
    expect((await letter()).state).toBe('discarded');
    world.clock.advance({ hours: 3 });
    expect((await world.mails()).filter(({ to }) => to === sent.sentTo)).toEqual([]);
  });

  it('is told off when an earlier one has arrived', async () => {
    const first = await world.get(Invitations).send(await draft());
    await world.mails();
    const again = await world.get(Invitations).send(first, due(2));
    await world.get(Invitations).withdraw(again);
    const mails = (await world.mails()).filter(({ to }) => to === first.sentTo).map(({ subject }) => subject);
    expect(mails).toEqual([expect.stringContaining('Invitation:'), expect.stringContaining('withdrawn')]);
  });

  it('leaves at its hour', async () => {
    const sent = await world.get(Invitations).send(await draft(), due(1));
    world.clock.advance({ hours: 1 });
    expect((await world.mails()).filter(({ to }) => to === sent.sentTo)).toHaveLength(1);
  });
});
