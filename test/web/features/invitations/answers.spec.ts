import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ApiTokens } from '../../../../src/features/accounts/api-tokens.service.js';
import {
  Invitation,
  InvitationRounds,
  Invitations,
  type NewInvitation,
} from '../../../../src/features/invitations/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Assignments, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Registrations } from '../../../../src/features/registration/index.js';
import { readCalendar, type ReadEvent } from '../../../../src/platform/calendar/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { checkCalendar } from '../../../support/calendar-checker.js';
import { hiddenFields, type Answer, type Client, type Fields } from '../../../support/client.js';
import { staff } from '../../../support/house.js';
import type { SentMail } from '../../../support/recording-transport.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let organizerId: string;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'forum', 'F27');
  organizerId = await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
});
afterAll(() => world.close());

function guest(email = `guest-${++serial}@example.org`): Promise<Person> {
  return world.get(People).create({ given: 'Гульнара', family: `Досова ${serial}`, email, locale: 'en' });
}

async function invited(person: Person, changes: Partial<NewInvitation> = {}): Promise<Invitation> {
  const order = { conferenceId: house.conference.id, deadline: null, message: '', locale: 'en' as const };
  const draft = await world.get(Invitations).create({ ...order, person: { id: person.id }, ...changes });
  return world.get(Invitations).send(draft);
}

const seat = (sessionId = house.sessionId): Partial<NewInvitation> => ({ seat: { sessionId, role: 'panelist' } });
const row = (id: string): Promise<Invitation> => world.db.repository(Invitation).findOneByOrFail({ id });
const mailsTo = async (email: string): Promise<SentMail[]> => (await world.mails()).filter(({ to }) => to === email);
const linkOf = async (person: Person): Promise<string> =>
  new URL((await mailsTo(person.email!))[0]!.link('/invite/')).pathname;

async function answer(visitor: Client, path: string, fields: Fields): Promise<Answer> {
  const opened = await visitor.get(path);
  const answered = await visitor.post(path, { ...hiddenFields(opened.body, path), comment: '', ...fields });
  // Mails that wait together leave in no particular order.
  await world.mails();
  return answered;
}

/** The calendar parts of everything that somebody got, in order. */
async function told(person: Person): Promise<{ method: string | undefined; event: ReadEvent }[]> {
  return (await mailsTo(person.email!)).flatMap(({ ics }) => {
    if (ics === undefined) return [];
    expect(checkCalendar(Buffer.from(ics))).toEqual([]);
    const { method, events } = readCalendar(ics);
    return [{ method, event: events[0]! }];
  });
}
const brief = async (person: Person) =>
  (await told(person)).map(({ method, event }) => [method, event.sequence, event.attendees[0]?.partstat]);

