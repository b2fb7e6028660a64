import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Releases } from '../../../../src/features/programme/index.js';
import { toLocal } from '../../../../src/kernel/zones.js';
import { startApp, type TestApp } from '../../../support/app.js';
import { BoardWorld, DAY, holds, type Done, ZONE } from '../../../support/board-world.js';
import { hiddenFields } from '../../../support/client.js';

let world: TestApp;
let on: BoardWorld;

beforeAll(async () => {
  world = await startApp();
});
beforeEach(async () => {
  on = await BoardWorld.of(world);
});
afterAll(() => world.close());

describe('a step', () => {
  it('moves, resizes and sends to the tray, says so, and is undone and redone by whoever took it', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    const moved = (await on.place(on.anna, session, `${DAY}T11:30`, { roomId: on.small.id })).json<Done>();
    expect(moved).toMatchObject({
      said: 'Round table moved to 11:30, Room 205. No conflicts.',
      undo: 'Round table',
      redo: null,
    });
    expect(await on.where(session.id)).toEqual([`${DAY}T11:30`, 'r205', 60]);
    await on.place(on.anna, await on.now(session.id), `${DAY}T11:30`, { minutes: 45 });
    await on.place(on.anna, await on.now(session.id), null);
    expect(await on.where(session.id)).toEqual([null, 'r205', 45]);

    expect((await on.post(on.boris, '/undo')).status).toBe(409);
    for (const expected of [
      [`${DAY}T11:30`, 'r205', 45],
      [`${DAY}T11:30`, 'r205', 60],
      [`${DAY}T10:00`, 'hall', 60],
    ]) {
      expect((await on.post(on.anna, '/undo')).status).toBe(200);
      expect(await on.where(session.id)).toEqual(expected);
    }
    expect((await on.post(on.anna, '/undo')).status).toBe(409);
    for (const expected of [
      [`${DAY}T11:30`, 'r205', 60],
      [`${DAY}T11:30`, 'r205', 45],
      [null, 'r205', 45],
    ]) {
      expect((await on.post(on.anna, '/redo')).status).toBe(200);
      expect(await on.where(session.id)).toEqual(expected);
    }
    expect((await on.post(on.anna, '/redo')).status).toBe(409);
  });

  it('forgets what could be redone once another way is taken', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    await on.place(on.anna, session, `${DAY}T11:00`);
    await on.post(on.anna, '/undo');
    const other = (await on.place(on.anna, await on.now(session.id), `${DAY}T12:00`)).json<Done>();
    expect([other.redo, (await on.post(on.anna, '/redo')).status]).toEqual([null, 409]);
  });

  it('saves in spite of a conflict and says how many there are', async () => {
    await on.planned('Plenary', `${DAY}T10:00`);
    const session = await on.planned('Round table', `${DAY}T14:00`);
    const done = (await on.place(on.anna, session, `${DAY}T10:30`)).json<Done>();
    expect(done).toMatchObject({ said: 'Round table moved to 10:30, Great Hall. 1 conflict.', conflictCount: 1 });
    expect(done.badges.map(({ text }) => text)).toEqual(['Error: 1', 'Error: 1']);
  });

  it('that comes too late is refused with name, time and place; made again against that, it holds', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    await on.place(on.anna, session, `${DAY}T11:30`, { roomId: on.small.id });
    const refused = await on.place(on.boris, session, `${DAY}T12:00`);
    const time = toLocal(world.clock.now(), ZONE).slice(11);
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      title: expect.stringMatching(new RegExp(`anna${on.serial} changed “Round table” at ${time}.*11:30, Room 205`)),
      by: `anna${on.serial}`,
      reason: 'overtaken',
      current: { id: session.id, version: 2, roomId: on.small.id },
    });
    expect(await on.where(session.id)).toEqual([`${DAY}T11:30`, 'r205', 60]);
    expect((await on.place(on.boris, await on.now(session.id), `${DAY}T12:00`)).status).toBe(200);
  });

  it('of what was taken out of the programme meanwhile is refused with who did it, and the form says so, too', async () => {
    const known = await on.planned('Plenary', `${DAY}T10:00`);
    await world.get(Releases).publish(on.programmeId);
    const unknown = await on.planned('Round table', `${DAY}T12:00`);
    const form = `/org/c/${on.conference.slug}/sessions/${unknown.id}/move?board=${DAY}`;
    const opened = hiddenFields((await on.anna.get(form)).body, form.split('?')[0]!);
    for (const { id } of [known, unknown])
      await on.boris.submit(
        `/org/c/${on.conference.slug}/sessions/${id}`,
        {},
        `/org/c/${on.conference.slug}/sessions/${id}/remove`,
      );
    const time = toLocal(world.clock.now(), ZONE).slice(11);
    const by = `boris${on.serial}`;
    const refused = [await on.place(on.anna, known, `${DAY}T11:00`), await on.place(on.anna, unknown, `${DAY}T11:00`)];
    expect(refused.map(({ status }) => status)).toEqual([409, 409]);
    expect(refused[0]!.json()).toMatchObject({
      title: `${by} removed “Plenary” from the programme at ${time}.`,
      reason: 'removed',
      by,
      current: { id: known.id, status: 'removed' },
    });
    expect(refused[1]!.json()).toMatchObject({
      title: `${by} removed this session from the programme at ${time}.`,
      reason: 'removed',
      current: null,
    });
    const sent = await on.anna.post(form.split('?')[0]!, {
      ...opened,
      day: DAY,
      time: '11:00',
      minutes: '60',
      roomId: '',
    });
    expect([sent.status, ...holds(sent, `${by} removed this session`, `/board?day&#x3D;${DAY}`)]).toEqual([
      409,
      true,
      true,
    ]);
    expect((await on.place(on.anna, { ...unknown, id: on.conference.id }, `${DAY}T11:00`)).status).toBe(404);
  });

  it('of what was released meanwhile is a move of the draft as before', async () => {
    const session = await on.planned('Plenary', `${DAY}T10:00`);
    await world.get(Releases).publish(on.programmeId);
    expect((await on.place(on.anna, session, `${DAY}T11:00`)).json<Done>().said).toBe(
      'Plenary moved to 11:00, Great Hall. No conflicts.',
    );
  });

  it('moves many or none', async () => {
    const [a, b] = [await on.planned('A', `${DAY}T10:00`), await on.planned('B', `${DAY}T12:00`)];
    await on.place(on.boris, b, `${DAY}T13:00`);
    const both = (versionB: number) =>
      on.post(on.anna, '/operations', {
        kind: 'place',
        sessions: [
          { id: a.id, version: 1, start: `${DAY}T10:15`, minutes: 60, roomId: on.hall.id },
          { id: b.id, version: versionB, start: `${DAY}T13:15`, minutes: 60, roomId: on.hall.id },
        ],
      });
    expect((await both(1)).status).toBe(409);
    expect([(await on.where(a.id))[0], (await on.where(b.id))[0]]).toEqual([`${DAY}T10:00`, `${DAY}T13:00`]);
    expect((await both(2)).json<Done>().said).toBe('2 sessions moved. No conflicts.');
    await on.post(on.anna, '/undo');
    expect([(await on.where(a.id))[0], (await on.where(b.id))[0]]).toEqual([`${DAY}T10:00`, `${DAY}T13:00`]);
  });

  it('is not undone over what somebody else did since, and that is explained', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    await on.place(on.anna, session, `${DAY}T11:00`);
    world.clock.advance({ minutes: 1 });
    await on.place(on.boris, await on.now(session.id), `${DAY}T15:00`);
    const refused = await on.post(on.anna, '/undo');
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({
      reason: 'touched',
      title: expect.stringContaining(`boris${on.serial} has changed “Round table” since`),
    });
    expect(await on.where(session.id)).toEqual([`${DAY}T15:00`, 'hall', 60]);
  });

  it('by two at once succeeds for one of them', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    const answers = await Promise.all([
      on.place(on.anna, session, `${DAY}T11:00`),
      on.place(on.boris, session, `${DAY}T12:00`),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    expect((await on.now(session.id)).version).toBe(2);
  });

  it('is refused to readers, to forged forms, and with what is no session or room of ours', async () => {
    const session = await on.planned('Round table', `${DAY}T10:00`);
    expect((await on.place(on.reader, session, `${DAY}T11:00`)).status).toBe(403);
    const bare = { kind: 'place', sessions: [{ id: session.id, version: 1, start: null, minutes: 60, roomId: null }] };
    expect((await on.anna.api('POST', on.api('/operations'), bare, { origin: world.config.publicUrl })).status).toBe(
      403,
    );
    expect((await on.place(on.anna, { ...session, id: on.programmeId }, null)).status).toBe(404);
    expect((await on.place(on.anna, session, `${DAY}T11:00`, { roomId: on.programmeId })).status).toBe(422);
    for (const body of [
      {},
      { kind: 'dance' },
      { kind: 'place', sessions: [] },
      { ...bare, extra: 1 },
      { kind: 'shift', day: DAY },
    ])
      expect([body, (await on.post(on.anna, '/operations', body)).status]).toEqual([body, 422]);
    expect(await on.where(session.id)).toEqual([`${DAY}T10:00`, 'hall', 60]);
  });
});
