/** Shows of the tray only what holds every word that is typed, and how much that is of all. */
export function filterTray(root) {
  const field = root.querySelector('[data-tray-words]');
  const list = root.querySelector('[data-tray-blocks]');
  const count = root.querySelector('[data-tray-count]');
  const filter = () => {
    const words = folded(field.value).split(/\s+/u).filter(Boolean);
    const blocks = [...list.querySelectorAll('[data-block]')];
    let shown = 0;
    for (const block of blocks) {
      const text = folded(block.textContent);
      const fits = words.every((word) => text.includes(word));
      block.classList.toggle('block-filtered', !fits);
      if (fits) shown++;
    }
    count.textContent = shown === blocks.length ? shown : `${shown} / ${blocks.length}`;
  };
  field.addEventListener('input', filter);
  root.addEventListener('board:tray', filter);
  field.form.addEventListener('submit', (event) => event.preventDefault());
  filter();
}

function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
