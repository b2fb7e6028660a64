import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccessLinks } from '../../../../../src/features/accounts/index.js';
import type { Conference } from '../../../../../src/features/conferences/index.js';
import type { Institution } from '../../../../../src/features/cooperation/index.js';
import { Quota, QuotaPlace, Quotas } from '../../../../../src/features/invitations/index.js';
import { PlaceEnds } from '../../../../../src/features/invitations/quotas/place-ends.service.js';
import { Consent, People, Person } from '../../../../../src/features/people/index.js';
import { Registration } from '../../../../../src/features/registration/index.js';
import { OutgoingMail } from '../../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client, type Fields } from '../../../../support/client.js';
import { openConference, register } from '../../../../support/conference.js';
import { hostile } from '../../../../support/hostile.js';
import { signedIn, staff } from '../../../../support/house.js';
import { partner, sentQuota } from '../../../../support/partners.js';
import type { SentMail } from '../../../../support/recording-transport.js';

let world: TestApp;
let conference: Conference;

beforeAll(async () => {
  world = await startApp();
  conference = await openConference(world, { capacity: 100 });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

let serial = 0;
const guest = (changes: Fields = {}): Fields => ({
  given: 'Айгүл',
  family: 'Нұрланова',
  email: `guest-${++serial}@example.org`,
  position: 'кітапханашы',
  locale: 'ru',
  told: 'on',
  ...changes,
});
const base = () => `/org/c/${conference.slug}/quotas`;
const mailsTo = async (email: string): Promise<SentMail[]> => (await world.mails()).filter(({ to }) => to === email);
const lastTo = async (email: string): Promise<SentMail> => (await mailsTo(email)).at(-1)!;
const pathIn = (mail: SentMail, part: string): string => new URL(mail.link(part)).pathname;
const quotaOf = (id: string) => world.db.repository(Quota).findOneByOrFail({ id });
const placesOf = (quotaId: string) =>
  world.db.repository(QuotaPlace).find({ where: { quotaId }, order: { createdAt: 'ASC', id: 'ASC' } });
const registrationOf = async (email: string): Promise<Registration | null> => {
  const person = await world.db.repository(Person).findOneBy({ emailKey: email });
  return person && world.db.repository(Registration).findOneBy({ personId: person.id, conferenceId: conference.id });
};

/** A quota whose focal point has opened the link. */
async function asked(places = 3): Promise<{ quota: Quota; page: string; visitor: Client; institution: Institution }> {
  const { institution, focalPoint } = await partner(world, `Library ${++serial}`);
  const quota = await sentQuota(world, conference.id, institution.id, { places });
  const page = pathIn(await lastTo(focalPoint!.email!), '/quota/');
  return { quota, page, visitor: world.client(), institution };
}

const name = async (visitor: Client, page: string, fields: Fields): Promise<Answer> =>
  visitor.submit(page, fields, `${page}/places`);
const guestPath = (body: string): string =>
  new URL(unescapeHtml(/value="([^"]*\/quota-place\/[^"]*)"/.exec(body)![1]!)).pathname;

async function alone(visitor: Client, path: string, changes: Fields = {}): Promise<Answer> {
  const opened = await visitor.get(path);
  const { locale: _locale, told: _told, ...fields } = guest({ country: 'KZ', phone: '', consent: 'on', ...changes });
  return visitor.post(path, { ...hiddenFields(opened.body, path), ...fields });
}

async function agree(visitor: Client, path: string, answer = 'agree'): Promise<Answer> {
  return visitor.submit(path, { answer, consent: 'on' });
}

describe('inviting institutions', () => {
  it('previews those with an agreement and a focal point, and names the others with the reason', async () => {
    await partner(world, 'Reachable');
    await partner(world, 'Silent', 'nobody');
    await partner(world, 'Unreachable', 'no address');
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const { body } = await organizer.get(`${base()}/new`);
    const [ready, skipped] = body.split('id="skipped-title"');
    expect(ready).toContain('Reachable');
    expect(ready).not.toMatch(/Silent|Unreachable/);
    expect(skipped).toMatch(/Silent<\/bdi><\/a> — no focal point is named/);
    expect(skipped).toMatch(/Unreachable<\/bdi><\/a> — the focal point has no e-mail address/);
  });

  it('makes drafts, previews their letters, and sends them when their number is confirmed', async () => {
    const { institution, focalPoint } = await partner(world, 'Drafted');
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const terms = { places: '3', consentDays: '14', category: 'invited_guest', 'message.en': 'Do come!' };
    const deadline = new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 16);
    const drafted = await organizer.submit(
      `${base()}/new`,
      { ...terms, deadline, institutions: [institution.publicId] },
      base(),
    );
    expect(drafted.status).toBe(303);
    expect(await mailsTo(focalPoint!.email!)).toEqual([]);
    const preview = await organizer.get(`${base()}/sending`);
    expect(preview.body).toContain('Do come!');
    expect(preview.body).not.toMatch(/\/quota\/[\w-]{20}/);
    const tooMany = await organizer.submit(`${base()}/sending`, { count: '7' });
    expect([tooMany.status, (await mailsTo(focalPoint!.email!)).length]).toEqual([409, 0]);
    expect((await organizer.submit(`${base()}/sending`, {})).status).toBe(303);
    const letter = await lastTo(focalPoint!.email!);
    expect(letter.subject).toContain('3 places');
    expect(letter.text).toContain('Do come!');
    const again = await organizer.get(`${base()}/new`);
    expect(again.body.split('id="skipped-title"')[1]).toMatch(/Drafted<\/bdi><\/a> — has a quota already/);
  });

  it('keeps everything that was typed when something is wrong', async () => {
    const { institution } = await partner(world, 'Typed');
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const fields = { places: '0', consentDays: '14', category: 'listener', 'message.be': 'Прыязджайце' };
    const answer = await organizer.submit(
      `${base()}/new`,
      { ...fields, deadline: '2020-01-01T10:00', institutions: [institution.publicId] },
      base(),
    );
    expect(answer.status).toBe(422);
    expect(answer.body).toContain('Прыязджайце');
    expect(answer.body).toContain(`value="${institution.publicId}" checked`);
    const past = await organizer.submit(
      `${base()}/new`,
      { ...fields, places: '3', deadline: '2020-01-01T10:00', institutions: [institution.publicId] },
      base(),
    );
    expect([past.status, past.body.includes('This time is over already')]).toEqual([422, true]);
  });
});

describe('a focal point', () => {
  it('registers two on behalf, passes a link to a third; the fourth is refused; one is replaced, and there are still three', async () => {
    const { quota, page, visitor } = await asked();
    const opened = await visitor.get(page);
    expect(opened.body).toContain('3 places are free.');
    const [first, second] = [guest(), guest({ given: 'Бауыржан', family: 'Әбдіғалиев' })];
    expect((await name(visitor, page, first)).status).toBe(303);
    expect((await name(visitor, page, second)).status).toBe(303);
    const third = await alone(world.client(), guestPath((await visitor.get(page)).body), { given: 'Гүлнәр' });
    expect(third.status).toBe(303);
    const full = await visitor.get(page);
    expect(full.body).toContain('All places are taken');
    expect((await quotaOf(quota.id)).taken).toBe(3);
    const fourth = await visitor.post(`${page}/places`, { ...hiddenFields(opened.body, `${page}/places`), ...guest() });
    expect([fourth.status, fourth.body.includes('All places (3) are taken')]).toEqual([409, true]);

    const [place] = await placesOf(quota.id);
    const replacement = guest({ given: 'Жанар', family: 'Өтегенова' });
    const placePage = `${page}/places/${place!.id}`;
    const replaced = await visitor.submit(placePage, replacement, `${placePage}/substitution`);
    expect(replaced.status).toBe(303);
    const people = (await placesOf(quota.id)).filter(({ state }) => state !== 'ended').map((one) => one.name);
    expect(people.toSorted()).toEqual(['Бауыржан Әбдіғалиев', 'Гүлнәр Нұрланова', 'Жанар Өтегенова']);
    expect((await quotaOf(quota.id)).taken).toBe(3);
    // Nothing is left of the first, who never agreed.
    expect(await registrationOf(String(first['email']))).toBeNull();
    expect(await world.db.repository(Person).findOneBy({ emailKey: String(first['email']) })).toBeNull();
    expect(await registrationOf(String(replacement['email']))).toMatchObject({ approval: 'not_needed' });
  });

  it('is heard provisionally: the named person is asked, and only their own yes counts', async () => {
    const { quota, page, visitor } = await asked();
    const person = guest();
    const email = String(person['email']);
    await name(visitor, page, person);
    const before = await registrationOf(email);
    expect(before!.provisionalUntil).not.toBeNull();
    const consents = () =>
      world.db.repository(Consent).find({ where: { personId: before!.personId }, order: { at: 'ASC' } });
    expect((await consents()).map(({ channel, given }) => [channel, given])).toEqual([['focal', true]]);
    const mails = await mailsTo(email);
    expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('Подтвердите участие')]);

    const consent = pathIn(mails[0]!, '/quota-consent/');
    const reader = world.client();
    const page1 = await reader.get(consent);
    const page2 = await reader.get(consent);
    expect([page1.status, page2.status, (await registrationOf(email))!.provisionalUntil]).toEqual([
      200,
      200,
      before!.provisionalUntil,
    ]);
    const unticked = await reader.submit(consent, { answer: 'agree' });
    expect(unticked.status).toBe(422);
    world.clock.advance({ minutes: 5 });
    expect((await agree(reader, consent)).status).toBe(303);
    expect((await registrationOf(email))!.provisionalUntil).toBeNull();
    expect((await consents()).map(({ channel, given }) => [channel, given])).toEqual([
      ['focal', true],
      ['web', true],
    ]);
    const [place] = await placesOf(quota.id);
    expect([place!.state, place!.consentUntil]).toEqual(['confirmed', null]);
    // Now they get their number and page, once.
    const received = (await mailsTo(email)).filter(({ subject }) => subject.includes(before!.number));
    expect(received).toHaveLength(1);
    expect((await reader.get(consent)).body).toContain('Ваше участие подтверждено');
  });

  it('has the place back when the person does not agree in time, and nothing of them is left anywhere', async () => {
    const { quota, page, visitor } = await asked();
    const person = guest({ family: 'Тұрсынқызы-Canary' });
    const email = String(person['email']);
    await name(visitor, page, person);
    const consent = pathIn(await lastTo(email), '/quota-consent/');
    const { personId } = (await registrationOf(email))!;
    world.clock.advance({ hours: 24 * 14 - 1 });
    await world.get(PlaceEnds).lapseDue();
    expect((await placesOf(quota.id)).map(({ state }) => state)).toEqual(['named']);
    world.clock.advance({ hours: 1 });
    // The job has not run yet, and still it is too late.
    const reader = world.client();
    expect((await reader.get(consent)).body).toContain('ваших сведений здесь нет');
    expect(await world.get(PlaceEnds).lapseDue()).toBe(1);
    expect(await world.get(PlaceEnds).lapseDue()).toBe(0);
    expect((await quotaOf(quota.id)).taken).toBe(0);
    const dump = new Map<string, string>();
    for (const { tableName } of world.db.manager.connection.entityMetadatas)
      dump.set(tableName, JSON.stringify(await world.db.manager.query(`SELECT * FROM ${tableName}`)));
    for (const [table, rows] of dump) {
      for (const trace of ['Canary', email])
        expect([table, trace, rows.includes(trace)]).toEqual([table, trace, false]);
      // The journal keeps the opaque id: it says that somebody was there, not who.
      if (table !== 'journal_entries') expect([table, rows.includes(personId)]).toEqual([table, false]);
    }
    const told = await lastTo((await world.db.repository(Person).findOneByOrFail({ id: quota.personId })).email!);
    expect([told.subject.includes('A place is free again'), told.raw.includes('Canary')]).toEqual([true, false]);
    expect((await name(visitor, page, guest())).status).toBe(303);
  });

  it('keeps the person who was known before, and their own registration, when they do not answer', async () => {
    const { quota, page, visitor } = await asked();
    const email = `known-${++serial}@example.org`;
    await register(world.client(), conference, { email, given: 'Anna', family: 'Kowalska' });
    const own = await registrationOf(email);
    await name(visitor, page, guest({ email, given: 'Wrong', family: 'Name' }));
    // What the house knows of the address is not told by the page.
    const { body } = await visitor.get(page);
    expect([body.includes('Wrong Name'), body.includes('Kowalska'), body.includes('own consent awaited')]).toEqual([
      true,
      false,
      true,
    ]);
    world.clock.advance({ hours: 24 * 15 });
    await world.get(PlaceEnds).lapseDue();
    expect(await registrationOf(email)).toMatchObject({ id: own!.id, approval: 'not_needed', provisionalUntil: null });
    expect((await world.db.repository(Person).findOneBy({ emailKey: email }))!.family).toBe('Kowalska');
    expect((await quotaOf(quota.id)).taken).toBe(0);
  });

  it('has the place back at once when the person refuses; their address was known: only the claim goes', async () => {
    const { quota, page, visitor } = await asked();
    const email = `refuses-${++serial}@example.org`;
    const known = await world.get(People).create({ given: 'Known', family: 'Before', email, locale: 'en' });
    await name(visitor, page, guest({ email }));
    const consent = pathIn(await lastTo(email), '/quota-consent/');
    expect((await agree(world.client(), consent, 'refuse')).status).toBe(303);
    expect(await registrationOf(email)).toBeNull();
    expect(await world.db.repository(Person).findOneBy({ id: known.id })).toMatchObject({ family: 'Before' });
    const said = await world.db.repository(Consent).find({ where: { personId: known.id }, order: { id: 'ASC' } });
    expect(said.map(({ given, channel }) => [given, channel])).toEqual([
      [true, 'focal'],
      [false, 'focal'],
    ]);
    expect((await quotaOf(quota.id)).taken).toBe(0);
  });

  it('may be agreed to on the own page, too, and is then confirmed', async () => {
    const { quota, page, visitor } = await asked();
    const email = `own-page-${++serial}@example.org`;
    await name(visitor, page, guest({ email }));
    const registration = (await registrationOf(email))!;
    const { token } = await world.get(AccessLinks).issue({
      purpose: 'sign-in',
      subjectId: registration.personId,
      minutes: 30,
    });
    const reader = world.client();
    await reader.submit(`/en/link/${token}`, {});
    const consents = `/en/my/${registration.publicId}/consents`;
    expect((await reader.submit(consents, { registration: 'on' })).status).toBe(303);
    expect((await registrationOf(email))!.provisionalUntil).toBeNull();
    expect((await placesOf(quota.id)).map(({ state }) => state)).toEqual(['confirmed']);
  });

  it('naming somebody twice changes nothing, also when both come at once', async () => {
    const { quota, page, visitor } = await asked();
    const person = guest();
    const form = hiddenFields((await visitor.get(page)).body, `${page}/places`);
    const both = await Promise.all([1, 2].map(() => visitor.post(`${page}/places`, { ...form, ...person })));
    expect(both.map(({ status }) => status)).toEqual([303, 303]);
    expect((await name(visitor, page, person)).status).toBe(303);
    expect([(await quotaOf(quota.id)).taken, (await placesOf(quota.id)).length]).toEqual([1, 1]);
    expect(await mailsTo(String(person['email']))).toHaveLength(1);
  });

  it('[P27] names no more than ten an hour: the eleventh is told to wait', async () => {
    const { page, visitor } = await asked(20);
    for (let n = 0; n < 10; n++) expect((await name(visitor, page, guest())).status).toBe(303);
    const eleventh = await name(visitor, page, guest());
    expect([eleventh.status, eleventh.headers['retry-after'] !== undefined]).toEqual([429, true]);
  });

  it('who sends nobody is not reminded, and may name somebody after all', async () => {
    const { quota, page, visitor } = await asked();
    expect((await visitor.submit(page, {}, `${page}/refusal`)).status).toBe(303);
    expect((await quotaOf(quota.id)).state).toBe('declined');
    expect((await name(visitor, page, guest())).status).toBe(303);
    expect(await quotaOf(quota.id)).toMatchObject({ state: 'queued', taken: 1 });
  });

  it('sees only a list after the deadline', async () => {
    const { page, visitor } = await asked();
    const opened = await visitor.get(page);
    world.clock.advance({ hours: 24 * 31 });
    const late = await visitor.post(`${page}/places`, { ...hiddenFields(opened.body, `${page}/places`), ...guest() });
    expect([late.status, late.body.includes('The deadline is over')]).toEqual([409, true]);
    expect((await visitor.get(page)).body).not.toContain('name="given"');
  });

  it.each(
    [...hostile('name'), ...hostile('xss'), ...hostile('markdown')]
      .filter(({ verdict }) => verdict === 'keep')
      .slice(0, 30)
      .map(({ id, value }) => [id, value]),
  )('[X1] [X4] may name anybody exactly as they are called: %s', async (_id, value) => {
    const { page, visitor } = await asked(1);
    const person = guest({ given: value, family: '', mononym: 'on' });
    expect((await name(visitor, page, person)).status).toBe(303);
    const { body } = await visitor.get(page);
    expect(unescapeHtml(body)).toContain(value);
    const mail = await lastTo(String(person['email']));
    const links = [...mail.html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href!);
    expect(links.filter((href) => !/^http:\/\/127\.0\.0\.1|^mailto:/.test(href))).toEqual([]);
    expect(mail.html).not.toMatch(/<script|<img|onerror=/i);
  });
});

