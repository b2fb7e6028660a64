import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiExcludeController } from '../web/openapi-notes.js';
import type { FastifyReply } from 'fastify';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';
import { Database } from '../database/database.js';
import { MailWorker } from '../mail/mail-worker.js';
import { Clock } from '../runtime/clock.js';
import { Anyone } from '../web/policy.js';

/** The worker goes round every two seconds; a minute of silence means that it is stuck. */
const WORKER_SILENCE_MS = 60_000;

@ApiExcludeController()
@Controller()
export class HealthController {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly db: Database,
    private readonly worker: MailWorker,
    private readonly clock: Clock,
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
    if (!database || !worker) void reply.status(503).header('retry-after', '5');
    return { status: database && worker ? 'ready' : 'not ready', database, worker };
  }

  private workerGoesRound(): boolean {
    const { lastSeen } = this.worker;
    return lastSeen !== null && this.clock.now().getTime() - lastSeen.getTime() < WORKER_SILENCE_MS;
  }
}
