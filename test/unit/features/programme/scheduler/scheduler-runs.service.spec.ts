import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { perform, type SchedulerTask } from '../../../../../src/features/programme/scheduler/scheduler-task.rules.js';
import { SchedulerRuns } from '../../../../../src/features/programme/scheduler/scheduler-runs.service.js';
import { SourceThread } from '../../../../support/scheduler-thread.js';
import { aRoom, aSession, congressWith } from './small-congress.js';

const congress = congressWith({
  rooms: [aRoom(), aRoom({ capacity: 200 })],
  sessions: Array.from({ length: 12 }, (_, index) => aSession({ strand: index % 3, expected: 40 + index })),
});
const task: SchedulerTask = { congress, aim: 'new-programme', seed: 1, maxMoves: 20_000, seconds: null };
const endless: SchedulerTask = { ...task, maxMoves: null };

describe('runs of the scheduler', () => {
  let runs: SchedulerRuns;

  beforeEach(() => {
    runs = new SchedulerRuns(new SourceThread());
  });

  afterEach(async () => {
    await runs.beforeApplicationShutdown();
  });

  it('give the same proposal in a thread as here', async () => {
    runs.start('p1', task);
    await runs.ended('p1');
    expect(runs.runOf('p1')).toEqual({ state: 'finished', proposal: perform(task, {}) });
  });

  it('are one per programme, and end with the best plan when cancelled', async () => {
    runs.start('p1', endless);
    runs.start('p2', task);
    expect(() => runs.start('p1', task)).toThrow('error.programme.proposalRunning');
    const isFeasible = () => {
      const run = runs.runOf('p1');
      return run?.state === 'running' && run.progress?.best.hard === 0;
    };
    while (!isFeasible()) await pause(5);
    runs.cancel('p1');
    await runs.ended('p1');
    expect(runs.runOf('p1')).toMatchObject({
      state: 'finished',
      proposal: { isCancelled: true, score: { hard: 0 }, places: congress.sessions.map(() => expect.anything()) },
    });
    runs.start('p1', task);
    await runs.ended('p1');
    expect(runs.runOf('p1')).toMatchObject({ state: 'finished', proposal: { isCancelled: false } });
  });

  it('are forgotten when nobody wants them any more, running or not', async () => {
    runs.start('p1', endless);
    await runs.forget('p1');
    expect(runs.runOf('p1')).toBeNull();
    await runs.forget('p1');
  });

  it('fail without taking the process along', async () => {
    class Broken extends SourceThread {
      override start(): Worker {
        return new Worker('process.exit(3)', { eval: true });
      }
    }
    runs = new SchedulerRuns(new Broken());
    runs.start('p1', task);
    await runs.ended('p1');
    expect(runs.runOf('p1')).toEqual({ state: 'failed' });
    expect(() => runs.start('p1', task)).not.toThrow();
  });

  it('end with the process', async () => {
    runs.start('p1', endless);
    await runs.beforeApplicationShutdown();
    await runs.ended('p1');
    expect(runs.runOf('p1')).toEqual({ state: 'failed' });
  });
});

describe('a task', () => {
  it('repairs what stands, and counts only sessions that had a place', () => {
    const published = congressWith({
      rooms: [aRoom({ closed: [{ from: 36, to: 50 }] }), aRoom()],
      sessions: [
        aSession({ level: 'published', place: { start: 44, room: 0 } }),
        aSession({ level: 'published', place: { start: 56, room: 1 } }),
        aSession(),
      ],
    });
    const proposal = perform({ ...task, congress: published, aim: 'fewest-moves' }, {});
    expect(proposal).toMatchObject({ score: { hard: 0, medium: 1 }, difference: { starts: 0, rooms: 1 } });
    expect(proposal.places.slice(0, 2)).toEqual([
      { start: 44, room: 1 },
      { start: 56, room: 1 },
    ]);
  });
});
