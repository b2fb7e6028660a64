import { afterEach } from '@jest/globals';
import { format } from 'node:util';

// A warning that nobody must read is read by nobody, so it fails the test that caused it. Warnings of the Node process
// itself go to a file that `npm test` looks at.
const warnings: string[] = [];
for (const method of ['warn', 'error'] as const) {
  console[method] = (...args: unknown[]) => {
    warnings.push(`console.${method}: ${format(...args)}`);
  };
}

afterEach(() => {
  const seen = warnings.splice(0);
  if (seen.length > 0) throw new Error(seen.join('\n'));
});
