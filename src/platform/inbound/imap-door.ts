import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import type { ImapFlow, MailboxObject } from 'imapflow';
import { createHash } from 'node:crypto';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { Clock } from '../runtime/clock.js';
import { InboundStore } from './inbound-store.js';
import { InboxPosition } from './inbox-position.entity.js';
import { MAIL_LIMITS } from './mime-tree.js';

const LOOK_EVERY_MS = 60_000;
/** The library's own pause before IDLE is 15 s, in which nothing is heard. */
const IDLE_AFTER_MS = 200;
const AGAIN_MS = { first: 2_000, most: 300_000 } as const;
/** Marks what was taken, for people who look into the folder, and for us when the server has numbered it anew. */
const PROCESSED = '$Processed';

/**
 * The door to a mailbox (IMAP, RFC 9051): waits in IDLE and looks each minute as well, because connections die silently.
 * A mail is marked there after its bytes are committed here; nothing is ever deleted.
 */
@Injectable()
export class ImapDoor implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('imap');
  private stopping = false;
  private loop: Promise<void> = Promise.resolve();
  private client: ImapFlow | null = null;
  private rouse: () => void = () => undefined;
  private roused = false;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly store: InboundStore,
  ) {}

  onApplicationBootstrap(): void {
    if (this.config.inboxUrl && this.config.workers) this.loop = this.run(new URL(this.config.inboxUrl));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopping = true;
    this.wake();
    this.client?.close();
    await this.loop;
  }

  private async run(url: URL): Promise<void> {
    for (let wait: number = AGAIN_MS.first; !this.stopping; wait = Math.min(wait * 2, AGAIN_MS.most)) {
      try {
        await this.connected(url, () => (wait = AGAIN_MS.first));
      } catch (error) {
        // The server's words may hold the user's name or an address of somebody.
        if (!this.stopping) this.logger.warn(`the inbox is not reachable (${codeOf(error)})`);
      }
      if (!this.stopping) await this.sleep(wait);
    }
  }

  private async connected(url: URL, onLooked: () => void): Promise<void> {
    const client = await clientFor(url);
    this.client = client;
    client.on('error', () => client.close());
    client.on('close', () => this.wake());
    client.on('exists', () => this.wake());
    try {
      await client.connect();
      const folder = await client.mailboxOpen(folderOf(url));
      while (!this.stopping && client.usable) {
        this.roused = false;
        await this.look(client, folder, positionId(url));
        onLooked();
        if (!this.roused && !this.stopping) await this.sleep(LOOK_EVERY_MS);
      }
    } finally {
      this.client = null;
      client.close();
    }
  }

  /** Takes over all that came since the last look. */
  private async look(client: ImapFlow, folder: MailboxObject, id: string): Promise<void> {
    const uidValidity = String(folder.uidValidity);
    const known = await this.db.repository(InboxPosition).findOneBy({ id });
    const position = known?.uidValidity === uidValidity ? known : null;
    const marks = folder.permanentFlags?.has('\\*') || folder.permanentFlags?.has(PROCESSED);
    const wanted = position ? { uid: `${position.nextUid}:*` } : marks ? { unKeyword: PROCESSED } : { all: true };
    const uids = (await client.search(wanted, { uid: true })) || [];
    // `n:*` always finds the last mail, also when its number is below n.
    const fresh = uids.filter((uid) => uid >= (position?.nextUid ?? 0)).sort((a, b) => a - b);
    for (const uid of fresh) {
      if (this.stopping) return;
      await this.take(client, uid);
      if (marks) await client.messageFlagsAdd(String(uid), [PROCESSED], { uid: true });
      await this.moveTo(id, uidValidity, uid + 1);
    }
    if (fresh.length === 0) await this.moveTo(id, uidValidity, position?.nextUid ?? 1);
  }

  private async take(client: ImapFlow, uid: number): Promise<void> {
    // One byte more than is read: a mail beyond the limit is shown to a person, not lost.
    const source = { start: 0, maxLength: MAIL_LIMITS.bytes + 1 };
    const message = await client.fetchOne(String(uid), { source }, { uid: true });
    if (!message || !message.source) return; // somebody moved it meanwhile
    await this.store.keep({ door: 'imap', from: null, to: [], raw: message.source });
  }

  private async moveTo(id: string, uidValidity: string, nextUid: number): Promise<void> {
    const row = { id, uidValidity, nextUid, lookedAt: this.clock.now() };
    await this.db.repository(InboxPosition).upsert(row, ['id']);
  }

  private wake(): void {
    this.roused = true;
    this.rouse();
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function clientFor(url: URL): Promise<ImapFlow> {
  const { ImapFlow: Client } = await import('imapflow');
  const secure = url.protocol === 'imaps:';
  return new Client({
    host: url.hostname,
    port: Number(url.port || (secure ? 993 : 143)),
    secure,
    auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) },
    logger: false,
    autoIdleDelay: IDLE_AFTER_MS,
  });
}

function folderOf(url: URL): string {
  return decodeURIComponent(url.pathname.slice(1)) || 'INBOX';
}

function positionId(url: URL): string {
  return createHash('sha256')
    .update(`${url.host}\n${url.username}\n${folderOf(url)}`)
    .digest('hex');
}

function codeOf(error: unknown): string {
  const { code, responseStatus } = error as { code?: string; responseStatus?: string };
  return code ?? responseStatus ?? (error instanceof Error ? error.name : 'unknown');
}
