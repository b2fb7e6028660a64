/** Talks to the server: one step after the other, and shows what came of it. */
export class Desk {
  constructor(root, grid) {
    this.root = root;
    this.grid = grid;
    this.status = document.querySelector('[data-status]');
    this.stale = document.querySelector('[data-stale-dialog]');
    this.last = Promise.resolve();
    for (const form of document.querySelectorAll('[data-turn]')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void this.turn(form.dataset.turn);
      });
    }
    root.addEventListener('click', (event) => {
      const link = event.target.closest('[data-focus]');
      if (link && this.focus(link.dataset.focus)) event.preventDefault();
    });
    document.addEventListener('keydown', (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.target.matches('input, textarea, select')) return;
      const key = event.key.toLowerCase();
      const which = key === 'y' || (key === 'z' && event.shiftKey) ? 'redo' : key === 'z' ? 'undo' : null;
      if (!which || !('mayEdit' in root.dataset)) return;
      event.preventDefault();
      void this.turn(which);
    });
  }

  /** Moves of one or more blocks: `[{ block, start, minutes, roomId }]`. */
  place(moves) {
    const sessions = moves.map(({ block, start, minutes, roomId }) => ({
      id: block.dataset.block,
      version: Number(block.dataset.version),
      start: start ?? null,
      minutes: minutes ?? Number(block.dataset.minutes),
      roomId: roomId === undefined ? block.dataset.room || null : roomId,
    }));
    return this.send(
      '/operations',
      () => ({
        kind: 'place',
        // What an earlier step of the queue has done counts as seen.
        sessions: sessions.map((one) => ({
          ...one,
          version: Number(this.grid.block(one.id)?.dataset.version ?? one.version),
        })),
      }),
      sessions,
    );
  }

  turn(which) {
    return this.send(`/${which}`, () => ({}), []);
  }

  /** Fetches what every block's place is, after others have moved or the connection was away. */
  async catchUp() {
    const answer = await fetch(this.root.dataset.api, { headers: { accept: 'application/json' } });
    if (answer.ok) this.apply(await answer.json());
  }

  /** The page anew, for what is more than a move: texts, people, sessions that came or went. */
  async reload() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const focused = document.activeElement?.closest('[data-block]')?.dataset.block;
    for (const part of ['.board-main', '[data-tray-blocks]', '[data-conflicts]']) {
      const [ours, theirs] = [this.root.querySelector(part), page.querySelector(`[data-board] ${part}`)];
      if (ours && theirs) ours.replaceChildren(...theirs.childNodes);
    }
    const count = page.querySelector('[data-conflict-count]');
    if (count) this.root.querySelector('[data-conflict-count]').textContent = count.textContent;
    this.grid.read();
    this.grid.show();
    this.root.dispatchEvent(new CustomEvent('board:renewed'));
    if (focused) this.focus(focused);
  }

  focus(id) {
    const link = this.grid.block(id)?.querySelector('.block-link');
    link?.scrollIntoView({ block: 'center', inline: 'center' });
    link?.focus({ preventScroll: true });
    return Boolean(link);
  }

  say(text, { bad = false, undo = false } = {}) {
    this.status.textContent = text;
    this.status.classList.toggle('is-bad', bad);
    if (!undo) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link-button';
    button.textContent = this.root.dataset.textUndo;
    button.addEventListener('click', () => void this.turn('undo'));
    this.status.append(' ', button);
  }

  /** Steps wait for each other: each counts on the versions that the one before has left. */
  send(path, body, wanted) {
    const blocks = wanted.map(({ id }) => this.grid.block(id)).filter(Boolean);
    for (const block of blocks) block.classList.add('is-busy');
    this.last = this.last.then(async () => {
      try {
        await this.post(path, body(), wanted);
      } catch {
        this.say(this.root.dataset.textFailed, { bad: true });
      }
      for (const block of blocks) block.classList.remove('is-busy');
    });
    return this.last;
  }

  async post(path, body, wanted) {
    const answer = await fetch(this.root.dataset.api + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json',
        'x-csrf-token': this.root.dataset.csrf,
      },
      body: JSON.stringify(body),
    });
    const said = await answer.json();
    if (answer.ok) {
      if (said.operation.kind === 'copy-day') await this.reload();
      this.apply(said);
      this.say(said.said, { undo: said.undo !== null });
      return;
    }
    this.say(said.title ?? this.root.dataset.textFailed, { bad: true });
    if (said.current) this.refused(said, wanted);
  }

  /** Somebody was faster: theirs is shown, and mine may be made again against it. */
  refused(problem, wanted) {
    const mine = wanted.map((one) => ({ ...one, block: this.grid.block(one.id) }));
    const shown = this.grid.place(problem.current);
    if (shown === 'unknown') void this.reload();
    if (mine.length === 0 || !this.stale) return;
    this.stale.querySelector('[data-stale-text]').textContent = problem.title;
    const decided = new AbortController();
    const close = () => {
      decided.abort();
      this.stale.close();
      this.focus(problem.current.id);
    };
    const on = (selector, act) =>
      this.stale.querySelector(selector).addEventListener('click', act, { signal: decided.signal });
    on('[data-take-theirs]', close);
    on('[data-apply-mine]', () => {
      close();
      void this.place(mine);
    });
    this.stale.addEventListener('cancel', () => decided.abort(), { signal: decided.signal });
    this.stale.showModal();
  }

  /** What the server says about places, conflicts and what can be undone. */
  apply({ sessions, badges, conflicts, conflictCount, undo, redo }) {
    const unknown = sessions.filter((session) => this.grid.place(session) === 'unknown');
    const bySession = new Map(badges.map((badge) => [badge.session, badge]));
    for (const block of this.root.querySelectorAll('[data-block]')) {
      const badge = bySession.get(block.dataset.block);
      const shown = block.querySelector('[data-badge]');
      shown.hidden = !badge;
      shown.textContent = badge?.text ?? '';
      if (badge) block.dataset.severity = badge.severity;
      else delete block.dataset.severity;
    }
    this.root.querySelector('[data-conflict-count]').textContent = conflictCount;
    this.root.querySelector('[data-no-conflicts]').hidden = conflicts.length > 0;
    this.root.querySelector('[data-conflicts]').replaceChildren(...conflicts.map(conflictItem));
    for (const [which, step] of [
      ['undo', undo],
      ['redo', redo],
    ]) {
      const button = document.querySelector(`[data-turn="${which}"] button`);
      if (!button) continue;
      button.disabled = step === null;
      button.title = step ?? '';
    }
    return unknown;
  }
}

function conflictItem({ severity, label, text, sessions }) {
  const item = document.createElement('li');
  item.className = `conflict conflict-${severity}`;
  const head = document.createElement('span');
  head.className = 'conflict-label';
  head.textContent = label;
  const body = document.createElement(sessions.length > 0 ? 'a' : 'span');
  body.textContent = text;
  if (sessions.length > 0) {
    body.href = `#s-${sessions[0]}`;
    body.dataset.focus = sessions[0];
  }
  item.append(head, ' ', body);
  return item;
}
