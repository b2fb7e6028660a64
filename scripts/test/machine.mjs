// What the machine has for the tests: a database server, a browser, mail servers, a mail program, an office program, and readers of calendar files.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createConnection } from 'mysql2/promise';

const BROWSERS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** The path of a Chromium: CHROMIUM where it is set (a wrong one is not replaced silently), else a usual place; or null. */
export function findChromium() {
  const candidates = process.env.CHROMIUM ? [process.env.CHROMIUM] : BROWSERS;
  return candidates.find(executable) ?? null;
}

const MAIL_SERVERS = [
  '/usr/sbin/postfix',
  '/usr/sbin/dovecot',
  '/usr/lib/dovecot/imap',
  '/usr/lib/dovecot/lmtp',
  '/usr/sbin/opendkim',
];

/** Why Postfix, Dovecot and OpenDKIM cannot be started by the tests; null when they can. */
export function lackingMailServers() {
  const missing = MAIL_SERVERS.filter((path) => !executable(path));
  if (missing.length > 0) return `there is no ${missing.join(', ')}`;
  return process.getuid?.() === 0 ? null : 'Postfix and Dovecot start as root only';
}

/** Why Thunderbird cannot be started by the tests; null when it can. */
export function lackingMailProgram() {
  const program = '/usr/lib/thunderbird/thunderbird-bin';
  return executable(program) ? null : `there is no ${program}`;
}

/** Why documents cannot be printed by the tests; null when they can. */
export function lackingOffice() {
  const missing = ['/usr/bin/soffice', '/usr/bin/pdftotext'].filter((path) => !executable(path));
  return missing.length > 0 ? `there is no ${missing.join(', ')}` : null;
}

/** What each reader of calendar files needs to be loaded, by Debian's own Python, for which its packages are. */
const CALENDAR_READERS = {
  'python3-icalendar': 'import icalendar',
  'python3-vobject': 'import vobject',
  'gir1.2-ical-3.0': 'import gi; gi.require_version("ICalGLib", "3.0"); from gi.repository import ICalGLib',
};

/** Which packages that read calendar files are missing; null when none. */
export function lackingCalendarReaders() {
  const missing = Object.entries(CALENDAR_READERS).filter(
    ([, program]) => spawnSync('/usr/bin/python3', ['-c', program], { stdio: 'ignore' }).status !== 0,
  );
  return missing.length === 0 ? null : `there is no ${missing.map(([name]) => name).join(', ')}`;
}

function executable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The MariaDB server for the tests: { address, dropSchemas }, or { problem } when none lets us make databases. */
export async function findServer() {
  const address = process.env.TEST_DATABASE_URL || 'mariadb://root@127.0.0.1:3306';
  const place = address.replace(/\/\/[^@/]*@/, '//');
  const ask = async (statement) => {
    const url = new URL(address);
    const connection = await createConnection({
      host: url.hostname,
      port: Number(url.port || 3306),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      connectTimeout: 5000,
    });
    try {
      const [rows] = await connection.query(statement);
      return rows;
    } finally {
      await connection.end();
    }
  };
  try {
    await ask('SELECT 1');
  } catch (error) {
    return { problem: `no database server answers at ${place} (${error.code ?? error.message})` };
  }
  return {
    address,
    /** Drops what a run that was broken off could not drop itself. */
    async dropSchemas(prefix) {
      const rows = await ask('SELECT schema_name AS name FROM information_schema.schemata');
      for (const { name } of rows) if (name.startsWith(prefix)) await ask(`DROP DATABASE \`${name}\``);
    },
  };
}
