import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { readDocx } from '../../../../src/platform/documents/docx-package.js';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { EntryRules, VisaRequest, type Registration } from '../../../../src/features/registration/index.js';
import { VisaDigest } from '../../../../src/features/registration/visa/visa-digest.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Client, type Fields } from '../../../support/client.js';
import { openConference } from '../../../support/conference.js';
import { signedIn, staff } from '../../../support/house.js';
import { fill, guestIn, INDONESIA, PDF, PNG, travelDays, withDetails } from '../../../support/visa.js';

let world: TestApp;
let serial = 0;
let conference: Conference;
let desk: string;

const ROLES = [
  'admin',
  'organizer',
  'programme_editor',
  'reviewer',
  'protocol_officer',
  'responsible',
  'checkin',
  'readonly',
  'data_officer',
] as const;
const as = (role: string) => signedIn(world.client(), `${role}@example.org`);

beforeAll(async () => {
  world = await startApp();
  await world.get(EntryRules).propose();
  conference = await openConference(world, { capacity: null });
  desk = `/org/c/${conference.slug}/visa`;
  for (const role of ROLES)
    await staff(world, `${role}@example.org`, [
      { role, conferenceId: role === 'admin' || role === 'data_officer' ? null : conference.id },
    ]);
  const elsewhere = await openConference(world);
  await staff(world, 'elsewhere@example.org', [{ role: 'protocol_officer', conferenceId: elsewhere.id }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

interface Guest {
  visitor: Client;
  visa: string;
  registration: Registration;
  request: VisaRequest;
  card: string;
  email: string;
}
const current = (stayId: string) => world.db.repository(VisaRequest).findOneByOrFail({ stayId });
async function guest(): Promise<Guest> {
  const email = `visitor-${++serial}@example.org`;
  const found = await guestIn(world, conference, email);
  await withDetails(found.visitor, found.visa);
  const request = await current(found.registration.id);
  return { ...found, request, card: `${desk}/${request.publicId}`, email };
}
/** Posts a form of the card. */
const act = (officer: Client, card: string, action: string, fields: Fields) =>
  fill(officer, card, fields, `${card}/${action}`);
const upload = async (officer: Client, card: string, bytes: Buffer, filename: string) =>
  officer.upload(`${card}/signature`, hiddenFields((await officer.get(card)).body, `${card}/signature`) as Fields, {
    field: 'file',
    filename,
    bytes,
  });
const entriesOf = async (id: string) =>
  (await world.db.repository(JournalEntry).find({ where: { subjectId: id }, order: { id: 'ASC' } })).map(
    ({ type }) => type,
  );
const LETTER = { locale: 'ru', addressee: 'Консульство в Джакарте' };

/** From data to a letter that was sent. */
async function sentLetter(officer: Client, { card }: Guest, delivery = 'file'): Promise<void> {
  const steps = [
    await act(officer, card, 'letter', LETTER),
    await upload(officer, card, PDF, 'signed.pdf'),
    await act(officer, card, 'sending', { delivery }),
  ];
  expect(steps.map(({ status }) => status)).toEqual([303, 303, 303]);
}

describe('the queue', () => {
  it('is there for those whom the table of rights names, as masks, as states, or not at all', async () => {
    const { card } = await guest();
    const found: Record<string, number[]> = {};
    for (const role of [...ROLES, 'elsewhere']) {
      const viewer = await as(role);
      found[role] = [];
      for (const path of [
        desk,
        card,
        `${desk}/settings`,
        `/api/v1/conferences/${conference.slug}/visa-requests`,
        '/org/visa-rules',
      ])
        found[role].push((await viewer.get(path)).status);
    }
    expect(found).toEqual({
      admin: [404, 404, 404, 404, 200],
      organizer: [200, 404, 404, 200, 200],
      programme_editor: [404, 404, 404, 404, 404],
      reviewer: [404, 404, 404, 404, 404],
      protocol_officer: [200, 200, 200, 200, 200],
      responsible: [200, 200, 200, 200, 200],
      checkin: [404, 404, 404, 404, 404],
      readonly: [404, 404, 404, 404, 200],
      data_officer: [404, 404, 404, 404, 404],
      elsewhere: [404, 404, 404, 404, 200],
    });
  }, 60_000);

  it('shows organizers names and states, and nothing of a passport', async () => {
    const { card } = await guest();
    const organizer = await as('organizer');
    const page = await organizer.get(desk);
    expect(page.body).toContain('passport data are for protocol officers only');
    expect(page.body).toContain('Data received');
    expect(page.body).not.toMatch(/••••|C4821973|Jakarta/);
    expect(page.body).not.toContain(`href="${card}"`);
    const token = hiddenFields((await organizer.get(`/org/c/${conference.slug}/registrations`)).body);
    for (const action of ['reveal', 'letter', 'sending', 'outcome', 'decision', 'name'])
      expect((await organizer.post(`${card}/${action}`, { ...token, what: 'details', reason: 'x' })).status).toBe(404);
  });
});

describe('what is sealed', () => {
  it('[V2] is masked until somebody gives a reason, which is kept with their name', async () => {
    const { card, request } = await guest();
    const officer = await as('protocol_officer');
    const masked = await officer.get(card);
    expect(masked.body).toContain('•••• 1973');
    expect(masked.body).not.toMatch(/C4821973|SANTOSO|1985/);
    const refused = await act(officer, card, 'reveal', { what: 'details', reason: ' ' });
    expect([refused.status, refused.body.includes('C4821973')]).toEqual([422, false]);
    const shown = await act(officer, card, 'reveal', { what: 'details', reason: 'letter for the consulate' });
    expect(shown.status).toBe(200);
    for (const value of ['C4821973', 'SANTOSO', '1985-02-14', 'Сантоса Будзі', 'Indonesia'])
      expect(shown.body).toContain(value);
    expect([shown.headers['refresh'], shown.headers['cache-control']]).toEqual([
      `60; url=${card}`,
      'private, no-store',
    ]);
    const revealed = await world.db
      .repository(JournalEntry)
      .findOneByOrFail({ subjectId: request.id, type: 'VisaRevealed' });
    expect([revealed.actorKind, revealed.personId, revealed.data]).toEqual([
      'account',
      request.personId,
      { what: 'details', reason: 'letter for the consulate' },
    ]);
    // Looking is no GET.
    expect((await officer.get(`${card}/reveal`)).status).toBe(404);
  });

  it('comes out as a file that no browser opens as a page of ours [F2] [P13]', async () => {
    const one = await guest();
    const script = Buffer.concat([
      Buffer.from('%PDF-1.4\n1 0 obj<</S/JavaScript/JS(app.alert(1))>>endobj\n'),
      Buffer.from('%%EOF\n'),
    ]);
    await one.visitor.upload(
      `${one.visa}/scan`,
      hiddenFields((await one.visitor.get(one.visa)).body, `${one.visa}/scan`) as Fields,
      { field: 'file', filename: 'page.pdf', bytes: script },
    );
    const officer = await as('protocol_officer');
    const file = await act(officer, one.card, 'reveal', { what: 'scan', reason: 'compare the number' });
    expect([file.status, file.raw.equals(script)]).toEqual([200, true]);
    expect(file.headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment; filename="visa-scan-[0-9a-z]{16}\.pdf";/),
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringMatching(/^default-src 'none'.*;sandbox$/),
      'cache-control': 'private, no-store',
    });
    // html and svg never come in.
    for (const filename of ['page.html', 'page.svg', 'page.pdf']) {
      const sent = await one.visitor.upload(
        `${one.visa}/scan`,
        hiddenFields((await one.visitor.get(one.visa)).body, `${one.visa}/scan`) as Fields,
        { field: 'file', filename, bytes: Buffer.from('<svg onload="alert(1)">') },
      );
      expect(sent.status).toBe(422);
    }
    const stranger = await as('elsewhere');
    const token = hiddenFields((await stranger.get('/org/visa-rules/new')).body, '/org/visa-rules');
    expect((await stranger.post(`${one.card}/reveal`, { ...token, what: 'scan', reason: 'x' })).status).toBe(404);
  });
});

describe('the daily digest', () => {
  it('tells the data officers who looked, whose data and why, once, and no value [V2]', async () => {
    const one = await guest();
    const officer = await as('protocol_officer');
    await act(officer, one.card, 'reveal', { what: 'details', reason: 'for the digest' });
    world.clock.advance({ days: 1 });
    await world.get(VisaDigest).tell();
    await world.get(VisaDigest).tell();
    const digests = (await world.mails()).filter(
      ({ to, text }) => to === 'data_officer@example.org' && text.includes('for the digest'),
    );
    expect(digests).toHaveLength(1);
    expect(digests[0]!.text).toContain('protocol_officer');
    expect(digests[0]!.text).toContain(one.registration.number);
    expect(JSON.stringify(digests)).not.toMatch(/C4821973|SANTOSO/);
    world.clock.advance({ days: 2 });
    await world.get(VisaDigest).tell();
    expect((await world.mails()).filter(({ to }) => to === 'data_officer@example.org').length).toBeLessThanOrEqual(2);
  });
});

describe('a letter', () => {
  it('is written, signed, sent, fetched by its owner alone, and told by a mail without any of it', async () => {
    const one = await guest();
    const officer = await as('protocol_officer');
    const saved = await fill(officer, `${desk}/settings`, {
      detailsDays: '30',
      scanDays: '14',
      hostName: 'Нацыянальная бібліятэка Беларусі',
      hostUnp: '100000000',
      hostAddress: 'Мінск',
      hostPhone: '+375 17 000-00-00',
      signatoryName: 'І. І. Прыклад',
      signatoryPosition: 'Дырэктар',
    });
    expect(saved.status).toBe(303);
    await act(officer, one.card, 'name', { cyrillicName: 'Сантосо Буди' });
    expect((await act(officer, one.card, 'letter', LETTER)).status).toBe(303);
    const docx = await act(officer, one.card, 'reveal', { what: 'letter', reason: 'to print it' });
    expect(docx.headers['content-disposition']).toMatch(/^attachment; filename="visa-letter-\d+-\d{4}\.docx";/);
    const text = readDocx(docx.raw)
      .entries.map(({ content }) => content.toString('utf8'))
      .join('\n');
    for (const value of [
      'C4821973',
      'SANTOSO BUDI',
      'Сантосо Буди',
      'Нацыянальная бібліятэка Беларусі',
      'Консульство в Джакарте',
    ])
      expect(text).toContain(value);
    expect(text).not.toMatch(/\{\{|\}\}|undefined|null\b/);
    expect((await one.visitor.get(`${one.visa}/letter`)).status).toBe(404);
    expect((await upload(officer, one.card, PNG, 'signed.pdf')).status).toBe(422);
    expect((await upload(officer, one.card, PDF, 'signed.pdf')).status).toBe(303);
    expect((await one.visitor.get(`${one.visa}/letter`)).status).toBe(404);
    expect((await act(officer, one.card, 'sending', { delivery: 'file' })).status).toBe(303);
    const [mail] = (await world.mails()).filter(
      ({ to, subject }) => to === one.email && subject.startsWith('Your visa letter is ready'),
    );
    expect(mail!.text).toContain(`${world.config.publicUrl}${one.visa}`);
    expect(JSON.stringify(mail)).not.toMatch(/C4821973|SANTOSO BUDI/);
    const fetched = await one.visitor.get(`${one.visa}/letter`);
    expect([fetched.status, fetched.raw.equals(PDF)]).toEqual([200, true]);
    expect((await (await guest()).visitor.get(`${one.visa}/letter`)).status).toBe(404);
    expect((await world.client().get(`${one.visa}/letter`)).status).toBe(303);
    expect(
      (await act(officer, one.card, 'outcome', { outcome: 'issued', note: 'by mail of the consulate' })).status,
    ).toBe(303);
    expect((await current(one.registration.id)).state).toBe('issued');
    expect(await entriesOf(one.request.id)).toEqual(
      expect.arrayContaining([
        'VisaLetterDrafted',
        'VisaRevealed',
        'VisaLetterSigned',
        'VisaLetterSent',
        'VisaLetterFetched',
        'VisaConcluded',
      ]),
    );
  }, 60_000);

  it('no longer matches once name, number or days change, until there is a new one', async () => {
    const one = await guest();
    const officer = await as('protocol_officer');
    await sentLetter(officer, one, 'post');
    const edit = `${one.visa}?part=details`;
    const same = { entries: 'single', consulate: 'Surabaya', consent: 'on' };
    const days = travelDays((await one.visitor.get(edit)).body);
    await fill(one.visitor, edit, { ...same, ...days }, one.visa);
    expect([(await current(one.registration.id)).mismatch, (await current(one.registration.id)).consulate]).toEqual([
      false,
      'Surabaya',
    ]);
    const changed = await fill(one.visitor, edit, { ...same, ...days, passportNumber: 'D7654321' }, one.visa);
    expect((await one.visitor.follow(changed)).body).toContain('The letter no longer matches the data');
    expect((await officer.get(one.card)).body).toContain('Prepare a new letter.');
    expect((await officer.get(desk)).body).toContain('letter does not match');
    expect((await current(one.registration.id)).state).toBe('sent');
    await sentLetter(officer, one, 'consulate');
    expect(await current(one.registration.id)).toMatchObject({ state: 'sent', mismatch: false, delivery: 'consulate' });
    expect(await entriesOf(one.request.id)).toContain('VisaLetterOutdated');
  }, 60_000);

  it('is one step at a time: what is out of turn or stale is refused', async () => {
    const one = await guest();
    const officer = await as('protocol_officer');
    const hidden = hiddenFields((await officer.get(one.card)).body, `${one.card}/letter`);
    expect((await officer.post(`${one.card}/sending`, { ...hidden, delivery: 'file' })).status).toBe(409);
    await act(officer, one.card, 'letter', LETTER);
    const stale = await officer.post(`${one.card}/letter`, { ...hidden, ...LETTER });
    expect([stale.status, stale.body.includes(LETTER.addressee)]).toEqual([409, true]);
  });
});

describe('a decision by hand', () => {
  it('says other than the table, with a reason', async () => {
    const email = 'by-hand@example.org';
    const { visitor, visa, registration } = await guestIn(world, conference, email);
    await fill(visitor, visa, INDONESIA, `${visa}/entry`);
    const officer = await as('protocol_officer');
    const card = `${desk}/${(await current(registration.id)).publicId}`;
    expect((await act(officer, card, 'decision', { need: 'not_needed', why: '' })).status).toBe(422);
    await act(officer, card, 'decision', { need: 'not_needed', why: 'Agreement on service passports' });
    expect(await current(registration.id)).toMatchObject({
      state: 'not_needed',
      note: 'Agreement on service passports',
      checkedOn: null,
    });
  });
});

describe('the API', () => {
  it('does what the pages do, with the same rights', async () => {
    const one = await guest();
    const officer = await as('protocol_officer');
    const token = /name="_csrf" value="([^"]*)"/.exec((await officer.get(one.card)).body)![1]!;
    const base = `/api/v1/conferences/${conference.slug}/visa-requests`;
    const headers = { 'x-csrf-token': token, origin: world.config.publicUrl };
    const list = await officer.get(base);
    expect(
      list.json<{ items: { id: string; state: string }[] }>().items.find(({ id }) => id === one.request.publicId)
        ?.state,
    ).toBe('data_received');
    const read = await officer.get(`${base}/${one.request.publicId}`);
    expect(read.json<{ details: Record<string, string> }>().details['passportNumber']).toBe('•••• 1973');
    const revealed = await officer.api(
      'POST',
      `${base}/${one.request.publicId}/reveals`,
      { what: 'details', reason: 'check' },
      headers,
    );
    expect([revealed.status, revealed.json<{ details: Record<string, string> }>().details['passportNumber']]).toEqual([
      200,
      'C4821973',
    ]);
    const ifMatch = (etag: unknown) => ({ ...headers, 'if-match': String(etag) });
    expect((await officer.api('POST', `${base}/${one.request.publicId}/letters`, LETTER, headers)).status).toBe(428);
    const drafted = await officer.api(
      'POST',
      `${base}/${one.request.publicId}/letters`,
      LETTER,
      ifMatch(read.headers['etag']),
    );
    expect([drafted.status, drafted.json()['state']]).toEqual([200, 'letter_drafted']);
    expect(
      (await officer.api('POST', `${base}/${one.request.publicId}/letters`, LETTER, ifMatch(read.headers['etag'])))
        .status,
    ).toBe(412);
  });
});

