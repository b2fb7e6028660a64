import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { Programmes, Sessions, type Session } from '../../../../src/features/programme/index.js';
import { MOST_STREAMS } from '../../../../src/features/programme/board/board-streams.service.js';
import { cookieName } from '../../../../src/platform/web/cookies.js';
import { startApp, type TestApp } from '../../../support/app.js';
import type { Client } from '../../../support/client.js';
import { ENGINE } from '../../../support/database.js';
import { signedIn, staff } from '../../../support/house.js';
import { until } from '../../../support/server-process.js';

let world: TestApp;
/** Another process on the same database; SQLite is for one. */
let other: TestApp;

let programmeId: string;
let session: Session;
let anna: Client;
let streams: Stream[] = [];

interface Stream {
  request: ClientRequest;
  answer: IncomingMessage;
  text: () => string;
}

beforeAll(async () => {
  world = await startApp();
  other = ENGINE === 'sqlite' ? world : await startApp({ DATABASE_URL: world.config.databaseUrl });
  ({ programmeId, session, anna } = await furnished(world));
  await staff(world, 'stranger@example.org', []);
});
afterEach(() => {
  for (const stream of streams) stream.request.destroy();
  streams = [];
});
afterAll(async () => {
  if (other !== world) await other.close();
  await world?.close();
});

/** A conference with one session, an organizer who is signed in, and a port. */
async function furnished(app: TestApp) {
  const made = await app.get(Conferences).create({
    slug: 'congress',
    kind: 'congress',
    title: { en: 'Congress' },
    startsOn: '2027-10-12',
    endsOn: '2027-10-12',
    public: true,
    numberPrefix: 'C',
  });
  const programme = await app.get(Programmes).ofOwner(made.id);
  const place = { start: new Date('2027-10-12T07:00:00Z'), minutes: 60, roomId: null };
  const added = await app.get(Sessions).add(programme.id, { kind: 'section', title: { en: 'Round table' }, place });
  await staff(app, 'anna@example.org', [{ role: 'organizer', conferenceId: made.id }]);
  const organizer = await signedIn(app.client(), 'anna@example.org');
  await app.app.listen(0, '127.0.0.1');
  return { programmeId: programme.id, session: added.session, anna: organizer };
}

async function listen(client: Client, app = world): Promise<Stream> {
  const { port } = app.app.getHttpServer().address() as AddressInfo;
  const name = cookieName(app.config, 'session');
  const sent = request({
    host: '127.0.0.1',
    port,
    path: '/org/c/congress/board/events',
    headers: { host: new URL(app.config.publicUrl).host, cookie: `${name}=${client.cookie(name) ?? ''}` },
  });
  sent.on('error', () => undefined);
  sent.end();
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  let text = '';
  answer.setEncoding('utf8').on('data', (part: string) => (text += part));
  const stream = { request: sent, answer, text: () => text };
  streams.push(stream);
  return stream;
}
const move = async (app: TestApp, hours: number) => {
  const { version } = await app.get(Sessions).byId(programmeId, session.id);
  const start = new Date(Date.parse('2027-10-12T07:00:00Z') + hours * 3_600_000);
  await app.get(Sessions).move(programmeId, { id: session.id, version }, { start, minutes: 60, roomId: null });
  return version + 1;
};

describe('the events of a board', () => {
  it('tell a move that another process made, with place and version, in the language of the account', async () => {
    const stream = await listen(anna);
    expect([
      stream.answer.statusCode,
      stream.answer.headers['content-type'],
      stream.answer.headers['cache-control'],
    ]).toEqual([200, 'text/event-stream; charset=utf-8', 'private, no-store']);
    expect(stream.answer.headers['content-security-policy']).toContain("default-src 'none'");
    await until('ready', () => stream.text().includes('event: ready'));
    const version = await move(other, 2);
    await until('the move', () => stream.text().includes('event: moved'));
    const data = JSON.parse(/event: moved\ndata: (.*)\n/.exec(stream.text())![1]!) as object;
    expect(data).toMatchObject({
      mine: false,
      said: 'somebody: Round table moved to 12:00.',
      sessions: [{ id: session.id, version, startsAt: '2027-10-12T09:00:00.000Z', minutes: 60, clock: '12:00–13:00' }],
    });
  });

  it('say of other changes only that there are some', async () => {
    const stream = await listen(anna);
    await until('ready', () => stream.text().includes('event: ready'));
    const { version } = await other.get(Sessions).byId(programmeId, session.id);
    await other.get(Sessions).edit(programmeId, { id: session.id, version }, { title: { en: 'Secret name' } });
    await until('the change', () => stream.text().includes('event: changed'));
    expect(stream.text()).not.toContain('Secret name');
  });

  it('are for those who may read the programme, so many streams for one account', async () => {
    const stranger = await signedIn(world.client(), 'stranger@example.org');
    expect((await listen(stranger)).answer.statusCode).toBe(404);
    expect((await listen(world.client())).answer.statusCode).toBe(303);
    for (let n = 0; n < MOST_STREAMS; n++) expect((await listen(anna)).answer.statusCode).toBe(200);
    expect((await listen(anna)).answer.statusCode).toBe(429);
    streams[2]!.request.destroy();
    await until('a free place', async () => (await listen(anna)).answer.statusCode === 200);
  });

  it('end when the process does', async () => {
    const dying = await startApp();
    const stream = await listen((await furnished(dying)).anna, dying);
    await until('ready', () => stream.text().includes('event: ready'));
    const ended = once(stream.answer, 'end');
    await Promise.all([ended, dying.close()]);
    expect(stream.answer.complete).toBe(true);
  });
});
