import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { Mailings } from '../../../../src/features/mailings/index.js';
import { People, type Person } from '../../../../src/features/people/index.js';
import { Registrations } from '../../../../src/features/registration/index.js';
import type { MailState } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { Outbox } from '../../../../src/platform/mail/outbox.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { program, type Program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let organizer: Client;
let api: Program;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'writing', 'W27');
  await scene(world, 'other', 'O27');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  api = await program(world, 'organizer@example.org', ['outbox:write']);
});
afterAll(() => world.close());

async function reader(): Promise<Person> {
  const email = `reader-${++serial}@library.example`;
  const person = await world.get(People).create({ given: 'Марыя', family: `Чытач ${serial}`, email, locale: 'en' });
  await world.get(Registrations).registerPerson({
    conferenceId: house.conference.id,
    personId: person.id,
    locale: 'en',
    category: 'listener',
    form: 'in_person',
  });
  return person;
}

/** A mailing to all listeners, whose mails have left the outbox. Answers its page. */
async function sent(): Promise<{ id: string; page: string }> {
  const audience = {
    group: 'registered',
    category: 'listener',
    approval: null,
    form: null,
    strand: null,
    room: null,
    day: null,
    role: null,
    locale: null,
  } as const;
  const words = { subject: { en: 'News of the congress' }, body: { en: 'Dear {{name}}, welcome.' } };
  const { conference } = house;
  const mailing = await world.get(Mailings).write(conference.id, { ...words, audience, isNews: false });
  const { letters } = await world.get(Mailings).preview(conference, mailing);
  await world.get(Mailings).queue(conference, mailing, letters.length);
  await world.get(Outbox).sendHeld({ batch: `mailing:${mailing.id}` });
  await world.mails();
  return { id: mailing.id, page: `/org/c/writing/mail/mailings/${mailing.id}` };
}

/** As the worker or a bounce would have left it. */
async function became(id: string, person: Person, state: MailState, problem: string | null, attempts = 1) {
  const mail = { batch: `mailing:${id}`, personId: person.id };
  await world.db.repository(OutgoingMail).update(mail, { state, problem, attempts });
}

async function corrected(person: Person, email: string): Promise<void> {
  const { id, version } = (await world.get(People).byId(person.id))!;
  await world.get(People).update({ id, version }, { email });
}

const text = async (path: string): Promise<string> => unescapeHtml((await organizer.get(path)).body);

/** What the page says of each: state and, in words, why. */
function rows(html: string): string[] {
  return [...html.matchAll(/<tr>\s*<th scope="row".*?<\/tr>/gsu)].map(([row]) =>
    row
      .replace(/<time.*?<\/time>/gsu, '')
      .replace(/<[^>]*>/gu, ' ')
      .replace(/\s+/gu, ' ')
      .trim(),
  );
}

