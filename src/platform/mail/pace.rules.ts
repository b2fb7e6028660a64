const HOUR_MS = 3_600_000;

/**
 * When the mails of a batch are due, in their order: no hour, wherever it begins, has more than `perHour` of them. The
 * first is due at `start`.
 */
export function dueTimes(count: number, start: Date, perHour: number): Date[] {
  return Array.from(
    { length: count },
    (_, index) => new Date(start.getTime() + Math.floor((index * HOUR_MS) / perHour)),
  );
}

/** The first due time after a pause, so that the hour before it counts, too. `last`: when the last one that left was due. */
export function resumedAt(now: Date, last: Date | null, perHour: number): Date {
  const next = last === null ? 0 : last.getTime() + Math.ceil(HOUR_MS / perHour);
  return new Date(Math.max(now.getTime(), next));
}
