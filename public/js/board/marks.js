/* What stands in a column besides its blocks: time to set the room up, rooms that are taken with a larger one, and now. */

const MINUTE = 60_000;

/**
 * Pure: the time to set a room up between neighbours whose chairs stand otherwise: `[{ at, long, short }]`, short where there
 * is not enough. `items`: `[{ at, long, layout, setup }]` in minutes of the axis.
 */
export function setups(items) {
  const inTime = items.toSorted((a, b) => a.at - b.at);
  return inTime.flatMap((next) => {
    const before = inTime.filter((one) => one !== next && one.at + one.long <= next.at);
    const last = before.toSorted((a, b) => b.at + b.long - (a.at + a.long))[0];
    if (!last?.layout || !next.layout || last.layout === next.layout) return [];
    const need = Math.max(last.setup, next.setup);
    const end = last.at + last.long;
    const long = Math.min(need, next.at - end);
    return [{ at: end, long, need, short: long < need }];
  });
}

/** Draws the set-up times of a column anew. */
export function markSetups(root, { list }, items) {
  for (const old of list.querySelectorAll('.setup')) old.remove();
  const described = items.map(({ element, at, long }) => ({
    at,
    long,
    layout: element.dataset.layout,
    setup: Number(element.dataset.setup ?? root.dataset.setup),
  }));
  for (const { at, long, need, short } of setups(described)) {
    if (long <= 0) continue;
    const strip = mark(`setup${short ? ' setup-short' : ''}`, at, long);
    strip.textContent = root.dataset.textSetup.replace('{minutes}', need);
    list.append(strip);
  }
}

/** In a column, what takes its room from next door: blocks in a room with the same walls. */
export function markShadows(root, column, columns) {
  for (const old of column.list.querySelectorAll('.shadow')) old.remove();
  for (const other of columns) {
    if (other === column || !other.parts.some((part) => column.parts.includes(part))) continue;
    for (const block of other.list.querySelectorAll(':scope > [data-block]')) {
      const at = (Date.parse(block.dataset.start) - column.day.from) / MINUTE;
      const from = Math.max(0, at);
      const to = Math.min(column.day.length, at + Number(block.dataset.minutes));
      if (to <= from) continue;
      const shadow = mark('shadow', from, to - from);
      shadow.textContent = `${root.dataset.textOccupied}: ${block.querySelector('[data-title]').textContent} (${other.name})`;
      column.list.append(shadow);
    }
  }
}

/** A line through the day that is today. */
export function markNow({ days }, now = Date.now()) {
  for (const { element, from, length } of days) {
    const hours = element.querySelector('.hours');
    hours.querySelector('.now')?.remove();
    const at = (now - from) / MINUTE;
    if (at > 0 && at < length) hours.append(mark('now', at, 0));
  }
}

function mark(name, at, long) {
  const element = document.createElement('li');
  element.className = name;
  // The conflicts say it in words, too.
  element.setAttribute('aria-hidden', 'true');
  element.style.setProperty('--at', at);
  element.style.setProperty('--long', long);
  return element;
}
