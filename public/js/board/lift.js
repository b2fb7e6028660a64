import { offsets, placeAt } from './together.js';

const MINUTE = 60_000;

/** Blocks that are held above the board: where they would stand when they are let go, and the ghosts that show it. */
export class Lift {
  constructor(grid, blocks, held, { resizing = false } = {}) {
    this.grid = grid;
    this.blocks = blocks;
    this.held = held;
    this.leader = blocks.indexOf(held);
    this.resizing = resizing;
    /** Null; the tray; or a column and a minute in it, where the held block starts, and how long it takes. */
    this.target = null;
    this.described = blocks.map((block) => {
      const column = grid.columnOf(block);
      return {
        start: block.dataset.start ? Date.parse(block.dataset.start) : null,
        minutes: Number(block.dataset.minutes),
        row: column ? grid.columnsOf(column.day).indexOf(column) : null,
      };
    });
    this.away = offsets(this.described, this.leader);
    this.ghosts = blocks.map(() => {
      const ghost = document.createElement('li');
      ghost.className = 'block-ghost';
      ghost.setAttribute('aria-hidden', 'true');
      return ghost;
    });
    for (const block of blocks) block.classList.add('is-dragged');
  }

  /** Where the held block stands now; null in the tray. */
  get home() {
    const column = this.grid.columnOf(this.held);
    return column && { column, at: this.grid.minuteOf(this.held), long: Number(this.held.dataset.minutes) };
  }

  get ghost() {
    return this.ghosts[this.leader];
  }

  /** What letting go would do: `[{ block, start, minutes, roomId }]`; nothing where that is no place. */
  places(target = this.target) {
    if (!target) return [];
    if (target.tray) return this.blocks.map((block) => ({ block, start: null }));
    const { column, at, long } = target;
    const columns = this.grid.columnsOf(column.day);
    const place = { start: column.day.from + at * MINUTE, row: columns.indexOf(column) };
    return this.away.map((away, n) => {
      const { minutes, row: own } = this.described[n];
      const { start, row } = placeAt(away, place, own ?? place.row, columns.length);
      return {
        block: this.blocks[n],
        start: new Date(start).toISOString(),
        minutes: n === this.leader ? long : minutes,
        roomId: columns[row].room,
      };
    });
  }

  /** The places that differ from where the blocks are. */
  changes() {
    return this.places().filter(
      ({ block: { dataset }, start, minutes, roomId }) =>
        (start ?? '') !== dataset.start ||
        (minutes !== undefined && minutes !== Number(dataset.minutes)) ||
        (roomId !== undefined && (roomId ?? '') !== dataset.room),
    );
  }

  aim(target) {
    this.target = target;
    const places = target && !target.tray ? this.places() : [];
    for (const [n, ghost] of this.ghosts.entries()) {
      const place = places[n];
      const column = place && this.grid.columnAt(Date.parse(place.start), place.roomId);
      if (!column) {
        ghost.remove();
        continue;
      }
      const at = (Date.parse(place.start) - column.day.from) / MINUTE;
      ghost.style.setProperty('--at', at);
      ghost.style.setProperty('--long', place.minutes);
      ghost.textContent = this.clock(column, at, place.minutes);
      if (ghost.parentElement !== column.list) column.list.append(ghost);
    }
  }

  /** 0 to 3: how bad the place is, in colour. */
  tint(heat) {
    for (const ghost of this.ghosts) {
      if (heat === undefined) delete ghost.dataset.heat;
      else ghost.dataset.heat = heat;
    }
  }

  clock(column, at, long) {
    return `${this.grid.clock(column, at)}–${this.grid.clock(column, at + long)}`;
  }

  end() {
    for (const ghost of this.ghosts) ghost.remove();
    for (const block of this.blocks) block.classList.remove('is-dragged');
  }
}
