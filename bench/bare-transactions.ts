import { createHash } from 'node:crypto';
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import { Ids } from '../src/platform/runtime/ids.js';
import type { House } from './house.js';

type Value = string | number | Buffer | Date | null;
type Row = Record<string, Value>;

interface Written {
  table: string;
  rows: Row[];
  key: string;
  /** Columns that must differ from row to row. */
  unique: Set<string>;
}

export interface BareTransactions {
  run(count: number, connections: number): Promise<void>;
  close(): Promise<void>;
}

const COUNT_UP =
  'UPDATE registration_settings SET next_number = next_number + 1, taken = taken + 1 WHERE conference_id = ?';

/**
 * What one registration writes, learnt by watching one: the same inserts and the counter, with new keys each time, straight
 * through the driver in one transaction.
 */
export async function bareTransactions(
  house: House,
  conferenceId: string,
  registerOne: () => Promise<void>,
): Promise<BareTransactions> {
  const before = await keysOf(house);
  await registerOne();
  const written = await newRows(house, before);
  const { databaseUrl } = house.config;
  const ids = house.get(Ids);
  const next = () => inserts(written, () => ids.next());
  return databaseUrl.startsWith('sqlite:')
    ? onSqlite(databaseUrl.slice('sqlite:'.length), next, conferenceId)
    : onServer(databaseUrl, next, conferenceId);
}

function onSqlite(file: string, next: () => Iterable<Insert>, conferenceId: string): BareTransactions {
  const db = new DatabaseSync(file, { timeout: 5000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
  const known = new Map<string, StatementSync>();
  const statement = (sql: string) => known.get(sql) ?? known.set(sql, db.prepare(sql)).get(sql)!;
  return {
    run: (count) => {
      for (let n = 0; n < count; n++) {
        db.exec('BEGIN IMMEDIATE');
        statement(COUNT_UP).run(conferenceId);
        for (const { sql, values } of next()) statement(sql).run(...(values as SQLInputValue[]));
        db.exec('COMMIT');
      }
      return Promise.resolve();
    },
    close: async () => db.close(),
  };
}

function onServer(address: string, next: () => Iterable<Insert>, conferenceId: string): BareTransactions {
  const url = new URL(address);
  const pool: Pool = createPool({
    host: url.hostname,
    port: Number(url.port || 3306),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    timezone: 'Z',
    connectionLimit: 10,
    trace: false,
  });
  const one = async (connection: PoolConnection) => {
    await connection.beginTransaction();
    await connection.execute(COUNT_UP, [conferenceId]);
    for (const { sql, values } of next()) await connection.execute(sql, values);
    await connection.commit();
  };
  return {
    run: async (count, connections) => {
      let left = count;
      const lane = async () => {
        const connection = await pool.getConnection();
        await connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
        while (left-- > 0) await one(connection);
        connection.release();
      };
      await Promise.all(Array.from({ length: connections }, lane));
    },
    close: () => pool.end(),
  };
}

interface Insert {
  sql: string;
  values: Value[];
}

/** One insert per row, with keys in the order of time as ours are, and everything unique made anew. */
function* inserts(written: Written[], newId: () => string): Generator<Insert> {
  const ids = new Map(written.flatMap(({ rows, key }) => rows.map((row) => [row[key], newId()] as const)));
  for (const { table, rows, unique } of written)
    for (const row of rows) {
      const columns = Object.keys(row);
      const values = columns.map(
        (column) => ids.get(row[column]!) ?? (unique.has(column) ? another(row[column]!) : row[column]!),
      );
      yield {
        sql: `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        values,
      };
    }
}

let made = 0;

/** A value of the same length that was never there: a few digits at random would meet after some thousand rows. */
function another(value: Value): Value {
  if (typeof value !== 'string') return value;
  const number = (++made).toString(36).padStart(5, '0');
  const rest = createHash('sha256').update(number).digest('hex').repeat(5);
  return (`z${number}` + rest).slice(0, value.length);
}

async function keysOf({ db }: House): Promise<Map<string, Set<unknown>>> {
  const known = new Map<string, Set<unknown>>();
  for (const { tableName, primaryColumns } of db.manager.connection.entityMetadatas) {
    const key = primaryColumns[0]!.databaseName;
    const rows = await db.manager.query<Row[]>(`SELECT ${key} FROM ${tableName}`);
    known.set(tableName, new Set(rows.map((row) => row[key])));
  }
  return known;
}

async function newRows({ db }: House, before: Map<string, Set<unknown>>): Promise<Written[]> {
  const found: Written[] = [];
  for (const { tableName, primaryColumns, indices, foreignKeys } of db.manager.connection.entityMetadatas) {
    const key = primaryColumns[0]!.databaseName;
    const rows = await db.manager.query<Row[]>(`SELECT * FROM ${tableName}`);
    const fresh = rows.filter((row) => !before.get(tableName)!.has(row[key]));
    if (fresh.length === 0) continue;
    const foreign = new Set(foreignKeys.flatMap(({ columnNames }) => columnNames));
    const unique = indices
      .filter(({ isUnique }) => isUnique)
      .flatMap(({ columns }) => columns.map(({ databaseName }) => databaseName));
    found.push({
      table: tableName,
      rows: fresh,
      key,
      unique: new Set(unique.filter((column) => !foreign.has(column))),
    });
  }
  // referred-to rows first
  const order = ['persons', 'registrations'];
  return found.sort((a, b) => rank(order, a.table) - rank(order, b.table));
}

function rank(order: string[], table: string): number {
  const at = order.indexOf(table);
  return at === -1 ? order.length : at;
}
