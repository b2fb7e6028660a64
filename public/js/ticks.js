// The run sheet works without a network: a tap shows at once, is kept on the device, and is sent when there is one again.
const sheet = document.querySelector('[data-ticks]');

if (sheet) {
  const address = sheet.dataset.ticks;
  const store = `ticks:${address}`;
  const state = document.querySelector('[data-ticks-state]');
  const said = state.textContent;
  const token = () => document.querySelector('input[name="_csrf"]').value;
  const waiting = () => JSON.parse(localStorage.getItem(store) ?? '[]');
  const keep = (taps) => localStorage.setItem(store, JSON.stringify(taps));

  const show = (key, done) => {
    const line = sheet.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!line) return;
    line.classList.toggle('run-done', done);
    line.querySelector('[name="done"]').value = done ? 'no' : 'yes';
    line.querySelector('button').setAttribute('aria-pressed', String(done));
  };

  let sending = false;
  async function send() {
    const taps = waiting();
    if (sending || taps.length === 0) return;
    sending = true;
    state.textContent = state.dataset.waiting;
    try {
      const answer = await fetch(address, {
        method: 'PUT',
        headers: { 'content-type': 'application/json', 'x-csrf-token': token() },
        body: JSON.stringify({ ticks: taps }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      // What was tapped meanwhile waits for the next time.
      keep(waiting().slice(taps.length));
      const { items } = await answer.json();
      if (waiting().length === 0) for (const { key, done } of items) show(key, done);
      state.textContent = state.dataset.sent;
    } catch {
      state.textContent = state.dataset.waiting;
    } finally {
      sending = false;
    }
  }

  sheet.addEventListener('submit', (event) => {
    const form = event.target;
    event.preventDefault();
    const done = form.elements.namedItem('done').value === 'yes';
    const key = form.elements.namedItem('key').value;
    show(key, done);
    keep([...waiting(), { key, done, at: new Date().toISOString() }]);
    void send();
  });
  addEventListener('online', () => void send());
  document.addEventListener('visibilitychange', () => void (document.hidden || send()));
  setInterval(() => void send(), 15_000);

  for (const { key, done } of waiting()) show(key, done);
  if (waiting().length > 0) void send();
  else state.textContent = said;
}
