import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mailing } from '../../../../src/features/mailings/mailing.entity.js';
import { People } from '../../../../src/features/people/index.js';
import { Registrations } from '../../../../src/features/registration/index.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { Suppressions } from '../../../../src/platform/mail/suppressions.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client, type Fields } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { scene, type Scene } from '../../../support/scene.js';

let world: TestApp;
let house: Scene;
let organizer: Client;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  house = await scene(world, 'writing', 'W27');
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: house.conference.id }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
});
afterAll(() => world.close());

const here = (path = '') => `/org/c/${house.conference.slug}/mail/mailings${path}`;

async function guest(changes: { institution?: string; locale?: 'be' | 'ru' | 'en'; given?: string } = {}) {
  const { given = 'Марыя', institution = null, locale = 'en' } = changes;
  const email = `reader-${++serial}@library.example`;
  const person = await world
    .get(People)
    .create({ given, family: `Чытач ${serial}`, email, locale, institution } as never);
  await world.get(Registrations).registerPerson({
    conferenceId: house.conference.id,
    personId: person.id,
    locale,
    category: 'listener',
    form: 'in_person',
  });
  return person;
}

const text = (changes: Fields = {}): Fields => ({
  'audience.group': 'registered',
  'audience.category': 'listener',
  'audience.approval': '',
  'audience.form': '',
  'audience.strand': '',
  'audience.room': '',
  'audience.day': '',
  'audience.role': '',
  'audience.locale': '',
  'subject.en': 'News for {{name}}',
  'body.en': 'Dear {{name}},\n\nyour number is {{number}}.',
  ...changes,
});

async function written(changes: Fields = {}): Promise<string> {
  const done = await organizer.submit(here('/new'), text(changes), here());
  expect(done.status).toBe(303);
  return done.location!;
}
const press = async (page: string, action: string, fields: Fields = {}) => {
  const opened = await organizer.get(page);
  const form = opened.body.split(`action="${page}${action}"`)[1] ?? '';
  const people = [...form.split('</form>')[0]!.matchAll(/name="people" value="([^"]+)"/g)].map(([, id]) => id!);
  return organizer.post(page + action, {
    ...hiddenFields(opened.body, page + action),
    ...(people.length > 0 ? { people } : {}),
    ...fields,
  });
};
const mailsOf = (page: string) =>
  world.db
    .repository(OutgoingMail)
    .find({ where: { batch: `mailing:${page.split('/').at(-1)}` }, order: { recipient: 'ASC' } });

