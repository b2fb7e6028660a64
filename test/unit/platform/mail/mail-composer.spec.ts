import { describe, expect, it } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { parseEmailAddress } from '../../../../src/kernel/email-address.js';
import { personalUid } from '../../../../src/platform/calendar/index.js';
import { loadConfig } from '../../../../src/platform/config/config.js';
import { Translator } from '../../../../src/platform/i18n/translator.js';
import { DkimSigner } from '../../../../src/platform/mail/dkim-signer.js';
import { MessageComposer } from '../../../../src/platform/mail/mail-composer.js';
import { MailRenderer } from '../../../../src/platform/mail/mail-renderer.js';
import type { CalendarPart, MailMessage } from '../../../../src/platform/mail/message.js';
import { UnsubscribeLinks } from '../../../../src/platform/mail/unsubscribe-links.js';
import { Secrets } from '../../../../src/platform/runtime/secrets.js';
import { hostile } from '../../../support/hostile.js';

const config = loadConfig({
  SECRET_KEY: 'x'.repeat(32),
  VAULT_KEYS: 'k1:x',
  MAIL_FROM: 'Skaryna <conferences@example.org>',
});
const renderer = new MailRenderer(new Translator());
const composer = new MessageComposer(
  config,
  renderer,
  new DkimSigner(config),
  new UnsubscribeLinks(config, new Secrets(config)),
);
const AT = new Date('2026-09-14T08:30:00Z');
const UID = personalUid(new Uint8Array(32), 'person', 'session', 'session');
const ICS = `BEGIN:VCALENDAR\r\nSUMMARY:${'Адкрыццё кангрэса '.repeat(20)}\r\nEND:VCALENDAR\r\n`;

const message = (changes: Partial<MailMessage> = {}): MailMessage => ({
  kind: 'test',
  cause: 'test',
  to: { address: 'anna@library.example', name: 'Anna' },
  locale: 'be',
  subject: 'Вітаем',
  blocks: [{ kind: 'text', text: 'Чакаем вас.' }],
  ...changes,
});
const calendar = (changes: Partial<CalendarPart> = {}): CalendarPart => ({
  method: 'REQUEST',
  text: ICS,
  thread: { uid: UID, sequence: 0, repetition: 0 },
  ...changes,
});
const compose = async (changes: Partial<MailMessage> = {}, id = 'row') => {
  const { mime, messageId } = await composer.compose(id, AT, message(changes));
  return {
    mime,
    messageId,
    parsed: await simpleParser(mime, { skipTextToHtml: true }),
    tree: parts(mime.toString('latin1')),
  };
};

interface Part {
  type: string;
  headers: string;
  body: string;
  parts: Part[];
}

/** The parts as they stand in the message: a parser for reading mail hides just what is tested here. */
function parts(text: string): Part {
  const at = text.indexOf('\r\n\r\n');
  const headers = text.slice(0, at).replace(/\r\n[ \t]+/g, ' ');
  const body = text.slice(at + 4);
  const type = /^Content-Type:\s*(.*)$/im.exec(headers)?.[1] ?? 'text/plain';
  const boundary = /boundary="([^"]+)"/.exec(type)?.[1];
  const inner = boundary
    ? body
        .split(`--${boundary}`)
        .slice(1, -1)
        .map((part) => parts(part.replace(/^\r\n/, '').replace(/\r\n$/, '')))
    : [];
  return { type: type.split(';')[0]!, headers, body, parts: inner };
}

const header = (part: Part, name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'im').exec(part.headers)?.[1];
const decoded = (part: Part) => Buffer.from(part.body, 'base64').toString('utf8');

