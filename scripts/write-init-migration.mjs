// Writes the initial migration from the entities of the built application (npm run build first).
// Only until the first release: from then on a migration is never edited and new ones are written by hand.
import { writeFileSync } from 'node:fs';
import { getMetadataArgsStorage } from 'typeorm';
import { ConnectionMetadataBuilder } from 'typeorm/connection/ConnectionMetadataBuilder.js';

const { AppModule } = await import('../dist/app.module.js');
const { SkarynaDataSource, dataSourceOptions } = await import('../dist/platform/database/data-source.js');
if (!AppModule) throw new Error('build the application first');

const entities = getMetadataArgsStorage().tables.map((table) => table.target);
const source = new SkarynaDataSource({ ...dataSourceOptions('sqlite:/tmp/skaryna-schema.db'), entities, migrations: [] });
const metadatas = await new ConnectionMetadataBuilder(source).buildEntityMetadatas(entities);

const byName = new Map(metadatas.map((m) => [m.tableName, m]));
const order = [];
const visit = (m, path = []) => {
  if (order.includes(m)) return;
  if (path.includes(m)) throw new Error(`tables refer to each other: ${[...path, m].map((x) => x.tableName).join(' → ')}`);
  for (const f of m.foreignKeys) if (f.referencedEntityMetadata !== m) visit(byName.get(f.referencedEntityMetadata.tableName), [...path, m]);
  order.push(m);
};
[...metadatas].sort((a, b) => a.tableName.localeCompare(b.tableName)).forEach((m) => visit(m));

const q = (v) => (typeof v === 'string' ? `'${v.replaceAll("'", "\\'")}'` : String(v));
const column = (c) =>
  `{ ${[
    `name: ${q(c.databaseName)}`,
    `type: ${q(c.type)}`,
    c.length ? `length: ${c.length}` : '',
    c.precision !== undefined && c.precision !== null ? `precision: ${c.precision}` : '',
    c.isNullable ? 'nullable: true' : '',
    c.isPrimary ? 'primary: true' : '',
    c.default !== undefined ? `default: ${q(c.default)}` : '',
  ]
    .filter(Boolean)
    .join(', ')} }`;
const table = (m) => {
  const lines = [`    name: ${q(m.tableName)},`, '    columns: [', ...m.columns.map((c) => `      ${column(c)},`), '    ],'];
  const indexes = m.indices.map((i) => `      { name: ${q(i.name)}, columns: [${i.columns.map((c) => q(c.databaseName)).join(', ')}]${i.isUnique ? ', unique: true' : ''} },`);
  if (indexes.length) lines.push('    indexes: [', ...indexes, '    ],');
  const keys = m.foreignKeys.map(
    (f) => `      { name: ${q(f.name)}, column: ${q(f.columns[0].databaseName)}, references: ${q(f.referencedEntityMetadata.tableName)}, onDelete: ${q(f.onDelete ?? 'RESTRICT')} },`,
  );
  if (keys.length) lines.push('    foreignKeys: [', ...keys, '    ],');
  return `  {\n${lines.join('\n')}\n  },`;
};

const text = `import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createTable, type TableShape } from '../portable-schema.js';

const TABLES: TableShape[] = [
${order.map(table).join('\n')}
];

export class Init1795600000000 implements MigrationInterface {
  name = 'Init1795600000000';

  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await createTable(runner, table);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES.toReversed()) await runner.dropTable(table.name);
  }
}
`;
writeFileSync(new URL('../src/platform/database/migrations/1795600000000-init.ts', import.meta.url), text);
console.log(`${order.length} tables: ${order.map((m) => m.tableName).join(', ')}`);
