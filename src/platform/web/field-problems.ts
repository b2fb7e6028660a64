import type { z } from 'zod';
import type { FieldProblem } from '../../kernel/errors.js';

/** An issue of zod or of any other Standard Schema. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
  readonly code?: string;
  readonly keys?: readonly string[];
  readonly params?: Record<string, unknown>;
}

/**
 * Refuses a field inside a transform: `message` is a message key, `params` its parameters. Return what it gives, as with
 * `z.NEVER`: nobody sees the value of a schema that has an issue.
 */
export function refuse(ctx: z.core.$RefinementCtx, message: string, params: Record<string, unknown> = {}): never {
  ctx.addIssue({ code: 'custom', message, params });
  return undefined as never;
}

/** One problem per field, the first that was found, in the order of the schema. */
export function fieldErrors(error: { readonly issues: readonly SchemaIssue[] }): FieldProblem[] {
  const problems = new Map<string, FieldProblem>();
  for (const problem of error.issues.flatMap(problemsOf)) {
    if (!problems.has(problem.field)) problems.set(problem.field, problem);
  }
  return [...problems.values()];
}

function problemsOf(issue: SchemaIssue): FieldProblem[] {
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  if (issue.code === 'unrecognized_keys')
    return (issue.keys ?? []).map((key) => ({ field: [...path, key].join('.'), code: 'error.unknown', params: {} }));
  return [{ field: path.join('.'), code: codeOf(issue), params: issue.params ?? {} }];
}

/** zod's own sentences come from schemas that name no key. They say nothing to a visitor, except that a value is absent. */
function codeOf({ message }: SchemaIssue): string {
  if (message.startsWith('error.')) return message;
  return message.endsWith('received undefined') ? 'error.required' : 'error.invalid';
}
