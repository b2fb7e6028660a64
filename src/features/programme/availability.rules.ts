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

/** Refuses a time that ends before it begins (InvalidInput at `endsAt`), and one that is stated already (RuleViolation). */
export function checkStated(time: StatedTime, known: readonly StatedTime[]): void {
  if (time.endsAt <= time.startsAt) throw InvalidInput.at('endsAt', 'error.programme.endBeforeStart');
  const same = known.some(
    ({ kind, startsAt, endsAt }) =>
      kind === time.kind && Number(startsAt) === Number(time.startsAt) && Number(endsAt) === Number(time.endsAt),
  );
  if (same) throw new RuleViolation('error.programme.timeStated');
}
