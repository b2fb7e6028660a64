import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Conference } from '../../../../src/features/conferences/index.js';
import { Consents, People } from '../../../../src/features/people/index.js';
import { EntryRules, VisaRequest } from '../../../../src/features/registration/index.js';
import { Delegations, Visits, type NewVisit, type Visit } from '../../../../src/features/visits/index.js';
import type { VisitMember } from '../../../../src/features/visits/delegation/member.entity.js';
import { VisitReadiness } from '../../../../src/features/visits/visit-readiness.service.js';
import { readDocx } from '../../../../src/platform/documents/docx-package.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client, type Fields } from '../../../support/client.js';
import { openConference } from '../../../support/conference.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';
import { DETAILS, fill, guestIn, MRZ, PDF, travelDays, withDetails } from '../../../support/visa.js';

let world: TestApp;
let officer: Client;

beforeAll(async () => {
  world = await startApp();
  await world.get(EntryRules).propose();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await signedIn(world.client(), 'officer@example.org');
});

const room = ({ ref }: Visit) => `/protocol/visits/${ref}/visa`;
const fresh = (more: Partial<NewVisit> = {}) => visitOf(world, { country: 'ID', ...more });
async function member(visit: Visit, more: object = {}): Promise<VisitMember> {
  const { member: row } = await world.get(Delegations).add(visit, {
    person: { given: 'Budi', family: 'Santoso', locale: 'en', email: null },
    role: 'head',
    title: { en: 'Director' },
    citizenship: 'ID',
    passportType: 'ordinary',
    source: 'staff',
    ...more,
  });
  return row;
}
const requestOf = (stayId: string) => world.db.one(VisaRequest, { stayId });
async function linkOf(visit: Visit): Promise<string> {
  const page = `/protocol/visits/${visit.ref}/delegation`;
  const shown = await officer.submit(page, { expiresOn: '2031-01-01' }, `${page}/link`);
  return new RegExp(`${ORIGIN}(/en/delegation/[\\w-]{43})`).exec(unescapeHtml(shown.body))![1]!;
}
/** What somebody fills in for another: the form of that page, with the details of the test's passport. */
async function given(who: Client, page: string, changes: Fields = {}) {
  const opened = await who.get(page);
  return who.post(page, { ...hiddenFields(opened.body, page), ...DETAILS, ...travelDays(opened.body), ...changes });
}
const act = (card: string, action: string, fields: Fields) => fill(officer, card, fields, `${card}/${action}`);
const upload = async (card: string) =>
  officer.upload(`${card}/signature`, hiddenFields((await officer.get(card)).body, `${card}/signature`) as Fields, {
    field: 'file',
    filename: 'signed.pdf',
    bytes: PDF,
  });
const LETTER = { locale: 'ru', addressee: 'Консульство в Джакарте' };
async function toSent(card: string, delivery = 'hand'): Promise<void> {
  const steps = [await act(card, 'letter', LETTER), await upload(card), await act(card, 'sending', { delivery })];
  expect(steps.map(({ status }) => status)).toEqual([303, 303, 303]);
}

