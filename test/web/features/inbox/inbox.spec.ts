import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CalendarReplyRow } from '../../../../src/features/invitations/replies/calendar-reply.entity.js';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { InboundStore } from '../../../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../../../src/platform/inbound/inbound-worker.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { answerMail } from '../../../support/calendar-replies.js';
import { CalendarGuests, type CalendarGuest } from '../../../support/calendar-guests.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

const API = '/api/v1/inbox';
let world: TestApp;
let house: Scene;
let other: Scene;
let guests: CalendarGuests;
let chief: Client;
let api: Program;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'inbox', 'I27');
  other = await scene(world, 'elsewhere', 'E27');
  guests = new CalendarGuests(world);
  await staff(world, 'chief@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'here@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  await staff(world, 'there@example.org', [{ role: 'organizer', conferenceId: other.conference.id }]);
  await staff(world, 'admin@example.org', [{ role: 'admin', conferenceId: null }]);
  await staff(world, 'editor@example.org', [{ role: 'programme_editor', conferenceId: null }]);
  chief = await signedIn(world.client(), 'chief@example.org');
  api = await program(world, 'chief@example.org', ['inbox:write', 'person:read']);
});
afterAll(() => world.close());

const text = (body: string) => unescapeHtml(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
const page = ({ id }: Pick<InboundMail, 'id'>) => `/org/inbox/${id}`;
const rowOf = ({ id }: InboundMail) => world.db.repository(InboundMail).findOneByOrFail({ id });
const as = (email: string) => signedIn(world.client(), email);
const panelist = () =>
  guests.invite({ conferenceId: house.conference.id, seat: { sessionId: house.sessionId, role: 'panelist' } });
const act = (mail: InboundMail, way: string, fields: Record<string, string> = {}, by = chief) =>
  by.submit(page(mail), fields, `${page(mail)}/${way}`);
const mail = (head: readonly string[], body: string) =>
  Buffer.from([...head, 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', '', body, ''].join('\r\n'));

function letter(from: string, ...head: string[]): Promise<InboundMail> {
  return guests.arrives(
    mail([`From: Ганна <${from}>`, `Subject: Letter ${++serial}`, ...head], `Words ${serial}`),
    from,
  );
}

/** A letter in answer to the last mail that somebody got. */
async function answerTo({ person }: CalendarGuest): Promise<{ received: InboundMail; ours: OutgoingMail }> {
  const [ours] = await world.db
    .repository(OutgoingMail)
    .find({ where: { personId: person.id }, order: { createdAt: 'DESC', id: 'DESC' }, take: 1 });
  const references = `References: <first@else.example> ${ours!.messageId}`;
  return { received: await letter(person.email!, 'In-Reply-To: <unknown@else.example>', references), ours: ours! };
}

describe('the inbox', () => {
  it('shows what waits for a person, in words; all the rest on demand', async () => {
    const waiting = await letter('anna@library.example');
    const automatic = await letter('anna@library.example', 'Auto-Submitted: auto-replied');
    const list = text((await chief.get('/org/inbox')).body);
    expect(list).toContain(waiting.subject!);
    expect(list).not.toContain(automatic.subject!);
    expect(text((await chief.get('/org/inbox?show=all')).body)).toContain(automatic.subject!);
    expect(text((await chief.get(`/org/inbox?q=${waiting.subject!.replace(' ', '+').toLowerCase()}`)).body)).toContain(
      waiting.subject!,
    );
    expect(text((await chief.get('/org/inbox?kind=bounce')).body)).not.toContain(waiting.subject!);
    const shown = text((await chief.get(page(waiting))).body);
    for (const words of [waiting.subject!, 'Words', 'Ганна', 'anna@library.example', 'waits for a person'])
      expect(shown).toContain(words);
  });

  it('hides what was not read yet', async () => {
    await world
      .get(InboundStore)
      .keep({ door: 'lmtp', from: '', to: [], raw: Buffer.from(`Subject: unread\r\n\r\n${++serial}`) });
    const [row] = await world.db.repository(InboundMail).findBy({ state: 'stored' });
    expect((await chief.get(page(row!))).status).toBe(404);
    expect((await chief.get('/org/inbox?show=all')).body).not.toContain(row!.id);
    await world.get(InboundWorker).drain();
  });

  it('gives mails of a conference to its organizers, and those of none to a role for everywhere [A2] [A4] [A5]', async () => {
    const guest = await panelist();
    const { received } = await answerTo(guest);
    const nobodys = await letter('nobody@else.example');
    const [here, there, admin, editor] = await Promise.all(
      ['here@example.org', 'there@example.org', 'admin@example.org', 'editor@example.org'].map(as),
    );
    const statuses = async (client: Client) =>
      Promise.all([received, nobodys].map(async (one) => (await client.get(page(one))).status));
    expect(await statuses(here!)).toEqual([200, 404]);
    expect(await statuses(there!)).toEqual([404, 404]);
    expect(await statuses(admin!)).toEqual([200, 200]);
    expect(await statuses(editor!)).toEqual([404, 404]);
    expect((await editor!.get('/org/inbox')).status).toBe(404);
    const list = (await here!.get('/org/inbox')).body;
    expect([list.includes(received.id), list.includes(nobodys.id)]).toEqual([true, false]);
    expect((await there!.get('/org/inbox?show=all')).body).not.toContain(received.id);
    expect((await there!.get(`/org/inbox?q=${encodeURIComponent(received.subject!)}`)).body).not.toContain(received.id);
    expect((await there!.get(`${page(received)}/raw`)).status).toBe(404);
    const token = /name="_csrf" value="([^"]+)"/.exec((await there!.get('/org/inbox')).body)?.[1];
    expect((await there!.post(`${page(received)}/done`, { _csrf: token })).status).toBe(404);
    expect((await rowOf(received)).state).toBe('open');
  });

  it('is done with a mail once, and may open it again; the journal knows who', async () => {
    const waiting = await letter('anna@library.example');
    expect((await act(waiting, 'done')).location).toBe('/org/inbox');
    expect((await rowOf(waiting)).state).toBe('done');
    const token = /name="_csrf" value="([^"]+)"/.exec((await chief.get(page(waiting))).body)?.[1];
    const again = await chief.post(`${page(waiting)}/done`, { _csrf: token });
    expect([again.status, text(again.body)]).toEqual([
      409,
      expect.stringContaining('does not wait for a person any more'),
    ]);
    await act(waiting, 'reopening');
    expect((await rowOf(waiting)).state).toBe('open');
    const types = await world.db.repository(JournalEntry).findBy({ subjectId: waiting.id });
    expect(types.map(({ type, actorKind }) => [type, actorKind]).sort()).toEqual([
      ['InboundMailDone', 'account'],
      ['InboundMailReopened', 'account'],
    ]);
  });

  it('gives the bytes as a file that no browser shows', async () => {
    const raw = mail(['From: a@b.example', 'Subject: <svg/onload=alert(1)>'], '<script>alert(1)</script>');
    const received = await guests.arrives(raw);
    const file = await chief.get(`${page(received)}/raw`);
    expect(file.raw.equals(raw)).toBe(true);
    expect(file.headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="${received.id}.eml"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'private, no-store',
    });
  });
});

