import type { DataSource } from 'typeorm';

/**
 * Writes the log of SQLite into the database file and empties it: until then it holds the pages as they were, with what was
 * deleted from them. Readers that are open put it off to the next time. Other engines keep no such file beside the database.
 */
export async function emptyWriteAheadLog(source: DataSource): Promise<void> {
  if (source.options.type === 'better-sqlite3') await source.query('PRAGMA wal_checkpoint(TRUNCATE)');
}
