import { parentPort, workerData } from 'node:worker_threads';
import { perform } from './scheduler-task.rules.js';
import type { ThreadOrder, ThreadReport } from './scheduler-thread.js';

// The thread of one run: it knows the clock, the flag and the way home; the search itself knows none of them.
const PROGRESS_EVERY_MS = 250;

const { task, flag } = workerData as ThreadOrder;
const from = performance.now();
let lastReport = -Infinity;

const report = (message: ThreadReport) => parentPort!.postMessage(message);

const proposal = perform(task, {
  timeShare: task.seconds === null ? undefined : () => (performance.now() - from) / (task.seconds! * 1000),
  isCancelled: () => Atomics.load(flag, 0) === 1,
  onProgress: (progress) => {
    const now = performance.now();
    if (now - lastReport < PROGRESS_EVERY_MS) return;
    lastReport = now;
    report({ kind: 'progress', progress });
  },
});
report({ kind: 'proposal', proposal });
