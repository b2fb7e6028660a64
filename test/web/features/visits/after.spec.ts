import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { AccountCommands } from '../../../../src/features/accounts/account-commands.js';
import type { NewVisit, Visit } from '../../../../src/features/visits/index.js';
import { Visits } from '../../../../src/features/visits/index.js';
import { DutyReminders } from '../../../../src/features/visits/after/duty-reminders.js';
import { Duties } from '../../../../src/features/visits/after/duties.service.js';
import { VisitPapers } from '../../../../src/features/visits/papers/papers.service.js';
import { Visit as VisitRow } from '../../../../src/features/visits/visit.entity.js';
import { dayAfter } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, sessionOf, visitOf } from '../../../support/delegation.js';
import { textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';
import { typedIn } from '../../../support/typed-form.js';

let world: TestApp;
let client: Client;
let program: Client;
let officer: string;

beforeAll(async () => {
  world = await startApp();
  officer = await staff(world, 'officer@example.org', [{ role: 'protocol_officer', conferenceId: null }]);
  client = await signedIn(world.client(), 'officer@example.org');
  program = world.client();
  program.bearer = await world.get(AccountCommands).addToken('officer@example.org', ['visit:write'] as never, 30);
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const here = ({ ref }: Visit) => `/protocol/visits/${ref}`;
const body = async (path: string) => unescapeHtml((await client.get(path)).body);
/** A visit that took place, with its last day so many days ago. */
const past = async (daysAgo: number, more: Partial<NewVisit> = {}): Promise<Visit> => {
  const endsOn = dayAfter(world.get(Duties).today(), -daysAgo);
  const visit = await visitOf(world, { startsOn: endsOn, endsOn, responsibleId: officer, ...more });
  await world.db.compareAndSet(VisitRow, { id: visit.id }, { state: 'completed' });
  return world.get(Visits).byId(visit.id);
};
const remindersOf = async (visit: Visit) => (await world.mails()).filter(({ text }) => text?.includes(visit.ref));
const thanks = (visit: Visit) =>
  world
    .get(VisitPapers)
    .enter(visit, { kind: 'thank_you', direction: 'outgoing', number: '5', issuedOn: '2027-01-02', about: null });

describe('an incident', () => {
  it('is noted on the run sheet with time and people, stands in the report, and can be taken out', async () => {
    const visit = await visitOf(world);
    const day = `${here(visit)}/day`;
    const form = {
      ...typedIn((await client.get(day)).body, `${day}/incidents`),
      happenedAt: '2027-03-02T10:40',
      what: 'Ліфт спыніўся',
      who: 'Пётр',
    };
    const [first, second] = [await client.post(`${day}/incidents`, form), await client.post(`${day}/incidents`, form)];
    expect([first.status, second.status]).toEqual([303, 303]);
    const told = await program.api('GET', `/api/v1/visits/${visit.ref}/report`);
    expect(told.json()['incidents']).toEqual([{ at: '2027-03-02T07:40:00.000Z', what: 'Ліфт спыніўся', who: 'Пётр' }]);
    expect(await body(`${here(visit)}/report`)).toContain('Ліфт спыніўся');
    const { items } = (await program.api('GET', `/api/v1/visits/${visit.ref}/incidents`)).json<{
      items: { id: string }[];
    }>();
    const gone = await client.submit(day, {}, `${day}/incidents/${items[0]!.id}/removal`);
    expect(gone.status).toBe(303);
    expect(await body(day)).not.toContain('Ліфт спыніўся');
  });

  it('without a word, or at a time that there is not, is asked for again with what was typed', async () => {
    const visit = await visitOf(world);
    const day = `${here(visit)}/day`;
    const form = typedIn((await client.get(day)).body, `${day}/incidents`);
    const answer = await client.post(`${day}/incidents`, { ...form, happenedAt: 'soon', what: ' ', who: 'Пётр' });
    expect(answer.status).toBe(422);
    expect(typedIn(answer.body, `${day}/incidents`)).toMatchObject({ who: 'Пётр' });
  });
});

describe('the report', () => {
  it('counts who took part, keeps what is written, and fills the document', async () => {
    const visit = await past(1);
    await membersOf(world, visit, ['Ani', 'Aram']);
    await sessionOf(world, visit, 'meeting', `${visit.endsOn}T10:00`, `${visit.endsOn}T11:00`, ['Ганна']);
    await program.api('POST', `/api/v1/visits/${visit.ref}/incidents`, {
      at: `${visit.endsOn}T08:00:00Z`,
      what: 'The bus was late',
      who: null,
    });
    const page = `${here(visit)}/report`;
    const saved = await client.submit(page, { results: 'A memorandum was signed', lessons: 'Two interpreters' }, page);
    expect(saved.status).toBe(303);
    const report = (await program.api('GET', `/api/v1/visits/${visit.ref}/report`)).json();
    expect(report).toMatchObject({
      results: 'A memorandum was signed',
      lessons: 'Two interpreters',
      participants: { inPerson: 2, online: 0, ours: 1, interpreters: 0 },
      sessions: 1,
    });
    const document = await client.get(`${here(visit)}/documents/visit_report.en.docx`);
    const text = textsOf(document.raw).join('\n');
    for (const words of ['A memorandum was signed', 'The bus was late', 'Two interpreters'])
      expect(text).toContain(words);
  });

  it('saved against an older version keeps what was typed', async () => {
    const visit = await past(1);
    const page = `${here(visit)}/report`;
    const form = typedIn((await client.get(page)).body, page);
    const { headers } = await program.api('GET', `/api/v1/visits/${visit.ref}/report`);
    await world.get(Visits).edit(visit, { topics: 'Changed meanwhile' });
    const answer = await client.post(page, { ...form, results: 'Typed' });
    expect([answer.status, typedIn(answer.body, page)['results']]).toEqual([409, 'Typed']);
    const stale = await program.api(
      'PUT',
      `/api/v1/visits/${visit.ref}/report`,
      { results: 'x' },
      { 'if-match': String(headers['etag']) },
    );
    expect(stale.status).toBe(412);
  });
});

describe('what is owed after a visit', () => {
  it('is reminded of once when it comes near and once when it is late, to the responsible officer', async () => {
    const visit = await past(4, { title: { en: 'A visit with a name' } });
    const reminders = world.get(DutyReminders);
    await reminders.remind();
    await reminders.remind();
    const soon = await remindersOf(visit);
    expect(soon.map(({ to }) => to)).toEqual(['officer@example.org', 'officer@example.org']);
    await thanks(visit);
    world.clock.advance({ hours: 48 });
    await reminders.remind();
    expect((await remindersOf(visit)).length).toBe(3);
  });

  it('of a restricted visit names no title in the mail', async () => {
    const visit = await past(7, { title: { en: 'Secretname' }, confidentiality: 'restricted' });
    await world.get(DutyReminders).remind();
    const mails = await remindersOf(visit);
    expect(mails.length).toBe(2);
    for (const { text, subject } of mails) expect(`${subject} ${text}`).not.toContain('Secretname');
  });

  it('is on the overview while it is late, and among the points of the visit', async () => {
    client = await signedIn(world.client(), 'officer@example.org');
    const visit = await past(8);
    expect(await body('/protocol')).toContain(`${here(visit)}/report`);
    const points = (await program.api('GET', `/api/v1/visits/${visit.ref}/points`)).json<{
      items: { kind: string }[];
    }>();
    expect(points.items.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['overdue_thank_you', 'overdue_report']),
    );
    await thanks(visit);
    await world
      .get(VisitPapers)
      .enter(visit, { kind: 'report', direction: 'internal', number: null, issuedOn: '2027-01-02', about: null });
    expect(await body('/protocol')).not.toContain(`${here(visit)}/report`);
  });
});
