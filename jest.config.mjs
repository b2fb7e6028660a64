import { readFileSync } from 'node:fs';

const swc = JSON.parse(readFileSync(new URL('./.swcrc', import.meta.url), 'utf8'));

export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  // Sources import './x.js', as Node wants it; the file on disk is x.ts.
  moduleNameMapper: { '^(\\.{1,2}/.*(?<!\\.json))\\.js$': '$1' }, // x.json.js is how libphonenumber-js wraps its JSON
  transform: { '^.+\\.ts$': ['@swc/jest', { ...swc, swcrc: false }] },
  setupFiles: ['<rootDir>/test/support/setup.ts'],
  setupFilesAfterEnv: ['<rootDir>/test/support/warnings-fail.ts'],
  // An ES-module test file leaves its module graph in memory, some 30 MB each.
  workerIdleMemoryLimit: '400MB',
  maxWorkers: 2,
  // A worker with nothing left open still needs a second to give back some 300 MB on a busy machine; Jest's own limit is half
  // of that, and what it then says about leaks is untrue. Who does leak is named after these ten seconds.
  workerGracefulExitTimeout: 10_000,
  testTimeout: 20_000,
  // Not in the temporary folder: `npm test` gives every run one of its own and removes it.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
};
