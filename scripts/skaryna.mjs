#!/usr/bin/env node
// npx skaryna COMMAND …
//
// The command line of the built application. It builds first where nobody has, so that it works right after `npm ci`.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { exitWith, findNode, runNode } from './node.mjs';

const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const root = fileURLToPath(new URL('..', import.meta.url));

await exitWith(() => {
  if (!existsSync(cli)) build();
  return runNode([cli, ...process.argv.slice(2)]);
});

/** Its output goes to stderr: what a command prints on stdout may be piped into a file. */
function build() {
  const { status } = spawnSync(findNode(), ['node_modules/@nestjs/cli/bin/nest.js', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0 || !existsSync(cli)) throw new Error('The application could not be built: see above.');
}
