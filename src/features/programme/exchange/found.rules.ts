import type { FileProblem } from '../../../platform/documents/file-problem.rules.js';
import type { Schedule, ScheduleEvent } from './schedule.rules.js';

/** A schedule as a file says it, with the place of every event in the file; what could not be read is left out. */
export interface ReadSchedule {
  readonly schedule: Schedule;
  readonly places: ReadonlyMap<ScheduleEvent, string>;
  readonly problems: readonly FileProblem[];
}

const MINUTES = /^(\d{1,4}):([0-5]?\d)(?::([0-5]?\d))?$/;
const HH_MM = /^([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d)?$/;
const MOMENT = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;

/** Minutes of `0:45`, `01:30`, `1:30:00`; undefined for anything else. */
export function readMinutes(text: string): number | undefined {
  const match = MINUTES.exec(text.trim());
  if (!match) return undefined;
  return Number(match[1]) * 60 + Number(match[2]);
}

/** `09:05` of `9:05` or `09:05:00`. */
export function readClock(text: string): string | undefined {
  const match = HH_MM.exec(text.trim());
  return match ? `${match[1]!.padStart(2, '0')}:${match[2]}` : undefined;
}

/** A moment with its offset in the one spelling of the schema, or a local one without any (`offset` is null). */
export function readMoment(text: string): { local: string; offset: string | null } | undefined {
  const match = MOMENT.exec(text.trim().replace(' ', 'T'));
  if (!match || Number.isNaN(Date.parse(`${match[1]}T${match[2]}:00Z`))) return undefined;
  const zone = match[3];
  const offset = zone === undefined ? null : zone === 'Z' ? '+00:00' : zone.replace(/^(.\d\d):?/, '$1:');
  return { local: `${match[1]}T${match[2]}`, offset };
}

/** The events of a schedule with the room and the day that hold them. */
export function* eventsOf(schedule: Schedule): Generator<{ event: ScheduleEvent; room: string }> {
  for (const day of schedule.days) {
    for (const room of day.rooms) for (const event of room.events) yield { event, room: room.name };
  }
}