describe('the visas of a visit', () => {
  it('begin with what the table says of each member, and a request for those who need one', async () => {
    const visit = await fresh();
    const budi = await member(visit);
    const ani = await member(visit, {
      person: { given: 'Ani', family: null, mononym: true, locale: 'en' },
      citizenship: 'AM',
    });
    await member(visit, {
      person: { given: 'Unknown', family: null, mononym: true, locale: 'en' },
      passportType: null,
    });
    const page = unescapeHtml((await officer.get(room(visit))).body);
    for (const text of ['1 person needs a visa and has no request yet', 'no visa needed', 'too little is known'])
      expect(page).toContain(text);
    const opened = await officer.submit(room(visit), {}, room(visit));
    expect((await officer.follow(opened)).body).toContain('1 request is open.');
    expect([(await requestOf(budi.id))?.state, await requestOf(ani.id)]).toEqual(['data_requested', null]);
    // Another tap opens nothing more.
    await officer.post(room(visit), hiddenFields((await officer.get('/protocol/visits/new')).body));
    expect(await world.db.repository(VisaRequest).countBy({ stayId: budi.id })).toBe(1);
    await officer.submit(room(visit), {}, `${room(visit)}/${ani.id}`);
    expect((await requestOf(ani.id))?.state).toBe('not_needed');
  });

  it('follow the passport of the member as long as the table decides, and an officer against the table', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    await officer.submit(room(visit), {}, room(visit));
    const edit = async (changes: object) => {
      const { version } = await world.get(Delegations).member(visit, id);
      await world.get(Delegations).edit(visit, { id, version }, changes);
    };
    await edit({ citizenship: 'AM' });
    expect((await requestOf(id))?.state).toBe('not_needed');
    await edit({ citizenship: 'ID' });
    expect((await requestOf(id))?.state).toBe('data_requested');
    const card = `${room(visit)}/${id}`;
    expect((await act(card, 'decision', { need: 'not_needed', why: '' })).status).toBe(422);
    await act(card, 'decision', { need: 'not_needed', why: 'Agreement on service passports' });
    await edit({ passportType: 'service' });
    expect(await requestOf(id)).toMatchObject({ state: 'not_needed', note: 'Agreement on service passports' });
    await edit({ inPerson: false });
    expect((await requestOf(id))?.state).toBe('withdrawn');
  });

  it('go from the guest side to a letter that is handed over; the link shows how far it is and never the letter', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    await officer.submit(room(visit), {}, room(visit));
    const page = `${await linkOf(visit)}/members/${id}/visa`;
    const guest = world.client();
    const read = await guest.submit(page, { mrz: MRZ, issuer: 'kept as typed' }, `${page}/mrz`);
    for (const text of ['value="C4821973"', 'value="kept as typed"']) expect(read.body).toContain(text);
    const wrong = await guest.post(`${page}/mrz`, {
      ...hiddenFields(read.body, page),
      mrz: MRZ.replace('C4821973', 'C4821974'),
    });
    expect([wrong.status, wrong.body.includes('check digit of the passport number')]).toEqual([422, true]);
    expect((await given(guest, page, { consent: undefined })).status).toBe(422);
    expect((await given(guest, page)).status).toBe(303);
    const masked = await guest.get(page);
    expect([masked.body.includes('•••• 1973'), /C4821973|SANTOSO|Bandung/.test(masked.body)]).toEqual([true, false]);
    const consent = (await world.get(Consents).current((await requestOf(id))!.personId)).get('visa');
    expect([consent?.given, consent?.channel]).toEqual([true, 'focal']);

    const card = `${room(visit)}/${id}`;
    expect((await officer.get(card)).body).not.toContain('C4821973');
    const shown = await act(card, 'reveal', { what: 'details', reason: 'for the letter' });
    expect([shown.body.includes('C4821973'), shown.headers['refresh']]).toEqual([true, `60; url=${card}`]);
    expect((await act(card, 'letter', LETTER)).status).toBe(303);
    const docx = await act(card, 'reveal', { what: 'letter', reason: 'to print it' });
    const text = readDocx(docx.raw)
      .entries.map(({ content }) => content.toString('utf8'))
      .join('\n');
    for (const value of ['C4821973', 'SANTOSO BUDI', 'визит', 'учреждение приглашённого'])
      expect(text).toContain(value);
    await upload(card);
    expect((await act(card, 'sending', { delivery: 'file' })).status).toBe(422);
    expect((await act(card, 'sending', { delivery: 'hand' })).status).toBe(303);
    const told = await guest.get(page);
    expect(told.body).toMatch(/Letter No \d+\/\d{4} was handed over to your side/);
    expect(told.body).not.toMatch(/C4821973|href="[^"]*letter/);
    for (const way of ['letter', 'reveal', 'scan']) expect((await guest.get(`${page}/${way}`)).status).toBe(404);
    await act(card, 'outcome', { outcome: 'issued' });
    expect((await requestOf(id))?.state).toBe('issued');
    const types = (await world.db.all(JournalEntry, { subjectId: (await requestOf(id))!.id })).map(({ type }) => type);
    expect(types).toEqual(
      expect.arrayContaining([
        'VisaDetailsGiven',
        'VisaRevealed',
        'VisaLetterSigned',
        'VisaLetterSent',
        'VisaConcluded',
      ]),
    );
  });

  it('take what came on paper from an officer, and refuse what somebody wrote meanwhile', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    const page = `${room(visit)}/${id}/details`;
    const stale = typedIn((await officer.get(page)).body, page);
    expect((await given(officer, page)).status).toBe(303);
    const refused = await officer.post(page, { ...stale, ...DETAILS, consulate: 'Typed here' });
    expect([refused.status, refused.body.includes('value="Typed here"')]).toEqual([409, true]);
    const { personId, state } = (await requestOf(id))!;
    expect([state, (await world.get(Consents).current(personId)).get('visa')?.channel]).toEqual([
      'data_received',
      'paper',
    ]);
  });

  it('guard the frozen visit by the state of the request, and link to the member who lacks it', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    const line = async () => (await world.get(VisitReadiness).of(visit)).find(({ key }) => key === 'visas')!;
    expect((await line()).missing).toEqual([{ href: `/visa#member-${id}`, what: 'Budi Santoso' }]);
    await given(officer, `${room(visit)}/${id}/details`);
    await toSent(`${room(visit)}/${id}`, 'consulate');
    expect((await line()).state).toBe('missing');
    await act(`${room(visit)}/${id}`, 'outcome', { outcome: 'issued' });
    expect((await line()).state).toBe('done');
  });
});

