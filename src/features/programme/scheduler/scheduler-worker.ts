import { parentPort, workerData } from 'node:worker_threads';
import { answerTo, type ExactQuestion } from './exact/exact-questions.rules.js';
import { linearSolver } from './exact/linear-solver.js';
import { perform, type SchedulerTask } from './scheduler-task.rules.js';
import type { ThreadOrder, ThreadReport } from './scheduler-thread.js';

// The thread of one run: it knows the clock, the flag and the way home; the search itself knows none of them.
const PROGRESS_EVERY_MS = 250;

const order = workerData as ThreadOrder;
const from = performance.now();
let lastReport = -Infinity;

const report = (message: ThreadReport) => parentPort!.postMessage(message);
const isCancelled = () => Atomics.load(order.flag, 0) === 1;
const secondsGone = () => (performance.now() - from) / 1000;

function search(task: SchedulerTask): void {
  const { seconds } = task;
  const proposal = perform(task, {
    timeShare: seconds === null ? undefined : () => secondsGone() / seconds,
    isCancelled,
    onProgress: (progress) => {
      const now = performance.now();
      if (now - lastReport < PROGRESS_EVERY_MS) return;
      lastReport = now;
      report({ kind: 'progress', progress });
    },
  });
  report({ kind: 'proposal', proposal });
}

async function prove(question: ExactQuestion): Promise<void> {
  report({ kind: 'answer', answer: answerTo(question, await linearSolver(isCancelled), secondsGone) });
}

if ('task' in order) search(order.task);
else await prove(order.question);
