import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Invitation,
  Invitations,
  InvitationWave,
  WaveGuest,
  WaveReminders,
} from '../../../../../src/features/invitations/index.js';
import type { Person } from '../../../../../src/features/people/index.js';
import { JournalEntry } from '../../../../../src/platform/journal/journal-entry.entity.js';
import { WaveSending } from '../../../../../src/features/invitations/waves/wave-sending.service.js';
import { OutgoingMail } from '../../../../../src/platform/mail/outgoing-mail.entity.js';
import { DeliveryError } from '../../../../../src/platform/mail/transports.js';
import { startApp, type TestApp } from '../../../../support/app.js';
import { hiddenFields, type Answer, type Client, type Fields } from '../../../../support/client.js';
import { signedIn, staff } from '../../../../support/house.js';
import { scene, type Scene } from '../../../../support/scene.js';
import { draftWave, willing } from '../../../../support/waves.js';

let world: TestApp;
let house: Scene;
let organizer: Client;
let page: string;
let people: Person[];

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'waves', 'W27');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  world.clock.set(`${world.clock.now().toISOString().slice(0, 10)}T09:00:00Z`);
  people = [];
  for (let index = 0; index < 12; index++)
    people.push(await willing(world, { country: 'KZ', institution: index === 5 ? null : `Library ${index}` }));
});
afterAll(() => world.close());

const here = (path = '') => `/org/c/${house.conference.slug}/invitations/waves${path}`;
const wave = () => world.db.repository(InvitationWave).findOneByOrFail({ id: page.split('/').at(-1)! });
const letters = () =>
  world.db
    .repository(OutgoingMail)
    .find({ where: { batch: `wave:${page.split('/').at(-1)}` }, order: { dueAt: 'ASC', id: 'ASC' } });
/** Time passes while the worker looks every minute. */
async function pass({ minutes }: { minutes: number }): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.clock.advance({ minutes: 1 });
    await world.mails();
  }
}
const invitations = async () => world.db.repository(Invitation).findBy({ waveId: (await wave()).id });
const reminders = async () => (await world.mails()).filter(({ subject }) => subject.startsWith('We await your answer'));

/** A page without the form of its filters, whose address may be that of a form that is posted. */
const withoutFilters = (body: string) => body.replace(/<form class="filters"[\s\S]*?<\/form>/g, '');

/** Posts the form of that action as the page shows it. */
async function press(from: string, action: string, fields: Fields = {}): Promise<Answer> {
  const opened = await organizer.get(from);
  return organizer.post(action, { ...hiddenFields(withoutFilters(opened.body), action), ...fields });
}
const chosen = (body: string) => [...body.matchAll(/name="people" value="([0-9a-z]{16})"/g)].map(([, id]) => id!);
const texts = (body: string): Fields => ({ 'subject.en': 'Welcome to {{conference}}', 'body.en': body });

