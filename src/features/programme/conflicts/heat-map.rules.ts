import type { ConflictIndex } from './conflict-index.rules.js';
import { POINTS, SEVERITIES, type Finding, type Severity } from './finding.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';
import { momentFindings, sizeFindings } from './session-checks.rules.js';

const MINUTE = 60_000;

/** How bad every start in every room is for one session. Cells stand room by room: `room * starts.length + start`. */
export interface HeatMap {
  readonly starts: readonly number[];
  readonly rooms: readonly string[];
  /** 0 nothing, 1 hint, 2 warning, 3 error. */
  readonly heat: Uint8Array;
  readonly points: Int32Array;
}

/** The severity that a number of `heat` stands for. */
export function severityOf(heat: number): Severity | undefined {
  return SEVERITIES[3 - heat];
}

/** A row of counters over the starts. Ranges are painted at their edges; `sum` makes counts of them. */
class Row {
  readonly counts: Int32Array;

  constructor(private readonly starts: readonly number[]) {
    this.counts = new Int32Array(starts.length + 1);
  }

  /** Adds to every start in [from, to). */
  paint(from: number, to: number, by = 1): void {
    const first = firstFrom(this.starts, from);
    const last = firstFrom(this.starts, to);
    if (first >= last) return;
    this.counts[first]! += by;
    this.counts[last]! -= by;
  }

  sum(): Int32Array {
    const { counts } = this;
    for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
    return counts;
  }
}

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Judges each place once per thing that stands in its way, not once per place: what a person or a room has booked forbids
 * ranges of starts, and those are painted. The same rules as `ConflictIndex.against`, `momentFindings` and `sizeFindings`.
 * `starts` ascending, in milliseconds; sessions in `without` stand in nobody's way, because they move along.
 */
export function heatMap(
  index: ConflictIndex,
  house: House,
  session: PlacedSession,
  {
    starts,
    rooms,
    signUps,
    without = NOBODY,
  }: { starts: readonly number[]; rooms: readonly string[]; signUps: number; without?: ReadonlySet<string> },
): HeatMap {
  const length = session.end - session.start;
  const count = starts.length;
  const heat = new Uint8Array(count * rooms.length);
  const points = new Int32Array(count * rooms.length);
  if (count === 0) return { starts, rooms, heat, points };
  const span = { ...session, start: starts[0]!, end: starts.at(-1)! + length };
  const people = new PeopleRows(index, house, session, { starts, span, length, without });
  // Only those of whom something is known can make a difference, and most are not among them.
  const known = [...new Set(session.people)].filter(
    (id) => id in session.online || house.time(session.programmeId, id),
  );
  const judged = { ...session, people: known };
  const moments = starts.map((start) => tally(momentFindings({ ...judged, start, end: start + length }, house)));
  for (const [at, roomId] of rooms.entries()) {
    const room = roomRows(index, house, session, { starts, span, length, without, roomId });
    const size = tally(sizeFindings({ ...session, roomId, roomCapacity: house.room(roomId).capacity, signUps }));
    const ways = people.ways(roomId);
    for (let i = 0; i < count; i++) {
      const moment = moments[i]!;
      const errors = people.errors[i]! + room.errors[i]! + moment.error + size.error;
      const warnings = people.warnings[i]! + ways[i]! + room.warnings[i]! + moment.warning + size.warning;
      const hints = moment.hint + size.hint;
      const cell = at * count + i;
      heat[cell] = errors > 0 ? 3 : warnings > 0 ? 2 : hints > 0 ? 1 : 0;
      points[cell] = errors * POINTS.error + warnings * POINTS.warning + hints * POINTS.hint;
    }
  }
  return { starts, rooms, heat, points };
}

interface Painting {
  readonly starts: readonly number[];
  /** From the first start to the last end: whatever is near it may matter. */
  readonly span: PlacedSession;
  readonly length: number;
  readonly without: ReadonlySet<string>;
}

/** What the people of the session have elsewhere: overlaps for all rooms alike, ways for each venue. */
class PeopleRows {
  readonly errors: Int32Array;
  /** What those who attend would miss, for all rooms alike. */
  readonly warnings: Int32Array;
  /** Once per person who would have to come from there, or go there. */
  private readonly elsewhere: PlacedSession[] = [];
  private readonly byVenue = new Map<string, Int32Array>();

