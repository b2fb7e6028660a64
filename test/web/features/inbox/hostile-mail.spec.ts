// @engine sqlite
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { InboundMail } from '../../../../src/platform/inbound/inbound-mail.entity.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { BAD_ANSWERS } from '../../../support/bad-answers.js';
import { CalendarGuests } from '../../../support/calendar-guests.js';
import { unescapeHtml, type Client } from '../../../support/client.js';
import { hostile } from '../../../support/hostile.js';
import { signedIn, staff } from '../../../support/house.js';
import { scene } from '../../../support/scene.js';

let world: TestApp;
let guests: CalendarGuests;
let chief: Client;
let serial = 0;
let calm: string[];

beforeAll(async () => {
  world = await startApp();
  await scene(world, 'hostile', 'H27');
  guests = new CalendarGuests(world);
  await staff(world, 'chief@example.org', [{ role: 'organizer', conferenceId: null }]);
  chief = await signedIn(world.client(), 'chief@example.org');
  calm = skeleton((await shown(letter('Nothing but letters'))).body);
});
afterAll(() => world.close());

const encoded = (value: string) => `=?utf-8?B?${Buffer.from(value).toString('base64')}?=`;
const pageOf = ({ id }: InboundMail) => chief.get(`/org/inbox/${id}`);

/** A letter that says the same in every place where a mail can say something. */
function letter(value: string): Buffer {
  const name = encoded(`a${value}`);
  return Buffer.from(
    [
      `From: ${name} <writer-${++serial}@library.example>`,
      `Reply-To: ${name} <writer@library.example>`,
      `To: ${name} <conferences@example.org>`,
      `Cc: ${name} <somebody@library.example>`,
      `Subject: ${name}`,
      `Date: ${name}`,
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=b',
      '',
      '--b',
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`a${value}`).toString('base64'),
      '--b',
      'Content-Type: text/calendar; charset=utf-8; method=PUBLISH',
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(`BEGIN:VCALENDAR\r\nX-A:${value}\r\nEND:VCALENDAR\r\n`).toString('base64'),
      '--b',
      `Content-Type: application/octet-stream; name="${name}"`,
      '',
      'x',
      '--b--',
      '',
    ].join('\r\n'),
  );
}

async function shown(raw: Buffer): Promise<{ mail: InboundMail; body: string }> {
  const mail = await guests.arrives(raw, 'writer@library.example');
  const { status, body } = await pageOf(mail);
  expect(status).toBe(200);
  return { mail, body };
}

/** Tags with the names of their attributes. */
function skeleton(body: string): string[] {
  return [...body.matchAll(/<(?:\/?[a-zA-Z][^\s/>]*|!)(?:"[^"]*"|'[^']*'|[^'">])*>/g)].map(([tag]) =>
    tag.replace(/="[^"]*"/g, '').replace(/\s+/g, ' '),
  );
}

describe('a mail from outside', () => {
  it.each(hostile('xss', 'header', 'markdown', 'template', 'bidi', 'control').map(({ id, value }) => [id, value]))(
    'changes nothing of the page that shows it [X2]: %s',
    async (_id, value) => {
      const { body } = await shown(letter(value));
      expect(skeleton(body)).toEqual(calm);
      expect(/[\u202A-\u202E]/.test(body) || body.includes('\0')).toBe(false);
      const list = await chief.get('/org/inbox');
      expect(list.status).toBe(200);
    },
  );

  it('in HTML is shown as words: nothing of it is run, and nothing remote is loaded', async () => {
    const html =
      '<style>body{background:url(https://evil.example/a)}</style><p onclick="x()">Добры дзень,<br>калегі!</p>' +
      '<script>alert(1)</script><img src="https://evil.example/pixel.gif"><a href="javascript:x()">link</a>' +
      '<iframe src="https://evil.example"></iframe><svg onload=alert(1)></svg><b>1 &lt; 2 &amp;amp; 3</b>';
    const raw = Buffer.from(
      `From: a@library.example\r\nSubject: HTML\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(html).toString('base64')}\r\n`,
    );
    const { body } = await shown(raw);
    const text = unescapeHtml(/<div class="mail-text" dir="auto">([\s\S]*?)<\/div>/.exec(body)![1]!);
    expect(text).toMatch(/^Добры дзень,\s+калегі!/);
    expect(text).toContain('1 < 2 &amp; 3');
    expect(body).not.toMatch(/evil\.example|javascript:|onclick|alert\(1\)/);
  });

  it('has its files by name and size only, however they are called', async () => {
    const { body } = await shown(letter('../../../etc/passwd\u202Egpj.exe'));
    const text = unescapeHtml(body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' '));
    expect(text).toContain('../../../etc/passwd');
    expect(text).toMatch(/application\/octet-stream, \d+ bytes?/);
    expect(body).not.toContain('href="../');
  });

  it('is answered at one plain address and nowhere else', async () => {
    const { body } = await shown(letter('Question & more?'));
    expect(unescapeHtml(body)).toContain('<dd><bdi>writer@library.example</bdi></dd>');
    expect(body).toContain('/replies"');
    const raw = letter('Two')
      .toString()
      .replace(/Reply-To: .*/, 'Reply-To: a@b.example, c@d.example');
    expect((await shown(Buffer.from(raw))).body).not.toContain('/replies"');
    const odd = (mailbox: string) =>
      Buffer.from(
        letter('Odd')
          .toString()
          .replace(/Reply-To: .*/, `Reply-To: ${mailbox}`),
      );
    // Quotes that are not needed are only another spelling; the page links to no mail program, which might read a copy out of it.
    const plain = unescapeHtml((await shown(odd('"a?bcc=x"@b.example'))).body);
    expect([plain.includes('<dd><bdi>a?bcc=x@b.example</bdi></dd>'), plain.includes('mailto:')]).toEqual([true, false]);
    expect((await shown(odd('"a b"@b.example'))).body).not.toContain('/replies"');
  });

  it('of the corpus of bad answers never breaks the page', async () => {
    const facts = {
      uid: '00000000-0000-8000-8000-0000000000ff',
      attendee: 'guest@library.example',
      stamp: '20260914T090000Z',
      other: { attendee: 'other@library.example', uid: '00000000-0000-8000-8000-0000000000fe' },
    };
    const answers: [string, number][] = [];
    for (const { name, raw } of BAD_ANSWERS) {
      const mail = await guests.arrives(raw(facts), 'writer@library.example');
      answers.push([name, (await pageOf(mail)).status]);
    }
    expect(answers.filter(([, status]) => status !== 200)).toEqual([]);
    expect((await chief.get('/org/inbox?show=all')).status).toBe(200);
  });

  it('beyond the limits is a file, and the page says so [CQ1]', async () => {
    const nested = (depth: number): string =>
      depth === 0
        ? '\r\nwords\r\n'
        : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}--b${depth}--\r\n`;
    const { mail, body } = await shown(Buffer.from(`From: a@library.example\r\n${nested(25)}`));
    expect(mail).toMatchObject({ kind: 'unreadable', remark: 'inbound.remark.too-deep' });
    expect(body).toContain('This mail cannot be shown here');
    expect((await chief.get(`/org/inbox/${mail.id}/raw`)).status).toBe(200);
  });
});
