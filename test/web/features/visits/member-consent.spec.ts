import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Consents } from '../../../../src/features/people/index.js';
import { EntryRules, VisaRequest } from '../../../../src/features/registration/index.js';
import { DelegationLinks, Delegations, VisitMember, type Visit } from '../../../../src/features/visits/index.js';
import { MemberConsent } from '../../../../src/features/visits/delegation/member-consent.entity.js';
import { MemberConsents } from '../../../../src/features/visits/delegation/member-consents.service.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, type Client } from '../../../support/client.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';
import { DETAILS, travelDays } from '../../../support/visa.js';

let world: TestApp;
let serial = 0;
beforeAll(async () => {
  world = await startApp();
  await world.get(EntryRules).propose();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

interface Asked {
  visit: Visit;
  member: VisitMember;
  guest: Client;
  page: string;
  email: string;
}

/** A member whose own side gives diet and passport behind its link. */
async function given(email: string | null = `member-${++serial}@example.org`): Promise<Asked> {
  const visit = await visitOf(world, { country: 'ID' });
  const { member } = await world.get(Delegations).add(visit, {
    person: { given: 'Budi', family: 'Santoso', locale: 'en', email },
    role: 'head',
    citizenship: 'ID',
    passportType: 'ordinary',
    source: 'staff',
  });
  const page = `/en/delegation/${await world.get(DelegationLinks).make(visit, '2031-01-01')}/members/${member.id}`;
  const guest = world.client();
  const form = typedIn((await guest.get(page)).body, page);
  expect((await guest.post(page, { ...form, diet: 'CANARY vegan' })).status).toBe(303);
  const visa = `${page}/visa`;
  const opened = await guest.get(visa);
  const passport = { ...hiddenFields(opened.body, visa), ...DETAILS, ...travelDays(opened.body) };
  expect((await guest.post(visa, passport)).status).toBe(303);
  return { visit, member, guest, page, email: email ?? '' };
}
const mailsTo = async (email: string) => (await world.mails()).filter(({ to }) => to === email);
const linkIn = async ({ email }: Asked) =>
  new URL((await mailsTo(email)).at(-1)!.link('/en/delegation-consent/')).pathname;
const memberNow = async ({ member }: Asked) => (await world.db.one(VisitMember, { id: member.id }))!;
const requestOf = ({ member }: Asked) => world.db.one(VisaRequest, { stayId: member.id });
const saidBy = async ({ member }: Asked, purpose: 'special' | 'visa') => {
  const said = (await world.get(Consents).current(member.personId)).get(purpose);
  return [said?.given, said?.channel];
};
const answer = async (link: string, value: string) => world.client().submit(link, { answer: value });

describe('what a focal point has given of a member', () => {
  it('is asked about once by mail, in kinds and not in words, and stays when they agree themselves', async () => {
    const one = await given();
    const mails = await mailsTo(one.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Please confirm your details: A visit']);
    const link = await linkIn(one);
    const page = await world.client().get(link);
    for (const text of ['diet, allergies, access needs', 'the data of your passport'])
      expect(page.body).toContain(text);
    expect(page.body + JSON.stringify(mails)).not.toMatch(/CANARY|C4821973/);
    expect(await saidBy(one, 'special')).toEqual([true, 'focal']);
    expect((await answer(link, '')).status).toBe(422);
    expect((await answer(link, 'agree')).status).toBe(303);
    expect([await saidBy(one, 'special'), await saidBy(one, 'visa')]).toEqual([
      [true, 'web'],
      [true, 'web'],
    ]);
    expect((await memberNow(one)).diet).not.toBeNull();
    expect((await world.client().get(link)).body).toContain('You have agreed.');
    // Their own word is not asked for again.
    const form = typedIn((await one.guest.get(one.page)).body, one.page);
    await one.guest.post(one.page, { ...form, diet: 'CANARY fish' });
    expect(await mailsTo(one.email)).toHaveLength(1);
  });

  it('is deleted at once when they refuse, and nothing can be answered twice', async () => {
    const one = await given();
    const link = await linkIn(one);
    const form = hiddenFields((await world.client().get(link)).body, link);
    const visitor = world.client();
    await visitor.submit(link, { answer: 'refuse' });
    expect([(await memberNow(one)).diet, (await requestOf(one))?.state]).toEqual([null, 'withdrawn']);
    const details = await world.db.manager.query('SELECT * FROM visa_details WHERE request_id = ?', [
      (await requestOf(one))!.id,
    ]);
    expect(details).toEqual([]);
    expect(await saidBy(one, 'special')).toEqual([false, 'web']);
    const late = await visitor.post(link, {
      ...form,
      _csrf: hiddenFields((await visitor.get('/en/sign-in')).body)['_csrf'],
      answer: 'agree',
    });
    expect([late.status, (await memberNow(one)).diet]).toEqual([409, null]);
  });

  it('is deleted after 14 days without an answer, on record, and the officer sees it', async () => {
    const one = await given();
    const link = await linkIn(one);
    world.clock.advance({ days: 13 });
    expect(await world.get(MemberConsents).lapseDue()).toBe(0);
    expect((await memberNow(one)).diet).not.toBeNull();
    world.clock.advance({ days: 1 });
    expect(await world.get(MemberConsents).lapseDue()).toBe(1);
    expect(await world.get(MemberConsents).lapseDue()).toBe(0);
    expect([(await memberNow(one)).diet, (await requestOf(one))?.state, await saidBy(one, 'visa')]).toEqual([
      null,
      'withdrawn',
      [false, 'focal'],
    ]);
    expect((await world.client().get(link)).body).toContain('no answer in time');
    const entries = (await world.db.all(JournalEntry, { subjectId: one.visit.id })).filter(({ type }) =>
      type.startsWith('MemberConsent'),
    );
    expect(entries.map(({ type, data }) => [type, (data as { answer?: string }).answer]).toSorted()).toEqual([
      ['MemberConsentAnswered', 'lapsed'],
      ['MemberConsentAsked', undefined],
    ]);
    const officer = await signedIn(world.client(), 'officer@example.org');
    expect((await officer.get(`/protocol/visits/${one.visit.ref}/delegation`)).body).toContain('no answer, deleted');
    // Given anew, it is asked about anew, behind another link.
    const form = typedIn((await one.guest.get(one.page)).body, one.page);
    await one.guest.post(one.page, { ...form, diet: 'CANARY again' });
    expect(await mailsTo(one.email)).toHaveLength(2);
    expect([(await world.client().get(link)).status, await linkIn(one)]).toEqual([
      404,
      expect.not.stringMatching(link),
    ]);
  });

  it('of whom no address is known cannot be asked about; a link that nobody has is unknown, and no row holds one [T1]', async () => {
    const one = await given(null);
    expect(await world.db.one(MemberConsent, { memberId: one.member.id })).toBeNull();
    const other = await given();
    const token = (await linkIn(other)).split('/').at(-1)!;
    expect((await world.client().get(`/en/delegation-consent/${token}x`)).status).toBe(404);
    expect((await world.client().get(`/en/delegation/${token}`)).status).toBe(404);
    for (const table of ['visit_consents', 'journal_entries'])
      expect(JSON.stringify(await world.db.manager.query(`SELECT * FROM ${table}`))).not.toContain(token);
    expect((await world.client().get(`${ORIGIN}/en/delegation-consent/${token}`)).status).toBe(200);
  });

  it('is not asked about any more once they are taken out', async () => {
    const one = await given();
    await world.get(Delegations).remove(one.visit, one.member.id);
    expect(await mailsTo(one.email)).toEqual([]);
    expect(await world.db.one(MemberConsent, { memberId: one.member.id })).toBeNull();
  });
});
