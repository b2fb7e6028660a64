import { Injectable } from '@nestjs/common';
import { Worker } from 'node:worker_threads';
import type { Proposal, SchedulerTask } from './scheduler-task.rules.js';
import type { Progress } from './annealing.rules.js';

/** What a thread is given. `flag[0]` is set to 1 from outside when the run is to end. */
export interface ThreadOrder {
  readonly task: SchedulerTask;
  readonly flag: Int32Array;
}

export type ThreadReport =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'proposal'; readonly proposal: Proposal };

/** Starts the thread in which the search runs, so that no request waits for it. */
@Injectable()
export class SchedulerThread {
  start(order: ThreadOrder): Worker {
    return new Worker(new URL('./scheduler-worker.js', import.meta.url), { workerData: order });
  }
}
