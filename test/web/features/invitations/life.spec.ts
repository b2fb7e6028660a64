import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Answer, type Client, type Fields } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene, type Scene } from '../../../support/scene.js';
import type { SentMail } from '../../../support/recording-transport.js';

let world: TestApp;
let house: Scene;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  await world.get(Invitations).withdraw(await row(house.invitationId));
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
});
afterAll(() => world.close());

async function guest(locale: 'be' | 'ru' | 'en' = 'en', email = `guest-${++serial}@example.org`): Promise<Person> {
  return world.get(People).create({ given: 'Гульнара', family: `Досова ${serial}`, email, locale });
}

async function invited(person: Person, seat: boolean, changes: { deadline?: Date; message?: string } = {}) {
  const { conference, sessionId } = house;
  const draft = await world.get(Invitations).create({
    conferenceId: conference.id,
    ...(seat ? { seat: { sessionId, role: 'panelist' as const } } : {}),
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'en',
    ...changes,
  });
  return world.get(Invitations).send(draft);
}

const row = (id: string): Promise<Invitation> => world.db.repository(Invitation).findOneByOrFail({ id });
const mailsTo = async (email: string): Promise<SentMail[]> => (await world.mails()).filter(({ to }) => to === email);
const pathOf = (mail: SentMail): string => new URL(mail.link('/invite/')).pathname;
const eventOf = (mail: SentMail): { method: string | undefined; event: ReadEvent } => {
  expect(checkCalendar(Buffer.from(mail.ics!))).toEqual([]);
  const file = readCalendar(mail.ics!);
  expect(file.events).toHaveLength(1);
  return { method: file.method, event: file.events[0]! };
};

async function answer(visitor: Client, path: string, fields: Fields): Promise<Answer> {
  const opened = await visitor.get(path);
  return visitor.post(path, { ...hiddenFields(opened.body, path), ...fields });
}

async function move(hour: string): Promise<void> {
  const session = await world.get(Sessions).byId(house.programmeId, house.sessionId);
  const start = new Date(`${house.conference.startsOn}T${hour}:00.000Z`);
  await world.get(Sessions).move(house.programmeId, session, { start, minutes: 60, roomId: null });
}

async function publish(): Promise<string> {
  return (await world.get(Releases).publish(house.programmeId)).id;
}

describe('the personal link', () => {
  it('is opened by scanners and people as often as they like, and only a POST answers [T3] [CI8]', async () => {
    const person = await guest();
    const invitation = await invited(person, true, { message: 'We would be honoured.\nПаважаная калега!' });
    const [letter] = await mailsTo(person.email!);
    expect(letter!.subject).toBe('Invitation: Section of forum');
    expect(letter!.text).toContain('Паважаная калега!');
    expect(letter!.ics).toBeUndefined();
    const path = pathOf(letter!);
    const scanner = world.client();
    for (const look of [await scanner.head(path), await scanner.get(path), await scanner.get(path)])
      expect(look.status).toBe(200);
    expect((await row(invitation.id)).state).toBe('queued');
    const done = await answer(world.client(), path, { answer: 'accepted', comment: 'Без глютэну' });
    expect([done.status, done.location]).toEqual([303, path]);
    expect(await row(invitation.id)).toMatchObject({
      state: 'accepted',
      comment: 'Без глютэну',
      answerChannel: 'link',
    });
    expect((await world.client().get(path)).body).toContain('You have answered that you will come.');
  });

  it('is stored as a hash only, and an unknown one is a 404 [T1]', async () => {
    const person = await guest();
    const invitation = await invited(person, false);
    const token = pathOf((await mailsTo(person.email!))[0]!)
      .split('/')
      .at(-1)!;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await row(invitation.id))).not.toContain(token);
    expect((await world.client().get('/en/invite/nothing')).status).toBe(404);
    expect((await world.client().get(`/en/offer/${token}`)).status).toBe(404);
    expect((await world.client().post('/en/invite/nothing', { answer: 'accepted' })).status).not.toBe(303);
  });
});

