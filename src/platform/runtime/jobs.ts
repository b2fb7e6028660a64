import { Inject, Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Config } from '../config/config.js';
import { CONFIG } from '../config/config.module.js';

interface Job {
  name: string;
  everyMs: number;
  run: () => Promise<void>;
}

/** Repeated background work of this process. A job never overlaps itself, and shutdown waits for the one that runs. */
@Injectable()
export class Jobs implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger('jobs');
  private readonly jobs: Job[] = [];
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly running = new Set<Promise<void>>();
  private stopped = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  every(everyMs: number, name: string, run: () => Promise<void>): void {
    this.jobs.push({ name, everyMs, run });
  }

  onApplicationBootstrap(): void {
    if (this.config.workers) for (const job of this.jobs) this.schedule(job);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearTimeout(timer);
    await Promise.allSettled(this.running);
  }

  private schedule(job: Job): void {
    if (this.stopped) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      const run = job
        .run()
        .catch((error: unknown) => this.logger.error(`${job.name}: ${error instanceof Error ? error.message : 'failed'}`))
        .finally(() => {
          this.running.delete(run);
          this.schedule(job);
        });
      this.running.add(run);
    }, job.everyMs);
    timer.unref();
    this.timers.add(timer);
  }
}
