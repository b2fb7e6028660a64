import { offsetSeconds, toInstant, ZoneError } from '../../../../kernel/zones.js';
import type { Interval } from '../../conflicts/person-time.rules.js';
import type { Span } from '../congress/congress.rules.js';

/** Days as the clock of a zone shows them, in equal parts: the axis on which the scheduler thinks. */
export interface WallGrid {
  /** `YYYY-MM-DD`, ascending. */
  readonly days: readonly string[];
  readonly zone: string;
  readonly quantumMinutes: number;
  readonly quantaPerDay: number;
}

const MINUTE = 60_000;
const DAY_MINUTES = 1440;

export function gridOf(days: readonly string[], zone: string, quantumMinutes: number): WallGrid {
  return { days, zone, quantumMinutes, quantaPerDay: DAY_MINUTES / quantumMinutes };
}

/** The moment at which a quantum begins; undefined where the clock skips it. What it shows twice is the first. */
export function momentAt({ days, zone, quantumMinutes, quantaPerDay }: WallGrid, quantum: number): Date | undefined {
  return reading(days[Math.floor(quantum / quantaPerDay)]!, (quantum % quantaPerDay) * quantumMinutes, zone)?.instant;
}

/** The quantum that begins at a moment; null where none does, or on another day. */
export function quantumAt(grid: WallGrid, moment: number): number | null {
  const minutes = wallMinutes(grid.zone, moment);
  const day = grid.days.indexOf(new Date(minutes * MINUTE).toISOString().slice(0, 10));
  if (day < 0 || !Number.isInteger(minutes / grid.quantumMinutes)) return null;
  const quantum = day * grid.quantaPerDay + (minutes - dayMinutes(grid.days[day]!)) / grid.quantumMinutes;
  return momentAt(grid, quantum)?.getTime() === moment ? quantum : null;
}

/**
 * An interval day by day in whole quanta: those that it touches, or (`inwards`) those that it covers. Inside an hour that
 * the clock shows twice it says little; nobody meets then, see `shutSpans`.
 */
export function spansOn(
  grid: WallGrid,
  { start, end }: Interval,
  rounding: 'outwards' | 'inwards' = 'outwards',
): Span[] {
  const [a, b] = [wallMinutes(grid.zone, start), wallMinutes(grid.zone, end)];
  const [down, up] = rounding === 'outwards' ? [Math.floor, Math.ceil] : [Math.ceil, Math.floor];
  return grid.days.flatMap((day, index) => {
    const midnight = dayMinutes(day);
    const inside = (minutes: number) => Math.min(DAY_MINUTES, Math.max(0, minutes - midnight)) / grid.quantumMinutes;
    const span = { from: down(inside(Math.min(a, b))), to: up(inside(Math.max(a, b))) };
    const before = index * grid.quantaPerDay;
    return span.to > span.from ? [{ from: before + span.from, to: before + span.to }] : [];
  });
}

/**
 * The hours that the clock skips or shows twice. A difference of quanta is no length of time there. Before an hour that is
 * skipped, `gapMinutes` more: who needs them between two things would find them on the clock only.
 */
export function shutSpans(grid: WallGrid, gapMinutes: number): Span[] {
  const shut: { from: number; to: number }[] = [];
  const add = (from: number, to: number) => {
    const last = shut.at(-1);
    if (last && last.to >= from) last.to = to;
    else shut.push({ from, to });
  };
  const gap = Math.ceil(gapMinutes / grid.quantumMinutes);
  for (const [index, day] of grid.days.entries()) {
    if (isUsual(day, grid.zone)) continue;
    const midnight = index * grid.quantaPerDay;
    for (let quantum = 0; quantum < grid.quantaPerDay; quantum++) {
      const read = reading(day, quantum * grid.quantumMinutes, grid.zone);
      if (!read) add(midnight + Math.max(0, quantum - gap), midnight + quantum + 1);
      else if (read.repeated) add(midnight + quantum, midnight + quantum + 1);
    }
  }
  return shut;
}

/** A day on which the clock does not change. */
function isUsual(day: string, zone: string): boolean {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const [before, after] = [noon - 36 * 60 * MINUTE, noon + 36 * 60 * MINUTE];
  return offsetSeconds(zone, before) === offsetSeconds(zone, after);
}

function reading(day: string, minute: number, zone: string) {
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  try {
    return toInstant(`${day}T${clock}`, zone);
  } catch (error) {
    if (error instanceof ZoneError && error.code === 'time.skipped') return undefined;
    throw error;
  }
}

/** Minutes since 1970 that the clock of a zone shows. */
function wallMinutes(zone: string, moment: number): number {
  return moment / MINUTE + offsetSeconds(zone, moment) / 60;
}

function dayMinutes(day: string): number {
  return Date.parse(day) / MINUTE;
}
