const SOON = 300;

/** Hears of what others do. After a connection was away, everything is read again, so that nothing is missed. */
export function listen(root, grid, desk) {
  const source = new EventSource(root.dataset.events);
  let timer;
  let wanted = null;
  const later = (what) => {
    // A page anew holds what catching up would bring.
    wanted = what === 'reload' || wanted === 'reload' ? 'reload' : what;
    clearTimeout(timer);
    timer = setTimeout(run, SOON);
  };
  const run = () => {
    // Nobody's block is pulled from under the pointer.
    if (root.dataset.dragged !== undefined) return later(wanted);
    const what = wanted;
    wanted = null;
    // Without a connection the next "ready" catches up.
    Promise.resolve(what === 'reload' ? desk.reload().then(() => desk.catchUp()) : desk.catchUp()).catch(() => {});
  };
  source.addEventListener('ready', () => {
    root.dataset.connected = '';
    later('catch-up');
  });
  source.addEventListener('moved', (event) => {
    const { mine, said, sessions } = JSON.parse(event.data);
    const fresh = sessions.filter(({ id, version }) => version > Number(grid.block(id)?.dataset.version ?? 0));
    // Catching up may have placed it already, without a word about whose move it was.
    if (!mine) desk.say(said);
    if (fresh.length === 0) return;
    const unknown = fresh.some((session) => show(session) === 'unknown');
    later(unknown ? 'reload' : 'catch-up');
  });
  source.addEventListener('changed', () => later('reload'));
  source.addEventListener('error', () => {
    delete root.dataset.connected;
    if (source.readyState === EventSource.CLOSED) desk.say(root.dataset.textOffline);
  });

  function show(session) {
    if (root.dataset.dragged !== undefined) return 'unknown';
    const done = grid.place(session);
    const block = grid.block(session.id);
    block?.classList.add('is-told');
    block?.addEventListener('animationend', () => block.classList.remove('is-told'), { once: true });
    return done;
  }
}
