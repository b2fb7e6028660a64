import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';

interface Block {
  start: number | null;
  minutes: number;
  row: number | null;
}
interface Offset {
  after: number;
  rows: number;
}
interface HeatText {
  heat: (string | undefined)[];
  points?: (number[] | undefined)[];
}
interface Together {
  offsets: (blocks: Block[], leader: number) => Offset[];
  placeAt: (
    offset: Offset,
    target: { start: number; row: number },
    own: number,
    count: number,
  ) => { start: number; row: number };
  combined: (
    maps: (HeatText | undefined)[],
    blocks: Block[],
    leader: number,
    size: { step: number; count: number; rows: number },
  ) => { heat: Uint8Array; points: Float64Array };
  runs: (
    heat: ArrayLike<number>,
    points: ArrayLike<number>,
    step: number,
  ) => { at: number; long: number; heat: number; points: number }[];
  nextFree: (
    heat: ArrayLike<number>,
    size: { count: number; rows: number; step: number },
    from: { at: number; row: number },
  ) => { at: number; row: number } | null;
}
interface Edges {
  pull: (at: number, from: number, to: number) => number;
}
interface Item {
  at: number;
  long: number;
  layout?: string;
  setup: number;
}
interface Marks {
  setups: (items: Item[]) => { at: number; long: number; need: number; short: boolean }[];
}
interface Selection {
  between: <T extends { row: number; start: number }>(items: T[], a: T, b: T) => T[];
}

// The modules of the browser themselves, as they are served.
async function served<T>(name: string): Promise<T> {
  const source = readFileSync(new URL(`../../../../../public/js/board/${name}.js`, import.meta.url), 'utf8');
  return (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as T;
}
const { offsets, placeAt, combined, runs, nextFree } = await served<Together>('together');
const { pull } = await served<Edges>('edges');
const { setups } = await served<Marks>('marks');
const { between } = await served<Selection>('selection');

const MINUTE = 60_000;
const block = (at: number | null, row: number | null, minutes = 60): Block => ({
  start: at === null ? null : at * MINUTE,
  minutes,
  row,
});

describe('blocks that move together', () => {
  it('keep their distance in time and rooms from the one that leads', () => {
    expect(offsets([block(0, 1), block(90, 2), block(-30, 0)], 0)).toEqual([
      { after: 0, rows: 0 },
      { after: 90 * MINUTE, rows: 1 },
      { after: -30 * MINUTE, rows: -1 },
    ]);
  });

  it('follow each other out of the tray, the one that leads first', () => {
    const waiting = [block(null, null, 20), block(null, null, 45), block(null, null, 30)];
    expect(offsets(waiting, 1)).toEqual([
      { after: 45 * MINUTE, rows: 0 },
      { after: 0, rows: 0 },
      { after: 65 * MINUTE, rows: 0 },
    ]);
  });

  it('stay in their own room where there is none beside', () => {
    const away = { after: MINUTE, rows: 1 };
    expect(placeAt(away, { start: 0, row: 0 }, 2, 3)).toEqual({ start: MINUTE, row: 1 });
    expect(placeAt(away, { start: 0, row: 2 }, 2, 3)).toEqual({ start: MINUTE, row: 2 });
  });
});

describe('the heat of a place', () => {
  it('of one block is what the server says', () => {
    const map = { heat: ['0123', undefined, '3000'], points: [[0, 1, 100, 10_000], undefined, [10_000, 0, 0, 0]] };
    const { heat, points } = combined([map], [block(0, 0)], 0, { step: 5, count: 4, rows: 3 });
    expect([...heat]).toEqual([0, 1, 2, 3, 0, 0, 0, 0, 3, 0, 0, 0]);
    expect([...points]).toEqual([0, 1, 100, 10_000, 0, 0, 0, 0, 10_000, 0, 0, 0]);
  });

  it('of several is the worst of each at its own place, and all of their points', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ at: fc.integer({ min: -4, max: 4 }), row: fc.nat(2) }), { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4 * 3 * 6, maxLength: 4 * 3 * 6 }),
        (placed, digits) => {
          const size = { step: 15, count: 6, rows: 3 };
          const blocks = placed.map(({ at, row }) => block(at * 15, row));
          const cell = (n: number, row: number, at: number) => digits[(n * 3 + row) * 6 + at]!;
          const rowsOf = (n: number) => [0, 1, 2].map((row) => Array.from({ length: 6 }, (_, at) => cell(n, row, at)));
          const maps = blocks.map((_one, n) => ({ heat: rowsOf(n).map((row) => row.join('')), points: rowsOf(n) }));
          const { heat, points } = combined(maps, blocks, 0, size);
          for (let row = 0; row < 3; row++)
            for (let at = 0; at < 6; at++) {
              const met = placed.flatMap((one, n) => {
                const there = row + one.row - placed[0]!.row;
                const when = at + one.at - placed[0]!.at;
                return when < 0 || when > 5 ? [] : [cell(n, there < 0 || there > 2 ? one.row : there, when)];
              });
              expect(heat[row * 6 + at]).toBe(Math.max(0, ...met));
              expect(points[row * 6 + at]).toBe(met.reduce((sum, one) => sum + one, 0));
            }
        },
      ),
    );
  });

  it('is drawn as one band while it stays the same', () => {
    expect(runs([0, 3, 3, 2, 0, 3], [0, 5, 5, 1, 0, 5], 5)).toEqual([
      { at: 5, long: 10, heat: 3, points: 5 },
      { at: 15, long: 5, heat: 2, points: 1 },
      { at: 25, long: 5, heat: 3, points: 5 },
    ]);
    expect(runs([3, 3], [10_000, 20_000], 15).map(({ long }) => long)).toEqual([15, 15]);
  });
});

