import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import { Agreements, Institutions } from '../../../../src/features/cooperation/index.js';
import { Commitments } from '../../../../src/features/visits/commitments/commitments.service.js';
import { Visit } from '../../../../src/features/visits/index.js';
import type { NewVisit } from '../../../../src/features/visits/index.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, visitOf } from '../../../support/delegation.js';
import { textsOf } from '../../../support/docx.js';
import { signedIn, staff } from '../../../support/house.js';
import { program } from '../../../support/program.js';
import { typedIn } from '../../../support/typed-form.js';
import { cookiesOf, HOST } from '../../../support/visits.js';

let world: TestApp;
let client: Client;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol_officer@example.org');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ minutes: 20 }));

const pageOf = ({ ref }: Pick<Visit, 'ref'>) => `/protocol/visits/${ref}/briefing`;
const WORDS = {
  wants: '– Падпісаць пагадненне\nДамовіцца пра выставу',
  facts: '14.03.2025 Перададзена 120 выданняў',
  lastMeeting: 'Гаварылі пра абмен',
  theirPoints: 'Папросяць лічбавыя копіі',
  ourLine: 'Копіі ў абмен на копіі',
  sensitive: 'Тэрміны вяртання',
  execution: 'Абмен ідзе',
  pressLine: 'Даўняе супрацоўніцтва',
};

async function note(visit: Visit): Promise<{ status: number; words: string }> {
  const url = `/protocol/visits/${visit.ref}/documents/briefing_note.be.docx`;
  const headers = { host: HOST, cookie: cookiesOf(client) };
  const answer = await world.app.inject({ method: 'GET', url, headers });
  return {
    status: answer.statusCode,
    words: answer.statusCode === 200 ? textsOf(answer.rawPayload).join('\n') : '',
  };
}

/** A visit of an institution that has been here before: what took place and was promised then. */
async function again(earlier: Partial<NewVisit> = {}) {
  const { id: institutionId } = await world.get(Institutions).add({
    kind: 'library',
    name: { en: `Library ${Math.floor(performance.now() * 1000)}` },
    originalName: null,
    country: 'AM',
    city: null,
    website: null,
    isil: null,
    ror: null,
  } as never);
  const before = await visitOf(world, {
    title: { be: 'Першы візіт' },
    startsOn: '2025-05-01',
    endsOn: '2025-05-03',
    lessons: 'Патрэбны два перакладчыкі',
    institutionId,
    ...earlier,
  });
  await world.db.repository(Visit).update({ id: before.id }, { state: 'reported' });
  await world.get(Commitments).make(before, {
    text: 'Даслаць каталог',
    promisedBy: 'us',
    ownerId: null,
    dueOn: '2025-08-01',
    sessionId: null,
  });
  await world.get(Agreements).add(institutionId, {
    reference: 'Пагадненне № 7',
    validFrom: '2024-01-01',
    validUntil: '2028-12-31',
  });
  world.clock.advance({ minutes: 20 });
  return { before, visit: await visitOf(world, { institutionId, hostPrincipal: 'Дырэктар бібліятэкі' }) };
}

describe('the briefing of a visit', () => {
  it('is written on its page, kept as typed, and printed for the host principal', async () => {
    const visit = await visitOf(world, { hostPrincipal: 'Дырэктар бібліятэкі', languages: ['hy'] });
    const [head] = await membersOf(world, visit, ['Արամ']);
    expect((await note(visit)).status).toBe(404);
    const page = pageOf(visit);
    const form = typedIn((await client.get(page)).body, page);
    const bio = { [`bios.${head!.id}`]: 'Гісторык кнігі' };
    expect((await client.submit(page, { ...form, ...WORDS, ...bio }, page)).status).toBe(303);
    expect(typedIn((await client.get(page)).body, page)).toMatchObject({ ...WORDS, ...bio });
    const { words } = await note(visit);
    for (const text of [
      'Дырэктар бібліятэкі',
      'Падпісаць пагадненне',
      '14.03.2025',
      'Папросяць лічбавыя копіі',
      'Копіі ў абмен на копіі',
      'Тэрміны вяртання',
      'Абмен ідзе',
      'Даўняе супрацоўніцтва',
      'Արամ',
      'Гісторык кнігі',
    ])
      expect(words).toContain(text);
    expect(words).not.toContain('– Падпісаць');
  });

  it('takes the last visit, what was promised then, and agreements from the file', async () => {
    const { visit } = await again();
    const page = pageOf(visit);
    const shown = unescapeHtml((await client.get(page)).body);
    for (const text of ['Першы візіт', 'Даслаць каталог', 'Пагадненне № 7']) expect(shown).toContain(text);
    await client.submit(page, { ...typedIn(shown, page), wants: 'Выстава' }, page);
    const { words } = await note(visit);
    for (const text of [
      'Першы візіт',
      'Патрэбны два перакладчыкі',
      'Даслаць каталог',
      'Пагадненне № 7',
      '31 снежня 2028',
    ])
      expect(words).toContain(text);
  });

  it('[A4] says nothing of an earlier visit that is restricted, on the page or on paper', async () => {
    const { visit } = await again({ confidentiality: 'restricted' });
    const page = pageOf(visit);
    const shown = unescapeHtml((await client.get(page)).body);
    await client.submit(page, { ...typedIn(shown, page), wants: 'Выстава' }, page);
    for (const text of [shown, (await note(visit)).words]) {
      expect(text).not.toContain('Даслаць каталог');
      expect(text).not.toContain('Першы візіт');
    }
  });

  it('asks every fact for its date, beside the field, and keeps what was typed', async () => {
    const visit = await visitOf(world);
    const page = pageOf(visit);
    const form = typedIn((await client.get(page)).body, page);
    const { status, body } = await client.submit(page, { ...form, facts: '2025 Good\nNo date here' }, page);
    expect(status).toBe(422);
    expect(unescapeHtml(body)).toContain('Line 2: begin with a date');
    expect(body).toContain('No date here');
  });

  it('is not written over what somebody else has written meanwhile', async () => {
    const visit = await visitOf(world);
    const page = pageOf(visit);
    const form = typedIn((await client.get(page)).body, page);
    await client.submit(page, { ...form, wants: 'First' }, page);
    const late = await client.submit(page, { ...form, wants: 'Second' }, page);
    expect(late.status).toBe(409);
    expect(unescapeHtml(late.body)).toContain('Somebody else has changed the briefing meanwhile');
    expect(late.body).toContain('Second');
  });

  it('is read and written through the API, and refuses a member of another visit', async () => {
    const visit = await visitOf(world);
    const [stranger] = await membersOf(world, await visitOf(world), ['Stranger']);
    const caller = await program(world, 'protocol_officer@example.org', ['visit:write']);
    const api = `/api/v1/visits/${visit.ref}/briefing`;
    const saved = await caller.send('PUT', api, { ...WORDS, principal: null, version: 0 });
    expect([saved.status, (JSON.parse(saved.body) as { version: number }).version]).toEqual([200, 1]);
    const read = JSON.parse((await caller.get(api)).body) as { facts: unknown; version: number };
    expect(read).toMatchObject({ facts: [{ date: '14.03.2025', fact: 'Перададзена 120 выданняў' }], version: 1 });
    const wrong = { ...WORDS, principal: null, version: 1, bios: { [stranger!.id]: 'x' } };
    expect((await caller.send('PUT', api, wrong)).status).toBe(422);
  });
});
