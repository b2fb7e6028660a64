// npm run bench [-- NAME …]: measures what the names say (or everything), each beside a reference that does the least
// possible for the same result, in one run on this machine. Writes bench/results.json.
import { spawnSync } from 'node:child_process';
import { ensureBuild } from './test/build.mjs';

const problem = await ensureBuild();
if (problem !== null) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
const args = [
  '--disable-warning=ExperimentalWarning',
  '--import',
  './test/support/run-typescript.mjs',
  'bench/main.ts',
];
const { status } = spawnSync(process.execPath, [...args, ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
