/** Shows what the server says about places, conflicts and what can be undone. Answers the sessions that have no block yet. */
export function showState(root, grid, { sessions, badges, conflicts, conflictCount, undo, redo }) {
  const unknown = sessions.filter(
    (session) => (grid.block(session.id) || grid.shows(session)) && grid.place(session) === 'unknown',
  );
  showBadges(root, badges);
  root.querySelector('[data-conflict-count]').textContent = conflictCount;
  root.querySelector('[data-no-conflicts]').hidden = conflicts.length > 0;
  root
    .querySelector('[data-conflicts]')
    .replaceChildren(...conflicts.map((conflict) => conflictItem(conflict, root.dataset.here)));
  for (const [which, step] of Object.entries({ undo, redo })) {
    const button = document.querySelector(`[data-turn="${which}"] button`);
    if (!button) continue;
    button.disabled = step === null;
    button.title = step ?? '';
  }
  return unknown;
}

function showBadges(root, badges) {
  const bySession = new Map(badges.map((badge) => [badge.session, badge]));
  for (const block of root.querySelectorAll('[data-block]')) {
    const badge = bySession.get(block.dataset.block);
    const shown = block.querySelector('[data-badge]');
    shown.hidden = !badge;
    shown.textContent = badge?.text ?? '';
    if (badge) {
      block.dataset.severity = badge.severity;
      shown.dataset.number = badge.count;
    } else delete block.dataset.severity;
  }
}

function conflictItem({ severity, label, text, sessions, day }, here) {
  const item = document.createElement('li');
  item.className = `conflict conflict-${severity}`;
  const head = document.createElement('span');
  head.className = 'conflict-label';
  head.textContent = label;
  const body = document.createElement(sessions.length > 0 ? 'a' : 'span');
  body.textContent = text;
  if (sessions.length > 0) {
    const days = new URLSearchParams(location.search).get('days');
    body.href = `${here}?day=${day}${days ? `&days=${days}` : ''}#s-${sessions[0]}`;
    body.dataset.focus = sessions.join();
  }
  item.append(head, ' ', body);
  return item;
}
