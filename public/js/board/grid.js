import { clockAt, lanes, onAxis } from './layout.js';
import { markNow, markSetups, markShadows } from './marks.js';

const MINUTE = 60_000;
/** Blocks lower than this, in pixels, have one line. */
const SHORT = 44;

/** The columns of the page as places: where a block stands, and which start and room a point means. */
export class Grid {
  constructor(root) {
    this.root = root;
    this.tray = root.querySelector('[data-tray-blocks]');
    this.read();
    root.addEventListener('board:zoomed', () => this.show());
    setInterval(() => markNow(this), MINUTE);
  }

  /** Reads the days and columns that the page holds; again after the page was fetched anew. */
  read() {
    this.days = [...this.root.querySelectorAll('[data-day]')].map((element) => ({
      element,
      from: Date.parse(element.dataset.from),
      length: Number(element.dataset.minutes),
      ticks: [...element.querySelectorAll('[data-minute]')].map((tick) => ({
        minute: Number(tick.dataset.minute),
        clock: tick.textContent,
        element: tick,
      })),
    }));
    this.columns = this.days.flatMap((day) =>
      [...day.element.querySelectorAll('[data-column]')].map((element) => ({
        element,
        day,
        room: element.dataset.column || null,
        name: element.dataset.name,
        parts: element.dataset.parts.split(' ').filter(Boolean),
        list: element.querySelector('.blocks'),
      })),
    );
  }

  show() {
    this.root.classList.add('is-live');
    this.root.querySelector('[data-keys-help]')?.removeAttribute('hidden');
    // Once for all columns: asking for it makes the browser work out the styles.
    const { scale } = this;
    for (const day of this.days) {
      day.element.style.setProperty('--span', day.length);
      for (const { element, minute } of day.ticks) element.style.setProperty('--at', minute);
    }
    for (const column of this.columns) this.layOut(column, scale);
    markNow(this);
    this.countTray();
  }

  /** Gives every block of a column its height and its lane, and marks what else stands there. */
  layOut(column, scale = this.scale) {
    const { list, day } = column;
    const items = [...list.querySelectorAll(':scope > [data-start]')].flatMap((element) => {
      const at = (Date.parse(element.dataset.start) - day.from) / MINUTE;
      const part = onAxis(at, Number(element.dataset.minutes), day.length);
      if (part) return [{ element, ...part }];
      element.hidden = true;
      return [];
    });
    const places = lanes(items);
    for (const [index, { element, at, long }] of items.entries()) {
      const { lane, lanes: count } = places[index];
      element.hidden = false;
      element.style.setProperty('--at', at);
      element.style.setProperty('--long', long);
      element.style.setProperty('--lane', lane);
      element.style.setProperty('--lanes', count);
      element.toggleAttribute('data-short', long * scale < SHORT);
    }
    list.parentElement.classList.toggle('column-empty', items.length === 0);
    markSetups(this.root, column, items);
    markShadows(this.root, column, this.columnsOf(day));
  }

  /** The column, and those that share walls with it. */
  layOutWith(column) {
    for (const other of this.columnsOf(column.day))
      if (other === column || other.parts.some((part) => column.parts.includes(part))) this.layOut(other);
  }

  block(id) {
    return this.root.querySelector(`[data-block="${id}"]:not([data-continues])`);
  }

  columnOf(block) {
    const element = block.closest('[data-column]');
    return element && this.columns.find((column) => column.element === element);
  }

  /** Whether a session has its place on this page: in the tray, or on one of the days. */
  shows({ startsAt }) {
    const ms = Date.parse(startsAt);
    return startsAt === null || this.days.some(({ from, length }) => ms >= from && ms < from + length * MINUTE);
  }

