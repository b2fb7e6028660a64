// npm test [-- --suite NAME[,NAME]] [--db sqlite|mariadb] [PATTERN …]
//
// Runs every suite that this machine can run, on every database that it has, and says at the end what was left out and how
// to get it. With CI=true whatever is left out is a failure. `faults` runs only when it is named.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuild } from './test/build.mjs';
import {
  findChromium,
  findServer,
  lackingCalendarReaders,
  lackingMailProgram,
  lackingMailServers,
  lackingOffice,
} from './test/machine.mjs';
import { runJest, stopJest } from './test/jest.mjs';
import { report } from './test/report.mjs';

/** Engines that a suite runs on (none for what needs no database), and seconds that one of its tests may take. */
const SUITES = {
  unit: { engines: [null], limit: 90 },
  architecture: { engines: [null], limit: 180 },
  database: { engines: ['sqlite', 'mariadb'], limit: 180 },
  web: { engines: ['sqlite', 'mariadb'], limit: 120 },
  browser: { engines: ['sqlite'], browser: true, build: true, limit: 120 },
  readers: { engines: [null], calendarReaders: true, limit: 120 },
  office: { engines: [null], office: true, limit: 300 },
  servers: { engines: ['sqlite'], mailServers: true, limit: 120 },
  clients: { engines: ['sqlite'], mailServers: true, mailProgram: true, limit: 180 },
  faults: { engines: ['sqlite', 'mariadb'], build: true, onRequest: true, limit: 900 },
};

const { values: options, positionals: patterns } = readArguments();
const strict = process.env.CI === 'true';
const folder = mkdtempSync(join(tmpdir(), 'skaryna-test-'));
const name = folder
  .slice(-6)
  .toLowerCase()
  .replace(/[^a-z0-9]/g, '0');
const server = await findServer();
const chromium = findChromium();
const rows = [];
const missing = [];
let interrupted = null;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    interrupted ??= signal;
    stopJest();
  });
}

try {
  for (const run of plan()) {
    if (interrupted !== null) break;
    const lack = lacking(run);
    if (lack === null) rows.push(await execute(run));
    else missing.push({ ...run, ...lack });
  }
} finally {
  await server.dropSchemas?.(`skaryna_test_${name}_`);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
const good = report({ rows, missing, strict, patterns, interrupted });
process.exitCode = interrupted === null ? Number(!good) : 130;

function plan() {
  const names =
    options.suite?.flatMap((list) => list.split(',')) ??
    Object.keys(SUITES).filter((suite) => !SUITES[suite].onRequest);
  return names.flatMap((suite) =>
    SUITES[suite].engines
      .filter((engine) => options.db === undefined || engine === null || engine === options.db)
      .map((engine) => ({ suite, engine, ...SUITES[suite] })),
  );
}

/** What this machine lacks for a run, as { why, how }; null when nothing. */
function lacking({ engine, browser, mailServers, mailProgram, calendarReaders, office }) {
  if (engine === 'mariadb' && server.problem) {
    return {
      why: server.problem,
      how: 'start MariaDB 10.6 or newer, or set TEST_DATABASE_URL=mariadb://user:password@host:port',
    };
  }
  const noServers = mailServers ? lackingMailServers() : null;
  if (noServers !== null)
    return { why: noServers, how: 'as root: apt-get install postfix dovecot-imapd dovecot-lmtpd opendkim' };
  const noProgram = mailProgram ? lackingMailProgram() : null;
  if (noProgram !== null) return { why: noProgram, how: 'apt-get install --no-install-recommends thunderbird' };
  const noOffice = office ? lackingOffice() : null;
  if (noOffice !== null)
    return {
      why: noOffice,
      how: 'apt-get install --no-install-recommends libreoffice-writer-nogui poppler-utils fonts-noto-core fonts-noto-cjk',
    };
  const noReaders = calendarReaders ? lackingCalendarReaders() : null;
  if (noReaders !== null)
    return {
      why: noReaders,
      how: 'apt-get install --no-install-recommends python3-icalendar python3-vobject python3-gi gir1.2-ical-3.0',
    };
  if (browser && chromium === null)
    return { why: 'no Chromium was found', how: 'apt-get install chromium, or set CHROMIUM=/path/to/chromium' };
  return null;
}

async function execute({ suite, engine, build, limit }) {
  const started = performance.now();
  process.stderr.write(`\n── ${suite}${engine === null ? '' : ` on ${engine}`}\n`);
  const problem = build ? await ensureBuild() : null;
  const environment = {
    TEST_RUN: name,
    TMPDIR: folder,
    NODE_ENV: 'test',
    ...(engine === null ? {} : { DB: engine }),
    ...(server.address === undefined ? {} : { TEST_DATABASE_URL: server.address }),
    ...(chromium === null ? {} : { CHROMIUM: chromium }),
  };
  const result =
    problem === null
      ? await runJest({ suite, engine, limit, folder, patterns, environment })
      : { passed: 0, failed: 1, skipped: 0, problem };
  return { suite, engine, ...result, seconds: (performance.now() - started) / 1000 };
}

function readArguments() {
  try {
    const parsed = parseArgs({
      allowPositionals: true,
      options: { suite: { type: 'string', multiple: true }, db: { type: 'string' } },
    });
    const unknown = (parsed.values.suite ?? [])
      .flatMap((list) => list.split(','))
      .filter((suite) => !Object.hasOwn(SUITES, suite));
    if (unknown.length > 0)
      throw new Error(`No suite ${unknown.join(', ')}: there are ${Object.keys(SUITES).join(', ')}.`);
    if (![undefined, 'sqlite', 'mariadb'].includes(parsed.values.db))
      throw new Error(`--db ${parsed.values.db}: there are sqlite and mariadb.`);
    return parsed;
  } catch (error) {
    process.stderr.write(`${error.message}\n`);
    process.exit(2);
  }
}
