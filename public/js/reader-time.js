const KEY = 'skaryna.zone';

/** Adds the reader's own time to the venue's ("14:00 in Jakarta"), never in its place; the choice stays on the device. */
export function showReaderTime() {
  const box = document.querySelector('[data-reader-zone]');
  const times = [...document.querySelectorAll('[data-reader-time]')];
  if (!box || times.length === 0 || !Intl.supportedValuesOf) return;
  const select = box.querySelector('select');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const zones = new Set([own, ...Intl.supportedValuesOf('timeZone')]);
  select.append(...[...zones].map((zone) => new Option(zone.replaceAll('_', ' '), zone)));
  const kept = read();
  select.value = zones.has(kept) || kept === '' ? kept : own;
  select.addEventListener('change', () => {
    write(select.value);
    show(times, select.value, box.dataset.template);
  });
  box.hidden = false;
  show(times, select.value, box.dataset.template);
}

function show(times, zone, template) {
  const city = zone.split('/').at(-1).replaceAll('_', ' ');
  for (const time of times) {
    let note = time.nextElementSibling;
    if (!note?.matches('.reader-time')) {
      note = document.createElement('span');
      note.className = 'reader-time';
      time.after(note);
    }
    const at = new Date(time.dateTime);
    const there = zone && clock(at, zone);
    note.textContent =
      there && there !== clock(at, time.dataset.zone) ? template.replace('{time}', there).replace('{city}', city) : '';
  }
}

function clock(at, timeZone) {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  );
}

/** Private windows may refuse storage: then the choice holds for this page. */
function read() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function write(zone) {
  try {
    localStorage.setItem(KEY, zone);
  } catch {
    return;
  }
}