describe('the table of rules', () => {
  it('is edited by protocol officers, read by others, and says when it was checked', async () => {
    const officer = await as('protocol_officer');
    const page = await officer.get('/org/visa-rules');
    expect(page.body).toContain('to be confirmed');
    const added = await fill(
      officer,
      '/org/visa-rules/new',
      {
        title: 'Agreement with Togo',
        citizenships: 'tg, ml',
        passportTypes: ['diplomatic'],
        outcome: 'not_needed',
        checkedOn: '2026-11-02',
        confirmed: 'on',
      },
      '/org/visa-rules',
    );
    expect(added.status).toBe(303);
    const rule = (await world.get(EntryRules).list()).at(-1)!;
    expect(rule).toMatchObject({
      citizenships: ['ML', 'TG'],
      passportTypes: ['diplomatic'],
      entryPoints: [],
      outcome: 'not_needed',
      confirmed: true,
    });
    const wrong = await fill(officer, `/org/visa-rules/${rule.id}`, {
      title: 'x',
      citizenships: 'TG QQ',
      outcome: 'needed',
      checkedOn: '2026-11-02',
    });
    expect([wrong.status, wrong.body.includes('Unknown country code: QQ')]).toEqual([422, true]);
    const readonly = await as('readonly');
    expect((await readonly.get('/org/visa-rules')).body).toContain('Agreement with Togo');
    expect((await readonly.get('/org/visa-rules/new')).status).toBe(403);
    expect(
      (
        await fill(
          officer,
          '/org/visa-rules/new',
          { title: 'x', outcome: 'needed', checkedOn: '2026-11-02', validFrom: '2027-02-01', validTo: '2027-01-01' },
          '/org/visa-rules',
        )
      ).status,
    ).toBe(422);
    await fill(officer, `/org/visa-rules/${rule.id}`, {}, `/org/visa-rules/${rule.id}/removal`);
    expect((await world.get(EntryRules).list()).some(({ id }) => id === rule.id)).toBe(false);
  });
});
