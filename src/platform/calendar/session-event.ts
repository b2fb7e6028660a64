import { ICalAlarm, ICalAlarmType, ICalAttendee, ICalCalendar, ICalEvent } from 'ical-generator';
import { CalendarValueError } from './values.js';

export const PRODUCT = '//Skaryna//Calendar 1//EN';

/** Parent of every event. It has no zone: with one, the library prints stamps as local times without `Z`. */
export const BARE = new ICalCalendar({ prodId: PRODUCT });

const TAIL = '\r\nEND:VEVENT\r\n';

/** The library's event with lines of our own behind its lines, and with the alarm after them all, as RFC 5545 wants. */
export class SessionEvent extends ICalEvent {
  readonly #lines: string[] = [];
  readonly #alarms: ICalAlarm[] = [];

  /** Appends a whole content line, already escaped by the type of its value. */
  line(content: string): void {
    if (/[\r\n]/.test(content)) throw new CalendarValueError('line', 'line break');
    this.#lines.push(content);
  }

  remind(minutes: number): void {
    this.#alarms.push(new ICalAlarm({ type: ICalAlarmType.display, trigger: minutes * 60 }, this));
  }

  override toString(): string {
    const text = super.toString();
    // With its line break: a title may say END:VEVENT.
    const cut = text.indexOf(TAIL);
    if (cut !== text.length - TAIL.length || text.includes('\r\nBEGIN:VALARM'))
      throw new Error('ical-generator has changed');
    const own = this.#lines.map((line) => `${line}\r\n`).join('');
    return `${text.slice(0, cut)}\r\n${own}${this.#alarms.join('')}END:VEVENT\r\n`;
  }
}

/** The library writes `MAILTO:`, which some readers take for another address. */
export class Guest extends ICalAttendee {
  override toString(): string {
    return super.toString().replace(/:MAILTO:([^:\r\n]*\r\n)$/, ':mailto:$1');
  }
}
