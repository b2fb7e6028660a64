/** Blocks that are moved together. The word "selected" stands in the block, for those who do not see the frame. */
export function toggleSelected(root, block, on = !block.classList.contains('is-selected')) {
  block.classList.toggle('is-selected', on);
  const link = block.querySelector('.block-link');
  link.querySelector('[data-selected]')?.remove();
  if (!on) return;
  const word = document.createElement('span');
  word.className = 'hidden';
  word.dataset.selected = '';
  word.textContent = `, ${root.dataset.textSelected}`;
  link.append(word);
}

export function clearSelection(root) {
  for (const block of root.querySelectorAll('.is-selected')) toggleSelected(root, block, false);
}

/** The block and all selected with it, or the block alone when it is not selected itself. */
export function together(root, block) {
  return block.classList.contains('is-selected') ? [...root.querySelectorAll('[data-block].is-selected')] : [block];
}
