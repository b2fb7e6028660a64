import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../src/features/invitations/replies/calendar-reply.entity.js';
import { People, type Person } from '../../src/features/people/index.js';
import { Releases, Sessions } from '../../src/features/programme/index.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { Outbox } from '../../src/platform/mail/outbox.js';
import { startApp, type TestApp } from '../support/app.js';
import { OwnDovecot, OwnPostfix } from '../support/mail-servers.js';
import { scene, type Scene } from '../support/scene.js';
import { until } from '../support/server-process.js';
import { Thunderbird } from '../support/thunderbird.js';

const OURS = 'conferences@example.org';
const GUEST = 'ales@library.example';
const ANSWERS = ['imipAcceptButton', 'imipTentativeButton', 'imipDeclineButton'];

let dovecot: OwnDovecot;
let postfix: OwnPostfix;
let world: TestApp;
let house: Scene;
let program: Thunderbird;
let guest: Person;

/**
 * A guest with a calendar program that is not ours. Our mails go through a Postfix into their Dovecot; what the program
 * answers goes through the same servers into our mailbox.
 */
beforeAll(async () => {
  dovecot = await OwnDovecot.start();
  const mailboxes = { lmtp: dovecot.lmtp };
  postfix = await OwnPostfix.start({ 'example.org': mailboxes, 'library.example': mailboxes });
  const settings = { WORKERS: '1', MAIL_URL: postfix.url, INBOX_URL: dovecot.inboxOf(OURS) };
  world = await startApp(settings, { realMail: true });
  house = await scene(world, 'client', 'S27');
  guest = await world.get(People).create({ given: 'Алесь', family: 'Бажко', email: GUEST, locale: 'be' });
  const account = { email: GUEST, name: 'Алесь Бажко', password: OwnDovecot.PASSWORD };
  program = await Thunderbird.start({ ...account, imap: dovecot.imap, smtp: postfix.port });
}, 180_000);
afterAll(async () => {
  await program?.stop();
  await world?.close();
  await postfix?.stop();
  await dovecot?.stop();
}, 60_000);

/** A session of its own, to which the guest has said yes by the link: the entry is on its way to their calendar. */
async function invited(hour: string): Promise<{ id: string; sessionId: string }> {
  const { session } = await world.get(Sessions).add(house.programmeId, {
    kind: 'round_table',
    title: { be: `Круглы стол а ${hour}` },
    place: { start: at(hour), minutes: 60, roomId: null },
  });
  await release();
  const draft = await world.get(Invitations).create({
    conferenceId: house.conference.id,
    seat: { sessionId: session.id, role: 'panelist' },
    person: { id: guest.id },
    deadline: null,
    message: '',
    locale: 'be',
  });
  const { id } = await world.get(Invitations).send(draft);
  await world.get(Invitations).answer(id, { answer: 'accepted', channel: 'link' });
  return { id, sessionId: session.id };
}

const at = (hour: string) => new Date(`${house.conference.startsOn}T${hour}:00.000Z`);

async function release(): Promise<void> {
  const { id } = await world.get(Releases).publish(house.programmeId);
  await world.get(Outbox).sendHeld({ batch: `release:${id}` });
}

async function move(sessionId: string, hour: string): Promise<void> {
  const session = await world.get(Sessions).byId(house.programmeId, sessionId);
  await world.get(Sessions).move(house.programmeId, session, { start: at(hour), minutes: 60, roomId: null });
  await release();
}

const row = (id: string) => world.db.repository(Invitation).findOneByOrFail({ id });

/** Message-ID of the newest entry of that method and SEQUENCE that we have written to the guest. */
async function entry(method: 'request' | 'cancel', sequence: number): Promise<string> {
  const mails = await world.db.repository(OutgoingMail).find({ where: { personId: guest.id }, order: { id: 'DESC' } });
  return mails.find(({ messageId }) => messageId.includes(`.${sequence}.${method}.`))!.messageId.slice(1, -1);
}

/** What became of the answers to an invitation, once there are so many. */
async function answers(invitationId: string, count: number): Promise<unknown[]> {
  const rows = world.db.repository(CalendarReplyRow);
  await until(`${count} answers are read`, async () => (await rows.countBy({ invitationId })) === count);
  const found = await rows.find({ where: { invitationId }, order: { receivedAt: 'ASC', id: 'ASC' } });
  return found.map(({ partstat, sequence, fate }) => [partstat, sequence, fate]);
}

describe('Thunderbird', () => {
  it('takes an invitation, its update and its cancellation, and what it answers counts [CM3] [B02] [B10]', async () => {
    const { id, sessionId } = await invited('12:00');
    const first = await entry('request', 0);
    expect(await program.open(first)).toEqual(ANSWERS);
    await program.press('imipAcceptButton');
    expect(await answers(id, 1)).toEqual([['ACCEPTED', 0, 'counted']]);
    const told = { title: 'Круглы стол а 12:00', partstat: 'ACCEPTED', start: at('12:00').toISOString() };
    expect(await program.entries()).toMatchObject([{ ...told, sequence: 0, end: at('13:00').toISOString() }]);
    expect(await program.open(first)).toEqual([]);

    await move(sessionId, '14:00');
    expect(await row(id)).toMatchObject({ state: 'accepted', confirmAgain: true });
    expect(await program.open(await entry('request', 1))).toEqual(ANSWERS);
    await program.press('imipAcceptButton');
    expect(await answers(id, 2)).toMatchObject([{}, ['ACCEPTED', 1, 'counted']]);
    expect(await row(id)).toMatchObject({ state: 'accepted', confirmAgain: false });
    const [moved, ...others] = await program.entries();
    expect(others).toEqual([]);
    expect(moved).toMatchObject({ ...told, sequence: 1, start: at('14:00').toISOString() });
    expect(await program.open(first)).toEqual([]);

    await world.get(Invitations).withdraw(await row(id));
    expect(await program.open(await entry('cancel', 2))).toEqual(['imipDeleteButton']);
    await program.press('imipDeleteButton');
    await until('the entry is gone', async () => (await program.entries()).length === 0);
  });

  it('answers a version that is overtaken, which does not count; its next answer does [B30]', async () => {
    const { id, sessionId } = await invited('08:00');
    await move(sessionId, '16:00');
    expect(await program.open(await entry('request', 0))).toEqual(ANSWERS);
    await program.press('imipDeclineButton');
    expect(await answers(id, 1)).toEqual([['DECLINED', 0, 'older-version']]);
    expect(await row(id)).toMatchObject({ state: 'accepted', confirmAgain: true });
    expect(await program.open(await entry('request', 1))).toEqual(ANSWERS);
    await program.press('imipDeclineButton');
    expect(await answers(id, 2)).toMatchObject([{}, ['DECLINED', 1, 'counted']]);
    expect(await row(id)).toMatchObject({ state: 'declined', answerChannel: 'calendar' });
  });
});
