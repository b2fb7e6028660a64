import type { Locale } from '../../kernel/locale.js';

/**
 * What a mail says, in blocks. HTML and plain text are both made from them, so the two never differ, and every value is
 * dead text: it is escaped in HTML and cannot start a heading, a link or a field ([X4]).
 */
export type Block =
  | { kind: 'text'; text: string }
  | { kind: 'heading'; text: string }
  | { kind: 'facts'; rows: readonly { label: string; value: string }[] }
  /** Each row has as many cells as `head`; the lines of a cell stay, an empty one is a dash. */
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[] }
  | { kind: 'list'; items: readonly string[] }
  | { kind: 'button'; label: string; url: string }
  | { kind: 'links'; links: readonly { label: string; url: string }[] }
  | { kind: 'code'; text: string }
  /** Somebody's own words: line breaks stay. */
  | { kind: 'quote'; text: string }
  /** A letter that somebody wrote, in paragraphs: line breaks stay. */
  | { kind: 'letter'; text: string }
  | { kind: 'small'; text: string };

export interface CalendarPart {
  method: 'PUBLISH' | 'REQUEST' | 'CANCEL' | 'DECLINECOUNTER';
  text: string;
  /** A REQUEST, CANCEL or DECLINECOUNTER stands in the alternative too and names its thread; a PUBLISH is an attachment only. */
  thread?: { uid: string; sequence: number; repetition: number };
}

export interface MailMessage {
  /** Which mail this is, such as `registration-received`; for lists and statistics. */
  kind: string;
  /** Why it is sent, unique per recipient: never a second row for one cause and recipient (invariant 4). */
  cause: string;
  to: { address: string; name?: string };
  locale: Locale;
  subject: string;
  blocks: readonly Block[];
  calendar?: CalendarPart;
  conferenceId?: string;
  personId?: string;
  /** Held rows wait until an organizer confirms their number (ruling 9). */
  hold?: boolean;
  /** Not sent before; now when it is left out. */
  dueAt?: Date;
  /** Rows of one bulk send, confirmed together. */
  batch?: string;
  /** No hour, wherever it begins, has more than so many of its batch; the same for all of them. */
  perHour?: number;
  /** What it speaks of, such as `invitation:` and an id; whoever knows that it is out of date can discard what is held. */
  about?: string;
  replyTo?: string;
  /** What a person wrote to a person, instead of blocks: plain text, part of a correspondence (RFC 5322 section 3.6.4). */
  letter?: { text: string; inReplyTo: string | null; references: readonly string[] };
  /** The Message-ID of the mail that this one goes on from, so that both stand in one thread. */
  follows?: string;
  /** A notice that nobody needs to take part: it is not sent where such mail is not wanted ([CD3], [CI4]). */
  bulk?: {
    /** Names the list for mail programs: letters, digits, hyphens. */
    list: string;
  };
}
