import { request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Conferences } from '../../../../src/features/conferences/index.js';
import { ProgrammeImport } from '../../../../src/features/programme/exchange/programme-import.entity.js';
import { Database } from '../../../../src/platform/database/database.js';
import { LARGEST_UPLOAD } from '../../../../src/platform/web/uploads.js';
import { ORIGIN, startApp, type TestApp } from '../../../support/app.js';
import { hiddenFields, unescapeHtml, type Client } from '../../../support/client.js';
import { signedIn, staff } from '../../../support/house.js';

const MEGABYTE = 1024 * 1024;
const PAGE = '/org/c/brought/import';

let world: TestApp;
let organizer: Client;
let port: number;

beforeAll(async () => {
  world = await startApp();
  const { id: conferenceId } = await world.get(Conferences).create({
    slug: 'brought',
    kind: 'conference',
    title: { en: 'Conference' },
    startsOn: '2027-05-10',
    endsOn: '2027-05-12',
    numberPrefix: 'P',
    public: true,
  });
  await staff(world, 'organizer@example.org', [{ role: 'organizer', conferenceId }]);
  organizer = await signedIn(world.client(), 'organizer@example.org');
  await world.app.listen(0, '127.0.0.1');
  port = (world.app.getHttpServer().address() as AddressInfo).port;
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance({ hours: 2 }));

const kept = () => world.get(Database).repository(ProgrammeImport).count();

interface Form {
  /** What is said to come, and what comes of it. */
  readonly size: number;
  readonly sent?: number;
  readonly fields?: Readonly<Record<string, string>>;
}

/** A form over a connection of its own, as browsers send it: answered only when all of it has been sent, or cut. */
async function sentForm({ size, sent = size, fields = {} }: Form): Promise<{ status: number; body: string }> {
  const opened = await organizer.get(PAGE);
  const all = { ...hiddenFields(opened.body, PAGE), locale: 'en', ...fields };
  const field = (name: string, value: string) =>
    `--b\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const head = `${Object.entries(all)
    .map(([name, value]) => field(name, value))
    .join('')}--b\r\ncontent-disposition: form-data; name="file"; filename="programme.xml"\r\n\r\n`;
  const tail = '\r\n--b--\r\n';
  return new Promise((resolve, reject) => {
    const outgoing = request({ host: '127.0.0.1', port, path: PAGE, method: 'POST', agent: false });
    outgoing.setHeader('host', new URL(ORIGIN).host);
    outgoing.setHeader('origin', ORIGIN);
    outgoing.setHeader('content-type', 'multipart/form-data; boundary=b');
    outgoing.setHeader('content-length', head.length + size + tail.length);
    outgoing.setHeader('cookie', organizer.cookieHeader());
    outgoing.on('error', reject);
    outgoing.on('response', (answer: IncomingMessage) => {
      let body = '';
      answer.on('data', (chunk) => (body += String(chunk)));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: unescapeHtml(body) }));
    });
    outgoing.write(head);
    const block = Buffer.alloc(MEGABYTE, 0x20);
    const write = (left: number): void => {
      if (left > 0) outgoing.write(block.subarray(0, Math.min(left, MEGABYTE)), () => write(left - MEGABYTE));
      else if (sent < size) outgoing.destroy(new Error('cut'));
      else outgoing.end(tail);
    };
    write(sent);
  });
}

describe('a file that is too large', () => {
  it.each([LARGEST_UPLOAD + 1, 50 * MEGABYTE])(
    'is read to its end and refused with 413 in words beside its field: %d bytes',
    async (size) => {
      const { status, body } = await sentForm({ size });
      expect([status, body.includes('The file is larger than 20 MB.'), body.includes('aria-invalid="true"')]).toEqual([
        413,
        true,
        true,
      ]);
      expect(await kept()).toBe(0);
    },
  );

  it('is not even let pass by when it would take for ever', async () => {
    // Who goes on sending may be cut off before they read why.
    const answer = await sentForm({ size: 5000 * MEGABYTE }).catch(({ code }: { code: string }) => ({ status: code }));
    expect([413, 'EPIPE', 'ECONNRESET']).toContain(answer.status);
    expect((await organizer.get(PAGE)).status).toBe(200);
  });
});

describe('a form with a file', () => {
  it('that breaks off leaves nothing [P31]', async () => {
    await expect(sentForm({ size: 10 * MEGABYTE, sent: 3 * MEGABYTE })).rejects.toThrow('cut');
    expect(await kept()).toBe(0);
    expect((await sentForm({ size: 100 })).status).toBe(422);
  });

  it('may have fields that nobody asks for, also nested ones, and they are nothing [P31]', async () => {
    const names = ['a[b][c]', 'x.y', 'locale[0]', ''];
    const { status } = await sentForm({ size: 100, fields: Object.fromEntries(names.map((name) => [name, '1'])) });
    expect(status).toBe(422);
    for (const name of ['__proto__', 'constructor', 'toString'])
      expect((await sentForm({ size: 100, fields: { [name]: 'x' } })).status).toBe(400);
    expect(await kept()).toBe(0);
  });

  it('comes twenty times an hour and not more', async () => {
    for (let nth = 1; nth <= 20; nth++) expect((await sentForm({ size: 10 })).status).toBe(422);
    expect((await sentForm({ size: 10 })).status).toBe(429);
    world.clock.advance({ hours: 1, minutes: 1 });
    expect((await sentForm({ size: 10 })).status).toBe(422);
  });
});
