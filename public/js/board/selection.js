/** Blocks that are moved together. The word "selected" stands in the block, for those who do not see the frame. */
export function toggleSelected(root, block, on = !block.classList.contains('is-selected')) {
  block.classList.toggle('is-selected', on);
  const link = block.querySelector('.block-link');
  link.querySelector('[data-selected]')?.remove();
  if (on) {
    const word = document.createElement('span');
    word.className = 'hidden';
    word.dataset.selected = '';
    word.textContent = `, ${root.dataset.textSelected}`;
    link.append(word);
  }
  root.dispatchEvent(new CustomEvent('board:selected', { detail: block }));
}

export function clearSelection(root) {
  for (const block of selected(root)) toggleSelected(root, block, false);
}

export function selected(root) {
  return [...root.querySelectorAll('[data-block].is-selected')];
}

/** The block and all selected with it, or the block alone when it is not selected itself. */
export function together(root, block) {
  return block.classList.contains('is-selected') ? selected(root) : [block];
}

/** Pure: those of `items` (`{ row, start }`) that lie in the rectangle of rooms and times between two of them. */
export function between(items, a, b) {
  const [rows, starts] = [
    [a.row, b.row],
    [a.start, b.start],
  ].map((pair) => pair.toSorted((x, y) => x - y));
  return items.filter(({ row, start }) => row >= rows[0] && row <= rows[1] && start >= starts[0] && start <= starts[1]);
}

/**
 * Selecting by click and key, and what can be done with what is selected. With Ctrl or ⌘ one more, with Shift all between;
 * while "select several" is on, a plain click or tap does the same.
 */
export function selectBlocks(root, grid, desk, carry) {
  const bar = root.querySelector('[data-selection]');
  const several = document.querySelector('[data-select-mode]');
  let anchor = null;

  if (several) {
    several.hidden = false;
    several.addEventListener('click', () => {
      const on = several.getAttribute('aria-pressed') !== 'true';
      several.setAttribute('aria-pressed', String(on));
      root.toggleAttribute('data-selecting', on);
      if (!on) clearSelection(root);
    });
  }
  root.addEventListener('click', (event) => {
    const block = event.target.closest('[data-block]:not([data-continues])');
    if (!block) return;
    if (!(event.ctrlKey || event.metaKey || event.shiftKey || 'selecting' in root.dataset)) return;
    event.preventDefault();
    if (event.shiftKey && anchor) extend(block);
    else toggleSelected(root, block);
  });
  root.addEventListener('board:selected', ({ detail }) => {
    anchor = detail;
    show();
  });
  root.addEventListener('board:renewed', show);
  root.addEventListener('board:lifted', () => (bar.hidden = true));
  root.addEventListener('board:let-go', show);
  bar.querySelector('[data-select-none]').addEventListener('click', () => clearSelection(root));
  bar.querySelector('[data-select-tray]').addEventListener('click', () => {
    void desk.place(selected(root).map((block) => ({ block, start: null }))).then(() => clearSelection(root));
  });
  bar.querySelector('[data-select-carry]').addEventListener('click', () => carry.begin(selected(root)[0]));

  return { extend, all };

  /** Everything between the block that was selected last and this one. */
  function extend(block) {
    const from = anchor?.isConnected ? anchor : block;
    const [a, b] = [from, block].map(described);
    const blocks = a.row < 0 || b.row < 0 ? [block] : between(everything(), a, b).map(({ element }) => element);
    for (const one of blocks) toggleSelected(root, one, true);
    anchor = from;
  }

  /** Every block of the day of this one. */
  function all(block) {
    const day = grid.columnOf(block)?.day;
    for (const { element } of everything()) if (grid.columnOf(element).day === day) toggleSelected(root, element, true);
  }

  function everything() {
    return [...root.querySelectorAll('[data-column] [data-block]:not([data-continues])')].map(described);
  }

  function described(element) {
    const column = grid.columnOf(element);
    const row = column ? grid.columnsOf(column.day).indexOf(column) : -1;
    return { element, row, start: Date.parse(element.dataset.start) };
  }

  function show() {
    const blocks = selected(root);
    bar.hidden = blocks.length === 0 || root.dataset.lifted !== undefined;
    if (blocks.length === 0) return;
    bar.querySelector('[data-select-count]').textContent = root.dataset.textCount.replace('{count}', blocks.length);
    const timed = blocks.filter((block) => block.dataset.start);
    bar.querySelector('[data-select-tray]').disabled = timed.length < blocks.length;
    const swap = bar.querySelector('[data-select-swap]');
    swap.hidden = blocks.length !== 2;
    const [a, b] = blocks.map((block) => block.dataset.block);
    swap.href = `${root.dataset.here}/swap?a=${a}&b=${b ?? ''}`;
    const shift = bar.querySelector('[data-select-shift]');
    shift.hidden = blocks.length !== 1 || timed.length !== 1;
    if (shift.hidden) return;
    const column = grid.columnOf(blocks[0]);
    const from = grid.clock(column, grid.minuteOf(blocks[0]));
    shift.textContent = root.dataset.textShift.replace('{time}', from);
    shift.href = `${root.dataset.here}/shift?day=${column.day.element.dataset.day}&from=${from}`;
  }
}
