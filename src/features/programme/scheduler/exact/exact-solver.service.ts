import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Worker } from 'node:worker_threads';
import type { SchedulerTask } from '../scheduler-task.rules.js';
import { SchedulerThread, type ThreadReport } from '../scheduler-thread.js';
import type { ExactAnswers, ExactQuestion, ProvenMinimum, WhyNot } from './exact-questions.rules.js';

/** What a thread may take beyond its time, to load the solver and to build the last model, before it is ended. */
const GRACE_SECONDS = 5;

const GAVE_UP = { state: 'not-proven', atLeast: 0 } as const;

/** Questions that want a proof. Each is answered by a thread of its own, within its time or with "not proven". */
@Injectable()
export class ExactSolver implements BeforeApplicationShutdown {
  private readonly logger = new Logger('exact-solver');
  private readonly running = new Set<Worker>();

  constructor(private readonly threads: SchedulerThread) {}

  /** The fewest sessions that any repair of what stands must move. */
  provenMinimum(task: SchedulerTask, seconds: number): Promise<ProvenMinimum> {
    return this.ask({ ask: 'proven-minimum', task, seconds });
  }

  /** The smallest set of sessions without which the others have a legal programme; empty when all of them have one. */
  whyNot(task: SchedulerTask, seconds: number): Promise<WhyNot> {
    return this.ask({ ask: 'why-not', task, seconds });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running].map((thread) => thread.terminate()));
  }

  private ask<Q extends ExactQuestion>(question: Q): Promise<ExactAnswers[Q['ask']]> {
    const flag = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
    const thread = this.threads.start({ question, flag });
    this.running.add(thread);
    const { promise, resolve } = Promise.withResolvers<ExactAnswers[Q['ask']]>();
    const limit = setTimeout(() => void thread.terminate(), (question.seconds + GRACE_SECONDS) * 1000);
    thread.on('message', (report: ThreadReport) => {
      if (report.kind === 'answer') resolve(report.answer as ExactAnswers[Q['ask']]);
    });
    // A model too large for its memory ends a thread: then nothing is proven.
    thread.on('error', (error: unknown) => this.logger.error(error instanceof Error ? error.stack : String(error)));
    thread.on('exit', () => {
      clearTimeout(limit);
      this.running.delete(thread);
      resolve(GAVE_UP as ExactAnswers[Q['ask']]);
    });
    return promise;
  }
}
