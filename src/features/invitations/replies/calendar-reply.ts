import type { ReadCalendar, ReadEvent, ReadProperty } from '../../../platform/calendar/index.js';
import {
  REPLY_METHODS,
  REPLY_PARTSTATS,
  type CalendarReply,
  type ReplyMethod,
  type ReplyPartstat,
} from './reply-verdict.rules.js';

export interface UnusableReply {
  readonly unusable: 'no-uid' | 'no-attendee' | 'several-attendees' | 'unknown-partstat';
}

const COMMENT_LENGTH = 2_000;

/**
 * The replies in a calendar, an event each. The method is that of the file, not of the mail ([CQ4]); a calendar with
 * another method, or none, is no reply: null. Of several attendees none is believed: it is unclear who answers.
 */
export function repliesIn(calendar: ReadCalendar): (CalendarReply | UnusableReply)[] | null {
  const method = REPLY_METHODS.find((one) => one === calendar.method);
  return method ? calendar.events.map((event) => replyOf(method, event)) : null;
}

function replyOf(method: ReplyMethod, event: ReadEvent): CalendarReply | UnusableReply {
  const attendees = event.properties.filter(({ name }) => name === 'ATTENDEE');
  const [attendee] = attendees;
  if (!event.uid) return { unusable: 'no-uid' };
  if (!attendee) return { unusable: 'no-attendee' };
  if (attendees.length > 1) return { unusable: 'several-attendees' };
  const partstat = partstatOf(attendee, method);
  if (partstat === null) return { unusable: 'unknown-partstat' };
  const { sequence } = event;
  return {
    method,
    uid: event.uid.trim().toLowerCase(),
    sequence: sequence !== undefined && Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : null,
    stamp: event.stamp && !Number.isNaN(event.stamp.getTime()) ? event.stamp : null,
    attendee: {
      addresses: addressesOf(attendee),
      partstat,
      delegatedTo: parameters(attendee, 'delegated-to').map(bare),
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
  return [...new Set(written.map(bare).filter((address) => address.includes('@')))];
}

/** COMMENT, or what Apple's programs write only for the organizer. */
function commentOf(event: ReadEvent, attendee: ReadProperty): string {
  const own = event.properties.find(({ name }) => name === 'X-CALENDARSERVER-PRIVATE-COMMENT')?.values[0];
  // The type of an X- property is unknown to the reader, so its escapes are still in it.
  const words = event.comment ?? (own && unescaped(own)) ?? parameters(attendee, 'x-response-comment')[0] ?? '';
  // No control characters but the line end: what follows is shown to people and stored as text.
  const clean = words.replace(/\r\n?/g, '\n').replace(/[^\P{C}\n]/gu, '');
  return [...clean.trim()].slice(0, COMMENT_LENGTH).join('');
}

/** TEXT as RFC 5545 section 3.3.11 escapes it. */
function unescaped(text: string): string {
  return text.replace(/\\([\\;,nN])/g, (_whole, letter: string) => (letter.toLowerCase() === 'n' ? '\n' : letter));
}

/** iOS proposes by a tentative REPLY whose attendee, or event, carries TO-ALL-PROPOSED-NEW-TIME ([CQ9], [B18]). */
function proposalOf(method: ReplyMethod, event: ReadEvent, attendee: ReadProperty): CalendarReply['proposal'] {
  const start = event.start?.instant;
  const isProposal = method === 'COUNTER' || mentionsNewTime(event.properties) || mentionsNewTime([attendee]);
  return isProposal && start ? { start, end: event.end?.instant ?? null } : null;
}

function mentionsNewTime(properties: readonly ReadProperty[]): boolean {
  return properties.some(({ name, parameters: all }) =>
    [name, ...Object.keys(all)].some((word) => word.toUpperCase().endsWith('TO-ALL-PROPOSED-NEW-TIME')),
  );
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
