import { toInstant, ZoneError } from '../../../kernel/zones.js';
import type { ConflictIndex } from './conflict-index.rules.js';
import { byWeight, pointsOf, worst, type Finding, type FindingRule, type Severity } from './finding.rules.js';
import type { HeatMap } from './heat-map.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';
import { momentFindings, sizeFindings } from './session-checks.rules.js';

/** Days and hours to look at, on the clock of a zone. */
export interface SearchWindow {
  /** `YYYY-MM-DD`. */
  readonly days: readonly string[];
  /** Minutes of the day: not earlier, and not ending later. */
  readonly earliest: number;
  readonly latest: number;
  /** Minutes between two possible starts. */
  readonly step: number;
}

/** Every possible start of a session of `minutes` in the window, ascending. Hours that the clock skips are left out. */
export function startsIn({ days, earliest, latest, step }: SearchWindow, minutes: number, zone: string): number[] {
  const starts = new Set<number>();
  for (const day of days)
    // What is longer than the day may begin at its beginning.
    for (let at = earliest; at === earliest || at + minutes <= latest; at += step) {
      const start = instantAt(day, at, zone);
      if (start !== undefined) starts.add(start);
    }
  return [...starts].sort((a, b) => a - b);
}

function instantAt(day: string, minute: number, zone: string): number | undefined {
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  try {
    return toInstant(`${day}T${clock}`, zone).instant.getTime();
  } catch (error) {
    if (error instanceof ZoneError && error.code === 'time.skipped') return undefined;
    throw error;
  }
}

/**
 * Why a session cannot be where it is put here, worst first; nothing when it can. Sessions in `without` stand in nobody's
 * way, because they move along.
 */
export function explainPlace(
  index: ConflictIndex,
  house: House,
  session: PlacedSession,
  signUps: number,
  without?: ReadonlySet<string>,
): Finding[] {
  const roomCapacity = session.roomId === null ? null : house.room(session.roomId).capacity;
  const moves = (id: string) => id !== session.id && without?.has(id);
  return [
    ...index.against(session).filter(({ sessions }) => !sessions.some(moves)),
    ...momentFindings(session, house),
    ...sizeFindings({ ...session, roomCapacity, signUps }),
  ].sort(byWeight);
}

export interface Place {
  readonly start: number;
  readonly roomId: string;
  readonly points: number;
}

/**
 * Places without an error, best first: fewest points, then nearest in time to `near`, then the room it is in already,
 * then the smallest room that has seats enough.
 */
export function freePlaces(
  map: HeatMap,
  session: PlacedSession,
  house: House,
  { near, limit }: { near: number; limit: number },
): Place[] {
  const free: (Place & { far: number; fit: number })[] = [];
  const needed = session.expected ?? session.capacity ?? 0;
  for (const [r, roomId] of map.rooms.entries()) {
    const seats = house.room(roomId).capacity;
    const fit = roomId === session.roomId ? -1 : seats === null ? Number.MAX_SAFE_INTEGER : Math.abs(seats - needed);
    for (const [i, start] of map.starts.entries()) {
      const cell = r * map.starts.length + i;
      if (map.heat[cell] === 3) continue;
      free.push({ start, roomId, points: map.points[cell]!, far: Math.abs(start - near), fit });
    }
  }
  free.sort((a, b) => a.points - b.points || a.far - b.far || a.fit - b.fit || a.start - b.start);
  return free.slice(0, limit).map(({ start, roomId, points }) => ({ start, roomId, points }));
}

/** Why places are refused: how many by each rule, and how many by that rule alone, on which somebody can act. */
export interface Blocker {
  readonly rule: FindingRule;
  readonly places: number;
  readonly alone: number;
  /** Whom and what the rule names in most of the places that it blocks alone, or else at all. */
  readonly people: readonly string[];
  readonly rooms: readonly string[];
}

/** Counts what blocks the places with an error, most frequent first. */
export function blockers(refusals: Iterable<readonly Finding[]>): Blocker[] {
  const counts = new Map<FindingRule, { places: number; alone: number; people: Counter; rooms: Counter }>();
  for (const refusal of refusals) {
    const errors = refusal.filter(({ severity }) => severity === 'error');
    const rules = new Set(errors.map(({ rule }) => rule));
    for (const rule of rules) {
      const count = counts.get(rule) ?? { places: 0, alone: 0, people: new Map(), rooms: new Map() };
      count.places++;
      if (rules.size === 1) count.alone++;
      for (const found of errors) {
        if (found.rule !== rule) continue;
        for (const id of found.people) count.people.set(id, (count.people.get(id) ?? 0) + 1);
        for (const id of found.rooms) count.rooms.set(id, (count.rooms.get(id) ?? 0) + 1);
      }
      counts.set(rule, count);
    }
  }
  return [...counts]
    .map(([rule, { places, alone, people, rooms }]) => ({
      rule,
      places,
      alone,
      people: most(people),
      rooms: most(rooms),
    }))
    .sort((a, b) => b.places - a.places || (a.rule < b.rule ? -1 : 1));
}

type Counter = Map<string, number>;
const NAMED = 5;

function most(counts: Counter): string[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, NAMED)
    .map(([id]) => id);
}

/** The session at another place, with its length. */
export function movedTo(session: PlacedSession, start: number, roomId: string | null): PlacedSession {
  return { ...session, start, end: start + (session.end - session.start), roomId };
}

/** What a place costs, in one word. */
export function verdict(found: readonly Finding[]): { points: number; worst: Severity | undefined } {
  return { points: pointsOf(found), worst: worst(found) };
}

/** The days from one to another, both included, as `YYYY-MM-DD`. */
export function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = Date.parse(from); day <= Date.parse(to) && days.length < 1000; day += 86_400_000)
    days.push(new Date(day).toISOString().slice(0, 10));
  return days;
}
