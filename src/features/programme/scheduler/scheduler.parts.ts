import { ExactSolver } from './exact/exact-solver.service.js';
import { SchedulerRuns } from './scheduler-runs.service.js';
import { SchedulerThread } from './scheduler-thread.js';

/** What the module of programmes takes from this folder. */
export const SCHEDULER_SERVICES = [SchedulerThread, SchedulerRuns, ExactSolver];
