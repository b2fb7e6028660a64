import { parentPort, workerData } from 'node:worker_threads';
import { answerTo, type ExactQuestion } from './exact/exact-questions.rules.js';
import { linearSolver } from './exact/linear-solver.js';
import { perform, type SchedulerTask } from './scheduler-task.rules.js';
import type { ThreadOrder, ThreadReport } from './scheduler-thread.js';

// The thread of one run: it knows the clock, the flag and the way home; the search itself knows none of them.
const PROGRESS_EVERY_MS = 250;

const order = workerData as ThreadOrder;
let lastReport = -Infinity;

const report = (message: ThreadReport) => parentPort!.postMessage(message);
const isCancelled = () => Atomics.load(order.flag, 0) === 1;
const watch = () => {
  const from = performance.now();
  return () => (performance.now() - from) / 1000;
};

function search(tasks: readonly SchedulerTask[]): void {
  for (const [index, task] of tasks.entries()) {
    // Whoever stops a run gets what can be had in a moment, at least.
    if (index > 0 && isCancelled()) break;
    const { seconds } = task;
    // Time is for searching: what the tables take, large programmes and slow machines take longer.
    let secondsGone: (() => number) | undefined;
    const plan = perform(task, {
      ...(seconds === null ? {} : { timeShare: () => (secondsGone ??= watch())() / seconds }),
      isCancelled,
      onProgress: (progress) => {
        const now = performance.now();
        if (now - lastReport < PROGRESS_EVERY_MS) return;
        lastReport = now;
        const share = (index + progress.share) / tasks.length;
        report({ kind: 'progress', progress: { ...progress, share, aim: task.aim } });
      },
    });
    report({ kind: 'plan', plan });
  }
  report({ kind: 'end' });
}

async function prove(question: ExactQuestion): Promise<void> {
  const secondsGone = watch();
  report({ kind: 'answer', answer: answerTo(question, await linearSolver(isCancelled), secondsGone) });
}

if ('tasks' in order) search(order.tasks);
else await prove(order.question);
