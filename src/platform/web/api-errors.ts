import { InvalidInput } from '../../kernel/errors.js';
import { fieldErrors, type SchemaIssue } from './field-problems.js';

/** Turns the issues of a Standard Schema into our refusal, one problem per field. */
export function schemaProblems(issues: readonly SchemaIssue[]): InvalidInput {
  return new InvalidInput(fieldErrors({ issues }));
}
