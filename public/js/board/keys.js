import { STEP } from './layout.js';
import { clearSelection, toggleSelected, together } from './selection.js';

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

/** Everything that dragging does, by keys on the focused block; Enter follows its link to the form, M takes it up. */
export function moveByKeys(root, grid, desk, { carry, selection }) {
  root.addEventListener('keydown', (event) => {
    const block = event.target.closest('[data-block]:not([data-continues])');
    if (!block || !event.target.matches('.block-link')) {
      if (event.key === 'Escape') clearSelection(root);
      return;
    }
    if (act(event, block)) event.preventDefault();
  });

  function act(event, block) {
    const arrow = arrowOf(event.key);
    if (arrow && event.altKey) return shift(block, arrow, event.shiftKey);
    if (arrow) return walk(block, arrow, event.shiftKey);
    if (event.key === ' ') return (toggleSelected(root, block), true);
    // By the place of the key: M of the Latin layout, whatever letter the current one has there.
    if (event.code === 'KeyM' && plain(event)) return (carry.begin(block), true);
    if (event.code === 'KeyA' && (event.ctrlKey || event.metaKey)) return (selection.all(block), true);
    if (event.key === 'Escape') return (clearSelection(root), true);
    if (event.key === 'Delete' && block.dataset.start) return toTray(block);
    return false;
  }

  function arrowOf(key) {
    const arrow = ARROWS[key];
    return arrow && [arrow[0] * grid.forward, arrow[1]];
  }

  function shift(block, [rooms, steps], resizing) {
    const blocks = together(root, block).filter((one) => one.dataset.start);
    if (blocks.length === 0) return false;
    const moves = blocks.flatMap((one) => move(one, rooms, steps * STEP, resizing));
    if (moves.length === blocks.length) void desk.place(moves);
    return true;
  }

  function move(block, rooms, minutes, resizing) {
    const column = grid.columnOf(block);
    if (!column) return [];
    const long = Number(block.dataset.minutes);
    if (resizing)
      return rooms === 0 && long + minutes >= STEP
        ? [{ block, start: block.dataset.start, minutes: long + minutes }]
        : [];
    const target = rooms === 0 ? column : grid.beside(column, rooms);
    if (!target) return [];
    const start = new Date(Date.parse(block.dataset.start) + minutes * 60_000).toISOString();
    return [{ block, start, roomId: target.room }];
  }

  function toTray(block) {
    void desk.place(together(root, block).map((one) => ({ block: one, start: null })));
    return true;
  }

  /** To the next block of the column, or the nearest in time of the next column that has any. */
  function walk(block, [rooms, steps], selecting) {
    const column = grid.columnOf(block);
    const links = (list) => [...list.querySelectorAll('[data-block]:not([data-continues]) .block-link')];
    const own = block.parentElement;
    let next;
    if (rooms === 0) next = links(own)[links(own).findIndex((link) => block.contains(link)) + steps];
    else if (column) {
      for (let beside = grid.beside(column, rooms); beside && !next; beside = grid.beside(beside, rooms)) {
        const at = Date.parse(block.dataset.start);
        const distance = (link) => Math.abs(Date.parse(link.closest('[data-block]').dataset.start) - at);
        next = links(beside.list).sort((a, b) => distance(a) - distance(b))[0];
      }
    }
    next?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    next?.focus({ preventScroll: true });
    if (next && selecting) {
      toggleSelected(root, block, true);
      selection.extend(next.closest('[data-block]'));
    }
    return Boolean(next);
  }
}

function plain({ ctrlKey, altKey, metaKey, shiftKey }) {
  return !(ctrlKey || altKey || metaKey || shiftKey);
}