describe('a letter that answers one of our mails', () => {
  it('belongs to its person, conference and invitation, and shows there with what was written before', async () => {
    const guest = await panelist();
    const { received, ours } = await answerTo(guest);
    expect(received).toMatchObject({
      state: 'open',
      kind: 'letter',
      personId: guest.person.id,
      conferenceId: house.conference.id,
      answersMail: ours.id,
    });
    const card = await chief.get(`/org/people/${guest.person.publicId}`);
    expect(card.body).toContain(`href="${page(received)}"`);
    const outbox = (await chief.get('/org/c/inbox/mail/outbox')).body;
    expect(outbox).toContain(`href="${page(received)}"`);
    expect(outbox).toContain('/org/c/inbox/mail/received');
    expect((await chief.get('/org/c/inbox/mail/received')).body).toContain(received.subject!);
    expect((await chief.get('/org/c/elsewhere/mail/received')).body).not.toContain(received.subject!);
    const shown = text((await chief.get(page(received))).body);
    expect(shown).toContain('Correspondence');
    expect(shown).toContain(ours.subject);
  });

  it('shows on the person’s card only to those who may read it', async () => {
    const guest = await panelist();
    const { received } = await answerTo(guest);
    const there = await as('there@example.org');
    const { body } = await there.get(`/org/people/${guest.person.publicId}`);
    expect([body.includes(guest.person.family!), body.includes(received.id)]).toEqual([true, false]);
  });
});

