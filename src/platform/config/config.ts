import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { isIP } from 'node:net';
import { isCalendarMailbox } from '../../kernel/email-address.js';
import { dkimKey, type DkimKey } from './dkim-key.js';

const integer = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d+$/, 'a whole number')
    .transform(Number)
    .refine((n) => n >= min && n <= max, `between ${min} and ${max}`)
    .default(fallback);

const databaseUrl = z
  .string()
  .refine(
    (v) => /^sqlite:.+/.test(v) || /^(mysql|mariadb):\/\/[^/]+\/.+/.test(v),
    'sqlite:FILE, mysql://… or mariadb://…',
  );

const mailUrl = z
  .string()
  .refine((v) => /^file:.+/.test(v) || /^smtps?:\/\/[^/]+/.test(v), 'file:FOLDER, smtp://… or smtps://…');

/** It organizes calendar invitations, and answers come back to it ([CM4], [CV4]). */
const mailFrom = z
  .string()
  .default('Skaryna <conferences@example.org>')
  .refine((v) => {
    const address = /^[^<>]*<([^<>]+)>\s*$|^([^<>]+)$/.exec(v)?.slice(1).find(Boolean)?.trim() ?? '';
    return isCalendarMailbox(address) && !/^(no-?reply|do-?not-?reply)@/i.test(address);
  }, 'a mailbox that somebody reads, such as "Congress <congress@example.org>"; never noreply');

/** `imaps://user:password@host/Folder`; the folder is INBOX when left out. */
const inboxUrl = z
  .string()
  .refine(
    (v) => URL.canParse(v) && /^imaps?:$/.test(new URL(v).protocol) && new URL(v).username !== '',
    'imaps://user:password@host/Folder',
  );

const domain = z
  .string()
  .regex(/^(?=.{1,180}$)[a-z0-9-]+(\.[a-z0-9-]+)+$/i, 'a domain such as bounces.example.org')
  .transform((v) => v.toLowerCase());

/** Empty, `0` and `false` all mean that no proxy is trusted ([B4]); otherwise addresses or networks, comma separated. */
const trustProxy = z
  .string()
  .default('')
  .transform((v) => (['', '0', 'false'].includes(v.trim().toLowerCase()) ? [] : v.split(',').map((s) => s.trim())))
  .refine(
    (list) => list.every((s) => isIP(s.split('/')[0] ?? '') > 0),
    'addresses or networks of the proxies, comma separated',
  );

const schema = z.object({
  NODE_ENV: z.enum(['development', 'production', 'test']).default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(0, 65_535, 3000),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  DATA_DIR: z.string().min(1).default('./var'),
  DATABASE_URL: databaseUrl.optional(),
  MAIL_URL: mailUrl.optional(),
  MAIL_FROM: mailFrom,
  INBOX_URL: inboxUrl.optional(),
  LMTP_PORT: integer(0, 65_535, 0),
  LMTP_HOST: z.string().min(1).default('127.0.0.1'),
  AUTHSERV_ID: z.string().min(1).max(255).optional(),
  BOUNCE_DOMAIN: domain.optional(),
  DKIM_DOMAIN: domain.optional(),
  DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i, 'letters, digits and hyphens')
    .optional(),
  DKIM_KEY_FILE: z.string().min(1).optional(),
  SECRET_KEY: z.string().min(32, 'at least 32 characters').optional(),
  VAULT_KEYS: z.string().min(1).optional(),
  DEMO: z.enum(['0', '1']).optional(),
  WORKERS: integer(0, 1, 1),
  TRUST_PROXY: trustProxy,
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  BENCH: z.enum(['0', '1']).default('0'),
});

export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without a trailing slash; every link in pages and mails starts with it ([B4]). */
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  readonly mailUrl: string;
  readonly mailFrom: string;
  /** Where answers to invitations arrive; null: they are not fetched. */
  readonly inboxUrl: string | null;
  /** Where the library's mail server hands over answers and bounces (RFC 2033); null: nowhere. */
  readonly lmtp: { readonly host: string; readonly port: number } | null;
  /** Name by which that server signs its Authentication-Results (RFC 8601); null: nobody's word is taken. */
  readonly authservId: string | null;
  /** Domain of return paths that say which mail came back ([CI5]); null: MAIL_FROM is the return path. */
  readonly bounceDomain: string | null;
  /** With what mails are signed (RFC 6376); null: they are not. */
  readonly dkim: DkimKey | null;
  readonly secretKey: string;
  readonly vaultKeys: string;
  readonly demo: boolean;
  readonly workers: boolean;
  readonly trustProxy: readonly string[];
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Lifts rate limits for `npm run bench`; refused in production. */
  readonly bench: boolean;
}

/** All that is wrong with the environment, at once. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(`The configuration is not usable:\n${problems.map((p) => `  - ${p}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/**
 * Reads the environment once and freezes the result. Throws ConfigError with every problem in one list.
 * Outside production, missing secrets are generated into DATA_DIR with mode 0600 (ruling 20).
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const present = Object.fromEntries(Object.entries(env).filter(([, v]) => v !== undefined && v !== ''));
  const parsed = schema.safeParse(present);
  const problems = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
  const production = env['NODE_ENV'] === 'production';
  if (production && !present['SECRET_KEY'])
    problems.push('SECRET_KEY: needed in production, at least 32 random characters');
  if (production && !present['VAULT_KEYS'])
    problems.push('VAULT_KEYS: needed in production, for example k1:<32 bytes in base64url>');
  if (production && !present['PUBLIC_URL'])
    problems.push('PUBLIC_URL: needed in production, the address that people open');
  if (production && present['BENCH'] === '1') problems.push('BENCH: lifts rate limits and is refused in production');
  const dkim = parsed.success ? dkimKey(parsed.data, problems) : null;
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems);
  const e = parsed.data;
  const dataDir = resolve(e.DATA_DIR);
  return Object.freeze({
    production,
    host: e.HOST,
    port: e.PORT,
    publicUrl: (e.PUBLIC_URL ?? `http://${e.HOST === '0.0.0.0' ? '127.0.0.1' : e.HOST}:${e.PORT}`).replace(/\/+$/, ''),
    dataDir,
    databaseUrl: e.DATABASE_URL ?? `sqlite:${join(dataDir, 'skaryna.db')}`,
    mailUrl: e.MAIL_URL ?? `file:${join(dataDir, 'mail')}`,
    mailFrom: e.MAIL_FROM,
    inboxUrl: e.INBOX_URL ?? null,
    lmtp: e.LMTP_PORT ? { host: e.LMTP_HOST, port: e.LMTP_PORT } : null,
    authservId: e.AUTHSERV_ID?.toLowerCase() ?? null,
    bounceDomain: e.BOUNCE_DOMAIN ?? null,
    dkim,
    secretKey: e.SECRET_KEY ?? generated(dataDir, 'secret-key', () => randomBytes(48).toString('base64url')),
    vaultKeys: e.VAULT_KEYS ?? generated(dataDir, 'vault-keys', () => `k1:${randomBytes(32).toString('base64url')}`),
    demo: e.DEMO ? e.DEMO === '1' : e.NODE_ENV === 'development',
    workers: e.WORKERS === 1,
    trustProxy: e.TRUST_PROXY,
    logLevel: e.LOG_LEVEL,
    bench: e.BENCH === '1',
  });
}

function generated(dataDir: string, name: string, make: () => string): string {
  const file = join(dataDir, name);
  if (existsSync(file)) return readFileSync(file, 'utf8').trim();
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const value = make();
  writeFileSync(file, `${value}\n`, { mode: 0o600, flag: 'wx' });
  return value;
}
