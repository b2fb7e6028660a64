import { Injectable } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { Progress } from './annealing.rules.js';
import type { ExactAnswers, ExactQuestion } from './exact/exact-questions.rules.js';
import type { PlanAim, ProposedPlan, SchedulerTask } from './scheduler-task.rules.js';

/** What a thread is given: tasks to be done one after the other, the first in any case, or a question that wants a proof. */
export type ThreadOrder = ({ readonly tasks: readonly SchedulerTask[] } | { readonly question: ExactQuestion }) & {
  /** `flag[0]` is set to 1 from outside when the run is to end. */
  readonly flag: Int32Array;
};

/** How far all the tasks are, and how good the best plan of the present one is. */
export interface RunProgress extends Progress {
  readonly aim: PlanAim;
}

export type ThreadReport =
  | { readonly kind: 'progress'; readonly progress: RunProgress }
  | { readonly kind: 'plan'; readonly plan: ProposedPlan }
  | { readonly kind: 'end' }
  | { readonly kind: 'answer'; readonly answer: ExactAnswers[ExactQuestion['ask']] };

/** Starts the thread in which the search runs, so that no request waits for it. */
@Injectable()
export class SchedulerThread {
  start(order: ThreadOrder): Worker {
    return new Worker(new URL('./scheduler-worker.js', import.meta.url), { workerData: order });
  }
}
