import type { ICalDayJsStub } from 'ical-generator';
import { offsetSeconds } from '../../kernel/zones.js';

/**
 * An instant in the shape of a Day.js value, which ical-generator accepts. A native Date would be printed on the server's
 * clock beside our TZID.
 */
export class ZonedInstant implements ICalDayJsStub {
  readonly #ms: number;
  readonly #zone?: string;

  constructor(ms: number, zone?: string) {
    this.#ms = ms;
    this.#zone = zone;
  }

  isValid(): boolean {
    return Number.isFinite(this.#ms);
  }

  toDate(): Date {
    return new Date(this.#ms);
  }

  toJSON(): string {
    return this.toDate().toISOString();
  }

  tz(zone?: string): ZonedInstant {
    return new ZonedInstant(this.#ms, zone);
  }

  utc(): ZonedInstant {
    return new ZonedInstant(this.#ms);
  }

  format(form?: string): string {
    const offset = this.#zone ? offsetSeconds(this.#zone, this.#ms) * 1000 : 0;
    const clock = new Date(this.#ms + offset).toISOString().replace(/[-:]/g, '');
    if (form === 'YYYYMMDD') return clock.slice(0, 8);
    if (form === 'HHmmss') return clock.slice(9, 15);
    throw new Error(`ical-generator asks for the form ${form}`);
  }
}
