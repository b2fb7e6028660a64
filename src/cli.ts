import { parseArgs } from 'node:util';
import { createApplication } from './application.js';
import { ConfigError, type Config } from './platform/config/config.js';
import { environment } from './platform/config/environment.js';
import { MailWorker } from './platform/mail/mail-worker.js';
import { Purge, type PurgeCount } from './platform/purge/purge.service.js';
import { Clock } from './platform/runtime/clock.js';
import { SealedColumns } from './platform/vault/sealed-columns.js';
import { seedDemo } from './demo/seed.js';
import { AccountCommands, ROLES, type Role } from './features/accounts/index.js';

const HELP = `skaryna COMMAND

  migrate                             bring the database up to date
  seed                                fill an empty database with the demonstration
  account add EMAIL --role ROLE [--name NAME] [--password-stdin]
                                      add a staff account; without a password, prints a one-time link
  token add EMAIL --scope OBJECT:read|write … [--days N] [--name NAME]
                                      print a bearer token for the API, once
  purge [--dry-run] [--clock-is-right]
                                      delete what is past its term; --dry-run: say what goes within 7 days
  vault                               seal everything with the first key, and count the values of each key
  work                                send what is due in the outbox, then stop

Roles: ${ROLES.join(', ')}
Settings come from the environment (see README). Exit codes: 0 done, 1 failed, 2 wrong use.
`;

class Usage extends Error {}

/** Runs one command of the command line and resolves to its exit code. */
export async function run(args: readonly string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        role: { type: 'string' },
        name: { type: 'string' },
        'password-stdin': { type: 'boolean' },
        scope: { type: 'string', multiple: true },
        days: { type: 'string' },
        'dry-run': { type: 'boolean' },
        'clock-is-right': { type: 'boolean' },
      },
    });
    if (values.help || positionals.length === 0) {
      process.stdout.write(HELP);
      return values.help ? 0 : 2;
    }
    const command = COMMANDS[positionals.slice(0, 2).join(' ')] ?? COMMANDS[positionals[0]!];
    if (!command) throw new Usage(`There is no command "${positionals.join(' ')}".`);
    await command(environment(), positionals, values);
    return 0;
  } catch (error) {
    const wrongUse = error instanceof Usage || (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${wrongUse ? `\n${HELP}` : ''}`);
    return wrongUse ? 2 : error instanceof ConfigError ? 2 : 1;
  }
}

interface Values {
  role?: string;
  name?: string;
  'password-stdin'?: boolean;
  scope?: string[];
  days?: string;
  'dry-run'?: boolean;
  'clock-is-right'?: boolean;
}
type App = Awaited<ReturnType<typeof createApplication>>;

const COMMANDS: Record<string, (config: Config, positionals: string[], values: Values) => Promise<void>> = {
  // Opening the application runs the migrations; nothing else is needed.
  migrate: (config) => withApp(config, async () => print('The database is up to date.')),
  seed: (config) =>
    withApp(config, async (app) => {
      const account = await seedDemo(app);
      print(
        account
          ? `Filled. Sign in as ${account.email} with ${account.password}.`
          : 'The database is not empty; nothing was changed.',
      );
    }),
  'account add': (config, [, , email], values) =>
    withApp(config, async (app) => {
      const role = ROLES.find((one) => one === (values.role ?? 'admin'));
      if (!email || !role) throw new Usage('account add needs an e-mail address and a role.');
      const password = values['password-stdin'] ? (await readStdin()).replace(/\r?\n$/, '') : undefined;
      const done = await app
        .get(AccountCommands, { strict: false })
        .add(email, {
          role: role satisfies Role,
          ...(values.name ? { name: values.name } : {}),
          ...(password === undefined ? {} : { password }),
        });
      print(done.link ? `Open this link once to set the password:\n${done.link}` : `The account ${email} is ready.`);
    }),
  'token add': (config, [, , email], values) =>
    withApp(config, async (app) => {
      if (!email || !values.scope?.length)
        throw new Usage('token add needs an e-mail address and at least one --scope.');
      const days = Number(values.days ?? 365);
      if (!Number.isInteger(days) || days < 1 || days > 365) throw new Usage('--days is a whole number from 1 to 365.');
      print(await app.get(AccountCommands, { strict: false }).addToken(email, values.scope, days, values.name));
    }),
  purge: (config, _, values) =>
    withApp(config, async (app) => {
      const purge = app.get(Purge);
      if (values['dry-run']) {
        const soon = new Date(app.get(Clock).now().getTime() + WEEK_MS);
        print('Within 7 days will be deleted:');
        for (const line of await purge.plan(soon)) print(counted(line));
        return;
      }
      if (values['clock-is-right']) await purge.confirmClock();
      if (await purge.waits()) throw new Error(CLOCK_AHEAD);
      for (const line of await purge.run()) print(counted(line));
    }),
  vault: (config) =>
    withApp(config, async (app) => {
      const sealed = app.get(SealedColumns);
      print(`${await sealed.rotate()} values sealed again.`);
      for (const [key, count] of await sealed.keysInUse()) print(`${key}: ${count}`);
    }),
  work: (config) => withApp(config, async (app) => print(`${await app.get(MailWorker).drain()} mails sent.`)),
};

const WEEK_MS = 7 * 86_400_000;
const CLOCK_AHEAD =
  'The clock is more than 48 hours ahead of the last heartbeat. If it is right, say --clock-is-right; nothing was deleted.';

function counted({ name, group, count, held }: PurgeCount): string {
  return `${String(count).padStart(6)}  ${name} (${group})${held > 0 ? `; ${held} kept by a legal hold` : ''}`;
}

/** The application without a port and without background work. */
async function withApp(config: Config, work: (app: App) => Promise<void>): Promise<void> {
  const app = await createApplication({ ...config, workers: false, logLevel: 'error' });
  try {
    await app.init();
    await work(app);
  } finally {
    await app.close();
  }
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
