import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { ApiTokens } from '../../../../src/features/accounts/api-tokens.service.js';
import { People } from '../../../../src/features/people/index.js';
import { Registration, Registrations, SettingsOfRegistration } from '../../../../src/features/registration/index.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Answer, type Client, type Fields } from '../../../support/client.js';
import { delegate, openConference, register } from '../../../support/conference.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let conference: Conference;
let other: Conference;
let organizer: Client;
let organizerId: string;
let serial = 0;

beforeAll(async () => {
  world = await startApp();
  conference = await openConference(world, { approval: 'manual' });
  other = await openConference(world);
  organizerId = await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId: conference.id }]);
  await staff(world, 'reader@example.org', [{ role: 'readonly', conferenceId: conference.id }]);
  await staff(world, 'elsewhere@example.org', [{ role: 'organizer', conferenceId: other.id }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  organizer = await signedIn(world.client(), 'organizer@example.org');
});

const here = (path = ''): string => `/org/c/${conference.slug}${path}`;
const mailsTo = async (to: string) => (await world.mails()).filter((mail) => mail.to === to);
const rowOf = async (email: string): Promise<Registration> => {
  const person = await world.get(People).byEmail(email);
  return world.db.repository(Registration).findOneByOrFail({ personId: person!.id });
};
async function applicant(changes: Fields = {}, of = conference): Promise<{ email: string; row: Registration }> {
  const email = String(changes['email'] ?? `applicant-${++serial}@example.org`);
  expect((await register(world.client(), of, { email, ...changes })).status).toBe(303);
  return { email, row: await rowOf(email) };
}
async function send(client: Client, page: string, fields: Fields, action = page): Promise<Answer> {
  const opened = await client.get(page);
  expect(opened.status).toBe(200);
  return client.post(action, { ...hiddenFields(opened.body, action), ...fields });
}

describe('the list', () => {
  it('filters, searches in any script, counts, and pages by key', async () => {
    await applicant({ given: 'Аўгіння', family: 'Кавалёва', country: 'BY', category: 'speaker', email: 'avhinnia@example.org' });
    await applicant({ given: '明月', family: '欧阳', country: 'CN', form: 'online' });
    const find = async (query: string) => (await organizer.get(here(`/registrations?${query}`))).body;
    expect(await find('q=kavaliova')).toContain('Аўгіння Кавалёва');
    expect(await find('q=kavaliova')).not.toContain('欧阳明月');
    expect(await find(`q=${encodeURIComponent('欧阳')}`)).toContain('欧阳明月');
    expect(await find('country=CN&form=online')).toContain('1 registration found');
    expect(await find('q=C27-0001')).toContain('Аўгіння Кавалёва');
    expect(await find('category=speaker&approval=pending&waitlist=none')).toContain('1 registration found');
    expect(await find('q=%25')).toContain('0 registrations found');
    expect((await organizer.get(here('/registrations?sort=name'))).status).toBe(422);
    expect((await organizer.get(here('/registrations?after=nothing'))).status).toBe(422);
  });

  it('belongs to the conference of the path and to who may see it [A3] [A4]', async () => {
    const { row } = await applicant();
    const elsewhere = await signedIn(world.client(), 'elsewhere@example.org');
    const reader = await signedIn(world.client(), 'reader@example.org');
    expect((await elsewhere.get(here('/registrations'))).status).toBe(404);
    expect((await elsewhere.get(`/org/c/${other.slug}/registrations/${row.publicId}`)).status).toBe(404);
    expect((await reader.get(here(`/registrations/${row.publicId}`))).status).toBe(200);
    expect((await reader.get(here('/registrations.xlsx'))).status).toBe(404);
    expect((await reader.get(here('/mail/outbox'))).status).toBe(404);
    expect((await world.client().get(here('/registrations'))).status).toBe(303);
  });
});

