// One Jest process for one suite on one database, in a process group of its own so that nothing of it outlives us.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const GRACE_MS = 5000;
const windows = process.platform === 'win32';
let running = null;

/** { passed, failed, skipped, problem }: a test file that could not even be loaded counts as one failure. */
export async function runJest({ suite, engine, limit, folder, patterns, environment }) {
  if (!hasTests(join(root, 'test', suite))) return { passed: 0, failed: 0, skipped: 0, empty: true };
  const results = join(folder, `${suite}-${engine}.json`);
  const warnings = join(folder, `${suite}-${engine}.warnings`);
  const args = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    `--redirect-warnings=${warnings}`,
    'node_modules/jest/bin/jest.js',
    '--roots',
    `test/${suite}`,
    '--passWithNoTests',
    '--json',
    `--outputFile=${results}`,
    ...(limit === undefined ? [] : [`--testTimeout=${limit * 1000}`]),
    ...leftOut(suite, engine).map((file) => `--testPathIgnorePatterns=${file}$`),
    ...(patterns.length === 0 ? [] : ['--', ...patterns]),
  ];
  const status = await spawnGroup(args, { ...process.env, ...environment });
  return evaluate(status, results, warnings, patterns);
}

/** Asks the running Jest to stop, then makes it. */
export function stopJest() {
  const child = running;
  if (child === null) return;
  signalGroup(child, 'SIGTERM');
  setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS).unref();
}

function spawnGroup(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
      detached: !windows,
    });
    running = child;
    const done = (status) => {
      running = null;
      // A test that was broken off may have left a server or a browser behind.
      signalGroup(child, 'SIGKILL');
      resolve(status);
    };
    child.on('error', (error) => done(error.message));
    child.on('exit', (code, signal) => done(signal ?? code));
  });
}

function signalGroup(child, signal) {
  try {
    if (windows) child.kill(signal);
    else process.kill(-child.pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error; // ended already
  }
}

function evaluate(status, results, warnings, patterns) {
  if (!existsSync(results))
    return { passed: 0, failed: 1, skipped: 0, problem: `Jest ended with ${status} and without a result` };
  const found = JSON.parse(readFileSync(results, 'utf8'));
  const warned = existsSync(warnings) ? readFileSync(warnings, 'utf8').trim() : '';
  const passed = found.numPassedTests;
  const skipped = found.numPendingTests + found.numTodoTests;
  let failed = found.numFailedTests + found.numRuntimeErrorTestSuites;
  let problem;
  if (warned !== '') {
    failed += 1;
    problem = `warnings of the process:\n${warned}`;
  } else if (failed === 0 && status !== 0) {
    failed = 1;
    problem = `every test passed, but Jest ended with ${status}`;
  }
  return { passed, failed, skipped, problem, empty: passed + failed + skipped === 0, unmatched: patterns.length > 0 };
}

/**
 * Test files that need not run on this engine: they begin with `// @engine sqlite`, because they test reading, words or pages,
 * and every statement behind them is run on both engines by other files.
 */
function leftOut(suite, engine) {
  if (engine === null) return [];
  const folder = join(root, 'test', suite);
  return specsIn(folder).filter((file) => {
    const [, only] = /^\/\/ @engine (\w+)/.exec(readFileSync(join(folder, file), 'utf8')) ?? [];
    return only !== undefined && only !== engine;
  });
}

function specsIn(folder) {
  return readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.spec.ts'));
}

function hasTests(folder) {
  return existsSync(folder) && specsIn(folder).length > 0;
}
