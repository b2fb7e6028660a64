export const COUNTRY_DAY_KINDS = ['national', 'mourning'] as const;
export type CountryDayKind = (typeof COUNTRY_DAY_KINDS)[number];

/** A day of every year that matters to guests from there. */
export interface CountryDay {
  readonly kind: CountryDayKind;
  /** `MM-DD`. */
  readonly day: string;
  readonly name: string;
}

const LINE = /^(\d{1,2})\.(\d{1,2})\.?\s+(\S.*)$/u;
/** A leap year, so that 29 February is a day. */
const YEAR = 2024;

/** Days as people write them, one a line: `21.09 Independence Day`. Answers the number of the first line that is none. */
export function readDays(text: string, kind: CountryDayKind): { days: CountryDay[] } | { wrongLine: number } {
  const days: CountryDay[] = [];
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue;
    const [, day, month, name] = LINE.exec(line.trim()) ?? [];
    const date = new Date(Date.UTC(YEAR, Number(month) - 1, Number(day)));
    const shown = Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(5, 10);
    if (shown !== `${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`) return { wrongLine: at + 1 };
    days.push({ kind, day: shown, name: name! });
  }
  return { days };
}

/** The same as it is typed. */
export function typedDays(days: readonly CountryDay[], kind: CountryDayKind): string {
  return days
    .filter((one) => one.kind === kind)
    .map(({ day, name }) => `${day.slice(3)}.${day.slice(0, 2)} ${name}`)
    .join('\n');
}

/** Which of a country's days a day (`YYYY-MM-DD`) is. */
export function daysOn(days: readonly CountryDay[], day: string): CountryDay[] {
  return days.filter((one) => one.day === day.slice(5));
}
