import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Registrations } from '../../../../src/features/registration/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
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
    for (const look of [await scanner.head(path), await scanner.get(path), await scanner.get(path)]) expect(look.status).toBe(200);
    expect((await row(invitation.id)).state).toBe('queued');
    const done = await answer(world.client(), path, { answer: 'accepted', comment: 'Без глютэну' });
    expect([done.status, done.location]).toEqual([303, path]);
    expect(await row(invitation.id)).toMatchObject({ state: 'accepted', comment: 'Без глютэну', answerChannel: 'link' });
    expect((await world.client().get(path)).body).toContain('You have answered that you will come.');
  });

  it('is stored as a hash only, and an unknown one is a 404 [T1]', async () => {
    const person = await guest();
    const invitation = await invited(person, false);
    const token = pathOf((await mailsTo(person.email!))[0]!).split('/').at(-1)!;
    expect(Buffer.from(token, 'base64url')).toHaveLength(32);
    expect(JSON.stringify(await row(invitation.id))).not.toContain(token);
    expect((await world.client().get('/en/invite/nothing')).status).toBe(404);
    expect((await world.client().get(`/en/offer/${token}`)).status).toBe(404);
    expect((await world.client().post('/en/invite/nothing', { answer: 'accepted' })).status).not.toBe(303);
  });
});
