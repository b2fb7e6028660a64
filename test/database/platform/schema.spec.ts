import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { startApp, type TestApp } from '../../support/app.js';

describe('schema', () => {
  let world: TestApp;
  beforeAll(async () => {
    world = await startApp();
  });
  afterAll(() => world.close());

  const source = () => world.app.get<DataSource>(getDataSourceToken(), { strict: false });

  it('is what the entities say, to the last column and index', async () => {
    expect(source().entityMetadatas.length).toBeGreaterThan(25);
    const { upQueries, downQueries } = await source().driver.createSchemaBuilder().log();
    expect([...upQueries, ...downQueries].map(({ query }) => query)).toEqual([]);
  });

  it('goes away whole when its migrations are undone, and comes back', async () => {
    for (const migration of source().migrations.toReversed()) {
      await source().undoLastMigration();
      expect(migration.name).toMatch(/^\w+\d{13}$/);
    }
    const runner = source().createQueryRunner();
    const left = await runner.getTables([]);
    await runner.release();
    expect(left.map(({ name }) => name).filter((name) => !name.endsWith('schema_migrations') && !name.startsWith('sqlite_'))).toEqual([]);
    await source().runMigrations();
    expect((await source().driver.createSchemaBuilder().log()).upQueries).toEqual([]);
  });
});
