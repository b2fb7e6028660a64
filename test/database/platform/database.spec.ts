import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type FindOptionsWhere, MoreThan } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { Stale } from '../../../src/kernel/errors.js';
import { isUniqueViolation } from '../../../src/platform/database/database-errors.js';
import { Database } from '../../../src/platform/database/database.js';
import { Journal, journalEvent } from '../../../src/platform/journal/journal.js';
import { Ids } from '../../../src/platform/runtime/ids.js';
import { AttemptCounter } from '../../../src/platform/web/attempt-counter.entity.js';
import { Conference, Conferences, Series } from '../../../src/features/conferences/index.js';
import { startApp, type TestApp } from '../../support/app.js';
import { ENGINE } from '../../support/database.js';

describe('database', () => {
  let world: TestApp;
  let db: Database;
  let id: string;

  beforeAll(async () => {
    world = await startApp();
    db = world.db;
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    id = world.get(Ids).next();
    await db.insert(AttemptCounter, { id, count: 0, until: new Date('2027-01-01T00:00:00.123Z') });
  });

  const count = async () => (await db.repository(AttemptCounter).findOneByOrFail({ id })).count;

  it('keeps milliseconds and time zone of an instant', async () => {
    expect((await db.repository(AttemptCounter).findOneByOrFail({ id })).until.toISOString()).toBe(
      '2027-01-01T00:00:00.123Z',
    );
  });

  it('keeps parallel transactions apart: one that fails takes nothing of another with it', async () => {
    const other = world.get(Ids).next();
    await db.insert(AttemptCounter, { id: other, count: 0, until: new Date() });
    let written!: () => void;
    const firstHasWritten = new Promise<void>((resolve) => (written = resolve));
    const fails = db.transaction(async () => {
      await db.compareAndSet(AttemptCounter, { id }, { count: 100 });
      written();
      throw new Error('rolled back');
    });
    await firstHasWritten;
    const succeeds = db.transaction(() => db.compareAndSet(AttemptCounter, { id: other }, { count: 200 }));
    await expect(fails).rejects.toThrow('rolled back');
    await succeeds;
    expect([await count(), (await db.repository(AttemptCounter).findOneByOrFail({ id: other })).count]).toEqual([
      0, 200,
    ]);
  });

  it('lets a transaction inside another join it', async () => {
    await expect(
      db.transaction(async () => {
        await db.transaction(() => db.compareAndSet(AttemptCounter, { id }, { count: 7 }));
        expect(await count()).toBe(7);
        throw new Error('outer');
      }),
    ).rejects.toThrow('outer');
    expect(await count()).toBe(0);
  });

  it('runs what waits for the commit after it, and never after a failure', async () => {
    const calls: string[] = [];
    await db.transaction(async () => {
      db.afterCommit(() => calls.push('committed'));
      calls.push('inside');
    });
    await db
      .transaction(() => {
        db.afterCommit(() => calls.push('never'));
        return Promise.reject(new Error('no'));
      })
      .catch(() => calls.push('failed'));
    expect(calls).toEqual(['inside', 'committed', 'failed']);
  });

  // SQLite keeps to one moment, and one transaction that writes at a time.
  if (ENGINE !== 'sqlite')
    it('sees in every transaction of the pool what others commit meanwhile', async () => {
      const READERS = 9; // one connection of ten is left for who writes
      let arrived = 0;
      let go!: () => void;
      const others = new Promise<void>((resolve) => (go = resolve));
      const readers = Array.from({ length: READERS }, () =>
        db.transaction(async () => {
          const before = await count();
          if (++arrived === READERS) go();
          await others;
          await db.outside(() => db.compareAndSet(AttemptCounter, { id, count: 0 }, { count: 1 }));
          return [before, await count()];
        }),
      );
      expect(await Promise.all(readers)).toEqual(Array.from({ length: READERS }, () => [0, 1]));
    });

  it('loses no update when 30 writers compare and set', async () => {
    const add = async (): Promise<void> => {
      for (;;) {
        const seen = await count();
        if (await db.compareAndSet(AttemptCounter, { id, count: seen }, { count: seen + 1 })) return;
      }
    };
    await Promise.all(Array.from({ length: 30 }, add));
    expect(await count()).toBe(30);
  });

  it('refuses a write against an older version and says what is there now', async () => {
    const row = { id: world.get(Ids).next(), code: `code-${id.slice(-8)}`, title: { en: 'First' }, version: 1 };
    await db.insert(Series, row);
    expect(await db.updateIfUnchanged(Series, row, { title: { en: 'Second' } })).toBe(2);
    const refused = await db.updateIfUnchanged(Series, row, { title: { en: 'Lost' } }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Stale);
    expect((refused as Stale).current).toMatchObject({ title: { en: 'Second' }, version: 2 });
  });

  it('reads one row by a key as the repository does, every kind of column alike', async () => {
    const { id: conferenceId, slug } = await world.get(Conferences).create({
      slug: `one-${id.slice(-8)}`,
      kind: 'congress',
      title: { be: 'Кангрэс', en: 'Congress' },
      startsOn: '2030-05-14',
      endsOn: '2030-05-16',
      public: true,
      numberPrefix: 'B',
    });
    const expected = await db.repository(Conference).findOneByOrFail({ id: conferenceId });
    expect([await db.one(Conference, { id: conferenceId }), await db.one(Conference, { slug, public: true })]).toEqual([
      expected,
      expected,
    ]);
    expect(await db.one(AttemptCounter, { id, until: new Date('2027-01-01T00:00:00.123Z') })).toEqual(
      await db.repository(AttemptCounter).findOneByOrFail({ id }),
    );
    expect(await db.one(Conference, { slug, public: false })).toBeNull();
  });

  it('reads nothing by a key without a value, which would be no condition', async () => {
    const none = undefined as unknown as string;
    for (const key of [
      { id: none },
      { id, slug: none },
      { parentId: null },
      {},
      { unheardOf: 1 } as Partial<Conference>,
    ])
      await expect(db.one(Conference, key)).rejects.toThrow('Conference by');
  });

  it('reads the rows that have one value of a list', async () => {
    const until = new Date('2027-02-01T00:00:00.000Z');
    const ids = [1, 2, 3].map(() => world.get(Ids).next());
    await db.insert(
      AttemptCounter,
      ids.map((one, count) => ({ id: one, count, until })),
    );
    const found = await db.all(AttemptCounter, { id: [ids[0]!, ids[2]!, 'nobody'], until });
    expect(found.map((row) => row.count).sort()).toEqual([0, 2]);
    expect(await db.all(AttemptCounter, { id: [], until })).toEqual([]);
  });

  it('writes what was recorded at the end of the transaction, in order, or none of it', async () => {
    const journal = world.get(Journal);
    const Counted = journalEvent<{ id: string; n: number }>('CountedInTest');
    await db.transaction(async () => {
      for (let n = 0; n < 250; n++) await journal.record(Counted({ id, n }));
    });
    const numbers = (await journal.about(id, 300)).map(({ data }) => data['n']);
    expect(numbers).toEqual(Array.from({ length: 250 }, (_, n) => 249 - n));
    const failed = db.transaction(async () => {
      await journal.record(Counted({ id, n: 250 }));
      await db.compareAndSet(AttemptCounter, { id }, { count: 9 });
      db.beforeCommit(() => Promise.reject(new Error('at the end')));
    });
    await expect(failed).rejects.toThrow('at the end');
    expect([await count(), (await journal.about(id, 300)).length]).toEqual([0, 250]);
  });

  it('changes only what is as expected, whether a value, an operator or an expression says so', async () => {
    const change = (expected: FindOptionsWhere<AttemptCounter>, changes: QueryDeepPartialEntity<AttemptCounter>) =>
      db.compareAndSet(AttemptCounter, { id, ...expected }, changes);
    const until = new Date('2027-01-01T00:00:00.123Z');
    expect(await change({ count: 0, until }, { count: 1 })).toBe(true);
    expect(await change({ count: 0, until }, { count: 7 })).toBe(false);
    expect(await change({ count: MoreThan(1) }, { count: 7 })).toBe(false);
    expect(await change({ count: MoreThan(0) }, { count: 2 })).toBe(true);
    expect(await change({ count: 2 }, { count: () => '2 + 3' })).toBe(true);
    expect(await count()).toBe(5);
  });

  it('inserts what an expression gives', async () => {
    const rows = ['a', 'b'].map((code) => ({
      id: world.get(Ids).next(),
      code: `${code}-${id.slice(-8)}`,
      title: { en: code },
    }));
    await db.insert(
      Series,
      rows.map((row) => ({ ...row, version: () => '1 + 1' })),
    );
    const found = await db.repository(Series).findBy(rows.map((row) => ({ id: row.id })));
    expect(found.map(({ code, version }) => [code, version]).sort()).toEqual(rows.map(({ code }) => [code, 2]));
  });

  it('tells a broken unique index from other failures', async () => {
    const again = await db.insert(AttemptCounter, { id, count: 0, until: new Date() }).catch((error: unknown) => error);
    expect([isUniqueViolation(again), isUniqueViolation(new Error('other'))]).toEqual([true, false]);
  });

  it('is ready when it answers and no migration waits', async () => {
    expect(await db.ready()).toBe(true);
  });
});
