import { finding, type Finding } from './finding.rules.js';
import type { Limits } from './limits.rules.js';
import type { House, PlacedSession } from './placed-session.rules.js';

const MINUTE = 60_000;

/** A session with what its resources are called here. Numbers are places in the tables of the index. */
interface Held {
  readonly session: PlacedSession;
  readonly limits: Limits;
  readonly venueId: string | null;
  /** Who attends it from other programmes: their people who have no part in it themselves. */
  readonly attending: readonly { readonly by: string; readonly people: readonly number[] }[];
  /** Resources of the smallest rooms that it takes up. */
  readonly rooms: readonly number[];
  readonly people: readonly number[];
}

/** One resource: what is booked there, by start. */
interface Bucket {
  readonly name: string;
  readonly isRoom: boolean;
  readonly booked: number[];
  /** The longest booking there ever was: how far back a look must reach. */
  longest: number;
}

/** Another session that a place would meet, and how. */
export interface Meeting {
  readonly rule: Finding['rule'];
  readonly minutes: number;
}

/**
 * Finds who and what is booked twice, or with too little time between. Sessions are flattened into bookings (resource,
 * session), laid by start into one bucket per resource; a sweep inside each bucket meets only pairs that are near each
 * other: O(sessions log sessions + bookings + pairs). Sessions that only touch do not overlap. A session that moves
 * touches its own buckets only. The same sessions give the same findings, whatever happened before.
 */
export class ConflictIndex {
  private readonly numbers = new Map<string, number>();
  private readonly held: (Held | undefined)[] = [];
  private readonly start: number[] = [];
  private readonly end: number[] = [];
  private readonly free: number[] = [];
  private readonly rooms = new Map<string, number>();
  private readonly people = new Map<string, number>();
  private readonly buckets: Bucket[] = [];
  /** The most minutes that anybody wants between two bookings of a room, of a person. */
  private roomReach = 0;
  private personReach = 0;

  constructor(
    private house: House,
    sessions: Iterable<PlacedSession> = [],
  ) {
    for (const session of sessions) this.take(session);
    this.layOut();
  }

  get size(): number {
    return this.numbers.size;
  }

  get(id: string): PlacedSession | undefined {
    const number = this.numbers.get(id);
    return number === undefined ? undefined : this.held[number]!.session;
  }

  sessions(): PlacedSession[] {
    return this.held.flatMap((held) => held?.session ?? []);
  }

  /** The session as it is now, new or moved. */
  put(session: PlacedSession): void {
    this.remove(session.id);
    const number = this.take(session);
    for (const resource of this.resourcesOf(number)) {
      const bucket = this.buckets[resource]!;
      bucket.booked.splice(this.rankIn(bucket, number), 0, number);
      bucket.longest = Math.max(bucket.longest, session.end - session.start);
    }
  }

  remove(id: string): void {
    const number = this.numbers.get(id);
    if (number === undefined) return;
    for (const resource of this.resourcesOf(number)) {
      const bucket = this.buckets[resource]!;
      bucket.booked.splice(this.rankIn(bucket, number), 1);
    }
    this.numbers.delete(id);
    this.held[number] = undefined;
    this.free.push(number);
  }

  /** Everything again, by other rooms, limits and zones. */
  rebuild(house: House): void {
    const sessions = this.sessions();
    this.house = house;
    this.numbers.clear();
    this.held.length = this.start.length = this.end.length = this.free.length = 0;
    this.roomReach = this.personReach = 0;
    for (const session of sessions) this.take(session);
    this.layOut();
  }

  /** Lays every booking into its bucket anew: counting sort with the order of starts outside and resources inside. */
  layOut(): void {
    for (const bucket of this.buckets) {
      bucket.booked.length = 0;
      bucket.longest = 0;
    }
    const { start, end } = this;
    const order = Float64Array.from(this.numbers.values());
    order.sort((a, b) => start[a]! - start[b]! || a - b);
    for (const number of order) {
      const length = end[number]! - start[number]!;
      const held = this.held[number]!;
      for (const resource of held.rooms) lay(this.buckets[resource]!, number, length);
      for (const resource of held.attending.length === 0 ? held.people : peopleIn(held))
        lay(this.buckets[resource]!, number, length);
    }
  }

  /** Every pair of sessions that needs one room or one person at the same time, or too soon one after the other. */
  all(): Finding[] {
    const found: Finding[] = [];
    const { start, end } = this;
    for (const [resource, bucket] of this.buckets.entries()) {
      const { booked } = bucket;
      const reach = bucket.isRoom ? this.roomReach : this.personReach;
      for (let i = 0; i < booked.length; i++) {
        const a = booked[i]!;
        const until = end[a]! + reach;
        for (let j = i + 1; j < booked.length && start[booked[j]!]! < until; j++)
          this.pair(resource, bucket, this.held[a]!, this.held[booked[j]!]!, found);
      }
    }
    return found;
  }

