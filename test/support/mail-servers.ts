import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import type { KeyObject } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canConnect, freePort, until } from './server-process.js';

const POSTFIX = '/usr/sbin/postfix';
const DOVECOT = '/usr/sbin/dovecot';
const OPENDKIM = '/usr/sbin/opendkim';
const NOBODY = 65_534;
/** Not the folder of the test run: the servers' own users may not enter it. */
const FOLDERS = '/tmp';

/** Where a domain's mail goes: to a port that speaks LMTP or SMTP on this machine. */
export type Route = { readonly lmtp: number } | { readonly smtp: number };

/** A Postfix of the test's own (its master must be root), on a loopback port, which relays by a table of domains and reports what it cannot deliver. */
export class OwnPostfix {
  private constructor(
    private readonly folder: string,
    readonly port: number,
  ) {}

  static async start(routes: Readonly<Record<string, Route>>): Promise<OwnPostfix> {
    const folder = await mkdtemp(join(FOLDERS, 'skaryna-postfix-'));
    await chmod(folder, 0o755);
    const server = new OwnPostfix(folder, await freePort());
    await server.configure(routes);
    server.command('start');
    await until('Postfix answers', () => canConnect(server.port));
    return server;
  }

  /** For MAIL_URL. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  log(): Promise<string> {
    return readFile(join(this.folder, 'log'), 'utf8').catch(() => '');
  }

  async stop(): Promise<void> {
    this.command('stop');
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  private command(verb: 'start' | 'stop'): void {
    const { status, stderr, stdout } = spawnSync(POSTFIX, ['-c', this.folder, verb], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`postfix ${verb}: ${stderr}${stdout}`);
  }

  private async configure(routes: Readonly<Record<string, Route>>): Promise<void> {
    const { folder, port } = this;
    for (const name of ['queue', 'data']) await mkdir(join(folder, name));
    const { uid, gid } = userOf('postfix');
    await chown(join(folder, 'data'), uid, gid);
    const domains = Object.keys(routes);
    const transport = Object.entries(routes).map(([domain, route]) =>
      'lmtp' in route ? `${domain} lmtp:inet:127.0.0.1:${route.lmtp}` : `${domain} smtp:[127.0.0.1]:${route.smtp}`,
    );
    await writeFile(join(folder, 'transport'), `${transport.join('\n')}\n`);
    await writeFile(
      join(folder, 'main.cf'),
      settings({
        compatibility_level: '3.6',
        queue_directory: join(folder, 'queue'),
        data_directory: join(folder, 'data'),
        daemon_directory: '/usr/lib/postfix/sbin',
        command_directory: '/usr/sbin',
        mail_owner: 'postfix',
        setgid_group: 'postdrop',
        maillog_file: join(folder, 'log'),
        maillog_file_prefixes: folder,
        inet_interfaces: '127.0.0.1',
        inet_protocols: 'ipv4',
        myhostname: 'relay.example.org',
        mydestination: '',
        mynetworks: '127.0.0.0/8',
        relay_domains: domains.join(', '),
        smtpd_relay_restrictions: 'permit_mynetworks, reject',
        smtpd_peername_lookup: 'no',
        disable_dns_lookups: 'yes',
        transport_maps: `texthash:${join(folder, 'transport')}`,
        default_transport: 'error:no route',
        local_transport: 'error:no local mail',
        alias_maps: '',
        local_recipient_maps: '',
        smtp_tls_security_level: 'none',
        lmtp_tls_security_level: 'none',
        default_destination_concurrency_limit: '5',
        queue_run_delay: '5s',
        minimal_backoff_time: '5s',
      }),
    );
    await writeFile(join(folder, 'master.cf'), MASTER(port));
  }
}

/** Services as Debian's package has them, without the jail and without a socket for submissions. */
const MASTER = (port: number) =>
  [
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'flush unix n - n 1000? 0 flush',
    'proxymap unix - - n - - proxymap',
    'smtp unix - - n - - smtp',
    'lmtp unix - - n - - lmtp',
    'error unix - - n - - error',
    'retry unix - - n - - error',
    'anvil unix - - n - 1 anvil',
    'scache unix - - n - 1 scache',
    'postlog unix-dgram n - n - 1 postlogd',
    '',
  ].join('\n');

/** A Dovecot of the test's own: mailboxes that are filled by LMTP and read by IMAP. Any user, one password. */
export class OwnDovecot {
  static readonly PASSWORD = 'not-a-secret';
  private child: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    readonly imap: number,
    readonly lmtp: number,
  ) {}

