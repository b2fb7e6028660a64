import { snapped, STEP } from './layout.js';
import { clearSelection, toggleSelected, together } from './selection.js';

/** So far a press may tremble and still be a click. */
const TREMBLE = 4;
const EDGE = 40;

/** Dragging by mouse or pen: a block, those selected with it, or its lower edge. Fingers scroll; they have the form. */
export function dragBlocks(root, grid, desk) {
  let drag = null;
  const scroller = root.querySelector('[data-scroll]');

  root.addEventListener('dragstart', (event) => event.preventDefault());
  root.addEventListener('pointerover', ({ target }) => {
    const block = target.closest?.('[data-column] [data-block]:not([data-continues])');
    if (!block || block.querySelector('.block-handle')) return;
    const handle = document.createElement('span');
    handle.className = 'block-handle';
    block.append(handle);
  });
  root.addEventListener('pointerdown', (event) => {
    const block = event.target.closest('[data-block]:not([data-continues])');
    if (!block || event.button !== 0 || event.pointerType === 'touch') return;
    drag = {
      block,
      resizing: event.target.matches('.block-handle'),
      x: event.clientX,
      y: event.clientY,
      grip: (event.clientY - block.getBoundingClientRect().top) / grid.scale,
      // So far from the lower edge it was taken.
      edge: (event.clientY - block.getBoundingClientRect().bottom) / grid.scale,
      inTray: !block.dataset.start,
      on: false,
      target: null,
    };
  });
  // On the window: the pointer may leave the board while it drags.
  addEventListener('pointermove', (event) => {
    if (!drag) return;
    if (!drag.on && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < TREMBLE) return;
    if (!drag.on) begin();
    event.preventDefault();
    scrollNear(event);
    aim(event);
  });
  addEventListener('pointerup', () => {
    if (!drag) return;
    const { on } = drag;
    if (on) drop();
    else drag = null;
  });
  addEventListener('pointercancel', () => drag && end());
  addEventListener('keydown', (event) => event.key === 'Escape' && drag && end());
  root.addEventListener('click', (event) => {
    const block = event.target.closest('[data-block]:not([data-continues])');
    if (!block) return;
    // The click that ends a drag is none; with Ctrl, ⌘ or Shift it selects.
    if (root.dataset.dragged !== undefined) event.preventDefault();
    else if (event.ctrlKey || event.metaKey || event.shiftKey) {
      event.preventDefault();
      toggleSelected(root, block);
    }
  });

  function begin() {
    drag.on = true;
    drag.blocks = drag.resizing ? [drag.block] : together(root, drag.block);
    drag.ghosts = drag.blocks.map(() => {
      const ghost = document.createElement('li');
      ghost.className = 'block-ghost';
      ghost.setAttribute('aria-hidden', 'true');
      return ghost;
    });
    for (const block of drag.blocks) block.classList.add('is-dragged');
    root.dataset.dragged = '';
  }

  function aim({ clientX, clientY }) {
    const under = document.elementFromPoint(clientX, clientY);
    const tray = under?.closest('[data-tray]');
    tray?.classList.toggle('is-target', !drag.resizing && !drag.inTray);
    if (!tray) root.querySelector('[data-tray]').classList.remove('is-target');
    if (tray && !drag.resizing) return show({ tray: true });
    const column = drag.resizing
      ? grid.columnOf(drag.block)
      : grid.columns.find(({ element }) => element === under?.closest('[data-column]'));
    if (!column) return show(null);
    const minute = (clientY - column.list.getBoundingClientRect().top) / grid.scale;
    if (drag.resizing) {
      const at = grid.minuteOf(drag.block);
      return show({ column, at, long: Math.max(STEP, Math.round((minute - drag.edge - at) / STEP) * STEP) });
    }
    const grip = drag.inTray ? 0 : drag.grip;
    show({ column, at: snapped(minute - grip, column.day.length), long: Number(drag.block.dataset.minutes) });
  }

  /** Ghosts where the blocks would be; those that are dragged along keep their distance. */
  function show(target) {
    drag.target = target;
    for (const [index, ghost] of drag.ghosts.entries()) {
      const move = target && !target.tray ? moveOf(drag.blocks[index]) : null;
      const column = move && grid.columnAt(Date.parse(move.start), move.roomId);
      if (!column) {
        ghost.remove();
        continue;
      }
      const at = (Date.parse(move.start) - column.day.from) / 60_000;
      ghost.style.setProperty('--at', at);
      ghost.style.setProperty('--long', move.minutes);
      ghost.textContent = `${grid.clock(column, at)}–${grid.clock(column, at + move.minutes)}`;
      if (ghost.parentElement !== column.list) column.list.append(ghost);
    }
  }

  function moveOf(block) {
    const { column, at, long } = drag.target;
    const start = grid.startAt(column, at);
    if (block === drag.block) return { block, start, minutes: long, roomId: column.room };
    const minutes = Number(block.dataset.minutes);
    // From the tray, one after the other; on the board, each by the same time and as many rooms.
    if (drag.inTray || !block.dataset.start) {
      const before = drag.blocks.slice(0, drag.blocks.indexOf(block)).filter((one) => one !== drag.block);
      const offset = [drag.block, ...before].reduce((sum, one) => sum + Number(one.dataset.minutes), 0);
      return {
        block,
        start: new Date(Date.parse(start) + offset * 60_000).toISOString(),
        minutes,
        roomId: column.room,
      };
    }
    const by = Date.parse(start) - Date.parse(drag.block.dataset.start);
    const own = grid.columnOf(block);
    const leader = grid.columnOf(drag.block);
    const row = grid.columns.filter(({ day }) => day === own.day);
    const leaderRow = grid.columns.filter(({ day }) => day === leader.day);
    const rooms = grid.columns.filter(({ day }) => day === column.day).indexOf(column) - leaderRow.indexOf(leader);
    const roomId = row[row.indexOf(own) + rooms]?.room;
    return {
      block,
      start: new Date(Date.parse(block.dataset.start) + by).toISOString(),
      minutes,
      roomId: roomId === undefined ? own.room : roomId,
    };
  }

  function drop() {
    const { target, blocks } = drag;
    const moves = !target ? [] : target.tray ? blocks.map((block) => ({ block, start: null })) : blocks.map(moveOf);
    const real = moves.filter(
      ({ block, start, minutes, roomId }) =>
        (start ?? '') !== block.dataset.start ||
        (minutes !== undefined && minutes !== Number(block.dataset.minutes)) ||
        (roomId !== undefined && (roomId ?? '') !== block.dataset.room),
    );
    end();
    if (real.length === 0) return;
    void desk.place(real).then(() => clearSelection(root));
  }

  function end() {
    for (const ghost of drag.ghosts ?? []) ghost.remove();
    for (const block of drag.blocks ?? []) block.classList.remove('is-dragged');
    root.querySelector('[data-tray]').classList.remove('is-target');
    drag = null;
    // The click of this press comes after it.
    setTimeout(() => delete root.dataset.dragged);
  }

  /** Near an edge, and only on the way to it: what is taken there must not run away. */
  function scrollNear({ clientX, clientY, movementX, movementY }) {
    const box = scroller.getBoundingClientRect();
    if (clientX > box.right || clientX < box.left) return;
    const by = (at, from, to, going) => (at < from + EDGE && going < 0 ? -12 : at > to - EDGE && going > 0 ? 12 : 0);
    scroller.scrollBy(by(clientX, box.left, box.right, movementX), by(clientY, box.top, box.bottom, movementY));
  }
}