describe('an answer', () => {
  it('to a seat takes the calendar entry along: perhaps, yes, no, and yes again under one UID [CR4] [B02] [CM5]', async () => {
    const person = await guest();
    await invited(person, seat());
    const path = await linkOf(person);
    const visitor = world.client();
    for (const given of ['tentative', 'accepted', 'tentative', 'declined', 'declined', 'accepted']) {
      world.clock.advance({ minutes: 5 });
      expect((await answer(visitor, path, { answer: given })).status).toBe(303);
    }
    expect(await brief(person)).toEqual([
      ['REQUEST', 0, 'TENTATIVE'],
      ['REQUEST', 0, 'ACCEPTED'],
      ['REQUEST', 0, 'TENTATIVE'],
      ['CANCEL', 1, 'DECLINED'],
      ['REQUEST', 2, 'ACCEPTED'],
    ]);
    const parts = await told(person);
    expect(new Set(parts.map(({ event }) => event.uid)).size).toBe(1);
    const stamps = parts.map(({ event }) => event.stamp!.getTime());
    expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
    const ids = (await mailsTo(person.email!)).map(({ parsed }) => parsed.messageId);
    expect(new Set(ids).size).toBe(ids.length);
    const places = await world.get(Assignments).ofSession(house.sessionId);
    expect(places.filter(({ personId }) => personId === person.id).map(({ state }) => state)).toEqual(['confirmed']);
  });

  it('to a session that is not released brings its entry with the release, at SEQUENCE 0 [CM3]', async () => {
    const { session } = await world.get(Sessions).add(house.programmeId, {
      kind: 'round_table',
      title: { en: 'Round table of directors' },
      place: { start: new Date(`${house.conference.startsOn}T14:00:00.000Z`), minutes: 90, roomId: null },
    });
    const person = await guest();
    await invited(person, seat(session.id));
    expect((await mailsTo(person.email!))[0]!.text).toContain('Planned for');
    expect((await answer(world.client(), await linkOf(person), { answer: 'accepted' })).status).toBe(303);
    expect(await told(person)).toEqual([]);
    expect((await mailsTo(person.email!))[1]!.text).toContain('follows when the programme is published');
    const { id } = await world.get(Releases).publish(house.programmeId);
    expect(await mailsTo(person.email!)).toHaveLength(2);
    await sendHeld(`release:${id}`);
    expect(await brief(person)).toEqual([['REQUEST', 0, 'ACCEPTED']]);
    expect((await told(person))[0]!.event.summary).toBe('Round table of directors');
  });

  it('to a conference registers a guest once, and cancels with the place when it is taken back', async () => {
    const person = await guest();
    await invited(person);
    const path = await linkOf(person);
    for (let time = 1; time <= 2; time++) {
      expect((await answer(world.client(), path, { answer: 'accepted' })).status).toBe(303);
    }
    const registration = await world.get(Registrations).activeOf(house.conference.id, person.id);
    expect(registration).toMatchObject({ category: 'invited_guest', waitlist: 'none' });
    const requests = (await told(person)).filter(({ method }) => method === 'REQUEST');
    expect(requests.map(({ event }) => [event.sequence, event.start?.day])).toEqual([[0, house.conference.startsOn]]);
    await answer(world.client(), path, { answer: 'declined' });
    expect(await world.get(Registrations).activeOf(house.conference.id, person.id)).toBeNull();
    expect((await brief(person)).at(-1)).toEqual(['CANCEL', 1, 'DECLINED']);
  });

  it('can name somebody else, for whom a draft is made; an own yes takes it back [P6] [P27]', async () => {
    const person = await guest();
    const { id } = await invited(person, seat());
    const path = await linkOf(person);
    const visitor = world.client();
    const before = (await place(person))!.seat;
    const incomplete = await answer(visitor, path, {
      answer: 'substituted',
      'substitute.given': 'Ян',
      'substitute.email': '',
    });
    expect([incomplete.status, incomplete.body.includes('value="Ян"')]).toEqual([422, true]);
    const instead = {
      answer: 'substituted',
      'substitute.given': 'Ян',
      'substitute.family': 'Коваль',
      'substitute.email': 'jan@example.org',
    };
    expect((await answer(visitor, path, { ...instead, 'substitute.email': person.email! })).status).toBe(422);
    expect((await answer(visitor, path, instead)).status).toBe(303);
    const other = (await world.get(People).byEmail('jan@example.org'))!;
    const { substitute } = await row(id);
    expect(await row(substitute!.invitationId)).toMatchObject({ state: 'draft', personId: other.id, role: 'panelist' });
    expect(await place(other)).toMatchObject({ state: 'proposed', seat: before });
    expect(await place(person)).toMatchObject({ state: 'declined' });
    expect(await mailsTo('jan@example.org')).toEqual([]);
    expect((await visitor.get(path)).body).toContain('Ян Коваль');
    expect((await answer(visitor, path, { answer: 'accepted' })).status).toBe(303);
    expect((await row(substitute!.invitationId)).state).toBe('withdrawn');
    expect(await place(other)).toBeUndefined();
    for (let count = 0; count < 9; count++) {
      const again = { ...instead, 'substitute.email': `other-${count}@example.org` };
      expect((await answer(visitor, path, again)).status).toBe(count < 8 ? 303 : 429);
      await answer(visitor, path, { answer: 'declined' });
    }
  });

  it('that staff note in the programme counts here too', async () => {
    const person = await guest();
    const { id } = await invited(person, seat());
    await world.get(Assignments).answer((await place(person))!.id, 'confirmed');
    expect(await row(id)).toMatchObject({ state: 'accepted', answerChannel: 'staff' });
    expect(await brief(person)).toEqual([['REQUEST', 0, 'ACCEPTED']]);
    expect((await world.client().get(await linkOf(person))).body).toContain('You have answered that you will come.');
  });

  it('of an odd address goes with a file instead of a REQUEST', async () => {
    const person = await guest('odd/address@example.org');
    await invited(person, seat());
    await answer(world.client(), await linkOf(person), { answer: 'accepted' });
    expect(await brief(person)).toEqual([['PUBLISH', 0, undefined]]);
  });

  it('is refused after the deadline and after a withdrawal, with a page that says so [T3]', async () => {
    const deadline = new Date(world.clock.now().getTime() + 3_600_000);
    const [late, never] = [await guest(), await guest()];
    const expiring = await invited(late, { ...seat(), deadline });
    const path = await linkOf(late);
    const { body } = await world.client().get(path);
    const withdrawn = await invited(never, seat());
    const gone = await linkOf(never);
    const visitor = world.client();
    const open = await visitor.get(gone);
    await world.get(Invitations).withdraw(withdrawn);
    const refused = await visitor.post(gone, {
      ...hiddenFields(open.body, gone),
      answer: 'accepted',
      comment: 'kept?',
    });
    expect([refused.status, refused.body.includes('has been withdrawn')]).toEqual([409, true]);
    expect((await visitor.get(gone)).body).toContain('The organizers have withdrawn this invitation.');
    expect((await mailsTo(never.email!)).map(({ subject, ics }) => [subject, ics])).toEqual([
      ['Invitation: Section of forum', undefined],
      ['Invitation withdrawn: Section of forum', undefined],
    ]);
    expect(body).toContain('<form');
    world.clock.advance({ hours: 2 });
    expect(await world.get(InvitationRounds).expireDue()).toBe(1);
    expect((await row(expiring.id)).state).toBe('expired');
    expect(await place(late)).toMatchObject({ state: 'declined' });
    const after = await world.client().get(path);
    expect([
      after.status,
      after.body.includes('The time to answer is over.'),
      after.body.includes('name="answer"'),
    ]).toEqual([200, true, false]);
    // Staff may still note what came by letter.
    await world.get(Invitations).answer(expiring.id, { answer: 'accepted', channel: 'staff' });
    expect(await place(late)).toMatchObject({ state: 'confirmed' });
  });

  it('given twenty times at once is one answer, one place and one mail [R9] [P23]', async () => {
    const person = await guest();
    const { id } = await invited(person);
    const path = await linkOf(person);
    const visitors = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const visitor = world.client();
        return { visitor, hidden: hiddenFields((await visitor.get(path)).body, path) };
      }),
    );
    const answers = await Promise.all(
      visitors.map(({ visitor, hidden }) => visitor.post(path, { ...hidden, answer: 'accepted', comment: '' })),
    );
    expect(answers.every(({ status }) => status === 303 || status === 409)).toBe(true);
    expect(answers.some(({ status }) => status === 303)).toBe(true);
    expect(await world.db.repository(JournalEntry).countBy({ type: 'InvitationAnswered', subjectId: id })).toBe(1);
    expect(await world.db.repository(JournalEntry).countBy({ type: 'RegistrationReceived', personId: person.id })).toBe(
      1,
    );
    expect((await brief(person)).filter(([method]) => method === 'REQUEST')).toHaveLength(1);
  });
});

