import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { freePort, until } from './server-process.js';

const PROGRAMS = ['/usr/sbin', '/usr/bin', '/usr/local/sbin', '/usr/local/bin', '/usr/libexec'];
const find = (name: string) => PROGRAMS.map((folder) => join(folder, name)).find((path) => existsSync(path));

/** A MariaDB server of the test's own, which it may stop and start again. */
export class OwnMariaDb {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Whether the programs are on this machine. */
  static available(): boolean {
    return find('mariadbd') !== undefined && find('mariadb-install-db') !== undefined;
  }

  static async create(): Promise<OwnMariaDb> {
    const folder = await mkdtemp(join(tmpdir(), 'skaryna-mariadb-'));
    const made = spawnSync(
      find('mariadb-install-db')!,
      [
        '--no-defaults',
        `--datadir=${folder}`,
        '--auth-root-authentication-method=normal',
        `--user=${userInfo().username}`,
      ],
      { encoding: 'utf8' },
    );
    if (made.status !== 0) throw new Error(`mariadb-install-db: ${made.stderr}`);
    const server = new OwnMariaDb(folder, await freePort());
    await server.up();
    await server.ask('CREATE DATABASE skaryna CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci');
    return server;
  }

  /** For DATABASE_URL. */
  get url(): string {
    return `mariadb://root@127.0.0.1:${this.port}/skaryna`;
  }

  async up(): Promise<void> {
    this.child = spawn(
      find('mariadbd')!,
      [
        '--no-defaults',
        `--user=${userInfo().username}`,
        `--datadir=${this.folder}`,
        `--port=${this.port}`,
        '--bind-address=127.0.0.1',
        `--socket=${join(this.folder, 's')}`,
        `--pid-file=${join(this.folder, 'pid')}`,
        '--innodb-buffer-pool-size=64M',
      ],
      { stdio: 'ignore' },
    );
    await until('MariaDB answers', () =>
      this.ask('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
  }

  /** Stops it: as an operator does, or as a power cut does. */
  async down(signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }

  async remove(): Promise<void> {
    await this.down('SIGKILL');
    await rm(this.folder, { recursive: true, maxRetries: 5, retryDelay: 200 });
  }

  private async ask(statement: string): Promise<void> {
    const connection = await createConnection({ host: '127.0.0.1', port: this.port, user: 'root' });
    try {
      await connection.query(statement);
    } finally {
      await connection.end();
    }
  }
}
