/** Shows of the tray only what holds every word that is typed. */
export function filterTray(root) {
  const field = root.querySelector('[data-tray-words]');
  const list = root.querySelector('[data-tray-blocks]');
  const filter = () => {
    const words = folded(field.value).split(/\s+/u).filter(Boolean);
    for (const block of list.querySelectorAll('[data-block]')) {
      const text = folded(block.textContent);
      block.classList.toggle('block-filtered', !words.every((word) => text.includes(word)));
    }
  };
  field.addEventListener('input', filter);
  root.addEventListener('board:renewed', filter);
  field.form.addEventListener('submit', (event) => event.preventDefault());
}

function folded(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
