/**
 * The scheduler's own generator: 32 bits of state, integer arithmetic only, so one seed gives one sequence on any machine.
 * Not for secrets.
 */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed | 0;
  }

  /** The next integer in 0 … 2³² − 1. */
  next(): number {
    this.state = (this.state + 0x9e3779b9) | 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  }

  /** An integer in 0 … limit − 1. */
  below(limit: number): number {
    return Math.floor((this.next() / 0x1_0000_0000) * limit);
  }

  /** A number above 0 and at most 1: its logarithm is always defined. */
  unit(): number {
    return (this.next() + 1) / 0x1_0000_0000;
  }
}
