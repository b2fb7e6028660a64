import { createHash } from 'node:crypto';
import { advance } from '../../platform/calendar/index.js';
import type { CalendarObject, ObjectStatus } from './calendar-object.entity.js';
import { significantPart, type SessionContent } from './release.rules.js';
import { OFF } from './telling.rules.js';

/** What the latest release says of a session; nothing of a conference, where the caller says all. */
export type SubjectPart = Pick<CalendarObject, 'significant' | 'content' | 'status'>;
export const NO_SUBJECT: SubjectPart = { significant: '', content: '', status: 'confirmed' };

/**
 * What is said to this person beyond what the release says of the session (for a conference: everything).
 * `significant`: a change of it asks for an answer again; `content`: everything else that is printed. Any texts.
 */
export interface PersonalContent {
  readonly cancelled?: boolean;
  readonly significant?: string;
  readonly content?: string;
}

type Known = Pick<
  CalendarObject,
  'significant' | 'content' | 'ownSignificant' | 'ownContent' | 'sequence' | 'stamp' | 'status' | 'cancelledAt'
>;

/** The revision of a personal object that says this; null: there is no object yet. Equal content, equal revision. */
export function nextRevision(known: Known | null, subject: SubjectPart, own: PersonalContent, now: Date) {
  const withdrawn = own.cancelled ?? false;
  const status: ObjectStatus = withdrawn || subject.status === 'cancelled' ? 'cancelled' : 'confirmed';
  const parts = {
    significant: subject.significant,
    content: subject.content,
    ownSignificant: digest(own.significant),
    ownContent: digest(own.content),
  };
  // An object that only a feed has asked for does not know its own part yet: to learn it changes nothing.
  const before = known && (known.ownSignificant === '' ? { ...known, ownSignificant: parts.ownSignificant } : known);
  const { sequence, stamp } = advance(
    before ? { sequence: before.sequence, stamp: before.stamp, ...joined(before, before.status) } : undefined,
    joined(parts, status),
    now,
  );
  const cancelledAt = status === 'confirmed' ? null : known?.status === 'cancelled' ? known.cancelledAt : stamp;
  return { ...parts, sequence, stamp, status, cancelledAt, withdrawn };
}

/** Fingerprint of what a mail about it tells: time, zone, place, and whether it takes place at all. */
export function printOf(object: Pick<CalendarObject, 'status' | 'significant' | 'ownSignificant'>): string {
  const { status, significant, ownSignificant } = object;
  return status === 'cancelled' ? OFF : digest([significant, ownSignificant].join(' '));
}

/** The same of a session as a release says it; null: it is not shown. */
export function printOfContent(content: SessionContent | null): string {
  const status = content?.status === 'planned' ? 'confirmed' : 'cancelled';
  return printOf({ status, significant: content ? digest(significantPart(content)) : '', ownSignificant: '' });
}

/** SHA-256 of a text, nothing for nothing. */
export function digest(text: string | undefined): string {
  return text ? createHash('sha256').update(text).digest('hex') : '';
}

function joined(
  parts: Pick<CalendarObject, 'significant' | 'content' | 'ownSignificant' | 'ownContent'>,
  status: ObjectStatus,
) {
  return {
    significant: [status, parts.significant, parts.ownSignificant].join(),
    content: [parts.content, parts.ownContent].join(),
  };
}