describe('a letter for a member of a delegation', () => {
  it('no longer matches once the passport changes or the visit moves to days that it does not cover', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    const details = `${room(visit)}/${id}/details`;
    await given(officer, details);
    await toSent(`${room(visit)}/${id}`);
    await given(officer, details, {
      ...emptied(),
      passportNumber: 'D7654321',
      entryOn: '2027-03-01',
      exitOn: '2027-03-04',
    });
    expect((await requestOf(id))?.mismatch).toBe(true);
    expect((await officer.get(room(visit))).body).toContain('letter does not match');
    await toSent(`${room(visit)}/${id}`);
    expect((await requestOf(id))?.mismatch).toBe(false);
    const now = await world.get(Visits).byId(visit.id);
    await world.get(Visits).edit(now, { startsOn: '2027-03-02', endsOn: '2027-03-03' });
    expect((await requestOf(id))?.mismatch).toBe(false);
    await world
      .get(Visits)
      .edit(await world.get(Visits).byId(visit.id), { startsOn: '2027-04-02', endsOn: '2027-04-03' });
    expect((await requestOf(id))?.mismatch).toBe(true);
  });

  it('is told to a guest who has an address, without a word of the passport or a page that they do not have', async () => {
    const visit = await fresh();
    const person = { given: 'Budi', family: 'Mailed', locale: 'en' as const, email: 'budi.mailed@example.org' };
    const { id } = await member(visit, { person });
    await given(officer, `${room(visit)}/${id}/details`);
    await toSent(`${room(visit)}/${id}`, 'post');
    const [mail] = (await world.mails()).filter(({ to }) => to === 'budi.mailed@example.org');
    expect(mail!.subject).toBe('Your visa letter was posted: A visit');
    expect(mail!.text).not.toMatch(/your page|C4821973|SANTOSO|\/my\//);
  });
});

