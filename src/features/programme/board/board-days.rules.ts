import { dayAfter } from '../../../kernel/zones.js';

/** More days than this on one page are no overview any more. */
export const MOST_DAYS = 7;

export interface DayChoice {
  readonly asked: string | undefined;
  readonly count: number;
  /** Days on which something begins. */
  readonly used: readonly string[];
  /** Days of the conference itself, planned or not. */
  readonly conference: readonly string[];
  readonly today: string;
}

/**
 * Which days the board shows, and which there are to choose from. Without a wish: today if it is one of them, else the
 * first that is to come, else the first; several days are those that follow it in the list.
 */
export function daysShown({ asked, count, used, conference, today }: DayChoice): { shown: string[]; all: string[] } {
  const all = [...new Set([...used, ...conference, ...(asked ? [asked] : [])])].sort();
  if (all.length === 0) all.push(today);
  const first = asked ?? all.find((day) => day >= today) ?? all[0]!;
  const at = all.indexOf(first);
  return { shown: all.slice(at, at + Math.min(count, MOST_DAYS)), all };
}

/** Every day from the first to the last; a year at most, so that a mistyped year does not make a list without end. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let day = first; day <= last && days.length < 366; day = dayAfter(day)) days.push(day);
  return days;
}