describe('the recipients of a mailing', () => {
  it('stand with what became of the mail to each, in plain words, and can be narrowed', async () => {
    const people = [await reader(), await reader(), await reader(), await reader(), await reader()];
    const { id, page } = await sent();
    await became(id, people[1]!, 'failed', 'returned 5.1.1');
    await became(id, people[2]!, 'queued', 'SMTP 451', 2);
    await became(id, people[3]!, 'failed', 'suppressed after unsubscribed');
    await became(id, people[4]!, 'failed', 'suppressed after complaint');
    expect(rows(await text(`${page}/recipients`)).sort()).toEqual([
      'Марыя Лабоцкая writing maria.writing@example.org sent',
      'Марыя Чытач 1 reader-1@library.example sent',
      'Марыя Чытач 2 reader-2@library.example came back there is no such mailbox (5.1.1)',
      'Марыя Чытач 3 reader-3@library.example deferred the recipient’s server does not take it for now (451)',
      'Марыя Чытач 4 reader-4@library.example unsubscribed Not sent, because earlier: the recipient has unsubscribed from mail that is not necessary',
      'Марыя Чытач 5 reader-5@library.example not sent Not sent, because earlier: the recipient marked our mail as spam',
    ]);
    expect(rows(await text(`${page}/recipients?state=deferred`))).toHaveLength(1);
    const list = (await api.get(`/api/v1/conferences/writing/mailings/${id}/recipients?state=bounced`)).json();
    expect(list).toMatchObject({
      items: [{ person: people[1]!.publicId, state: 'bounced', problem: 'returned 5.1.1', times: 1, corrected: false }],
    });
    expect((await organizer.get(page.replace('writing', 'other'))).status).toBe(404);
  });

  it('whose address was corrected are written to once more: their number is confirmed, and nobody twice [CI3]', async () => {
    const [lost, other] = [await reader(), await reader()];
    const { id, page } = await sent();
    for (const person of [lost, other]) await became(id, person, 'failed', 'returned 5.1.1');
    expect(await text(`${page}/recipients`)).not.toContain('Send once more');
    await corrected(lost, 'found@library.example');
    const shown = await organizer.get(`${page}/recipients`);
    const fields = hiddenFields(shown.body, `${page}/resending`);
    expect(fields['count']).toBe('1');
    await corrected(other, 'other@library.example');
    const stale = await organizer.post(`${page}/resending`, fields);
    expect([stale.status, unescapeHtml(stale.body).includes('Send once more to 2 people')]).toEqual([409, true]);
    const [one, two] = await Promise.all([
      organizer.post(`${page}/resending`, { ...fields, count: '2' }),
      organizer.post(`${page}/resending`, { ...fields, count: '2' }),
    ]);
    expect([one.status, two.status].sort()).toEqual([303, 409]);
    const arrived = (await world.mails()).filter(({ to }) => to === 'found@library.example');
    expect(arrived.map(({ subject, text: words }) => [subject, words!.includes('welcome.')])).toEqual([
      ['News of the congress', true],
    ]);
    const ids = (await world.db.repository(OutgoingMail).findBy({ batch: `mailing:${id}`, personId: lost.id })).map(
      ({ messageId }) => messageId,
    );
    expect(new Set(ids).size).toBe(2);
    expect(await world.db.repository(JournalEntry).countBy({ type: 'MailingResent', subjectId: id })).toBe(1);
    expect(rows(await text(`${page}/recipients`)).find((row) => row.includes('found@'))).toContain('sent 2 mails');
  });

  it('are written to once more by programs with the same confirmation', async () => {
    const lost = await reader();
    const { id } = await sent();
    await became(id, lost, 'failed', 'returned 5.1.1');
    await corrected(lost, 'found-too@library.example');
    const url = `/api/v1/conferences/writing/mailings/${id}/resending`;
    expect([(await api.post(url, { count: 3 })).status, (await api.post(url, { count: 1 })).json()]).toEqual([
      409,
      { count: 1 },
    ]);
    expect((await api.post(url.replace('writing', 'other'), { count: 1 })).status).toBe(404);
  });

  it('are read in as many statements for many as for few', async () => {
    const count = async (page: string): Promise<number> => {
      await organizer.get(`${page}/recipients`);
      const log = jest.spyOn(world.get(DataSource).logger, 'logQuery');
      expect((await organizer.get(`${page}/recipients`)).status).toBe(200);
      const calls = log.mock.calls.length;
      log.mockRestore();
      return calls;
    };
    const few = await sent();
    for (let n = 0; n < 5; n++) await reader();
    const many = await sent();
    expect(await count(many.page)).toBe(await count(few.page));
  });
});

describe('the outgoing mails of a conference', () => {
  it('are found by a part of the address or the subject', async () => {
    const body = await text('/org/c/writing/mail/outbox?q=READER-1@');
    expect([body.includes('reader-1@library.example'), body.includes('reader-2@library.example')]).toEqual([
      true,
      false,
    ]);
  });
});