  /** What one session would meet at a place; the session itself, if it is held, is left out. */
  against(session: PlacedSession): Finding[] {
    const found: Finding[] = [];
    const held = this.hold(session);
    for (const resource of resourcesIn(held)) {
      const bucket = this.buckets[resource]!;
      for (const other of this.near(bucket, session)) {
        const [a, b] = inTime(held, other);
        this.pair(resource, bucket, a, b, found);
      }
    }
    return found;
  }

  /** The other sessions booked in a room while it might matter for this one: overlapping, or too near to set it up. */
  nearInRoom(part: string, session: PlacedSession): PlacedSession[] {
    const resource = this.rooms.get(part);
    if (resource === undefined) return [];
    return this.near(this.buckets[resource]!, session).map((held) => held.session);
  }

  /** The other sessions of a person, those that they only attend among them, from a time up to another, with what may matter around them. */
  nearPerson(id: string, session: PlacedSession): PlacedSession[] {
    const resource = this.people.get(id);
    if (resource === undefined) return [];
    return this.near(this.buckets[resource]!, session).map((held) => held.session);
  }

  private near(bucket: Bucket, session: PlacedSession): Held[] {
    const { booked } = bucket;
    // A session that is not held yet may be stricter than all that are.
    const { setup, walk, travel } = this.house.limits(session.programmeId);
    const reach = bucket.isRoom
      ? Math.max(this.roomReach, setup * MINUTE)
      : Math.max(this.personReach, walk * MINUTE, travel * MINUTE);
    const until = session.end + reach;
    const result: Held[] = [];
    for (let i = this.firstFrom(bucket, session.start - reach - bucket.longest); i < booked.length; i++) {
      const number = booked[i]!;
      if (this.start[number]! >= until) break;
      const held = this.held[number]!;
      if (this.end[number]! > session.start - reach && held.session.id !== session.id) result.push(held);
    }
    return result;
  }

  private pair(resource: number, bucket: Bucket, a: Held, b: Held, found: Finding[]): void {
    if (!bucket.isRoom) {
      const attended = a.attending.length > 0 || b.attending.length > 0;
      if (attended && (!a.people.includes(resource) || !b.people.includes(resource))) {
        this.attendedPair(resource, a, b, found);
        return;
      }
      const met = meetAsPerson(a, b, bucket.name);
      if (met) found.push(finding(met.rule, { ...both(a, b), people: [bucket.name], minutes: met.minutes }));
      return;
    }
    // Two rooms may share several parts; the pair is told once.
    if (a.rooms.length > 1 && b.rooms.length > 1 && a.rooms.find((part) => b.rooms.includes(part)) !== resource) return;
    const met = meetInRoom(a.session, b.session, a.limits, b.limits);
    if (!met) return;
    const rooms = [...new Set([a.session.roomId!, b.session.roomId!])].sort();
    found.push(finding(met.rule, { ...both(a, b), rooms, minutes: met.minutes }));
  }

  /** A delegation that attends one of them, and people of it who are in the other: told once, whoever they are. */
  private attendedPair(resource: number, a: Held, b: Held, found: Finding[]): void {
    const delegations = [...a.attending, ...b.attending].filter(({ people }) => people.includes(resource));
    const met = meetAttending(a, b);
    if (!met) return;
    const [inA, inB] = [new Set(peopleIn(a)), new Set(peopleIn(b))];
    for (const by of new Set(delegations.map((one) => one.by))) {
      const theirs = [...a.attending, ...b.attending].flatMap((one) => (one.by === by ? one.people : []));
      const common = [...new Set(theirs)].filter((one) => inA.has(one) && inB.has(one));
      if (Math.min(...common) !== resource) continue;
      const people = common.map((one) => this.buckets[one]!.name).sort();
      found.push(finding(met.rule, { ...both(a, b), people, minutes: met.minutes, by }));
    }
  }

  private take(session: PlacedSession): number {
    const number = this.free.pop() ?? this.held.length;
    const held = this.hold(session);
    this.numbers.set(session.id, number);
    this.held[number] = held;
    this.start[number] = session.start;
    this.end[number] = session.end;
    const { setup, walk, travel } = held.limits;
    this.roomReach = Math.max(this.roomReach, setup * MINUTE);
    this.personReach = Math.max(this.personReach, walk * MINUTE, travel * MINUTE);
    return number;
  }