  static async start(): Promise<OwnDovecot> {
    const folder = await mkdtemp(join(FOLDERS, 'skaryna-dovecot-'));
    await chmod(folder, 0o755);
    await mkdir(join(folder, 'mail'));
    await chown(join(folder, 'mail'), NOBODY, NOBODY);
    const server = new OwnDovecot(folder, await freePort(), await freePort());
    await writeFile(join(folder, 'dovecot.conf'), server.configuration());
    await server.up();
    return server;
  }

  /** For INBOX_URL. */
  inboxOf(user: string): string {
    return `imap://${encodeURIComponent(user)}:${OwnDovecot.PASSWORD}@127.0.0.1:${this.imap}/INBOX`;
  }

  async up(): Promise<void> {
    this.child = spawn(DOVECOT, ['-F', '-c', join(this.folder, 'dovecot.conf')], { stdio: 'ignore' });
    await until('Dovecot answers', async () => (await canConnect(this.imap)) && (await canConnect(this.lmtp)));
  }

  async down(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await gone;
  }

  log(): Promise<string> {
    return readFile(join(this.folder, 'log'), 'utf8').catch(() => '');
  }

  async stop(): Promise<void> {
    await this.down();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }

  private configuration(): string {
    const { folder, imap, lmtp } = this;
    return `
      protocols = imap lmtp
      base_dir = ${folder}/run
      state_dir = ${folder}/state
      log_path = ${folder}/log
      listen = 127.0.0.1
      ssl = no
      disable_plaintext_auth = no
      mail_location = maildir:${folder}/mail/%u
      first_valid_uid = 1
      mail_uid = ${NOBODY}
      mail_gid = ${NOBODY}
      passdb {
        driver = static
        args = password=${OwnDovecot.PASSWORD}
      }
      userdb {
        driver = static
        args = uid=${NOBODY} gid=${NOBODY} home=${folder}/mail/%u allow_all_users=yes
      }
      service imap-login {
        inet_listener imap {
          port = ${imap}
        }
        inet_listener imaps {
          port = 0
        }
      }
      service lmtp {
        inet_listener lmtp {
          port = ${lmtp}
        }
      }
    `;
  }
}

/** What OpenDKIM says of the signature of a message; the public key comes from a file in the place of the DNS. */
export async function openDkim(message: Buffer, selector: string, domain: string, key: KeyObject): Promise<string> {
  const folder = await mkdtemp(join(FOLDERS, 'skaryna-opendkim-'));
  try {
    const files = { mail: join(folder, 'mail.eml'), dns: join(folder, 'dns'), conf: join(folder, 'conf') };
    const published = key.export({ type: 'spki', format: 'der' }).toString('base64');
    await writeFile(files.mail, message);
    await writeFile(files.dns, `${selector}._domainkey.${domain} v=DKIM1; k=rsa; p=${published}\n`);
    await writeFile(files.conf, `TestDNSData ${files.dns}\nMode v\n`);
    const { stdout, stderr } = spawnSync(OPENDKIM, ['-x', files.conf, '-t', files.mail], { encoding: 'utf8' });
    return stdout + stderr;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function settings(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('');
}

function userOf(name: string): { uid: number; gid: number } {
  const number = (flag: string) => Number(spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout);
  return { uid: number('-u'), gid: number('-g') };
}
