import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../../../src/features/invitations/replies/calendar-reply.entity.js';
import { People } from '../../../../src/features/people/index.js';
import { Releases, Sessions } from '../../../../src/features/programme/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { CalendarGuests, type CalendarGuest } from '../../../support/calendar-guests.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

const DESK = '/org/c/desk/invitations/replies';
const API = '/api/v1/conferences/desk/calendar-replies';

let world: TestApp;
let house: Scene;
let other: Scene;
let guests: CalendarGuests;
let chief: Client;
let api: Program;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'desk', 'D27');
  other = await scene(world, 'else', 'E27');
  guests = new CalendarGuests(world);
  await staff(world, 'chief@example.org', [{ role: 'organizer', conferenceId: null }]);
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: house.conference.id }]);
  chief = await signedIn(world.client(), 'chief@example.org');
  api = await program(world, 'chief@example.org', ['invitation:write', 'programme:write']);
});
afterAll(() => world.close());

const panelist = () =>
  guests.invite({ conferenceId: house.conference.id, seat: { sessionId: house.sessionId, role: 'panelist' } });
const rowOf = ({ id }: CalendarReplyRow) => world.db.repository(CalendarReplyRow).findOneByOrFail({ id });
const mailsTo = async ({ person }: CalendarGuest) => (await world.mails()).filter(({ to }) => to === person.email);
const decide = (reply: CalendarReplyRow, way: string, fields: Record<string, string> = {}, by = chief) =>
  by.submit(`${DESK}/${reply.id}`, fields, `${DESK}/${reply.id}/${way}`);
const text = (body: string) => unescapeHtml(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));

/** A session of its own, on the programme's day; released. */
async function sessionFor(hour: string): Promise<string> {
  const start = new Date(`${house.conference.startsOn}T${hour}:00.000Z`);
  const { session } = await world.get(Sessions).add(house.programmeId, {
    kind: 'meeting',
    title: { en: `Talk at ${hour}` },
    place: { start, minutes: 60, roomId: null },
  });
  await release();
  return session.id;
}

async function release(): Promise<void> {
  const { id } = await world.get(Releases).publish(house.programmeId);
  await world.get(Outbox).sendHeld({ batch: `release:${id}` });
}

/** Somebody invited to a session of their own asks for another time. */
async function proposal(alone = true): Promise<{ guest: CalendarGuest; sessionId: string; reply: CalendarReplyRow }> {
  const sessionId = await sessionFor('12:00');
  const asked = { conferenceId: house.conference.id, seat: { sessionId, role: 'guest' as const } };
  const guest = await guests.invite(asked);
  if (!alone) await guests.invite(asked);
  const day = house.conference.startsOn.replaceAll('-', '');
  const time = { start: `${day}T140000Z`, end: `${day}T143000Z` };
  const reply = await guests.answer(
    { ...guest.facts, ...time, partstat: 'TENTATIVE', comment: 'Пасля абеду' },
    'COUNTER',
    'google',
  );
  return { guest, sessionId, reply };
}

