import { snapped, STEP } from './layout.js';

const HOUR = 60;

/** Carrying blocks without dragging: arrows, clicks or taps choose the place, and a button or Enter puts them there. */
export function carryBlocks(root, grid, desk, lifting) {
  const panel = root.querySelector('[data-lift]');
  const carrying = () => root.dataset.lifted === 'carry';

  const acts = {
    // Out of the tray, a place is looked for first.
    drop: () => lifting.lift?.target && leave(lifting.drop()),
    cancel: () => leave(lifting.cancel()),
    tray: () => (lifting.aim({ tray: true }), acts.drop()),
    next: async () => {
      const { lift } = lifting;
      const from = lift.target?.column ? lift.target : { column: grid.columns[0], at: -1 };
      const found = await lifting.heat.next(from);
      if (found && lifting.lift === lift) to({ ...found, long: length() });
    },
    shorter: () => lengthen(-STEP),
    longer: () => lengthen(STEP),
  };
  for (const [name, act] of Object.entries(acts))
    panel.querySelector(`[data-lift-${name}]`)?.addEventListener('click', () => void act());

  panel.addEventListener('keydown', (event) => {
    if (!carrying() || event.altKey || event.ctrlKey || event.metaKey) return;
    if (act(event)) event.preventDefault();
  });
  root.addEventListener('pointermove', (event) => {
    if (carrying() && event.pointerType !== 'touch') point(event, { aloud: false });
  });
  // Before any link: a click on a block chooses its place.
  root.addEventListener(
    'click',
    (event) => {
      if (!carrying() || event.target.closest('[data-lift], [data-room-tab]')) return;
      const inside = event.target.closest('[data-column], [data-tray]');
      if (!inside || event.target.matches('input, button')) return;
      event.preventDefault();
      event.stopPropagation();
      if (!point(event, { aloud: true })) return;
      // A finger covers what it chooses: it looks first, and then puts.
      if (event.pointerType !== 'touch') acts.drop();
    },
    { capture: true },
  );
  // Escape works wherever the focus is.
  document.addEventListener('keydown', (event) => event.key === 'Escape' && carrying() && acts.cancel());

  return { begin };

  /** Takes the block up, and those that are selected with it. */
  function begin(block) {
    const lift = lifting.begin(block, 'carry');
    // The length of several is changed one by one.
    for (const name of ['shorter', 'longer'])
      panel.querySelector(`[data-lift-${name}]`).hidden = lift.blocks.length > 1;
    panel.focus({ preventScroll: true });
    if (lift.home) to(lift.home);
    else void acts.next();
  }

  function leave(block) {
    if (block) desk.focus(block.dataset.block);
  }

  function act({ key, code, shiftKey, target }) {
    if (key === 'Escape') return (acts.cancel(), true);
    if (target !== panel) return false;
    if (key === 'Enter') return (acts.drop(), true);
    if (key === 'Delete') return (acts.tray(), true);
    if (code === 'KeyN') return (void acts.next(), true);
    if (key === 'ArrowUp') return shiftKey ? lengthen(-STEP) : later(-STEP);
    if (key === 'ArrowDown') return shiftKey ? lengthen(STEP) : later(STEP);
    if (key === 'PageUp') return later(-HOUR);
    if (key === 'PageDown') return later(HOUR);
    if (key === 'ArrowLeft') return beside(-1);
    if (key === 'ArrowRight') return beside(1);
    return false;
  }

  function length() {
    const { lift } = lifting;
    return lift.target?.long ?? Number(lift.held.dataset.minutes);
  }

  function later(minutes) {
    const { column, at } = lifting.lift.target ?? {};
    if (!column) return true;
    const next = at + minutes;
    const { length: day } = column.day;
    // Past the end of a day, the same room of the day beside it, if it is on the board.
    const other = next < 0 ? grid.sameRoom(column, -1) : next > day - STEP ? grid.sameRoom(column, 1) : null;
    if (other) to({ column: other, at: next < 0 ? other.day.length - STEP : 0, long: length() });
    else to({ column, at: snapped(next, day), long: length() });
    return true;
  }

  function beside(steps) {
    const { column, at } = lifting.lift.target ?? {};
    const next = column && grid.beside(column, steps * grid.forward);
    if (next) to({ column: next, at, long: length() });
    return true;
  }

  function lengthen(by) {
    const { lift, heat } = lifting;
    if (!lift.target?.column || lift.blocks.length > 1) return true;
    const long = Math.max(STEP, length() + by);
    void heat.lengthen(long);
    to({ ...lift.target, long });
    return true;
  }

  function to(target) {
    root.dispatchEvent(new CustomEvent('board:show-room', { detail: target.column.room ?? '' }));
    lifting.aim(target, { aloud: true });
    lifting.lift.ghost.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  function point({ clientX, clientY }, options) {
    const under = document.elementFromPoint(clientX, clientY);
    if (under?.closest('[data-tray]')) return (lifting.aim({ tray: true }, options), true);
    const column = grid.columnUnder(under);
    if (!column) return false;
    const minute = (clientY - column.list.getBoundingClientRect().top) / grid.scale;
    lifting.aim({ column, at: snapped(minute - 2, column.day.length, 5), long: length() }, options);
    return true;
  }
}