describe('decisions', () => {
  it('approve one with a message, at once; the card tells the history in words', async () => {
    const { email, row } = await applicant();
    expect((await mailsTo(email))[0]!.subject).toMatch(/^Application received/);
    const card = here(`/registrations/${row.publicId}`);
    const done = await send(organizer, card, { decision: 'approve', message: 'Please bring a poster.\nSecond line' }, `${card}/decision`);
    expect(done.status).toBe(303);
    expect((await rowOf(email)).approval).toBe('approved');
    const mail = (await mailsTo(email))[1]!;
    expect(mail.subject).toMatch(/^Approved: International Congress/);
    expect(mail.text).toContain('Please bring a poster.');
    expect(mail.ics).toContain('METHOD:PUBLISH');
    const page = await organizer.get(card);
    for (const words of ['Application approved', 'Registration received', 'organizer', 'sent']) expect(page.body).toContain(words);
  });

  it('refuse a stale decision and keep what was typed', async () => {
    const { row } = await applicant();
    const card = here(`/registrations/${row.publicId}`);
    const hidden = hiddenFields((await organizer.get(card)).body, `${card}/decision`);
    await organizer.post(`${card}/decision`, { ...hidden, decision: 'refuse' });
    const stale = await organizer.post(`${card}/decision`, { ...hidden, decision: 'approve', message: 'kept words' });
    expect([stale.status, stale.body.includes('kept words')]).toEqual([409, true]);
  });

  it('hold the mails of a bulk decision until their number is confirmed', async () => {
    const three = [await applicant(), await applicant(), await applicant()];
    const done = await send(organizer, here('/registrations'), { chosen: three.map(({ row }) => row.publicId), decision: 'approve' }, here('/registrations/decisions'));
    expect(done.status).toBe(303);
    expect(done.location).toMatch(/\/mail\/outbox\?batch=decisions-/);
    for (const { email } of three) expect(await mailsTo(email)).toHaveLength(1);
    const outbox = await organizer.follow(done);
    expect(outbox.body).toContain('3 approved');
    expect(outbox.body).toContain('Send to 3 people');
    const action = here('/mail/outbox/sendings');
    const wrong = await organizer.post(action, { ...hiddenFields(outbox.body, action), count: '2' });
    expect([wrong.status, wrong.body.includes('now 3')]).toEqual([409, true]);
    const sent = await organizer.post(action, hiddenFields(outbox.body, action));
    expect(sent.status).toBe(303);
    for (const { email } of three) expect((await mailsTo(email))[1]!.subject).toMatch(/^Approved/);
    expect((await organizer.post(action, hiddenFields(outbox.body, action))).status).toBe(409);
  });

  it('discard held mails, and refuse a bulk decision about another conference’s registration', async () => {
    const mine = await applicant();
    const done = await send(organizer, here('/registrations'), { chosen: mine.row.publicId, decision: 'refuse' }, here('/registrations/decisions'));
    const outbox = await organizer.follow(done);
    const action = here('/mail/outbox/discards');
    expect((await organizer.post(action, hiddenFields(outbox.body, action))).status).toBe(303);
    expect(await mailsTo(mine.email)).toHaveLength(1);
    const theirs = await applicant({}, other);
    const swapped = await send(organizer, here('/registrations'), { chosen: theirs.row.publicId, decision: 'refuse' }, here('/registrations/decisions'));
    expect([swapped.status, (await rowOf(theirs.email)).approval]).toEqual([422, 'not_needed']);
    expect((await send(organizer, here('/registrations'), { decision: 'approve' }, here('/registrations/decisions'))).status).toBe(422);
  });

  it('cancel, note payment and attendance, change the form', async () => {
    const { email, row } = await applicant();
    const card = here(`/registrations/${row.publicId}`);
    expect((await send(organizer, card, { payment: 'awaited', attendance: 'present', note: 'by bus' }, `${card}/note`)).status).toBe(303);
    expect((await send(organizer, card, { category: 'speaker', form: 'online' }, `${card}/participation`)).status).toBe(303);
    expect(await rowOf(email)).toMatchObject({ payment: 'awaited', attendance: 'present', note: 'by bus', category: 'speaker', form: 'online' });
    expect((await send(organizer, card, {}, `${card}/cancellation`)).status).toBe(422);
    expect((await send(organizer, card, { sure: 'on' }, `${card}/cancellation`)).status).toBe(303);
    expect((await rowOf(email)).approval).toBe('cancelled');
  });

  it('put an approved one on the waiting list when no seat is left, and say so', async () => {
    const small = await openConference(world, { approval: 'manual', capacity: 0 });
    const { row, email } = await applicant({}, small);
    await mailsTo(email);
    await world.get(Registrations).approve(row);
    expect((await rowOf(email)).waitlist).toBe('waiting');
    expect((await mailsTo(email))[1]!.subject).toBe('Approved, on the waiting list, No C27-0001');
  });
});

