import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { EntryRules, VisaRequest } from '../../../../src/features/registration/index.js';
import { Needs } from '../../../../src/features/registration/needs.entity.js';
import { NeedsOfPeople } from '../../../../src/features/registration/needs.service.js';
import { Delegations, MemberNeeds, VisitMember, Visits, type Visit } from '../../../../src/features/visits/index.js';
import { VisitProposal } from '../../../../src/features/visits/delegation/composition.entity.js';
import { Briefings } from '../../../../src/features/visits/briefing/briefings.service.js';
import { DelegationLinks } from '../../../../src/features/visits/delegation/delegation-links.service.js';
import { Proposals } from '../../../../src/features/visits/delegation/proposals.service.js';
import { VisitLink } from '../../../../src/features/visits/delegation/delegation-link.entity.js';
import { VisitPapers } from '../../../../src/features/visits/papers/papers.service.js';
import { Gifts } from '../../../../src/features/visits/logistics/gifts.service.js';
import { Journeys } from '../../../../src/features/visits/logistics/journeys.service.js';
import { Lodgings } from '../../../../src/features/visits/logistics/lodgings.service.js';
import { VisitGift, VisitLeg, VisitLodging } from '../../../../src/features/visits/logistics/logistics.entity.js';
import { HoldReminders } from '../../../../src/features/desk/purge/hold-reminders.js';
import { JournalEntry } from '../../../../src/platform/journal/journal-entry.entity.js';
import { LegalHold } from '../../../../src/platform/purge/legal-hold.entity.js';
import { Purge, type PurgeCount } from '../../../../src/platform/purge/purge.service.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { placesOf } from '../../../support/canary.js';
import { hiddenFields, type Client, type Fields } from '../../../support/client.js';
import { openConference } from '../../../support/conference.js';
import { visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { DETAILS, fill, guestIn, PDF, travelDays } from '../../../support/visa.js';

/** In these spellings they may be found nowhere once their term is over; and in the clear not before either, where sealed. */
const PASSPORT = ['C4821973', Buffer.from('C4821973').toString('base64').replace(/=+$/, ''), 'SANTOSO BUDI'];
const NEEDS = ['CANARYvegan', 'CANARYnuts', 'CANARYramp', 'CANARYwish'];
const TRAVEL = ['CANARYflight', 'CANARYhotel', 'CANARYaunt'];
const NOTES = ['CANARYgiftnote'];

let world: TestApp;
let officer: Client;
let data: Client;
const written: string[] = [];

beforeAll(async () => {
  for (const stream of [process.stdout, process.stderr])
    jest.spyOn(stream, 'write').mockImplementation((chunk: string | Uint8Array) => (written.push(String(chunk)), true));
  world = await startApp({ LOG_LEVEL: 'debug' });
  await world.get(EntryRules).propose();
  await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  await staff(world, 'data@example.org', [{ role: 'data_officer', conferenceId: null }]);
});
afterAll(async () => {
  jest.restoreAllMocks();
  await world.close();
});

/** A visit whose last day is the fourth from now, with everything that has a term. */
async function full(note = 'nothing'): Promise<{ visit: Visit; member: VisitMember }> {
  // In the morning of a day, so that days here and in Minsk are the same.
  world.clock.set(`${new Date(world.clock.now().getTime() + 86_400_000).toISOString().slice(0, 10)}T09:00:00Z`);
  officer = await signedIn(world.client(), 'officer@example.org');
  const day = (ahead: number) => new Date(world.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
  const visit = await visitOf(world, { country: 'ID', startsOn: day(1), endsOn: day(4) });
  const { member } = await world.get(Delegations).add(visit, {
    person: { given: 'Budi', family: 'Santoso', locale: 'en' },
    role: 'head',
    title: { en: 'Director' },
    citizenship: 'ID',
    passportType: 'ordinary',
    source: 'guest',
    emergencyContact: 'CANARYaunt',
  });
  const words = { diet: 'CANARYvegan', allergy: 'CANARYnuts', access: 'CANARYramp' };
  await world.get(MemberNeeds).write(visit, member, words);
  await world.get(Proposals).propose(visit, 'add', {
    memberId: null,
    typed: { given: 'CANARYwish', family: null, mononym: true, needs: { ...words } } as never,
  });
  await world.get(DelegationLinks).make(visit, visit.endsOn!);
  await world.get(Journeys).add(
    visit,
    {
      direction: 'arrival',
      mode: 'flight',
      carrier: 'CANARYflight',
      number: 'XX 1',
      fromPlace: 'Jakarta',
      toPlace: 'Minsk',
      departsAt: `${visit.startsOn}T08:00`,
      departsZone: 'Asia/Jakarta',
      arrivesAt: `${visit.startsOn}T20:00`,
      arrivesZone: 'Europe/Minsk',
      terminal: null,
      carId: null,
      greeter: null,
      signText: null,
      luggage: null,
      status: 'planned',
      note: null,
    } as never,
    [member.id],
  );
  await world.get(Lodgings).save(visit, member.id, 0, {
    hotel: 'CANARYhotel',
    roomType: 'single',
    from: visit.startsOn!,
    until: visit.endsOn!,
    sharedWith: null,
    payer: null,
  } as never);
  await world.get(Gifts).add(visit, {
    way: 'given',
    what: 'A facsimile',
    memberId: member.id,
    whom: null,
    rank: null,
    value: null,
    currency: null,
    keptAt: null,
    ready: false,
    note,
  } as never);
  await world.get(Briefings).save(visit, 0, {
    principal: null,
    wants: note,
    facts: [],
    lastMeeting: null,
    theirPoints: null,
    ourLine: note,
    sensitive: null,
    execution: null,
    pressLine: null,
    bios: { [member.id]: note },
  });
  const card = `/protocol/visits/${visit.ref}/visa/${member.id}`;
  const page = `${card}/details`;
  const opened = await officer.get(page);
  await officer.post(page, { ...hiddenFields(opened.body, page), ...DETAILS, ...travelDays(opened.body) });
  const act = (action: string, fields: Fields) => fill(officer, card, fields, `${card}/${action}`);
  await act('letter', { locale: 'en', addressee: 'Consulate in Jakarta' });
  await officer.upload(
    `${card}/signature`,
    hiddenFields((await officer.get(card)).body, `${card}/signature`) as Fields,
    {
      field: 'file',
      filename: 'C4821973.pdf',
      bytes: Buffer.concat([PDF, Buffer.from('C4821973 SANTOSO BUDI\n%%EOF\n')]),
    },
  );
  await act('sending', { delivery: 'hand' });
  await act('reveal', { what: 'details', reason: 'to compare' });
  return { visit, member };
}

const counted = (counts: readonly PurgeCount[] | null, part: 'count' | 'held' = 'count') =>
  Object.fromEntries((counts ?? []).filter((one) => one[part] > 0).map((one) => [one.name, one[part]]));
/** The clock goes on in steps that no heartbeat minds. Answers what went in all. */
async function days(count: number): Promise<Record<string, number>> {
  const gone: Record<string, number> = {};
  for (let day = 0; day < count; day++) {
    world.clock.advance({ days: 1 });
    for (const [name, number] of Object.entries(counted(await world.get(Purge).tick())))
      gone[name] = (gone[name] ?? 0) + number;
  }
  return gone;
}
const ahead = async (count: number) =>
  counted(await world.get(Purge).plan(new Date(world.clock.now().getTime() + count * 86_400_000)));

describe('the data of a visit', () => {
  it('[V7] go by their terms: diets after 14 days, passports and journeys after 30, and are shown a week ahead', async () => {
    const { visit, member } = await full();
    await world.get(Purge).tick();
    expect(await placesOf(world, [...PASSPORT, ...NEEDS], written)).toEqual([]);
    expect((await placesOf(world, TRAVEL, [])).length).toBeGreaterThan(2);
    expect([await ahead(7), await ahead(20)]).toEqual([
      {},
      { 'diets and needs of delegations': 1, 'wishes of delegations': 1 },
    ]);
    expect(await days(18)).toEqual({});
    expect(await days(1)).toEqual({ 'diets and needs of delegations': 1, 'wishes of delegations': 1 });
    const row = (await world.db.one(VisitMember, { id: member.id }))!;
    expect([row.diet, row.allergy, row.access, row.emergencyContact]).toEqual([null, null, null, 'CANARYaunt']);
    expect(await world.db.all(VisitProposal, { visitId: visit.id })).toMatchObject([
      { content: null, state: 'refused' },
    ]);

    const page = await (await signedIn(world.client(), 'data@example.org')).get('/admin/purge');
    expect(page.body).not.toMatch(/CANARY|C4821973|Santoso/);
    expect(await days(16)).toEqual({
      'links of delegations': 1,
      'passport data and visa letters': 1,
      'journeys and rooms of visits': 1,
    });
    expect(await placesOf(world, [...PASSPORT, ...NEEDS, ...TRAVEL], written)).toEqual([]);
    for (const entity of [VisitLeg, VisitLodging, VisitLink]) expect(await world.db.repository(entity).count()).toBe(0);
    // The facts stay: who came, that a letter went out, what was given.
    expect(await world.db.one(VisaRequest, { stayId: member.id })).toMatchObject({ state: 'sent', entryOn: null });
    expect(row.title).toEqual({ en: 'Director' });
    const [entry] = await world.db.repository(JournalEntry).find({ where: { type: 'Purged' }, order: { id: 'DESC' } });
    expect(entry?.data).toMatchObject({ counts: { 'journeys and rooms of visits': 1 }, held: 0, failed: 0 });
    // Repeating it is harmless.
    expect(counted(await world.get(Purge).run())).toEqual({});
  }, 120_000);

  it('[V7] of notes go when the file is closed, which asks for the day of deletion first, whatever the reason', async () => {
    const { visit } = await full('CANARYgiftnote');
    const visits = world.get(Visits);
    const now = async () => visits.byId(visit.id);
    for (const key of [
      'decision',
      'invitation_letter',
      'head',
      'names',
      'places',
      'owners',
      'double_bookings',
    ] as const)
      await visits.override(visit, key, 'for the test');
    for (const key of ['interpreters', 'visas', 'report'] as const) await visits.override(visit, key, 'for the test');
    expect(() => visits.override(visit, 'purge_date', 'no')).toThrow('error.visit.neverOverridden');
    const way = ['under_review', 'approved', 'invited', 'composition_confirmed', 'preparing', 'frozen', 'in_progress'];
    for (const to of [...way, 'completed', 'reported'] as const)
      await visits.step(await now(), { to: to as 'frozen', reason: null });
    await expect(visits.step(await now(), { to: 'closed', reason: null })).rejects.toMatchObject({
      code: 'error.visit.notReady',
    });
    const set = (ahead: number) =>
      new Date(Date.parse(`${visit.endsOn}T00:00:00Z`) + ahead * 86_400_000).toISOString().slice(0, 10);
    for (const wrong of [6, 91])
      await expect(visits.edit(await now(), { purgeOn: set(wrong) })).rejects.toMatchObject({
        problems: [{ field: 'purgeOn', code: 'error.visit.purgeOn' }],
      });
    await visits.edit(await now(), { purgeOn: set(20) });
    expect((await placesOf(world, NOTES, [])).length).toBeGreaterThan(0);
    await visits.step(await now(), { to: 'closed', reason: null });
    expect((await days(1))['internal notes of visits']).toBe(1);
    expect(await placesOf(world, NOTES, written)).toEqual([]);
    expect(await world.db.all(VisitGift, { visitId: visit.id })).toMatchObject([{ what: 'A facsimile', note: null }]);
    // The day that was set counts for passports and journeys, too: the 20th, not the 30th after.
    expect(await days(23)).toMatchObject({ 'diets and needs of delegations': 1 });
    expect(await placesOf(world, ['CANARYhotel'], [])).not.toEqual([]);
    expect(await days(1)).toMatchObject({ 'passport data and visa letters': 1, 'journeys and rooms of visits': 1 });
    expect(await placesOf(world, [...PASSPORT, ...TRAVEL], [])).toEqual([]);
  }, 120_000);
});

describe('what somebody wrote about a visit', () => {
  it('goes after three years; what was, stays', async () => {
    const { visit } = await full();
    const visits = world.get(Visits);
    const words = { purpose: 'CANARYpurpose', decision: 'CANARYdecision', lessons: 'CANARYlessons' };
    await visits.edit(await visits.byId(visit.id), words);
    await visits.override(visit, 'visas', 'CANARYoverride');
    const paper = { kind: 'other', direction: 'incoming', number: '12', issuedOn: '2027-01-01', about: 'CANARYpaper' };
    await world.get(VisitPapers).enter(visit, paper as never);
    const over = Date.parse(`${visit.endsOn}T21:00:00Z`);
    world.clock.set(new Date(over + 3 * 366 * 86_400_000));
    await world.get(Purge).confirmClock();
    expect(counted(await world.get(Purge).run())).toHaveProperty('reasons and promises of visits');
    const found = await placesOf(world, ['CANARYpurpose', 'CANARYdecision', 'CANARYlessons', 'CANARYpaper'], written);
    expect(found).toEqual([]);
    expect(await visits.byId(visit.id)).toMatchObject({ ref: visit.ref, title: visit.title, purpose: null });
    expect(await world.get(VisitPapers).of(visit.id)).toMatchObject([{ number: '12', about: null }]);
    expect(counted(await world.get(Purge).run())).toEqual({});
  });
});

describe('diets of participants', () => {
  it('[V7] go 14 days after the conference', async () => {
    const conference = await openConference(world, { capacity: null });
    const { registration } = await guestIn(world, conference, 'diet@example.org');
    await world.get(NeedsOfPeople).write(registration, { diet: 'CANARYfish', access: null, consent: true });
    const over = Date.parse(`${conference.endsOn}T21:00:00Z`);
    const due = async (after: number) =>
      counted(await world.get(Purge).plan(new Date(over + after * 86_400_000)))['diets and needs of participants'];
    expect([await due(13.9), await due(14)]).toEqual([undefined, 1]);
    world.clock.set(new Date(over + 14 * 86_400_000));
    await world.get(Purge).confirmClock();
    await world.get(Purge).run();
    expect(await world.db.repository(Needs).count()).toBe(0);
  });
});

describe('a legal hold', () => {
  it('[V7] needs something known, a reason and an end, keeps what it names, and ends or is lifted', async () => {
    const { visit, member } = await full();
    data = await signedIn(world.client(), 'data@example.org');
    const place = (fields: Fields) => data.submit('/admin/purge', fields, '/admin/purge/holds');
    const until = (ahead: number) =>
      new Date(world.clock.now().getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
    const hold = { kind: 'visit', subject: visit.ref, reason: 'Court case 12', endsOn: until(60) };
    const refused = [
      await place({ ...hold, subject: 'V-1999-001' }),
      await place({ ...hold, reason: '' }),
      await place({ ...hold, endsOn: '' }),
      await place({ ...hold, endsOn: until(-2) }),
    ];
    expect(refused.map(({ status, body }) => [status, body.includes('Court case 12')])).toEqual([
      [422, true],
      [422, false],
      [422, true],
      [422, true],
    ]);
    expect((await place(hold)).status).toBe(303);
    expect((await data.get('/admin/purge')).body).toContain('Court case 12');

    const gone = await days(40);
    expect(gone).not.toHaveProperty('diets and needs of delegations');
    const held = counted(await world.get(Purge).plan(world.clock.now()), 'held');
    expect(held).toMatchObject({
      'diets and needs of delegations': 1,
      'passport data and visa letters': 1,
      'journeys and rooms of visits': 1,
    });
    expect((await world.db.one(VisitMember, { id: member.id }))!.diet).not.toBeNull();

    data = await signedIn(world.client(), 'data@example.org');
    const told = async () => {
      await world.get(HoldReminders).tell();
      return (await world.mails()).filter(
        ({ to, text }) => to === 'data@example.org' && text.includes('Court case 12'),
      );
    };
    expect(await told()).toEqual([]);
    await days(14);
    expect(await told()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
    data = await signedIn(world.client(), 'data@example.org');
    const { id } = await world.db.repository(LegalHold).findOneByOrFail({ subjectId: visit.id });
    await data.submit('/admin/purge', {}, `/admin/purge/holds/${id}/lifting`);
    expect(await days(1)).toMatchObject({ 'diets and needs of delegations': 1, 'passport data and visa letters': 1 });
    expect(await placesOf(world, [...PASSPORT, ...NEEDS, ...TRAVEL], written)).toEqual([]);
    const types = (await world.db.all(JournalEntry, { subjectId: id })).map(({ type }) => type);
    expect(types.toSorted()).toEqual(['LegalHoldLifted', 'LegalHoldPlaced']);
  }, 120_000);

  it('ends by itself at the end of its last day, and is for data officers and administrators alone', async () => {
    const { visit } = await full();
    data = await signedIn(world.client(), 'data@example.org');
    const token = /name="_csrf" value="([^"]*)"/.exec((await data.get('/admin/purge')).body)![1]!;
    const headers = { 'x-csrf-token': token, origin: ORIGIN };
    const endsOn = new Date(world.clock.now().getTime() + 30 * 86_400_000).toISOString().slice(0, 10);
    const placed = await data.api(
      'POST',
      '/api/v1/legal-holds',
      { kind: 'visit', subject: visit.ref, reason: 'until then', endsOn },
      headers,
    );
    expect([placed.status, placed.json()['subject']]).toEqual([201, visit.ref]);
    expect(await days(30)).not.toHaveProperty('diets and needs of delegations');
    expect(await days(1)).toHaveProperty('diets and needs of delegations', 1);
    officer = await signedIn(world.client(), 'officer@example.org');
    for (const path of ['/admin/purge', '/api/v1/legal-holds', '/api/v1/purge-plan'])
      expect((await officer.get(path)).status).toBe(404);
  }, 120_000);
});
