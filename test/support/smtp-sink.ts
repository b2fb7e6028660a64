import { EventEmitter, once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';

export interface Received {
  from: string;
  to: string[];
  /** The message as it came over the wire, dots unstuffed. */
  raw: Buffer;
}

/**
 * How the sink answers a message: takes it, refuses it (`code` 4xx or 5xx, at the recipient or after the message), never
 * answers the final dot (`hang`), or takes the whole message and breaks the connection before answering (`cut`).
 */
export type Behaviour = 'accept' | 'hang' | 'cut' | { code: number; text?: string; at?: 'recipient' | 'message' };

/** A real SMTP server on a free loopback port that keeps what it gets. */
export class SmtpSink {
  /** Everything whose final dot arrived and that was taken (also by `cut`, which loses only the answer). */
  readonly received: Received[] = [];
  /** How long each answer to a message takes: a run of mails that tests can interrupt. */
  answerAfterMs = 0;
  private behaviour: (recipient: string) => Behaviour = () => 'accept';
  private server: SMTPServer | undefined;
  private port = 0;
  private readonly arrivals = new EventEmitter();

  static async start(): Promise<SmtpSink> {
    const sink = new SmtpSink();
    await sink.up();
    return sink;
  }

  /** For MAIL_URL; the same after `down` and `up`. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** How it answers from now on, for everybody or by recipient. */
  behave(next: Behaviour | ((recipient: string) => Behaviour)): void {
    this.behaviour = typeof next === 'function' ? next : () => next;
  }

  /** Listens again on the same port. */
  async up(): Promise<void> {
    const server = new SMTPServer({
      logger: false,
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 1,
      onRcptTo: ({ address }, _session, done) => done(refusal(this.behaviour(address), 'recipient')),
      onData: (stream, session, done) => void this.take(stream, session, done),
    });
    // A client that goes away in the middle is what the tests are about, not a fault of the sink.
    server.on('error', () => undefined);
    server.listen(this.port, '127.0.0.1');
    await once(server.server, 'listening');
    this.port = (server.server.address() as AddressInfo).port;
    this.server = server;
  }

  /** Refuses connections, and breaks those that are open. */
  async down(): Promise<void> {
    const server = this.server;
    if (!server) return;
    this.server = undefined;
    for (const connection of server.connections) connection._socket.destroy();
    await new Promise<void>((resolve) => server.close(resolve));
  }

  /** Waits until at least `count` messages are there; fails with the number that came within `limitMs`. */
  async waitFor(count: number, limitMs = 10_000): Promise<readonly Received[]> {
    const tooLate = AbortSignal.timeout(limitMs);
    while (this.received.length < count) {
      await once(this.arrivals, 'message', { signal: tooLate }).catch((cause: unknown) => {
        throw new Error(`${this.received.length} of ${count} mails came within ${limitMs} ms`, { cause });
      });
    }
    return this.received;
  }

  private async take(
    stream: SMTPServerDataStream,
    session: SMTPServerSession,
    done: (error?: Error | null) => void,
  ): Promise<void> {
    const to = session.envelope.rcptTo.map(({ address }) => address);
    // A sender that is killed in the middle of its message has not sent one.
    const raw = await buffer(stream).catch(() => null);
    if (raw === null) return;
    const behaviour = this.behaviour(to[0] ?? '');
    if (behaviour === 'hang') return;
    if (this.answerAfterMs > 0) await setTimeout(this.answerAfterMs);
    const refused = refusal(behaviour, 'message');
    if (refused) return done(refused);
    const { mailFrom } = session.envelope;
    this.received.push({ from: mailFrom ? mailFrom.address : '', to, raw });
    this.arrivals.emit('message');
    if (behaviour !== 'cut') return done();
    for (const connection of this.server?.connections ?? [])
      if (connection.session === session) connection._socket.destroy();
  }
}

function refusal(behaviour: Behaviour, at: 'recipient' | 'message'): (Error & { responseCode: number }) | null {
  if (typeof behaviour === 'string' || (behaviour.at ?? 'message') !== at) return null;
  return Object.assign(new Error(behaviour.text ?? 'not now'), { responseCode: behaviour.code });
}
