import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';

type Answer = [
  type: number,
  id: number,
  problem: { error: string; message: string } | null,
  value: { value?: unknown },
];

/** The remote control of Mozilla's programs, as far as it runs scripts inside them: `length:[type, id, command, parameters]`. */
export class Marionette {
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private received: Buffer = Buffer.alloc(0);
  private serial = 0;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => this.take(bytes));
  }

  /** Resolves once scripts can be run with the rights of the program itself. */
  static async connect(port: number): Promise<Marionette> {
    const socket = createConnection(port, '127.0.0.1');
    await once(socket, 'connect');
    const remote = new Marionette(socket);
    await remote.command('WebDriver:NewSession', { capabilities: {} });
    await remote.command('Marionette:SetContext', { value: 'chrome' });
    await remote.command('WebDriver:SetTimeouts', { script: 60_000 });
    return remote;
  }

  /** Runs the body of an asynchronous function, which finds its arguments in `given`; answers what it returns. */
  async run<T>(body: string, given: object = {}): Promise<T> {
    const script = `
      const [given, done] = arguments;
      (async () => { ${body} })().then((value) => done({ value }), (error) => done({ problem: String(error) + error.stack }));`;
    const { value } = await this.command('WebDriver:ExecuteAsyncScript', { script, args: [given], sandbox: 'system' });
    const outcome = value as { value: T; problem?: string };
    if (outcome.problem !== undefined) throw new Error(outcome.problem);
    return outcome.value;
  }

  close(): void {
    this.socket.destroy();
  }

  private command(name: string, parameters: object): Promise<{ value?: unknown }> {
    const id = ++this.serial;
    const text = JSON.stringify([0, id, name, parameters]);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, ([, , problem, value]) =>
        problem === null ? resolve(value) : reject(new Error(`${name}: ${problem.error}: ${problem.message}`)),
      );
      this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  private take(bytes: Buffer): void {
    this.received = Buffer.concat([this.received, bytes]);
    for (;;) {
      const colon = this.received.indexOf(':');
      const end = colon + 1 + Number(this.received.subarray(0, colon));
      if (colon < 0 || this.received.length < end) return;
      const message = JSON.parse(this.received.subarray(colon + 1, end).toString()) as Answer | object;
      this.received = this.received.subarray(end);
      // The first message is a greeting.
      if (!Array.isArray(message)) continue;
      this.waiting.get((message as Answer)[1])?.(message as Answer);
      this.waiting.delete((message as Answer)[1]);
    }
  }
}