describe('the organizers', () => {
  const here = (path = ''): string => `/org/c/${house.conference.slug}/invitations${path}`;

  it('draft, look at the letters, confirm their number, remind, and note an answer given by telephone', async () => {
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const opened = await organizer.get(`${here('/new')}?session=${house.sessionId}`);
    const bad = await organizer.post(here(), {
      ...hiddenFields(opened.body, here()),
      kind: 'seat',
      locale: 'en',
      given: '明月',
    });
    expect([bad.status, bad.body.includes('明月')]).toEqual([422, true]);
    const fields = {
      given: '明月',
      family: '欧阳',
      email: 'mingyue@example.org',
      kind: 'seat',
      session: house.sessionId,
      role: 'panelist',
      message: 'Welcome',
      deadline: '',
      locale: 'en',
      seat: '',
      institution: '',
      position: '',
    };
    const added = await organizer.post(here(), { ...hiddenFields(opened.body, here()), ...fields });
    expect(added.status).toBe(303);
    const card = added.location!;
    expect((await organizer.get(card)).body).toContain('欧阳明月');
    const again = await organizer.post(here(), { ...hiddenFields(opened.body, here()), ...fields });
    expect(again.status).toBe(409);
    const sending = await organizer.get(here('/sending'));
    expect(sending.body).toContain('Send to 1 person');
    expect(sending.body).toContain('Dear 欧阳明月,');
    const wrong = await organizer.post(here('/sending'), {
      ...hiddenFields(sending.body, here('/sending')),
      count: '2',
    });
    expect(wrong.status).toBe(409);
    const sent = await organizer.post(here('/sending'), hiddenFields(sending.body, here('/sending')));
    expect(sent.status).toBe(303);
    const [letter] = await mailsTo('mingyue@example.org');
    expect(letter!.text).toContain('Welcome');
    expect((await organizer.get(`${here()}?q=mingyue`)).body).toContain('>sent<');
    expect((await organizer.get(`${here()}?state=accepted&kind=seat`)).status).toBe(200);
    const list = await organizer.get(here());
    const reminders = await organizer.post(here('/reminders'), hiddenFields(list.body, here('/reminders')));
    expect(reminders.location).toMatch(/\/mail\/outbox\?batch=reminders-/);
    expect(await mailsTo('mingyue@example.org')).toHaveLength(1);
    const outbox = await organizer.follow(reminders);
    const action = `/org/c/${house.conference.slug}/mail/outbox/sendings`;
    expect((await organizer.post(action, hiddenFields(outbox.body, action))).status).toBe(303);
    const reminder = (await mailsTo('mingyue@example.org'))[1]!;
    expect(pathOf(reminder)).toBe(pathOf(letter!));
    const page = await organizer.get(card);
    const noted = await organizer.post(`${card}/answers`, {
      ...hiddenFields(page.body, `${card}/answers`),
      answer: 'tentative',
      comment: 'by telephone',
    });
    expect(noted.status).toBe(303);
    const shown = (await organizer.get(card)).body;
    for (const words of ['noted by staff', 'by telephone', 'tentative']) expect(shown).toContain(words);
  });

  it('of another conference see nothing, readers change nothing [A3] [A4]', async () => {
    const { id } = await invited(await guest(), false);
    const other = await scene(world, 'other', 'O27');
    await staff(world, 'elsewhere@example.org', [{ role: 'organizer', conferenceId: other.conference.id }]);
    await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: house.conference.id }]);
    const elsewhere = await signedIn(world.client(), 'elsewhere@example.org');
    expect((await elsewhere.get(here())).status).toBe(404);
    expect((await elsewhere.get(`/org/c/other/invitations/${id}`)).status).toBe(404);
    const reader = await signedIn(world.client(), 'reader@example.org');
    const read = await reader.get(here(`/${id}`));
    expect([read.status, read.body.includes('/withdrawal')]).toEqual([200, false]);
    expect((await reader.get(here('/new'))).status).toBe(403);
  });
});

