import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { AddressInfo } from 'node:net';
import type { Readable } from 'node:stream';
import type { SMTPServer, SMTPServerSession } from 'smtp-server';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { InboundRecipients } from './inbound-recipients.js';
import { InboundStore } from './inbound-store.js';
import { MAIL_LIMITS } from './mime-tree.js';

interface Refusal extends Error {
  responseCode: number;
}

/**
 * The door for the library's own mail server: LMTP (RFC 2033) on a local port. A mail is acknowledged after its bytes are
 * committed, and not before: what we cannot keep stays in the server's queue and comes again.
 */
@Injectable()
export class LmtpDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('lmtp');
  private server: SMTPServer | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly store: InboundStore,
    private readonly recipients: InboundRecipients,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (this.config.lmtp) await this.open(this.config.lmtp.port, this.config.lmtp.host);
  }

  /** Listens, and answers the port that it got. Rejects when the port is taken. */
  async open(port: number, host = '127.0.0.1'): Promise<number> {
    const { SMTPServer: Server } = await import('smtp-server');
    const server = new Server({
      lmtp: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: MAIL_LIMITS.bytes,
      onRcptTo: ({ address }, _session, done) =>
        done(this.recipients.accepts(address) ? null : refusal(550, '5.1.1 no such mailbox here')),
      onData: (stream, session, done) => {
        this.take(stream, session).then(
          () => done(null, '2.0.0 kept'),
          (error: unknown) => done(isRefusal(error) ? error : this.fault(error)),
        );
      },
    });
    this.server = server;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    // Connections that break off are the other side's affair.
    server.on('error', (error) => this.logger.debug(error.message));
    return (server.server.address() as AddressInfo).port;
  }

  async beforeApplicationShutdown(): Promise<void> {
    const { server } = this;
    if (server) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  private async take(stream: Readable & { sizeExceeded?: boolean }, session: SMTPServerSession): Promise<void> {
    const chunks: Buffer[] = [];
    let size = 0;
    // Beyond the limit the rest is read and dropped: the other side listens only after its last dot.
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size <= MAIL_LIMITS.bytes) chunks.push(chunk);
    }
    if (size > MAIL_LIMITS.bytes) throw refusal(552, '5.3.4 the message is too big');
    const { mailFrom, rcptTo } = session.envelope;
    await this.store.keep({
      door: 'lmtp',
      from: mailFrom === false ? '' : mailFrom.address,
      to: rcptTo.map(({ address }) => address),
      raw: Buffer.concat(chunks),
    });
  }

  private fault(error: unknown): Refusal {
    this.logger.error(`a mail could not be kept: ${error instanceof Error ? error.name : 'unknown'}`);
    return refusal(451, '4.3.0 cannot be kept now');
  }
}

function refusal(responseCode: number, message: string): Refusal {
  return Object.assign(new Error(message), { responseCode });
}

function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && 'responseCode' in error;
}
