import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Accounts } from '../../../../src/features/accounts/index.js';
import {
  Delegations,
  VisitMember,
  VisitProposal,
  Visits,
  type NewVisit,
  type Visit,
} from '../../../../src/features/visits/index.js';
import { Database } from '../../../../src/platform/database/database.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Answer, type Client, type Fields } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';
import { partner } from '../../../support/partners.js';
import { typedIn } from '../../../support/typed-form.js';
import { UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let officer: Client;
let officerId: string;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  officerId = (await world.get(Accounts).byEmail('officer@example.org'))!.id;
});
afterAll(() => world.close());
beforeEach(async () => {
  world.clock.advance({ hours: 2 });
  officer = await signedIn(world.client(), 'officer@example.org');
});

const room = ({ ref }: Visit) => `/protocol/visits/${ref}/delegation`;
const fresh = (more: Partial<NewVisit> = {}): Promise<Visit> =>
  world.get(Visits).openFile({
    title: { be: 'Візіт', ru: 'Визит', en: 'A visit' },
    kind: 'working',
    level: 3,
    country: 'AM',
    languages: ['hy'],
    responsibleId: officerId,
    ...more,
  });

/** Makes a link on the page, as an officer does, and answers its path. */
async function linkOf(visit: Visit, expiresOn = '2031-01-01'): Promise<string> {
  const shown = await officer.submit(room(visit), { expiresOn }, `${room(visit)}/link`);
  const url = new RegExp(`${ORIGIN}/en/delegation/[\\w-]{43}`).exec(unescapeHtml(shown.body))?.[0];
  if (!url) throw new Error(`no link on the page: ${shown.status}`);
  return url.replace(ORIGIN, '');
}

const GUEST = { role: 'member', inPerson: 'in_person', told: 'on' };

/** Somebody entered by their own side, on its page. */
async function enter(guest: Client, link: string, fields: Fields): Promise<Answer> {
  return guest.submit(`${link}/members/new`, { ...GUEST, ...fields }, `${link}/members`);
}

const listOf = async (visit: Visit) =>
  (await world.get(Delegations).of(visit.id)).map(({ member, person }) => `${member.orderNo} ${person.given}`);
const memberOf = async (visit: Visit, at = 0) => (await world.get(Delegations).of(visit.id))[at]!.member;

/** Lets every line of readiness pass, and goes as far as the confirmed composition. */
async function confirmed(visit: Visit): Promise<void> {
  const visits = world.get(Visits);
  for (const key of ['decision', 'invitation_letter', 'head', 'names'] as const)
    await visits.override(visit, key, 'for the test');
  let read = await visits.byId(visit.id);
  for (const to of ['under_review', 'approved', 'invited', 'composition_confirmed'] as const)
    read = await visits.step(read, { to, reason: null });
}

describe('the link of a delegation', () => {
  it('[T1] is shown once, stands in no row, and is no matter for caches, search engines or other sites', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const token = link.split('/').at(-1)!;
    expect((await officer.get(room(visit))).body).not.toContain(token);
    for (const table of ['visit_links', 'journal_entries', 'outbox'])
      expect(JSON.stringify(await world.get(Database).manager.query(`SELECT * FROM ${table}`))).not.toContain(token);
    const page = await world.client().get(link);
    expect([page.status, page.headers['cache-control'], page.headers['referrer-policy']]).toEqual([
      200,
      'private, no-store',
      'same-origin',
    ]);
    expect(page.body).toContain('name="robots"');
  });

  it('is unknown when changed, and gone once it is revoked, renewed, or over', async () => {
    const visit = await fresh();
    const guest = world.client();
    const first = await linkOf(visit, '2030-01-01');
    expect((await guest.get(`${first}x`)).status).toBe(404);
    const second = await linkOf(visit);
    expect([(await guest.get(first)).status, (await guest.get(second)).status]).toEqual([410, 200]);
    await officer.submit(room(visit), {}, `${room(visit)}/link/revocation`);
    const gone = await guest.get(second);
    expect([gone.status, gone.body.includes('This link was closed')]).toEqual([410, true]);
    const past = await officer.submit(room(visit), { expiresOn: '2020-01-01' }, `${room(visit)}/link`);
    expect([past.status, past.body.includes('This day is over')]).toEqual([422, true]);
  });

  it('is written to the focal point of the institution in their language, with a page that opens; a closed one is taken back', async () => {
    const { institution, focalPoint } = await partner(world, 'Matenadaran');
    const visit = await fresh({ institutionId: institution.id });
    await linkOf(visit);
    const sent = await officer.submit(room(visit), {}, `${room(visit)}/link/letter`);
    expect(sent.status).toBe(303);
    const letter = (await world.mails()).filter(({ to }) => to === focalPoint!.email).at(-1)!;
    const url = /http\S+\/en\/delegation\/\S+/.exec(letter.parsed.text ?? '')![0];
    expect((await world.client().get(url.replace(ORIGIN, ''))).status).toBe(200);
    await officer.submit(room(visit), {}, `${room(visit)}/link/letter`);
    await officer.submit(room(visit), {}, `${room(visit)}/link/revocation`);
    const before = (await world.mails()).filter(({ to }) => to === focalPoint!.email).length;
    expect(before).toBe(1);
    expect((await officer.get(room(visit))).body).not.toContain('/link/letter"');
  });
});

