import { createTransport, type SendMailOptions } from 'nodemailer';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface Delivery {
  id: string;
  from: string;
  to: string;
  mime: Buffer;
  /** Orders reports of failure and delay under this id (RFC 3461); null: as the server likes. */
  envelopeId: string | null;
}

/**
 * Why a delivery did not succeed. `answered`: the other side said so itself. `doubtful`: the whole message was on the
 * wire and only its answer was lost, so that a repetition may arrive twice.
 */
export class DeliveryError extends Error {
  constructor(
    readonly outcome: 'temporary' | 'permanent',
    readonly problem: string,
    readonly answered: boolean,
    readonly doubtful = false,
  ) {
    super(problem);
    this.name = 'DeliveryError';
  }
}

export interface MailTransport {
  /** Resolves when the other side has taken the message; rejects with DeliveryError. */
  deliver(delivery: Delivery): Promise<void>;
  close(): Promise<void>;
}

export const MAIL_TRANSPORT = Symbol('mail transport');

/** How many messages are on the wire at once. */
export const CONNECTIONS = 5;
const LIMIT_MS = 30_000;

/** `file:FOLDER` writes one .eml per mail; `smtp://` and `smtps://` send through a pool of connections. */
export function mailTransport(address: string): MailTransport {
  return address.startsWith('file:') ? new FileTransport(address.slice('file:'.length)) : new SmtpTransport(address);
}

class FileTransport implements MailTransport {
  constructor(private readonly folder: string) {}

  async deliver({ id, mime }: Delivery): Promise<void> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const file = join(this.folder, `${id}.eml`);
    await writeFile(`${file}.part`, mime, { mode: 0o600 });
    await rename(`${file}.part`, file);
  }

  async close(): Promise<void> {
    // nothing is open between two files
  }
}

interface SmtpError extends Error {
  responseCode?: number;
  command?: string;
  code?: string;
}

/** A mail with the stream that it is sent from, once the server has asked for it. */
interface WatchedMail extends SendMailOptions {
  progress: { stream?: Readable };
}

class SmtpTransport implements MailTransport {
  private readonly pool;

  constructor(address: string) {
    const url = new URL(address);
    const secure = url.protocol === 'smtps:';
    this.pool = createTransport({
      pool: true,
      host: url.hostname,
      port: Number(url.port || (secure ? 465 : 25)),
      secure,
      ...(url.username
        ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
        : {}),
      maxConnections: CONNECTIONS,
      maxMessages: Infinity,
      maxRequeues: 0, // whether to try again is the outbox's decision
      connectionTimeout: LIMIT_MS,
      greetingTimeout: LIMIT_MS,
      socketTimeout: LIMIT_MS,
    });
    // nodemailer says "connection closed" whenever it is; only the stream that it sends from knows how far it came.
    this.pool.use('stream', (mail, done) => {
      const { message } = mail;
      const progress = (mail.data as WatchedMail).progress;
      const open = message.createReadStream.bind(message);
      message.createReadStream = (...options) => (progress.stream = open(...options));
      done();
    });
  }

  async deliver({ from, to, mime, envelopeId }: Delivery): Promise<void> {
    const progress: WatchedMail['progress'] = {};
    const dsn =
      envelopeId === null
        ? undefined
        : { id: envelopeId, ret: 'HDRS' as const, notify: ['FAILURE' as const, 'DELAY' as const] };
    const mail: WatchedMail = { envelope: { from, to: [to] }, raw: mime, progress, ...(dsn ? { dsn } : {}) };
    try {
      await this.pool.sendMail(mail);
    } catch (error) {
      throw deliveryError(error as SmtpError, progress.stream?.readableEnded ?? false);
    }
  }

  async close(): Promise<void> {
    this.pool.close();
  }
}

/** A refused recipient or message (5xx) is final; refused credentials and anything about the connection is not. */
function deliveryError(error: SmtpError, sentWhole: boolean): DeliveryError {
  const status = error.responseCode ?? 0;
  const aboutMessage =
    error.code !== 'EAUTH' && error.command !== 'CONN' && !/^EHLO|^HELO|^AUTH/.test(error.command ?? '');
  if (status >= 500 && aboutMessage) return new DeliveryError('permanent', `SMTP ${status}`, true);
  if (status >= 400) return new DeliveryError('temporary', `SMTP ${status}`, true);
  // Without an answer the message may have been taken: only then can a repetition arrive twice.
  return new DeliveryError('temporary', error.code ?? 'connection lost', false, sentWhole);
}
