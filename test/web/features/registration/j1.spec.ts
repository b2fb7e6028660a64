import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Registration, RegistrationQueries } from '../../../../src/features/registration/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Fields } from '../../../support/client.js';
import { delegate, openConference, register } from '../../../support/conference.js';

let world: TestApp;
let conference: Conference;

beforeAll(async () => {
  world = await startApp();
  conference = await openConference(world);
});
afterAll(() => world.close());
// Limits count per address of the visitor, and every test comes from the same one.
beforeEach(() => world.clock.advance({ hours: 2 }));

const mailsTo = async (to: string) => (await world.mails()).filter((mail) => mail.to === to);
const still = (body: string): string => body.replace(/name="_(csrf|key)" value="[^"]*"/g, '');
const rows = (): Promise<Registration[]> => world.db.repository(Registration).find();
const ARABIC = { given: 'عبد الرحمن', family: 'الخوارزمي' };

describe('J1 registration', () => {
  it('asks nine fields and the consent, no tenth', async () => {
    const page = await world.client().get(`/en/c/${conference.slug}/register`);
    expect(page.status).toBe(200);
    const names = [...page.body.matchAll(/<(?:input|select|textarea)\b[^>]*\bname="([^"_][^"]*)"/g)].map(([, name]) => name);
    expect([...new Set(names)]).toEqual(['form', 'category', 'given', 'family', 'mononym', 'email', 'institution', 'position', 'country', 'phone', 'website', 'consent']);
    expect(page.body).not.toMatch(/\brequired\b(?![^>]*>)/);
    expect(page.body).toContain('novalidate');
  });

  it('goes from a refused form to one mail with number, link and calendar', async () => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const opened = await visitor.get(page);
    const typed = delegate({ ...ARABIC, country: 'OM', category: 'speaker', email: 'mariam at example.org', consent: undefined });
    const refused = await visitor.post(page, { ...hiddenFields(opened.body, page), ...typed });
    expect(refused.status).toBe(422);
    expect(refused.body).toMatch(/<title>Error: /);
    const summary = /<div class="error-summary"[\s\S]*?<\/div>/.exec(refused.body)?.[0] ?? '';
    expect(summary).toContain('role="alert"');
    expect([...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)).toEqual(['field-email', 'field-consent']);
    for (const value of ['عبد الرحمن', 'الخوارزمي', 'mariam at example.org', 'Biblioteka Narodowa', 'Librarian']) expect(refused.body).toContain(`value="${value}"`);
    expect(refused.body).toMatch(/<option value="OM" selected>/);
    expect(refused.body).toMatch(/<option value="speaker" selected>/);
    expect(refused.body).toMatch(/id="field-email"[^>]*aria-describedby="[^"]*field-email-error[^"]*"[^>]*aria-invalid="true"/);
    expect(await rows()).toEqual([]);

    const done = await visitor.post(page, { ...hiddenFields(refused.body, page), ...typed, email: 'mariam@example.org', consent: 'on' });
    expect([done.status, done.location]).toEqual([303, `/en/c/${conference.slug}/registered`]);
    const result = await visitor.follow(done);
    expect(result.body).toContain('Registration received; the number is in the mail to m•••@example.org');
    expect(result.body).not.toContain('C27-');

    const mails = await mailsTo('mariam@example.org');
    expect(mails.map(({ subject }) => subject)).toEqual(['Registration received, No C27-0001']);
    const mail = mails[0]!;
    for (const part of [mail.text, mail.html]) {
      expect(part).toContain('عبد الرحمن الخوارزمي');
      expect(part).toContain('C27-0001');
      expect(part).toContain('Minsk time, UTC+3');
    }
    expect(mail.link('/en/link/')).toMatch(/^http:\/\/127\.0\.0\.1:3000\/en\/link\/[\w-]{40,}/);
    expect(mail.ics).toContain('METHOD:PUBLISH');
    expect(mail.ics).toContain(`DTSTART;VALUE=DATE:${conference.startsOn.replaceAll('-', '')}`);
    expect(mail.ics).not.toContain('ATTENDEE');
  });

  it('takes a form sent twice once [R7]', async () => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const fields: Fields = { ...hiddenFields((await visitor.get(page)).body, page), ...delegate({ email: 'twice@example.org' }) };
    const first = await visitor.post(page, fields);
    const shown = await visitor.follow(first);
    const again = await visitor.post(page, fields);
    expect([again.status, again.location]).toEqual([first.status, first.location]);
    expect(still((await visitor.follow(again)).body)).toBe(still(shown.body));
    expect(await mailsTo('twice@example.org')).toHaveLength(1);
  });

  it('takes a form sent ten times in parallel, and again after a minute, once [R7]', async () => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const fields: Fields = { ...hiddenFields((await visitor.get(page)).body, page), ...delegate({ email: 'parallel@example.org' }) };
    const before = (await rows()).length;
    const answers = await Promise.all(Array.from({ length: 10 }, () => visitor.post(page, fields)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 303));
    world.clock.advance({ minutes: 1 });
    expect((await visitor.post(page, fields)).location).toBe(answers[0]!.location);
    expect((await rows()).length).toBe(before + 1);
    expect(await mailsTo('parallel@example.org')).toHaveLength(1);
  });

  it('answers a known address to the letter like a new one, and tells its owner by mail [T5]', async () => {
    const email = 'known@example.org';
    const visitor = world.client();
    const first = await register(visitor, conference, { email });
    const firstPage = await visitor.follow(first);
    const before = await rows();
    world.clock.advance({ minutes: 1 });
    const second = await register(visitor, conference, { email: 'KNOWN@example.org', given: 'Zebulon', family: 'Quux' });
    expect([second.status, second.location]).toEqual([first.status, first.location]);
    expect(still((await visitor.follow(second)).body).toLowerCase()).toBe(still(firstPage.body).toLowerCase());
    expect((await rows()).length).toBe(before.length);
    const mails = await mailsTo(email);
    expect(mails.map(({ subject }) => subject.replace(/\d{4}$/, 'n'))).toEqual(['Registration received, No C27-n', 'You are already registered, No C27-n']);
    expect(mails[1]!.text).not.toContain('Zebulon');
    expect(mails[1]!.link('/en/link/')).toContain('/en/link/');
  });

  it('writes no more than five such mails in an hour', async () => {
    const email = 'victim@example.org';
    for (let i = 0; i < 8; i++) expect((await register(world.client(), conference, { email })).status).toBe(303);
    expect(await mailsTo(email)).toHaveLength(6);
  });

  it('links somebody known from another conference and does not rename them', async () => {
    const earlier = await openConference(world);
    await register(world.client(), earlier, { email: 'linked@example.org', institution: 'Old Library' });
    await register(world.client(), conference, { email: 'linked@example.org', given: 'Hanna', institution: 'New Library' });
    const [row] = await world.get(RegistrationQueries).list(conference.id, { q: 'linked@example.org', category: null, form: null, approval: null, waitlist: null, country: null }, { limit: 5 });
    expect([row!.person.given, row!.person.institution, row!.claimed]).toEqual(['Anna', 'Old Library', { given: 'Hanna', institution: 'New Library' }]);
  });

  it('takes one name', async () => {
    const missing = await register(world.client(), conference, { email: 'budi@example.org', given: 'Budi', family: '' });
    expect(missing.status).toBe(422);
    expect(missing.body).toContain('tick that you have only one name');
    await register(world.client(), conference, { email: 'budi@example.org', given: 'Budi', family: '', mononym: 'on' });
    expect((await mailsTo('budi@example.org'))[0]!.text).toContain('Dear Budi,');
  });

  it('says every mistake at once, a missing family name among them', async () => {
    const refused = await register(world.client(), conference, { family: '', email: 'x', consent: undefined, country: '' });
    const summary = /<div class="error-summary"[\s\S]*?<\/div>/.exec(refused.body)?.[0] ?? '';
    expect([...summary.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id).sort()).toEqual(['field-consent', 'field-country', 'field-email', 'field-family']);
  });

  it('tells a robot nothing and keeps nothing of it [P27]', async () => {
    const before = (await rows()).length;
    const caught = await register(world.client(), conference, { email: 'robot@example.org', website: 'https://spam.example/' });
    expect([caught.status, caught.location]).toEqual([303, `/en/c/${conference.slug}/registered`]);
    expect((await rows()).length).toBe(before);
    expect(await mailsTo('robot@example.org')).toEqual([]);
  });

  it.each([
    ['no stamp', () => ''],
    ['a stamp of another conference', async () => hiddenFields((await world.client().get(`/en/c/${(await openConference(world)).slug}/register`)).body)['_key'] ?? ''],
    ['a changed stamp', async () => `${hiddenFields((await world.client().get(`/en/c/${conference.slug}/register`)).body)['_key']}x`],
  ])('refuses a form with %s kindly, everything kept [P27]', async (_what, stamp) => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const hidden = hiddenFields((await visitor.get(page)).body, page);
    const refused = await visitor.post(page, { ...hidden, _key: await stamp(), ...delegate({ email: 'stamp@example.org' }) });
    expect(refused.status).toBe(422);
    expect(refused.body).toContain('value="stamp@example.org"');
    const again = await visitor.post(page, { ...hiddenFields(refused.body, page), ...delegate({ email: 'stamp@example.org' }) });
    expect(again.status).toBe(303);
  });

  it('refuses a form that lay open for more than a day, and takes it when sent again', async () => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const fields: Fields = { ...hiddenFields((await visitor.get(page)).body, page), ...delegate() };
    world.clock.advance({ hours: 25 });
    expect((await visitor.post(page, fields)).status).toBe(422);
  });

  it('refuses a form that was sent for somebody else already', async () => {
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const hidden = hiddenFields((await visitor.get(page)).body, page);
    await visitor.post(page, { ...hidden, ...delegate() });
    const colleague = await visitor.post(page, { ...hidden, ...delegate({ email: 'colleague@example.org' }) });
    expect(colleague.status).toBe(422);
    expect(await mailsTo('colleague@example.org')).toEqual([]);
  });

  it('speaks the language of the page', async () => {
    const be = await register(world.client(), conference, { email: 'be@example.org' }, 'be');
    expect(be.location).toBe(`/be/c/${conference.slug}/registered`);
    expect((await mailsTo('be@example.org'))[0]!.subject).toMatch(/^Рэгістрацыя прынята, № C27-/);
    const ru = await register(world.client(), conference, { email: 'wrong', consent: undefined }, 'ru');
    expect(ru.body).toContain('нужно дать согласие');
  });

  it('is 404 while the conference is a draft, and says when it is not open', async () => {
    const draft = await openConference(world, {}, { public: false });
    expect((await world.client().get(`/en/c/${draft.slug}/register`)).status).toBe(404);
    const later = await openConference(world, { opensAt: new Date(world.clock.now().getTime() + 86_400_000) });
    expect((await world.client().get(`/en/c/${later.slug}/register`)).body).toContain('Registration has not opened yet');
    const over = await openConference(world, { closesAt: new Date(world.clock.now().getTime() - 1000) });
    expect((await world.client().get(`/en/c/${over.slug}/register`)).body).toContain('Registration is closed');
    const visitor = world.client();
    const page = `/en/c/${conference.slug}/register`;
    const hidden = hiddenFields((await visitor.get(page)).body, page);
    const late = await visitor.post(`/en/c/${over.slug}/register`, { ...hidden, ...delegate() });
    expect([late.status, late.body.includes('Registration is closed')]).toEqual([422, true]);
    expect((await world.client().get('/en/c/nothing-here/register')).status).toBe(404);
  });

  it('refuses the 31st form from one address within ten minutes, and keeps what was typed [L1]', async () => {
    const visitor = world.client();
    for (let i = 0; i < 30; i++) expect((await visitor.post(`/en/c/${conference.slug}/register`, { ...hiddenFields((await visitor.get(`/en/c/${conference.slug}/register`)).body), email: 'x' })).status).toBe(422);
    const hidden = hiddenFields((await visitor.get(`/en/c/${conference.slug}/register`)).body);
    const typed = delegate({ given: 'Նարեկ', family: 'Հովհաննիսյան', email: 'patient@example.org', country: 'AM', category: 'speaker' });
    const last = await visitor.post(`/en/c/${conference.slug}/register`, { ...hidden, ...typed }, { 'x-forwarded-for': '203.0.113.9' });
    expect([last.status, Number(last.headers['retry-after']) > 0]).toEqual([429, true]);
    expect(last.body).toMatch(/<title>Error: /);
    expect(last.body).toMatch(/role="alert"[^]*Too many attempts. Try again in \d+ min\./);
    for (const value of ['value="Նարեկ"', 'value="Հովհաննիսյան"', 'value="patient@example.org"', 'value="AM" selected', 'value="speaker" selected']) expect(last.body).toContain(value);
    // The page that came back is a form like any other: sent again after the wait, it registers.
    world.clock.advance({ minutes: 11 });
    const again = { ...typed, ...hiddenFields(last.body, `/en/c/${conference.slug}/register`) };
    expect((await visitor.post(`/en/c/${conference.slug}/register`, again)).status).toBe(303);
  });
});
