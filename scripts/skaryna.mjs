#!/usr/bin/env node
// npx skaryna COMMAND …
//
// The command line of the built application. It builds first where nobody has, so that it works right after `npm ci`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exitWith, findNode, runNode } from './node.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const cli = new URL('../dist/cli.js', import.meta.url);
const args = process.argv.slice(2);

await exitWith(async () => {
  const node = findNode();
  if (node !== process.execPath) return runNode([fileURLToPath(import.meta.url), ...args]);
  if (!existsSync(cli)) build(node);
  const { run } = await import(cli.href);
  return run(args);
});

/** Its output goes to stderr: what a command prints on stdout may be piped into a file. */
function build(node) {
  const { status } = spawnSync(node, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0 || !existsSync(cli)) throw new Error('The application could not be built: see above.');
}