describe('an invitation to a session', () => {
  const held = (batch: string): Promise<OutgoingMail[]> =>
    world.db.repository(OutgoingMail).findBy({ batch, state: 'held' });

  async function confirmed(batch: string): Promise<void> {
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const outbox = await organizer.get(`/org/c/${house.conference.slug}/mail/outbox?batch=${batch}`);
    const action = `/org/c/${house.conference.slug}/mail/outbox/sendings`;
    expect((await organizer.post(action, hiddenFields(outbox.body, action))).status).toBe(303);
  }

  it('lives from letter to cancellation with one UID and a SEQUENCE that follows the releases [CM2] [CM3] [CM5] [B02] [B05] [CR4]', async () => {
    world.clock.advance({ hours: 2 });
    const [coming, silent, proposed] = [await guest(), await guest(), await guest()];
    const invitation = await invited(coming, true);
    await invited(silent, true);
    const assigning = { sessionId: house.sessionId, personId: proposed.id, role: 'moderator' } as const;
    await world.get(Assignments).assign(house.programmeId, assigning);
    const [letter] = await mailsTo(coming.email!);
    expect(await mailsTo(coming.email!)).toHaveLength(1);

    const path = pathOf(letter!);
    expect((await answer(world.client(), path, { answer: 'accepted', comment: '' })).status).toBe(303);
    const first = (await mailsTo(coming.email!))[1]!;
    const request = eventOf(first);
    expect(request.method).toBe('REQUEST');
    expect(request.event).toMatchObject({ sequence: 0, status: 'CONFIRMED', summary: 'Section of forum' });
    const { address } = first.parsed.from!.value[0]!;
    expect(request.event.organizer?.email).toBe(address);
    expect(request.event.attendees).toEqual([
      { email: coming.email, name: expect.any(String), role: 'REQ-PARTICIPANT', partstat: 'ACCEPTED', rsvp: true },
    ]);
    expect(first.raw.replace(/\r\n[ \t]+/g, ' ')).toMatch(
      /^Content-Type: text\/calendar;.* method=REQUEST; component=VEVENT/m,
    );
    const assignments = await world.get(Assignments).ofSession(house.sessionId);
    expect(assignments.find(({ personId }) => personId === coming.id)?.state).toBe('confirmed');
    expect(assignments.find(({ personId }) => personId === silent.id)?.state).toBe('proposed');

    // Her name is in the next release: words changed, nobody is told.
    world.clock.advance({ hours: 1 });
    expect(await held(`release:${await publish()}`)).toEqual([]);

    world.clock.advance({ hours: 1 });
    await move('12:00');
    expect((await world.get(Releases).next(house.programmeId)).peopleToTell).toBe((await toldOf()).length);
    const moved = `release:${await publish()}`;
    expect((await held(moved)).map(({ recipient }) => recipient).sort()).toEqual(await toldOf());
    expect(await row(invitation.id)).toMatchObject({ state: 'accepted', confirmAgain: true });
    expect(await mailsTo(coming.email!)).toHaveLength(2);
    await confirmed(moved);
    const update = eventOf((await mailsTo(coming.email!))[2]!);
    expect(update.method).toBe('REQUEST');
    expect(update.event).toMatchObject({
      uid: request.event.uid,
      sequence: 1,
      attendees: [{ partstat: 'NEEDS-ACTION', rsvp: true }],
    });
    expect(update.event.start?.instant).toEqual(new Date(`${house.conference.startsOn}T12:00:00.000Z`));
    for (const person of [silent, proposed])
      expect((await mailsTo(person.email!)).filter(({ ics }) => ics !== undefined)).toEqual([]);

    // The answer is given again: the same revision, a later stamp, another Message-ID.
    expect((await answer(world.client(), path, { answer: 'accepted', comment: '' })).status).toBe(303);
    const [, , mail, repeated] = await mailsTo(coming.email!);
    const again = eventOf(repeated!);
    expect(again.event).toMatchObject({ uid: request.event.uid, sequence: 1, attendees: [{ partstat: 'ACCEPTED' }] });
    expect(again.event.stamp!.getTime()).toBeGreaterThan(update.event.stamp!.getTime());
    expect(repeated!.parsed.messageId).not.toBe(mail!.parsed.messageId);
    expect((await row(invitation.id)).confirmAgain).toBe(false);

    world.clock.advance({ hours: 1 });
    const session = await world.get(Sessions).byId(house.programmeId, house.sessionId);
    await world.get(Sessions).cancel(house.programmeId, session);
    const cancelled = `release:${await publish()}`;
    expect((await held(cancelled)).map(({ recipient }) => recipient).sort()).toEqual(await toldOf());
    await confirmed(cancelled);
    const off = eventOf((await mailsTo(coming.email!)).at(-1)!);
    expect(off.method).toBe('CANCEL');
    expect(off.event).toMatchObject({ uid: request.event.uid, sequence: 2, status: 'CANCELLED' });
    expect(off.event.attendees).toHaveLength(1);
  });

  /** Confirmed people of the session, each once. */
  async function toldOf(): Promise<string[]> {
    const places = (await world.get(Assignments).ofSession(house.sessionId)).filter(
      ({ state }) => state === 'confirmed',
    );
    const asked = await world.db.repository(Invitation).findBy({ sessionId: house.sessionId, state: 'tentative' });
    const people = await world.get(People).byIds([...places, ...asked].map(({ personId }) => personId));
    return [...people.values()].map(({ email }) => email!).sort();
  }
});
