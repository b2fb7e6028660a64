import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mimeMessage, type Part } from '../../../../src/platform/mail/mime-message.js';

interface Letter {
  name: string;
  subject: string;
  text: string;
  calendar: string;
}

const FROM = { name: 'Бібліятэка', address: 'conferences@example.org' };
const ADDRESS = 'anna@library.example';
const DATE = new Date('2026-09-14T08:30:00Z');
const ID = '<row@example.org>';
const REQUEST = 'text/calendar; charset=utf-8; method=REQUEST';

function ours({ name, subject, text, calendar }: Letter, key = 'key'): Buffer {
  const file = Buffer.from(calendar);
  const words: Part[] = [
    { type: 'text/plain', text: `${text}\n` },
    { type: 'text/html', text: `<p>${text}</p>\n` },
    { type: REQUEST, file },
  ];
  return mimeMessage(
    [
      ['From', { ...FROM }],
      ['To', { name, address: ADDRESS }],
      ['Subject', subject],
      ['Message-ID', ID],
      ['Date', DATE],
    ],
    {
      type: 'multipart/mixed',
      parts: [
        { type: 'multipart/alternative', parts: words },
        { type: 'application/ics', file, name: 'invite.ics' },
      ],
    },
    key,
  );
}

/** Nodemailer leaves the ends of lines as they are typed. */
const crlf = (text: string) => text.replace(/\r\n?|\n/g, '\r\n');

function nodemailers({ name, subject, text, calendar }: Letter): Promise<Buffer> {
  const file = { content: Buffer.from(calendar), contentTransferEncoding: 'base64' };
  return new MailComposer({
    from: { ...FROM },
    to: { name, address: ADDRESS },
    subject,
    messageId: ID,
    date: DATE,
    text: crlf(`${text}\n`),
    html: crlf(`<p>${text}</p>\n`),
    alternatives: [{ ...file, contentType: REQUEST }],
    attachments: [{ ...file, filename: 'invite.ics', contentType: 'application/ics' }],
  })
    .compile()
    .build();
}

/** What a program for mail gets out of it. */
async function read(mime: Buffer) {
  const { from, to, subject, messageId, date, text, html, attachments, headers } = await simpleParser(mime);
  const files = attachments.map(({ contentType, filename, content }) => [contentType, filename, content.toString()]);
  return {
    from,
    to,
    subject,
    messageId,
    date,
    text,
    html,
    files,
    names: [...headers.keys()].sort(),
  };
}

const letters = fc.record({
  name: fc.string({ maxLength: 60 }),
  subject: fc.oneof(fc.string({ maxLength: 80 }), fc.string({ unit: 'grapheme', maxLength: 80 })),
  text: fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 400 }),
    fc
      .array(fc.constantFrom('кніга ', 'book', '\n', '\r\n', '\r', ' ', '.', '=', '--', 'x'.repeat(80)), {
        maxLength: 60,
      })
      .map((all) => all.join('')),
  ),
  calendar: fc.string({ unit: 'grapheme', maxLength: 200 }),
});

describe('the bytes of a message', () => {
  it('are read as those that nodemailer composes, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(letters, async (letter) => {
        expect(await read(ours(letter))).toEqual(await read(await nodemailers(letter)));
      }),
      { numRuns: 300 },
    );
  });

  it('are ASCII in lines of 76 at most, with one kind of line end [CL1]', () => {
    fc.assert(
      fc.property(letters, (letter) => {
        const lines = ours(letter).toString('latin1').split('\r\n');
        expect(lines.filter((line) => !/^[\x20-\x7e\t]{0,76}$/.test(line))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('are kept apart by what no text can hold', async () => {
    const text = '--=_0.key\n--=_0.0.key--\n\n--=_0.key--';
    const letter = { name: '', subject: '', text, calendar: text };
    const { text: plain, files } = await read(ours(letter));
    expect([plain?.trim(), files.map(([, , content]) => content)]).toEqual([text, [text, text]]);
  });
});
