import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import { Table, TableColumn, TableForeignKey, TableIndex, type ColumnType, type QueryRunner } from 'typeorm';

/** A column in the words of `columns.ts`; the driver at hand turns it into its own type. */
export interface ColumnShape {
  name: string;
  type: ColumnType;
  length?: number;
  precision?: number;
  nullable?: true;
  primary?: true;
  default?: string | number | boolean;
}

export interface TableShape {
  name: string;
  columns: ColumnShape[];
  indexes?: { name: string; columns: string[]; unique?: true }[];
  foreignKeys?: { name: string; column: string; references: string; onDelete: 'CASCADE' | 'RESTRICT' | 'SET NULL' }[];
}

function tableColumn(runner: QueryRunner, shape: ColumnShape): TableColumn {
  const driver = runner.dataSource.driver;
  // The driver's normalisers read a column's metadata; of that they need no more than these fields.
  const like = { ...shape, length: shape.length === undefined ? '' : String(shape.length) } as unknown as ColumnMetadata;
  return new TableColumn({
    name: shape.name,
    type: driver.normalizeType(like),
    length: driver.getColumnLength(like),
    ...(shape.precision === undefined ? {} : { precision: shape.precision }),
    isNullable: shape.nullable ?? false,
    isPrimary: shape.primary ?? false,
    default: driver.normalizeDefault(like),
  });
}

/** Creates one table with its indexes and foreign keys; keys point at `id` of the other table. */
export async function createTable(runner: QueryRunner, shape: TableShape): Promise<void> {
  await runner.createTable(
    new Table({
      name: shape.name,
      columns: shape.columns.map((column) => tableColumn(runner, column)),
      indices: (shape.indexes ?? []).map((i) => new TableIndex({ name: i.name, columnNames: i.columns, isUnique: i.unique ?? false })),
      foreignKeys: (shape.foreignKeys ?? []).map(
        (f) =>
          new TableForeignKey({
            name: f.name,
            columnNames: [f.column],
            referencedTableName: f.references,
            referencedColumnNames: ['id'],
            onDelete: f.onDelete,
            // MariaDB reports RESTRICT where nothing was said, and the schema would differ for ever.
            onUpdate: 'NO ACTION',
          }),
      ),
    }),
  );
}
