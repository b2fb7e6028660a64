import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { Assignments, Programmes, Sessions, type Session } from '../../../../src/features/programme/index.js';
import { People } from '../../../../src/features/people/index.js';
import { StayReleases, StaySessions, type Visit } from '../../../../src/features/visits/index.js';
import { VisitRelease } from '../../../../src/features/visits/stay/stay.entity.js';
import { Visit as VisitRow } from '../../../../src/features/visits/visit.entity.js';
import type { Locale } from '../../../../src/kernel/locale.js';
import { OutgoingMail } from '../../../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { sessionOf, visitOf } from '../../../support/delegation.js';
import { program } from '../../../support/program.js';
import { cookiesOf, HOST } from '../../../support/visits.js';
import { textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';

let world: TestApp;
let client: Client;

beforeAll(async () => {
  world = await startApp();
  await staff(world, 'protocol@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol@example.org');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

let people = 0;

async function take(
  visit: Visit,
  session: Session,
  given: string,
  role: 'host' | 'interpreter',
  locale: Locale | null,
) {
  people++;
  const email = locale === null ? null : `person${people}@example.org`;
  const person = await world.get(People).create({ given, family: null, mononym: true, locale: locale ?? 'be', email });
  const programme = await world.get(Programmes).ofOwner(visit.id);
  await world
    .get(Assignments)
    .assign(programme.id, { sessionId: session.id, personId: person.id, role, state: 'confirmed' });
  return { ...person, email: email! };
}

/** Frozen with two sessions: a meeting with a host and an interpreter, a tour with another host. */
async function frozen() {
  const visit = await visitOf(world, {
    title: { be: 'Візіт з Ерэвана', ru: 'Визит из Еревана', en: 'Visit from Yerevan' },
  });
  const meeting = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00');
  const tour = await sessionOf(world, visit, 'tour', '2027-03-03T15:00', '2027-03-03T16:00');
  const host = await take(visit, meeting, 'Ганна', 'host', 'be');
  const interpreter = await take(visit, meeting, 'Марина', 'interpreter', 'ru');
  const guide = await take(visit, tour, 'Guide', 'host', 'en');
  const nameless = await take(visit, meeting, 'Ціхан', 'host', null);
  await world.get(StayReleases).send(visit, 0);
  await world.db.repository(VisitRow).update({ id: visit.id }, { state: 'frozen' });
  await world.db.repository(VisitRelease).update({ visitId: visit.id }, { mark: 'frozen' });
  const now = { ...visit, state: 'frozen' as const };
  return { visit: now, meeting, tour, host, interpreter, guide, nameless };
}

async function move(visit: Visit, session: Session, minutes: number): Promise<void> {
  const programme = await world.get(Programmes).ofOwner(visit.id);
  const start = new Date(session.startsAt!.getTime() + minutes * 60_000);
  await world.get(Sessions).move(programme.id, session, { start, minutes: 60, roomId: null });
}

const mailsOf = async ({ id }: Visit) => world.db.all(OutgoingMail, { about: `visit:${id}`, kind: 'visit-change' });
/** What a mail says, as plain text. */
async function wordsIn({ id }: Pick<OutgoingMail, 'id'>): Promise<string> {
  const row = await world.db
    .repository(OutgoingMail)
    .findOneOrFail({ where: { id }, select: { id: true, mime: true } });
  return (await simpleParser(Buffer.from(row.mime))).text ?? '';
}

describe('the mails of a change sheet', () => {
  it('are drafted for those whose items are different, each in their language, and for nobody else', async () => {
    const { visit, meeting, host, interpreter } = await frozen();
    await move(visit, meeting, 90);
    await world.get(StayReleases).send(visit, 1);
    const mails = await mailsOf(visit);
    expect(mails.map(({ recipient, locale, state }) => [recipient, locale, state]).toSorted()).toEqual(
      [
        [host.email, 'be', 'held'],
        [interpreter.email, 'ru', 'held'],
      ].toSorted(),
    );
    const to = (email: string) => mails.find(({ recipient }) => recipient === email)!;
    expect(to(host.email).subject).toContain('Ліст змен № 1: Візіт з Ерэвана');
    expect(to(interpreter.email).subject).toContain('Лист изменений № 1: Визит из Еревана');
    for (const mail of mails) {
      expect(await wordsIn(mail)).toMatch(/10:00–11:00[\s\S]*11:30–12:30/);
      expect(await wordsIn(mail)).not.toContain('The tour');
    }
  });

  it('tell a host an internal note, and the interpreter of the same session nothing', async () => {
    const { visit, meeting, host } = await frozen();
    const programme = await world.get(Programmes).ofOwner(visit.id);
    const session = await world.get(Sessions).byId(programme.id, meeting.id);
    await world.get(StaySessions).edit(visit, session, {
      kind: 'meeting',
      title: session.title,
      languages: [],
      layout: null,
      place: { start: session.startsAt, minutes: 60, roomId: null },
      address: null,
      setUp: {},
      menu: null,
      internalNote: 'Паўтарыць прапанову аб выставе',
      guestNote: null,
      shownToGuests: true,
      planB: null,
    });
    await world.get(StayReleases).send(visit, 1);
    const mails = await mailsOf(visit);
    expect(mails.map(({ recipient }) => recipient)).toEqual([host.email]);
    expect(await wordsIn(mails[0]!)).toContain('Паўтарыць прапанову аб выставе');
  });

  it('leave when their number is confirmed, and not when another number was seen', async () => {
    const { visit, meeting, nameless } = await frozen();
    await move(visit, meeting, 90);
    await world.get(StayReleases).send(visit, 1);
    const page = `/protocol/visits/${visit.ref}/programme/changes/1`;
    const shown = unescapeHtml((await client.get(page)).body);
    expect(shown).toContain('Send to 2 people');
    expect(shown).toMatch(/tell them otherwise:[\s\S]*Ціхан/);
    expect(nameless.email).toBeFalsy();
    const wrong = await client.submit(page, { count: '3' }, `${page}/mails/sendings`);
    expect([wrong.status, (await mailsOf(visit)).map(({ state }) => state)]).toEqual([409, ['held', 'held']]);
    const right = await client.submit(page, { count: '2' }, `${page}/mails/sendings`);
    expect(right.status).toBe(303);
    expect((await mailsOf(visit)).every(({ state }) => state === 'queued' || state === 'sent')).toBe(true);
    // The sheet on paper says who was written to, and when.
    await world.mails();
    const url = `/protocol/visits/${visit.ref}/documents/change_sheet.en.docx?of=1`;
    const headers = { host: HOST, cookie: cookiesOf(client) };
    const paper = textsOf((await world.app.inject({ method: 'GET', url, headers })).rawPayload).join('\n');
    expect(paper).toMatch(/Ганна[\s\S]*\d{1,2} \p{L}+ \d{4}, \d\d:\d\d/u);
    const caller = await program(world, 'protocol@example.org', ['visit:write']);
    const again = await caller.post(`/api/v1${page.replace('/protocol', '')}/mails/sendings`, { count: 2 });
    expect(again.status).toBe(409);
  });

  it('can be given up together, through the API too', async () => {
    const { visit, tour } = await frozen();
    await move(visit, tour, 30);
    await world.get(StayReleases).send(visit, 1);
    const api = `/api/v1/visits/${visit.ref}/programme/changes/1/mails`;
    const { mails } = JSON.parse((await client.get(api)).body) as { mails: { state: string }[] };
    expect(mails.map(({ state }) => state)).toEqual(['held']);
    const caller = await program(world, 'protocol@example.org', ['visit:write']);
    const answer = await caller.post(`${api}/discards`, { count: 1 });
    expect(answer.status).toBe(204);
    expect((await mailsOf(visit)).map(({ state }) => state)).toEqual(['discarded']);
  });

  it('follow from running late in two steps: the shift with its sheet, and one button for everybody concerned', async () => {
    const { visit, host, interpreter } = await frozen();
    const at = `/protocol/visits/${visit.ref}/programme`;
    const shift = { day: '2027-03-02', from: '09:00', minutes: '15' };
    const shown = await client.submit(`${at}/shift`, shift, `${at}/shift/preview`);
    expect(shown.body).toContain('Shift and issue the change sheet');
    const { _csrf } = hiddenFields(shown.body, `${at}/shift`);
    const done = await client.post(`${at}/shift`, { ...shift, issue: 'on', _csrf: _csrf! });
    expect([done.status, done.headers['location']]).toEqual([303, `${at}/changes/1`]);
    const mails = await mailsOf(visit);
    expect(mails.map(({ recipient, state }) => [recipient, state]).toSorted()).toEqual(
      [
        [host.email, 'held'],
        [interpreter.email, 'held'],
      ].toSorted(),
    );
    for (const mail of mails) expect(await wordsIn(mail)).toMatch(/10:00–11:00[\s\S]*10:15–11:15/);
    await client.submit(`${at}/changes/1`, {}, `${at}/changes/1/mails/sendings`);
    expect((await mailsOf(visit)).map(({ state }) => state)).toEqual(['queued', 'queued']);
  });

  it('are none, and nothing moves, when the sheet of a shift is refused', async () => {
    const { visit, meeting } = await frozen();
    const at = `/protocol/visits/${visit.ref}/programme`;
    const { _csrf } = hiddenFields((await client.get(`${at}/shift`)).body, `${at}/shift/preview`);
    const shift = { day: '2027-03-02', from: '22:00', minutes: '15', issue: 'on', _csrf: _csrf! };
    expect((await client.post(`${at}/shift`, shift)).status).toBe(409);
    const programme = await world.get(Programmes).ofOwner(visit.id);
    expect((await world.get(Sessions).byId(programme.id, meeting.id)).startsAt).toEqual(meeting.startsAt);
    expect(await mailsOf(visit)).toEqual([]);
  });

  it('are none before the programme is frozen', async () => {
    const visit = await visitOf(world);
    const meeting = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00');
    await take(visit, meeting, 'Ганна', 'host', 'be');
    await world.get(StayReleases).send(visit, 0);
    await move(visit, meeting, 30);
    await world.get(StayReleases).send(visit, 1);
    expect(await mailsOf(visit)).toEqual([]);
  });
});
