import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * A token of one mail: its id and 80 bits of a signature, in letters that survive the local part of an address. Nothing is
 * stored for it, and nobody can name a mail that they have not seen.
 */
export function mailToken(key: KeyObject, mailId: string): string {
  return base32(Buffer.concat([bytesOf(mailId), signature(key, mailId)]));
}

/** The mail that a token names, in any case of letters; null when it is forged. */
export function mailOfToken(key: KeyObject, token: string): string | null {
  if (!/^[a-z2-7]{42}$/i.test(token)) return null;
  const bytes = fromBase32(token.toLowerCase());
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return timingSafeEqual(bytes.subarray(16), signature(key, id)) ? id : null;
}

/** The return path of one mail (variable envelope return path, [CI5]): `b.` and its token ([CD6]). */
export function bounceAddress(key: KeyObject, domain: string, mailId: string): string {
  return `b.${mailToken(key, mailId)}@${domain}`;
}

/** The id of the mail that came back to such an address; null for every other address, and for a forged one. */
export function mailOfBounceAddress(key: KeyObject, domain: string | null, address: string): string | null {
  const at = address.lastIndexOf('@');
  if (domain === null || address.slice(at + 1).toLowerCase() !== domain || !/^b\./i.test(address)) return null;
  return mailOfToken(key, address.slice('b.'.length, at));
}

function signature(key: KeyObject, mailId: string): Buffer {
  return createHmac('sha256', key).update(`mail:${mailId}`).digest().subarray(0, 10);
}

function bytesOf(id: string): Buffer {
  return Buffer.from(id.replaceAll('-', ''), 'hex');
}

/** RFC 4648 section 6, in lower case and without padding: mail servers fold the case of local parts. */
function base32(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let value = 0;
  for (const byte of bytes) {
    value = (value << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += BASE32[(value >>> (bits - 5)) & 31];
    value &= (1 << bits) - 1;
  }
  return bits === 0 ? text : text + BASE32[(value << (5 - bits)) & 31];
}

function fromBase32(text: string): Buffer {
  const bytes: number[] = [];
  let bits = 0;
  let value = 0;
  for (const letter of text) {
    value = (value << 5) | BASE32.indexOf(letter);
    bits += 5;
    if (bits >= 8) {
      bytes.push((value >>> (bits - 8)) & 255);
      bits -= 8;
    }
    value &= (1 << bits) - 1;
  }
  return Buffer.from(bytes);
}
