import { Heat } from './heat.js';
import { Lift } from './lift.js';
import { clearSelection, together } from './selection.js';

/**
 * At most one move at a time that is not let go yet, whether a pointer drags it or somebody carries it by keys or taps:
 * its ghosts, the shades of the places, and the panel that says where it is and what is against that.
 */
export class Lifting {
  constructor(root, grid, desk) {
    this.root = root;
    this.grid = grid;
    this.desk = desk;
    this.heat = new Heat(root, grid);
    this.lift = null;
    this.panel = root.querySelector('[data-lift]');
    this.said = root.querySelector('[data-lift-said]');
    this.tray = root.querySelector('[data-tray]');
    root.addEventListener('board:put-down', () => this.cancel());
    root.addEventListener('board:heat', () => this.tint());
    root.addEventListener('board:others', () => void this.heat.again());
  }

  part(name) {
    return this.panel.querySelector(`[data-lift-${name}]`);
  }

  /** `how`: drag or carry. */
  begin(block, how, options) {
    this.cancel();
    const blocks = options?.resizing ? [block] : together(this.root, block);
    this.lift = new Lift(this.grid, blocks, block, options);
    this.root.dataset.lifted = how;
    this.heat.begin(this.lift);
    const title = block.querySelector('[data-title]').textContent;
    this.part('title').textContent = blocks.length > 1 ? `${title} + ${blocks.length - 1}` : title;
    this.panel.hidden = false;
    this.part('where').textContent = '';
    this.tell(null);
    this.root.dispatchEvent(new CustomEvent('board:lifted'));
    return this.lift;
  }

  /** `aloud`: also for those who do not see it. */
  aim(target, { aloud = false } = {}) {
    const { lift } = this;
    const before = lift.target;
    if (before && target && same(before, target)) return;
    lift.aim(target);
    this.tray.classList.toggle('is-target', Boolean(target?.tray && lift.held.dataset.start));
    const where = this.where(target);
    this.part('where').textContent = where;
    this.tell(null);
    this.tint();
    if (aloud) this.said.textContent = where;
    if (!target || target.tray) return this.heat.why([], () => {});
    void this.heat.need(target.column.day);
    this.heat.why(lift.places(), (answer) => {
      this.tell(answer);
      const worst = [0, 'hint', 'warning', 'error'].indexOf(answer.severity ?? 0);
      if (lift.target === target) lift.tint(worst);
      if (aloud)
        this.said.textContent = [`${where}.`, `${answer.label}.`, ...answer.reasons.map(({ text }) => `${text}.`)].join(
          ' ',
        );
    });
  }

  where(target) {
    if (!target) return '';
    if (target.tray) return this.tray.querySelector('[data-tray-name]').textContent;
    const { column, at, long } = target;
    return `${column.name}, ${this.lift.clock(column, at, long)}`;
  }

  /** Until somebody has said why, the shade alone says how bad it is. */
  tint() {
    const { lift } = this;
    if (!lift?.target || lift.target.tray) return;
    const heat = this.heat.at(lift.target);
    lift.tint(heat);
    if (this.panel.dataset.told === undefined) this.verdict(heat, heat === undefined ? '' : this.heat.names[heat]);
  }

  tell(answer) {
    const list = this.part('reasons');
    if (answer === null) {
      delete this.panel.dataset.told;
      this.verdict(undefined, '');
      list.replaceChildren();
      return;
    }
    this.panel.dataset.told = '';
    this.verdict(['hint', 'warning', 'error'].indexOf(answer.severity) + 1, answer.label);
    list.replaceChildren(
      ...answer.reasons.map(({ severity, label, text }) => {
        const item = document.createElement('li');
        item.className = `conflict-${severity}`;
        const head = document.createElement('span');
        head.className = 'conflict-label';
        head.textContent = label;
        item.append(head, ` ${text}`);
        return item;
      }),
      ...(answer.more > 0 ? [Object.assign(document.createElement('li'), { textContent: `+ ${answer.more}` })] : []),
    );
  }

  verdict(heat, text) {
    const shown = this.part('verdict');
    shown.textContent = text;
    shown.className = heat === undefined || text === '' ? 'lift-verdict' : `lift-verdict heat-mark heat-mark-${heat}`;
  }

  /** Lets go: the server does it, or nothing changes. Answers what the move was about. */
  drop() {
    const { lift, root, desk } = this;
    const changes = lift.changes();
    this.cancel();
    if (changes.length > 0) void desk.place(changes).then(() => clearSelection(root));
    return lift.held;
  }

  cancel() {
    const { lift } = this;
    if (!lift) return null;
    this.lift = null;
    lift.end();
    this.heat.end();
    this.tray.classList.remove('is-target');
    this.panel.hidden = true;
    this.said.textContent = '';
    delete this.root.dataset.lifted;
    this.root.dispatchEvent(new CustomEvent('board:let-go'));
    return lift.held;
  }
}

function same(a, b) {
  return a.tray === b.tray && a.column === b.column && a.at === b.at && a.long === b.long;
}
