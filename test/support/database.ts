import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

export interface FreshDatabase {
  /** For DATABASE_URL. Empty: whoever opens it first migrates it. */
  readonly url: string;
  /** Removes it. Everything that is connected to it must be closed before. */
  drop(): Promise<void>;
}

/** The engine of this run: SQLite, or with `DB=mariadb` the server that TEST_DATABASE_URL names. */
export const ENGINE = engine(process.env['DB']);

const SERVER = process.env['TEST_DATABASE_URL'] ?? 'mariadb://root@127.0.0.1:3306';
// `npm test` gives each run a name and drops what a broken-off run has left under it.
const RUN = process.env['TEST_RUN'] ?? `pid${process.pid}`;

/** A database of its own for one test file: a file in a new folder, or a new schema on the server. */
export function freshDatabase(): Promise<FreshDatabase> {
  return ENGINE === 'sqlite' ? freshFile() : freshSchema();
}

async function freshFile(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'skaryna-db-'));
  return { url: `sqlite:${join(folder, 'skaryna.db')}`, drop: () => rm(folder, { recursive: true }) };
}

async function freshSchema(): Promise<FreshDatabase> {
  const name = `skaryna_test_${RUN}_${randomBytes(4).toString('hex')}`;
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  await onServer(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
  return { url: url.href, drop: () => onServer(`DROP DATABASE ${name}`) };
}

async function onServer(statement: string): Promise<void> {
  const server = new URL(SERVER);
  const connection = await createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  });
  try {
    await connection.query(statement);
  } finally {
    await connection.end();
  }
}

function engine(name = 'sqlite'): 'sqlite' | 'mariadb' {
  if (name === 'sqlite' || name === 'mariadb') return name;
  throw new Error(`DB=${name}: there are sqlite and mariadb`);
}
