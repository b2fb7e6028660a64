import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Invitation, Invitations } from '../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../src/features/invitations/replies/calendar-reply.entity.js';
import { People, type Person } from '../../src/features/people/index.js';
import { readCalendar } from '../../src/platform/calendar/index.js';
import { InboundMail } from '../../src/platform/inbound/inbound-mail.entity.js';
import { AddressState } from '../../src/platform/mail/address-state.entity.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { allParts, readMailTree, textOf } from '../../src/platform/inbound/mime-tree.js';
import { startApp, type TestApp } from '../support/app.js';
import { answerMail } from '../support/calendar-replies.js';
import { LmtpClient } from '../support/lmtp-client.js';
import { openDkim, OwnDovecot, OwnPostfix } from '../support/mail-servers.js';
import { scene, type Scene } from '../support/scene.js';
import { freePort, until } from '../support/server-process.js';
import { SmtpSink } from '../support/smtp-sink.js';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SELECTOR = 's1';
const OURS = 'conferences@example.org';
let dovecot: OwnDovecot;
let postfix: OwnPostfix;
let guests: SmtpSink;
let world: TestApp;
let house: Scene;
let keyFile: string;
let serial = 0;

/**
 * The application between two real servers: what it writes leaves by Postfix; what is written to its mailbox reaches a
 * Dovecot by LMTP and is fetched by IMAP; what comes back to a return path is handed to its own LMTP door.
 */
beforeAll(async () => {
  keyFile = join(await mkdtemp(join(tmpdir(), 'skaryna-dkim-')), 'key.pem');
  await writeFile(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  dovecot = await OwnDovecot.start();
  guests = await SmtpSink.start();
  guests.behave((address) =>
    address.startsWith('gone') ? { code: 550, text: '5.1.1 no such user', at: 'recipient' } : 'accept',
  );
  const lmtp = await freePort();
  postfix = await OwnPostfix.start({
    'example.org': { lmtp: dovecot.lmtp },
    'bounces.example.org': { lmtp },
    'library.example': { smtp: Number(new URL(guests.url).port) },
  });
  world = await startApp(
    {
      WORKERS: '1',
      MAIL_URL: postfix.url,
      LMTP_PORT: String(lmtp),
      INBOX_URL: dovecot.inboxOf(OURS),
      BOUNCE_DOMAIN: 'bounces.example.org',
      DKIM_DOMAIN: 'example.org',
      DKIM_SELECTOR: SELECTOR,
      DKIM_KEY_FILE: keyFile,
    },
    { realMail: true },
  );
  house = await scene(world, 'servers', 'S27');
}, 120_000);
afterAll(async () => {
  await rm(dirname(keyFile), { recursive: true });
  await world?.close();
  await postfix?.stop();
  await dovecot?.stop();
  await guests?.down();
}, 60_000);

async function invited(local: string): Promise<{ person: Person; invitation: Invitation }> {
  const email = `${local}-${++serial}@library.example`;
  const person = await world.get(People).create({ given: 'Ян', family: `Чачот ${serial}`, email, locale: 'be' });
  const draft = await world.get(Invitations).create({
    conferenceId: house.conference.id,
    seat: { sessionId: house.sessionId, role: 'panelist' },
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'be',
  });
  return { person, invitation: await world.get(Invitations).send(draft) };
}

const row = ({ id }: Invitation) => world.db.repository(Invitation).findOneByOrFail({ id });
const arrived = (email: string) => guests.received.filter(({ to }) => to.includes(email));

/** The calendar part of the last mail that arrived at the guest's server. */
async function entryOf(email: string) {
  await until('the entry arrives', async () => {
    const mail = arrived(email).at(-1);
    return mail !== undefined && mail.raw.includes('text/calendar');
  });
  const parts = allParts(await readMailTree(arrived(email).at(-1)!.raw));
  return readCalendar(textOf(parts.find(({ type }) => type === 'text/calendar')!)).events[0]!;
}

describe('Postfix', () => {
  it('takes an invitation and gives it to the guest, with the return path of this mail [CI5]', async () => {
    const { person, invitation } = await invited('anna');
    await until('the letter arrives', () => arrived(person.email!).length === 1);
    expect(arrived(person.email!)[0]!.from).toMatch(/^b\.[a-z2-7]{42}@bounces\.example\.org$/);
    expect(await row(invitation)).toMatchObject({ state: 'queued' });
  });

  it('reports a mailbox that does not exist: the invitation is not delivered, and the address is left alone [CD1] [CD2]', async () => {
    const { person, invitation } = await invited('gone');
    await until('the report is read', async () => (await row(invitation)).state === 'bounced');
    const mail = await world.db.repository(OutgoingMail).findOneByOrFail({ personId: person.id });
    expect(mail).toMatchObject({ state: 'failed', problem: 'returned 5.1.1' });
    expect(await world.db.repository(AddressState).findOneBy({ address: person.email! })).toMatchObject({
      suppressed: 'all',
    });
    const [report] = await world.db.repository(InboundMail).findBy({ kind: 'bounce' });
    expect(report).toMatchObject({ door: 'lmtp', envelopeFrom: '', state: 'read', personId: person.id });
  });
});

describe('OpenDKIM', () => {
  it('finds the signature good, after the way through Postfix [CI6]', async () => {
    const { person } = await invited('signed');
    await until('the letter arrives', () => arrived(person.email!).length === 1);
    expect(await openDkim(arrived(person.email!)[0]!.raw, SELECTOR, 'example.org', publicKey)).toMatch(
      /verification \(s=s1, d=example\.org, 2048-bit key\) succeeded/,
    );
  });
});

describe('Dovecot', () => {
  async function writes(raw: Buffer): Promise<void> {
    const mta = await LmtpClient.open(dovecot.lmtp);
    expect((await mta.deliver('guest@library.example', [OURS], raw))[0]).toMatch(/^250/);
    mta.close();
  }

  it('holds the answer of a calendar program, which is fetched while we wait, and counts', async () => {
    const { person, invitation } = await invited('zosia');
    await world.get(Invitations).answer(invitation.id, { answer: 'accepted', channel: 'link' });
    const { uid, sequence } = await entryOf(person.email!);
    const facts = { uid: uid!, sequence: sequence!, attendee: person.email! };
    await writes(answerMail('thunderbird', { ...facts, partstat: 'DECLINED' }));
    await until('the answer counts', async () => (await row(invitation)).state === 'declined');
    expect(await row(invitation)).toMatchObject({ answerChannel: 'calendar' });
    expect(await world.db.repository(InboundMail).findOneBy({ kind: 'answer' })).toMatchObject({
      door: 'imap',
      state: 'read',
    });
    // The server goes away and comes back; what came meanwhile is found.
    await dovecot.down();
    await dovecot.up();
    await writes(answerMail('thunderbird', { ...facts, partstat: 'ACCEPTED', stamp: '20260914T230000Z' }));
    await until('the next answer counts', async () => (await row(invitation)).state === 'accepted');
    expect(await world.db.repository(CalendarReplyRow).countBy({ invitationId: invitation.id })).toBe(2);
  });
});
