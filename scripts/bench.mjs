// npm run bench [-- NAME …]: measures what the names say (or everything), each beside a reference that does the least
// possible for the same result, in one run on this machine. Writes bench/results.json. What depends on the database is
// measured on MariaDB too, where the tests would find a server; DB=sqlite or DB=mariadb asks for one of them.
import { spawnSync } from 'node:child_process';
import { ensureBuild } from './test/build.mjs';
import { findServer } from './test/machine.mjs';

const ON_BOTH = 'registering';

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
const asked = process.argv.slice(2);
const run = (engine, names, env = {}) => {
  const options = { stdio: 'inherit', env: { ...process.env, ...env, DB: engine } };
  const { status } = spawnSync(process.execPath, [...args, ...names], options);
  if (status !== 0) process.exitCode = status ?? 1;
};
run(process.env.DB || 'sqlite', asked);
if (!process.env.DB && (asked.length === 0 || asked.includes(ON_BOTH))) {
  const server = await findServer();
  if (server.problem) process.stderr.write(`not measured: ${ON_BOTH} on MariaDB, ${server.problem}\n`);
  else run('mariadb', [ON_BOTH], { TEST_DATABASE_URL: server.address });
}
