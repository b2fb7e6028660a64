import { selected, toggleSelected } from './selection.js';
import { showState } from './state.js';

/** Talks to the server: one step after the other, and shows what came of it. */
export class Desk {
  constructor(root, grid) {
    this.root = root;
    this.grid = grid;
    this.status = document.querySelector('[data-status]');
    this.stale = document.querySelector('[data-stale-dialog]');
    this.last = Promise.resolve();
    /** A step that found no connection is waiting to be tried again. */
    this.failed = false;
    for (const form of document.querySelectorAll('[data-turn]')) {
      form.addEventListener('submit', (event) => {
        event.preventDefault();
        void this.turn(form.dataset.turn);
      });
    }
    root.addEventListener('click', (event) => {
      const link = event.target.closest('[data-focus]');
      if (link && this.focusNext(link)) event.preventDefault();
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
    // What is in the hand may be what goes back.
    this.root.dispatchEvent(new CustomEvent('board:put-down'));
    return this.send(`/${which}`, () => ({}), []);
  }

  /** Fetches what every block's place is, after others have moved or the connection was away. */
  async catchUp() {
    const answer = await fetch(this.root.dataset.api, { headers: { accept: 'application/json' } });
    if (!answer.ok) return;
    const state = await answer.json();
    const there = new Set(state.sessions.map(({ id }) => id));
    const gone = [...this.root.querySelectorAll('[data-block]')].some(({ dataset }) => !there.has(dataset.block));
    if (showState(this.root, this.grid, state).length > 0 || gone) await this.reload();
  }

  /** The page anew, for what is more than a move: texts, people, sessions that came or went. */
  async reload() {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const focused = document.activeElement?.closest('[data-block]')?.dataset.block;
    const chosen = selected(this.root).map((block) => block.dataset.block);
    for (const part of ['.board-main', '[data-tray-blocks]', '[data-conflicts]']) {
      const [ours, theirs] = [this.root.querySelector(part), page.querySelector(`[data-board] ${part}`)];
      if (ours && theirs) ours.replaceChildren(...theirs.childNodes);
    }
    const count = page.querySelector('[data-conflict-count]');
    if (count) this.root.querySelector('[data-conflict-count]').textContent = count.textContent;
    this.grid.read();
    this.grid.show();
    for (const block of chosen.flatMap((id) => this.grid.block(id) ?? [])) toggleSelected(this.root, block, true);
    this.root.dispatchEvent(new CustomEvent('board:renewed'));
    if (focused) this.focus(focused, { scroll: false });
  }

  /** To a block, wherever it is on the board; answers whether it is there. */
  focus(id, { scroll = true } = {}) {
    const block = this.grid.block(id);
    if (!block) return false;
    if (block.dataset.start) {
      this.root.dispatchEvent(new CustomEvent('board:show-room', { detail: this.grid.columnOf(block)?.room ?? '' }));
    }
    const link = block.querySelector('.block-link');
    if (scroll) link.scrollIntoView({ block: 'center', inline: 'center' });
    link.focus({ preventScroll: true });
    return true;
  }

  /** A conflict leads to its sessions one after the other; on another day, to the board of that. */
  focusNext(link) {
    const ids = link.dataset.focus.split(',');
    const at = Number(link.dataset.at ?? 0) % ids.length;
    link.dataset.at = at + 1;
    return this.focus(ids[at]);
  }

  /** What the address asks for: a conflict of another day led here. */
  focusAsked() {
    const id = /^#s-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
    if (id) this.focus(id);
  }

  /** News of others, unless something of one's own waits for an answer. */
  hear(text) {
    if (!this.failed) this.say(text);
  }

  say(text, { bad = false, act = null } = {}) {
    this.status.textContent = text;
    this.status.classList.toggle('is-bad', bad);
    if (!act) return;
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'link-button';
    button.textContent = act.text;
    button.addEventListener('click', () => void act.run());
    this.status.append(' ', button);
  }

  /** Steps wait for each other: each counts on the versions that the one before has left. */
  send(path, body, wanted) {
    const blocks = wanted.map(({ id }) => this.grid.block(id)).filter(Boolean);
    for (const block of blocks) block.classList.add('is-busy');
    this.last = this.last.then(async () => {
      this.root.dataset.busy = '';
      this.failed = false;
      try {
        await this.post(path, body(), wanted);
      } catch {
        // No connection, or an answer of somebody between: what was wanted is kept for another try.
        const again = { text: this.root.dataset.textAgain, run: () => this.retry(path, wanted) };
        this.say(this.root.dataset.textFailed, { bad: true, act: again });
        this.failed = true;
      }
      for (const block of blocks) block.classList.remove('is-busy');
      delete this.root.dataset.busy;
    });
    return this.last;
  }

  /** Once more, after the connection was away; it may have been only the answer that was lost. */
  async retry(path, wanted) {
    if (path !== '/operations') return this.send(path, () => ({}), wanted);
    try {
      await this.catchUp();
    } catch {
      // Still away: the step itself says so.
    }
    const left = wanted.flatMap(({ id, ...place }) => {
      const block = this.grid.block(id);
      return block && !isAt(block, place) ? [{ ...place, block }] : [];
    });
    if (left.length > 0) return this.place(left);
    this.failed = false;
    this.say('');
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
      showState(this.root, this.grid, said);
      const undo = { text: this.root.dataset.textUndo, run: () => this.turn('undo') };
      this.say(said.said, { act: said.undo === null ? null : undo });
      return;
    }
    this.say(said.title ?? this.root.dataset.textFailed, { bad: true });
    if (said.current?.status === 'planned' || said.current?.status === 'cancelled') this.refused(said, wanted);
    // What is there no longer is not shown any longer.
    else await this.reload();
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
}

function isAt({ dataset }, { start, minutes, roomId }) {
  return dataset.start === (start ?? '') && Number(dataset.minutes) === minutes && dataset.room === (roomId ?? '');
}
