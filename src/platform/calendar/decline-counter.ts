import { foldLines } from 'ical-generator';
import { PRODUCT } from './session-event.js';
import {
  CalendarValueError,
  escapeText,
  instant,
  integer,
  mailbox,
  parameter,
  required,
  text,
  uuid,
} from './values.js';

const LARGEST_INTEGER = 2 ** 31 - 1; // RFC 5545 section 3.3.8

/** A proposal of another time that is refused: what was told last stands. */
export interface RefusedProposal {
  readonly uid: string;
  /** Of the entry that the proposal wanted to change. */
  readonly sequence: number;
  /** When it is refused, whole seconds. */
  readonly stamp: Date;
  readonly organizer: { readonly name: string; readonly email: string };
  /** Who proposed. */
  readonly attendee: { readonly name: string; readonly email: string };
  /** The organizer's own words. */
  readonly comment?: string;
}

/**
 * METHOD:DECLINECOUNTER (RFC 5546 section 3.2.8), written by hand: the library always prints DTSTART and SUMMARY, which
 * must not be there. Throws CalendarValueError.
 */
export function writeDeclineCounter(refused: RefusedProposal): string {
  const { organizer, attendee, comment = '' } = refused;
  const [from, to] = [mailbox('organizer.email', organizer.email), mailbox('attendee.email', attendee.email)];
  if (from.toLowerCase() === to.toLowerCase()) throw new CalendarValueError('attendee.email', 'is the organizer');
  const words = escapeText(text(comment).trim());
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-${PRODUCT}`,
    'CALSCALE:GREGORIAN',
    'METHOD:DECLINECOUNTER',
    'BEGIN:VEVENT',
    `UID:${uuid('uid', refused.uid)}`,
    `SEQUENCE:${integer('sequence', refused.sequence, 0, LARGEST_INTEGER)}`,
    `DTSTAMP:${instant('stamp', refused.stamp)
      .toISOString()
      .replace(/[-:]|\.000/g, '')}`,
    `ORGANIZER;CN=${parameter(required('organizer.name', organizer.name))}:mailto:${from}`,
    `ATTENDEE;CN=${parameter(required('attendee.name', attendee.name))}:mailto:${to}`,
    ...(words === '' ? [] : [`COMMENT:${words}`]),
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return foldLines(lines.map((line) => `${line}\r\n`).join(''));
}
