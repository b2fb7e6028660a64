import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Registration, SettingsOfRegistration } from '../../src/features/registration/index.js';
import { OutgoingMail } from '../../src/platform/mail/outgoing-mail.entity.js';
import { startApp, type TestApp } from '../support/app.js';
import { delegate, openConference } from '../support/conference.js';
import { ENGINE } from '../support/database.js';
import { ServerProcess } from '../support/server-process.js';

const VISITORS = 20;
const ROUNDS = 50;

let world: TestApp;
let servers: ServerProcess[] = [];

beforeAll(async () => {
  world = await startApp();
  const { databaseUrl, dataDir } = world.config;
  const mailUrl = `file:${dataDir}/mail`;
  // Limits count per address, and all visitors of this test come from one. No workers: the rows of the outbox are counted.
  const env = { BENCH: '1', WORKERS: '0' };
  servers = await Promise.all([1, 2].map(() => ServerProcess.start({ databaseUrl, dataDir, mailUrl, env })));
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.end('SIGTERM')));
  await world.close();
});

/** All visitors have the form open before the first of them sends it. */
async function sendAtOnce(slug: string, emails: readonly string[]): Promise<number[]> {
  const page = `/en/c/${slug}/register`;
  const ready = await Promise.all(
    emails.map(async (email, n) => {
      const visitor = servers[n % servers.length]!.visitor();
      return { visitor, fields: { ...(await visitor.open(page)), ...delegate({ email }) } };
    }),
  );
  const answers = await Promise.all(ready.map(({ visitor, fields }) => visitor.post(page, fields)));
  return answers.map(({ status }) => status);
}

describe(`two processes on ${ENGINE}`, () => {
  it(`give the last seat to exactly one of ${VISITORS}, and the others wait, in ${ROUNDS} rounds [R8]`, async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const { id, slug } = await openConference(world, { capacity: 1 });
      const emails = Array.from({ length: VISITORS }, (_, n) => `seat${round}.${n}@example.org`);
      const statuses = await sendAtOnce(slug, emails);
      expect(statuses).toEqual(emails.map(() => 303));
      const rows = await world.db.repository(Registration).findBy({ conferenceId: id });
      expect(rows.filter(({ waitlist }) => waitlist === 'none')).toHaveLength(1);
      expect(rows.filter(({ waitlist }) => waitlist === 'waiting')).toHaveLength(VISITORS - 1);
      expect(new Set(rows.map(({ number }) => number)).size).toBe(VISITORS);
      const places = rows.map(({ waitingPosition }) => waitingPosition).filter((place) => place !== null);
      expect(new Set(places).size).toBe(VISITORS - 1);
      expect((await world.get(SettingsOfRegistration).of(id)).taken).toBe(1);
      expect(await world.db.repository(OutgoingMail).countBy({ conferenceId: id })).toBe(VISITORS);
    }
  });

  it('take one form that is sent ten times in parallel once, and again later with the same answer [R7]', async () => {
    const { id, slug } = await openConference(world);
    const page = `/en/c/${slug}/register`;
    const visitors = servers.map((server) => server.visitor());
    const fields = { ...(await visitors[0]!.open(page)), ...delegate({ email: 'once@example.org' }) };
    // The other process knows the visitor by the cookies of the first: one secret, one house.
    visitors[1]!.takeCookies(visitors[0]!);
    const send = (n: number) => visitors[n % 2]!.post(page, fields);
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => send(n)));
    answers.push(await send(0), await send(1));
    for (const answer of answers)
      expect([answer.status, answer.headers.get('location')]).toEqual([303, `/en/c/${slug}/registered`]);
    expect(await world.db.repository(Registration).countBy({ conferenceId: id })).toBe(1);
    expect(await world.db.repository(OutgoingMail).countBy({ conferenceId: id })).toBe(1);
  });
});
