/* Pure: several blocks that move together, and how bad places are for all of them. Times are milliseconds, rows are places
   in the list of rooms. */

const MINUTE = 60_000;

/**
 * How far each block stands from the one that leads, which keeps its place in the list: `{ after, rows }`, later by
 * `after` and so many rooms beside. From the tray they follow each other in the room of the first.
 * `blocks`: `[{ start, minutes, row }]`, start null in the tray.
 */
export function offsets(blocks, leader) {
  const first = blocks[leader];
  let next = first.minutes * MINUTE;
  return blocks.map((block, index) => {
    if (index === leader) return { after: 0, rows: 0 };
    if (first.start !== null && block.start !== null)
      return { after: block.start - first.start, rows: block.row - first.row };
    const after = next;
    next += block.minutes * MINUTE;
    return { after, rows: 0 };
  });
}

/** Where one of them comes to stand when the leader starts at `start` in `row`; who would leave the rooms stays in its own. */
export function placeAt({ after, rows }, { start, row }, own, count) {
  const target = row + rows;
  return { start: start + after, row: target >= 0 && target < count ? target : own };
}

/**
 * How bad every start in every row is for all of them together: `{ heat, points }`, cells row by row as in the maps of the
 * server. `maps`: one for each block, `{ heat: [text of a row], points?: [[number]] }`, or undefined for what is not known.
 * A place beyond the stretch that the maps tell about counts as free.
 */
export function combined(maps, blocks, leader, { step, count, rows }) {
  const away = offsets(blocks, leader);
  const heat = new Uint8Array(rows * count);
  const points = new Float64Array(rows * count);
  for (let row = 0; row < rows; row++)
    for (let at = 0; at < count; at++) {
      const cell = row * count + at;
      for (const [n, map] of maps.entries()) {
        const place = placeAt(away[n], { start: 0, row }, blocks[n].row ?? row, rows);
        const column = at + Math.round(place.start / (step * MINUTE));
        const text = map?.heat[place.row];
        if (!text || column < 0 || column >= count) continue;
        heat[cell] = Math.max(heat[cell], Number(text[column]));
        points[cell] += map.points?.[place.row]?.[column] ?? 0;
      }
    }
  return { heat, points };
}

/** Neighbouring starts that are as bad as each other: `[{ at, long, heat, points }]` in minutes; what is free is left out. */
export function runs(heat, points, step) {
  const found = [];
  for (let at = 0; at < heat.length; at++) {
    const last = found.at(-1);
    if (last && last.heat === heat[at] && last.points === points[at]) last.long += step;
    else found.push({ at: at * step, long: step, heat: heat[at], points: points[at] });
  }
  return found.filter((run) => run.heat > 0);
}

/**
 * The next place that is as good as any: by time, then by room, from the one after `{ at, row }` on and around again; on
 * quarters of an hour only, because nobody plans at 10:05 because 10:00 is free, too. Null when every place has an error.
 */
export function nextFree(heat, { count, rows, step }, from) {
  const order = [];
  for (let at = 0; at < count; at++)
    if ((at * step) % 15 === 0) for (let row = 0; row < rows; row++) order.push({ at, row });
  const start = order.findIndex(({ at, row }) => at > from.at || (at === from.at && row > from.row));
  const around = start < 0 ? order : [...order.slice(start), ...order.slice(0, start)];
  for (const level of [0, 1, 2]) {
    const found = around.find(({ at, row }) => heat[row * count + at] === level);
    if (found) return found;
  }
  return null;
}
