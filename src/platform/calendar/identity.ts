import { createHash, createHmac, type KeyObject } from 'node:crypto';
import type { CalendarEvent } from './calendar-model.js';
import type { Fingerprint } from './itip.rules.js';

/**
 * UID of one person's commitment to one session or conference: the first 128 bits of an HMAC-SHA-256 as a UUID of
 * version 8 (RFC 9562 section 5.8). It does not depend on how the commitment arose. Store it: it is returned with every
 * answer and is its credential, and a new key must not change what was sent.
 */
export function personalUid(
  key: KeyObject | Uint8Array,
  personId: string,
  to: 'session' | 'conference',
  id: string,
): string {
  const bytes = createHmac('sha256', key).update(`person:${personId}:${to}:${id}`).digest().subarray(0, 16);
  bytes[6] = (bytes.readUInt8(6) & 0x0f) | 0x80;
  bytes[8] = (bytes.readUInt8(8) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

const OF_THE_REVISION: ReadonlySet<string> = new Set(['sequence', 'stamp', 'created', 'lastModified']);

/** What `advance` compares; everything but the numbers and times of the revision itself. */
export type EventContent = Omit<CalendarEvent, 'sequence' | 'stamp' | 'created' | 'lastModified'>;

/**
 * Fingerprint of an event as told. Significant are time, zone, place, status and join addresses: they make people answer
 * anew.
 */
export function fingerprint(event: EventContent): Fingerprint {
  const { when, location, status, conferences } = event;
  const content = Object.fromEntries(Object.entries(event).filter(([field]) => !OF_THE_REVISION.has(field)));
  return {
    significant: digest({ when, location, status, join: (conferences ?? []).map(({ url }) => url) }),
    content: digest(content),
  };
}

function digest(value: unknown): string {
  return createHash('sha256').update(canonical(value)).digest('hex');
}

/** JSON with sorted keys; undefined and empty are the same as absent. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner === '' ? undefined : inner;
    return Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}