describe('the link that is passed on', () => {
  it('registers once for each form, and shows nothing of the others', async () => {
    const { quota, page, visitor } = await asked();
    const person = guest({ family: 'Named-by-focal-point' });
    await name(visitor, page, person);
    const path = guestPath((await visitor.get(page)).body);
    const reader = world.client();
    const opened = await reader.get(path);
    expect(opened.body).not.toContain('Named-by-focal-point');
    const { locale: _locale, told: _told, ...fields } = guest({ country: 'KZ', phone: '', consent: 'on' });
    const body = { ...hiddenFields(opened.body, path), ...fields };
    const posts = [await reader.post(path, body), await reader.post(path, body)];
    expect(posts.map(({ status }) => status)).toEqual([303, 303]);
    expect((await quotaOf(quota.id)).taken).toBe(2);
    const registration = await registrationOf(String(fields['email']));
    expect(registration).toMatchObject({ category: 'invited_guest', provisionalUntil: null });
    expect(
      (await mailsTo(String(fields['email']))).map(({ subject }) => subject.includes(registration!.number)),
    ).toEqual([true]);
  });

  it('[T5] answers the same for an address that is registered already, whose owner is told', async () => {
    const { quota, page, visitor } = await asked();
    const email = `already-${++serial}@example.org`;
    await register(world.client(), conference, { email });
    const path = guestPath((await visitor.get(page)).body);
    const [fresh, known] = [await alone(world.client(), path), await alone(world.client(), path, { email })];
    expect([known.status, known.location]).toEqual([fresh.status, fresh.location]);
    const { body } = await visitor.get(page);
    expect([...body.matchAll(/registered alone/g)]).toHaveLength(2);
    expect((await quotaOf(quota.id)).taken).toBe(2);
    expect((await lastTo(email)).subject).toContain('You come for your institution');
  });

  it('says in words that all places are taken', async () => {
    const { page, visitor } = await asked(1);
    const path = guestPath((await visitor.get(page)).body);
    await alone(world.client(), path);
    const late = await world.client().get(path);
    expect([late.status, late.body.includes('All places of'), late.body.includes('name="given"')]).toEqual([
      200,
      true,
      false,
    ]);
  });

  it('[P27] refuses a form without its stamp, and says nothing to a robot', async () => {
    const { quota, page, visitor } = await asked();
    const path = guestPath((await visitor.get(page)).body);
    const reader = world.client();
    const { locale: _l, told: _t, ...fields } = guest({ country: 'KZ', phone: '', consent: 'on' });
    const { _csrf } = hiddenFields((await reader.get(path)).body, path);
    expect((await reader.post(path, { _csrf, _key: 'invented', ...fields })).status).toBe(422);
    expect((await alone(reader, path, { website: 'https://spam.example' })).status).toBe(303);
    expect((await quotaOf(quota.id)).taken).toBe(0);
  });
});