  private hold(session: PlacedSession): Held {
    const room = session.roomId === null ? undefined : this.house.room(session.roomId);
    return {
      session,
      limits: this.house.limits(session.programmeId),
      venueId: room?.venueId ?? null,
      rooms: room?.parts.map((part) => this.resource(this.rooms, part, true)) ?? [],
      people: [...new Set(session.people)].map((id) => this.resource(this.people, id, false)),
      attending: (session.attended ?? []).map(({ programmeId: by, people }) => ({
        by,
        people: [...new Set(people)]
          .filter((id) => !session.people.includes(id))
          .map((id) => this.resource(this.people, id, false)),
      })),
    };
  }

  private resource(known: Map<string, number>, name: string, isRoom: boolean): number {
    let number = known.get(name);
    if (number === undefined) {
      number = this.buckets.push({ name, isRoom, booked: [], longest: 0 }) - 1;
      known.set(name, number);
    }
    return number;
  }

  private resourcesOf(number: number): number[] {
    return resourcesIn(this.held[number]!);
  }

  /** Where a session stands in a bucket, or would stand. */
  private rankIn(bucket: Bucket, number: number): number {
    let rank = this.firstFrom(bucket, this.start[number]!);
    while (rank < bucket.booked.length) {
      const other = bucket.booked[rank]!;
      if (other >= number || this.start[other]! > this.start[number]!) break;
      rank++;
    }
    return rank;
  }

  /** The first booking that starts at `from` or later. */
  private firstFrom({ booked }: Bucket, from: number): number {
    let low = 0;
    let high = booked.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.start[booked[middle]!]! < from) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What two sessions in one room, `a` not after `b`, are to each other. */
export function meetInRoom(a: PlacedSession, b: PlacedSession, ofA: Limits, ofB: Limits): Meeting | undefined {
  if (a.parallel && b.parallel) return undefined;
  if (b.start < a.end) {
    const rule = a.blocker || b.blocker ? 'room-closed' : 'room-double';
    return { rule, minutes: (Math.min(a.end, b.end) - b.start) / MINUTE };
  }
  if (a.layout === null || b.layout === null || a.layout === b.layout) return undefined;
  const missing = Math.max(ofA.setup, ofB.setup) - (b.start - a.end) / MINUTE;
  return missing > 0 ? { rule: 'setup-short', minutes: missing } : undefined;
}

/** What two sessions, `a` not after `b`, are to people who attend one of them and are in the other. */
function meetAttending(a: Held, b: Held): Meeting | undefined {
  if (b.session.start < a.session.end)
    return { rule: 'attended-double', minutes: (Math.min(a.session.end, b.session.end) - b.session.start) / MINUTE };
  const gap = (b.session.start - a.session.end) / MINUTE;
  const way = wayBetween(a, b);
  return way && gap < way.minutes ? { rule: 'attended-way-short', minutes: way.minutes - gap } : undefined;
}

function meetAsPerson(a: Held, b: Held, personId: string): Meeting | undefined {
  if (b.session.start < a.session.end)
    return {
      rule: 'person-double',
      minutes: (Math.min(a.session.end, b.session.end) - b.session.start) / MINUTE,
    };
  const gap = (b.session.start - a.session.end) / MINUTE;
  const way = wayBetween(a, b);
  if (!way || gap >= way.minutes || personId in a.session.online || personId in b.session.online) return undefined;
  return { rule: way.rule, minutes: way.minutes - gap };
}

/** How long somebody is on the way from one session to another; undefined where there is no way, or none is known. */
function wayBetween(a: Held, b: Held): { rule: 'walk-short' | 'travel-short'; minutes: number } | undefined {
  if (a.venueId === null || b.venueId === null) return undefined;
  if (a.venueId !== b.venueId) return { rule: 'travel-short', minutes: Math.max(a.limits.travel, b.limits.travel) };
  if (a.rooms.some((part) => b.rooms.includes(part))) return undefined;
  return { rule: 'walk-short', minutes: Math.max(a.limits.walk, b.limits.walk) };
}

/** Everything that is booked by it, each once. */
function resourcesIn(held: Held): number[] {
  return [...held.rooms, ...peopleIn(held)];
}

/** Two delegations may share a person. */
function peopleIn({ people, attending }: Held): readonly number[] {
  return attending.length === 0 ? people : [...new Set([...people, ...attending.flatMap((one) => one.people)])];
}

function lay(bucket: Bucket, number: number, length: number): void {
  bucket.booked.push(number);
  if (length > bucket.longest) bucket.longest = length;
}

function inTime(a: Held, b: Held): [Held, Held] {
  return b.session.start < a.session.start ? [b, a] : [a, b];
}

function both(a: Held, b: Held): { sessions: [string, string] } {
  return { sessions: [a.session.id, b.session.id] };
}
