import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One of the small servers beside this file. */
export class HelperProcess {
  private constructor(
    readonly port: number,
    private readonly child: ChildProcess,
  ) {}

  static async start(file: 'plain-server.mjs' | 'smtp-server.mjs', ...args: string[]): Promise<HelperProcess> {
    const path = fileURLToPath(new URL(file, import.meta.url));
    const child = spawn(process.execPath, [path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [text] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string];
    return new HelperProcess(Number(text), child);
  }

  async end(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