describe('a calendar mail', () => {
  it('is mixed of an alternative whose last part is the calendar, and an attachment of the same bytes [CI1] [B13]', async () => {
    const { tree } = await compose({ calendar: calendar() });
    expect(tree.type).toBe('multipart/mixed');
    const [alternative, attachment] = tree.parts;
    expect(tree.parts.map(({ type }) => type)).toEqual(['multipart/alternative', 'application/ics']);
    expect(alternative!.parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html', 'text/calendar']);
    const event = alternative!.parts[2]!;
    expect(header(event, 'Content-Type')).toBe('text/calendar; charset=utf-8; method=REQUEST; component=VEVENT');
    expect(header(event, 'Content-Transfer-Encoding')).toBe('base64');
    expect(header(event, 'Content-Disposition')).toBeUndefined();
    expect(header(attachment!, 'Content-Disposition')).toBe('attachment; filename=invite.ics');
    expect(decoded(event)).toBe(ICS);
    expect(decoded(attachment!)).toBe(ICS);
  });

  it('names the method of its object as the method of the part [CI1]', async () => {
    const { tree } = await compose({ calendar: calendar({ method: 'CANCEL' }) });
    expect(header(tree.parts[0]!.parts[2]!, 'Content-Type')).toContain('method=CANCEL');
  });

  it('goes to one mailbox, comes from the organizer’s, and asks for no answer elsewhere [CI2]', async () => {
    const { tree } = await compose({ calendar: calendar(), replyTo: 'bureau@example.org' });
    expect(header(tree, 'To')).toBe('Anna <anna@library.example>');
    expect(header(tree, 'From')).toBe('Skaryna <conferences@example.org>');
    expect(composer.from.address).toBe('conferences@example.org');
    for (const name of ['Cc', 'Bcc', 'Reply-To', 'Sender']) expect(header(tree, name)).toBeUndefined();
  });

  it('is identified by UID, sequence, method and deliberate repetition, not by its row [CI3]', async () => {
    const id = async (row: string, part: CalendarPart) => (await compose({ calendar: part }, row)).messageId;
    const first = await id('a', calendar());
    expect(first).toBe(`<${UID}.0.request.0@example.org>`);
    expect(await id('b', calendar())).toBe(first);
    const others = [
      calendar({ thread: { uid: UID, sequence: 1, repetition: 0 } }),
      calendar({ thread: { uid: UID, sequence: 0, repetition: 1 } }),
      calendar({ method: 'CANCEL' }),
    ];
    const ids = [first, ...(await Promise.all(others.map((part) => id('a', part))))];
    expect(new Set(ids).size).toBe(4);
  });

  it('answers the first invitation of its thread, which answers nothing [CI3]', async () => {
    const first = await compose({ calendar: calendar() });
    const moved = await compose({ calendar: calendar({ thread: { uid: UID, sequence: 2, repetition: 1 } }) });
    const cancelled = await compose({
      calendar: calendar({ method: 'CANCEL', thread: { uid: UID, sequence: 3, repetition: 0 } }),
    });
    expect(first.parsed.inReplyTo).toBeUndefined();
    for (const later of [moved, cancelled]) {
      expect(later.parsed.inReplyTo).toBe(first.messageId);
      expect([later.parsed.references].flat()).toEqual([first.messageId]);
    }
  });

  it('says when it was written, in which language, and that no person wrote it [CI3]', async () => {
    const { tree, parsed } = await compose({ calendar: calendar() });
    expect(parsed.date).toEqual(AT);
    expect(header(tree, 'Content-Language')).toBe('be');
    expect(header(tree, 'Auto-Submitted')).toBe('auto-generated');
  });

  it('has no list fields [CI4]', async () => {
    const { tree } = await compose({ calendar: calendar() });
    expect(tree.headers).not.toMatch(/^List-/im);
  });

  it('carries a PUBLISH as an attachment only', async () => {
    const { tree } = await compose({ calendar: { method: 'PUBLISH', text: ICS } });
    expect(tree.parts.map(({ type }) => type)).toEqual(['multipart/alternative', 'text/calendar']);
    expect(tree.parts[0]!.parts.map(({ type }) => type)).toEqual(['text/plain', 'text/html']);
    expect(header(tree.parts[1]!, 'Content-Disposition')).toBe('attachment; filename=event.ics');
  });
});

describe('the head of a mail', () => {
  const typed = hostile('header', 'smtp', 'email', 'xss', 'markdown', 'control', 'bidi');

  it.each(typed.map(({ id, value }) => [id, value]))(
    'has one recipient and no new field with %s as name and subject [X7]',
    async (_id, value) => {
      const { tree, parsed } = await compose({
        to: { address: 'anna@library.example', name: value },
        subject: `Welcome ${value}`,
      });
      expect(
        [parsed.to]
          .flat()
          .flatMap((one) => one?.value ?? [])
          .map(({ address }) => address),
      ).toEqual(['anna@library.example']);
      expect([...tree.headers.matchAll(/^([A-Za-z-]+):/gm)].map(([, name]) => name).sort()).toEqual(
        [
          'Auto-Submitted',
          'Content-Language',
          'Content-Type',
          'Date',
          'From',
          'MIME-Version',
          'Message-ID',
          'Subject',
          'To',
        ].sort(),
      );
    },
  );

  it.each(
    hostile('header', 'smtp')
      .filter(({ verdict }) => verdict === 'keep')
      .map(({ id, value }) => [id, value]),
  )('gives the characters of %s back as the subject [X7]', async (_id, value) => {
    const { parsed } = await compose({ subject: value });
    expect(parsed.subject).toBe(value.replace(/\s+/g, ' ').trim());
  });

  it.each(
    hostile('email', 'header')
      .filter(({ value }) => !parseEmailAddress(value).ok)
      .map(({ id, value }) => [id, value]),
  )('is never made for the address %s [X7] [B25] [P30]', async (_id, value) => {
    await expect(composer.compose('row', AT, message({ to: { address: value } }))).rejects.toThrow('one plain address');
  });
});

describe('a message', () => {
  it('made twice from one row has the same identity, and another row another', async () => {
    const [once, again, other] = await Promise.all([compose({}, 'a'), compose({}, 'a'), compose({}, 'b')]);
    expect(again.messageId).toBe(once.messageId);
    expect(other.messageId).not.toBe(once.messageId);
  });

  it.each(hostile('smtp').map(({ id, value }) => [id, value]))(
    'brings %s whole in its text [X7]',
    async (_id, value) => {
      const { parsed, mime } = await compose({ blocks: [{ kind: 'quote', text: value }] });
      const text = (parsed.text ?? '').split('\n').filter(Boolean);
      for (const line of value.split(/\r?\n/).filter(Boolean)) expect(text).toContain(line);
      expect(
        mime
          .toString('latin1')
          .split('\r\n')
          .every((line) => line.length <= 998),
      ).toBe(true);
    },
  );
});
