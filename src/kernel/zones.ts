export type ZoneProblem = 'time.skipped' | 'time.invalid' | 'zone.unknown';

/** A local time or a zone that cannot be read; `code` is a message key. */
export class ZoneError extends Error {
  constructor(
    readonly code: ZoneProblem,
    readonly value: string,
  ) {
    super(`${code}: ${value}`);
    this.name = 'ZoneError';
  }
}

export interface ReadTime {
  readonly instant: Date;
  /** The clock shows this time twice; `instant` is the first. */
  readonly repeated: boolean;
  /** Seconds east of UTC at `instant`. */
  readonly offsetSeconds: number;
}

const SECOND = 1_000;
const QUARTER = 900_000;
const DAY = 86_400_000;
const ZONE = /^[A-Z][A-Za-z0-9+_-]*(?:\/[A-Z][A-Za-z0-9+_-]*)*$/;
const CLOCK = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/;
const LOCAL = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;
const REMEMBERED_QUARTERS = 20_000;

const formatters = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

/** Whether `zone` is an IANA name in its usual spelling that this runtime knows. No offsets such as `+03:00`. */
export function isZone(zone: string): boolean {
  return formatters.has(zone) || formatterOf(zone) !== undefined;
}

/** Seconds east of UTC at an instant (milliseconds). Throws ZoneError `zone.unknown`. */
export function offsetSeconds(zone: string, ms: number): number {
  const quarter = Math.floor(ms / QUARTER);
  let known = offsets.get(zone);
  const hit = known?.get(quarter);
  if (hit !== undefined) return hit;
  const offset = readOffset(zone, quarter * QUARTER);
  if (!known) offsets.set(zone, (known = new Map()));
  if (known.size >= REMEMBERED_QUARTERS) known.clear();
  known.set(quarter, offset);
  return offset;
}

/**
 * Reads `YYYY-MM-DDTHH:mm[:ss]` on the clock of a zone, years 1970 to 9999.
 * A time that occurs twice is its first. Throws ZoneError: `time.invalid` (no such date, 24:00, other shapes),
 * `time.skipped` (the clock jumps over it), `zone.unknown`.
 */
export function toInstant(local: string, zone: string): ReadTime {
  const wall = readWall(local);
  const candidates = instantsAt(wall, zone);
  const first = candidates[0];
  if (!first) throw new ZoneError('time.skipped', `${local} ${zone}`);
  return { instant: new Date(first.ms), repeated: candidates.length > 1, offsetSeconds: first.offset };
}

/** Whether the clock of a zone shows the time of an instant (milliseconds) twice. Throws ZoneError `zone.unknown`. */
export function isRepeated(zone: string, ms: number): boolean {
  return instantsAt(ms + offsetSeconds(zone, ms) * SECOND, zone).length > 1;
}

/** `YYYY-MM-DDTHH:mm` on the clock of a zone. Throws ZoneError `zone.unknown`, `time.invalid`. */
export function toLocal(instant: Date, zone: string): string {
  return wallClock(instant, zone).slice(0, 16);
}

/** `YYYY-MM-DD` on the calendar of a zone. Throws ZoneError `zone.unknown`, `time.invalid`. */
export function localDay(instant: Date, zone: string): string {
  return wallClock(instant, zone).slice(0, 10);
}

/** `UTC`, `UTC+3`, `UTC-4`, `UTC+5:30` for seconds east of UTC. */
export function offsetLabel(seconds: number): string {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60;
  return `UTC${seconds < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest ? `:${String(rest).padStart(2, '0')}` : ''}`;
}

/** The instants at which the clock of a zone shows `wall` (as if it were UTC), earliest first. */
function instantsAt(wall: number, zone: string): { offset: number; ms: number }[] {
  // The offsets of the day before and the day after are all that can hold at `wall`.
  return [...new Set([offsetSeconds(zone, wall - DAY), offsetSeconds(zone, wall + DAY)])]
    .map((offset) => ({ offset, ms: wall - offset * SECOND }))
    .filter(({ offset, ms }) => offsetSeconds(zone, ms) === offset)
    .sort((a, b) => a.ms - b.ms);
}

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!ZONE.test(zone)) return undefined;
  let formatter: Intl.DateTimeFormat;
  try {
    formatter = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
  // Intl accepts any case. One spelling only: it keeps the caches bounded, and TZID is compared by letters.
  const canonical = formatter.resolvedOptions().timeZone;
  if (canonical !== zone && canonical.toLowerCase() === zone.toLowerCase()) return undefined;
  formatters.set(zone, formatter);
  return formatter;
}

function readOffset(zone: string, ms: number): number {
  const formatter = formatters.get(zone) ?? formatterOf(zone);
  if (!formatter) throw new ZoneError('zone.unknown', zone);
  if (!Number.isFinite(ms) || Math.abs(ms) > 8.64e15) throw new ZoneError('time.invalid', String(ms));
  const text = formatter.format(ms);
  const match = CLOCK.exec(text);
  if (!match) throw new Error(`Intl writes a clock as ${text}`);
  const [month, day, year, hour, minute, second] = match.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return (Date.UTC(year, month - 1, day, hour, minute, second) - ms) / SECOND;
}

function readWall(local: string): number {
  const match = LOCAL.exec(local);
  if (!match) throw new ZoneError('time.invalid', local);
  const wall = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  // Date.parse moves 24:00 and, in some engines, 30 February to the next day: the text must come back.
  const back = Number.isNaN(wall) ? '' : new Date(wall).toISOString().slice(0, local.length);
  if (back !== local || Number(match[1]) < 1970) throw new ZoneError('time.invalid', local);
  return wall;
}

function wallClock(instant: Date, zone: string): string {
  const ms = instant.getTime();
  if (Number.isNaN(ms)) throw new ZoneError('time.invalid', 'Invalid Date');
  return new Date(ms + offsetSeconds(zone, ms) * SECOND).toISOString();
}

/** The day after, or so many days after, on the calendar. Days are `YYYY-MM-DD`. */
export function dayAfter(day: string, days = 1): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