describe('J14 a wave, from the choice of people to the last reminder', () => {
  it('begins with its terms; a rule that can never remind is refused beside its field', async () => {
    const terms = { name: 'Directors', perHour: '4', remindMost: '2', deadline: '', session: '', role: '' };
    const bad = await organizer.submit(
      here('/new'),
      { ...terms, remindOn: 'on', remindAfter: '', remindBefore: '' },
      here(),
    );
    expect(bad.status).toBe(422);
    expect(bad.body).toContain('Say when to remind');
    expect(bad.body).toContain('value="Directors"');
    const deadline = new Date(world.clock.now().getTime() + 20 * 86_400_000).toISOString().slice(0, 10) + 'T18:00';
    const rule = { remindOn: 'on', remindAfter: '7', remindBefore: '3' };
    const done = await organizer.submit(here('/new'), { ...terms, ...rule, deadline }, here());
    expect(done.status).toBe(303);
    page = done.location!.replace(/\/people$/, '');
    expect(await wave()).toMatchObject({ name: 'Directors', state: 'draft', perHour: 4, version: 1 });
  });

  it('finds people by filters, and says who is left out and why', async () => {
    const found = await organizer.get(`${page}/people?source=people&country=KZ&institution=Library`);
    expect(found.status).toBe(200);
    expect(found.body).toContain('11 people can be invited');
    const all = await organizer.get(`${page}/people?source=people`);
    expect(all.body).toContain('12 people can be invited');
    // The scene's speaker takes part, its guest has a draft, its focal point was never asked.
    for (const reason of ['Registered already', 'Invited already', 'No consent to be invited in the future'])
      expect(all.body).toContain(`${reason}: 1`);
    const add = await press(`${page}/people?source=people`, `${page}/people`, { people: chosen(all.body) });
    expect([add.status, add.location]).toEqual([303, page]);
    expect(await world.db.repository(WaveGuest).countBy({ waveId: (await wave()).id })).toBe(12);
  });

  it('adds nobody twice, nor whom something keeps out, whatever is posted', async () => {
    const again = await press(`${page}/people?source=list`, `${page}/list`);
    expect(again.status).toBe(422);
    const { _csrf } = hiddenFields((await organizer.get(page)).body, `${page}/order`);
    const { version } = await wave();
    const ids = [people[0]!.publicId, house.person.publicId];
    await organizer.post(`${page}/people`, { _csrf, version: String(version), source: 'people', people: ids });
    expect(await world.db.repository(WaveGuest).countBy({ waveId: (await wave()).id })).toBe(12);
  });

  it('is put in order by level and by number', async () => {
    const [first, , last] = [people[0]!, people[1]!, people[11]!];
    await press(page, `${page}/order`, { [`levels.${last.publicId}`]: 'ambassador' });
    await press(page, `${page}/order`, { protocol: 'on' });
    await press(page, `${page}/order`, { step: `down:${last.publicId}` });
    await press(page, `${page}/order`, { [`places.${last.publicId}`]: '1', [`places.${first.publicId}`]: '12' });
    const order = await world.db
      .repository(WaveGuest)
      .find({ where: { waveId: (await wave()).id }, order: { place: 'ASC' } });
    expect(order.map(({ place }) => place)).toEqual(Array.from({ length: 12 }, (_, index) => index + 1));
    expect([order[0]!.personId, order[11]!.personId]).toEqual([last.id, first.id]);
    expect(order[0]!.level).toBe('ambassador');
  });

  it('refuses an order that was made of an older state', async () => {
    const opened = await organizer.get(page);
    await press(page, `${page}/order`, { protocol: 'on' });
    const fields = { ...hiddenFields(opened.body, `${page}/order`), step: `up:${people[3]!.publicId}` };
    expect((await organizer.post(`${page}/order`, fields)).status).toBe(409);
  });

  it('does not take a letter with an unknown field, and keeps what was typed', async () => {
    const bad = await press(`${page}/letter`, `${page}/letter`, texts('Dear {{surname}}!'));
    expect(bad.status).toBe(422);
    expect(bad.body).toContain('There is no field surname.');
    expect(bad.body).toContain('Dear {{surname}}!');
    expect((await wave()).body).toEqual({});
  });

  it('names those for whom a field is empty, and is not sent before there is a fallback', async () => {
    const saved = await press(
      `${page}/letter`,
      `${page}/letter`,
      texts('Dear {{name}} of {{institution}},\n\nplease come.'),
    );
    expect([saved.status, saved.location]).toEqual([303, `${page}/sending`]);
    const shown = await organizer.get(`${page}/sending`);
    expect(shown.body).toContain('1 letter lacks something');
    expect(shown.body).toContain(people[5]!.family);
    const { version } = await wave();
    const { _csrf } = hiddenFields(shown.body, `${page}/test`);
    const refused = await organizer.post(`${page}/sending`, { _csrf, version: String(version), count: '11' });
    expect(refused.status).toBe(409);
    expect(await letters()).toEqual([]);
    await press(
      `${page}/letter`,
      `${page}/letter`,
      texts('Dear {{name}} of {{institution|your library}},\n\nplease come.'),
    );
    const whole = await organizer.get(`${page}/sending`);
    expect(whole.body).toContain('Send to 12 people');
    expect(whole.body).toContain('Kazakhstan 12');
    expect(whole.body).toContain('English 12');
  });

  it('is tried on oneself: the whole letter, whose link leads nowhere', async () => {
    expect((await press(`${page}/sending`, `${page}/test`)).status).toBe(303);
    const test = (await world.mails()).find(({ to }) => to === 'organizer@example.org')!;
    expect(test.subject).toBe('[test] Welcome to Congress waves');
    expect(test.text).toMatch(/^Dear Гульнара Досова \d+ of Library \d+,\n\nplease come\./);
    expect(test.text).toContain('/en/invite/…');
  });

  it('is queued once its number is confirmed, and only once', async () => {
    const opened = await organizer.get(`${page}/sending`);
    const fields = hiddenFields(opened.body, `${page}/sending`);
    expect((await organizer.post(`${page}/sending`, { ...fields, count: '11' })).status).toBe(409);
    const [one, two] = await Promise.all([0, 1].map(() => organizer.post(`${page}/sending`, fields)));
    expect([one!.status, two!.status].toSorted()).toEqual([303, 409]);
    const made = await letters();
    expect(made).toHaveLength(12);
    expect(await invitations()).toHaveLength(12);
    // The first by protocol first; a quarter of an hour between two.
    expect(made[0]!.personId).toBe(people[11]!.id);
    const start = world.clock.now().getTime();
    expect(made.map(({ dueAt }) => (dueAt.getTime() - start) / 900_000)).toEqual(made.map((_, index) => index));
    expect(await wave()).toMatchObject({ state: 'sending', queued: 12 });
    expect(
      (await press(page, `${page}/letter`, { _csrf: fields['_csrf'], version: '9', ...texts('Other') })).status,
    ).toBe(409);
  });

  it('leaves no faster than it may; the letter has the organizers’ words, the link, and no calendar', async () => {
    const before = (await world.mails()).length;
    expect((await letters()).filter(({ state }) => state === 'sent')).toHaveLength(1);
    await pass({ minutes: 59 });
    expect((await world.mails()).length - before).toBe(3);
    const first = (await world.mails()).find(({ to }) => to === people[11]!.email)!;
    expect(first.text).toContain('of Library 11');
    expect(first.link('/invite/')).toMatch(/\/en\/invite\/[\w-]{43}$/);
    expect(first.ics).toBeUndefined();
  });

  it('is paused and goes on at the same pace', async () => {
    expect((await press(page, `${page}/pause`)).status).toBe(303);
    await pass({ minutes: 120 });
    expect((await letters()).filter(({ state }) => state === 'paused')).toHaveLength(8);
    expect((await organizer.get(page)).body).toContain('>paused<');
    expect((await press(page, `${page}/resumption`)).status).toBe(303);
    const left = async () => {
      await world.mails();
      return (await letters()).filter(({ state }) => state === 'sent').length;
    };
    expect(await left()).toBe(5);
    await pass({ minutes: 30 });
    expect(await left()).toBe(7);
    // Nobody sends for three hours: the rest does not leave all at once then.
    world.clock.advance({ hours: 3 });
    expect(await left()).toBe(8);
    await pass({ minutes: 59 });
    expect(await left()).toBe(11);
    await pass({ minutes: 1 });
    expect(await left()).toBe(12);
    expect((await organizer.get(page)).body).toContain('tag-green">sent<');
  });

  it('shows who answered, and when the others are reminded', async () => {
    const [first] = await invitations();
    const link = (await world.mails()).find(({ to }) => to === first!.sentTo)!.link('/invite/');
    const path = new URL(link).pathname;
    const visitor = world.client();
    await visitor.submit(path, { answer: 'accepted', comment: '' });
    expect(await world.get(Invitations).byToken(path.split('/').at(-1)!)).toMatchObject({ state: 'accepted' });
    const shown = await organizer.get(page);
    expect(shown.body).toContain('The next reminder goes to 11 people on');
  });

  it('reminds those who have not answered, in the thread of their letter, with the same link', async () => {
    const muted = (await invitations()).find(({ state }) => state === 'queued')!;
    const person = people.find(({ id }) => id === muted.personId)!;
    const { _csrf } = hiddenFields((await organizer.get(page)).body, `${page}/reminders`);
    await organizer.post(`${page}/muted`, { _csrf, person: person.publicId, muted: 'true' });
    world.clock.advance({ days: 6 });
    expect(await world.get(WaveReminders).remindDue()).toBe(0);
    world.clock.advance({ days: 1 });
    // Two processes at once.
    const counts = await Promise.all([world.get(WaveReminders).remindDue(), world.get(WaveReminders).remindDue()]);
    expect(counts[0]! + counts[1]!).toBe(10);
    expect(await world.get(WaveReminders).remindDue()).toBe(0);
    const sent = await reminders();
    expect(new Set(sent.map(({ to }) => to)).size).toBe(10);
    expect(sent).toHaveLength(10);
    expect(sent.map(({ to }) => to)).not.toContain(person.email);
    const letter = (await world.mails()).find(
      ({ to, subject }) => to === sent[0]!.to && subject.startsWith('Welcome'),
    )!;
    expect(sent[0]!.parsed.inReplyTo).toBe(letter.parsed.messageId);
    expect([sent[0]!.parsed.references].flat()).toEqual([letter.parsed.messageId]);
    expect(sent[0]!.link('/invite/')).toBe(letter.link('/invite/'));
    expect(sent[0]!.ics).toBeUndefined();
  });

  it('reminds no more often than the rule says, nor when it is switched off', async () => {
    world.clock.advance({ days: 7 });
    organizer = await signedIn(world.client(), 'organizer@example.org');
    const off = { remindAfter: '7', remindBefore: '3', remindMost: '2' };
    expect((await press(page, `${page}/reminders`, off)).status).toBe(303);
    expect(await world.get(WaveReminders).remindDue()).toBe(0);
    expect((await press(page, `${page}/reminders`, { ...off, remindOn: 'on' })).status).toBe(303);
    expect(await world.get(WaveReminders).remindDue()).toBe(10);
    world.clock.advance({ days: 4 });
    expect(await world.get(WaveReminders).remindDue()).toBe(0);
    expect(await reminders()).toHaveLength(20);
  });

  it('is withdrawn as a whole when its number is confirmed; who knew of it is told', async () => {
    organizer = await signedIn(world.client(), 'organizer@example.org');
    expect((await press(page, `${page}/withdrawal`, { count: '12' })).status).toBe(422);
    expect((await press(page, `${page}/withdrawal`, { count: '3', sure: 'on' })).status).toBe(409);
    expect((await press(page, `${page}/withdrawal`, { sure: 'on' })).status).toBe(303);
    expect((await invitations()).map(({ state }) => state)).toEqual(Array.from({ length: 12 }, () => 'withdrawn'));
    expect(await world.db.repository(OutgoingMail).countBy({ kind: 'invitation-withdrawn' })).toBe(12);
    expect((await organizer.get(page)).body).toContain('>stopped<');
  });

  it('is in the journal, from its beginning to its end', async () => {
    const entries = await world.db
      .repository(JournalEntry)
      .find({ where: { subjectId: (await wave()).id }, order: { id: 'ASC' } });
    expect([...new Set(entries.map(({ type }) => type))]).toEqual([
      'WaveAdded',
      'WaveGuestsAdded',
      'WaveOrdered',
      'WaveEdited',
      'WaveQueued',
      'WavePaused',
      'WaveResumed',
      'WaveGuestMuted',
      'WaveWithdrawn',
    ]);
  });
});

