import { InvalidInput, RuleViolation } from '../../kernel/errors.js';

export const AVAILABILITY_KINDS = ['present', 'available', 'unavailable'] as const;
/** `present` is between arrival and departure. */
export type AvailabilityKind = (typeof AVAILABILITY_KINDS)[number];

export const WEEKLY_KINDS = ['available', 'unavailable'] as const;
/** What can be so every week. */
export type WeeklyKind = (typeof WEEKLY_KINDS)[number];

/** A time that somebody stated about a person. */
export interface StatedTime {
  readonly kind: AvailabilityKind;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** A stretch of a weekday, as it is typed: `HH:mm` on the clock of the programme. */
export interface TypedWeekly {
  readonly kind: WeeklyKind;
  /** 1 Monday to 7 Sunday. */
  readonly weekday: number;
  readonly opensAt: string;
  readonly closesAt: string;
}

/** Minutes after midnight; an end at 00:00 is the end of the day. Throws InvalidInput at `closesAt`. */
export function weeklyMinutes({ opensAt, closesAt }: Pick<TypedWeekly, 'opensAt' | 'closesAt'>): {
  opensAt: number;
  closesAt: number;
} {
  const [from, to] = [minuteOf(opensAt), minuteOf(closesAt) || 1440];
  if (to <= from) throw InvalidInput.at('closesAt', 'error.programme.endBeforeStart');
  return { opensAt: from, closesAt: to };
}

function minuteOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

/** Refuses a time that ends before it begins (InvalidInput at `endsAt`), and one that is stated already (RuleViolation). */
export function checkStated(time: StatedTime, known: readonly StatedTime[]): void {
  if (time.endsAt <= time.startsAt) throw InvalidInput.at('endsAt', 'error.programme.endBeforeStart');
  const same = known.some(
    ({ kind, startsAt, endsAt }) =>
      kind === time.kind && Number(startsAt) === Number(time.startsAt) && Number(endsAt) === Number(time.endsAt),
  );
  if (same) throw new RuleViolation('error.programme.timeStated');
}
