export interface TimedThing {
  readonly id: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** Pairs that overlap; one that ends when the other begins does not. */
export function clashesAmong(things: readonly TimedThing[]): (readonly [string, string])[] {
  const sorted = [...things].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return sorted.flatMap((one, index) => sorted.slice(index + 1).filter((other) => other.startsAt < one.endsAt && one.startsAt < other.endsAt).map((other) => [one.id, other.id] as const));
}