describe('the API', () => {
  it('drafts, sends, notes an answer and withdraws, with If-Match [A3]', async () => {
    const api = world.client();
    api.bearer = (
      await world.get(ApiTokens).create(organizerId, { name: 'test', scopes: ['invitation:write'], days: 5 })
    ).token;
    const base = `/api/v1/conferences/${house.conference.slug}/invitations`;
    const person = { given: 'Aïssata', family: 'N’Diaye', email: 'aissata@example.org' };
    const incomplete = await api.api('POST', base, { kind: 'seat', person, locale: 'en' });
    expect(incomplete.status).toBe(422);
    const order = {
      kind: 'seat',
      session: house.sessionId,
      role: 'moderator',
      person,
      message: 'Bienvenue',
      locale: 'en',
    };
    const drafted = await api.api('POST', base, order);
    expect(drafted.status).toBe(201);
    const { id } = drafted.json<{ id: string }>();
    expect(drafted.json()).toMatchObject({
      state: 'draft',
      person: { family: 'N’Diaye' },
      delivery: null,
      session: house.sessionId,
    });
    expect((await api.api('POST', base, order)).status).toBe(409);
    expect((await api.api('POST', `${base}/${id}/sending`)).status).toBe(428);
    const sent = await api.api('POST', `${base}/${id}/sending`, undefined, {
      'if-match': String(drafted.headers['etag']),
    });
    expect([sent.status, sent.json()['state'], sent.json()['delivery']]).toEqual([200, 'queued', 'queued']);
    expect(
      (await api.api('POST', `${base}/${id}/sending`, undefined, { 'if-match': String(drafted.headers['etag']) }))
        .status,
    ).toBe(412);
    await world.mails();
    const answered = await api.api('POST', `${base}/${id}/answers`, { answer: 'accepted', comment: 'by letter' });
    expect(answered.json()).toMatchObject({ state: 'accepted', answerChannel: 'staff', comment: 'by letter' });
    await world.mails();
    const listed = await api.api('GET', `${base}?state=accepted&q=aissata&limit=1`);
    expect(listed.json<{ items: { id: string }[]; next: unknown }>()).toMatchObject({ items: [{ id }], next: null });
    const one = await api.api('GET', `${base}/${id}`);
    const withdrawn = await api.api('POST', `${base}/${id}/withdrawal`, undefined, {
      'if-match': String(one.headers['etag']),
    });
    expect(withdrawn.json()['state']).toBe('withdrawn');
    const [, accepted, over] = await mailsTo('aissata@example.org');
    expect([accepted, over].map((mail) => readCalendar(mail!.ics!).method)).toEqual(['REQUEST', 'CANCEL']);
    expect((await api.api('GET', `${base}/not-an-id`)).status).toBe(404);
  });
});

async function place(person: Person) {
  return (await world.get(Assignments).ofSession(house.sessionId)).find(({ personId }) => personId === person.id);
}

async function sendHeld(batch: string): Promise<void> {
  expect(await world.get(Outbox).sendHeld({ batch })).toBeGreaterThan(0);
}