describe('a mailing', () => {
  it('goes from a draft to mails that wait, and leaves when their number is confirmed', async () => {
    const reader = await guest({ given: '明月' });
    const page = await written();
    const shown = await organizer.get(page);
    expect(shown.body).toContain('明月');
    expect(shown.body).not.toContain('Dear {{name}}');
    const queued = await press(page, '/queue');
    expect([queued.status, queued.location]).toEqual([303, expect.stringContaining('/mail/outbox?batch=mailing')]);
    const [mail] = (await mailsOf(page)).filter(({ personId }) => personId === reader.id);
    expect(mail).toMatchObject({
      state: 'held',
      subject: expect.stringContaining('明月'),
      bulk: false,
      kind: 'mailing',
    });
    const arrived = async () =>
      (await world.mails()).filter(({ to, subject }) => to === reader.email && subject.startsWith('News'));
    expect(await arrived()).toEqual([]);
    const outbox = await organizer.get(queued.location!);
    const path = `/org/c/${house.conference.slug}/mail/outbox/sendings`;
    expect((await organizer.post(path, hiddenFields(outbox.body, path))).status).toBe(303);
    const [sent] = await arrived();
    expect(sent!.text).toMatch(/your number is W27-\d+/);
    const { _csrf } = hiddenFields((await organizer.get(page)).body, `${page}/template`);
    expect((await organizer.post(`${page}/queue`, { _csrf, version: '2', count: '1' })).status).toBe(409);
  });

  it('with a field that nobody knows, or half a language, is not saved and keeps what was typed', async () => {
    const before = await world.db.repository(Mailing).count();
    const bad = await organizer.submit(
      here('/new'),
      text({ 'body.en': 'Dear {{surname}}, welcome', 'subject.be': 'Навіны' }),
      here(),
    );
    expect(bad.status).toBe(422);
    expect(bad.body).toContain('There is no field surname.');
    expect(bad.body).toContain('A language needs both a subject and a text.');
    expect(bad.body).toContain('Dear {{surname}}, welcome');
    expect(await world.db.repository(Mailing).count()).toBe(before);
  });

  it('whose letter lacks something waits until there is a fallback or the people are left out', async () => {
    await guest({ institution: 'National Library of Armenia' });
    const lacking = await guest();
    const page = await written({ 'body.en': 'To {{institution}}' });
    expect((await organizer.get(page)).body).toContain('lack something');
    expect((await press(page, '/queue')).status).toBe(409);
    expect(await mailsOf(page)).toEqual([]);
    expect((await press(page, '/left-out')).status).toBe(303);
    expect((await press(page, '/queue')).status).toBe(303);
    const mails = await mailsOf(page);
    expect(mails.length).toBeGreaterThan(0);
    expect(mails.map(({ personId }) => personId)).not.toContain(lacking.id);
    const other = await written({ 'body.en': 'To {{institution|your library}}' });
    expect((await press(other, '/queue')).status).toBe(303);
    expect((await mailsOf(other)).map(({ personId }) => personId)).toContain(lacking.id);
  });

  it('asks again when there are others than were seen', async () => {
    const page = await written();
    const opened = await organizer.get(page);
    await guest();
    const refused = await organizer.post(`${page}/queue`, hiddenFields(opened.body, `${page}/queue`));
    expect(refused.status).toBe(409);
    expect(await mailsOf(page)).toEqual([]);
  });

  it('of news has a way to unsubscribe, and does not go to those who have', async () => {
    const [reader, gone] = [await guest(), await guest()];
    await world.get(Suppressions).unsubscribed(gone.email!, { mailId: gone.id, personId: gone.id });
    const page = await written({ isNews: 'on' });
    expect((await press(page, '/queue')).status).toBe(303);
    const mails = await mailsOf(page);
    expect(mails.find(({ personId }) => personId === reader.id)).toMatchObject({ bulk: true });
    expect(mails.find(({ personId }) => personId === gone.id)).toBeUndefined();
    const needed = await written();
    expect((await press(needed, '/queue')).status).toBe(303);
    expect((await mailsOf(needed)).find(({ personId }) => personId === gone.id)).toMatchObject({ bulk: false });
  });

  it('speaks the language of its reader where it was written, else the one that there is', async () => {
    const reader = await guest({ locale: 'be' });
    const page = await written({ 'subject.be': 'Навіны', 'body.be': 'Вітаем, {{name}}!', 'audience.locale': 'be' });
    expect((await press(page, '/queue')).status).toBe(303);
    expect(await mailsOf(page)).toEqual([
      expect.objectContaining({ personId: reader.id, locale: 'be', subject: 'Навіны' }),
    ]);
  });

  it('to people of the programme names their sessions, and can be narrowed by strand, role and day', async () => {
    const programme = { 'audience.group': 'programme', 'audience.category': '', 'body.en': 'You are in: {{sessions}}' };
    const page = await written({
      ...programme,
      'audience.strand': house.strandId,
      'audience.day': house.conference.startsOn,
    });
    expect((await organizer.get(page)).body).toContain('You are in: Section of writing');
    const nobody = await written({ ...programme, 'audience.role': 'interpreter' });
    expect((await organizer.get(nobody)).body).toContain('There is nobody to write to.');
    expect((await press(nobody, '/queue')).status).toBe(409);
  });

  it('can be tried on oneself, kept as a text in versions, and begun from it', async () => {
    const page = await written({ 'subject.en': 'Bus to the opening' });
    expect((await press(page, '/test')).status).toBe(303);
    const test = (await world.mails()).find(({ to }) => to === 'organizer@example.org')!;
    expect(test.subject).toBe('[test] Bus to the opening');
    expect((await press(page, '/template', { name: 'Bus' })).status).toBe(303);
    expect((await press(page, '/template', { name: 'bus' })).status).toBe(303);
    const list = await organizer.get(here());
    expect(list.body).toContain('version 2');
    const begin = unescapeHtml(/href="([^"]+\/new\?template[^"]+)"/.exec(list.body)![1]!);
    expect((await organizer.get(begin)).body).toContain('value="Bus to the opening"');
  });

  it('holds no words of its reader but as words [X4]', async () => {
    for (const { value } of hostile('markdown').slice(0, 5)) await guest({ given: value.slice(0, 100), locale: 'ru' });
    const page = await written({ 'audience.locale': 'ru' });
    expect((await press(page, '/queue')).status).toBe(303);
    for (const { id } of await mailsOf(page)) {
      const { mime } = await world.db
        .repository(OutgoingMail)
        .createQueryBuilder('mail')
        .addSelect('mail.mime')
        .where({ id })
        .getOneOrFail();
      expect(mime.toString()).not.toMatch(/<script|href="(?!http:\/\/127\.0\.0\.1:3000)[^"]*evil/i);
    }
  });

  it('is nobody’s who may not send', async () => {
    await staff(world, 'reader@example.org', [{ role: 'programme_editor', conferenceId: house.conference.id }]);
    const other = await signedIn(world.client(), 'reader@example.org');
    expect((await other.get(here())).status).not.toBe(200);
    const page = await written();
    expect((await other.get(page)).status).not.toBe(200);
  });
});

describe('the API of mailings', () => {
  it('writes, looks, leaves out, queues and deletes with the same rules', async () => {
    const client = await program(world, 'organizer@example.org', ['outbox:write']);
    const base = `/api/v1/conferences/${house.conference.slug}/mailings`;
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
    };
    const input = { audience, subject: { en: 'Hello {{name}}' }, body: { en: 'Text' }, isNews: false };
    expect((await client.post(base, { ...input, body: { en: '{{nothing}}' } })).status).toBe(422);
    const made = await client.post(base, input);
    expect(made.status).toBe(201);
    const { id } = made.json<{ id: string }>();
    const preview = (await client.get(`${base}/${id}/preview`)).json<{
      count: number;
      letters: { publicId: string }[];
    }>();
    expect(preview.letters).toHaveLength(preview.count);
    const first = preview.letters[0]!.publicId;
    expect((await client.send('PUT', `${base}/${id}/left-out`, { people: [first] }, 1)).status).toBe(200);
    expect((await client.post(`${base}/${id}/queue`, { count: preview.count }, 2)).status).toBe(409);
    expect((await client.post(`${base}/${id}/queue`, { count: preview.count - 1 }, 1)).status).toBe(412);
    expect((await client.post(`${base}/${id}/queue`, { count: preview.count - 1 }, 2)).json()).toEqual({
      batch: `mailing:${id}`,
      count: preview.count - 1,
    });
    expect((await client.send('DELETE', `${base}/${id}`, undefined, 3)).status).toBe(409);
  });
});
