import { InvalidInput } from '../../kernel/errors.js';
import { toInstant, ZoneError } from '../../kernel/zones.js';
import type { SessionPlace } from './session.rules.js';

/** A place as typed: on the clock of the programme's zone. */
export interface TypedPlace {
  /** `YYYY-MM-DD`; null together with `time`: the tray. */
  readonly day: string | null;
  /** `HH:mm`. */
  readonly time: string | null;
  readonly minutes: number;
  readonly roomId: string | null;
}

export interface ReadPlace {
  readonly place: SessionPlace;
  /** The clock shows the start twice that night; the first was taken. */
  readonly repeated: boolean;
}

/** Reads a typed place. Throws InvalidInput beside the field: half a moment, or an hour that the clock skips [X10]. */
export function readPlace({ day, time, minutes, roomId }: TypedPlace, zone: string): ReadPlace {
  if (day === null && time === null) return { place: { start: null, minutes, roomId }, repeated: false };
  if (day === null) throw InvalidInput.at('day', 'error.required');
  if (time === null) throw InvalidInput.at('time', 'error.required');
  const { instant, repeated } = readStart(`${day}T${time}`, zone, 'time');
  return { place: { start: instant, minutes, roomId }, repeated };
}

/** A local `YYYY-MM-DDTHH:mm` in the zone. Throws InvalidInput at `field`. */
export function readStart(local: string, zone: string, field: string): { instant: Date; repeated: boolean } {
  try {
    return toInstant(local, zone);
  } catch (error) {
    if (!(error instanceof ZoneError)) throw error;
    throw InvalidInput.at(field, error.code === 'time.skipped' ? 'error.programme.skippedHour' : 'error.time.local');
  }
}
