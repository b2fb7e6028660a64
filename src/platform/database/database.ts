import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DataSource,
  type EntityManager,
  type EntityTarget,
  type FindOptionsWhere,
  type ObjectLiteral,
  type Repository,
} from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Stale } from '../../kernel/errors.js';
import { isRetryable } from './database-errors.js';
import { type PlainStatement, PlainStatements } from './plain-statements.js';
import { emptyWriteAheadLog } from './sqlite/write-ahead-log.js';

interface Transaction {
  manager: EntityManager;
  beforeCommit: (() => Promise<void>)[];
  afterCommit: (() => void)[];
}

/** A row that people edit: it carries a version, and only `updateIfUnchanged` writes it. */
export interface Versioned extends ObjectLiteral {
  id: string;
  version: number;
}

const ATTEMPTS = 6;

/**
 * The one door to the database. A transaction carries its manager along the asynchronous calls, so services compose
 * without passing it: a nested `transaction` joins the one that is open.
 */
@Injectable()
export class Database {
  private readonly open = new AsyncLocalStorage<Transaction>();
  private readonly plain: PlainStatements;

  constructor(@InjectDataSource() private readonly source: DataSource) {
    this.plain = new PlainStatements(source);
  }

  get manager(): EntityManager {
    return this.open.getStore()?.manager ?? this.source.manager;
  }

  repository<E extends ObjectLiteral>(entity: EntityTarget<E>): Repository<E> {
    return this.manager.getRepository(entity);
  }

  /**
   * Runs the work in a transaction and repeats it as a whole when the engine asks for that (deadlock, certification
   * conflict), so the work must have no effect outside the database. No HTTP, SMTP or file work inside.
   */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    if (this.open.getStore()) return work();
    for (let attempt = 1; ; attempt++) {
      const afterCommit: (() => void)[] = [];
      try {
        const result = await this.source.transaction((manager) =>
          this.inside({ manager, beforeCommit: [], afterCommit }, work),
        );
        for (const hook of afterCommit) hook();
        return result;
      } catch (error) {
        if (attempt >= ATTEMPTS || !isRetryable(error)) throw error;
        await new Promise((resolve) => setTimeout(resolve, 5 * attempt + Math.random() * 20));
      }
    }
  }

  /** Runs the work as if no transaction were open: what it reads is committed. */
  outside<T>(work: () => Promise<T>): Promise<T> {
    return this.open.exit(work);
  }

  /** Work of the open transaction that can be done in one go at its end; what it throws takes the transaction back. */
  beforeCommit(hook: () => Promise<void>): void {
    const transaction = this.open.getStore();
    if (!transaction) throw new Error('no transaction is open');
    transaction.beforeCommit.push(hook);
  }

  /** Whether a transaction is open here, so that what it wrote can be read by it alone. */
  get inTransaction(): boolean {
    return this.open.getStore() !== undefined;
  }

  /** Something harmless to do once the open transaction is committed (wake the mail worker); at once outside of one. */
  afterCommit(hook: () => void): void {
    const transaction = this.open.getStore();
    if (transaction) transaction.afterCommit.push(hook);
    else hook();
  }

  /** Inserts one row or many, without reading anything back. */
  async insert<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    rows: QueryDeepPartialEntity<E> | QueryDeepPartialEntity<E>[],
  ): Promise<void> {
    const all = [rows].flat() as QueryDeepPartialEntity<E>[];
    if (all.length === 0) return;
    const statement = this.plain.insert(this.source.getMetadata(entity), all);
    if (statement) await this.manager.query(statement.sql, statement.parameters);
    else await this.manager.createQueryBuilder().insert().into(entity).values(all).updateEntity(false).execute();
  }

  /**
   * One row by a key: every property of `key` has exactly this value. Null when there is none. Throws for a property that
   * is undefined or null, because it would be no condition.
   */
  async one<E extends ObjectLiteral>(entity: EntityTarget<E>, key: Partial<E>): Promise<E | null> {
    const [found] = await this.all(entity, key);
    return found ?? null;
  }

  /** All rows by a key, in no order. A list in it means one of its values: an empty list finds nothing. */
  async all<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    key: { [P in keyof E]?: E[P] | readonly E[P][] },
  ): Promise<E[]> {
    const metadata = this.source.getMetadata(entity);
    if (Object.values(key).some((value) => Array.isArray(value) && value.length === 0)) return [];
    const { sql, parameters } = this.plain.select(metadata, key);
    const rows = await this.manager.query<ObjectLiteral[]>(sql, parameters);
    return rows.map((row) => this.plain.entity(metadata, row) as E);
  }

  /**
   * Writes the changes only where the row still has the version that was read, and answers the new version.
   * Throws Stale with the row as it is now. (`save()` with a version column would overwrite silently.)
   */
  async updateIfUnchanged<E extends Versioned>(
    entity: EntityTarget<E>,
    read: { id: string; version: number },
    changes: QueryDeepPartialEntity<E>,
  ): Promise<number> {
    const done = await this.compareAndSet(
      entity,
      { id: read.id, version: read.version } as unknown as FindOptionsWhere<E>,
      { ...changes, version: read.version + 1 } as unknown as QueryDeepPartialEntity<E>,
    );
    if (!done) throw new Stale(await this.repository(entity).findOneBy({ id: read.id } as FindOptionsWhere<E>));
    return read.version + 1;
  }

  /** UPDATE … WHERE: true when exactly the expected state was there. The way to claim, lease and count (ruling 10). */
  async compareAndSet<E extends ObjectLiteral>(
    entity: EntityTarget<E>,
    expected: FindOptionsWhere<E>,
    changes: QueryDeepPartialEntity<E>,
  ): Promise<boolean> {
    const statement = this.plain.update(this.source.getMetadata(entity), changes, expected);
    const { affected } = statement
      ? await this.write(statement)
      : await this.manager.createQueryBuilder().update(entity).set(changes).where(expected).execute();
    return (affected ?? 0) > 0;
  }

  /** Runs a statement that changes rows; answers how many. */
  private async write({ sql, parameters }: PlainStatement): Promise<{ affected?: number }> {
    const runner = this.manager.queryRunner ?? this.source.createQueryRunner();
    try {
      return await runner.query(sql, parameters, true);
    } finally {
      if (runner !== this.manager.queryRunner) await runner.release();
    }
  }

  private inside<T>(transaction: Transaction, work: () => Promise<T>): Promise<T> {
    return this.open.run(transaction, async () => {
      const result = await work();
      for (const hook of transaction.beforeCommit) await hook();
      return result;
    });
  }

  /** After a purge: what was deleted is gone from the files of the database, too, as far as they are ours. */
  forgetOldPages(): Promise<void> {
    return emptyWriteAheadLog(this.source);
  }

  /** Is the database there and migrated? For /readyz. */
  async ready(): Promise<boolean> {
    await this.source.query('SELECT 1');
    return !(await this.source.showMigrations());
  }
}
