import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Worker } from 'node:worker_threads';
import type { ProposedPlan, SchedulerTask } from './scheduler-task.rules.js';
import { SchedulerThread, type RunProgress, type ThreadReport } from './scheduler-thread.js';

/** Who is told about a run. `onEnd` gets the plans that were found, or null when the run came to grief. */
export interface RunListener {
  onProgress?(progress: RunProgress): void;
  onEnd?(plans: readonly ProposedPlan[] | null): Promise<void> | void;
}

interface Entry {
  readonly flag: Int32Array;
  readonly thread: Worker;
  progress: RunProgress | null;
  /** The thread is gone, and who listened has been told. */
  readonly ended: Promise<void>;
}

/** Runs of the proposing scheduler that go on in this process, each in a thread of its own. */
@Injectable()
export class SchedulerRuns implements BeforeApplicationShutdown {
  private readonly logger = new Logger('scheduler');
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly threads: SchedulerThread) {}

  /** The tasks are done one after the other. */
  start(id: string, tasks: readonly SchedulerTask[], listener: RunListener = {}): void {
    if (this.entries.has(id)) throw new Error(`run ${id} goes on already`);
    const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const thread = this.threads.start({ tasks, flag });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    const entry: Entry = { flag, thread, progress: null, ended };
    const plans: ProposedPlan[] = [];
    let isDone = false;
    thread.on('message', (report: ThreadReport) => {
      if (report.kind === 'progress') {
        entry.progress = report.progress;
        listener.onProgress?.(report.progress);
      } else if (report.kind === 'plan') plans.push(report.plan);
      else isDone = true;
    });
    thread.on('error', (error: unknown) => this.log(error));
    thread.on('exit', () => {
      void this.tell(listener, isDone ? plans : null).then(() => {
        this.entries.delete(id);
        resolve();
      });
    });
    this.entries.set(id, entry);
  }

  isRunning(id: string): boolean {
    return this.entries.has(id);
  }

  progressOf(id: string): RunProgress | null {
    return this.entries.get(id)?.progress ?? null;
  }

  /** Asks a run to end: it finishes within some hundred moves, with the best plan that it has. */
  cancel(id: string): void {
    const entry = this.entries.get(id);
    if (entry) Atomics.store(entry.flag, 0, 1);
  }

  /** When the run is over and who listened has been told. */
  async ended(id: string): Promise<void> {
    await this.entries.get(id)?.ended;
  }

  async beforeApplicationShutdown(): Promise<void> {
    const all = [...this.entries.values()];
    await Promise.all(all.map(({ thread }) => thread.terminate()));
    await Promise.all(all.map(({ ended }) => ended));
  }

  private async tell(listener: RunListener, plans: readonly ProposedPlan[] | null): Promise<void> {
    try {
      await listener.onEnd?.(plans);
    } catch (error) {
      // There is nobody above: the run stays unfinished for its readers, and the log says why.
      this.log(error);
    }
  }

  private log(error: unknown): void {
    this.logger.error(error instanceof Error ? error.stack : String(error));
  }
}
