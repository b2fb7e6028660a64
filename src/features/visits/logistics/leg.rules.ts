import { InvalidInput } from '../../../kernel/errors.js';
import { localDay, toInstant, ZoneError } from '../../../kernel/zones.js';

export const LEG_DIRECTIONS = ['arrival', 'departure', 'between'] as const;
export type LegDirection = (typeof LEG_DIRECTIONS)[number];
/** What the guests' own side enters: the way in between is ours. */
export const GUEST_DIRECTIONS = ['arrival', 'departure'] as const;

export const LEG_MODES = ['flight', 'train', 'bus', 'car', 'other'] as const;
export type LegMode = (typeof LEG_MODES)[number];

export const LEG_STATUSES = ['planned', 'delayed', 'landed', 'met', 'cancelled'] as const;
export type LegStatus = (typeof LEG_STATUSES)[number];

/** A journey as its ticket says it: local times (`YYYY-MM-DDTHH:mm`), each on the clock of its own place. */
export interface LegTimes {
  readonly departsAt: string;
  /** IANA zone. */
  readonly departsZone: string;
  readonly arrivesAt: string;
  readonly arrivesZone: string;
}

/**
 * When a journey begins and ends. Throws InvalidInput at the field whose time the clock of its place skips, and at
 * `arrivesAt` when it ends before it begins.
 */
export function instantsOf(leg: LegTimes): { departs: Date; arrives: Date } {
  const departs = readInstant('departsAt', leg.departsAt, leg.departsZone);
  const arrives = readInstant('arrivesAt', leg.arrivesAt, leg.arrivesZone);
  if (arrives <= departs) throw InvalidInput.at('arrivesAt', 'error.visit.leg.arrivesBefore');
  return { departs, arrives };
}

/** A local time (`YYYY-MM-DDTHH:mm`) of a zone. Throws InvalidInput at the field whose time the clock of its place skips. */
export function readInstant(field: string, local: string, zone: string): Date {
  try {
    return toInstant(local, zone).instant;
  } catch (error) {
    if (error instanceof ZoneError) throw InvalidInput.at(field, 'error.visit.leg.noSuchTime');
    throw error;
  }
}

/** Of a journey, as far as the calendar of its driver is about it. */
export interface DrivenLeg extends LegTimes {
  readonly fromPlace: string;
  readonly toPlace: string;
  readonly terminal: string | null;
  readonly carId: string | null;
  readonly status: LegStatus;
}

/** SEQUENCE and stamp of a journey in the calendar of its driver, and when it was first written. */
export interface LegRevision {
  readonly sequence: number;
  readonly revisedAt: Date;
}

/** The revision after a change: SEQUENCE grows with times, places, car and whether it takes place (CR3), the stamp always (CR6). */
export function legRevision(before: (DrivenLeg & LegRevision) | null, after: DrivenLeg, now: Date): LegRevision {
  if (!before) return { sequence: 0, revisedAt: now };
  const revisedAt = new Date(Math.max(now.getTime(), before.revisedAt.getTime() + 1000));
  return { sequence: before.sequence + (significantOf(before) === significantOf(after) ? 0 : 1), revisedAt };
}

function significantOf(leg: DrivenLeg): string {
  const { departsAt, departsZone, arrivesAt, arrivesZone, fromPlace, toPlace, terminal, carId, status } = leg;
  const off = status === 'cancelled';
  return JSON.stringify([departsAt, departsZone, arrivesAt, arrivesZone, fromPlace, toPlace, terminal, carId, off]);
}

export interface CheckedLeg extends LegTimes {
  readonly direction: LegDirection;
  readonly mode: LegMode;
  readonly status: LegStatus;
  readonly greeter: string | null;
  /** Pieces; null: not known. */
  readonly luggage: number | null;
  readonly passengers: number;
  readonly car: CheckedCar | null;
}

export interface CheckedCar {
  readonly plate: string | null;
  /** Without the driver's. */
  readonly seats: number;
  /** Pieces that it holds; null: not known. */
  readonly luggage: number | null;
}

export const LEG_FINDINGS = [
  'nobody',
  'no_greeter',
  'no_car',
  'car_full',
  'luggage',
  'no_plate',
  'night',
  'outside',
  'uncovered',
] as const;
export type LegFinding = (typeof LEG_FINDINGS)[number];

/** Hours of an arrival that is meant for the day before as often as not. */
const NIGHT_UNTIL = '05:00';

/**
 * What may go wrong with a journey, for a visit with these days in this zone. `night`: it arrives so soon after midnight that
 * a hotel or a car may have been ordered for the wrong day. `outside`: it arrives after the first day, or leaves before the last.
 * `uncovered`: it arrives before the first day or leaves after the last, so that letters, visas and insurance for the days of
 * the visit do not cover it.
 */
export function legFindings(
  leg: CheckedLeg,
  stay: { readonly startsOn: string | null; readonly endsOn: string | null; readonly zone: string },
): LegFinding[] {
  if (leg.status === 'cancelled') return [];
  const { departs, arrives } = instantsOf(leg);
  const here = leg.direction === 'departure' ? departs : arrives;
  const day = localDay(here, stay.zone);
  const found: Record<LegFinding, boolean> = {
    nobody: leg.passengers === 0,
    no_greeter: leg.direction === 'arrival' && leg.mode !== 'car' && leg.greeter === null,
    no_car: leg.mode !== 'car' && leg.direction !== 'between' && leg.car === null,
    car_full: leg.car !== null && leg.passengers > leg.car.seats,
    luggage: leg.luggage !== null && leg.luggage > (leg.car?.luggage ?? Infinity),
    no_plate: leg.car !== null && leg.car.plate === null,
    night: leg.direction === 'arrival' && leg.arrivesAt.slice(11) < NIGHT_UNTIL,
    outside:
      (leg.direction === 'arrival' && stay.startsOn !== null && day > stay.startsOn) ||
      (leg.direction === 'departure' && stay.endsOn !== null && day < stay.endsOn),
    uncovered: (stay.startsOn !== null && day < stay.startsOn) || (stay.endsOn !== null && day > stay.endsOn),
  };
  return LEG_FINDINGS.filter((finding) => found[finding]);
}

export interface Travelling {
  readonly id: string;
  readonly inPerson: boolean;
}

/** Who comes in person and has no journey here, or none away. Ids, in the order given. */
export function withoutJourney(
  members: readonly Travelling[],
  legs: readonly {
    readonly direction: LegDirection;
    readonly status: LegStatus;
    readonly memberIds: readonly string[];
  }[],
): { arrival: string[]; departure: string[] } {
  const lacking = (direction: LegDirection): string[] => {
    const going = new Set(
      legs
        .filter((leg) => leg.direction === direction && leg.status !== 'cancelled')
        .flatMap(({ memberIds }) => memberIds),
    );
    return members.filter(({ id, inPerson }) => inPerson && !going.has(id)).map(({ id }) => id);
  };
  return { arrival: lacking('arrival'), departure: lacking('departure') };
}
