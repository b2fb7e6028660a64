import type { Limits } from '../../conflicts/limits.rules.js';
import { merged, weeklyAround, type Interval, type PersonTime } from '../../conflicts/person-time.rules.js';
import type { CongressPerson, Span } from '../congress/congress.rules.js';
import { spansOn, type WallGrid } from './wall-grid.rules.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const WEEK = [1, 2, 3, 4, 5, 6, 7] as const;
/** When nobody sits in front of a screen gladly, in minutes of the day on their own clock. */
const NIGHT = [
  { from: 0, to: 7 * 60 },
  { from: 22 * 60, to: 1440 },
] as const;

/** When somebody can take part, with the margins of the programme. `elsewhere`: what they have besides. */
export function congressPerson(
  grid: WallGrid,
  time: PersonTime | undefined,
  limits: Pick<Limits, 'afterArrival' | 'beforeDeparture'>,
  elsewhere: readonly Interval[],
): CongressPerson {
  return {
    ...staying(grid, time?.present ?? [], limits),
    out: time ? unavailable(grid, time).flatMap((one) => spansOn(grid, one)) : [],
    busy: elsewhere.flatMap((one) => spansOn(grid, one)),
    travels: (time?.present.length ?? 0) > 0,
  };
}

/** Night on the clock of a zone, as the grid shows it. */
export function nightsOf(grid: WallGrid, zone: string): Span[] {
  const nights = WEEK.flatMap((weekday) =>
    NIGHT.flatMap((hours) => weeklyAround(windowOf(grid), { kind: 'unavailable', weekday, ...hours, zone })),
  );
  return merged(nights).flatMap((night) => spansOn(grid, night));
}

/** All that could matter to the days of a grid, in whatever zone. */
export function windowOf({ days }: Pick<WallGrid, 'days'>): Interval {
  return { start: Date.parse(days[0]!) - 2 * DAY, end: Date.parse(days.at(-1)!) + 3 * DAY };
}

function staying(
  grid: WallGrid,
  present: readonly Interval[],
  { afterArrival, beforeDeparture }: Pick<Limits, 'afterArrival' | 'beforeDeparture'>,
): Pick<CongressPerson, 'from' | 'to' | 'away'> {
  if (present.length === 0) return { from: 0, to: grid.days.length * grid.quantaPerDay, away: [] };
  const stays = present
    .map(({ start, end }) => ({ start: start + afterArrival * MINUTE, end: end - beforeDeparture * MINUTE }))
    .filter(({ start, end }) => start < end)
    .flatMap((stay) => spansOn(grid, stay, 'inwards'));
  const away = stays.slice(1).flatMap(({ from }, index) => {
    const { to } = stays[index]!;
    return to < from ? [{ from: to, to: from }] : [];
  });
  return { from: stays[0]?.from ?? 0, to: stays.at(-1)?.to ?? 0, away };
}

/** What was stated as unavailable; where available times were stated, everything between these, too. */
function unavailable(grid: WallGrid, { available, unavailable: stated, weekly = [] }: PersonTime): Interval[] {
  const window = windowOf(grid);
  const weeklyOf = (wanted: 'available' | 'unavailable') =>
    weekly.filter(({ kind }) => kind === wanted).flatMap((time) => weeklyAround(window, time));
  const isStated = available.length > 0 || weekly.some(({ kind }) => kind === 'available');
  const free = isStated ? merged([...available, ...weeklyOf('available')]) : [window];
  return [...stated, ...weeklyOf('unavailable'), ...gaps(window, free)];
}

function gaps({ start, end }: Interval, intervals: readonly Interval[]): Interval[] {
  const found: Interval[] = [];
  let from = start;
  for (const one of intervals) {
    if (one.start > from) found.push({ start: from, end: Math.min(end, one.start) });
    from = Math.max(from, one.end);
  }
  if (from < end) found.push({ start: from, end });
  return found.filter((gap) => gap.start < gap.end);
}
