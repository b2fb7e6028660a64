import { applyDecorators, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from './openapi-notes.js';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, InvalidInput } from '../../kernel/errors.js';

/** One schema says what a route answers: the interceptor strips and converts with it, OpenAPI shows it. */
export const Answers = (schema: z.ZodType, { status = 200, isArray = false } = {}) =>
  applyDecorators(SerializeOptions({ schema }), ApiResponse({ status, standardSchema: schema as never, isArray }));

/** A Date inside, ISO 8601 text outside. */
export const instantOut = z
  .date()
  .transform((date) => date.toISOString())
  .pipe(z.iso.datetime());

/** `?limit=&after=` of every list. `after` is the opaque cursor of the answer before. */
export const listQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z.string().max(200).optional(),
});

/** A list's answer; `next` is null on the last page. */
export const listOf = <S extends z.ZodType>(item: S) => z.object({ items: z.array(item), next: z.string().nullable() });

/** The rows after the one that a cursor names, for lists that are short and always read whole. Throws InvalidInput at `after`. */
export function behind<T>(rows: readonly T[], after: string | undefined, cursor: (row: T) => string): readonly T[] {
  if (after === undefined) return rows;
  const index = rows.findIndex((row) => cursor(row) === after);
  if (index < 0) throw InvalidInput.at('after', 'error.invalid');
  return rows.slice(index + 1);
}

/** Makes a page of `limit` items from `limit + 1` rows. */
export function pageOf<T>(rows: readonly T[], limit: number, cursor: (row: T) => string): { items: T[]; next: string | null } {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last !== undefined ? cursor(last) : null };
}

/** The entity tag of a versioned row. */
export function etagOf(version: number): string {
  return `"v${version}"`;
}

class PreconditionRequired extends AppError {
  readonly status = 428;
  constructor() {
    super('error.ifMatchNeeded');
  }
}

/** The version that the caller has seen, from If-Match. Throws 428 without it; a stale one is answered 412 by the write. */
export function versionFrom(request: FastifyRequest): number {
  const match = /^(?:W\/)?"v(\d+)"$/.exec(String(request.headers['if-match'] ?? '').trim());
  if (!match) throw new PreconditionRequired();
  return Number(match[1]);
}
