import { Clock } from '../../src/platform/runtime/clock.js';

/** Stands where a test puts it; starts at the real time, in whole seconds. */
export class TestClock extends Clock {
  private instant = new Date(Math.floor(Date.now() / 1000) * 1000);

  override now(): Date {
    return new Date(this.instant);
  }

  set(instant: Date | string): void {
    this.instant = new Date(instant);
  }

  advance(by: { days?: number; hours?: number; minutes?: number; seconds?: number }): void {
    const seconds = (by.days ?? 0) * 86_400 + (by.hours ?? 0) * 3600 + (by.minutes ?? 0) * 60 + (by.seconds ?? 0);
    this.instant = new Date(this.instant.getTime() + seconds * 1000);
  }
}
