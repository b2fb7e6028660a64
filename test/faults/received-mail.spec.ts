import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Invitation } from '../../src/features/invitations/index.js';
import { CalendarReplyRow } from '../../src/features/invitations/replies/calendar-reply.entity.js';
import { InboundMail } from '../../src/platform/inbound/inbound-mail.entity.js';
import { InboundStore } from '../../src/platform/inbound/inbound-store.js';
import { JournalEntry } from '../../src/platform/journal/journal-entry.entity.js';
import { startApp, type TestApp } from '../support/app.js';
import { CalendarGuests, type CalendarGuest } from '../support/calendar-guests.js';
import { answerMail } from '../support/calendar-replies.js';
import { ENGINE } from '../support/database.js';
import { LmtpClient } from '../support/lmtp-client.js';
import { scene } from '../support/scene.js';
import { freePort, ServerProcess, until } from '../support/server-process.js';

const GUESTS = 40;
const KILLS = 10;
// SQLite is for one process; a server takes any number of workers.
const WORKERS = ENGINE === 'sqlite' ? 1 : 2;
const OURS = 'conferences@example.org';

let world: TestApp;
let guests: CalendarGuest[];
let servers: ServerProcess[] = [];

beforeAll(async () => {
  world = await startApp();
  const house = await scene(world, 'faults', 'F27');
  const calendar = new CalendarGuests(world);
  guests = [];
  for (let n = 0; n < GUESTS; n++)
    guests.push(
      await calendar.invite({
        conferenceId: house.conference.id,
        seat: { sessionId: house.sessionId, role: 'panelist', number: n + 1 },
      }),
    );
});
afterAll(() => world.close());
afterEach(async () => {
  await Promise.all(servers.map((server) => server.end('SIGKILL')));
  servers = [];
});

async function started(env: Record<string, string>): Promise<ServerProcess> {
  const { databaseUrl, dataDir } = world.config;
  const mailUrl = `file:${dataDir}/mails`;
  const server = await ServerProcess.start({ databaseUrl, dataDir, mailUrl, env: { BENCH: '1', ...env } });
  servers.push(server);
  return server;
}

interface Day {
  /** As DTSTAMP has it. */
  readonly date: string;
  /** What everybody answers that day, the last of it at last. */
  readonly says: readonly string[];
  /** What becomes of the invitations by that. */
  readonly state: Invitation['state'];
}

/** In an order in which the answers of one person overtake each other. */
function answersOf({ date, says }: Day): Buffer[] {
  return guests.flatMap(({ facts }) =>
    [2, 0, 1].map((n) => answerMail('thunderbird', { ...facts, partstat: says[n]!, stamp: `${date}T1${n}0000Z` })),
  );
}

const ofDay = async ({ date }: Day) => {
  const iso = date.replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3');
  const rows = await world.db.repository(CalendarReplyRow).find();
  return rows.filter(({ stamp }) => stamp?.toISOString().startsWith(iso));
};

/** The last answer of everybody counts, each answer has one row and one entry of the journal, and none is left. */
async function settled(day: Day): Promise<void> {
  const replies = await ofDay(day);
  expect(replies).toHaveLength(GUESTS * day.says.length);
  expect(replies.filter(({ fate }) => fate !== 'counted' && fate !== 'overtaken')).toEqual([]);
  const last = replies.filter(({ partstat }) => partstat === day.says.at(-1));
  expect(last.map(({ fate }) => fate)).toEqual(guests.map(() => 'counted'));
  const ids = new Set(replies.map(({ id }) => id));
  const entries = await world.db.repository(JournalEntry).findBy({ type: 'CalendarReplyReceived' });
  const told = entries.filter(({ data }) => ids.has(String((data as Record<string, unknown>)['replyId'])));
  expect(told).toHaveLength(replies.length);
  const reached = await world.db.repository(Invitation).findBy({ state: day.state });
  expect(reached.map(({ id }) => id).sort()).toEqual(guests.map(({ invitationId }) => invitationId).sort());
}

/** Hands over like a mail server: what was not acknowledged stays in its queue, and comes again. */
async function handOver(port: number, mails: readonly Buffer[], acknowledged: { count: number }): Promise<void> {
  const queue = [...mails];
  let client: LmtpClient | null = null;
  while (queue.length > 0) {
    client ??= await LmtpClient.open(port);
    const [reply = 'closed'] = await client.deliver('someone@library.example', [OURS], queue[0]!);
    if (reply.startsWith('250')) {
      queue.shift();
      acknowledged.count++;
      continue;
    }
    client.close();
    client = null;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  client?.close();
}

const stored = () => world.db.repository(InboundMail).countBy({ state: 'stored' });
const everythingIsRead = () => until('everything is read', async () => (await stored()) === 0);

describe(`answers from calendars on ${ENGINE}`, () => {
  it('that were acknowledged are there when the process is killed before it reads them, and count once', async () => {
    const day: Day = { date: '20260101', says: ['ACCEPTED', 'TENTATIVE', 'DECLINED'], state: 'declined' };
    const port = await freePort();
    const door = await started({ LMTP_PORT: String(port), WORKERS: '0' });
    const mails = answersOf(day);
    await handOver(port, mails, { count: 0 });
    await door.end('SIGKILL');
    expect(await stored()).toBe(mails.length);
    expect(await ofDay(day)).toEqual([]);
    await started({});
    await everythingIsRead();
    await settled(day);
  });

  it(`survive ${KILLS} kills while they come in and are read: nothing is lost, nothing counts twice`, async () => {
    const day: Day = { date: '20260102', says: ['ACCEPTED', 'DECLINED', 'TENTATIVE'], state: 'tentative' };
    const mails = answersOf(day);
    const port = await freePort();
    const acknowledged = { count: 0 };
    let server = await started({ LMTP_PORT: String(port) });
    const done = handOver(port, mails, acknowledged);
    for (let kill = 0; kill < KILLS; kill++) {
      const from = Math.floor((mails.length / (KILLS + 1)) * (kill + 0.5 + Math.random() / 2));
      await until(`${from} mails`, () => acknowledged.count >= from);
      await server.end('SIGKILL');
      server = await started({ LMTP_PORT: String(port) });
    }
    await done;
    await everythingIsRead();
    await settled(day);
    const rows = await world.db.repository(InboundMail).find();
    const left = rows.filter(({ state, kind }) => state !== 'read' || kind !== 'answer');
    expect(left.map(({ remark }) => remark)).toEqual([]);
  });

  it(`count once, although each comes three times and ${WORKERS} read`, async () => {
    const day: Day = { date: '20260103', says: ['DECLINED', 'TENTATIVE', 'ACCEPTED'], state: 'accepted' };
    const mails = answersOf(day);
    // Each way through the mail system adds fields of its own, so that the bytes differ.
    for (const way of [1, 2, 3])
      for (const raw of mails) {
        const copy = Buffer.concat([Buffer.from(`Received: by way ${way}\r\n`), raw]);
        await world.get(InboundStore).keep({ door: 'lmtp', from: 'someone@library.example', to: [OURS], raw: copy });
      }
    await Promise.all(Array.from({ length: WORKERS }, () => started({})));
    await everythingIsRead();
    expect(await stored()).toBe(0);
    await settled(day);
  });
});
