import { Worker } from 'node:worker_threads';
import { SchedulerThread, type ThreadOrder } from '../../src/features/programme/scheduler/scheduler-thread.js';

/** The thread of the scheduler from our sources: a thread does not inherit how the test runner compiles them. */
export class SourceThread extends SchedulerThread {
  override start(order: ThreadOrder): Worker {
    const file = new URL('../../src/features/programme/scheduler/scheduler-worker.ts', import.meta.url);
    const compiler = new URL('run-typescript.mjs', import.meta.url);
    return new Worker(file, { workerData: order, execArgv: ['--import', compiler.href] });
  }
}
