import { dayAfter, localDay, toInstant, toLocal, ZoneError } from '../../../kernel/zones.js';

const MINUTE = 60_000;
const TICK = 30;
const USUAL = { from: '09:00', to: '19:00' } as const;
/** What begins in the evening may be shown so far into the night: it belongs to the day on which it began. */
const NIGHT = 6 * 60;

export interface Span {
  readonly startsAt: Date;
  readonly endsAt: Date;
}

export interface Tick {
  /** Real minutes from the beginning of the axis. */
  readonly minute: number;
  /** What the clock of the zone shows then. */
  readonly clock: string;
}

/** One day of the board: from when to when it is drawn, and what the clock shows every half an hour. */
export interface Axis {
  readonly day: string;
  readonly from: Date;
  readonly to: Date;
  readonly minutes: number;
  readonly ticks: readonly Tick[];
}

/** The axis of a local day that holds what begins on it, whole hours, the usual working day at least. */
export function axisOf(day: string, spans: readonly Span[], zone: string): Axis {
  const midnight = onClock(day, '00:00', zone);
  const next = onClock(dayAfter(day), '00:00', zone);
  const own = spans.filter(({ startsAt }) => localDay(startsAt, zone) === day);
  const first = Math.min(onClock(day, USUAL.from, zone).getTime(), ...own.map(({ startsAt }) => startsAt.getTime()));
  const last = Math.max(onClock(day, USUAL.to, zone).getTime(), ...own.map(({ endsAt }) => endsAt.getTime()));
  const from = new Date(Math.max(midnight.getTime(), wholeHour(first, zone, 'before')));
  const to = new Date(Math.min(next.getTime() + NIGHT * MINUTE, wholeHour(last, zone, 'after')));
  const minutes = (to.getTime() - from.getTime()) / MINUTE;
  const ticks = Array.from({ length: Math.floor(minutes / TICK) + 1 }, (_, n) => ({
    minute: n * TICK,
    clock: toLocal(new Date(from.getTime() + n * TICK * MINUTE), zone).slice(11),
  }));
  return { day, from, to, minutes, ticks };
}

/** Does it begin on the day of the axis, or run on into it from an earlier one? */
export function isOnAxis(
  { startsAt, endsAt }: Span,
  { day, from, to }: Axis,
  zone: string,
): 'begins' | 'continues' | null {
  if (localDay(startsAt, zone) === day) return 'begins';
  return startsAt < from && endsAt > from && startsAt < to ? 'continues' : null;
}

function wholeHour(ms: number, zone: string, side: 'before' | 'after'): number {
  const past = Number(toLocal(new Date(ms), zone).slice(14)) * MINUTE + (ms % MINUTE);
  if (past === 0) return ms;
  return side === 'before' ? ms - past : ms - past + 60 * MINUTE;
}

/** A time of a day, or the first that the clock shows after one that it skips. */
function onClock(day: string, at: string, zone: string): Date {
  for (let hour = Number(at.slice(0, 2)); hour < 24; hour++) {
    try {
      return toInstant(`${day}T${String(hour).padStart(2, '0')}:00`, zone).instant;
    } catch (error) {
      if (!(error instanceof ZoneError) || error.code !== 'time.skipped') throw error;
    }
  }
  return onClock(dayAfter(day), '00:00', zone);
}