describe('on behalf', () => {
  it('registers with the person’s consent, by mail only where there is an address', async () => {
    const fields = { ...delegate({ email: 'behalf@example.org', phone: '+375 (17) 293-27-00' }), locale: 'be' };
    expect((await send(organizer, here('/registrations/new'), { ...fields, consent: undefined }, here('/registrations'))).status).toBe(422);
    expect((await send(organizer, here('/registrations/new'), fields, here('/registrations'))).status).toBe(303);
    expect((await mailsTo('behalf@example.org'))[0]!.subject).toMatch(/^Рэгістрацыя прынята/);
    const again = await send(organizer, here('/registrations/new'), fields, here('/registrations'));
    expect((await organizer.follow(again)).body).toContain('This person was registered already');
    expect((await send(organizer, here('/registrations/new'), { ...fields, email: '' }, here('/registrations'))).status).toBe(303);
  });
});

describe('settings', () => {
  it('save times on the conference’s clock, and say when capacity is below what is taken', async () => {
    const page = here('/registration-settings');
    const values = { opensAt: '2027-01-10T09:00', closesAt: '2027-09-01T18:00', approval: 'manual', capacity: '0', offerHours: '24', forms: ['in_person', 'online', 'poster'], categories: ['listener', 'speaker'] };
    const before = await world.get(SettingsOfRegistration).of(conference.id);
    const bad = await send(organizer, page, { ...values, closesAt: '2027-01-09T09:00', forms: [], offerHours: '1e3' });
    expect(bad.status).toBe(422);
    expect(bad.body).toContain('value="2027-01-09T09:00"');
    const saved = await send(organizer, page, values);
    expect(saved.status).toBe(303);
    const after = await world.get(SettingsOfRegistration).of(conference.id);
    expect([after.opensAt?.toISOString(), after.closesAt?.toISOString(), after.capacity]).toEqual(['2027-01-10T06:00:00.000Z', '2027-09-01T15:00:00.000Z', 0]);
    if (before.taken > 0) expect((await organizer.follow(saved)).body).toContain(`${before.taken} places are taken of 0`);
    await world.get(SettingsOfRegistration).edit(after, { opensAt: before.opensAt, closesAt: null, approval: 'manual', capacity: 10, categories: before.categories, forms: before.forms, offerHours: 48 });
  });
});

