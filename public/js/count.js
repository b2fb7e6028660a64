const COUNTS = {
  words: (text) => text.trim().split(/\s+/u).filter(Boolean).length,
  characters: (text) => [...text].length,
};

/** "Words: 120 of 300" below a text, in place of the bare limit. */
export function countText() {
  for (const area of document.querySelectorAll('[data-count]')) {
    const note = document.getElementById(`${area.id}-count`);
    const limit = Number(area.dataset.limit);
    const show = () => {
      const used = COUNTS[area.dataset.count](area.value);
      note.textContent = note.dataset.template.replace('{used}', used).replace('{limit}', limit);
      note.classList.toggle('over', used > limit);
    };
    area.addEventListener('input', show);
    show();
  }
}
