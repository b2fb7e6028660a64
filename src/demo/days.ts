const DAY = 86_400_000;

/** The n-th weekday (0 = Sunday) that is at least `days` away from now; negative days look back. `YYYY-MM-DD`. */
export function weekdayFrom(now: Date, days: number, weekday: number): string {
  const date = new Date(now.getTime() + days * DAY);
  while (date.getUTCDay() !== weekday) date.setTime(date.getTime() + DAY);
  return date.toISOString().slice(0, 10);
}
