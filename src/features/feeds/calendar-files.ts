import { createHash } from 'node:crypto';
import { composeFile, calendarContentType, type CalendarBlock, type CalendarHead, type Organizer } from '../../platform/calendar/index.js';
import type { MessageComposer } from '../../platform/mail/mail-composer.js';

export const REFRESH_MINUTES = 60;

export interface CalendarFile {
  readonly body: Buffer;
  /** Of the content; strong. */
  readonly tag: string;
  readonly contentType: string;
  readonly lastModified: Date;
  readonly headers: Readonly<Record<string, string>>;
}

/** A whole file with the headers that every calendar answer has (CF4, CF6). `now` only keeps Last-Modified out of the future. */
export function calendarFile(head: CalendarHead | undefined, blocks: readonly CalendarBlock[], filename: string, now: Date): CalendarFile {
  const newest = Math.max(...blocks.map((block) => block.lastModified.getTime()), head?.lastModified.getTime() ?? 0);
  const { bytes, tag } = composeFile(head, 'PUBLISH', blocks);
  return {
    body: bytes,
    tag,
    contentType: calendarContentType(),
    lastModified: new Date(Math.min(newest, Math.floor(now.getTime() / 1000) * 1000)),
    headers: fileHeaders(filename),
  };
}

/** Who stands as the organizer of every event in a file: whoever the house writes as. */
export function organizerOf({ from: { name, address } }: Pick<MessageComposer, 'from'>): Organizer {
  return { name: name || address, email: address };
}

/** `filename` in both forms of RFC 6266; the plain one keeps letters of ASCII only. */
export function fileHeaders(filename: string): Record<string, string> {
  const plain = filename.replace(/[^A-Za-z0-9._-]+/g, '-');
  const encoded = encodeURIComponent(filename).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return {
    'content-disposition': `inline; filename="${plain}"; filename*=UTF-8''${encoded}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  };
}

/** UID of a calendar as a whole: the same for the same thing in every process, a UUID of version 8 (RFC 9562 section 5.8). */
export function calendarUid(subject: string): string {
  const bytes = createHash('sha256').update(`calendar:${subject}`).digest().subarray(0, 16);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x80;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
