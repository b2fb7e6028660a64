import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../../../src/features/invitations/replies/calendar-reply.entity.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Releases, Sessions } from '../../../../src/features/programme/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { InboundStore } from '../../../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../../../src/platform/inbound/inbound-worker.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { startApp, type TestApp } from '../../../support/app.js';
import {
  answerMail,
  ANSWERING_PROGRAMS,
  type AnsweringProgram,
  type AnswerFacts,
} from '../../../support/calendar-replies.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'replies', 'R27');
});
afterAll(() => world.close());

const row = (id: string) => world.db.repository(Invitation).findOneByOrFail({ id });
/** As DTSTAMP has it. */
const now = () =>
  world.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
const mailsTo = async (email: string) => (await world.mails()).filter(({ to }) => to === email);

interface Guest {
  person: Person;
  invitation: Invitation;
  facts: AnswerFacts;
}

/** Somebody who has said yes by the link, and has the entry in their calendar. */
async function guest(): Promise<Guest> {
  const person = await world.get(People).create({
    given: 'Անահիտ',
    family: `Պետրոսյան ${++serial}`,
    email: `anahit-${serial}@library.example`,
    locale: 'en',
  });
  const draft = await world.get(Invitations).create({
    conferenceId: house.conference.id,
    seat: { sessionId: house.sessionId, role: 'panelist' },
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'en',
  });
  const sent = await world.get(Invitations).send(draft);
  const invitation = await world.get(Invitations).answer(sent.id, { answer: 'accepted', channel: 'link' });
  return { person, invitation, facts: { attendee: person.email!, ...(await told(person)) } };
}

/** What stands in their calendar. */
async function told(person: Person): Promise<{ uid: string; sequence: number }> {
  const { ics } = (await mailsTo(person.email!)).findLast((mail) => mail.ics !== undefined)!;
  const { uid, sequence } = readCalendar(ics!).events[0]!;
  return { uid: uid!, sequence: sequence! };
}

async function arrives(raw: Buffer, from = 'guest@library.example'): Promise<InboundMail> {
  await world.get(InboundStore).keep({ door: 'lmtp', from, to: ['conferences@example.org'], raw });
  await world.get(InboundWorker).drain();
  const [mail] = await world.db.repository(InboundMail).find({ order: { receivedAt: 'DESC', id: 'DESC' }, take: 1 });
  return mail!;
}

const answers = (program: AnsweringProgram, facts: AnswerFacts, method?: string) =>
  arrives(answerMail(program, facts, method));
const repliesTo = ({ id }: Invitation) =>
  world.db.repository(CalendarReplyRow).find({ where: { invitationId: id }, order: { receivedAt: 'ASC', id: 'ASC' } });
const fates = async (invitation: Invitation) =>
  (await repliesTo(invitation)).map(({ partstat, fate, waitsFor }) => [partstat, fate, waitsFor]);

async function move(hour: string): Promise<void> {
  const session = await world.get(Sessions).byId(house.programmeId, house.sessionId);
  const start = new Date(`${house.conference.startsOn}T${hour}:00.000Z`);
  await world.get(Sessions).move(house.programmeId, session, { start, minutes: 60, roomId: null });
  const { id } = await world.get(Releases).publish(house.programmeId);
  await world.get(Outbox).sendHeld({ batch: `release:${id}` });
}