describe('hostile names, from the form to every output', () => {
  it('come back exactly in form, list, card, mail, calendar and spreadsheet; no 500 [X1] [X2] [X4] [X7] [X9] [P18] [P19]', async () => {
    const open = await openConference(world, { capacity: null });
    const mine = await staff(world, 'hostile@example.org', [{ role: 'organizer', conferenceId: open.id }]);
    const client = await signedIn(world.client(), 'hostile@example.org');
    expect(mine).toBeTruthy();
    const kept = hostile('name', 'emoji', 'xss', 'formula', 'header', 'markdown', 'template', 'bidi').filter(({ verdict, value }) => verdict === 'keep' && [...value].length <= 128 && !/[\r\n]/.test(value));
    expect(kept.length).toBeGreaterThan(60);
    const expected: string[] = [];
    for (const [index, { value }] of kept.entries()) {
      if (index % 12 === 0) world.clock.advance({ minutes: 11 });
      const email = `hostile-${index}@example.org`;
      const refused = await register(world.client(), open, { given: value, family: '', mononym: 'on', email: 'no address' });
      const shown = /<input[^>]*\bname="given"[^>]*\bvalue="([^"]*)"/.exec(refused.body)?.[1] ?? /id="field-given"[^>]*value="([^"]*)"/.exec(refused.body)?.[1];
      expect([refused.status, unescapeHtml(shown ?? '')]).toEqual([422, value]);
      expect((await register(world.client(), open, { given: value, family: '', mononym: 'on', email })).status).toBe(303);
      expected.push(value.trim());
    }
    const mails = await world.mails();
    for (const [index, value] of expected.entries()) {
      const [mail, ...more] = mails.filter(({ to }) => to === `hostile-${index}@example.org`);
      expect([more.length, mail!.subject]).toEqual([0, `Registration received, No C27-${String(index + 1).padStart(4, '0')}`]);
      expect(mail!.text).toContain(value);
      expect((mail!.html.match(/<a /g) ?? []).length).toBe(1);
      expect([mail!.parsed.to].flat().flatMap((to) => to?.value ?? []).map(({ address }) => address)).toEqual([`hostile-${index}@example.org`]);
      expect(mail!.ics).toContain('END:VCALENDAR');
    }
    const file = await send(client, `/org/c/${open.slug}/registrations.xlsx`, { reason: '=1+1' });
    expect(file.headers['content-type']).toContain('spreadsheetml');
    const rows = await readSheet(file.raw, { trim: false });
    expect(rows.slice(1, expected.length + 1).map((row) => row[2])).toEqual(expected);
    const all = await world.db.repository(Registration).findBy({ conferenceId: open.id });
    expect(all).toHaveLength(expected.length);
    let page: string | undefined = `/org/c/${open.slug}/registrations`;
    let listed = '';
    while (page) {
      const { status, body } = await client.get(page);
      expect(status).toBe(200);
      listed += body;
      page = unescapeHtml(/<a href="([^"]*)" rel="next"/.exec(body)?.[1] ?? '') || undefined;
    }
    const names = [...listed.matchAll(/<th scope="row"><a href="[^"]*"><bdi>([\s\S]*?)<\/bdi>/g)].map(([, name]) => unescapeHtml(name!));
    expect(names.sort()).toEqual([...expected].sort());
    for (const { publicId } of all.slice(0, 12)) {
      const card = await client.get(`/org/c/${open.slug}/registrations/${publicId}`);
      expect([card.status, /<(?:script(?! type="module" src)|img|iframe|style|math)\b/i.test(card.body)]).toEqual([200, false]);
    }
  }, 120_000);

  it.each(hostile('control', 'invisible', 'email', 'length').filter(({ verdict, value }) => verdict === 'refuse' && !/\p{Cs}/u.test(value)).map(({ id, class: kind, value }) => [id, kind, value] as const))('are refused with 422 beside the field: %s', async (_id, kind, value) => {
    world.clock.advance({ minutes: 11 });
    const fields = kind === 'email' ? { email: value } : { given: value };
    const refused = await register(world.client(), other, fields);
    expect(refused.status).toBe(422);
    expect(refused.body).toContain(`href="#field-${kind === 'email' ? 'email' : 'given'}"`);
  });
});

