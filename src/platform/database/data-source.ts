import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Pool, PoolConnection } from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import type { MysqlDriver } from 'typeorm/driver/mysql/MysqlDriver.js';
import { migrations } from './migrations/index.js';
import { isolateTransactions } from './sqlite/isolated-transactions.js';
import { NodeSqliteDatabase } from './sqlite/node-sqlite.js';

const common = {
  migrations,
  migrationsTableName: 'schema_migrations',
  migrationsTransactionMode: 'each',
  migrationsRun: true,
  synchronize: false,
} satisfies Partial<DataSourceOptions>;

/**
 * TypeORM's options for a database address: `sqlite:FILE`, or `mysql://…` / `mariadb://user:password@host:3306/name`
 * with an optional `?pool=` size.
 */
export function dataSourceOptions(address: string): DataSourceOptions {
  if (address.startsWith('sqlite:')) {
    const file = address.slice('sqlite:'.length);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return {
      ...common,
      type: 'better-sqlite3',
      database: file,
      driver: NodeSqliteDatabase,
      enableWAL: true,
      statementCacheSize: 0, // the isolated query runner keeps its own cache, one per connection
      prepareDatabase: (db: NodeSqliteDatabase) => {
        db.pragma('synchronous = NORMAL');
        db.pragma('trusted_schema = OFF');
        // What is deleted is overwritten, so that a purge leaves nothing in free pages either.
        db.pragma('secure_delete = ON');
      },
    } as unknown as DataSourceOptions;
  }
  const url = new URL(address);
  return {
    ...common,
    type: url.protocol === 'mysql:' ? 'mysql' : 'mariadb',
    host: url.hostname,
    port: Number(url.port || 3306),
    username: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    timezone: 'Z',
    charset: 'utf8mb4_unicode_520_ci',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: Number(url.searchParams.get('pool') ?? 10),
    // A server that went away must answer soon, so that the request can say 503 instead of hanging ([R4]).
    connectTimeout: 4000,
    // Our callers await, so an error has the way to them already; a stack kept for every statement costs more than some do.
    trace: false,
  };
}

/** TypeORM's data source with SQLite made equal to a server: long columns, and transactions that stay apart. */
export class SkarynaDataSource extends DataSource {
  constructor(options: DataSourceOptions) {
    super(options);
    if (options.type === 'better-sqlite3') {
      const file = options.database;
      const driver = this.driver;
      driver.supportedDataTypes.push('longtext', 'longblob');
      const normalizeType = driver.normalizeType.bind(driver);
      driver.normalizeType = (column) =>
        normalizeType({ ...column, type: SHORT_NAMES[String(column.type)] ?? column.type });
      isolateTransactions(this, () => new NodeSqliteDatabase(file, { readonly: true }));
    } else readCommittedOnly(this.driver as MysqlDriver);
  }
}

/** Each connection to a server is told the isolation of the house once, and not again before every transaction. */
function readCommittedOnly(driver: MysqlDriver): void {
  const { createPool } = driver.mysql as { createPool: (options: unknown) => Pool };
  driver.mysql = {
    createPool: (options: unknown): Pool => {
      const pool = createPool(options);
      pool.on('connection', (connection: PoolConnection) => {
        connection.query('SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED', (error) => {
          if (error) connection.destroy();
        });
      });
      return pool;
    },
  };
}

/** SQLite has one text and one blob type of any size. */
const SHORT_NAMES: Record<string, 'text' | 'blob' | undefined> = { longtext: 'text', longblob: 'blob' };
