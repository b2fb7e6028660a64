import { type DataSource, type EntityMetadata, FindOperator, type ObjectLiteral } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';

/** A statement with a `?` for each parameter. */
export interface PlainStatement {
  sql: string;
  parameters: unknown[];
}

interface Known {
  column: ColumnMetadata;
  name: string;
}

interface Shape {
  update: string;
  insert: string;
  group: string;
  written: ColumnMetadata[];
  select: string;
  read: ColumnMetadata[];
  byProperty: Map<string, Known>;
}

/**
 * The statements that use cases consist of: whole rows in, rows by a key out, and changes where a row is as it was read;
 * from the metadata of an entity.
 * TypeORM's query builders make the same texts anew at every call, which takes longer than SQLite does with them.
 */
export class PlainStatements {
  private readonly shapes = new Map<EntityMetadata, Shape>();

  constructor(private readonly source: DataSource) {}

  /** INSERT of whole rows; null where a column has no value, or an expression for one. */
  insert(metadata: EntityMetadata, rows: readonly ObjectLiteral[]): PlainStatement | null {
    const { insert, group, written } = this.shape(metadata);
    const parameters: unknown[] = [];
    for (const row of rows)
      for (const column of written) {
        const value: unknown = column.getEntityValue(row);
        if (value === undefined || typeof value === 'function') return null;
        parameters.push(this.source.driver.preparePersistentValue(value, column));
      }
    return { sql: insert + rows.map(() => group).join(), parameters };
  }

  /**
   * SELECT of the rows where each property has the value, or one of a list's values. Throws for a property without a
   * column, and for no value.
   */
  select(metadata: EntityMetadata, where: ObjectLiteral): PlainStatement {
    const { select, byProperty } = this.shape(metadata);
    const conditions: string[] = [];
    const parameters: unknown[] = [];
    for (const [property, value] of Object.entries(where) as [string, unknown][]) {
      const known = byProperty.get(property);
      // A condition that falls away would find somebody else's row.
      if (!known || value === undefined || value === null) throw new Error(`${metadata.name} by ${property}: no value`);
      const values: unknown[] = Array.isArray(value) ? value : [value];
      conditions.push(`${known.name} ${Array.isArray(value) ? `IN (${values.map(() => '?').join()})` : '= ?'}`);
      for (const one of values) parameters.push(this.source.driver.preparePersistentValue(one, known.column));
    }
    if (conditions.length === 0) throw new Error(`${metadata.name} by nothing`);
    return { sql: `${select} WHERE ${conditions.join(' AND ')}`, parameters };
  }

  /** UPDATE of the rows where each property has the value; null for what only a query builder can say. */
  update(metadata: EntityMetadata, changes: ObjectLiteral, where: ObjectLiteral): PlainStatement | null {
    const { update, byProperty } = this.shape(metadata);
    const parameters: unknown[] = [];
    const clause = (values: ObjectLiteral, between: string, mayBeNull: boolean): string | null => {
      const parts: string[] = [];
      for (const [property, value] of Object.entries(values) as [string, unknown][]) {
        const known = byProperty.get(property);
        if (!known || !isPlain(value, mayBeNull)) return null;
        parts.push(`${known.name} = ?`);
        parameters.push(this.source.driver.preparePersistentValue(value, known.column));
      }
      return parts.length === 0 ? null : parts.join(between);
    };
    const set = clause(changes, ', ', true);
    const condition = set === null ? null : clause(where, ' AND ', false);
    return condition === null ? null : { sql: `${update} ${set} WHERE ${condition}`, parameters };
  }

  /** The entity of a row that `select` found. */
  entity(metadata: EntityMetadata, row: ObjectLiteral): ObjectLiteral {
    const entity = metadata.create();
    for (const column of this.shape(metadata).read)
      column.setEntityValue(entity, this.source.driver.prepareHydratedValue(row[column.databaseName], column));
    return entity;
  }

  private shape(metadata: EntityMetadata): Shape {
    let shape = this.shapes.get(metadata);
    if (!shape) this.shapes.set(metadata, (shape = this.draw(metadata)));
    return shape;
  }

  private draw(metadata: EntityMetadata): Shape {
    const { driver } = this.source;
    const name = ({ databaseName }: ColumnMetadata): string => driver.escape(databaseName);
    const table = driver.escape(metadata.tableName);
    const written = metadata.columns.filter((column) => column.isInsert);
    const read = metadata.columns.filter((column) => column.isSelect && !column.isVirtual);
    return {
      insert: `INSERT INTO ${table} (${written.map(name).join()}) VALUES `,
      group: `(${written.map(() => '?').join()})`,
      written,
      update: `UPDATE ${table} SET`,
      select: `SELECT ${read.map(name).join()} FROM ${table}`,
      read,
      byProperty: new Map(metadata.columns.map((column) => [column.propertyName, { column, name: name(column) }])),
    };
  }
}

/** Whether the value stands for itself: no expression, no operator of a search, and nothing that is left out. */
function isPlain(value: unknown, mayBeNull: boolean): boolean {
  if (value === null) return mayBeNull;
  return value !== undefined && typeof value !== 'function' && !(value instanceof FindOperator);
}