describe('the desk of answers', () => {
  it('shows what waits, with who, what and why, and everything on demand', async () => {
    const guest = await panelist();
    const counted = await panelist();
    await guests.answer({ ...counted.facts, partstat: 'DECLINED' });
    await guests.answer({
      ...guest.facts,
      partstat: 'DECLINED',
      comment: 'На жаль, не',
      from: 'assistant@else.example',
    });
    const waiting = text((await chief.get(DESK)).body);
    expect(waiting).toContain(`Анна ${guest.person.family}`);
    expect(waiting).toContain('На жаль, не');
    expect(waiting).toContain('did not come from the invited person');
    expect(waiting).toContain('assistant@else.example');
    expect(waiting).not.toContain(counted.person.family!);
    expect(text((await chief.get(`${DESK}?show=all`)).body)).toContain(counted.person.family!);
    expect(text((await chief.get('/org/c/desk/invitations')).body)).toMatch(
      /\d+ answers? from (?:a )?calendars? waits?/,
    );
    expect(text((await chief.get('/org/c/desk')).body)).toContain('answers from calendars wait for a decision');
    const card = text((await chief.get(`/org/c/desk/invitations/${guest.invitationId}`)).body);
    expect(card).toContain('Answers from the calendar');
    expect(card).toContain('На жаль, не');
  });

  it('belongs to its conference, and to those who may write invitations [A2] [A3]', async () => {
    const guest = await panelist();
    const reply = await guests.answer({ ...guest.facts, from: 'x@else.example' });
    expect((await chief.get(`/org/c/else/invitations/replies/${reply.id}`)).status).toBe(404);
    const foreign = /name="_csrf" value="([^"]+)"/.exec((await chief.get(`${DESK}/${reply.id}`)).body)?.[1];
    const elsewhere = `/org/c/else/invitations/replies/${reply.id}/setting-aside`;
    const wrong = await chief.post(elsewhere, { _csrf: foreign, version: '1' });
    expect(wrong.status).toBe(404);
    expect((await api.get(`${API.replace('desk', other.conference.slug)}/${reply.id}`)).status).toBe(404);
    const reader = await signedIn(world.client(), 'reader@example.org');
    const page = await reader.get(`${DESK}/${reply.id}`);
    expect([page.status, page.body.includes('<form class="action"')]).toEqual([200, false]);
    const { _csrf } = { _csrf: /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1] };
    expect((await reader.post(`${DESK}/${reply.id}/counting`, { _csrf, version: '1' })).status).toBe(403);
    expect(await rowOf(reply)).toMatchObject({ decision: null });
  });

  it('counts an answer of another sender, and tells the invited person', async () => {
    const guest = await panelist();
    const reply = await guests.answer({
      ...guest.facts,
      partstat: 'DECLINED',
      comment: 'Хворы',
      from: 'x@else.example',
    });
    const before = (await mailsTo(guest)).length;
    expect((await decide(reply, 'counting')).location).toBe(DESK);
    expect(await guests.invitation(guest)).toMatchObject({
      state: 'declined',
      answerChannel: 'staff',
      comment: 'Хворы',
    });
    expect(await mailsTo(guest)).toHaveLength(before + 1);
    expect(await rowOf(reply)).toMatchObject({ decision: 'counted', decidedAt: world.clock.now(), version: 2 });
    const entries = await world.db.repository(JournalEntry).findBy({ subjectId: guest.invitationId });
    expect(entries.find(({ type }) => type === 'CalendarReplyDecided')).toMatchObject({
      personId: guest.person.id,
      actorKind: 'account',
      data: { replyId: reply.id, decision: 'counted' },
    });
    expect(text((await chief.get(`${DESK}/${reply.id}`)).body)).not.toContain('Set aside');
  });

  it('counts an answer that came too late, which their calendar knows: nobody is written to [CQ11]', async () => {
    const deadline = new Date(world.clock.now().getTime() + 3_600_000);
    const seat = { sessionId: house.sessionId, role: 'panelist' as const };
    const guest = await guests.invite({ conferenceId: house.conference.id, deadline, seat });
    world.clock.advance({ minutes: 61 });
    const reply = await guests.answer({ ...guest.facts, partstat: 'DECLINED', stamp: guests.stamp() });
    expect(reply).toMatchObject({ fate: 'waits', waitsFor: 'too-late' });
    const before = (await world.mails()).length;
    await decide(reply, 'counting');
    expect(await guests.invitation(guest)).toMatchObject({ state: 'declined', answerChannel: 'calendar' });
    expect((await world.mails()).slice(before).map(({ to, subject }) => [to, subject])).toEqual([]);
  });

  it('decides once: a second decision is stale, and changes nothing', async () => {
    const guest = await panelist();
    const reply = await guests.answer({ ...guest.facts, partstat: 'DECLINED', from: 'x@else.example' });
    const page = await chief.get(`${DESK}/${reply.id}`);
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1];
    await decide(reply, 'setting-aside');
    const late = await chief.post(`${DESK}/${reply.id}/counting`, { _csrf, version: '1' });
    expect([late.status, text(late.body)]).toEqual([409, expect.stringContaining('Error')]);
    const again = await chief.post(`${DESK}/${reply.id}/counting`, { _csrf, version: '2' });
    expect([again.status, text(again.body)]).toEqual([409, expect.stringContaining('decided already')]);
    expect((await guests.invitation(guest)).state).toBe('accepted');
    expect(await rowOf(reply)).toMatchObject({ decision: 'set-aside' });
  });

  it('prepares the invitation of a substitute, with what is known of them', async () => {
    const boris = await world
      .get(People)
      .create({ given: 'Барыс', family: 'Кіт', email: 'boris@else.example', locale: 'be' });
    const guest = await panelist();
    const reply = await guests.answer({ ...guest.facts, partstat: 'DELEGATED', delegatedTo: boris.email! });
    const page = (await chief.get(`${DESK}/${reply.id}`)).body;
    for (const value of ['Барыс', 'Кіт', 'boris@else.example']) expect(page).toContain(`value="${value}"`);
    const wrong = await decide(reply, 'substitute', { 'substitute.given': 'Барыс', 'substitute.email': 'boris@' });
    expect([wrong.status, wrong.body]).toEqual([422, expect.stringContaining('value="boris@"')]);
    expect((await guests.invitation(guest)).state).toBe('accepted');
    const fields = {
      'substitute.given': 'Барыс',
      'substitute.family': 'Кіт',
      'substitute.email': 'boris@else.example',
    };
    expect((await decide(reply, 'substitute', fields)).status).toBe(303);
    expect(await guests.invitation(guest)).toMatchObject({ state: 'substituted', substitute: { name: 'Барыс Кіт' } });
    expect(await world.db.repository(Invitation).findOneByOrFail({ personId: boris.id })).toMatchObject({
      state: 'draft',
      sessionId: house.sessionId,
    });
    expect(await rowOf(reply)).toMatchObject({ decision: 'prepared' });
  });

  it('refuses a proposal in words and by DECLINECOUNTER, which describes nothing [CQ9] [B29]', async () => {
    const { guest, reply } = await proposal();
    const before = await mailsTo(guest);
    expect((await decide(reply, 'refusal', { comment: 'Зала занятая;\nпрабачце, калі ласка' })).location).toBe(DESK);
    const mail = (await mailsTo(guest)).at(-1)!;
    expect(await mailsTo(guest)).toHaveLength(before.length + 1);
    expect(mail.text).toContain('17:00');
    expect(mail.text).toContain('прабачце, калі ласка');
    expect(checkCalendar(Buffer.from(mail.ics!))).toEqual([]);
    const { method, events } = readCalendar(mail.ics!);
    expect([method, events[0]]).toEqual([
      'DECLINECOUNTER',
      expect.objectContaining({
        uid: guest.facts.uid,
        sequence: guest.facts.sequence,
        comment: 'Зала занятая;\nпрабачце, калі ласка',
        start: undefined,
        summary: undefined,
      }),
    ]);
    expect(mail.parsed.headers.get('content-type')).toMatchObject({ value: 'multipart/mixed' });
    expect(mail.raw).toMatch(/Content-Type: text\/calendar; charset=utf-8; method=DECLINECOUNTER/);
    const first = before.find(({ ics }) => ics?.includes('METHOD:REQUEST'))!;
    expect(mail.parsed.inReplyTo).toBe(first.parsed.messageId);
    expect(await rowOf(reply)).toMatchObject({ decision: 'refused' });
    expect((await guests.invitation(guest)).state).toBe('accepted');
  });

  it('shows the proposed time on the clock of the event, with the page that says what stands against it', async () => {
    const { sessionId, reply } = await proposal();
    const { body } = await chief.get(`${DESK}/${reply.id}`);
    expect(text(body)).toContain('17:00–17:30 (Minsk time, UTC+3)');
    const places = `/org/c/desk/sessions/${sessionId}/places?day=${house.conference.startsOn}&time=17%3A00&minutes=30`;
    expect(unescapeHtml(body)).toContain(`href="${places}"`);
    expect((await chief.get(places)).status).toBe(200);
  });

  it('moves the session where nobody else is invited: the next release tells it, SEQUENCE + 1 [CQ9]', async () => {
    const { guest, sessionId, reply } = await proposal();
    const moved = await decide(reply, 'move');
    expect(moved.location).toBe(`/org/c/desk/sessions/${sessionId}`);
    const start = new Date(`${house.conference.startsOn}T14:00:00.000Z`);
    expect(await world.get(Sessions).byId(house.programmeId, sessionId)).toMatchObject({
      startsAt: start,
      minutes: 30,
    });
    await release();
    const { ics } = (await mailsTo(guest)).at(-1)!;
    const { method, events } = readCalendar(ics!);
    expect([method, events[0]!.sequence, events[0]!.start!.instant]).toEqual([
      'REQUEST',
      guest.facts.sequence + 1,
      start,
    ]);
  });

  it('does not move what others are invited to, nor for those who may not write the programme [CQ9]', async () => {
    const { sessionId, reply } = await proposal(false);
    const { body } = await chief.get(`${DESK}/${reply.id}`);
    expect(body).not.toContain(`${reply.id}/move`);
    expect(text(body)).toContain('Others are invited, too');
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(body)?.[1];
    const placeOf = async () => {
      const { startsAt, minutes } = await world.get(Sessions).byId(house.programmeId, sessionId);
      return [startsAt, minutes];
    };
    const before = await placeOf();
    expect((await chief.post(`${DESK}/${reply.id}/move`, { _csrf, version: '1' })).status).toBe(409);
    const alone = await proposal();
    const officer = await signedIn(world.client(), 'officer@example.org');
    const page = await officer.get(`${DESK}/${alone.reply.id}`);
    expect(page.body).not.toContain(`${alone.reply.id}/move`);
    const token = /name="_csrf" value="([^"]+)"/.exec(page.body)?.[1];
    expect((await officer.post(`${DESK}/${alone.reply.id}/move`, { _csrf: token, version: '1' })).status).toBe(403);
    expect(await placeOf()).toEqual(before);
    expect(await rowOf(alone.reply)).toMatchObject({ decision: null });
  });

  it('offers nothing but setting aside where the invitation was withdrawn', async () => {
    const guest = await panelist();
    await world.get(Invitations).withdraw(await guests.invitation(guest));
    const told = await guests.told(guest.facts.attendee);
    const reply = await guests.answer({ ...guest.facts, ...told, partstat: 'ACCEPTED', stamp: guests.stamp() });
    expect((await api.get(`${API}/${reply.id}`)).json()).toMatchObject({
      waitsFor: 'withdrawn',
      possible: ['set-aside'],
    });
  });

  it.each(hostile('xss').map(({ id, value }) => [id, value]))(
    'shows a hostile comment as text [X2]: %s',
    async (_id, value) => {
      const guest = await panelist();
      const comment = value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');
      const reply = await guests.answer({ ...guest.facts, comment, from: 'x@else.example' });
      const shown = (await rowOf(reply)).comment;
      const { body } = await chief.get(`${DESK}/${reply.id}`);
      expect(body.includes(value) && /[<"]/.test(value)).toBe(false);
      expect(unescapeHtml(body)).toContain(shown);
      expect(await world.db.repository(InboundMail).existsBy({ id: reply.inboundId })).toBe(true);
    },
  );
});

