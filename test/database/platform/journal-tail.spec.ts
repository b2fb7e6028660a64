import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RoomAdded, VenueAdded } from '../../../src/features/venues/venues.events.js';
import { readCursor, writeCursor, type JournalCursor } from '../../../src/platform/journal/journal-cursor.rules.js';
import { JournalEntry } from '../../../src/platform/journal/journal-entry.entity.js';
import { JournalTail } from '../../../src/platform/journal/journal-tail.js';
import { Journal } from '../../../src/platform/journal/journal.js';
import { Ids } from '../../../src/platform/runtime/ids.js';
import { startApp, type TestApp } from '../../support/app.js';

describe('journal tail', () => {
  let world: TestApp;
  let tail: JournalTail;
  let cursor: JournalCursor;

  beforeAll(async () => {
    world = await startApp();
    tail = world.get(JournalTail);
  });
  afterAll(() => world.close());
  beforeEach(async () => {
    world.clock.advance({ seconds: 1 });
    cursor = await tail.end();
  });

  const happens = async (code: string) => {
    const id = world.get(Ids).next();
    await world.get(Journal).record(VenueAdded({ id, code }));
    return id;
  };
  const codes = (entries: readonly JournalEntry[]) => entries.map(({ data }) => data['code']);

  it('gives each entry once, in order, and nothing from before', async () => {
    await happens('a');
    await happens('b');
    const first = await tail.after(cursor);
    await happens('c');
    const second = await tail.after(first.cursor);
    const third = await tail.after(second.cursor);
    expect([first, second, third].map(({ entries }) => codes(entries))).toEqual([['a', 'b'], ['c'], []]);
  });

  it('gives an entry of a transaction that commits after later ones', async () => {
    const late: Partial<JournalEntry> = { id: world.get(Ids).next(), at: world.clock.now(), type: 'VenueAdded' };
    world.clock.advance({ seconds: 8 });
    await happens('in time');
    const first = await tail.after(cursor);
    await world.db.insert(JournalEntry, {
      ...late,
      actorKind: 'system',
      subjectId: late.id!,
      data: { code: 'late' },
      requestId: 'other process',
    } as never);
    const second = await tail.after(first.cursor);
    const third = await tail.after(second.cursor);
    expect([first, second, third].map(({ entries }) => codes(entries))).toEqual([['in time'], ['late'], []]);
  });

  it('gives nothing that is not committed, also when asked inside the transaction', async () => {
    let inside: unknown;
    await world.db.transaction(async () => {
      await happens('open');
      inside = codes((await tail.after(cursor)).entries);
    });
    expect([inside, codes((await tail.after(cursor)).entries)]).toEqual([[], ['open']]);
  });

  it('goes on where a written cursor stopped', async () => {
    await happens('before');
    const { cursor: seen } = await tail.after(cursor);
    await happens('after');
    expect(codes((await tail.after(readCursor(writeCursor(seen))!)).entries)).toEqual(['after']);
  });

  it('gives many entries in portions', async () => {
    await world.db.transaction(async () => {
      for (let n = 0; n < 1203; n++) await happens(String(n));
    });
    const first = await tail.after(cursor, {}, 600);
    const second = await tail.after(first.cursor, {}, 600);
    const all = Array.from({ length: 1203 }, (_, n) => String(n));
    expect([...codes(first.entries), ...codes(second.entries)]).toEqual(all);
    expect(second.entries.length).toBeGreaterThan(0);
  });

  it('gives only what the filter wants', async () => {
    const conferenceId = world.get(Ids).next();
    await happens('venue');
    await world
      .get(Journal)
      .record(RoomAdded({ id: conferenceId, conferenceId, venueId: conferenceId, code: 'room' } as never));
    expect(codes((await tail.after(cursor, { types: ['RoomAdded'] })).entries)).toEqual(['room']);
    expect(codes((await tail.after(cursor, { conferenceId })).entries)).toEqual(['room']);
    expect(codes((await tail.after(cursor, { conferenceId, types: ['VenueAdded'] })).entries)).toEqual([]);
  });

  it('tells everybody who listens, and polls only while somebody does', async () => {
    const all: unknown[] = [];
    const rooms: unknown[] = [];
    let told!: () => void;
    const heard = new Promise<void>((resolve) => (told = resolve));
    const stopAll = await tail.subscribe({}, ({ entries }) => void all.push(...codes(entries)));
    const stopFaulty = await tail.subscribe({}, () => {
      throw new Error('a listener with a fault');
    });
    const stopRooms = await tail.subscribe({ types: ['RoomAdded'] }, ({ entries }) => {
      rooms.push(...codes(entries));
      told();
    });
    await happens('venue');
    const id = world.get(Ids).next();
    await world.get(Journal).record(RoomAdded({ id, venueId: id, code: 'room' }));
    await heard;
    stopAll();
    stopFaulty();
    expect([all, rooms, tail.polls]).toEqual([['venue', 'room'], ['room'], true]);
    stopRooms();
    expect(tail.polls).toBe(false);
  });

  it('stops at shutdown', async () => {
    await tail.subscribe({}, () => {});
    expect(tail.polls).toBe(true);
    await tail.beforeApplicationShutdown();
    expect(tail.polls).toBe(false);
  });
});