describe('the spreadsheet', () => {
  it('asks a reason over 50 people, is journalled, and holds no needs', async () => {
    const big = await openConference(world, { capacity: null });
    await staff(world, 'big@example.org', [{ role: 'organizer', conferenceId: big.id }]);
    const client = await signedIn(world.client(), 'big@example.org');
    for (let i = 0; i < 50; i++) {
      const person = delegate();
      await world.get(Registrations).register({ conferenceId: big.id, form: 'in_person', category: 'listener', person: { given: String(person['given']), family: 'X', mononym: false, email: String(person['email']), institution: null, position: null, country: null, phone: null }, locale: 'en', channel: 'staff', byStaff: true });
    }
    const file = await client.get(`/org/c/${big.slug}/registrations.xlsx`);
    expect([file.status, file.headers['content-disposition']]).toEqual([200, `attachment; filename="${big.slug}-registrations.xlsx"`]);
    const heading = (await readSheet(file.raw))[0];
    expect(heading).toContain('E-mail');
    expect(JSON.stringify(heading)).not.toMatch(/diet|access/i);
    await register(world.client(), big);
    const page = await client.get(`/org/c/${big.slug}/registrations.xlsx`);
    expect([page.status, page.body.includes('The list has 51 people')]).toEqual([200, true]);
    expect((await send(client, `/org/c/${big.slug}/registrations.xlsx`, { reason: '' })).status).toBe(422);
    expect((await send(client, `/org/c/${big.slug}/registrations.xlsx`, { reason: 'badges' })).headers['content-type']).toContain('spreadsheetml');
    const entries = await world.db.repository(JournalEntry).findBy({ type: 'RegistrationsExported', conferenceId: big.id });
    expect(entries.map(({ data }) => data)).toEqual(expect.arrayContaining([{ rows: 50, reason: '' }, { rows: 51, reason: 'badges' }]));
  });
});

describe('the API', () => {
  it('lists, creates, and decides with If-Match', async () => {
    const api = world.client();
    api.bearer = (await world.get(ApiTokens).create(organizerId, { name: 'test', scopes: ['registration:write'], days: 5 })).token;
    const base = `/api/v1/conferences/${conference.slug}/registrations`;
    const { consent: _, phone: __, ...fields } = delegate({ email: 'api@example.org' });
    const made = await api.api('POST', base, { ...fields, mononym: false, locale: 'en', consent: true });
    expect([made.status, made.json()]).toEqual([201, { id: expect.any(String), outcome: 'new' }]);
    const { row } = await applicant();
    const one = await api.api('GET', `${base}/${row.publicId}`);
    expect([one.status, one.headers['etag'], one.json()['number']]).toEqual([200, '"v1"', row.number]);
    expect((await api.api('POST', `${base}/${row.publicId}/approval`, {})).status).toBe(428);
    expect((await api.api('POST', `${base}/${row.publicId}/approval`, {}, { 'if-match': '"v9"' })).status).toBe(412);
    const approved = await api.api('POST', `${base}/${row.publicId}/approval`, { message: 'Welcome' }, { 'if-match': '"v1"' });
    expect([approved.status, approved.json()['approval'], approved.headers['etag']]).toEqual([200, 'approved', '"v2"']);
    expect((await api.api('POST', `${base}/${row.publicId}/cancellation`, {}, { 'if-match': '"v2"' })).json()['approval']).toBe('cancelled');
    const list = await api.api('GET', `${base}?limit=2`);
    const page = list.json<{ items: { id: string }[]; next: string }>();
    expect([page.items.length, (await api.api('GET', `${base}?limit=2&after=${page.next}`)).json<{ items: { id: string }[] }>().items.length]).toEqual([2, 2]);
    const bad = await api.api('POST', base, { form: 'by ship', given: 'x', extra: 1 });
    expect([bad.status, bad.headers['content-type']]).toEqual([422, expect.stringMatching(/^application\/problem\+json/)]);
    // A form cannot carry half a surrogate pair, JSON can.
    for (const { value } of hostile('control').filter(({ value: text }) => /\p{Cs}/u.test(text))) {
      const refused = await api.api('POST', base, { ...fields, email: 'half@example.org', given: value, mononym: false, locale: 'en', consent: true });
      expect([refused.status, refused.json<{ errors: { field: string }[] }>().errors.map(({ field }) => field)]).toEqual([422, ['given']]);
    }
    expect((await api.api('GET', `/api/v1/conferences/${other.slug}/registrations`)).status).toBe(404);
  });
});
