import { simpleParser, type ParsedMail } from 'mailparser';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess, until } from './server-process.js';

export interface DemoServer {
  origin: string;
  /** The address name of the coming congress. */
  congress: string;
  /** All mails to an address, oldest first, once there are so many. */
  mails(to: string, atLeast?: number): Promise<ParsedMail[]>;
  stop(): Promise<void>;
}

export const STAFF = { email: 'demo@example.org', password: 'welcome-to-skaryna' };

/** The built application with the demonstration in it, on a port and in a folder of its own. */
export async function startDemo(): Promise<DemoServer> {
  const folder = await mkdtemp(join(tmpdir(), 'skaryna-demo-'));
  if (process.env['TEST_RUN'] !== undefined) await cp(await seededOnce(), folder, { recursive: true });
  const mailFolder = join(folder, 'mail');
  const server = await startIn(folder);
  const { origin } = server;
  const home = await (await fetch(`${origin}/en/`)).text();
  const congress = /\/en\/c\/(congress-\d{4})"/.exec(home)?.[1];
  if (congress === undefined) throw new Error('the calendar shows no congress');
  return {
    origin,
    congress,
    mails: async (to, atLeast = 1) => {
      let found: ParsedMail[] = [];
      await until(`${atLeast} mails to ${to}`, async () => (found = await mailsTo(mailFolder, to)).length >= atLeast);
      return found;
    },
    stop: async () => {
      await server.end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function startIn(folder: string): Promise<ServerProcess> {
  return ServerProcess.start({
    databaseUrl: `sqlite:${join(folder, 'skaryna.db')}`,
    dataDir: folder,
    mailUrl: `file:${join(folder, 'mail')}`,
    env: { DEMO: '1' },
  });
}

/**
 * A folder with the demonstration as it is right after the first start, filled once for all test files of a run: `npm test` gives
 * each run a temporary folder of its own. Who comes first fills it; the others wait.
 */
async function seededOnce(): Promise<string> {
  const seeded = join(tmpdir(), 'skaryna-demonstration');
  const first = await mkdir(`${seeded}.filling`).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EEXIST') return false;
      throw error;
    },
  );
  if (first) {
    const server = await startIn(`${seeded}.filling`);
    await server.end('SIGTERM');
    await cp(`${seeded}.filling`, `${seeded}.filled`, { recursive: true });
    await rename(`${seeded}.filled`, seeded);
  } else await until('the demonstration is filled', () => existsSync(seeded));
  return seeded;
}

async function mailsTo(folder: string, to: string): Promise<ParsedMail[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml')).sort();
  const mails = await Promise.all(
    names.map(async (name) => simpleParser(await readFile(join(folder, name)), { skipTextToHtml: true })),
  );
  return mails.filter((mail) =>
    [mail.to ?? []].flat().some(({ value }) => value.some(({ address }) => address === to)),
  );
}

/** The first address in the text of a mail that contains the part. */
export function linkIn({ text = '' }: ParsedMail, part: string): string {
  const link = (text.match(/https?:\/\/\S+/g) ?? []).find((url) => url.includes(part));
  if (!link) throw new Error(`no link with ${part} in: ${text}`);
  return link;
}

/** The six-digit code of a sign-in mail. */
export function codeIn({ text = '' }: ParsedMail): string {
  const code = /(?<!\d)\d{3}[ \u00a0]?\d{3}(?!\d)/.exec(text)?.[0];
  if (!code) throw new Error(`no code in: ${text}`);
  return code.replace(/\D/g, '');
}
