/** From `start` up to, not including, `end`. */
export interface TimeRange {
  readonly start: Date;
  readonly end: Date;
}

const MINUTE = 60_000;

/** Whether two ranges share time; ranges that only touch do not. */
export function overlaps(a: TimeRange, b: TimeRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether an instant, or the whole of another range, lies inside. The end itself lies outside. */
export function contains(range: TimeRange, inner: Date | TimeRange): boolean {
  if ('start' in inner) return range.start <= inner.start && inner.end <= range.end;
  return range.start <= inner && inner < range.end;
}

/** Length in minutes. */
export function minutes(range: TimeRange): number {
  return (range.end.getTime() - range.start.getTime()) / MINUTE;
}

/** The same length, later by `by` minutes (negative: earlier), in elapsed time. */
export function shift(range: TimeRange, by: number): TimeRange {
  return {
    start: new Date(range.start.getTime() + by * MINUTE),
    end: new Date(range.end.getTime() + by * MINUTE),
  };
}
