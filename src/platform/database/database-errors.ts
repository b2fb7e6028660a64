import { QueryFailedError } from 'typeorm';

interface DriverError {
  code?: string;
  errno?: number;
  errcode?: number;
  message?: string;
}

const driverError = (error: unknown): DriverError =>
  (error instanceof QueryFailedError ? error.driverError : error) as DriverError;

/** A unique index refused the row, on either engine. */
export function isUniqueViolation(error: unknown): boolean {
  const e = driverError(error);
  return e?.code === 'ER_DUP_ENTRY' || e?.errcode === 2067 || e?.errcode === 1555;
}

/** A foreign key refused to delete the row, on either engine: other rows refer to it. The transaction goes on. */
export function isStillNeeded(error: unknown): boolean {
  const e = driverError(error);
  // 787 = SQLITE_CONSTRAINT_FOREIGNKEY; RESTRICT is a trigger there: 1811.
  return e?.errno === 1451 || e?.errcode === 787 || e?.errcode === 1811;
}

/** Deadlock, lock wait timeout, or (Galera) a certification conflict: the same transaction may succeed when repeated. */
export function isRetryable(error: unknown): boolean {
  return [1213, 1205, 1020].includes(driverError(error)?.errno ?? 0);
}

const LOST = new Set([
  'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'PROTOCOL_CONNECTION_LOST', 'PROTOCOL_PACKETS_OUT_OF_ORDER',
  'PROTOCOL_ENQUEUE_AFTER_FATAL_ERROR', 'ER_SERVER_SHUTDOWN', 'ER_CON_COUNT_ERROR', 'POOL_CLOSED', 'EAI_AGAIN',
]);

/** What TypeORM, Node's SQLite and our write lock say without a code when there is no usable connection. */
const NO_CONNECTION = /^Connection is not established|no write lock|closed state|database is not open/;

/** The database cannot be reached now, is going down, or its disk is full: the request fails with 503, nothing is half done. */
export function isUnavailable(error: unknown): boolean {
  const e = driverError(error);
  if (!e || typeof e !== 'object') return false;
  // 5 = SQLITE_BUSY, 13 = SQLITE_FULL, 10 = SQLITE_IOERR; the low byte is the primary code. 1021 = disk full on the server.
  const sqlite = e.errcode === undefined ? -1 : e.errcode & 0xff;
  return LOST.has(e.code ?? '') || [5, 10, 13].includes(sqlite) || e.errno === 1021 || NO_CONNECTION.test(e.message ?? '');
}