describe('what was given for a visa', () => {
  it('goes with the member who is taken out, whole where no letter was numbered', async () => {
    const visit = await fresh();
    const { id, personId } = await member(visit);
    await given(officer, `${room(visit)}/${id}/details`);
    await world.get(Delegations).remove(visit, id);
    expect([await requestOf(id), await world.get(People).byId(personId)]).toEqual([null, null]);
    const other = await member(visit);
    await given(officer, `${room(visit)}/${other.id}/details`);
    await act(`${room(visit)}/${other.id}`, 'letter', LETTER);
    await world.get(Delegations).remove(visit, other.id);
    expect(await requestOf(other.id)).toMatchObject({ state: 'withdrawn', purgedAt: world.clock.now() });
    const left = await world.db.manager.query<unknown[]>('SELECT request_id FROM visa_details WHERE request_id = ?', [
      (await requestOf(other.id))!.id,
    ]);
    expect(left).toEqual([]);
  });

  it('goes at once when the guest side takes it back, and nothing is asked for a visit that is cancelled', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    await given(officer, `${room(visit)}/${id}/details`);
    const page = `${await linkOf(visit)}/members/${id}/visa`;
    const guest = world.client();
    expect((await guest.submit(page, {}, `${page}/withdrawal`)).status).toBe(422);
    await guest.submit(page, { sure: 'on' }, `${page}/withdrawal`);
    expect(await requestOf(id)).toMatchObject({ state: 'withdrawn', consulate: null });
    expect((await given(guest, page)).status).toBe(303);
    expect((await requestOf(id))?.state).toBe('data_received');
    await world.get(Visits).step(await world.get(Visits).byId(visit.id), { to: 'cancelled', reason: 'not this year' });
    expect((await requestOf(id))?.state).toBe('withdrawn');
    expect((await guest.get(page)).status).toBe(410);
  });
});

describe('a member who has registered for the conference of the visit', () => {
  let conference: Conference;
  beforeAll(async () => {
    conference = await openConference(world, { capacity: null });
  });

  it('has one request for both: the registration serves the visit, and the guest side sees its state only', async () => {
    const { visitor, visa, registration } = await guestIn(world, conference, 'both@example.org');
    await withDetails(visitor, visa);
    const visit = await fresh({ conferenceId: conference.id });
    const { id } = await member(visit, { person: { personId: registration.personId } });
    expect((await officer.get(room(visit))).body).toContain('through the conference');
    const page = `${await linkOf(visit)}/members/${id}/visa`;
    const shown = await world.client().get(page);
    expect([shown.body.includes('Data received'), /••••|name="passportNumber"/.test(shown.body)]).toEqual([
      true,
      false,
    ]);
    expect((await officer.get(`${room(visit)}/${id}`)).body).toContain('•••• 1973');
    expect((await officer.get(`${room(visit)}/${id}/details`)).status).toBe(404);
    await toSent(`${room(visit)}/${id}`, 'file');
    expect((await visitor.get(`${visa}/letter`)).status).toBe(200);
    expect(await requestOf(id)).toBeNull();
  });

  it('is not asked again after their delegation gave the passport: the same request stands on their page', async () => {
    const visit = await fresh({ conferenceId: conference.id });
    const email = 'later@example.org';
    const { id, personId } = await member(visit, { person: { given: 'Budi', family: 'Later', locale: 'en', email } });
    await given(officer, `${room(visit)}/${id}/details`);
    const { visitor, visa, registration } = await guestIn(world, conference, email);
    expect(registration.personId).toBe(personId);
    expect((await visitor.get(visa)).body).toContain('•••• 1973');
    expect(await requestOf(registration.id)).toBeNull();
  });
});

