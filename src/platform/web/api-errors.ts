import { InvalidInput } from '../../kernel/errors.js';

interface SchemaIssue {
  message: string;
  path?: readonly (PropertyKey | { key: PropertyKey })[];
  params?: Record<string, unknown>;
}

/** Turns the issues of a Standard Schema into our refusal, one problem per field. */
export function schemaProblems(issues: readonly SchemaIssue[]): InvalidInput {
  const seen = new Set<string>();
  const problems = issues.flatMap((issue) => {
    const field = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.');
    if (seen.has(field)) return [];
    seen.add(field);
    const code = issue.message.startsWith('error.') ? issue.message : 'error.invalid';
    return [{ field, code, ...(issue.params ? { params: issue.params } : {}) }];
  });
  return new InvalidInput(problems);
}
