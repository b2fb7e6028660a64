export const METHODS = ['PUBLISH', 'REQUEST', 'CANCEL'] as const;
export type Method = (typeof METHODS)[number];

export const STATUSES = ['CONFIRMED', 'TENTATIVE', 'CANCELLED'] as const;
export type Status = (typeof STATUSES)[number];

/** What of an event decides which method may carry it. */
export interface MethodFacts {
  readonly status: Status;
  readonly organizer?: { readonly email: string };
  readonly attendee?: { readonly email: string; readonly rsvp: boolean };
  readonly hasAlarm: boolean;
}

export interface MethodProblem {
  readonly field: string;
  readonly problem: string;
}

const NOBODY_READS = /^(?:do[._-]?not[._-]?reply|no[._-]?reply)(?:[+._-].*)?@/i;

/**
 * What an event lacks, or has too much of, to be sent with a method (RFC 5546 section 3.2, and what clients do).
 * No method means a file for CalDAV, which may have anything.
 */
export function methodProblems(method: Method | undefined, event: MethodFacts): MethodProblem[] {
  const { organizer, attendee } = event;
  const found: MethodProblem[] = [];
  const say = (wrong: boolean, field: string, problem: string) => {
    if (wrong) found.push({ field, problem });
  };
  say(!!organizer && NOBODY_READS.test(organizer.email), 'organizer.email', 'nobody reads this mailbox');
  say(!!attendee && same(organizer?.email, attendee.email), 'attendee.email', 'is the organizer');
  if (method === undefined) return found;
  say(!organizer, 'organizer', `needed for ${method}`);
  if (method === 'PUBLISH') say(!!attendee, 'attendee', 'not allowed in PUBLISH');
  else say(!attendee, 'attendee', `needed for ${method}`);
  if (method === 'REQUEST') {
    // Without RSVP the answer buttons vanish; a cancelled REQUEST is offered for acceptance and stays.
    say(!!attendee && !attendee.rsvp, 'attendee.rsvp', 'needed for REQUEST');
    say(event.status === 'CANCELLED', 'status', 'a cancellation is CANCEL, not REQUEST');
  }
  if (method === 'CANCEL') {
    say(event.status !== 'CANCELLED', 'status', 'CANCEL needs CANCELLED');
    say(event.hasAlarm, 'alarmMinutes', 'not allowed in CANCEL');
  }
  return found;
}

/** What was last told about one calendar object; stored, never computed again. */
export interface Revision {
  readonly sequence: number;
  readonly stamp: Date;
  readonly significant: string;
  readonly content: string;
}

/** `significant`: what makes people answer anew; `content`: everything that is printed. */
export interface Fingerprint {
  readonly significant: string;
  readonly content: string;
}

export interface Advance extends Revision {
  /** `changed` needs an answer again, `corrected` does not, `unchanged` is the same revision to the byte. */
  readonly kind: 'first' | 'unchanged' | 'corrected' | 'changed';
}

/**
 * The next revision of a calendar object. SEQUENCE starts at 0, grows by 1 when something significant changed
 * (cancelling and inviting again included), and never goes back. `stamp` serves DTSTAMP and LAST-MODIFIED: whole seconds,
 * later than the previous one with any change, also when the clock ran back (RFC 5545 section 3.8.7.4, RFC 5546 2.1.4).
 */
export function advance(previous: Revision | undefined, next: Fingerprint, now: Date): Advance {
  const { significant, content } = next;
  if (!previous) return { kind: 'first', sequence: 0, stamp: wholeSecond(now), significant, content };
  if (previous.significant === significant && previous.content === content) {
    return { kind: 'unchanged', sequence: previous.sequence, stamp: previous.stamp, significant, content };
  }
  const stamp = new Date(Math.max(wholeSecond(now).getTime(), wholeSecond(previous.stamp).getTime() + 1000));
  return previous.significant === significant
    ? { kind: 'corrected', sequence: previous.sequence, stamp, significant, content }
    : { kind: 'changed', sequence: previous.sequence + 1, stamp, significant, content };
}

/** The instant without its milliseconds, which iCalendar cannot write. */
export function wholeSecond(instant: Date): Date {
  return new Date(Math.floor(instant.getTime() / 1000) * 1000);
}

export const PARTSTATS = ['NEEDS-ACTION', 'ACCEPTED', 'TENTATIVE', 'DECLINED'] as const;
export type Partstat = (typeof PARTSTATS)[number];

/** PARTSTAT to print: the known answer while it was given to this SEQUENCE, else NEEDS-ACTION again. */
export function partstatFor(sequence: number, answer?: { partstat: Partstat; sequence: number }): Partstat {
  return answer && answer.sequence >= sequence ? answer.partstat : 'NEEDS-ACTION';
}

const SHOWN_AFTER_CANCELLATION = 30 * 86_400_000;

/** Whether a session cancelled at an instant still stands in feeds: for 30 days, so that clients see that it is off. */
export function staysInFeed(cancelledAt: Date, now: Date): boolean {
  return now.getTime() < cancelledAt.getTime() + SHOWN_AFTER_CANCELLATION;
}

function same(a: string | undefined, b: string): boolean {
  return a?.toLowerCase() === b.toLowerCase();
}