describe('linking a mail', () => {
  it('offers the person with that address, and their invitations', async () => {
    const guest = await panelist();
    const received = await letter(guest.person.email!);
    expect(received).toMatchObject({ personId: null, conferenceId: null });
    const { body } = await chief.get(page(received));
    expect(text(body)).toContain('has this address');
    expect(body).toContain(`value="${guest.invitationId}"`);
    const done = await act(received, 'links', { invitation: guest.invitationId });
    expect(done.location).toBe(page(received));
    expect(await rowOf(received)).toMatchObject({
      personId: guest.person.id,
      conferenceId: house.conference.id,
      about: `invitation:${guest.invitationId}`,
      state: 'open',
    });
  });

  it('finds anybody else by name; a person alone is enough', async () => {
    const received = await letter('nobody@else.example');
    const found = await chief.get(`${page(received)}?q=${encodeURIComponent(house.person.family!)}`);
    expect(unescapeHtml(found.body)).toContain(`${page(received)}?person=${house.person.publicId}#link`);
    const chosen = `${page(received)}?person=${house.person.publicId}`;
    const done = await chief.submit(chosen, { invitation: '' }, `${page(received)}/links`);
    expect(done.status).toBe(303);
    expect(await rowOf(received)).toMatchObject({ personId: house.person.id, conferenceId: null, about: null });
  });

  it('refuses the invitation of somebody else, and a person whom nobody knows, with everything kept', async () => {
    const [one, two] = [await panelist(), await panelist()];
    const received = await letter(one.person.email!);
    const wrong = await act(received, 'links', { invitation: two.invitationId });
    expect([wrong.status, text(wrong.body)]).toEqual([422, expect.stringContaining('Error')]);
    const unknown = await api.post(`${API}/${received.id}/links`, { person: 'nobody' });
    expect([unknown.status, unknown.json()]).toEqual([
      422,
      expect.objectContaining({ errors: [expect.objectContaining({ field: 'person' })] }),
    ]);
    expect(await rowOf(received)).toMatchObject({ personId: null });
  });

  it('brings an answer to an entry that nobody knew to the desk of answers, where it can be counted [CQ5]', async () => {
    const guest = await panelist();
    const facts = { ...guest.facts, uid: '00000000-0000-8000-8000-00000000beef', partstat: 'DECLINED' };
    const received = await guests.arrives(answerMail('thunderbird', facts), guest.person.email!);
    expect(received).toMatchObject({ state: 'open', kind: 'answer', remark: 'inbound.remark.unknownUid' });
    expect(text((await chief.get(page(received))).body)).toContain('METHOD:REPLY');
    await act(received, 'links', { invitation: guest.invitationId });
    const reply = await world.db.repository(CalendarReplyRow).findOneByOrFail({ inboundId: received.id });
    expect(reply).toMatchObject({
      invitationId: guest.invitationId,
      conferenceId: house.conference.id,
      decision: null,
    });
    expect((await rowOf(received)).state).toBe('done');
    const desk = `/org/c/inbox/invitations/replies/${reply.id}`;
    expect((await chief.get(page(received))).body).toContain(desk);
    expect((await chief.submit(desk, {}, `${desk}/counting`)).status).toBe(303);
    expect((await guests.invitation(guest)).state).toBe('declined');
  });

  it('or being done with it sets such an answer aside', async () => {
    const guest = await panelist();
    const facts = { ...guest.facts, uid: '00000000-0000-8000-8000-00000000dead' };
    const received = await guests.arrives(answerMail('thunderbird', facts), guest.person.email!);
    await act(received, 'done');
    const reply = await world.db.repository(CalendarReplyRow).findOneByOrFail({ inboundId: received.id });
    expect(reply).toMatchObject({ conferenceId: null, decision: 'set-aside', version: 2 });
  });
});

describe('the inbox through the API', () => {
  it('gives what the pages give: lists, words, and the same deeds', async () => {
    const guest = await panelist();
    const received = await letter(guest.person.email!);
    const list = (await api.get(`${API}?limit=1`)).json<{ items: object[]; next: string }>();
    expect(list.items).toEqual([
      expect.objectContaining({ id: received.id, state: 'open', kind: 'letter', person: null }),
    ]);
    expect(
      (await api.get(`${API}?limit=1&after=${list.next}`)).json<{ items: { id: string }[] }>().items[0]!.id,
    ).not.toBe(received.id);
    const one = (await api.get(`${API}/${received.id}`)).json<{ contents: { words: string; replyTo: string } }>();
    expect(one.contents).toMatchObject({ words: expect.stringContaining('Words'), replyTo: guest.person.email });
    const link = { person: guest.person.publicId, invitation: guest.invitationId };
    expect((await api.post(`${API}/${received.id}/links`, link)).json()).toMatchObject({
      person: guest.person.publicId,
      conference: 'inbox',
      invitation: guest.invitationId,
    });
    expect((await api.post(`${API}/${received.id}/done`)).json()).toMatchObject({ state: 'done' });
    expect((await api.post(`${API}/${received.id}/done`)).status).toBe(409);
    expect((await api.post(`${API}/${received.id}/reopening`)).json()).toMatchObject({ state: 'open' });
    expect((await api.get(`${API}/0190f000-0000-7000-8000-00000000dead`)).status).toBe(404);
  });
});
