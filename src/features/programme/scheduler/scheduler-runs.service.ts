import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Worker } from 'node:worker_threads';
import { RuleViolation } from '../../../kernel/errors.js';
import type { Progress } from './annealing.rules.js';
import type { Proposal, SchedulerTask } from './scheduler-task.rules.js';
import { SchedulerThread, type ThreadReport } from './scheduler-thread.js';

export type SchedulerRun =
  | { readonly state: 'running'; readonly progress: Progress | null }
  | { readonly state: 'finished'; readonly proposal: Proposal }
  | { readonly state: 'failed' };

/** Finished runs that are kept to be looked at; the oldest goes first. */
const KEPT = 50;

interface Entry {
  run: SchedulerRun;
  readonly flag: Int32Array;
  readonly thread: Worker;
  /** The thread is gone, and with it the last change of `run`. */
  readonly ended: Promise<void>;
}

/** Runs of the proposing scheduler in this process: one per programme, each in a thread of its own. */
@Injectable()
export class SchedulerRuns implements BeforeApplicationShutdown {
  private readonly logger = new Logger('scheduler');
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly threads: SchedulerThread) {}

  /** Throws RuleViolation while another run of the programme goes on. */
  start(programmeId: string, task: SchedulerTask): void {
    if (this.runOf(programmeId)?.state === 'running') throw new RuleViolation('error.programme.proposalRunning');
    const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const thread = this.threads.start({ task, flag });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const entry: Entry = { run: { state: 'running', progress: null }, flag, thread, ended };
    thread.on('message', (report: ThreadReport) => {
      if (report.kind === 'progress') entry.run = { state: 'running', progress: report.progress };
      if (report.kind === 'proposal') entry.run = { state: 'finished', proposal: report.proposal };
    });
    thread.on('error', (error: unknown) => this.logger.error(error instanceof Error ? error.stack : String(error)));
    thread.on('exit', () => {
      if (entry.run.state === 'running') entry.run = { state: 'failed' };
      resolve();
    });
    this.entries.delete(programmeId);
    this.entries.set(programmeId, entry);
    this.dropOldest();
  }

  runOf(programmeId: string): SchedulerRun | null {
    return this.entries.get(programmeId)?.run ?? null;
  }

  /** Asks a run to end: it finishes within some hundred moves, with the best plan that it has. */
  cancel(programmeId: string): void {
    const entry = this.entries.get(programmeId);
    if (entry) Atomics.store(entry.flag, 0, 1);
  }

  /** When the run is over. */
  async ended(programmeId: string): Promise<void> {
    await this.entries.get(programmeId)?.ended;
  }

  /** Forgets a proposal that was taken over or thrown away. A run that goes on is ended. */
  async forget(programmeId: string): Promise<void> {
    this.cancel(programmeId);
    await this.ended(programmeId);
    this.entries.delete(programmeId);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.entries.values()].map(({ thread }) => thread.terminate()));
  }

  private dropOldest(): void {
    for (const [programmeId, { run }] of this.entries) {
      if (this.entries.size <= KEPT) return;
      if (run.state !== 'running') this.entries.delete(programmeId);
    }
  }
}
