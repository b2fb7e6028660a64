import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import MailComposer from 'nodemailer/lib/mail-composer';
import { mimeBytes } from '../../../../src/platform/mail/mime-bytes.js';

const tree = (text: string, subject: string, calendar: string) => {
  const content = Buffer.from(calendar);
  const transfer = { content, contentTransferEncoding: 'base64' };
  return new MailComposer({
    from: { name: 'Бібліятэка', address: 'conferences@example.org' },
    to: { name: subject, address: 'anna@library.example' },
    date: new Date('2026-09-14T08:30:00Z'),
    messageId: '<row@example.org>',
    subject,
    text: `${text}\n`,
    html: `<p>${text}</p>\n`,
    ...(calendar
      ? {
          alternatives: [{ ...transfer, contentType: 'text/calendar; charset=utf-8; method=REQUEST' }],
          attachments: [{ ...transfer, filename: 'invite.ics', contentType: 'application/ics' }],
        }
      : {}),
  }).compile();
};

describe('the bytes of a message', () => {
  it('are those that nodemailer streams, with one kind of line end, whatever the texts [CL1]', async () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .array(fc.constantFrom('кніга ', 'book', '\n', '\r\n', '\r', ' ', '.', '=', '--', 'x'.repeat(80)), {
          maxLength: 60,
        })
        .map((all) => all.join('')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.string({ maxLength: 80 }), texts, async (text, subject, calendar) => {
        const compiled = tree(text, subject, calendar);
        const streamed = (await compiled.build()).toString('latin1');
        const bytes = mimeBytes(compiled).toString('latin1');
        expect(bytes).toBe(streamed.replace(/\r\n?|\n/g, '\r\n'));
        expect(bytes.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
      }),
      { numRuns: 300 },
    );
  });

  it('are of texts in memory only: nothing is fetched', () => {
    const compiled = new MailComposer({ text: { path: '/etc/hostname' }, html: '<p>x</p>' }).compile();
    expect(() => mimeBytes(compiled)).toThrow('not in memory');
  });
});