describe('the next free place', () => {
  const size = { count: 4, rows: 2, step: 15 };

  it('is the next in time, then in rooms, and around again', () => {
    //            room 0      room 1
    const heat = [3, 0, 3, 0, 3, 0, 0, 3];
    expect(nextFree(heat, size, { at: 0, row: 0 })).toEqual({ at: 1, row: 0 });
    expect(nextFree(heat, size, { at: 1, row: 0 })).toEqual({ at: 1, row: 1 });
    expect(nextFree(heat, size, { at: 1, row: 1 })).toEqual({ at: 2, row: 1 });
    expect(nextFree(heat, size, { at: 3, row: 0 })).toEqual({ at: 1, row: 0 });
    expect(nextFree(heat, size, { at: -1, row: 0 })).toEqual({ at: 1, row: 0 });
  });

  it('may be one with a hint or a warning when nothing is better, and never one with an error', () => {
    expect(nextFree([3, 2, 3, 3, 3, 3, 1, 3], size, { at: 0, row: 0 })).toEqual({ at: 2, row: 1 });
    expect(nextFree([3, 3, 3, 3, 3, 3, 3, 3], size, { at: 0, row: 0 })).toBeNull();
  });

  it('begins at a quarter of an hour', () => {
    const heat = [3, 0, 0, 0, 0, 0, 0];
    expect(nextFree(heat, { count: 7, rows: 1, step: 5 }, { at: 0, row: 0 })).toEqual({ at: 3, row: 0 });
  });
});

describe('the edge of the board', () => {
  it('pulls the faster the nearer, and not in the middle', () => {
    expect([pull(300, 0, 600), pull(60, 0, 600), pull(540, 0, 600)].map(Math.abs)).toEqual([0, 0, 0]);
    const near = [50, 30, 10, 0].map((at) => pull(at, 0, 600));
    expect(near.every((speed, n) => speed <= (near[n - 1] ?? 0))).toBe(true);
    expect([near.at(-1), pull(600, 0, 600), pull(-500, 0, 600)]).toEqual([-12, 12, -12]);
  });

  it('leaves a middle where the board is small', () => {
    expect([pull(10, 0, 80) < 0, Math.abs(pull(40, 0, 80)), pull(70, 0, 80) > 0]).toEqual([true, 0, true]);
  });
});

describe('the time to set a room up', () => {
  const item = (at: number, long: number, layout?: string, setup = 30): Item => ({
    at,
    long,
    setup,
    ...(layout ? { layout } : {}),
  });

  it('follows what stands otherwise, and is short where there is not enough of it', () => {
    expect(setups([item(120, 60, 'theatre'), item(0, 60, 'banquet'), item(190, 30, 'classroom')])).toEqual([
      { at: 60, long: 30, need: 30, short: false },
      { at: 180, long: 10, need: 30, short: true },
    ]);
  });

  it('is none where the chairs stay, or nobody says how they stand', () => {
    expect(setups([item(0, 60, 'theatre'), item(60, 60, 'theatre'), item(120, 60), item(180, 60, 'banquet')])).toEqual(
      [],
    );
  });

  it('is as long as the more demanding programme wants it', () => {
    expect(setups([item(0, 60, 'theatre', 20), item(120, 60, 'banquet', 45)])).toEqual([
      { at: 60, long: 45, need: 45, short: false },
    ]);
  });
});

describe('what lies between two blocks', () => {
  it('is in the rectangle of their rooms and times, whichever was first', () => {
    const items = [0, 1, 2].flatMap((row) => [0, 60, 120].map((start) => ({ row, start })));
    const [a, b] = [items[8]!, items[4]!];
    const expected = [4, 5, 7, 8].map((n) => items[n]);
    expect([between(items, a, b), between(items, b, a)]).toEqual([expected, expected]);
  });
});
