import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMetadataArgsStorage } from 'typeorm';
import { ConnectionMetadataBuilder } from 'typeorm/connection/ConnectionMetadataBuilder.js';
import { dataSourceOptions, SkarynaDataSource } from '../../src/platform/database/data-source.js';
import { files, read, ROOT } from './house.js';

/*
 * Every column of every table says what it tells about a person, beside the feature that owns it (`x.privacy.ts`). Export,
 * erasure and purge work from these registers, so a column that nobody classified would outlive everybody's rights.
 */
const GROUPS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', '-'];
const ERASURE = ['delete', 'anonymise', 'keep'];

interface Entry {
  table: string;
  columns: Record<string, string>;
  term: string;
  erase: string;
}

interface Registered extends Entry {
  path: string;
}

async function registers(): Promise<Registered[]> {
  const lists = await Promise.all(
    files('src', '.privacy.ts').map(async (path) => {
      const module = (await import(join(ROOT, path))) as { personalData?: readonly Entry[] };
      if (!module.personalData) throw new Error(`${path} exports no personalData`);
      return module.personalData.map((entry) => ({ ...entry, path }));
    }),
  );
  return lists.flat();
}

/** Column names by table, as TypeORM makes them from the entities. */
async function tables(): Promise<Map<string, string[]>> {
  await Promise.all(files('src', '.entity.ts').map((path) => import(join(ROOT, path))));
  const entities = getMetadataArgsStorage().tables.map(({ target }) => target);
  const folder = mkdtempSync(join(tmpdir(), 'skaryna-columns-'));
  const source = new SkarynaDataSource({
    ...dataSourceOptions(`sqlite:${join(folder, 'x.db')}`),
    entities,
    migrations: [],
  });
  const metadata = await new ConnectionMetadataBuilder(source).buildEntityMetadatas(entities as never);
  rmSync(folder, { recursive: true });
  return new Map(
    metadata.map(({ tableName, columns }) => [tableName, columns.map(({ databaseName }) => databaseName).sort()]),
  );
}

const columnsOf = await tables();
const entries = await registers();

describe('personal data', () => {
  it('is classified for every column of every table, once', () => {
    const declared = files('src', '.entity.ts').flatMap((path) =>
      [...read(path).matchAll(/^@Entity\('(\w+)'/gm)].map(([, name]) => name!),
    );
    expect([...columnsOf.keys()].sort()).toEqual(declared.sort());
    const classified = entries
      .map(({ table, columns }) => [table, Object.keys(columns).sort()] as const)
      .sort(([a], [b]) => a.localeCompare(b));
    expect(classified).toEqual([...columnsOf].sort(([a], [b]) => a.localeCompare(b)));
  });

  it('stands beside the entity that holds it', () => {
    const homes = new Map(
      files('src', '.entity.ts').flatMap((path) =>
        [...read(path).matchAll(/^@Entity\('(\w+)'/gm)].map(
          ([, name]) => [name!, path.split('/').slice(0, 3).join('/')] as const,
        ),
      ),
    );
    expect(
      entries
        .filter(({ table, path }) => !path.startsWith(`${homes.get(table)}/`))
        .map(({ table, path }) => `${table} in ${path}`),
    ).toEqual([]);
  });

  it('uses the field groups, and says what erasure does', () => {
    const wrong = entries.flatMap(({ table, columns, term, erase }) => [
      ...Object.entries(columns)
        .filter(([, group]) => !GROUPS.includes(group))
        .map(([column, group]) => `${table}.${column}: group ${group}`),
      ...(GROUPS.includes(term) ? [] : [`${table}: term ${term}`]),
      ...(ERASURE.includes(erase) ? [] : [`${table}: erase ${erase}`]),
    ]);
    expect(wrong).toEqual([]);
  });

  it('of the groups C and D goes when the person goes', () => {
    const guarded = entries.filter(({ columns }) =>
      Object.values(columns).some((group) => group === 'C' || group === 'D'),
    );
    expect(guarded.filter(({ erase }) => erase === 'keep').map(({ table }) => table)).toEqual([]);
  });
});
