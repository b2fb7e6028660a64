import { createHmac, timingSafeEqual, type KeyObject } from 'node:crypto';

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * The return path of one mail (variable envelope return path, [CI5]): `b.` and a token of its id and 80 bits of a
 * signature, so that nothing is stored and nobody can claim that a mail came back which they have not seen ([CD6]).
 */
export function bounceAddress(key: KeyObject, domain: string, mailId: string): string {
  return `b.${base32(Buffer.concat([bytesOf(mailId), signature(key, mailId)]))}@${domain}`;
}

/** The id of the mail that came back to such an address; null for every other address, and for a forged one. */
export function mailOfBounceAddress(key: KeyObject, domain: string | null, address: string): string | null {
  const at = address.lastIndexOf('@');
  const token = /^b\.([a-z2-7]{42})$/i.exec(address.slice(0, at))?.[1]?.toLowerCase();
  if (domain === null || token === undefined || address.slice(at + 1).toLowerCase() !== domain) return null;
  const bytes = fromBase32(token);
  const hex = bytes.subarray(0, 16).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return timingSafeEqual(bytes.subarray(16), signature(key, id)) ? id : null;
}

function signature(key: KeyObject, mailId: string): Buffer {
  return createHmac('sha256', key).update(`bounce:${mailId}`).digest().subarray(0, 10);
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
