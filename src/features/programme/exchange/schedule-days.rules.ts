import { toInstant } from '../../../kernel/zones.js';
import { withOffset } from './described.rules.js';
import type { ScheduleDay, ScheduleEvent, ScheduleRoom } from './schedule.rules.js';

/** Nights belong to the day before: a day begins at four. */
const DAY_BEGINS = 4;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface PlacedEvent {
  readonly event: ScheduleEvent;
  readonly room: { readonly name: string; readonly guid: string | null };
}

/** Events in days and rooms, days from four to four on the clock of the zone, in the order in which they come. */
export function scheduleDays(events: readonly PlacedEvent[], zone: string): ScheduleDay[] {
  const days = Map.groupBy(events, ({ event }) => dayOf(event.date));
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([date, inside], at) => ({
      index: at + 1,
      date,
      start: beginning(date, zone),
      end: beginning(nextDay(date), zone),
      rooms: [...Map.groupBy(inside, ({ room }) => room.name)].map(([name, list]): ScheduleRoom => ({
        name,
        guid: list[0]!.room.guid,
        events: list.map(({ event }) => event),
      })),
    }));
}

function dayOf(date: string): string {
  const day = date.slice(0, 10);
  return Number(date.slice(11, 13)) < DAY_BEGINS ? new Date(Date.parse(day) - DAY).toISOString().slice(0, 10) : day;
}

function nextDay(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}

/** Four in the morning; no zone moves its clock then, but one that does gets the hour after. */
function beginning(day: string, zone: string): string {
  for (let hour = DAY_BEGINS; ; hour++) {
    try {
      return withOffset(toInstant(`${day}T${String(hour).padStart(2, '0')}:00`, zone).instant, zone);
    } catch (error) {
      if (hour > DAY_BEGINS + 2) throw error;
    }
  }
}
