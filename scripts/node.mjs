// node scripts/node.mjs [node flags] FILE [arguments]
//
// Runs FILE with a Node that is new enough: the one that runs this, else the one that npm installed from the lock file.
// So a machine with any Node that can run npm works, and nobody has to install a second Node by hand.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The first version with node:sqlite as we use it and with require() of ES modules inside Jest. */
const NEEDED = [24, 9];
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The path of a Node that is new enough. Throws one sentence that says what to do when there is none. */
export function findNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return process.execPath;
  const windows = process.platform === 'win32';
  const name = `node-${windows ? 'win' : process.platform}-${process.arch}`;
  const bundled = join(root, 'node_modules', name, 'bin', windows ? 'node.exe' : 'node');
  if (existsSync(bundled)) return bundled;
  throw new Error(
    `Node.js ${NEEDED.join('.')} or newer is needed and this is ${process.versions.node}: ` +
      `run "npm ci" without --omit=optional (it brings one for Linux x64, Linux arm64 and Windows x64), or install a newer Node.js.`,
  );
}

/** Runs Node with these arguments and this terminal. Resolves to its exit code, or dies of the signal that it died of. */
export function runNode(args) {
  const node = findNode();
  // What the child starts as "node" must be the same one, or the versions mix.
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const child = spawn(node, args, { stdio: 'inherit', env });
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      // A terminal sends Ctrl-C to the whole group: a second one from here would turn an orderly stop into a hard one.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      if (signal === null) return resolve(code ?? 1);
      for (const name of SIGNALS) process.removeAllListeners(name);
      process.kill(process.pid, signal);
    });
  });
}

/** Whether the file of this module address is what Node was asked to run (links of node_modules/.bin resolved). */
export function isMain(address) {
  return process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(address);
}

/** For the outermost script: its exit code is that of the work, and a refusal is one sentence, not a stack. */
export async function exitWith(work) {
  try {
    process.exitCode = await work();
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

if (isMain(import.meta.url)) await exitWith(() => runNode(process.argv.slice(2)));
