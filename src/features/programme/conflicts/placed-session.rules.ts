import type { Limits } from './limits.rules.js';
import type { Interval, PersonTime } from './person-time.rules.js';

/** People of another programme who come to a session together, without a part in it. */
export interface Attended {
  /** Of their own stay. */
  readonly programmeId: string;
  readonly people: readonly string[];
  /** While they are here; null where that is not known. */
  readonly stay: Interval | null;
}

/** A scheduled session, as far as it can be in conflict. */
export interface PlacedSession extends Interval {
  readonly id: string;
  readonly programmeId: string;
  readonly roomId: string | null;
  /** Everybody who takes part, in whatever role; each once. */
  readonly people: readonly string[];
  /** Who comes to it from other programmes; nobody where it is left out. */
  readonly attended?: readonly Attended[];
  /** The zone of each of them who takes part from elsewhere. */
  readonly online: Readonly<Record<string, string>>;
  /** May share its room with others that may too. */
  readonly parallel: boolean;
  /** Nothing takes place: the room is closed, the people are away. */
  readonly blocker: boolean;
  /** How the chairs stand; null where it does not matter. */
  readonly layout: string | null;
  /** Interpretation is wanted, and nobody is there to do it. */
  readonly interpretationMissing: boolean;
  /** The longest time that one interpreter has nobody to take over. */
  readonly alone: { readonly personId: string; readonly minutes: number } | null;
  readonly capacity: number | null;
  readonly expected: number | null;
}

export interface RoomFacts {
  readonly venueId: string;
  /** The smallest rooms that it takes up: its parts, or itself. */
  readonly parts: readonly string[];
  readonly capacity: number | null;
}

/** What sessions are judged by. */
export interface House {
  room(id: string): RoomFacts;
  limits(programmeId: string): Limits;
  zone(programmeId: string): string;
  /** What is known of somebody's time, stated in this programme. */
  time(programmeId: string, personId: string): PersonTime | undefined;
}
