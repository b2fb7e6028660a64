import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource, EntityManager } from 'typeorm';
import { BetterSqlite3QueryRunner } from 'typeorm/driver/better-sqlite3/BetterSqlite3QueryRunner.js';
import type { BetterSqlite3Driver } from 'typeorm/driver/better-sqlite3/BetterSqlite3Driver.js';

/**
 * TypeORM gives every caller the same SQLite query runner, so concurrent transactions melt into one: a rollback of one
 * request takes back what another one "committed". This module gives SQLite the model that MariaDB has:
 *  - every caller has its own query runner (own transaction state);
 *  - one writer connection, handed out by a FIFO mutex: for a transaction (BEGIN IMMEDIATE … COMMIT), or for one statement;
 *  - reads outside a transaction go to a second, read-only connection and see the last committed state (WAL snapshot).
 */
interface Connection {
  prepare(sql: string): unknown;
  pragma(sql: string): unknown;
  close(): void;
}

const READ = /^\s*(?:SELECT|EXPLAIN|VALUES)\b/i;
const LOCK_TIMEOUT_MS = 15_000;

class WriteLock {
  private tail: Promise<void> = Promise.resolve();
  private readonly owner = new AsyncLocalStorage<{ open: boolean }>();

  /** runs fn with a mark, so that a write that would wait for its own transaction fails at once */
  async mark<T>(fn: () => Promise<T>): Promise<T> {
    const mark = { open: true };
    try {
      return await this.owner.run(mark, fn);
    } finally {
      mark.open = false;
    }
  }

  async acquire(): Promise<() => void> {
    if (this.owner.getStore()?.open)
      throw new Error('SQLite: a write outside the EntityManager of the transaction that is open here would wait for itself');
    const before = this.tail;
    let release!: () => void;
    const mine = new Promise<void>((resolve) => (release = resolve));
    this.tail = before.then(() => mine);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), LOCK_TIMEOUT_MS);
    });
    const won = await Promise.race([before.then(() => 'mine' as const), late]);
    clearTimeout(timer);
    if (won === 'late') {
      release();
      throw new Error(`SQLite: no write lock after ${LOCK_TIMEOUT_MS} ms`);
    }
    return release;
  }
}

class Shared {
  readonly lock = new WriteLock();
  private reader: Connection | undefined;
  private readonly statements = new WeakMap<Connection, Map<string, unknown>>();

  constructor(
    readonly driver: BetterSqlite3Driver,
    private readonly openReader: () => Connection,
  ) {}

  connection(write: boolean): Connection {
    if (write) return this.driver.databaseConnection;
    return (this.reader ??= this.openReader());
  }

  statement(connection: Connection, sql: string): unknown {
    let cache = this.statements.get(connection);
    if (!cache) this.statements.set(connection, (cache = new Map()));
    let statement = cache.get(sql);
    if (!statement) {
      statement = connection.prepare(sql);
      cache.set(sql, statement);
      if (cache.size > 500) cache.delete(cache.keys().next().value!);
    }
    return statement;
  }

  close(): void {
    this.reader?.close();
    this.reader = undefined;
  }
}

class SqliteQueryRunner extends BetterSqlite3QueryRunner {
  private unlock: (() => void) | undefined;

  constructor(driver: BetterSqlite3Driver, private readonly shared: Shared) {
    super(driver);
  }

  /** the base class prepares every statement on what this returns (its own cache is off: statementCacheSize 0) */
  override connect(): Promise<unknown> {
    return Promise.resolve({
      prepare: (sql: string) => this.shared.statement(this.shared.connection(this.unlock !== undefined || !READ.test(sql)), sql),
      pragma: (sql: string) => this.shared.connection(true).pragma(sql),
    });
  }

  override async query<T>(sql: string, parameters?: unknown[], useStructuredResult = false): Promise<T> {
    if (this.unlock) {
      // take the write lock of the file at once: no failing upgrade from a read to a write lock later on
      return super.query(sql === 'BEGIN TRANSACTION' ? 'BEGIN IMMEDIATE' : sql, parameters, useStructuredResult);
    }
    if (READ.test(sql)) return super.query(sql, parameters, useStructuredResult);
    const unlock = await this.shared.lock.acquire();
    try {
      return await super.query(sql, parameters, useStructuredResult);
    } finally {
      unlock();
    }
  }

  override async startTransaction(...args: Parameters<BetterSqlite3QueryRunner['startTransaction']>): Promise<void> {
    if (this.unlock) return super.startTransaction(...args); // nested: a savepoint
    this.unlock = await this.shared.lock.acquire();
    try {
      await super.startTransaction(...args);
    } catch (error) {
      this.isTransactionActive = false;
      this.free();
      throw error;
    }
  }

  override async commitTransaction(): Promise<void> {
    await super.commitTransaction();
    if (!this.isTransactionActive) this.free();
  }

  override async rollbackTransaction(): Promise<void> {
    try {
      await super.rollbackTransaction();
    } finally {
      if (!this.isTransactionActive) this.free();
    }
  }

  override async release(): Promise<void> {
    if (this.unlock && this.isTransactionActive) {
      this.transactionDepth = 1;
      await this.rollbackTransaction().catch(() => undefined);
    }
    this.free();
    await super.release();
  }

  private free(): void {
    this.unlock?.();
    this.unlock = undefined;
  }
}

export function isolateTransactions(dataSource: DataSource, openReader: () => Connection): void {
  const driver = dataSource.driver as BetterSqlite3Driver;
  const shared = new Shared(driver, openReader);
  driver.createQueryRunner = () => new SqliteQueryRunner(driver, shared);
  const disconnect = driver.disconnect.bind(driver);
  driver.disconnect = async () => {
    shared.close();
    await disconnect();
  };
  const manager = dataSource.manager;
  const transaction = manager.transaction.bind(manager) as unknown as (...args: unknown[]) => Promise<unknown>;
  manager.transaction = ((...args: unknown[]) => {
    return transaction(...args.map((a) => (typeof a === 'function' ? (m: EntityManager) => shared.lock.mark(() => (a as (m: EntityManager) => Promise<unknown>)(m)) : a)));
  }) as typeof manager.transaction;
}
