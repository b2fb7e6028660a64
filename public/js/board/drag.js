import { EdgeScroll } from './edges.js';
import { snapped, STEP } from './layout.js';

/** So far a press may tremble and still be a click; of a finger, still be a long press. */
const TREMBLE = { mouse: 4, touch: 10 };
/** So long a finger rests on a block before it takes it up; before that it scrolls. */
const HOLD = 350;

/**
 * Dragging a block, those selected with it, or its lower edge. Mouse and pen take at once, a finger after a long press, so
 * that it can scroll; a long press that goes nowhere hands over to `carry`, where taps choose the place.
 */
export function dragBlocks(root, grid, lifting, carry) {
  let press = null;
  let quiet;
  const scroller = new EdgeScroll(
    root.querySelector('[data-scroll]'),
    root.querySelector('[data-dock]'),
    ({ x, y }) => press?.on && aim(x, y),
  );

  root.addEventListener('dragstart', (event) => event.preventDefault());
  root.addEventListener('pointerover', ({ target }) => addHandle(target.closest?.('[data-block]')));
  root.addEventListener('focusin', ({ target }) => addHandle(target.closest('[data-block]')));
  root.addEventListener('pointerdown', (event) => {
    const block = event.target.closest('[data-block]:not([data-continues])');
    if (!block || event.button !== 0 || !event.isPrimary || root.dataset.lifted !== undefined) return;
    const box = block.getBoundingClientRect();
    const touch = event.pointerType === 'touch';
    const resizing = event.target.matches('.block-handle');
    press = {
      block,
      pointer: event.pointerId,
      resizing,
      touch,
      x: event.clientX,
      y: event.clientY,
      grip: (event.clientY - box.top) / grid.scale,
      // So far from the lower edge it was taken.
      edge: (event.clientY - box.bottom) / grid.scale,
      on: false,
      moved: false,
    };
    if (touch && !resizing) press.timer = setTimeout(begin, HOLD);
  });
  // On the window: the pointer may leave the board while it drags.
  addEventListener('pointermove', (event) => {
    if (!press || event.pointerId !== press.pointer) return;
    const far = Math.hypot(event.clientX - press.x, event.clientY - press.y);
    const still = far < TREMBLE[press.touch ? 'touch' : 'mouse'];
    if (!press.on) {
      if (still) return;
      if (press.touch && !press.resizing) return give();
      begin();
    }
    event.preventDefault();
    press.moved ||= !still;
    if (!press.moved) return;
    scroller.point(event.clientX, event.clientY);
    aim(event.clientX, event.clientY);
  });
  addEventListener('pointerup', (event) => {
    if (!press || event.pointerId !== press.pointer) return;
    const { on, moved, touch, block } = press;
    if (on && touch && !moved) {
      give();
      lifting.cancel();
      carry.begin(block);
    } else if (on) {
      lifting.drop();
      give();
    } else give();
  });
  addEventListener('pointercancel', cancel);
  root.addEventListener('board:let-go', give);
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !press?.on) return;
    cancel();
    // The button is still down: the click that its release makes is none, either.
    clearTimeout(quiet);
    addEventListener('pointerup', calmDown, { once: true });
  });
  // A finger that holds a block must neither scroll nor open the menu of the link below it.
  root.addEventListener('touchmove', (event) => press?.on && event.cancelable && event.preventDefault(), {
    passive: false,
  });
  root.addEventListener('contextmenu', (event) => press?.touch && event.preventDefault());
  root.addEventListener(
    'click',
    (event) => {
      // The click that ends a drag is none.
      if (root.dataset.dragged === undefined) return;
      event.preventDefault();
      event.stopPropagation();
    },
    { capture: true },
  );

  function begin() {
    press.on = true;
    root.dataset.dragged = '';
    lifting.begin(press.block, 'drag', { resizing: press.resizing });
    if (!press.touch) return;
    navigator.vibrate?.(12);
    const { home } = lifting.lift;
    lifting.aim(home);
  }

  function cancel() {
    if (!press) return;
    if (press.on) lifting.cancel();
    give();
  }

  function give() {
    if (!press) return;
    clearTimeout(press.timer);
    scroller.stop();
    press = null;
    calmDown();
  }

  /** The click of this press comes after it. */
  function calmDown() {
    quiet = setTimeout(() => delete root.dataset.dragged);
  }

  function aim(x, y) {
    const { lift } = lifting;
    const under = document.elementFromPoint(x, y);
    if (!press.resizing && under?.closest('[data-tray]')) return lifting.aim({ tray: true });
    const room = under?.closest('[data-room-tab]');
    if (room) root.dispatchEvent(new CustomEvent('board:show-room', { detail: room.dataset.roomTab }));
    const column = press.resizing ? lift.home.column : grid.columnUnder(under);
    if (!column) return lifting.aim(null);
    const minute = (y - column.list.getBoundingClientRect().top) / grid.scale;
    if (press.resizing) {
      const { at } = lift.home;
      return lifting.aim({ column, at, long: Math.max(STEP, Math.round((minute - press.edge - at) / STEP) * STEP) });
    }
    const grip = lift.home ? press.grip : 0;
    lifting.aim({ column, at: snapped(minute - grip, column.day.length), long: Number(press.block.dataset.minutes) });
  }
}

function addHandle(block) {
  if (!block?.matches('[data-column] [data-block]:not([data-continues])') || block.querySelector('.block-handle'))
    return;
  const handle = document.createElement('span');
  handle.className = 'block-handle';
  block.append(handle);
}
