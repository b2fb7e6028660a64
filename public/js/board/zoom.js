/** Pixels of a minute; the middle one is what the style sheet says. */
const STEPS = [0.8, 1.25, 1.9, 3];
const KEY = 'board-zoom';

/** How tall an hour is, remembered on this device. */
export function zoomBoard(root) {
  const box = document.querySelector('[data-zoom]');
  const buttons = { out: box.querySelector('[data-zoom-out]'), in: box.querySelector('[data-zoom-in]') };
  let at = remembered();
  box.hidden = false;
  buttons.out.addEventListener('click', () => to(at - 1));
  buttons.in.addEventListener('click', () => to(at + 1));
  show();

  function to(step) {
    at = step;
    remember(at);
    show();
    root.dispatchEvent(new CustomEvent('board:zoomed'));
  }

  function show() {
    root.style.setProperty('--minute', `${STEPS[at]}px`);
    buttons.out.disabled = at === 0;
    buttons.in.disabled = at === STEPS.length - 1;
  }
}

function remembered() {
  try {
    const kept = Number(localStorage.getItem(KEY) ?? 1);
    return kept in STEPS ? kept : 1;
  } catch {
    // A browser that keeps nothing still shows the board.
    return 1;
  }
}

function remember(at) {
  try {
    localStorage.setItem(KEY, at);
  } catch {
    // Then it is so until the page is left.
  }
}
