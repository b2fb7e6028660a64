import { createHash } from 'node:crypto';

/**
 * The same UUID for the same words, for things that a file names without one (RFC 9562, version 8): so the same file read
 * again finds what it brought the first time.
 */
export function derivedGuid(...words: readonly string[]): string {
  const hash = createHash('sha256').update(words.join('\u001f')).digest();
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
