import { localDay, toInstant } from '../../../kernel/zones.js';

/** When those who have not answered are reminded. What is null asks for nothing. */
export interface ReminderRule {
  readonly on: boolean;
  /** Every so many days after the letter left. */
  readonly afterDays: number | null;
  /** Once, so many days before the time to answer is over. */
  readonly beforeDays: number | null;
  /** No more than so many to one person. */
  readonly most: number;
}

/** Somebody whose letter has left and who has not answered. */
export interface Unanswered {
  readonly sentAt: Date;
  readonly deadline: Date | null;
  /** By this rule. */
  readonly reminded: number;
  /** By this rule or by hand. */
  readonly lastReminded: Date | null;
}

const DAY_MS = 86_400_000;
/** Reminders leave in the morning of the conference, not at the minute at which the letter did. */
const MORNING = 'T10:00';

/**
 * The moment of the next reminder, which may have passed already; null when there is none any more. Days are those of the
 * conference's calendar (`zone`), so that there is at most one a day, none on the day of the letter and none too late.
 */
export function nextReminder(rule: ReminderRule, asked: Unanswered, zone: string): Date | null {
  if (!rule.on || asked.reminded >= rule.most) return null;
  const last = [localDay(asked.sentAt, zone), asked.lastReminded === null ? '' : localDay(asked.lastReminded, zone)];
  const free = last.sort().at(-1)!;
  const days = daysOf(rule, asked, zone).filter((day) => day > free);
  const next = days.sort()[0];
  if (next === undefined) return null;
  const at = toInstant(next + MORNING, zone).instant;
  return asked.deadline !== null && at >= asked.deadline ? null : at;
}

function daysOf(
  { afterDays, beforeDays, most }: ReminderRule,
  { sentAt, deadline }: Unanswered,
  zone: string,
): string[] {
  const sent = localDay(sentAt, zone);
  const after = afterDays === null ? [] : Array.from({ length: most }, (_, turn) => plus(sent, afterDays * (turn + 1)));
  const before = beforeDays === null || deadline === null ? [] : [plus(localDay(deadline, zone), -beforeDays)];
  return [...after, ...before];
}

function plus(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}
