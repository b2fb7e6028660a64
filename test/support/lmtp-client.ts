import { createConnection, type Socket } from 'node:net';

/** Speaks LMTP (RFC 2033) line by line, as a mail server that hands over does. */
export class LmtpClient {
  private buffered = '';
  private waiting: ((line: string) => void) | null = null;
  private closed = false;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      this.buffered += chunk;
      this.answer();
    });
    socket.on('error', () => undefined); // a connection that breaks is closed after it
    socket.on('close', () => {
      this.closed = true;
      this.answer();
    });
  }

  static async open(port: number): Promise<LmtpClient> {
    const socket = createConnection(port, '127.0.0.1');
    const client = new LmtpClient(socket);
    await client.reply();
    await client.say('LHLO mta.example.org');
    return client;
  }

  /** Hands over one mail. Answers the last reply to each recipient, or the refusal before; `closed` where there was none. */
  async deliver(from: string, to: readonly string[], raw: Buffer): Promise<string[]> {
    const sender = await this.say(`MAIL FROM:<${from}>`);
    if (!sender.startsWith('250')) return [sender];
    const replies: string[] = [];
    let accepted = 0;
    for (const address of to) {
      const reply = await this.say(`RCPT TO:<${address}>`);
      if (reply.startsWith('250')) accepted++;
      else replies.push(reply);
    }
    if (accepted === 0) {
      await this.say('RSET');
      return replies;
    }
    await this.say('DATA');
    const dotted = raw
      .toString('latin1')
      .replace(/\r\n\./g, '\r\n..')
      .replace(/^\./, '..');
    this.socket.write(`${dotted.endsWith('\r\n') ? dotted : `${dotted}\r\n`}.\r\n`, 'latin1');
    for (let n = 0; n < accepted; n++) replies.push(await this.reply());
    return replies;
  }

  close(): void {
    this.socket.destroy();
  }

  private say(command: string): Promise<string> {
    this.socket.write(`${command}\r\n`);
    return this.reply();
  }

  /** The last line of the next reply. */
  private reply(): Promise<string> {
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.answer();
    });
  }

  private answer(): void {
    const last = /^(?:\d{3}-.*\r\n)*(\d{3} .*)\r\n/.exec(this.buffered);
    const { waiting } = this;
    if (!waiting || (!last && !this.closed)) return;
    this.buffered = this.buffered.slice(last?.[0].length ?? 0);
    this.waiting = null;
    waiting(last?.[1] ?? 'closed');
  }
}
