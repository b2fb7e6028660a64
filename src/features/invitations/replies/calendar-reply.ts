import { shownText } from '../../../kernel/text.js';
import type { ReadCalendar, ReadEvent, ReadProperty } from '../../../platform/calendar/index.js';
import {
  REPLY_METHODS,
  REPLY_PARTSTATS,
  type CalendarReply,
  type ReplyMethod,
  type ReplyPartstat,
} from './reply-verdict.rules.js';

export interface UnusableReply {
  readonly unusable: 'no-uid' | 'no-attendee' | 'several-attendees' | 'unknown-partstat' | 'one-of-several-days';
}

const COMMENT_LENGTH = 2_000;
/** RFC 5545 section 3.3.8. */
const LARGEST_INTEGER = 2 ** 31 - 1;
const FIRST_YEAR = 1970;
const ADDRESS = /^[^\s\p{C}<>"]+@[^\s\p{C}<>"]+$/u;

/**
 * The replies in a calendar, an event each. The method is that of the file, not of the mail ([CQ4]); a calendar with
 * another method, with several, or with none, is no reply: null. Of several attendees none is believed: it is unclear who
 * answers.
 */
export function repliesIn(calendar: ReadCalendar): (CalendarReply | UnusableReply)[] | null {
  const method = REPLY_METHODS.find((one) => one === calendar.method);
  if (!method || calendar.properties.filter(({ name }) => name === 'METHOD').length > 1) return null;
  return calendar.events.map((event) => replyOf(method, event));
}

function replyOf(method: ReplyMethod, event: ReadEvent): CalendarReply | UnusableReply {
  const called = (name: string): ReadProperty[] => event.properties.filter((property) => property.name === name);
  const attendees = called('ATTENDEE');
  const [attendee] = attendees;
  const uid = event.uid?.trim().toLowerCase() ?? '';
  if (uid === '' || called('UID').length > 1) return { unusable: 'no-uid' };
  if (!attendee) return { unusable: 'no-attendee' };
  if (attendees.length > 1) return { unusable: 'several-attendees' };
  // None of our entries repeats: what is meant by one of its days, nobody can say.
  if (called('RECURRENCE-ID').length > 0) return { unusable: 'one-of-several-days' };
  const partstat = partstatOf(attendee, method);
  if (partstat === null) return { unusable: 'unknown-partstat' };
  const { sequence } = event;
  return {
    method,
    uid,
    sequence:
      sequence !== undefined && Number.isInteger(sequence) && sequence >= 0 && sequence <= LARGEST_INTEGER
        ? sequence
        : null,
    stamp: event.stamp && event.stamp.getUTCFullYear() >= FIRST_YEAR ? event.stamp : null,
    attendee: {
      addresses: addressesOf(attendee),
      partstat,
      delegatedTo: parameters(attendee, 'delegated-to').map(bare).filter(isAddress),
    },
    comment: commentOf(event, attendee),
    proposal: proposalOf(method, event, attendee),
  };
}

function partstatOf(attendee: ReadProperty, method: ReplyMethod): ReplyPartstat | null {
  const written = parameters(attendee, 'partstat')[0]?.toUpperCase();
  // A COUNTER or REFRESH need not say it.
  if (written === undefined) return method === 'REPLY' ? null : 'NEEDS-ACTION';
  return REPLY_PARTSTATS.find((one) => one === written) ?? null;
}

/** Some bridges write the address only into EMAIL, an assistant's program into SENT-BY ([CQ6]). */
function addressesOf(attendee: ReadProperty): string[] {
  const written = [...attendee.values, ...parameters(attendee, 'email'), ...parameters(attendee, 'sent-by')];
  return [...new Set(written.map(bare).filter(isAddress))];
}

/** COMMENT, or what Apple's programs write only for the organizer. */
function commentOf(event: ReadEvent, attendee: ReadProperty): string {
  const own = event.properties.find(({ name }) => name === 'X-CALENDARSERVER-PRIVATE-COMMENT')?.values[0];
  // The type of an X- property is unknown to the reader, so its escapes are still in it.
  const words = event.comment ?? (own && unescaped(own)) ?? parameters(attendee, 'x-response-comment')[0] ?? '';
  return shownText(words, { multiline: true, max: COMMENT_LENGTH });
}

/** TEXT as RFC 5545 section 3.3.11 escapes it. */
function unescaped(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_whole, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter));
}

/**
 * iOS proposes by a tentative REPLY whose attendee, or event, carries TO-ALL-PROPOSED-NEW-TIME ([CQ9], [B18]). It is a
 * proposal also where its time cannot be read, as in a zone that the file does not declare.
 */
function proposalOf(method: ReplyMethod, event: ReadEvent, attendee: ReadProperty): CalendarReply['proposal'] {
  if (method !== 'COUNTER' && !mentionsNewTime(event.properties) && !mentionsNewTime([attendee])) return null;
  const start = event.start?.instant ?? null;
  const end = event.end?.instant ?? null;
  return { start, end: start && end && end > start ? end : null };
}

function mentionsNewTime(properties: readonly ReadProperty[]): boolean {
  return properties.some(({ name, parameters: all }) =>
    [name, ...Object.keys(all)].some((word) => word.toUpperCase().endsWith('TO-ALL-PROPOSED-NEW-TIME')),
  );
}

function isAddress(text: string): boolean {
  return ADDRESS.test(text);
}

function parameters({ parameters: all }: ReadProperty, name: string): readonly string[] {
  const value = all[name];
  return value === undefined ? [] : [value].flat();
}

/** Without scheme, quotes and brackets; `MAILTO:` too ([B15], [B16]). */
function bare(address: string): string {
  return address
    .trim()
    .replace(/^"?mailto:/i, '')
    .replace(/^["<]+|[">]+$/g, '')
    .toLowerCase();
}