describe('the desk of answers through the API', () => {
  it('lists what waits, or all, and decides with the version that was read', async () => {
    const guest = await panelist();
    const reply = await guests.answer({ ...guest.facts, partstat: 'TENTATIVE', from: 'x@else.example' });
    const list = (await api.get(`${API}?limit=1`)).json<{ items: object[]; next: string | null }>();
    expect(list.items[0]).toMatchObject({
      id: reply.id,
      invitation: guest.invitationId,
      person: guest.person.publicId,
    });
    expect(
      (await api.get(`${API}?show=waiting&after=${list.next}`)).json<{ items: { fate: string }[] }>().items,
    ).toEqual(expect.arrayContaining([expect.objectContaining({ fate: 'waits' })]));
    const one = await api.get(`${API}/${reply.id}`);
    expect([one.headers['etag'], one.json()]).toEqual([
      '"v1"',
      expect.objectContaining({ possible: ['counted', 'set-aside'] }),
    ]);
    expect((await api.post(`${API}/${reply.id}/counting`)).status).toBe(428);
    expect((await api.post(`${API}/${reply.id}/counting`, undefined, 7)).status).toBe(412);
    expect((await api.post(`${API}/${reply.id}/refusal`, {}, 1)).status).toBe(409);
    const done = await api.post(`${API}/${reply.id}/counting`, undefined, 1);
    expect(done.json()).toMatchObject({ decision: 'counted', version: 2, possible: [] });
    expect((await guests.invitation(guest)).state).toBe('tentative');
  });

  it('does all that the page does', async () => {
    const guest = await panelist();
    const named = await guests.answer({ ...guest.facts, partstat: 'DELEGATED' });
    const substitute = { given: 'Ева', email: 'eva@else.example' };
    expect((await api.post(`${API}/${named.id}/substitute`, { substitute }, 1)).json()).toMatchObject({
      decision: 'prepared',
    });
    const [first, second] = [await proposal(), await proposal()];
    const refused = await api.post(`${API}/${first.reply.id}/refusal`, { comment: 'No' }, 1);
    expect(refused.json()).toMatchObject({ decision: 'refused' });
    expect((await api.post(`${API}/${second.reply.id}/move`, undefined, 1)).json()).toMatchObject({
      decision: 'moved',
    });
    const last = await proposal();
    expect((await api.post(`${API}/${last.reply.id}/setting-aside`, undefined, 1)).json()).toMatchObject({
      decision: 'set-aside',
    });
  });
});
