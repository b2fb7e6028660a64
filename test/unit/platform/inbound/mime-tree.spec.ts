import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { allParts, fieldOf, MAIL_LIMITS, readMailTree, textOf } from '../../../../src/platform/inbound/mime-tree.js';

const bytes = (lines: readonly string[]) => Buffer.from(lines.join('\r\n'), 'latin1');
const limitOf = (raw: Buffer) =>
  readMailTree(raw).then(
    () => 'read',
    (error: { limit?: string }) => error.limit,
  );
const nested = (depth: number): string =>
  depth === 0
    ? 'Content-Type: text/plain\r\n\r\nwords\r\n'
    : `Content-Type: multipart/mixed; boundary=b${depth}\r\n\r\n--b${depth}\r\n${nested(depth - 1)}--b${depth}--\r\n`;

describe('the tree of a mail', () => {
  it('has the parts of a message in their order, transfer encodings undone', async () => {
    const root = await readMailTree(
      bytes([
        'From: a@example.org',
        'Subject: a long',
        ' subject',
        'Content-Type: multipart/mixed; boundary="x y"',
        '',
        'preamble',
        '--x y',
        'Content-Type: text/plain; Charset="windows-1251"',
        'Content-Transfer-Encoding: quoted-printable',
        '',
        '=C4=EE=E1=F0=FB =E4=E5=ED=FC=',
        '',
        '--x y',
        'Content-Type: text/calendar; method=REPLY; name="reply.ics"',
        'Content-Transfer-Encoding: BASE64',
        '',
        Buffer.from('BEGIN:VCALENDAR').toString('base64'),
        '--x y--',
        '',
      ]),
    );
    expect(root.type).toBe('multipart/mixed');
    expect(fieldOf(root, 'subject')).toBe('a long subject');
    expect(root.parts.map(({ type, filename }) => [type, filename])).toEqual([
      ['text/plain', null],
      ['text/calendar', 'reply.ics'],
    ]);
    expect(root.parts[1]!.parameters).toMatchObject({ method: 'REPLY' });
    expect(root.parts.map(textOf)).toEqual(['Добры день', 'BEGIN:VCALENDAR']);
  });

  it('takes the charset that is declared, else UTF-8, else Windows-1252, and never fails', () => {
    const of = (content: Buffer, charset?: string) => textOf({ content, parameters: charset ? { charset } : {} });
    expect(of(Buffer.from('Скарына', 'utf8'))).toBe('Скарына');
    expect(of(Buffer.from([0xe9]))).toBe('é');
    expect(of(Buffer.from([0xcb, 0xd8]), 'KOI8-R')).toBe('кь');
    expect(of(Buffer.from([0xcf]), 'no-such-charset')).toBe('Ï');
    expect(of(Buffer.from([0xff, 0xd0]), 'utf-8')).toContain('\uFFFD');
  });

  it('keeps a message inside a message as one leaf', async () => {
    const root = await readMailTree(
      bytes(['Content-Type: message/rfc822', '', 'Subject: inner', 'Content-Type: text/html', '', '<p>', '']),
    );
    expect(allParts(root)).toHaveLength(1);
    expect(root.content.toString()).toContain('Subject: inner');
  });

  it('reads what a mailer writes, whatever the texts (property)', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
        const raw = await new MailComposer({
          from: 'a@example.org',
          to: 'b@example.org',
          text: 'x',
          attachments: [{ filename: 'a.ics', content: Buffer.from(text), contentType: 'text/calendar; charset=utf-8' }],
        })
          .compile()
          .build();
        const part = allParts(await readMailTree(raw)).find(({ type }) => type === 'text/calendar')!;
        expect(part.content).toEqual(Buffer.from(text));
      }),
      { numRuns: 60 },
    );
  });

  it('refuses what is beyond the limits: bytes, parts, depth, heads [CQ1]', async () => {
    expect(await limitOf(Buffer.alloc(MAIL_LIMITS.bytes + 1, 'a'))).toBe('too-large');
    const parts = (n: number) =>
      bytes([
        'Content-Type: multipart/mixed; boundary=b',
        '',
        ...Array.from({ length: n }, () => '--b\r\n\r\nx'),
        '--b--',
        '',
      ]);
    expect(await limitOf(parts(MAIL_LIMITS.parts - 1))).toBe('read');
    expect(await limitOf(parts(MAIL_LIMITS.parts))).toBe('too-many-parts');
    expect(await limitOf(Buffer.from(nested(MAIL_LIMITS.depth - 1)))).toBe('read');
    expect(await limitOf(Buffer.from(nested(MAIL_LIMITS.depth)))).toBe('too-deep');
    expect(await limitOf(bytes([`X-Long: ${'a'.repeat(MAIL_LIMITS.headBytes)}`, '', 'x']))).toBe('head-too-large');
  });

  it('is read from any bytes (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              'Content-Type: multipart/mixed; boundary=b',
              'Content-Type: ',
              '--b',
              '--b--',
              '',
              ' ',
              ':',
            ),
            fc.constantFrom('Content-Transfer-Encoding: base64', 'Content-Type: text/plain; charset*=x', '\0', 'From '),
            fc.string({ maxLength: 40 }),
          ),
          { maxLength: 40 },
        ),
        async (lines) => {
          const root = await readMailTree(bytes(lines));
          for (const part of allParts(root)) expect(typeof textOf(part)).toBe('string');
        },
      ),
    );
  });
});
