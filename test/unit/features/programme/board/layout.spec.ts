import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';

interface Layout {
  lanes: (blocks: { at: number; long: number }[]) => { lane: number; lanes: number }[];
  snapped: (minute: number, length: number, step?: number) => number;
  clockAt: (ticks: { minute: number; clock: string }[], minute: number) => string;
  onAxis: (at: number, long: number, length: number) => { at: number; long: number } | null;
}

// The module of the browser itself, as it is served.
const source = readFileSync(new URL('../../../../../public/js/board/layout.js', import.meta.url), 'utf8');
const { lanes, snapped, clockAt, onAxis } = (await import(
  `data:text/javascript,${encodeURIComponent(source)}`
)) as Layout;

const block = (at: number, long: number) => ({ at, long });

describe('blocks of one column', () => {
  it('stand alone when they only touch', () => {
    expect(lanes([block(0, 60), block(60, 30)])).toEqual([
      { lane: 0, lanes: 1 },
      { lane: 0, lanes: 1 },
    ]);
  });

  it('stand beside each other when they overlap, in as many lanes as are needed at once', () => {
    expect(lanes([block(0, 120), block(30, 30), block(60, 60), block(200, 30)])).toEqual([
      { lane: 0, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 1, lanes: 2 },
      { lane: 0, lanes: 1 },
    ]);
  });

  it('never share a lane while they overlap', () => {
    const blocks = Array.from({ length: 60 }, (_, n) => block((n * 37) % 300, 10 + ((n * 53) % 90)));
    const placed = lanes(blocks);
    for (const [i, a] of blocks.entries()) {
      expect(placed[i]!.lane).toBeLessThan(placed[i]!.lanes);
      for (const [j, b] of blocks.entries()) {
        if (i === j || a.at >= b.at + b.long || b.at >= a.at + a.long) continue;
        expect([i, j, placed[i]!.lane === placed[j]!.lane]).toEqual([i, j, false]);
        expect(placed[i]!.lanes).toBe(placed[j]!.lanes);
      }
    }
  });
});

describe('a point on the axis', () => {
  const spring = [
    { minute: 0, clock: '01:00' },
    { minute: 30, clock: '01:30' },
    { minute: 60, clock: '03:00' },
  ];

  it('snaps to five minutes and stays on the day', () => {
    expect([snapped(12.4, 600), snapped(13, 600), snapped(-40, 600), snapped(640, 600)]).toEqual([10, 15, 0, 595]);
  });

  it('is called as the clock shows it, also where it skips an hour', () => {
    expect([clockAt(spring, 0), clockAt(spring, 55), clockAt(spring, 65)]).toEqual(['01:00', '01:55', '03:05']);
  });

  it('cuts what sticks out of the day', () => {
    expect([onAxis(-30, 60, 600), onAxis(590, 60, 600), onAxis(700, 60, 600)]).toEqual([
      { at: 0, long: 30 },
      { at: 590, long: 10 },
      null,
    ]);
  });
});