describe('the own side of a delegation, behind its link', () => {
  it('enters its people in its order, each saved by itself, in whatever script they are written', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    await enter(guest, link, { given: 'محمد', family: 'الأحمد', 'plate.original': 'محمد الأحمد', role: 'head' });
    await enter(guest, link, {
      given: 'Արամ',
      family: 'Պետրոսյան',
      'plate.original': 'Ա. Պետրոսյան',
      position: 'Director',
    });
    await enter(guest, link, { given: 'Suharto', mononym: 'on' });
    const page = unescapeHtml((await guest.get(link)).body);
    for (const text of ['محمد الأحمد', 'Ա. Պետրոսյան', 'Director', '3 members']) expect(page).toContain(text);
    const third = await memberOf(visit, 2);
    await guest.submit(link, { to: '1' }, `${link}/members/${third.id}/place`);
    expect(await listOf(visit)).toEqual(['1 Suharto', '2 محمد', '3 Արամ']);
    const member = await memberOf(visit, 2);
    expect([member.source, member.plate, member.title]).toEqual([
      'guest',
      { original: 'Ա. Պետրոսյան' },
      { en: 'Director' },
    ]);
  });

  it('is told beside the fields what is missing, with everything kept', async () => {
    const link = await linkOf(await fresh());
    const guest = world.client();
    const refused = await guest.submit(
      `${link}/members/new`,
      { role: 'head', inPerson: 'in_person', family: 'Ղազարյան', diet: 'fish' },
      `${link}/members`,
    );
    expect(refused.status).toBe(422);
    for (const text of ['value="Ղազարյան"', '>\nfish</textarea>', 'field-given-error', 'field-told-error'])
      expect(refused.body).toContain(text);
  });

  it('corrects what it gave; what was said of needs is never shown again, stays when left empty, and goes when asked', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    await enter(guest, link, { given: 'Aram', family: 'Petrosyan', diet: 'CANARY fish', access: 'CANARY ramp' });
    const { id } = await memberOf(visit);
    const page = `${link}/members/${id}`;
    const form = async () => typedIn((await guest.get(page)).body, page);
    expect((await guest.get(page)).body).not.toContain('CANARY');
    expect((await guest.get(page)).body).toContain('•••• given');
    expect((await guest.post(page, { ...(await form()), given: 'Ara', access: 'CANARY lift' })).status).toBe(303);
    expect(await listOf(visit)).toEqual(['1 Ara']);
    const shown = await officer.submit(`${room(visit)}/${id}`, {}, `${room(visit)}/${id}/needs/reading`);
    expect(['CANARY fish', 'CANARY lift', 'CANARY ramp'].map((words) => shown.body.includes(words))).toEqual([
      true,
      true,
      false,
    ]);
    await guest.post(page, { ...(await form()), forget: 'on' });
    const now = await memberOf(visit);
    expect([now.diet, now.allergy, now.access]).toEqual([null, null, null]);
  });

  it('neither sees nor writes what is ours, nor the members of another visit', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    await enter(guest, link, { given: 'Aram', family: 'Petrosyan' });
    const { id, version } = await memberOf(visit);
    await world.get(Delegations).edit(visit, { id, version }, { level: 1, courtesy: { en: 'CANARY Excellency' } });
    const page = `${link}/members/${id}`;
    for (const address of [link, page]) expect((await guest.get(address)).body).not.toContain('CANARY');
    const forged = await guest.post(page, { ...typedIn((await guest.get(page)).body, page), level: '5' });
    expect(forged.status).toBe(422);
    const saved = await guest.post(page, typedIn((await guest.get(page)).body, page));
    expect([saved.status, (await memberOf(visit)).level]).toEqual([303, 1]);
    const other = await fresh();
    const { member } = await world
      .get(Delegations)
      .add(other, { person: { given: 'X', family: 'Y', locale: 'en' }, role: 'head', source: 'staff' });
    for (const foreign of [member.id, UNKNOWN_ID])
      expect((await guest.get(`${link}/members/${foreign}`)).status).toBe(404);
  });

  it('cannot rename somebody whom the house knew before', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const { focalPoint } = await partner(world, 'Known');
    await world.get(Delegations).add(visit, { person: { personId: focalPoint!.id }, role: 'head', source: 'staff' });
    const guest = world.client();
    const { id } = await memberOf(visit);
    const page = `${link}/members/${id}`;
    const form = typedIn((await guest.get(page)).body, page);
    await guest.post(page, { ...form, given: 'Somebody', 'plate.en': 'F. Known' });
    expect([await listOf(visit), (await memberOf(visit)).plate]).toEqual([['1 Focal'], { en: 'F. Known' }]);
  });

  it('whose page is older than a change of the officer is told so, with what was typed', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    await enter(guest, link, { given: 'Aram', family: 'Petrosyan' });
    const { id, version } = await memberOf(visit);
    const page = `${link}/members/${id}`;
    const form = typedIn((await guest.get(page)).body, page);
    await world.get(Delegations).edit(visit, { id, version }, { level: 2 });
    const stale = await guest.post(page, { ...form, position: 'Typed meanwhile' });
    expect([stale.status, stale.body.includes('value="Typed meanwhile"')]).toEqual([409, true]);
  });

  it('says that everybody is there, once, and the responsible officer gets one mail; another change takes it back', async () => {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    await enter(guest, link, { given: 'Aram', family: 'Petrosyan' });
    for (let press = 0; press < 2; press++) {
      const page = await guest.get(link);
      if (page.body.includes(`${link}/done`)) await guest.submit(link, {}, `${link}/done`);
    }
    const told = (await world.mails()).filter(({ parsed }) => parsed.subject?.startsWith(visit.ref));
    expect(told.map(({ to, parsed }) => [to, parsed.subject])).toEqual([
      ['officer@example.org', `${visit.ref}: their side has entered its delegation`],
    ]);
    expect((await officer.get(room(visit))).body).toContain('all are entered');
    await enter(guest, link, { given: 'Ani', family: 'Second' });
    expect((await officer.get(room(visit))).body).toContain('still entering');
  });
});

