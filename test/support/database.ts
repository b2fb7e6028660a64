import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

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

/** An empty database of its own for one test file: a file in a new folder, or a schema on the server. */
export function freshDatabase(): Promise<FreshDatabase> {
  return ENGINE === 'sqlite' ? freshFile() : freshSchema();
}

async function freshFile(): Promise<FreshDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'skaryna-db-'));
  return { url: `sqlite:${join(folder, 'skaryna.db')}`, drop: () => rm(folder, { recursive: true }) };
}

async function freshSchema(): Promise<FreshDatabase> {
  if (process.env['TEST_RUN'] !== undefined) return emptiedSchema();
  const name = `skaryna_test_${RUN}_${randomBytes(4).toString('hex')}`;
  await onServer((server) => create(server, name));
  return { url: urlOf(name), drop: () => onServer((server) => server.query(`DROP DATABASE ${name}`)) };
}

/**
 * A schema that another test file of this run has left, emptied: to make its hundred tables and to drop them takes longer than
 * most files. It is ours as long as our connection holds the lock of its name, so that it is free again whatever becomes of us.
 */
async function emptiedSchema(): Promise<FreshDatabase> {
  const server = await connect();
  for (let at = 0; ; at++) {
    const name = `skaryna_test_${RUN}_${at}`;
    const [[row]] = await server.query<RowDataPacket[]>('SELECT GET_LOCK(?, 0) AS mine', [name]);
    if (row!['mine'] !== 1) continue;
    await create(server, name, 'IF NOT EXISTS');
    await empty(server, name);
    return { url: urlOf(name), drop: () => server.end() };
  }
}

async function create(server: Connection, name: string, how = ''): Promise<void> {
  await server.query(`CREATE DATABASE ${how} ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_520_ci`);
}

async function empty(server: Connection, name: string): Promise<void> {
  const [tables] = await server.query<RowDataPacket[]>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ? AND table_name <> 'schema_migrations'",
    [name],
  );
  await server.query('SET foreign_key_checks = 0');
  for (const table of tables) await server.query(`DELETE FROM ${name}.${table['name']}`);
}

function urlOf(name: string): string {
  const url = new URL(SERVER);
  url.pathname = `/${name}`;
  return url.href;
}

function connect(): Promise<Connection> {
  const server = new URL(SERVER);
  return createConnection({
    host: server.hostname,
    port: Number(server.port || 3306),
    user: decodeURIComponent(server.username),
    password: decodeURIComponent(server.password),
  });
}

async function onServer(work: (server: Connection) => Promise<unknown>): Promise<void> {
  const server = await connect();
  try {
    await work(server);
  } finally {
    await server.end();
  }
}

function engine(name = 'sqlite'): 'sqlite' | 'mariadb' {
  if (name === 'sqlite' || name === 'mariadb') return name;
  throw new Error(`DB=${name}: there are sqlite and mariadb`);
}
