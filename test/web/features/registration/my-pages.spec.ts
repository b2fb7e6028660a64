import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Consents, People } from '../../../../src/features/people/index.js';
import { Programmes, Releases, Sessions } from '../../../../src/features/programme/index.js';
import { Registration, SettingsOfRegistration, WaitingList } from '../../../../src/features/registration/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Answer, type Client, type Fields } from '../../../support/client.js';
import { openConference, register } from '../../../support/conference.js';

let world: TestApp;

beforeAll(async () => {
  world = await startApp();
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const mailsTo = async (to: string) => (await world.mails()).filter((mail) => mail.to === to);
const rowOf = async (email: string): Promise<Registration> => {
  const person = await world.get(People).byEmail(email);
  return world.db.repository(Registration).findOneByOrFail({ personId: person!.id });
};
const field = (html: string, name: string): string | undefined => new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1];

/** Registers and comes in by the link of the mail: the visitor stands on the personal page. */
async function delegateIn(conference: Conference, email: string, changes: Fields = {}): Promise<{ visitor: Client; home: string; row: Registration }> {
  const visitor = world.client();
  await register(visitor, conference, { email, ...changes });
  const link = (await mailsTo(email))[0]!.link('/en/link/');
  const page = await visitor.get(link);
  const path = new URL(link).pathname;
  const entered = await visitor.post(path, { ...hiddenFields(page.body, path), next: field(page.body, 'next') });
  const row = await rowOf(email);
  expect([entered.status, entered.location]).toEqual([303, `/en/my/${row.publicId}`]);
  return { visitor, home: `/en/my/${row.publicId}`, row };
}

/** Posts the form of a page, or the one with another action on it. */
async function send(visitor: Client, page: string, fields: Fields, action = page): Promise<Answer> {
  const opened = await visitor.get(page);
  expect(opened.status).toBe(200);
  return visitor.post(action, { ...hiddenFields(opened.body, action), ...fields });
}

describe('J2 the link of the registration mail', () => {
  it('survives a mail scanner and leads to the task list [T3]', async () => {
    const conference = await openConference(world);
    const scanned = world.client();
    await register(scanned, conference, { email: 'scanner@example.org', category: 'speaker' });
    const link = (await mailsTo('scanner@example.org'))[0]!.link('/en/link/');
    for (let i = 0; i < 2; i++) {
      expect((await world.client().get(link)).status).toBe(200);
      expect((await world.client().head(link)).status).toBe(200);
    }
    const visitor = world.client();
    const path = new URL(link).pathname;
    const entered = await visitor.post(path, { ...hiddenFields((await visitor.get(link)).body, path) });
    const page = await visitor.follow(entered);
    expect(page.status).toBe(200);
    for (const task of ['Profile and name on the badge', 'Paper', 'Sessions of the programme', 'Diet and special needs', 'Consents']) expect(page.body).toContain(task);
    expect(page.body).toContain('C27-0001');
    expect(page.body).toContain('Your place is kept');
    expect((await visitor.get('/en/my')).body).toContain('C27-0001');
  });

  it('is nobody else’s: another person’s registration is 404', async () => {
    const conference = await openConference(world);
    const one = await delegateIn(conference, 'one@example.org');
    const two = await delegateIn(conference, 'two@example.org');
    for (const page of ['', '/profile', '/sessions', '/needs', '/consents', '/cancel', '/paper']) {
      expect((await two.visitor.get(`${one.home}${page}`)).status).toBe(404);
    }
    const own = await two.visitor.get(`${two.home}/cancel`);
    const tried = await two.visitor.post(`${one.home}/cancel`, { ...hiddenFields(own.body, `${two.home}/cancel`), way: 'cancel', sure: 'on' });
    expect([tried.status, (await rowOf('one@example.org')).approval]).toEqual([404, 'not_needed']);
    expect((await world.client().get(one.home)).location).toBe(`/en/sign-in?next=${encodeURIComponent(one.home)}`);
  });
});

describe('the tasks', () => {
  it('save the profile: badge name, patronymic, language of letters', async () => {
    const { visitor, home, row } = await delegateIn(await openConference(world), 'profile@example.org');
    const page = await visitor.get(`${home}/profile`);
    expect(page.body).toContain('value="Kowalska"');
    const saved = await send(visitor, `${home}/profile`, { given: 'Ганна', family: 'Кавальская', patronymic: 'Янаўна', badgeName: 'Hanna 欧', institution: 'НББ', position: 'бібліёграф', country: 'BY', phone: '+375 17 293 27 00', locale: 'be' });
    expect([saved.status, saved.location]).toEqual([303, home]);
    const person = await world.get(People).byId(row.personId);
    expect([person!.badgeName, person!.patronymic, person!.locale, person!.phoneE164]).toEqual(['Hanna 欧', 'Янаўна', 'be', '+375172932700']);
    expect((await rowOf('profile@example.org')).locale).toBe('be');
    expect((await visitor.get(home)).body).toContain('done');
  });

  it('refuse a profile that somebody changed meanwhile, everything kept', async () => {
    const { visitor, home, row } = await delegateIn(await openConference(world), 'stale@example.org');
    const hidden = hiddenFields((await visitor.get(`${home}/profile`)).body, `${home}/profile`);
    const person = (await world.get(People).byId(row.personId))!;
    await world.get(People).update(person, { position: 'Director' });
    const refused = await visitor.post(`${home}/profile`, { ...hidden, given: 'Anna', family: 'Mine', institution: 'X', position: 'Y', country: 'PL', locale: 'en' });
    expect([refused.status, refused.body.includes('value="Mine"')]).toEqual([409, true]);
  });

  it('propose what an unproven form said, and take it only on the owner’s word', async () => {
    await delegateIn(await openConference(world), 'claims@example.org');
    const second = await openConference(world);
    const visitor = world.client();
    await register(visitor, second, { email: 'claims@example.org', given: 'Hanna', institution: 'New Library' });
    const link = (await mailsTo('claims@example.org'))[1]!.link('/en/link/');
    const path = new URL(link).pathname;
    const opened = await visitor.get(link);
    const home = (await visitor.post(path, { ...hiddenFields(opened.body, path) })).location!;
    const page = await visitor.get(`${home}/profile`);
    expect(page.body).toContain('You wrote this differently when registering');
    await send(visitor, `${home}/profile`, { answer: 'take' }, `${home}/profile/claims`);
    const person = await world.get(People).byEmail('claims@example.org');
    expect([person!.given, person!.family, person!.institution]).toEqual(['Hanna', 'Kowalska', 'New Library']);
    expect((await visitor.get(`${home}/profile`)).body).not.toContain('You wrote this differently');
  });

  it('seal diet and access needs: no plain text in table, journal or mails', async () => {
    const { visitor, home, row } = await delegateIn(await openConference(world), 'needs@example.org');
    const refused = await send(visitor, `${home}/needs`, { diet: 'canary-lactose', access: '' });
    expect([refused.status, refused.body.includes('canary-lactose')]).toEqual([422, true]);
    const saved = await send(visitor, `${home}/needs`, { diet: 'canary-lactose', access: 'wheelchair-canary', consent: 'on' });
    expect(saved.status).toBe(303);
    const stored = JSON.stringify(await world.db.manager.query('SELECT * FROM needs'));
    expect(stored).toContain('v1.');
    expect(stored).not.toContain('canary');
    expect(JSON.stringify(await world.db.repository(JournalEntry).find())).not.toContain('canary');
    expect((await world.mails()).every((mail) => !mail.raw.includes('canary'))).toBe(true);
    const page = await visitor.get(`${home}/needs`);
    expect(page.body).toContain('canary-lactose');
    expect((await world.get(Consents).current(row.personId)).get('special')?.given).toBe(true);
    world.clock.advance({ minutes: 1 });
    expect((await send(visitor, `${home}/needs`, { diet: '', access: '' })).status).toBe(303);
    expect((await world.get(Consents).current(row.personId)).get('special')?.given).toBe(false);
  });

  it('record each consent as a row of its own, withdrawal too', async () => {
    const { visitor, home, row } = await delegateIn(await openConference(world), 'consents@example.org');
    await send(visitor, `${home}/consents`, { listing: 'on', photo: 'on' });
    world.clock.advance({ minutes: 1 });
    await send(visitor, `${home}/consents`, { listing: 'on' });
    const history = await world.get(Consents).history(row.personId);
    expect(history.map(({ purpose, given }) => `${purpose} ${given}`).sort()).toEqual(['future false', 'listing true', 'photo false', 'photo true', 'registration true']);
  });

  it('choose released sessions within their places, clashes said; a restricted one cannot be joined by a direct POST [P6]', async () => {
    const conference = await openConference(world);
    const programme = await world.get(Programmes).ofOwner(conference.id);
    const start = new Date(`${conference.startsOn}T07:00:00Z`);
    const add = async (title: string, minutes: number, capacity: number | null) =>
      (await world.get(Sessions).add(programme.id, { kind: 'workshop', title: { en: title }, capacity, place: { start: new Date(start.getTime() + minutes * 60_000), minutes: 60 } })).session;
    const [small, other] = [await add('Paper conservation', 0, 1), await add('Metadata', 30, null)];
    const { session: closed } = await world.get(Sessions).add(programme.id, { kind: 'meeting', title: { en: 'Closed meeting' }, restricted: true, place: { start, minutes: 30 } });
    const { session: draft } = await world.get(Sessions).add(programme.id, { kind: 'seminar', title: { en: 'In the tray' } });
    await world.get(Releases).publish(programme.id, {});
    const one = await delegateIn(conference, 'chooser@example.org');
    const page = await one.visitor.get(`${one.home}/sessions`);
    expect(page.body).toContain('1 place left');
    const clash = await send(one.visitor, `${one.home}/sessions`, { sessions: [small.id, other.id] });
    expect(clash.location).toBe(`${one.home}/sessions`);
    expect((await one.visitor.follow(clash)).body).toContain('At the same time: Metadata');
    const two = await delegateIn(conference, 'late@example.org');
    const full = await send(two.visitor, `${two.home}/sessions`, { sessions: [small.id, other.id] });
    expect([full.status, full.body.includes('There is no place left in “Paper conservation”')]).toEqual([422, true]);
    await send(one.visitor, `${one.home}/sessions`, { sessions: [other.id] });
    expect((await send(two.visitor, `${two.home}/sessions`, { sessions: [small.id] })).status).toBe(303);
    expect(page.body).not.toContain('Closed meeting');
    for (const id of [closed.id, draft.id, '0190f000-0000-7000-8000-00000000dead']) expect((await send(two.visitor, `${two.home}/sessions`, { sessions: [id] })).status).toBe(422);
    expect((await two.visitor.get('/en/my')).body).toContain('Paper conservation');
    await send(two.visitor, `${two.home}/cancel`, { way: 'cancel', sure: 'on' });
    expect((await send(one.visitor, `${one.home}/sessions`, { sessions: [small.id] })).status).toBe(303);
  });
});

describe('J3 the paper, first half', () => {
  it('says how many words are too many, keeps the text, saves drafts and submits', async () => {
    const conference = await openConference(world);
    const { visitor, home } = await delegateIn(conference, 'speaker@example.org', { category: 'speaker' });
    const long = await send(visitor, `${home}/paper`, { step: 'draft', title: 'Старадрукі', abstract: 'слова '.repeat(503), language: 'be' });
    expect(long.status).toBe(422);
    expect(long.body).toContain('The abstract has 503 words, at most 500 are allowed. Shorten it by 3.');
    expect(long.body).toContain('слова слова');
    const draft = await send(visitor, `${home}/paper`, { step: 'draft', title: 'Старадрукі', abstract: 'слова '.repeat(500), language: 'be' });
    expect([draft.status, draft.location]).toEqual([303, `${home}/paper`]);
    expect((await visitor.get(home)).body).toContain('The draft is saved but not submitted yet');
    const empty = await send(visitor, `${home}/paper`, { step: 'submit', title: '', abstract: 'слова', language: 'be' });
    expect([empty.status, empty.body.includes('Enter the title')]).toEqual([422, true]);
    expect((await send(visitor, `${home}/paper`, { step: 'submit', title: 'Старадрукі', abstract: 'слова', language: 'be' })).location).toBe(home);
  });

  it('is closed with a reason once the conference has begun', async () => {
    const day = (days: number): string => new Date(world.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
    const conference = await openConference(world, {}, { startsOn: day(2), endsOn: day(4) });
    const { visitor, home } = await delegateIn(conference, 'begun@example.org', { category: 'speaker' });
    const hidden = hiddenFields((await visitor.get(`${home}/paper`)).body, `${home}/paper`);
    world.clock.advance({ days: 3 });
    expect((await visitor.get(`${home}/paper`)).body).toContain('The conference has begun');
    const late = await visitor.post(`${home}/paper`, { ...hidden, step: 'submit', title: 'Late', abstract: 'Late', language: 'en' });
    expect([late.status, late.body.includes('The conference has begun')]).toEqual([409, true]);
  });

  it('is not there for those who give no paper', async () => {
    const { visitor, home } = await delegateIn(await openConference(world), 'quiet@example.org');
    expect((await visitor.get(`${home}/paper`)).status).toBe(404);
  });
});

describe('J10 cancelling, and the waiting list', () => {
  it('tells place or waiting list by mail, and offers a freed place to the first who waits', async () => {
    const conference = await openConference(world, { capacity: 1, offerHours: 24 });
    const first = await delegateIn(conference, 'first@example.org');
    const answers = [await register(world.client(), conference, { email: 'second@example.org' }), await register(world.client(), conference, { email: 'third@example.org' })];
    expect(answers.map(({ location }) => location)).toEqual([1, 2].map(() => `/en/c/${conference.slug}/registered`));
    expect((await mailsTo('second@example.org'))[0]!.subject).toBe('You are on the waiting list, No C27-0002');
    expect((await mailsTo('second@example.org'))[0]!.ics).toBeUndefined();

    const unsure = await send(first.visitor, `${first.home}/cancel`, { way: 'cancel' });
    expect([unsure.status, unsure.body.includes('Confirm that you are sure')]).toEqual([422, true]);
    expect((await send(first.visitor, `${first.home}/cancel`, { way: 'cancel', sure: 'on' })).status).toBe(303);
    expect((await mailsTo('first@example.org')).map(({ subject }) => subject)).toEqual(['Registration received, No C27-0001', 'Registration cancelled, No C27-0001']);
    const offer = (await mailsTo('second@example.org'))[1]!;
    expect(offer.subject).toMatch(/^A place is free for you, No C27-0002: please answer before .*Minsk time, UTC\+3/);
    expect(await mailsTo('third@example.org')).toHaveLength(1);

    const link = offer.link('/en/offer/');
    const path = new URL(link).pathname;
    const visitor = world.client();
    for (let i = 0; i < 2; i++) expect((await visitor.head(path)).status).toBe(200);
    expect((await rowOf('second@example.org')).waitlist).toBe('offered');
    const page = await visitor.get(path);
    const accepted = await visitor.post(path, { ...hiddenFields(page.body, path), answer: 'accept' });
    expect(accepted.status).toBe(303);
    expect((await visitor.follow(accepted)).body).toContain('Your place is kept');
    expect((await rowOf('second@example.org')).waitlist).toBe('none');
    expect((await mailsTo('second@example.org'))[2]!.ics).toContain('METHOD:PUBLISH');
    const again = await visitor.post(path, { ...hiddenFields(page.body, path), answer: 'accept' });
    expect([again.status, (await mailsTo('second@example.org')).length]).toEqual([303, 3]);
    expect((await visitor.get(`${path}x`)).status).toBe(404);
  });

  it('lets an offer lapse and moves on, and the lapsed may wait again behind the others', async () => {
    const conference = await openConference(world, { capacity: 1, offerHours: 24 });
    const first = await delegateIn(conference, 'l1@example.org');
    const second = await delegateIn(conference, 'l2@example.org');
    await delegateIn(conference, 'l3@example.org');
    await send(first.visitor, `${first.home}/cancel`, { way: 'cancel', sure: 'on' });
    expect((await rowOf('l2@example.org')).waitlist).toBe('offered');
    world.clock.advance({ hours: 24 });
    const late = await send(second.visitor, second.home, { answer: 'accept' }, `${second.home}/offer`);
    expect([late.status, late.body.includes('The time to answer is over')]).toEqual([409, true]);
    await Promise.all([world.get(WaitingList).settleAll(), world.get(WaitingList).settleAll()]);
    expect([(await rowOf('l2@example.org')).waitlist, (await rowOf('l3@example.org')).waitlist]).toEqual(['lapsed', 'offered']);
    expect((await mailsTo('l2@example.org')).at(-1)!.subject).toBe('The time to answer is over, No C27-0002');
    expect((await mailsTo('l3@example.org')).filter(({ subject }) => subject.startsWith('A place is free'))).toHaveLength(1);
    await send(second.visitor, second.home, {}, `${second.home}/wait`);
    expect((await rowOf('l2@example.org')).waitlist).toBe('waiting');
    expect((await world.get(SettingsOfRegistration).of(conference.id)).taken).toBe(1);
  });

  it('frees the seat of somebody who goes online instead, and tells both', async () => {
    const conference = await openConference(world, { capacity: 1 });
    const first = await delegateIn(conference, 'o1@example.org');
    await register(world.client(), conference, { email: 'o2@example.org' });
    expect((await register(world.client(), conference, { email: 'o3@example.org', form: 'online' })).status).toBe(303);
    expect((await mailsTo('o3@example.org'))[0]!.subject).toMatch(/^Registration received/);
    await send(first.visitor, `${first.home}/cancel`, { way: 'online', sure: 'on' });
    expect((await mailsTo('o1@example.org')).at(-1)!.subject).toBe('Participation changed, No C27-0001');
    expect((await rowOf('o2@example.org')).waitlist).toBe('offered');
  });

  it('lets somebody register again after cancelling, with a new number', async () => {
    const conference = await openConference(world);
    const { visitor, home } = await delegateIn(conference, 'again@example.org');
    await send(visitor, `${home}/cancel`, { way: 'cancel', sure: 'on' });
    world.clock.advance({ minutes: 1 });
    await register(world.client(), conference, { email: 'again@example.org' });
    expect((await mailsTo('again@example.org')).at(-1)!.subject).toBe('Registration received, No C27-0002');
  });
});
