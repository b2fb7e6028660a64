const SOON = 150;
/** A connection that is refused, not broken, is tried again by us: the browser gives it up. */
const LATER = 15_000;
/** A short gap is nothing to speak of. */
const NOTICED = 3_000;
/** The server lets hear of itself every twenty seconds; after this, nobody is there any more. */
const DEAD = 50_000;

/** Hears of what others do. After a connection was away, everything is read again, so that nothing is missed. */
export function listen(root, grid, desk) {
  const offline = document.querySelector('[data-offline]');
  let source;
  let pulse;
  let timer;
  let silence;
  let wanted = null;
  let wasReady = false;
  open();
  addEventListener('offline', lost);
  addEventListener('online', open);

  function open() {
    source?.close();
    source = new EventSource(root.dataset.events);
    for (const [name, act] of [
      ['ready', ready],
      ['moved', moved],
      ['changed', () => later('reload')],
      ['beat', () => {}],
    ])
      source.addEventListener(name, (event) => {
        listenOn();
        act(event);
      });
    source.addEventListener('error', () => {
      lost();
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(pulse);
      pulse = setTimeout(open, LATER);
    });
    listenOn();
  }

  /** A connection may be dead without a word: a laptop slept, a train went into a tunnel. */
  function listenOn() {
    clearTimeout(pulse);
    pulse = setTimeout(() => {
      lost();
      open();
    }, DEAD);
  }

  function lost() {
    delete root.dataset.connected;
    silence ??= setTimeout(() => (offline.hidden = false), NOTICED);
  }

  function ready() {
    root.dataset.connected = '';
    clearTimeout(silence);
    silence = undefined;
    if (!offline.hidden) desk.hear(root.dataset.textBackOnline);
    offline.hidden = true;
    // The first time the page is as good as new; later, more than moves may have been missed.
    later(wasReady ? 'reload' : 'catch-up');
    wasReady = true;
  }

  function later(what) {
    // A page anew holds what catching up would bring.
    wanted = what === 'reload' || wanted === 'reload' ? 'reload' : what;
    clearTimeout(timer);
    timer = setTimeout(run, SOON);
  }

  function run() {
    // Nobody's block is pulled from under the pointer.
    if (root.dataset.lifted !== undefined) return later(wanted);
    const what = wanted;
    wanted = null;
    // Without a connection the next "ready" catches up.
    Promise.resolve(what === 'reload' ? desk.reload().then(() => desk.catchUp()) : desk.catchUp()).catch(() => {});
  }

  function moved(event) {
    const { mine, said, sessions } = JSON.parse(event.data);
    const fresh = sessions.filter(({ id, version }) => version > Number(grid.block(id)?.dataset.version ?? 0));
    // Catching up may have placed it already, without a word about whose move it was.
    if (!mine) desk.hear(said);
    if (fresh.length === 0) return;
    const unknown = fresh.some((session) => show(session) === 'unknown');
    later(unknown ? 'reload' : 'catch-up');
  }

  function show(session) {
    const block = grid.block(session.id);
    // What is in somebody's hand keeps the version that they saw: letting go says who was faster.
    if (block?.classList.contains('is-dragged')) return 'held';
    const done = grid.place(session);
    root.dispatchEvent(new CustomEvent('board:others'));
    block?.classList.add('is-told');
    block?.addEventListener('animationend', () => block.classList.remove('is-told'), { once: true });
    return done;
  }
}
