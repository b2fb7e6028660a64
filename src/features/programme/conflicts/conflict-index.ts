import { finding, type Finding, type PlacedSession } from './finding.rules.js';

/**
 * Finds who and what is booked twice. Sessions are flattened into bookings (resource, session), sorted by start and laid
 * in one bucket per resource; a sweep inside each bucket meets only pairs that overlap: O(sessions log sessions + bookings
 * + pairs). Sessions that only touch do not overlap. Pure: the same sessions give the same findings, in the same order.
 */
export class ConflictIndex {
  private readonly sessions: readonly PlacedSession[];
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  private readonly resources = new Map<string, number>();
  /** Resources before this number are rooms. */
  private readonly rooms: number;
  private readonly names: string[] = [];
  private readonly first: Int32Array;
  private readonly booked: Int32Array;
  /** Longest booking of a resource: how far back a what-if must look. */
  private readonly longest: Float64Array;

  constructor(sessions: readonly PlacedSession[]) {
    this.sessions = [...sessions].sort((a, b) => a.start - b.start || (a.id < b.id ? -1 : 1));
    this.start = Float64Array.from(this.sessions, ({ start }) => start);
    this.end = Float64Array.from(this.sessions, ({ end }) => end);
    for (const { roomId } of this.sessions) if (roomId !== null) this.numberOf(`room:${roomId}`, roomId);
    this.rooms = this.names.length;
    const bookingsOf = this.sessions.map((session) => this.resourcesOf(session));
    this.first = new Int32Array(this.names.length + 1);
    for (const list of bookingsOf) for (const resource of list) this.first[resource + 1]!++;
    for (let r = 0; r < this.names.length; r++) this.first[r + 1]! += this.first[r]!;
    this.booked = new Int32Array(this.first[this.names.length]!);
    this.longest = new Float64Array(this.names.length);
    const next = this.first.slice();
    for (const [index, list] of bookingsOf.entries()) {
      for (const resource of list) {
        this.booked[next[resource]!++] = index;
        this.longest[resource] = Math.max(this.longest[resource]!, this.end[index]! - this.start[index]!);
      }
    }
  }

  /** Every pair of sessions that needs one room or one person at the same time. */
  all(): Finding[] {
    const found: Finding[] = [];
    for (let resource = 0; resource < this.names.length; resource++) this.sweep(resource, found);
    return found;
  }

  /** What one session would meet at a place; the session itself, if indexed, is left out. */
  against(session: PlacedSession): Finding[] {
    const found: Finding[] = [];
    const keys = [
      ...(session.roomId === null ? [] : [`room:${session.roomId}`]),
      ...new Set(session.people.map((id) => `person:${id}`)),
    ];
    for (const key of keys) {
      const resource = this.resources.get(key);
      if (resource !== undefined) this.meet(resource, session, found);
    }
    return found;
  }

  private sweep(resource: number, found: Finding[]): void {
    const { booked, start, end } = this;
    const last = this.first[resource + 1]!;
    for (let i = this.first[resource]!; i < last; i++) {
      const a = booked[i]!;
      for (let j = i + 1; j < last && start[booked[j]!]! < end[a]!; j++) {
        const b = booked[j]!;
        if (resource < this.rooms && this.sessions[a]!.parallel && this.sessions[b]!.parallel) continue;
        found.push(this.clash(resource, this.sessions[a]!, this.sessions[b]!));
      }
    }
  }

  private meet(resource: number, session: PlacedSession, found: Finding[]): void {
    const last = this.first[resource + 1]!;
    for (let i = this.lowerBound(resource, session.start - this.longest[resource]!); i < last; i++) {
      const other = this.sessions[this.booked[i]!]!;
      if (other.start >= session.end) break;
      if (other.end <= session.start || other.id === session.id) continue;
      if (resource < this.rooms && other.parallel && session.parallel) continue;
      found.push(this.clash(resource, session, other));
    }
  }

  /** The first booking of the resource that starts at `from` or later. */
  private lowerBound(resource: number, from: number): number {
    let low = this.first[resource]!;
    let high = this.first[resource + 1]!;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[this.booked[middle]!]! < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private clash(resource: number, a: PlacedSession, b: PlacedSession): Finding {
    const minutes = (Math.min(a.end, b.end) - Math.max(a.start, b.start)) / 60_000;
    const name = this.names[resource]!;
    return resource < this.rooms
      ? finding('room-double', { sessions: [a.id, b.id], rooms: [name], minutes })
      : finding('person-double', { sessions: [a.id, b.id], people: [name], minutes });
  }

  private resourcesOf({ roomId, people }: PlacedSession): number[] {
    const list = roomId === null ? [] : [this.numberOf(`room:${roomId}`, roomId)];
    for (const id of new Set(people)) list.push(this.numberOf(`person:${id}`, id));
    return list;
  }

  private numberOf(key: string, name: string): number {
    let number = this.resources.get(key);
    if (number === undefined) {
      number = this.names.push(name) - 1;
      this.resources.set(key, number);
    }
    return number;
  }
}
