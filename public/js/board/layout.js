/* Pure: what stands where. Minutes are real ones from the beginning of a day's axis. */

/** Minutes that a pointer snaps to. */
export const STEP = 5;

/**
 * Blocks of one column that overlap stand beside each other: each gets a lane and the number of lanes of its group. Blocks
 * that only touch do not overlap. Answers `{ lane, lanes }` in the order given.
 */
export function lanes(blocks) {
  const order = blocks.map((_, index) => index);
  order.sort((a, b) => blocks[a].at - blocks[b].at || blocks[b].long - blocks[a].long || a - b);
  const placed = blocks.map(() => ({ lane: 0, lanes: 1 }));
  let group = [];
  let ends = [];
  let groupEnd = -Infinity;
  const close = () => {
    for (const index of group) placed[index].lanes = ends.length;
    group = [];
    ends = [];
  };
  for (const index of order) {
    const { at, long } = blocks[index];
    if (at >= groupEnd) close();
    const free = ends.findIndex((end) => end <= at);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = at + long;
    placed[index].lane = lane;
    group.push(index);
    groupEnd = Math.max(group.length === 1 ? -Infinity : groupEnd, at + long);
  }
  close();
  return placed;
}

/** The nearest step, inside the axis. */
export function snapped(minute, length, step = STEP) {
  return Math.max(0, Math.min(length - step, Math.round(minute / step) * step));
}

/** What the clock shows at a minute of the axis; ticks say it every half an hour, also where the clock changes between. */
export function clockAt(ticks, minute) {
  const tick = ticks.findLast((one) => one.minute <= minute) ?? ticks[0];
  const [hour, past] = tick.clock.split(':').map(Number);
  const total = (hour * 60 + past + minute - tick.minute + 1440) % 1440;
  return `${String(Math.floor(total / 60)).padStart(2, '0')}:${String(total % 60).padStart(2, '0')}`;
}

/** The part of a span that lies on the axis; null when none does. */
export function onAxis(at, long, length) {
  const from = Math.max(0, at);
  const to = Math.min(length, at + long);
  return to > from ? { at: from, long: to - from } : null;
}
