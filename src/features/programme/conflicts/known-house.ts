import type { Programme } from '../programme.entity.js';
import type { Room } from '../../venues/index.js';
import { DEFAULT_LIMITS, limitsOf, type Limits } from './limits.rules.js';
import type { PersonTime } from './person-time.rules.js';
import type { House, RoomFacts } from './placed-session.rules.js';

/** The house as the database has it: rooms, programmes, and what was stated about people's time. */
export class KnownHouse implements House {
  private readonly rooms = new Map<string, RoomFacts>();
  private readonly programmes: ReadonlyMap<string, { zone: string; limits: Limits }>;
  private readonly times = new Map<string, Map<string, PersonTime>>();

  constructor(rooms: readonly Room[], programmes: readonly Pick<Programme, 'id' | 'zone' | 'limits'>[]) {
    for (const { id, venueId, parts, capacity } of rooms)
      this.rooms.set(id, { venueId, parts: parts.length === 0 ? [id] : parts, capacity });
    this.programmes = new Map(programmes.map(({ id, zone, limits }) => [id, { zone, limits: limitsOf(limits) }]));
  }

  /** A room that came after the house was read stands for itself until it is read again. */
  room(id: string): RoomFacts {
    return this.rooms.get(id) ?? { venueId: '', parts: [id], capacity: null };
  }

  limits(programmeId: string): Limits {
    return this.programmes.get(programmeId)?.limits ?? DEFAULT_LIMITS;
  }

  /** The most that any programme asks for. */
  greatest(limit: keyof Limits): number {
    return Math.max(DEFAULT_LIMITS[limit], ...[...this.programmes.values()].map(({ limits }) => limits[limit]));
  }

  zone(programmeId: string): string {
    return this.programmes.get(programmeId)?.zone ?? 'UTC';
  }

  time(programmeId: string, personId: string): PersonTime | undefined {
    return this.times.get(programmeId)?.get(personId);
  }

  /** What is known of one person's time now; nothing: undefined. */
  setTime(programmeId: string, personId: string, time: PersonTime | undefined): void {
    const ofProgramme = this.times.get(programmeId) ?? new Map<string, PersonTime>();
    if (time) ofProgramme.set(personId, time);
    else ofProgramme.delete(personId);
    this.times.set(programmeId, ofProgramme);
  }

  /** The same times, in a house that was read again. */
  takeTimes({ times }: KnownHouse): void {
    for (const [programmeId, people] of times) this.times.set(programmeId, people);
  }
}
