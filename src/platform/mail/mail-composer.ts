import { Inject, Injectable } from '@nestjs/common';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { parseEmailAddress } from '../../kernel/email-address.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { hashOf } from '../runtime/ids.js';
import { DkimSigner } from './dkim-signer.js';
import { MailRenderer } from './mail-renderer.js';
import { parseMailbox, type Mailbox } from './mailbox.js';
import type { CalendarPart, MailMessage } from './message.js';
import { mimeMessage, type Field, type Part } from './mime-message.js';
import { UnsubscribeLinks } from './unsubscribe-links.js';

export interface ComposedMail {
  mime: Buffer;
  messageId: string;
}

/** Builds the finished MIME message (RFC 5322, iMIP structure of RFC 6047 where a calendar part is carried). */
@Injectable()
export class MessageComposer {
  /** The library's mailbox: sender of everything, and organizer of calendar objects ([CM4]). */
  readonly from: Mailbox;
  private readonly domain: string;

  constructor(
    @Inject(CONFIG) config: Config,
    private readonly renderer: MailRenderer,
    private readonly signer: DkimSigner,
    private readonly unsubscribe: UnsubscribeLinks,
  ) {
    this.from = parseMailbox(config.mailFrom);
    this.domain = this.from.address.split('@')[1]!;
  }

  /**
   * `id` and `at` are those of the outbox row, so that a message made twice from one row is the same.
   * Throws when the recipient is not exactly one plain address: mailers deliver anything else to somebody else ([B25]).
   */
  async compose(id: string, at: Date, message: MailMessage): Promise<ComposedMail> {
    if (!isOneAddress(message.to.address)) throw new Error('a mail goes to one plain address');
    const messageId = this.messageId(id, message.calendar);
    const first =
      message.calendar?.thread &&
      this.messageId(id, {
        ...message.calendar,
        thread: { ...message.calendar.thread, sequence: 0, repetition: 0 },
        method: 'REQUEST',
      });
    const thread = first === undefined || first === messageId ? message.follows : first;
    const head: Field[] = [
      ...(message.letter ? [] : [['Auto-Submitted', 'auto-generated'] as const]),
      ['Content-Language', message.locale],
      ...(message.bulk ? asTheyAre(this.unsubscribe.fields(id, message.bulk.list)) : []),
      ['From', { ...this.from }],
      ['To', { name: oneLine(message.to.name ?? ''), address: message.to.address }],
      ...(message.replyTo && !message.calendar?.thread ? [['Reply-To', message.replyTo] as const] : []),
      ...(thread
        ? ([
            ['In-Reply-To', thread],
            ['References', thread],
          ] as const)
        : []),
      ...threadFields(message.letter),
      ['Subject', subjectField(oneLine(message.subject))],
      ['Message-ID', messageId],
      ['Date', at],
    ];
    const mime = mimeMessage(head, this.body(id, message), hashOf(id).slice(0, 16));
    return { mime: await this.signer.sign(mime), messageId };
  }

  private body(id: string, message: MailMessage): Part {
    if (message.letter) return { type: 'text/plain', text: `${message.letter.text}\n` };
    const { html, text } = this.renderer.render(message, message.bulk ? this.unsubscribe.url(id) : null);
    return bodyOf(html, text, message.calendar);
  }

  /** [CI3]: from UID, SEQUENCE, method and the count of deliberate repetitions; other mails carry the row's id. */
  private messageId(id: string, calendar: CalendarPart | undefined): string {
    const local = calendar?.thread
      ? `${calendar.thread.uid}.${calendar.thread.sequence}.${calendar.method.toLowerCase()}.${calendar.thread.repetition}`
      : hashOf(`mail:${id}`).slice(0, 32);
    return `<${local}@${this.domain}>`;
  }
}

/** [CI1]: one calendar alternative, last; and the same bytes as an attachment. */
function bodyOf(html: string, text: string, calendar: CalendarPart | undefined): Part {
  const words: Part[] = [
    { type: 'text/plain', text },
    { type: 'text/html', text: html },
  ];
  if (!calendar) return { type: 'multipart/alternative', parts: words };
  const file = Buffer.from(calendar.text, 'utf8');
  const type = `text/calendar; charset=utf-8; method=${calendar.method}`;
  const [alternatives, attachment] = calendar.thread
    ? [[...words, { type: `${type}; component=VEVENT`, file }], { type: 'application/ics', file, name: 'invite.ics' }]
    : [words, { type, file, name: 'event.ics' }];
  return { type: 'multipart/mixed', parts: [{ type: 'multipart/alternative', parts: alternatives }, attachment] };
}

/** Ids of others are taken as they came: an encoded one names nothing. A line each, and short enough for any server. */
function threadFields(letter: MailMessage['letter']): Field[] {
  if (!letter) return [];
  const { inReplyTo, references } = letter;
  return asTheyAre({
    ...(inReplyTo ? { 'In-Reply-To': inReplyTo } : {}),
    ...(references.length > 0 ? { References: references.join('\r\n ') } : {}),
  });
}

/** A folded or encoded link is one that many receivers do not find. */
function asTheyAre(fields: Record<string, string>): Field[] {
  return Object.entries(fields).map(([name, asItIs]) => [name, { asItIs }]);
}

function isOneAddress(address: string): boolean {
  const parsed = parseEmailAddress(address);
  return parsed.ok && parsed.address.length === address.length;
}

/** Somebody's text that looks like an encoded word (RFC 2047) would be read as one, so that it is encoded once more. */
function subjectField(subject: string): string {
  return subject.includes('=?') ? encodeWord(subject, 'Q', 52) : subject;
}

/** [X7]: whatever breaks a line, U+0085, U+2028 and U+2029 included, is one space in a header. */
function oneLine(value: string): string {
  return value.replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
