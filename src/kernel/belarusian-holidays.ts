export const BELARUSIAN_HOLIDAYS = [
  'newYear',
  'orthodoxChristmas',
  'womensDay',
  'catholicEaster',
  'orthodoxEaster',
  'radunitsa',
  'labourDay',
  'victoryDay',
  'independenceDay',
  'octoberRevolution',
  'catholicChristmas',
] as const;
export type BelarusianHoliday = (typeof BELARUSIAN_HOLIDAYS)[number];

/** Month and day of the holidays that do not move. */
const FIXED: Readonly<Record<string, BelarusianHoliday>> = {
  '01-01': 'newYear',
  '01-02': 'newYear',
  '01-07': 'orthodoxChristmas',
  '03-08': 'womensDay',
  '05-01': 'labourDay',
  '05-09': 'victoryDay',
  '07-03': 'independenceDay',
  '11-07': 'octoberRevolution',
  '12-25': 'catholicChristmas',
};

/** The public holiday of Belarus on a day `YYYY-MM-DD`, both Easter Sundays included; undefined on any other day. */
export function belarusianHoliday(day: string): BelarusianHoliday | undefined {
  const fixed = FIXED[day.slice(5)];
  if (fixed) return fixed;
  const year = Number(day.slice(0, 4));
  const orthodox = orthodoxEaster(year);
  if (day === orthodox) return 'orthodoxEaster';
  // The Tuesday of the week after: nine days later.
  if (day === daysAfter(orthodox, 9)) return 'radunitsa';
  if (day === catholicEaster(year)) return 'catholicEaster';
  return undefined;
}

/** Easter of the Julian calendar as `YYYY-MM-DD` of the Gregorian one (Meeus), years 1900 to 2099. */
export function orthodoxEaster(year: number): string {
  const d = (19 * (year % 19) + 15) % 30;
  const e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const count = d + e + 114;
  const julian = isoDay(year, Math.floor(count / 31), (count % 31) + 1);
  return daysAfter(julian, 13);
}

/** Easter of the Gregorian calendar as `YYYY-MM-DD` (the anonymous algorithm in Meeus). */
export function catholicEaster(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const h = (19 * a + b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3) + 15) % 30;
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const count = h + l - 7 * m + 114;
  return isoDay(year, Math.floor(count / 31), (count % 31) + 1);
}

function isoDay(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