describe('an answer from a calendar program', () => {
  it.each(ANSWERING_PROGRAMS)(
    'like %s sets the answer, once, and nobody is written to [CQ2] [CQ8] [CQ11] [B19] [P24]',
    async (program) => {
      const { person, invitation, facts } = await guest();
      const before = (await world.mails()).length;
      const sequence = program === 'bridge' ? null : facts.sequence!;
      const stamp = now();
      const mail = await answers(program, { ...facts, sequence, stamp, partstat: 'DECLINED', comment: 'Шкада' });
      expect(mail).toMatchObject({ state: 'read', kind: 'answer', about: `invitation:${invitation.id}` });
      await answers(program, { ...facts, sequence, stamp, partstat: 'DECLINED', comment: 'Шкада' });
      expect(await row(invitation.id)).toMatchObject({
        state: 'declined',
        answerChannel: 'calendar',
        ...(program === 'bridge' ? {} : { comment: 'Шкада' }),
      });
      expect(await repliesTo(invitation)).toHaveLength(1);
      expect((await world.mails()).length).toBe(before);
      expect(await mailsTo(person.email!)).toHaveLength(2);
    },
  );

  it('may be changed there as often as they like; what overtakes is sorted out by its time [CQ7]', async () => {
    const { invitation, facts } = await guest();
    await answers('thunderbird', { ...facts, partstat: 'DECLINED', stamp: '20260914T100000Z' });
    await answers('thunderbird', { ...facts, partstat: 'ACCEPTED', stamp: '20260914T120000Z' });
    await answers('thunderbird', { ...facts, partstat: 'TENTATIVE', stamp: '20260914T110000Z' });
    expect((await row(invitation.id)).state).toBe('accepted');
    expect(await fates(invitation)).toEqual([
      ['DECLINED', 'counted', null],
      ['ACCEPTED', 'counted', null],
      ['TENTATIVE', 'overtaken', null],
    ]);
  });

  it('to the version before a move is kept and does not count; the next one does [B30]', async () => {
    const { person, invitation, facts } = await guest();
    await move('12:00');
    expect(await row(invitation.id)).toMatchObject({ state: 'accepted', confirmAgain: true });
    await answers('outlook', { ...facts, partstat: 'DECLINED' });
    expect(await row(invitation.id)).toMatchObject({ state: 'accepted', confirmAgain: true });
    const now = await told(person);
    expect(now).toEqual({ uid: facts.uid, sequence: facts.sequence! + 1 });
    await answers('outlook', { ...facts, ...now, partstat: 'ACCEPTED', stamp: '20260914T130000Z' });
    expect(await row(invitation.id)).toMatchObject({
      state: 'accepted',
      confirmAgain: false,
      answerChannel: 'calendar',
    });
    expect(await fates(invitation)).toEqual([
      ['DECLINED', 'older-version', null],
      ['ACCEPTED', 'counted', null],
    ]);
  });

  it('that declined is told of no later move, and one that came back is', async () => {
    const [gone, back] = [await guest(), await guest()];
    await answers('google', { ...gone.facts, partstat: 'DECLINED' });
    await answers('google', { ...back.facts, partstat: 'DECLINED', stamp: '20260914T100000Z' });
    await answers('google', { ...back.facts, partstat: 'ACCEPTED', stamp: '20260914T110000Z' });
    const count = async ({ person }: Guest) => (await mailsTo(person.email!)).length;
    const before = [await count(gone), await count(back)];
    await move('14:00');
    expect([await count(gone), await count(back)]).toEqual([before[0], before[1]! + 1]);
  });

  it('of somebody else waits for the organizer and changes nothing [CQ5] [CQ6]', async () => {
    const { invitation, facts } = await guest();
    const declined = { ...facts, partstat: 'DECLINED' };
    await answers('apple', { ...declined, from: 'crasher@else.example' });
    await answers('apple', { ...declined, attendee: 'crasher@else.example' });
    expect(await answers('apple', { ...declined, uid: '00000000-0000-8000-8000-000000000000' })).toMatchObject({
      state: 'open',
      remark: 'inbound.remark.unknownUid',
    });
    expect((await row(invitation.id)).state).toBe('accepted');
    expect(await fates(invitation)).toEqual([
      ['DECLINED', 'waits', 'other-sender'],
      ['DECLINED', 'waits', 'other-attendee'],
    ]);
  });

  it('that names a substitute or another time waits for the organizer [CQ8]', async () => {
    const { invitation, facts } = await guest();
    await answers('outlook', { ...facts, partstat: 'DELEGATED', delegatedTo: 'boris@library.example' });
    await answers(
      'google',
      { ...facts, partstat: 'TENTATIVE', start: '20261113T090000Z', end: '20261113T100000Z' },
      'COUNTER',
    );
    expect((await row(invitation.id)).state).toBe('accepted');
    const [substitute, proposal] = await repliesTo(invitation);
    expect(substitute).toMatchObject({ waitsFor: 'substitute', delegatedTo: 'boris@library.example' });
    expect(proposal).toMatchObject({ waitsFor: 'proposal', proposedStart: new Date('2026-11-13T09:00:00Z') });
  });

  it('after a withdrawal, or too late, waits for the organizer', async () => {
    const { invitation, facts } = await guest();
    await world.get(Invitations).withdraw(await row(invitation.id));
    await answers('thunderbird', { ...facts, sequence: 9, stamp: '20260914T150000Z' });
    expect((await row(invitation.id)).state).toBe('withdrawn');
    expect(await fates(invitation)).toEqual([['ACCEPTED', 'waits', 'withdrawn']]);
  });

  it('that asks for the entry again gets it, at most once an hour [CQ10]', async () => {
    const { person, facts } = await guest();
    const before = (await mailsTo(person.email!)).length;
    const ask = (stamp: string) => answers('apple', { ...facts, stamp }, 'REFRESH');
    await ask('20260914T100000Z');
    await ask('20260914T100001Z');
    const mails = await mailsTo(person.email!);
    expect(mails).toHaveLength(before + 1);
    expect(await told(person)).toEqual({ uid: facts.uid, sequence: facts.sequence });
    world.clock.advance({ minutes: 61 });
    await ask('20260914T110002Z');
    expect(await mailsTo(person.email!)).toHaveLength(before + 2);
  });

  it.each([
    ['an empty sender', '', ''],
    ['a program that says so', 'guest@library.example', 'Auto-Submitted: auto-generated\r\n'],
    ['a mailing list', 'guest@library.example', 'List-Id: <guests.library.example>\r\n'],
  ])('that asks for the entry again, from %s, is not answered [CD5] [CQ11]', async (_what, from, field) => {
    const { person, invitation, facts } = await guest();
    const before = (await mailsTo(person.email!)).length;
    const asking = answerMail('apple', { ...facts, stamp: '20260914T100000Z' }, 'REFRESH');
    await arrives(Buffer.concat([Buffer.from(field), asking]), from);
    expect(await mailsTo(person.email!)).toHaveLength(before);
    expect((await fates(invitation)).map(([, fate]) => fate)).toEqual(['nothing']);
  });

  it('that cannot be read is shown to a person', async () => {
    const { facts } = await guest();
    const broken = answerMail('google', facts)
      .toString()
      .replace(/[A-Za-z0-9+/=]{76}\r\n/g, '');
    expect(await arrives(Buffer.from(broken))).toMatchObject({
      state: 'open',
      kind: 'answer',
      remark: 'inbound.remark.brokenCalendar',
    });
  });

  it('two at once, and three times each, count as one each', async () => {
    const { invitation, facts } = await guest();
    const raws = ['ACCEPTED', 'DECLINED'].map((partstat, n) =>
      answerMail('thunderbird', { ...facts, partstat, stamp: `20260914T1${n}0000Z` }),
    );
    for (const n of [1, 2, 3])
      for (const raw of raws)
        await world
          .get(InboundStore)
          .keep({ door: 'lmtp', from: '', to: [], raw: Buffer.concat([Buffer.from(`X-Try: ${n}\r\n`), raw]) });
    const drain = () => world.get(InboundWorker).drain();
    await Promise.all([drain(), drain()]);
    world.clock.advance({ minutes: 5 });
    await drain();
    expect((await row(invitation.id)).state).toBe('declined');
    expect((await repliesTo(invitation)).map(({ partstat }) => partstat).sort()).toEqual(['ACCEPTED', 'DECLINED']);
    expect(await world.db.repository(InboundMail).countBy({ state: 'stored' })).toBe(0);
  });
});
