import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Worker } from 'node:worker_threads';
import { ExactSolver } from '../../../../../src/features/programme/scheduler/exact/exact-solver.service.js';
import type { SchedulerTask } from '../../../../../src/features/programme/scheduler/scheduler-task.rules.js';
import { SourceThread } from '../../../../support/scheduler-thread.js';
import { aRoom, aSession, congressWith } from './small-congress.js';

const taskOf = (change: Parameters<typeof congressWith>[0]): SchedulerTask => ({
  congress: congressWith(change),
  aim: 'fewest-moves',
  seed: 1,
  maxMoves: null,
  seconds: null,
});
const published = (start: number, room: number) => aSession({ level: 'published', place: { start, room } });

/** The room of two sessions is closed; the one free place at the same time is in the other room. */
const closedRoom = taskOf({
  rooms: [aRoom({ closed: [{ from: 36, to: 44 }] }), aRoom()],
  sessions: [published(40, 0), published(36, 0), published(36, 1), aSession()],
});

describe('proofs in a thread of their own', () => {
  let solver: ExactSolver;

  beforeEach(() => {
    solver = new ExactSolver(new SourceThread());
  });
  afterEach(() => solver.beforeApplicationShutdown());

  it('say how many sessions must move, and how many of them to another time', async () => {
    expect(await solver.provenMinimum(closedRoom, 30)).toEqual({ state: 'proven', moved: 2, starts: 1 });
  });

  it('say that nothing helps, where it is so', async () => {
    const pinned = { ...published(40, 0), level: 'pinned' as const };
    const task = taskOf({
      days: 1,
      open: 40,
      close: 44,
      sessions: [pinned, published(40, 0)],
    });
    expect(await solver.provenMinimum(task, 30)).toEqual({ state: 'impossible' });
  });

  it('name the sessions without which the others fit', async () => {
    const task = taskOf({ days: 1, open: 36, close: 44, breaks: [], sessions: [aSession(), aSession(), aSession()] });
    const answer = await solver.whyNot(task, 10);
    expect(answer).toMatchObject({ state: 'proven', dropped: { length: 1 } });
    const two = taskOf({ days: 1, open: 36, close: 44, breaks: [], sessions: [aSession(), aSession()] });
    expect(await solver.whyNot(two, 10)).toEqual({ state: 'proven', dropped: [] });
  });

  it('say who interprets where', async () => {
    const booth = { day: '2027-09-20', minutes: 120, wanted: 1 };
    const able = (...booths: number[]) => ({ able: booths, isExternal: false, minutesOn: {} });
    const roster = {
      booths: [booth, booth, booth],
      interpreters: [able(0, 1), able(1, 2), able(0, 2)],
      apart: [
        [0, 1],
        [1, 2],
      ] as const,
      dayMinutes: null,
    };
    expect(await solver.interpreters(roster, 30)).toMatchObject({ state: 'exact', seats: { length: 3 }, groups: [] });
    expect(await solver.interpreters(roster, 0)).toMatchObject({ state: 'not-proven' });
  });

  it('are not proven when there is no time', async () => {
    expect(await solver.provenMinimum(closedRoom, 0)).toEqual({ state: 'not-proven', atLeast: 0 });
  });

  it('are not proven when the thread dies, and the process lives on', async () => {
    class Broken extends SourceThread {
      override start(): Worker {
        return new Worker('process.exit(3)', { eval: true });
      }
    }
    expect(await new ExactSolver(new Broken()).provenMinimum(closedRoom, 30)).toEqual({
      state: 'not-proven',
      atLeast: 0,
    });
  });

  it('end with the process', async () => {
    const answer = solver.provenMinimum(closedRoom, 30);
    await solver.beforeApplicationShutdown();
    expect(await answer).toEqual({ state: 'not-proven', atLeast: 0 });
  });
});
