// @engine sqlite
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation, Invitations } from '../../../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../../../src/features/invitations/replies/calendar-reply.entity.js';
import { People } from '../../../../src/features/people/index.js';
import { readCalendar } from '../../../../src/platform/calendar/index.js';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { InboundStore } from '../../../../src/platform/inbound/inbound-store.js';
import { InboundWorker } from '../../../../src/platform/inbound/inbound-worker.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { BAD_ANSWERS } from '../../../support/bad-answers.js';
import { answerMail } from '../../../support/calendar-replies.js';
import { scene, type Scene } from '../../../support/scene.js';

interface Guest {
  readonly invitationId: string;
  readonly attendee: string;
  readonly uid: string;
}

let world: TestApp;
let house: Scene;
let other: Guest;
let serial = 0;

beforeAll(async () => {
  world = await startApp({ AUTHSERV_ID: 'mx.library.example' });
  house = await scene(world, 'bad', 'B27');
  other = await guest();
});
afterAll(() => world.close());

/** Somebody who has said yes by the link, and has the entry in their calendar. */
async function guest(): Promise<Guest> {
  const attendee = `guest-${++serial}@library.example`;
  const person = await world
    .get(People)
    .create({ given: 'Анна', family: `Вайда ${serial}`, email: attendee, locale: 'en' });
  const draft = await world.get(Invitations).create({
    conferenceId: house.conference.id,
    seat: { sessionId: house.sessionId, role: 'panelist' },
    person: { id: person.id },
    deadline: null,
    message: '',
    locale: 'en',
  });
  const sent = await world.get(Invitations).send(draft);
  await world.get(Invitations).answer(sent.id, { answer: 'accepted', channel: 'link' });
  const { ics } = (await world.mails()).findLast((mail) => mail.to === attendee && mail.ics !== undefined)!;
  return { invitationId: sent.id, attendee, uid: readCalendar(ics!).events[0]!.uid! };
}

async function arrives(raw: Buffer): Promise<InboundMail> {
  await world.get(InboundStore).keep({ door: 'lmtp', from: 'someone@library.example', to: [], raw });
  // Three attempts are made at what fails for no reason of its own.
  for (let attempt = 1; attempt <= 3; attempt++) {
    await world.get(InboundWorker).drain();
    world.clock.advance({ minutes: 10 });
  }
  const [mail] = await world.db.repository(InboundMail).find({ order: { receivedAt: 'DESC', id: 'DESC' }, take: 1 });
  return mail!;
}

/** As DTSTAMP has it. */
const now = () =>
  world.clock
    .now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
const stateOf = async ({ invitationId }: Guest) =>
  (await world.db.repository(Invitation).findOneByOrFail({ id: invitationId })).state;
const repliesIn = (mail: InboundMail) => world.db.repository(CalendarReplyRow).findBy({ inboundId: mail.id });

describe('a corpus of bad answers', () => {
  it('is large enough, and each has a name of its own', () => {
    expect(BAD_ANSWERS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(BAD_ANSWERS.map(({ name }) => name)).size).toBe(BAD_ANSWERS.length);
  });

  it.each(BAD_ANSWERS.map((answer) => [answer.name, answer] as const))(
    '%s',
    async (_name, { raw, mail: [state, kind, remark], fates, becomes = 'accepted' }) => {
      const asked = await guest();
      const mail = await arrives(raw({ ...asked, stamp: now(), other }));
      const replies = await repliesIn(mail);
      expect({
        mail: [mail.state, mail.kind, mail.remark],
        fates: replies
          .filter(({ personId }) => personId !== null || fates?.length)
          .map(({ fate, waitsFor }) => [fate, waitsFor]),
        guest: await stateOf(asked),
        other: await stateOf(other),
      }).toEqual({
        mail: [state, kind, remark === undefined ? null : `inbound.remark.${remark}`],
        fates: (fates ?? []).map(([fate, waitsFor]) => [fate, waitsFor ?? null]),
        guest: becomes,
        other: 'accepted',
      });
    },
  );

  it('with a clock of the year 9999 does not silence the answers that follow', async () => {
    const asked = await guest();
    await arrives(answerMail('thunderbird', { ...asked, partstat: 'DECLINED', stamp: '99991231T235959Z' }));
    expect(await stateOf(asked)).toBe('declined');
    await arrives(answerMail('thunderbird', { ...asked, partstat: 'ACCEPTED', stamp: now() }));
    expect(await stateOf(asked)).toBe('accepted');
  });
});