describe('what organizers do meanwhile', () => {
  it('cancelling a registration frees its place', async () => {
    const { quota, page, visitor } = await asked();
    const person = guest();
    const email = String(person['email']);
    await name(visitor, page, person);
    await agree(world.client(), pathIn(await lastTo(email), '/quota-consent/'));
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const registration = await registrationOf(email);
    const card = `/org/c/${conference.slug}/registrations/${registration!.publicId}`;
    expect((await organizer.submit(card, { sure: 'on' }, `${card}/cancellation`)).status).toBe(303);
    expect((await quotaOf(quota.id)).taken).toBe(0);
    expect((await placesOf(quota.id)).map(({ state, ended, name: typed }) => [state, ended, typed])).toEqual([
      ['ended', 'cancelled', null],
    ]);
  });

  it('replacing somebody who has agreed cancels that registration, and its mail goes out', async () => {
    const { page, visitor, quota } = await asked();
    const person = guest();
    const email = String(person['email']);
    await name(visitor, page, person);
    await agree(world.client(), pathIn(await lastTo(email), '/quota-consent/'));
    const [place] = await placesOf(quota.id);
    const placePage = `${page}/places/${place!.id}`;
    await visitor.submit(placePage, guest(), `${placePage}/substitution`);
    expect(await registrationOf(email)).toMatchObject({ approval: 'cancelled' });
    expect((await lastTo(email)).subject).toMatch(/отмен/i);
  });

  it('fewer places than are taken are refused, more are given at once', async () => {
    const { quota, page, visitor } = await asked(2);
    await name(visitor, page, guest());
    await name(visitor, page, guest());
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const card = `${base()}/${quota.id}`;
    const save = async (places: string) => {
      const { body } = await organizer.get(card);
      const deadline = /name="deadline"[^>]*value="([^"]*)"/.exec(body)![1]!;
      const fields = { places, deadline, consentDays: '14', message: '', locale: 'en' };
      return organizer.submit(card, fields, `${card}/letter`);
    };
    const fewer = await save('1');
    expect([fewer.status, fewer.body.includes('People named already: 2')]).toEqual([409, true]);
    expect((await save('3')).status).toBe(303);
    expect((await name(visitor, page, guest())).status).toBe(303);
  });

  it('withdrawing ends the links and whoever has not agreed; who has stays', async () => {
    const { quota, page, visitor } = await asked();
    const [waiting, agreed] = [guest(), guest()];
    await name(visitor, page, waiting);
    await name(visitor, page, agreed);
    await agree(world.client(), pathIn(await lastTo(String(agreed['email'])), '/quota-consent/'));
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const card = `${base()}/${quota.id}`;
    expect((await organizer.submit(card, { sure: 'on' }, `${card}/withdrawal`)).status).toBe(303);
    expect(await registrationOf(String(waiting['email']))).toBeNull();
    expect(await registrationOf(String(agreed['email']))).toMatchObject({ approval: 'not_needed' });
    const dead = await visitor.get(page);
    expect([
      dead.status,
      dead.body.includes('have withdrawn these places'),
      dead.body.includes('name="given"'),
    ]).toEqual([200, true, false]);
    const focalPoint = await world.db.repository(Person).findOneByOrFail({ id: quota.personId });
    expect((await lastTo(focalPoint.email!)).subject).toContain('Places withdrawn');
  });

  it('withdrawing before the letter has left takes it back, and nobody hears of it', async () => {
    const { institution, focalPoint } = await partner(world, `Unsent ${++serial}`);
    const quota = await sentQuota(world, conference.id, institution.id);
    await world.get(Quotas).withdraw(quota);
    expect(await mailsTo(focalPoint!.email!)).toEqual([]);
    const letter = await world.db.repository(OutgoingMail).findOneByOrFail({ id: quota.mailId! });
    expect(letter.state).toBe('discarded');
  });

  it('reminders wait for their number, and are taken back when the places are filled', async () => {
    const { quota, page, visitor } = await asked(1);
    const organizer = await signedIn(world.client(), 'organizer@example.org');
    const reminded = await organizer.submit(base(), {}, `${base()}/reminders`);
    expect(reminded.location).toContain('/mail/outbox?batch=quota-reminders-');
    const held = () => world.db.repository(OutgoingMail).findBy({ about: `quota:${quota.id}`, kind: 'quota-reminder' });
    expect((await held()).map(({ state }) => state)).toEqual(['held']);
    await name(visitor, page, guest());
    expect((await held()).map(({ state }) => state)).toEqual(['discarded']);
  });
});