  constructor(
    index: ConflictIndex,
    private readonly house: House,
    private readonly session: PlacedSession,
    private readonly painting: Painting,
  ) {
    const { starts, span, length, without } = painting;
    const errors = new Row(starts);
    const missed = new Map<string, PlacedSession>();
    for (const personId of new Set(session.people)) {
      const online = personId in session.online;
      for (const other of index.nearPerson(personId, span)) {
        if (without.has(other.id)) continue;
        if (!other.people.includes(personId)) {
          for (const by of attendedBy(other, personId)) missed.set(`${by} ${other.id}`, other);
          continue;
        }
        errors.paint(other.start - length + 1, other.end);
        if (!online && !(personId in other.online) && other.roomId !== null) this.elsewhere.push(other);
      }
    }
    for (const { programmeId, people } of session.attended ?? [])
      for (const personId of people) {
        if (session.people.includes(personId)) continue;
        for (const other of index.nearPerson(personId, span)) {
          if (without.has(other.id)) continue;
          const others = other.people.includes(personId) ? [] : attendedBy(other, personId);
          for (const by of [programmeId, ...others]) missed.set(`${by} ${other.id}`, other);
        }
      }
    const warnings = new Row(starts);
    for (const other of missed.values()) {
      warnings.paint(other.start - length + 1, other.end);
      if (other.roomId !== null) this.elsewhere.push(other);
    }
    this.warnings = warnings.sum();
    this.errors = errors.sum();
  }

  /** Ways that would be too short, for each start in a room. */
  ways(roomId: string): Int32Array {
    const { venueId, parts } = this.house.room(roomId);
    let ofVenue = this.byVenue.get(venueId);
    if (!ofVenue) this.byVenue.set(venueId, (ofVenue = this.paintWays(venueId, () => true)));
    const stays = (other: PlacedSession) => {
      const there = this.house.room(other.roomId!);
      return there.venueId === venueId && there.parts.some((part) => parts.includes(part));
    };
    if (!this.elsewhere.some(stays)) return ofVenue;
    // Who stays in the room has no way: those were painted with their venue, and are taken off again.
    const without = this.paintWays(venueId, stays);
    return ofVenue.map((count, i) => count - without[i]!);
  }

  private paintWays(venueId: string, wanted: (other: PlacedSession) => boolean): Int32Array {
    const { length, starts } = this.painting;
    const row = new Row(starts);
    const limits = this.house.limits(this.session.programmeId);
    for (const other of this.elsewhere) {
      if (!wanted(other)) continue;
      const there = this.house.room(other.roomId!);
      const ofOther = this.house.limits(other.programmeId);
      const kind = there.venueId === venueId ? 'walk' : 'travel';
      const need = Math.max(limits[kind], ofOther[kind]) * MINUTE;
      row.paint(other.start - length - need + 1, other.start - length + 1);
      row.paint(other.end, other.end + need);
    }
    return row.sum();
  }
}

/** Whose delegation somebody is in who attends a session. */
function attendedBy({ attended = [] }: PlacedSession, personId: string): string[] {
  return attended.flatMap(({ programmeId, people }) => (people.includes(personId) ? [programmeId] : []));
}

function roomRows(
  index: ConflictIndex,
  house: House,
  session: PlacedSession,
  { starts, span, length, without, roomId }: Painting & { roomId: string },
): { errors: Int32Array; warnings: Int32Array } {
  const errors = new Row(starts);
  const warnings = new Row(starts);
  const others = new Map<string, PlacedSession>();
  for (const part of house.room(roomId).parts)
    for (const other of index.nearInRoom(part, span)) others.set(other.id, other);
  const limits = house.limits(session.programmeId);
  for (const other of others.values()) {
    if (without.has(other.id) || (session.parallel && other.parallel)) continue;
    errors.paint(other.start - length + 1, other.end);
    if (session.layout === null || other.layout === null || session.layout === other.layout) continue;
    const need = Math.max(limits.setup, house.limits(other.programmeId).setup) * MINUTE;
    warnings.paint(other.start - length - need + 1, other.start - length + 1);
    warnings.paint(other.end, other.end + need);
  }
  return { errors: errors.sum(), warnings: warnings.sum() };
}

function tally(found: readonly Finding[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, hint: 0 };
  for (const { severity } of found) counts[severity]++;
  return counts;
}

/** The place of the first start at `from` or later. */
function firstFrom(starts: readonly number[], from: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (starts[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