  /** Where a session now is, as the server said. Answers whether it was older news than the block's own. */
  place({ id, version, startsAt, minutes, roomId, clock, lasts }) {
    const block = this.block(id);
    if (!block) return 'unknown';
    if (version < Number(block.dataset.version)) return 'old';
    const before = this.columnOf(block);
    Object.assign(block.dataset, { version, start: startsAt ?? '', minutes, room: roomId ?? '' });
    const target = startsAt === null ? null : this.columnAt(Date.parse(startsAt), roomId);
    if (startsAt !== null && !target) return 'unknown';
    block.querySelector('[data-clock]').textContent = clock || lasts;
    const focused = block.contains(document.activeElement) ? document.activeElement : null;
    const list = target ? target.list : this.tray;
    if (block.parentElement !== list) list.append(block);
    this.inOrder(list, block);
    focused?.focus({ preventScroll: true });
    if (before) this.layOutWith(before);
    if (target && target !== before) {
      this.layOutWith(target);
      this.size(block, target);
    }
    this.describe(block, target);
    this.countTray();
    return 'placed';
  }

  /** What is read with the title: time, room, conflicts. */
  describe(block, column) {
    const id = block.dataset.block;
    const ids = [`t-${id}`, column ? `r-${column.element.dataset.key}` : '', `b-${id}`];
    block.querySelector('.block-link').setAttribute('aria-describedby', ids.filter(Boolean).join(' '));
  }

  /** The order of the list is the order of time, also for those who hear it read. */
  inOrder(list, block) {
    const start = block.dataset.start;
    const next = [...list.children].find(
      (other) => other !== block && other.dataset.start && other.dataset.start > start,
    );
    if (start && block.nextElementSibling !== (next ?? null)) list.insertBefore(block, next ?? null);
  }

  /** The expected people against the places of the new room, or of the session where it has fewer. */
  size(block, { element }) {
    const shown = block.querySelector('[data-expected]');
    if (!shown) return;
    const places = [shown.dataset.places, element.dataset.capacity].filter(Boolean).map(Number);
    const capacity = Math.min(...places);
    shown.textContent = this.root.dataset.textSize
      .replace('{expected}', shown.dataset.expected)
      .replace('{capacity}', places.length > 0 ? capacity : '–');
    shown.classList.toggle('block-tight', Number(shown.dataset.expected) > capacity);
  }

  columnsOf(day) {
    return this.columns.filter((column) => column.day === day);
  }

  columnUnder(element) {
    const found = element?.closest('[data-column]');
    return found ? this.columns.find((column) => column.element === found) : undefined;
  }

  /** The same room on the day before or after, if the board shows it. */
  sameRoom({ day, room }, days) {
    const other = this.days[this.days.indexOf(day) + days];
    return this.columns.find((column) => column.day === other && column.room === room);
  }

  columnAt(ms, roomId) {
    return this.columns.find(
      ({ day, room }) => room === (roomId ?? null) && ms >= day.from && ms < day.from + day.length * MINUTE,
    );
  }

  /** The column that lies as many places beside. */
  beside(column, steps) {
    const row = this.columnsOf(column.day);
    return row[row.indexOf(column) + steps];
  }

  startAt({ day }, minute) {
    return new Date(day.from + minute * MINUTE).toISOString();
  }

  minuteOf(block) {
    const { day } = this.columnOf(block);
    return (Date.parse(block.dataset.start) - day.from) / MINUTE;
  }

  clock({ day }, minute) {
    return clockAt(day.ticks, minute);
  }

  /** 1 where the rooms follow each other to the right, −1 where to the left. */
  get forward() {
    return getComputedStyle(this.root).direction === 'rtl' ? -1 : 1;
  }

  /** Pixels of a minute as they are drawn now. */
  get scale() {
    return Number.parseFloat(getComputedStyle(this.root).getPropertyValue('--minute')) || 1;
  }

  countTray() {
    this.root.querySelector('[data-tray-empty]').hidden = this.tray.querySelector('[data-block]') !== null;
    this.root.dispatchEvent(new CustomEvent('board:tray'));
  }
}