describe('who may see the visas of a visit', () => {
  it('is whoever may see the visit for states, and only its officers for passports [A2]', async () => {
    const conference = await openConference(world, { capacity: null });
    const visit = await fresh({ conferenceId: conference.id });
    const restricted = await fresh({ confidentiality: 'restricted', conferenceId: conference.id });
    const { id } = await member(visit);
    const hidden = await member(restricted);
    for (const [one, stay] of [
      [visit, id],
      [restricted, hidden.id],
    ] as const) {
      const { responsibleId: _, ...row } = await world.get(Visits).byId(one.id);
      await world.get(Delegations).member(row, stay);
    }
    for (const role of ['admin', 'organizer', 'responsible', 'readonly', 'data_officer'] as const)
      await staff(world, `${role}.visas@example.org`, [
        { role, conferenceId: role === 'admin' || role === 'data_officer' ? null : conference.id },
      ]);
    const found: Record<string, number[]> = {};
    for (const role of ['admin', 'organizer', 'responsible', 'readonly', 'data_officer']) {
      const viewer = await signedIn(world.client(), `${role}.visas@example.org`);
      found[role] = [];
      for (const path of [
        room(visit),
        `${room(visit)}/${id}/details`,
        room(restricted),
        `/api/v1/visits/${visit.ref}/visas`,
      ])
        found[role].push((await viewer.get(path)).status);
    }
    expect(found).toEqual({
      admin: [404, 404, 404, 404],
      organizer: [200, 404, 404, 200],
      responsible: [200, 403, 404, 200],
      readonly: [404, 404, 404, 404],
      data_officer: [404, 404, 404, 404],
    });
    // The member of one visit is not there in another ([A3]).
    expect((await officer.get(`${room(visit)}/${hidden.id}/details`)).status).toBe(404);
  });
});

describe('the API of visas of a visit', () => {
  it('does what the pages do, masked unless a reason is given', async () => {
    const visit = await fresh();
    const { id } = await member(visit);
    const token = /name="_csrf" value="([^"]*)"/.exec((await officer.get(room(visit))).body)![1]!;
    const headers = { 'x-csrf-token': token, origin: ORIGIN };
    const base = `/api/v1/visits/${visit.ref}/visas`;
    const opened = await officer.api('POST', base, undefined, headers);
    expect(opened.json()).toEqual({ opened: 1 });
    const { etag } = (await officer.get(`${base}/${id}`)).headers;
    const passport = {
      surname: 'Santoso',
      givenNames: 'Budi',
      cyrillicName: 'Сантоса Будзі',
      sex: 'M',
      birthDate: '1985-02-14',
      birthPlace: 'Bandung',
      residence: 'ID',
      otherCitizenships: null,
      passportNumber: 'C4821973',
      issuedOn: '2022-09-30',
      expiresOn: '2032-09-30',
      issuer: 'Imigrasi Bandung',
      entryOn: '2027-03-01',
      exitOn: '2027-03-04',
      entries: 'single',
      consulate: 'Jakarta',
      route: null,
      stayAddress: null,
      employer: 'Perpustakaan',
      position: 'Pustakawan',
      workAddress: null,
      workPhone: null,
      payer: 'host',
      consent: true,
    };
    expect((await officer.api('PUT', `${base}/${id}/details`, passport, headers)).status).toBe(428);
    const put = await officer.api('PUT', `${base}/${id}/details`, passport, { ...headers, 'if-match': String(etag) });
    expect([put.status, put.json<{ details: Record<string, string> }>().details['passportNumber']]).toEqual([
      200,
      '•••• 1973',
    ]);
    const revealed = await officer.api('POST', `${base}/${id}/reveals`, { what: 'details', reason: 'check' }, headers);
    expect(revealed.json<{ details: Record<string, string> }>().details['passportNumber']).toBe('C4821973');
    const list = (await officer.get(base)).json<{ items: { state: string; need: string }[] }>();
    expect(list.items.map(({ state, need }) => [state, need])).toEqual([['data_received', 'needed']]);
  });
});

/** The sealed fields left empty: they stay as they were. */
function emptied(): Fields {
  return Object.fromEntries(
    ['surname', 'givenNames', 'cyrillicName', 'birthPlace', 'issuer', 'employer', 'position', 'passportNumber'].map(
      (name) => [name, ''],
    ),
  );
}
