import { Inject, Injectable } from '@nestjs/common';
import MailComposer from 'nodemailer/lib/mail-composer';
import { encodeWord } from 'nodemailer/lib/mime-funcs';
import { parseEmailAddress } from '../../kernel/email-address.js';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { hashOf } from '../runtime/ids.js';
import { DkimSigner } from './dkim-signer.js';
import { MailRenderer } from './mail-renderer.js';
import { parseMailbox, type Mailbox } from './mailbox.js';
import type { CalendarPart, MailMessage } from './message.js';
import { mimeBytes } from './mime-bytes.js';
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
    const { html, text } = this.renderer.render(message, message.bulk ? this.unsubscribe.url(id) : null);
    const messageId = this.messageId(id, message.calendar);
    const first =
      message.calendar?.thread &&
      this.messageId(id, {
        ...message.calendar,
        thread: { ...message.calendar.thread, sequence: 0, repetition: 0 },
        method: 'REQUEST',
      });
    const answered = first !== undefined && first !== messageId;
    const tree = new MailComposer({
      from: this.from,
      to: { name: oneLine(message.to.name ?? ''), address: message.to.address },
      ...(message.replyTo && !message.calendar?.thread ? { replyTo: message.replyTo } : {}),
      subject: subjectField(oneLine(message.subject)),
      date: at,
      messageId,
      ...(answered ? { inReplyTo: first, references: [first] } : {}),
      headers: {
        'Auto-Submitted': 'auto-generated',
        'Content-Language': message.locale,
        ...(message.bulk ? prepared(this.unsubscribe.fields(id, message.bulk.list)) : {}),
      },
      text,
      html,
      ...calendarParts(message.calendar),
      disableFileAccess: true,
      disableUrlAccess: true,
    }).compile();
    return { mime: await this.signer.sign(mimeBytes(tree)), messageId };
  }

  /** [CI3]: from UID, SEQUENCE, method and the count of deliberate repetitions; other mails carry the row's id. */
  private messageId(id: string, calendar: CalendarPart | undefined): string {
    const local = calendar?.thread
      ? `${calendar.thread.uid}.${calendar.thread.sequence}.${calendar.method.toLowerCase()}.${calendar.thread.repetition}`
      : hashOf(`mail:${id}`).slice(0, 32);
    return `<${local}@${this.domain}>`;
  }
}

/** [CI1]: one calendar alternative, last, base64; and the same bytes as an attachment. */
function calendarParts(calendar: CalendarPart | undefined) {
  if (!calendar) return {};
  const content = Buffer.from(calendar.text, 'utf8');
  const file = {
    filename: calendar.thread ? 'invite.ics' : 'event.ics',
    content,
    contentType: calendar.thread ? 'application/ics' : `text/calendar; charset=utf-8; method=${calendar.method}`,
    contentTransferEncoding: 'base64',
  };
  if (!calendar.thread) return { attachments: [file] };
  return {
    alternatives: [
      {
        content,
        contentType: `text/calendar; charset=utf-8; method=${calendar.method}; component=VEVENT`,
        contentTransferEncoding: 'base64',
      },
    ],
    attachments: [file],
  };
}

/** As they are: a folded or encoded link is one that many receivers do not find. */
function prepared(fields: Record<string, string>) {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, { prepared: true, value }]));
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
