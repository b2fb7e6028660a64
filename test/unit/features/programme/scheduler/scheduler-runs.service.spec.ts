import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import {
  perform,
  type ProposedPlan,
  type SchedulerTask,
} from '../../../../../src/features/programme/scheduler/scheduler-task.rules.js';
import { SchedulerRuns } from '../../../../../src/features/programme/scheduler/scheduler-runs.service.js';
import { SourceThread } from '../../../../support/scheduler-thread.js';
import { aPerson, aRoom, aSession, congressWith } from './small-congress.js';

const congress = congressWith({
  rooms: [aRoom(), aRoom({ capacity: 200 })],
  sessions: Array.from({ length: 12 }, (_, index) => aSession({ strand: index % 3, expected: 40 + index })),
});
const task: SchedulerTask = { congress, aim: 'new-programme', seed: 1, maxMoves: 20_000, seconds: null };
const endless: SchedulerTask = { ...task, maxMoves: null };

describe('runs of the scheduler', () => {
  let runs: SchedulerRuns;
  let told: (readonly ProposedPlan[] | null)[];
  const listener = { onEnd: (plans: readonly ProposedPlan[] | null) => void told.push(plans) };

  beforeEach(() => {
    runs = new SchedulerRuns(new SourceThread());
    told = [];
  });

  afterEach(async () => {
    await runs.beforeApplicationShutdown();
  });

  it('give the same plans in a thread as here, task by task', async () => {
    const second: SchedulerTask = { ...task, seed: 2, aim: 'balanced' };
    runs.start('r1', [task, second], listener);
    expect(runs.isRunning('r1')).toBe(true);
    await runs.ended('r1');
    expect(told).toEqual([[perform(task, {}), perform(second, {})]]);
    expect(runs.isRunning('r1')).toBe(false);
  });

  it('tell how far they are, and end with the best plan when cancelled', async () => {
    runs.start('r1', [endless, task], listener);
    const isFeasible = () => runs.progressOf('r1')?.best.hard === 0;
    while (!isFeasible()) await pause(5);
    expect(runs.progressOf('r1')).toMatchObject({ aim: 'new-programme', share: 0 });
    runs.cancel('r1');
    await runs.ended('r1');
    // The second task is not begun any more.
    expect(told).toEqual([
      [
        expect.objectContaining({
          isCancelled: true,
          score: expect.objectContaining({ hard: 0 }),
          places: congress.sessions.map(() => expect.anything()),
        }),
      ],
    ]);
  });

  it('are beside each other, but never twice the same', async () => {
    runs.start('r1', [endless], listener);
    runs.start('r2', [task], listener);
    expect(() => runs.start('r1', [task])).toThrow('goes on already');
    await runs.ended('r2');
    expect([runs.isRunning('r1'), told.length]).toEqual([true, 1]);
  });

  it('fail without taking the process along', async () => {
    class Broken extends SourceThread {
      override start(): Worker {
        return new Worker('process.exit(3)', { eval: true });
      }
    }
    runs = new SchedulerRuns(new Broken());
    runs.start('r1', [task], listener);
    await runs.ended('r1');
    expect(told).toEqual([null]);
    expect(() => runs.start('r1', [task])).not.toThrow();
  });

  it('end with the process', async () => {
    runs.start('r1', [endless], listener);
    await runs.beforeApplicationShutdown();
    expect(told).toEqual([null]);
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
    const plan = perform({ ...task, congress: published, aim: 'fewest-moves' }, {});
    expect(plan).toMatchObject({ score: { hard: 0, medium: 1 }, difference: { starts: 0, rooms: 1 }, stuck: [] });
    expect(plan.places.slice(0, 2)).toEqual([
      { start: 44, room: 1 },
      { start: 56, room: 1 },
    ]);
  });

  it('fills the tray and leaves everything else; what no plan can hold waits, with the reason', () => {
    // One room, one day: besides lunch there are 8 hours, of which an hour and three quarters are taken.
    const full = congressWith({
      days: 1,
      rooms: [aRoom(), aRoom({ capacity: 10 }), aRoom()],
      tray: 2,
      persons: [aPerson({ from: 0, to: 40 })],
      sessions: [
        aSession({ length: 4, level: 'pinned', place: { start: 36, room: 0 } }),
        aSession({ length: 3, level: 'pinned', place: { start: 57, room: 0 } }),
        ...Array.from({ length: 8 }, () => aSession({ mayWait: true })),
        aSession({ mayWait: true, persons: [0] }),
      ],
    });
    const plan = perform({ ...task, congress: full, aim: 'fill-tray', maxMoves: 3000 }, {});
    const waiting = plan.places.flatMap(({ room }, session) => (room === 2 ? [session] : []));
    // 40–50, 60–74: two and three of four quarters each.
    expect(waiting).toHaveLength(4);
    expect(plan).toMatchObject({ score: { hard: 4 / 1024 }, bill: { unplaced: 4 / 1024 }, difference: { starts: 0 } });
    expect(plan.places.slice(0, 2)).toEqual([
      { start: 36, room: 0 },
      { start: 57, room: 0 },
    ]);
    expect(plan.stuck.map(({ session }) => session)).toEqual(waiting);
    const late = plan.stuck.find(({ session }) => session === 10)!;
    const reasons = Object.fromEntries(late.obstacles.map(({ rule, ...counts }) => [rule, counts]));
    expect(late.looked).toBe(2 * 35);
    expect(reasons['outside-presence']).toMatchObject({ places: 2 * 34, persons: [0] });
    expect(reasons['room-far-too-small']).toMatchObject({ places: 35 });
    expect(Object.keys(reasons)).toEqual(['outside-presence', 'room-far-too-small', 'room-double', 'during-break']);
  });

  it('leaves a session that has no legal place where it is, and says why', () => {
    const closed = congressWith({
      rooms: [aRoom(), aRoom()],
      persons: [aPerson({ from: 0, to: 30 })],
      sessions: [
        aSession({ level: 'published', persons: [0], place: { start: 44, room: 0 } }),
        aSession({ level: 'published', place: { start: 46, room: 0 } }),
      ],
    });
    const plan = perform({ ...task, congress: closed, aim: 'fewest-moves' }, {});
    expect(plan).toMatchObject({
      places: [
        { start: 44, room: 0 },
        { start: 46, room: 1 },
      ],
      score: { hard: 0 },
    });
    expect(plan.stuck).toEqual([
      {
        session: 0,
        looked: expect.any(Number),
        obstacles: expect.arrayContaining([expect.objectContaining({ rule: 'outside-presence', persons: [0] })]),
      },
    ]);
  });

  it('places anew what nobody was promised, and leaves what was published', () => {
    const half = congressWith({
      rooms: [aRoom(), aRoom({ capacity: 300 }), aRoom()],
      tray: 2,
      sessions: [
        aSession({ level: 'published', place: { start: 44, room: 0 } }),
        aSession({ level: 'draft', place: { start: 44, room: 0 }, expected: 250, mayWait: true }),
      ],
    });
    const plan = perform({ ...task, congress: half, aim: 'new-programme' }, {});
    expect([plan.places[0], plan.places[1]!.room, plan.score]).toEqual([
      { start: 44, room: 0 },
      1,
      { hard: 0, medium: 0, soft: 0 },
    ]);
  });
});
