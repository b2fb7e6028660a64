// Builds the application for the tests that start it as users do, and only when something has changed since.
import { spawn } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const INPUTS = ['src', 'package.json', 'nest-cli.json', '.swcrc'];

/** Null when dist/ is up to date, else what went wrong. */
export async function ensureBuild() {
  const built = time(join(root, 'dist/main.js'));
  if (built > 0 && built >= Math.max(...INPUTS.map((name) => newest(join(root, name))))) return null;
  process.stderr.write('building first\n');
  const code = await new Promise((resolve) => {
    spawn(process.execPath, ['node_modules/@nestjs/cli/bin/nest.js', 'build'], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    })
      .on('error', () => resolve(1))
      .on('exit', resolve);
  });
  return code === 0 && time(join(root, 'dist/main.js')) > 0 ? null : 'the application could not be built';
}

function time(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** The newest time below a path; folders count too, so that a removed file is noticed. */
function newest(path) {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newest(join(path, name))));
}
