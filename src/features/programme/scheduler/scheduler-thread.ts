import { Injectable } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { ExactAnswers, ExactQuestion } from './exact/exact-questions.rules.js';
import type { Proposal, SchedulerTask } from './scheduler-task.rules.js';
import type { Progress } from './annealing.rules.js';

/** What a thread is given: a task for the search, or a question that wants a proof. */
export type ThreadOrder = ({ readonly task: SchedulerTask } | { readonly question: ExactQuestion }) & {
  /** `flag[0]` is set to 1 from outside when the run is to end. */
  readonly flag: Int32Array;
};

export type ThreadReport =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'answer'; readonly answer: ExactAnswers[ExactQuestion['ask']] };

/** Starts the thread in which the search runs, so that no request waits for it. */
@Injectable()
export class SchedulerThread {
  start(order: ThreadOrder): Worker {
    return new Worker(new URL('./scheduler-worker.js', import.meta.url), { workerData: order });
  }
}
