import { InvalidInput } from '../../../kernel/errors.js';
import { dayAfter, toLocal } from '../../../kernel/zones.js';
import { kindDefaults, readStart, type Session, type SessionKind } from '../../programme/index.js';

export interface TypedStayPlace {
  /** `YYYY-MM-DD`, `HH:mm`; all null: no time yet. */
  readonly day: string | null;
  readonly time: string | null;
  readonly until: string | null;
  readonly roomId: string | null;
}

/**
 * A place as typed on the clock of the visit. An end that is not later than the start is on the next day; without an end
 * it is as long as its kind usually is. Throws InvalidInput beside the field that is missing, or that the clock skips.
 */
export function readStayPlace(
  { day, time, until, roomId }: TypedStayPlace,
  kind: SessionKind,
  zone: string,
): { start: Date | null; minutes: number; roomId: string | null } {
  const usual = kindDefaults(kind).minutes;
  if (day === null && time === null && until === null) return { start: null, minutes: usual, roomId };
  if (day === null) throw InvalidInput.at('day', 'error.required');
  if (time === null) throw InvalidInput.at('time', 'error.required');
  const start = readStart(`${day}T${time}`, zone, 'time').instant;
  if (until === null) return { start, minutes: usual, roomId };
  const end = readStart(`${until > time ? day : dayAfter(day)}T${until}`, zone, 'until').instant;
  return { start, minutes: Math.round((end.getTime() - start.getTime()) / 60_000), roomId };
}

/** A place as the form shows it. */
export function typedPlace(
  { startsAt, endsAt, roomId }: Pick<Session, 'startsAt' | 'endsAt' | 'roomId'>,
  zone: string,
): Record<string, unknown> {
  if (!startsAt || !endsAt) return { roomId };
  const [day, time] = toLocal(startsAt, zone).split('T');
  return { day, time, until: toLocal(endsAt, zone).split('T')[1], roomId };
}
