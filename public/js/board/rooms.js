/** One room at a time where the screen is narrow; on a wide one, all of them beside each other. */
export function showRooms(root, grid) {
  const tabs = root.querySelector('[data-room-tabs]');
  const buttons = [...tabs.querySelectorAll('[data-room-tab]')];
  const narrow = matchMedia('(max-width: 47.99em)');
  let chosen = null;
  tabs.hidden = false;

  tabs.addEventListener('click', ({ target }) => {
    const tab = target.closest('[data-room-tab]');
    if (tab) choose(tab.dataset.roomTab);
  });
  // Whoever wants to show something that may be in another room.
  root.addEventListener('board:show-room', ({ detail }) => {
    if (chosen !== 'all' && narrow.matches) choose(detail);
  });
  root.addEventListener('board:renewed', () => choose(chosen));
  narrow.addEventListener('change', () => choose(narrow.matches ? first() : 'all'));
  choose(narrow.matches ? first() : 'all');

  /** The room where the first thing of the day is. */
  function first() {
    return (grid.columns.find(({ list }) => list.querySelector('[data-block]')) ?? grid.columns[0])?.room ?? 'all';
  }

  function choose(room) {
    chosen = buttons.some(({ dataset }) => dataset.roomTab === (room ?? '')) ? (room ?? '') : 'all';
    for (const button of buttons) button.setAttribute('aria-pressed', String(button.dataset.roomTab === chosen));
    for (const { element, room: own } of grid.columns)
      element.toggleAttribute('data-off', chosen !== 'all' && (own ?? '') !== chosen);
    root.toggleAttribute('data-one-room', chosen !== 'all');
    buttons.find(({ dataset }) => dataset.roomTab === chosen)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }
}
