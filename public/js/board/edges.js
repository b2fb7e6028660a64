/** So near an edge the board begins to scroll, and the nearer the faster. */
const ZONE = 56;
const FASTEST = 12;

/** Pure: pixels to scroll in one frame; none between the zones, and none outside of what is scrolled by more than a zone. */
export function pull(at, from, to) {
  // In something small the zones must leave a middle.
  const zone = Math.min(ZONE, (to - from) / 4);
  const into = at < from + zone ? at - (from + zone) : at > to - zone ? at - (to - zone) : 0;
  const speed = Math.min(1, Math.abs(into) / zone);
  return Math.round(Math.sign(into) * FASTEST * speed * speed);
}

/**
 * Scrolls a pane, and the page around it, while something is held near their edges, however still the hand is. It begins
 * only after the hand was away from every edge once: what is taken there must not run away.
 */
export class EdgeScroll {
  /** `cover`: what lies over the lower edge, perhaps. */
  constructor(pane, cover, moved) {
    this.pane = pane;
    this.cover = cover;
    this.moved = moved;
    this.armed = false;
    this.frame = 0;
  }

  point(x, y) {
    this.at = { x, y };
    const { x: right, y: down } = this.pulls();
    if (right === 0 && down === 0) this.armed = true;
    else if (this.armed && !this.frame) this.frame = requestAnimationFrame(() => this.run());
  }

  stop() {
    cancelAnimationFrame(this.frame);
    this.frame = 0;
    this.armed = false;
    this.at = null;
  }

  pulls() {
    const box = this.pane.getBoundingClientRect();
    const { clientWidth: width, clientHeight: height } = document.documentElement;
    const { x, y } = this.at;
    return {
      x: pull(x, Math.max(0, box.left), Math.min(width, box.right)),
      y: pull(y, Math.max(0, box.top), Math.min(height, box.bottom, this.cover.getBoundingClientRect().top)),
    };
  }

  reaches(y) {
    const { top, bottom } = this.pane.getBoundingClientRect();
    return y < 0
      ? top < 0
      : bottom > Math.min(document.documentElement.clientHeight, this.cover.getBoundingClientRect().top);
  }

  run() {
    this.frame = 0;
    if (!this.at) return;
    const { x, y } = this.pulls();
    if (x === 0 && y === 0) return;
    const before = [this.pane.scrollLeft, this.pane.scrollTop, scrollY].join();
    this.pane.scrollBy(x, 0);
    const top = this.pane.scrollTop;
    this.pane.scrollBy(0, y);
    // Where the pane is at its end, or does not scroll at all, the page goes on, as far as there is more of the pane.
    if (this.pane.scrollTop === top && this.reaches(y)) scrollBy(0, y);
    if ([this.pane.scrollLeft, this.pane.scrollTop, scrollY].join() === before) return;
    this.moved(this.at);
    this.frame = requestAnimationFrame(() => this.run());
  }
}
