import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { Worker } from 'node:worker_threads';
import type { SchedulerTask } from '../scheduler-task.rules.js';
import { assignInterpreters } from '../interpreters/interpreters.rules.js';
import type { Roster, Rostered } from '../interpreters/roster.rules.js';
import { SchedulerThread, type ThreadReport } from '../scheduler-thread.js';
import type { LinearSolver } from './linear-model.rules.js';
import type { ExactAnswers, ExactQuestion, ProvenMinimum, WhyNot } from './exact-questions.rules.js';

/** What a thread may take beyond its time, to load the solver and to build the last model, before it is ended. */
const GRACE_SECONDS = 5;

const GAVE_UP = { state: 'not-proven', atLeast: 0 } as const;
const OUT_OF_TIME: LinearSolver = () => ({ state: 'stopped', bound: -Infinity });

/** Questions that want a proof. Each is answered by a thread of its own, within its time or with "not proven". */
@Injectable()
export class ExactSolver implements BeforeApplicationShutdown {
  private readonly logger = new Logger('exact-solver');
  private readonly running = new Set<Worker>();

  constructor(private readonly threads: SchedulerThread) {}

  /** The fewest sessions that any repair of what stands must move. */
  provenMinimum(task: SchedulerTask, seconds: number): Promise<ProvenMinimum> {
    return this.ask({ ask: 'proven-minimum', task, seconds }, GAVE_UP);
  }

  /** The smallest set of sessions without which the others have a legal programme; empty when all of them have one. */
  whyNot(task: SchedulerTask, seconds: number): Promise<WhyNot> {
    return this.ask({ ask: 'why-not', task, seconds }, GAVE_UP);
  }

  /** Who interprets where. At once where flows can say it; else in a thread. */
  async interpreters(roster: Roster, seconds: number): Promise<Rostered> {
    const gaveUp = () => assignInterpreters(roster, { solve: OUT_OF_TIME, secondsLeft: () => 0 })!;
    return assignInterpreters(roster, null) ?? this.ask({ ask: 'interpreters', roster, seconds }, gaveUp());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all([...this.running].map((thread) => thread.terminate()));
  }

  /** `gaveUp`: the answer when the thread ends without one. */
  private ask<Q extends ExactQuestion>(question: Q, gaveUp: ExactAnswers[Q['ask']]): Promise<ExactAnswers[Q['ask']]> {
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
      resolve(gaveUp);
    });
    return promise;
  }
}
