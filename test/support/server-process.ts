import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { hiddenFields, type Fields } from './client.js';

const LIMIT_MS = 60_000;

export interface ServerSettings {
  databaseUrl: string;
  dataDir: string;
  mailUrl: string;
  env?: Record<string, string>;
}

/** The built application in a process of its own, as users start it. */
export class ServerProcess {
  private constructor(
    readonly origin: string,
    private readonly child: ChildProcess,
    private readonly said: () => string,
  ) {}

  /** Resolves once it answers. */
  static async start({ databaseUrl, dataDir, mailUrl, env = {} }: ServerSettings): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, ['--max-semi-space-size=8', 'dist/main.js'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        NODE_ENV: 'test',
        PORT: String(port),
        DATA_DIR: dataDir,
        DATABASE_URL: databaseUrl,
        MAIL_URL: mailUrl,
        DEMO: '0',
        LOG_LEVEL: 'error',
        ...env,
      },
    });
    let output = '';
    const started = new Promise<void>((resolve, reject) => {
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          output += text;
          if (output.includes('Ready after')) resolve();
        });
      child.once('exit', (code, signal) => reject(new Error(`the server ended with ${code ?? signal}: ${output}`)));
    });
    const server = new ServerProcess(`http://127.0.0.1:${port}`, child, () => output);
    try {
      await Promise.race([started, afterLimit('the server did not start')]);
    } catch (error) {
      await server.end('SIGKILL');
      throw error;
    }
    return server;
  }

  /** Sends the signal and waits for the end; answers how long that took, in milliseconds. */
  async end(signal: NodeJS.Signals): Promise<number> {
    const from = performance.now();
    if (this.child.exitCode === null && this.child.signalCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill(signal);
      await ended;
    }
    return performance.now() - from;
  }

  get pid(): number {
    return this.child.pid!;
  }

  get running(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** What it has written, for messages of tests. */
  get output(): string {
    return this.said();
  }

  visitor(): Visitor {
    return new Visitor(this.origin);
  }
}

/** A visitor over the network, with cookies. */
export class Visitor {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** All cookies, as a request carries them. */
  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** The same browser, on its way to another process. */
  takeCookies(other: Visitor): void {
    for (const [name, value] of other.cookies) this.cookies.set(name, value);
  }

  async get(path: string): Promise<Response> {
    return this.send(path, {});
  }

  /** Opens the form and answers its hidden fields, to be posted with the rest. */
  async open(path: string): Promise<Record<string, string>> {
    const page = await this.get(path);
    const body = await page.text();
    if (page.status !== 200) throw new Error(`${path} answered ${page.status}`);
    return hiddenFields(body, path);
  }

  async post(path: string, fields: Fields): Promise<Response> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries(fields)) for (const one of [value ?? []].flat()) body.append(name, one);
    return this.send(path, { method: 'POST', body, headers: { origin: this.origin } });
  }

  private async send(path: string, init: RequestInit): Promise<Response> {
    const headers = new Headers(init.headers);
    if (this.cookies.size > 0) headers.set('cookie', this.cookie);
    const answer = await fetch(`${this.origin}${path}`, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) {
      const [pair = ''] = line.split(';');
      this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return answer;
  }
}

/** Asks until the answer is true; fails with what was waited for. */
export async function until(what: string, check: () => Promise<boolean> | boolean, limitMs = LIMIT_MS): Promise<void> {
  const end = performance.now() + limitMs;
  while (!(await check())) {
    if (performance.now() > end) throw new Error(`${what}: not within ${limitMs} ms`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Whether something listens on the port of this machine. */
export async function canConnect(port: number): Promise<boolean> {
  const socket = createConnection(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function afterLimit(problem: string): Promise<never> {
  return new Promise((_resolve, reject) => setTimeout(() => reject(new Error(problem)), LIMIT_MS).unref());
}
