import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROLES } from '../../../../src/features/accounts/index.js';
import type { Session } from '../../../../src/features/programme/index.js';
import type { Visit } from '../../../../src/features/visits/index.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { membersOf, sessionOf, visitOf } from '../../../support/delegation.js';
import { signedIn, staff } from '../../../support/house.js';
import { tokenIn, UNKNOWN_ID } from '../../../support/visits.js';

let world: TestApp;
let client: Client;
let visit: Visit;
let meeting: Session;

beforeAll(async () => {
  world = await startApp();
  for (const role of ROLES) await staff(world, `${role}@example.org`, [{ role, conferenceId: null }]);
  client = await signedIn(world.client(), 'protocol_officer@example.org');
  visit = await visitOf(world);
  await membersOf(world, visit, ['Ani']);
  meeting = await sessionOf(world, visit, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00', ['Ганна']);
  await sessionOf(world, visit, 'tour', '2027-03-03T10:00', '2027-03-03T11:00');
});
afterAll(() => world.close());

const page = () => `/protocol/visits/${visit.ref}/day`;
const api = () => `/api/v1/visits/${visit.ref}/ticks`;
const key = () => `session:${meeting.id}`;
const headers = async () => ({ origin: ORIGIN, 'x-csrf-token': tokenIn((await client.get(page())).body) });
const send = async (ticks: object[]) => client.api('PUT', api(), { ticks }, await headers());
const doneOf = (answer: { json(): unknown }) =>
  (answer.json() as { items: { key: string; done: boolean }[] }).items.find((item) => item.key === key())!.done;
const ago = (minutes: number) => new Date(world.clock.now().getTime() - minutes * 60_000).toISOString();

describe('the run sheet of a day', () => {
  it('shows the lines of one day with who answers for them, and the other days as tabs', async () => {
    const shown = unescapeHtml((await client.get(page())).body);
    expect([shown.includes('The meeting'), shown.includes('Ганна'), shown.includes('The tour')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(unescapeHtml((await client.get(`${page()}?on=2027-03-03`)).body)).toContain('The tour');
    expect((await client.get(`${page()}?on=yesterday`)).status).toBe(422);
  });

  it('is ticked and unticked without script', async () => {
    const first = await client.get(page());
    expect(first.body).toContain('1 item left');
    const tap = async (done: string) =>
      client.post(`${page()}?on=2027-03-02`, { _csrf: tokenIn((await client.get(page())).body), key: key(), done });
    expect((await tap('yes')).status).toBe(303);
    expect((await client.get(page())).body).toContain('run-done');
    world.clock.advance({ minutes: 1 });
    expect((await tap('no')).status).toBe(303);
    expect((await client.get(page())).body).not.toContain('run-done');
  });

  it('takes taps that come late, twice and in the wrong order: the last that was made counts', async () => {
    world.clock.advance({ hours: 1 });
    expect(doneOf(await send([{ key: key(), done: true, at: ago(5) }]))).toBe(true);
    expect(doneOf(await send([{ key: key(), done: true, at: ago(5) }]))).toBe(true);
    expect(doneOf(await send([{ key: key(), done: false, at: ago(9) }]))).toBe(true);
    expect(doneOf(await send([{ key: key(), done: false, at: ago(2) }]))).toBe(false);
    const entries = unescapeHtml((await client.get(`/protocol/visits/${visit.ref}`)).body);
    expect(entries.match(/Tick on the run sheet/g)!.length).toBeGreaterThanOrEqual(4);
  });

  it('ticked by two phones at once is ticked once, and both are told so', async () => {
    const other = await visitOf(world);
    const session = await sessionOf(world, other, 'meeting', '2027-03-02T10:00', '2027-03-02T11:00');
    const tap = { key: `session:${session.id}`, done: true, at: ago(0) };
    const sent = await headers();
    const answers = await Promise.all(
      [1, 2, 3].map(() => client.api('PUT', `/api/v1/visits/${other.ref}/ticks`, { ticks: [tap] }, sent)),
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it.each([
    ['a line of another visit', () => `session:${UNKNOWN_ID}`],
    ['something that is no line', () => `person:${UNKNOWN_ID}`],
  ])('refuses %s', async (_, wrong) => {
    expect((await send([{ key: wrong(), done: true, at: ago(0) }])).status).toBe(422);
  });
});

describe('[A4] the run sheet of a restricted visit', () => {
  it.each(ROLES)('is not there for role %s, who is not named', async (role) => {
    const hidden = await visitOf(world, { confidentiality: 'restricted' });
    const by = await signedIn(world.client(), `${role}@example.org`);
    for (const path of [`/protocol/visits/${hidden.ref}/day`, `/api/v1/visits/${hidden.ref}/ticks`])
      expect([path, (await by.get(path)).status]).toEqual([path, 404]);
  });
});
