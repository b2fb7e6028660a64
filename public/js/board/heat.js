import { combined, nextFree, runs } from './together.js';

const MINUTE = 60_000;
/** The server refuses more; nobody looks for a place for so many by eye. */
const MOST = 24;
/** So long a hand rests before it is asked what is against a place. */
const PAUSE = 90;

/** Shades the places of the board by what is against them, for the blocks that are about to move, and says why. */
export class Heat {
  constructor(root, grid) {
    this.root = root;
    this.grid = grid;
    this.names = [...root.querySelectorAll('[data-heat-name]')].map((one) => one.textContent);
    this.points = root.querySelector('[data-heat-points]');
    this.points?.addEventListener('change', () => void this.again());
    this.lift = null;
  }

  begin(lift) {
    this.lift = lift;
    this.maps = new Map();
    this.told = new Map();
    this.minutes = null;
    // The length says nothing about other starts.
    this.shades = !lift.resizing && lift.blocks.length <= MOST;
  }

  end() {
    this.lift = null;
    this.asked?.abort();
    clearTimeout(this.timer);
    this.wipe();
  }

  /** Another length of the held block. */
  lengthen(minutes) {
    this.minutes = minutes;
    return this.again();
  }

  again() {
    if (!this.lift) return Promise.resolve();
    this.maps.clear();
    this.told.clear();
    return this.need(this.day);
  }

  /** Shades a day, once. */
  need(day) {
    if (!day || !this.lift || !this.shades) return Promise.resolve();
    this.day = day;
    if (!this.maps.has(day)) this.maps.set(day, this.fetched(day));
    return this.maps.get(day);
  }

  async fetched(day) {
    const { lift, maps, minutes } = this;
    const query = new URLSearchParams({
      sessions: lift.blocks.map((block) => block.dataset.block).join(),
      from: new Date(day.from).toISOString(),
      to: new Date(day.from + day.length * MINUTE).toISOString(),
    });
    if (this.points?.checked) query.set('points', '1');
    if (minutes !== null && lift.blocks.length === 1) query.set('minutes', minutes);
    const answer = await ask(`${this.root.dataset.api}/heat-map?${query}`);
    // Let go meanwhile, or asked again with another length.
    if (!answer || this.lift !== lift || this.maps !== maps || this.minutes !== minutes) return;
    const columns = this.grid.columnsOf(day);
    const known = lift.blocks.map((block) => {
      const map = answer.sessions.find(({ id }) => id === block.dataset.block);
      const rooms = new Map(map?.rooms.map((room) => [room.id, room]));
      const rows = columns.map(({ room }) => rooms.get(room));
      return { heat: rows.map((row) => row?.heat), points: rows.map((row) => row?.points) };
    });
    const size = { step: answer.step, count: Math.ceil(day.length / answer.step), rows: columns.length };
    day.heat = { ...size, ...combined(known, lift.described, lift.leader, size) };
    this.draw(day, columns);
    this.root.dispatchEvent(new CustomEvent('board:heat'));
  }

  draw(day, columns) {
    for (const band of day.element.querySelectorAll('.heat')) band.remove();
    const { heat, points, count, step } = day.heat;
    for (const [row, { list, room }] of columns.entries()) {
      if (room === null) continue;
      const cells = [row * count, (row + 1) * count];
      for (const run of runs(heat.subarray(...cells), points.subarray(...cells), step)) {
        const band = document.createElement('li');
        band.className = `heat heat-${run.heat}`;
        band.setAttribute('aria-hidden', 'true');
        band.style.setProperty('--at', run.at);
        band.style.setProperty('--long', Math.min(run.long, day.length - run.at));
        const name = document.createElement('span');
        name.textContent = run.points > 0 ? `${this.names[run.heat]} · ${run.points}` : this.names[run.heat];
        band.append(name);
        list.append(band);
      }
    }
  }

  wipe() {
    for (const day of this.grid.days) delete day.heat;
    for (const band of this.root.querySelectorAll('.heat')) band.remove();
  }

  /** 0 to 3 for a place of the held block; undefined while it is not known. */
  at({ column, at }) {
    const map = column.day.heat;
    if (!map || column.room === null) return undefined;
    return map.heat[this.grid.columnsOf(column.day).indexOf(column) * map.count + Math.floor(at / map.step)];
  }

  /** The next place without an error after this one, on the same day; null when there is none, or nothing is known. */
  async next({ column, at }) {
    await this.need(column.day);
    const map = column.day.heat;
    if (!map) return null;
    const columns = this.grid.columnsOf(column.day);
    const rows = columns.filter(({ room }) => room !== null).length;
    const from = { at: Math.floor(at / map.step), row: columns.indexOf(column) };
    const found = nextFree(map.heat, { ...map, rows }, from);
    return found && { column: columns[found.row], at: found.at * map.step };
  }

  /** Asks what is against the places, when the hand has rested a moment; the last question wins. */
  why(places, tell) {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (places.length === 0 || places.length > MOST) return;
    const body = JSON.stringify({
      places: places.map(({ block, start, minutes, roomId }) => ({ id: block.dataset.block, start, minutes, roomId })),
    });
    const known = this.told.get(body);
    if (known) return tell(known);
    this.timer = setTimeout(async () => {
      const { lift } = this;
      this.asked = new AbortController();
      const said = await ask(`${this.root.dataset.api}/reasons`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-csrf-token': this.root.dataset.csrf },
        body,
        signal: this.asked.signal,
      });
      if (!said || this.lift !== lift) return;
      this.told.set(body, said);
      tell(said);
    }, PAUSE);
  }
}

/** The answer, or null: a question that was given up, or that finds no connection, is no reason to stop a move. */
async function ask(address, { headers, ...options } = {}) {
  try {
    const answer = await fetch(address, { ...options, headers: { accept: 'application/json', ...headers } });
    // Given up while the answer was still arriving, its reading fails as well.
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
