import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, InvitationRounds, Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { AddressState } from '../../../../src/platform/mail/address-state.entity.js';
import { Suppressions } from '../../../../src/platform/mail/suppressions.js';
import { DeliveryError } from '../../../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let chief: Client;
let api: Program;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'stop', 'S27');
  await staff(world, 'chief@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: null }]);
  chief = await signedIn(world.client(), 'chief@example.org');
  api = await program(world, 'chief@example.org', ['invitation:write', 'person:write']);
});
afterAll(() => world.close());

const text = (body: string) => unescapeHtml(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
const card = ({ publicId }: Person) => `/org/people/${publicId}`;
const stateOf = ({ email }: Person) => world.db.repository(AddressState).findOneBy({ address: email! });

/** Somebody with a draft invitation, to whose address nothing is sent any more. */
async function unreachable(status = '5.1.1'): Promise<{ person: Person; draft: Invitation }> {
  const email = `gone-${++serial}@library.example`;
  const person = await world.get(People).create({ given: 'Ганна', family: `Цвірка ${serial}`, email, locale: 'be' });
  const draft = await world.get(Invitations).create({
    conferenceId: house.conference.id,
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'be',
  });
  const cause = { mailId: '0190f000-0000-7000-8000-000000000001', personId: person.id };
  if (status === 'complaint') await world.get(Suppressions).complained(email, cause);
  else await world.get(Suppressions).failed(email, true, { ...cause, status });
  return { person, draft };
}

describe('an address to which nothing is sent any more', () => {
  it('shows on the person’s card, with the reason in words [CD4]', async () => {
    const { person } = await unreachable();
    const shown = text((await chief.get(card(person))).body);
    expect(shown).toContain('No mail is sent to this address any more');
    expect(shown).toContain('there is no such mailbox (5.1.1)');
    expect(text((await chief.get(card(house.person))).body)).not.toContain('No mail is sent');
  });

  it('is said before an invitation is sent there, which is refused; alone, with others, and through the API [CD4]', async () => {
    const { person, draft } = await unreachable('5.2.1');
    const page = `/org/c/stop/invitations/${draft.id}`;
    const { body } = await chief.get(page);
    expect(text(body)).toContain('No mail is sent to this person’s address any more');
    expect(text(body)).toContain('the mailbox is closed (5.2.1)');
    expect(body).not.toContain(`${page}/sending`);
    expect(body).toContain(`${card(person)}#mail`);
    const sending = text((await chief.get('/org/c/stop/invitations/sending')).body);
    expect(sending).toContain(`${person.family!} mail to this address is stopped`);
    expect((await world.get(InvitationRounds).readyDrafts(house.conference.id)).has(draft.id)).toBe(false);
    const refused = await api.post(
      `/api/v1/conferences/stop/invitations/${draft.id}/sending`,
      undefined,
      draft.version,
    );
    expect([refused.status, refused.json()]).toEqual([
      409,
      expect.objectContaining({ code: 'error.invitation.addressStopped' }),
    ]);
    expect((await chief.get(`/org/c/stop/invitations/new?person=${person.publicId}`)).body).toContain(
      'mail to this address is stopped',
    );
  });

  it('is not reminded', async () => {
    const { person, draft } = await unreachable();
    await world.get(Suppressions).lift(person.email!, person.id, 'to send the letter');
    const sent = await world.get(Invitations).send(draft);
    const cause = { mailId: sent.mailId!, personId: person.id, status: '5.1.1' };
    await world.get(Suppressions).failed(person.email!, true, cause);
    const { batch } = await world.get(InvitationRounds).remindAll(house.conference.id);
    const held = await world.db.repository(JournalEntry).findBy({ type: 'InvitationReminded', subjectId: draft.id });
    expect([batch, held]).toEqual([expect.any(String), []]);
  });

  it('is lifted with a reason, which the journal keeps; then the invitation leaves [CD4]', async () => {
    const { person, draft } = await unreachable();
    const action = `${card(person)}/resumed-mail`;
    const wrong = await chief.submit(card(person), { reason: ' ' }, action);
    expect([wrong.status, text(wrong.body)]).toEqual([422, expect.stringContaining('Error')]);
    expect(await stateOf(person)).not.toBeNull();
    const lifted = await chief.submit(card(person), { reason: 'Патэлефанавалі: скрыня працуе' }, action);
    expect(lifted.location).toBe(card(person));
    expect(await stateOf(person)).toBeNull();
    const [entry] = await world.db.repository(JournalEntry).findBy({ type: 'SuppressionLifted', personId: person.id });
    expect(entry).toMatchObject({ actorKind: 'account', data: { reason: 'Патэлефанавалі: скрыня працуе' } });
    const shown = text((await chief.follow(lifted)).body);
    expect(shown).not.toContain('No mail is sent');
    expect(shown).toContain('Mail to this address resumed');
    await world.get(Invitations).send(draft);
    expect((await world.mails()).some(({ to }) => to === person.email)).toBe(true);
  });

  it('is lifted by those who may write people only, and once', async () => {
    const { person } = await unreachable();
    const reader = await signedIn(world.client(), 'reader@example.org');
    const { body } = await reader.get(card(person));
    expect(text(body)).toContain('No mail is sent to this address any more');
    expect(body).not.toContain('resumed-mail');
    const url = `/api/v1/people/${person.publicId}`;
    expect((await api.get(`${url}/mail-state`)).json()).toEqual({
      stopped: 'all',
      status: '5.1.1',
      failures: 1,
      since: world.clock.now().toISOString(),
    });
    expect((await api.post(`${url}/resumed-mail`, {})).status).toBe(422);
    const done = await api.post(`${url}/resumed-mail`, { reason: 'New mailbox' });
    expect(done.json()).toEqual({ stopped: null, status: null, failures: 0, since: null });
    expect((await api.post(`${url}/resumed-mail`, { reason: 'Again' })).status).toBe(409);
  });

  it('takes what is needed where only bulk mail was not wanted', async () => {
    const { person, draft } = await unreachable('complaint');
    expect(text((await chief.get(card(person))).body)).toContain('the recipient marked our mail as spam');
    await world.get(Invitations).send(draft);
    expect((await world.mails()).some(({ to }) => to === person.email)).toBe(true);
  });
});

describe('an invitation that came back', () => {
  it('says why, in words [CD4]', async () => {
    const { draft } = await unreachable('complaint');
    world.transport.failing = new DeliveryError('permanent', 'SMTP 550', true);
    const sent = await world.get(Invitations).send(draft);
    await world.mails();
    world.transport.failing = undefined;
    expect(await world.db.repository(Invitation).findOneBy({ id: sent.id })).toMatchObject({ state: 'bounced' });
    const shown = text((await chief.get(`/org/c/stop/invitations/${sent.id}`)).body);
    expect(shown).toContain('the recipient’s server refused it (550)');
    expect(text((await chief.get('/org/c/stop/mail/outbox')).body)).toContain(
      'the recipient’s server refused it (550)',
    );
  });
});
