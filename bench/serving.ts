import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import type { ServerProcess } from '../test/support/server-process.js';
import { HelperProcess } from './helper-process.js';
import { autocannon, openHouse } from './house.js';
import { alternating, CALENDAR_ROUNDS, rate, ROUNDS, type Figure } from './measure.js';
import { congress } from './seed.js';
import { Session } from '../src/features/programme/index.js';

const CONNECTIONS = 10;
const SECONDS = 3;
const CALENDAR_SECONDS = 1;

interface Case {
  name: string;
  path: string;
  headers: Record<string, string>;
  target: number;
  /** One of the figures of the calendar rules. */
  calendar?: true;
}

/** Public pages and feeds beside a plain server that sends the same bytes. */
export async function serving(): Promise<Figure[]> {
  const house = await openHouse();
  const folder = mkdtempSync(join(tmpdir(), 'skaryna-plain-'));
  try {
    const usual = await congress(house, 'congress-300', 300);
    const large = await congress(house, 'congress-1000', 1000);
    const { code } = await house.db.repository(Session).findOneOrFail({ where: {}, order: { id: 'ASC' } });
    const server = await house.server();
    const page = `/en/c/${usual.slug}/programme`;
    const feed = `/c/${large.slug}/programme.ics`;
    const packed = { 'accept-encoding': 'gzip' };
    const figures: Figure[] = [];
    for (const one of [
      { name: 'programme page of 300 sessions', path: page, headers: packed, target: 0.6 },
      { name: 'its 304', path: page, headers: await unchanged(server, page), target: 0.75 },
      { name: 'session page', path: `/en/c/${usual.slug}/s/${code}`, headers: packed, target: 0.5 },
      { name: 'home page', path: '/en/', headers: packed, target: 0.5 },
      { name: 'feed of 1,000 sessions [CN5]', path: feed, headers: packed, target: 0.75, calendar: true },
      {
        name: 'the feed’s 304 [CN4]',
        path: feed,
        headers: await unchanged(server, feed),
        target: 0.75,
        calendar: true,
      },
    ] satisfies Case[])
      figures.push(await compared(server, one, folder));
    return figures;
  } finally {
    rmSync(folder, { recursive: true });
    await house.close();
  }
}

async function compared(
  server: ServerProcess,
  { name, path, headers, target, calendar }: Case,
  folder: string,
): Promise<Figure> {
  const answer = await ask(server, path, headers);
  const file = join(folder, 'answer.json');
  const { statusCode: status, headers: sent, body } = answer;
  writeFileSync(file, JSON.stringify({ status, headers: withoutConnection(sent), body: body.toString('base64') }));
  const plain = await HelperProcess.start('plain-server.mjs', file);
  try {
    const duration = calendar ? CALENDAR_SECONDS : SECONDS;
    const measured = await alternating(
      () => requests(`${server.origin}${path}`, headers, status, duration),
      () => requests(`http://127.0.0.1:${plain.port}/`, headers, status, duration),
      calendar ? CALENDAR_ROUNDS : ROUNDS,
    );
    return rate(`${name}, ${body.length} bytes`, 'requests/s', measured, target);
  } finally {
    await plain.end();
  }
}

async function requests(
  url: string,
  headers: Record<string, string>,
  status: number,
  duration: number,
): Promise<number> {
  const result = await autocannon({ url, connections: CONNECTIONS, duration, headers });
  const others = Object.keys(result.statusCodeStats).filter((code) => Number(code) !== status);
  if (others.length > 0 || result.errors > 0) throw new Error(`${url}: ${others.join(', ')}, ${result.errors} errors`);
  return result.requests.average;
}

/** The headers of somebody who has the answer already. */
async function unchanged(server: ServerProcess, path: string): Promise<Record<string, string>> {
  const { headers } = await ask(server, path, { 'accept-encoding': 'gzip' });
  if (!headers.etag) throw new Error(`${path} has no ETag`);
  return { 'accept-encoding': 'gzip', 'if-none-match': headers.etag };
}

/** Over node:http, because fetch unpacks what it gets. */
async function ask(server: ServerProcess, path: string, headers: Record<string, string>) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${server.origin}${path}`, { headers }, resolve).on('error', reject).end();
  });
  const { statusCode = 0 } = response;
  if (statusCode !== 200 && statusCode !== 304) throw new Error(`${path} answered ${statusCode}`);
  return { statusCode, headers: response.headers, body: await buffer(response) };
}

function withoutConnection(headers: IncomingMessage['headers']): object {
  const left = ['connection', 'keep-alive', 'transfer-encoding', 'date'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !left.includes(name)));
}
