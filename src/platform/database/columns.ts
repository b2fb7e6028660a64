import type { ColumnOptions } from 'typeorm';

/*
 * The vocabulary of columns. Each of them has the same meaning on SQLite, MariaDB and MySQL; nothing else is used, so
 * that one entity model and one set of migrations serve them all. Times have no database default: the Clock sets them.
 */
type Extra = Pick<ColumnOptions, 'nullable' | 'default' | 'unique'>;

type Named<T extends string> = { name: string; type: T };

/** An id made by the application (UUIDv7). */
export function uuid(name: string): Named<'uuid'>;
export function uuid<E extends Extra>(name: string, extra: E): Named<'uuid'> & E;
export function uuid(name: string, extra: Extra = {}): ColumnOptions {
  return { name, type: 'uuid', ...extra };
}

export function varchar(name: string, length: number): Named<'varchar'> & { length: number };
export function varchar<E extends Extra>(name: string, length: number, extra: E): Named<'varchar'> & { length: number } & E;
export function varchar(name: string, length: number, extra: Extra = {}): ColumnOptions {
  return { name, type: 'varchar', length, ...extra };
}

/** Up to 65,535 bytes. */
export const text = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'text', ...extra });
/** Text without a practical limit (`longtext` on a server, `text` in SQLite). */
export const longText = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'longtext', ...extra });
/** Bytes without a practical limit (`longblob` on a server, `blob` in SQLite). */
export const longBytes = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'longblob', ...extra });
export const integer = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'int', ...extra });
export const flag = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'boolean', ...extra });
/** A UTC instant with milliseconds. */
export const instant = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'datetime', precision: 3, ...extra });
/** A calendar day `YYYY-MM-DD`, without a zone. */
export const day = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'varchar', length: 10, ...extra });
/** Small structured values, up to 65,535 bytes. */
export const json = (name: string, extra: Extra = {}): ColumnOptions => ({ name, type: 'simple-json', ...extra });
/** Structured values of any size. */
export const longJson = (name: string, extra: Extra = {}): ColumnOptions => ({
  ...longText(name, extra),
  transformer: {
    to: (value: unknown) => (value === null || value === undefined ? value : JSON.stringify(value)),
    from: (value: string | null) => (value === null ? null : (JSON.parse(value) as unknown)),
  },
});
