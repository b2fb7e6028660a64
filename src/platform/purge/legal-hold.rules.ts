/** The data officers are told so many days before a hold ends. */
export const REMIND_DAYS = 7;

export interface Holding {
  /** `YYYY-MM-DD`, the last day on which it holds. */
  readonly endsOn: string;
  readonly liftedAt: Date | null;
  readonly remindedAt: Date | null;
}

/** Does it hold on that day? */
export function holdsOn({ endsOn, liftedAt }: Holding, day: string): boolean {
  return liftedAt === null && endsOn >= day;
}

/** Must somebody be told that it ends? Once, from a week before on. `soon`: the day that lies REMIND_DAYS ahead. */
export function isToBeTold(hold: Holding, today: string, soon: string): boolean {
  return hold.remindedAt === null && holdsOn(hold, today) && hold.endsOn <= soon;
}
