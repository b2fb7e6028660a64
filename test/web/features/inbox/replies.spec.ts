import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { CalendarGuests } from '../../../support/calendar-guests.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let guests: CalendarGuests;
let chief: Client;
let api: Program;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'inbox', 'I27');
  guests = new CalendarGuests(world);
  await staff(world, 'chief@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: null }]);
  chief = await signedIn(world.client(), 'chief@example.org');
  api = await program(world, 'chief@example.org', ['inbox:write']);
});
afterAll(() => world.close());

const page = ({ id }: Pick<InboundMail, 'id'>) => `/org/inbox/${id}`;
const rowOf = ({ id }: Pick<InboundMail, 'id'>) => world.db.repository(InboundMail).findOneByOrFail({ id });
const text = (body: string) => unescapeHtml(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
const reply = (mail: InboundMail, words: string) => chief.submit(page(mail), { text: words }, `${page(mail)}/replies`);

function letter(from: string, ...head: string[]): Promise<InboundMail> {
  const fields = [
    `From: Ганна <${from}>`,
    `Subject: Letter ${++serial}`,
    `Message-ID: <letter-${serial}@else.example>`,
  ];
  const type = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8'];
  return guests.arrives(Buffer.from([...fields, ...head, ...type, '', `Words ${serial}`, ''].join('\r\n')), from);
}

/** The mails that arrived at an address, the last one. */
async function arrived(address: string) {
  return (await world.mails()).filter(({ to }) => to === address).at(-1)!;
}

const lines = (raw: string | Buffer, name: string) =>
  new RegExp(`^${name}: (.*(?:\\r\\n .*)*)`, 'imu').exec(String(raw))?.[1]?.split(/\s+/) ?? [];

/** The bytes of the last reply to an address. */
async function bytesTo(recipient: string): Promise<string> {
  const [row] = await world.db
    .repository(OutgoingMail)
    .find({ where: { recipient, kind: 'letter' }, order: { id: 'DESC' }, select: { id: true, mime: true }, take: 1 });
  return row!.mime.toString();
}

describe('a reply from the inbox', () => {
  it('goes at once, as plain words in the thread, in the name of the library; the letter is done', async () => {
    const received = await letter('anna@library.example', 'References: <first@else.example>');
    expect((await reply(received, 'Добры дзень!\n\nТак, месца ёсць.')).status).toBe(303);
    const mail = await arrived('anna@library.example');
    expect([mail.subject, mail.text?.trim()]).toEqual([`Re: ${received.subject}`, 'Добры дзень!\n\nТак, месца ёсць.']);
    const bytes = await bytesTo('anna@library.example');
    expect(lines(bytes, 'In-Reply-To')).toEqual([`<letter-${serial}@else.example>`]);
    expect(lines(bytes, 'References')).toEqual(['<first@else.example>', `<letter-${serial}@else.example>`]);
    expect([
      /^Auto-Submitted/imu.test(bytes),
      /^Content-Type: text\/plain/imu.test(bytes),
      /multipart/u.test(bytes),
    ]).toEqual([false, true, false]);
    expect((await rowOf(received)).state).toBe('done');
    const entry = await world.db
      .repository(JournalEntry)
      .findOneByOrFail({ type: 'InboundMailReplied', subjectId: received.id });
    expect(JSON.stringify(entry)).not.toContain('месца');
  });

  it('stands in the correspondence with its words, and with what comes back to it', async () => {
    const received = await letter('thread@library.example');
    world.clock.advance({ minutes: 1 });
    await reply(received, 'Our first answer');
    world.clock.advance({ minutes: 1 });
    await world.mails();
    const [ours] = await world.db
      .repository(OutgoingMail)
      .findBy({ recipient: 'thread@library.example', kind: 'letter' });
    world.clock.advance({ minutes: 1 });
    const back = await letter('thread@library.example', `In-Reply-To: ${ours!.messageId}`);
    for (const one of [received, back]) {
      const shown = text((await chief.get(page(one))).body);
      for (const words of [received.subject!, 'Our first answer', back.subject!, 'from us', 'to us'])
        expect([one.subject, shown.includes(words)]).toEqual([one.subject, true]);
    }
    world.clock.advance({ minutes: 1 });
    await reply(back, 'Our second answer');
    const thread = ((await api.get(`/api/v1/inbox/${back.id}`)).json() as { thread: { direction: string }[] }).thread;
    expect(thread.map(({ direction }) => direction)).toEqual(['received', 'sent', 'received', 'sent']);
  });

  it('to an answer to our invitation stays with it: what we sent, what came back, our reply', async () => {
    const seat = { sessionId: house.sessionId, role: 'panelist' } as const;
    const { person } = await guests.invite({ conferenceId: house.conference.id, seat });
    const [ours] = await world.db
      .repository(OutgoingMail)
      .find({ where: { personId: person.id }, order: { createdAt: 'DESC', id: 'DESC' }, take: 1 });
    const received = await letter(person.email!, `In-Reply-To: ${ours!.messageId}`);
    expect((await reply(received, 'You are welcome')).status).toBe(303);
    const { about, conferenceId, personId } = await rowOf(received);
    expect(personId).toBe(person.id);
    const row = await world.db.repository(OutgoingMail).findOneByOrFail({ kind: 'letter', personId: person.id });
    expect([row.about, row.conferenceId, row.personId]).toEqual([about, conferenceId, personId]);
    const shown = text((await chief.get(page(received))).body);
    for (const words of [ours!.subject, 'You are welcome']) expect(shown).toContain(words);
  });

  it('is not written twice: who comes second sees the first, and keeps their words', async () => {
    const received = await letter('two@library.example');
    const fields = {
      ...hiddenFields((await chief.get(page(received))).body, `${page(received)}/replies`),
      text: 'Mine',
    };
    const answers = await Promise.all([1, 2].map(() => chief.post(`${page(received)}/replies`, fields)));
    expect(answers.map(({ status }) => status).sort()).toEqual([303, 409]);
    expect(answers.find(({ status }) => status === 409)!.body).toContain('Mine');
    expect(await world.db.repository(OutgoingMail).countBy({ recipient: 'two@library.example' })).toBe(1);
  });

  it('is not offered for what a program wrote, nor to nobody [CD5]', async () => {
    const automatic = await letter('robot@library.example', 'Auto-Submitted: auto-replied');
    const nobody = await letter('list@library.example', 'Reply-To: a@library.example, b@library.example');
    for (const one of [automatic, nobody]) {
      expect((await chief.get(page(one))).body).not.toContain('/replies"');
      const refused = await api.post(`/api/v1/inbox/${one.id}/replies`, { text: 'x', seen: 0 });
      expect([
        refused.status,
        await world.db.repository(OutgoingMail).countBy({ kind: 'letter', about: `letter:${one.id}` }),
      ]).toEqual([409, 0]);
    }
    expect((await reply(await letter('empty@library.example'), '')).status).toBe(422);
  });

  it('is for those who may write, on pages and in programs', async () => {
    const received = await letter('right@library.example');
    const reader = await signedIn(world.client(), 'reader@example.org');
    const shown = await reader.get(page(received));
    expect([shown.status, shown.body.includes('/replies"')]).not.toEqual([200, true]);
    const url = `/api/v1/inbox/${received.id}`;
    expect((await api.get(url)).json()).toMatchObject({ replying: { to: 'right@library.example', seen: 0 } });
    expect((await api.post(`${url}/replies`, { text: 'Through a program', seen: 0 })).json()).toMatchObject({
      state: 'done',
    });
    expect((await api.post(`${url}/replies`, { text: 'Again', seen: 0 })).status).toBe(412);
  });
});
