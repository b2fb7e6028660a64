const EVERY_MS = 5000;

/**
 * Keeps a part of the page that others change current. It stands still while somebody types or the page is hidden. A part
 * may say how often, and that the whole page is another one when the part is gone.
 */
const part = document.querySelector('[data-refresh]');
if (part) setInterval(() => refresh(part.id), Number(part.dataset.refresh) || EVERY_MS);

async function refresh(id) {
  const old = document.getElementById(id);
  if (document.hidden || !old || old.contains(document.activeElement)) return;
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (!answer.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById(id);
    if (!next && 'refreshEnd' in old.dataset) location.reload();
    else if (next && next.textContent !== old.textContent) old.replaceWith(next);
  } catch {
    // Off the network for a moment: the next turn tries again, and the link below the part still works.
  }
}