describe('a composition that was confirmed', () => {
  async function ready() {
    const visit = await fresh();
    const link = await linkOf(visit);
    const guest = world.client();
    for (const given of ['Aram', 'Ani', 'Tigran'])
      await enter(guest, link, { given, family: 'Guest', position: 'Director' });
    await confirmed(visit);
    return { visit, link, guest };
  }
  const decide = (visit: Visit, id: string, answer: 'acceptance' | 'refusal') =>
    officer.submit(room(visit), {}, `${room(visit)}/proposals/${id}/${answer}`);
  const open = async (visit: Visit) =>
    (await world.get(Database).all(VisitProposal, { visitId: visit.id, state: 'open' })).toSorted((a, b) =>
      a.id < b.id ? -1 : 1,
    );

  it('does not change by what the guest side asks for, until the officer takes it over', async () => {
    const { visit, link, guest } = await ready();
    const members = (await world.get(Delegations).of(visit.id)).map(({ member }) => member.id);
    const page = `${link}/members/${members[0]}`;
    const form = typedIn((await guest.get(page)).body, page);
    await guest.post(page, { ...form, position: 'Acting director', diet: 'CANARY vegan' });
    await enter(guest, link, { given: 'Narek', family: 'New' });
    await guest.submit(link, { to: '1' }, `${link}/members/${members[1]}/place`);
    await guest.submit(`${link}/members/${members[2]}`, {}, `${link}/members/${members[2]}/removal`);
    expect(await listOf(visit)).toEqual(['1 Aram', '2 Ani', '3 Tigran']);
    const shown = unescapeHtml((await officer.get(room(visit))).body);
    for (const text of [
      'Their side asks for 4 changes',
      '<del dir="auto">Director</del>',
      '<ins dir="auto">Acting director</ins>',
    ])
      expect(shown).toContain(text);
    expect(shown).not.toContain('CANARY');
    for (const { id } of await open(visit)) expect((await decide(visit, id, 'acceptance')).status).toBe(303);
    expect(await listOf(visit)).toEqual(['1 Ani', '2 Aram', '3 Narek']);
    const aram = await memberOf(visit, 1);
    expect([aram.title, aram.diet !== null]).toEqual([{ en: 'Acting director' }, true]);
    const after = unescapeHtml((await officer.get(room(visit))).body);
    for (const text of [
      'Changes since the composition was confirmed',
      'Tigran Guest</bdi>: taken out',
      'Narek New</bdi>: new',
    ])
      expect(after).toContain(text);
  });

  it('stays as it was when the officer refuses, and what was typed is gone', async () => {
    const { visit, link, guest } = await ready();
    const { id } = await memberOf(visit);
    await guest.submit(`${link}/members/${id}`, {}, `${link}/members/${id}/removal`);
    expect((await guest.get(link)).body).toContain('removal asked for');
    const [proposal] = await open(visit);
    await decide(visit, proposal!.id, 'refusal');
    expect(await listOf(visit)).toEqual(['1 Aram', '2 Ani', '3 Tigran']);
    const row = (await world.get(Database).one(VisitProposal, { id: proposal!.id }))!;
    expect([row.state, row.content]).toEqual(['refused', null]);
    expect((await guest.get(link)).body).not.toContain('removal asked for');
  });

  it('has one open wish for each member: the latter counts, and is shown when they come back', async () => {
    const { visit, link, guest } = await ready();
    const { id } = await memberOf(visit);
    const page = `${link}/members/${id}`;
    for (const position of ['First wish', 'Second wish'])
      await guest.post(page, { ...typedIn((await guest.get(page)).body, page), position });
    expect(await open(visit)).toHaveLength(1);
    expect((await guest.get(page)).body).toContain('value="Second wish"');
  });

  it('keeps wishes sealed, and neither wish nor journal holds a word of them in the clear', async () => {
    const { visit, link, guest } = await ready();
    await enter(guest, link, { given: 'CANARY', family: 'CANARY', allergy: 'CANARY nuts' });
    const rows = await world.get(Database).all(VisitProposal, { visitId: visit.id });
    const entries = await world.get(Database).all(JournalEntry, { subjectId: visit.id });
    expect([JSON.stringify(rows).includes('CANARY'), JSON.stringify(entries).includes('CANARY')]).toEqual([
      false,
      false,
    ]);
    expect(rows.map(({ kind, memberId }) => [kind, memberId])).toEqual([['add', null]]);
    const [{ id }] = rows as [VisitProposal];
    const other = await fresh();
    const foreign = await officer.api(
      'POST',
      `/api/v1/visits/${other.ref}/members/proposals/${id}/acceptance`,
      undefined,
      {
        origin: ORIGIN,
        'x-csrf-token': /name="_csrf" value="([^"]+)"/.exec((await officer.get('/protocol')).body)![1]!,
      },
    );
    expect(foreign.status).toBe(404);
    expect(await world.get(Database).all(VisitMember, { visitId: other.id })).toEqual([]);
  });
});