describe('a wave on its way', () => {
  const queued = async (count: number) => {
    const guests = await Promise.all(Array.from({ length: count }, () => willing(world, { country: 'KZ' })));
    const draft = await draftWave(world, house.conference.id, guests, { perHour: 4 });
    const sent = await world.get(WaveSending).queue(house.conference.id, draft, count);
    page = here(`/${sent.id}`);
    return sent;
  };
  const departed = async () => (await letters()).filter(({ state }) => state === 'sent');

  it('keeps its pace when the mail server comes back, with those that were tried in vain', async () => {
    await queued(6);
    world.transport.failing = new DeliveryError('temporary', 'away', false);
    await pass({ minutes: 90 });
    expect(await departed()).toHaveLength(0);
    world.transport.failing = undefined;
    await pass({ minutes: 120 });
    const times = (await departed()).map(({ sentAt }) => sentAt!.getTime()).toSorted((a, b) => a - b);
    expect(times).toHaveLength(6);
    for (const [index, at] of times.entries())
      if (index >= 4) expect(at - times[index - 4]!).toBeGreaterThanOrEqual(3_600_000);
  });

  it('does not ask by letter who has answered by telephone meanwhile', async () => {
    await queued(3);
    await world.mails();
    const last = (await letters()).at(-1)!;
    const [invitation] = await world.db.all(Invitation, { mailId: last.id });
    await world.get(Invitations).answer(invitation!.id, { answer: 'accepted', channel: 'staff' });
    await pass({ minutes: 60 });
    const reached = (await world.mails()).filter(({ to }) => to === last.recipient);
    expect(reached.map(({ subject }) => subject)).toEqual([
      expect.stringContaining('Registration received'),
      'You are coming: Congress waves',
    ]);
    expect((await letters()).map(({ state }) => state)).toEqual(['sent', 'sent', 'discarded']);
  });
});
