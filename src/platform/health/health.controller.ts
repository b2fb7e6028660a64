import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '../web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { MailWorker } from '../mail/mail-worker.js';
import { Clock } from '../runtime/clock.js';
import { SealedColumns } from '../vault/sealed-columns.js';
import { Anyone } from '../web/policy.js';

/** The worker goes round every two seconds; a minute of silence means that it is stuck. */
const WORKER_SILENCE_MS = 60_000;
const VAULT_EVERY_MS = 10 * 60_000;

@ApiExcludeController()
@Controller()
export class HealthController {
  private vaultSeen: { at: number; readable: boolean } | null = null;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly worker: MailWorker,
    private readonly clock: Clock,
    private readonly sealed: SealedColumns,
  ) {}

  @Get('healthz')
  @Anyone()
  @Header('cache-control', 'no-store')
  alive(): { status: string } {
    return { status: 'ok' };
  }

  @Get('readyz')
  @Anyone()
  @Header('cache-control', 'no-store')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<object> {
    const database = await this.db.ready().catch(() => false);
    const worker = !this.config.workers || this.workerGoesRound();
    const vault = database && (await this.vaultOpens());
    const ready = database && worker && vault;
    if (!ready) void reply.status(503).header('retry-after', '5');
    return { status: ready ? 'ready' : 'not ready', database, worker, vault };
  }

  /** Every value is looked at, so it is asked once in a while and not at every probe. */
  private async vaultOpens(): Promise<boolean> {
    const now = this.clock.now().getTime();
    if (!this.vaultSeen || now - this.vaultSeen.at > VAULT_EVERY_MS)
      this.vaultSeen = { at: now, readable: await this.sealed.readable().catch(() => false) };
    return this.vaultSeen.readable;
  }

  private workerGoesRound(): boolean {
    const { lastSeen } = this.worker;
    return lastSeen !== null && this.clock.now().getTime() - lastSeen.getTime() < WORKER_SILENCE_MS;
  }
}
