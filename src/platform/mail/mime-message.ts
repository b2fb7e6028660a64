import { encode as base64, wrap as base64Lines } from 'nodemailer/lib/base64';
import { foldLines } from 'nodemailer/lib/mime-funcs';
import MimeNode from 'nodemailer/lib/mime-node';
import { encode as quotedPrintable, wrap as quotedPrintableLines } from 'nodemailer/lib/qp';
import type { Mailbox } from './mailbox.js';

/** Name and value of a field; the value is encoded as that field needs it, and folded, or it is ASCII that stays as it is. */
export type Field = readonly [name: string, value: string | Date | Mailbox | { readonly asItIs: string }];

/** What stands in a message: texts, and files that are base64 whatever they hold. */
export type Part =
  | { readonly type: `multipart/${'mixed' | 'alternative'}`; readonly parts: readonly Part[] }
  | { readonly type: `text/${string}`; readonly text: string }
  | { readonly type: string; readonly file: Buffer; readonly name?: string };

/** Nodemailer's rules for the values of fields; this node itself is part of no message. */
const fields = new MimeNode(false);

/**
 * The bytes of a message (RFC 5322, 2045) with this head and body. `key` is a token that makes its boundaries unlike those
 * of other messages. Nodemailer encodes every value; its own composer builds a tree for each message, with which it takes
 * twice as long.
 */
export function mimeMessage(head: readonly Field[], body: Part, key: string): Buffer {
  // Fields and encoded bodies hold nothing but ASCII.
  return Buffer.from([...head.map(fieldText), 'MIME-Version: 1.0', partText(body, key, '0')].join('\r\n'), 'latin1');
}

function fieldText([name, value]: Field): string {
  if (typeof value === 'object' && 'asItIs' in value) return `${name}: ${value.asItIs}`;
  return foldLines(`${name}: ${fields.encodeHeaderValue(name, value)}`, 76);
}

function partText(part: Part, key: string, at: string): string {
  if ('parts' in part) {
    // No encoded body holds `=_` (RFC 2045, 6.7), and none of these begins with another one (RFC 2046, 5.1.1).
    const boundary = `=_${at}.${key}`;
    const inner = part.parts.map((one, index) => `--${boundary}\r\n${partText(one, key, `${at}.${index}`)}\r\n`);
    return `Content-Type: ${part.type};\r\n boundary="${boundary}"\r\n\r\n${inner.join('')}--${boundary}--\r\n`;
  }
  if ('file' in part) {
    const name = part.name === undefined ? '' : `; name=${part.name}`;
    const disposition = part.name === undefined ? '' : `\r\nContent-Disposition: attachment; filename=${part.name}`;
    return `${encoded(`${part.type}${name}`, 'base64')}${disposition}\r\n\r\n${base64Lines(base64(part.file))}`;
  }
  // The only line end of a message (RFC 5322, 2.1): what leaves is then what was stored, and signed.
  const text = part.text.replace(/\r\n?|\n/g, '\r\n');
  const type = `${part.type}; charset=utf-8`;
  return isMostlyLatin(text)
    ? `${encoded(type, 'quoted-printable')}\r\n\r\n${quotedPrintableLines(quotedPrintable(text))}`
    : `${encoded(type, 'base64')}\r\n\r\n${base64Lines(base64(text))}`;
}

function encoded(type: string, encoding: 'base64' | 'quoted-printable'): string {
  return `${foldLines(`Content-Type: ${type}`, 76)}\r\nContent-Transfer-Encoding: ${encoding}`;
}

/** Few letters that take more than one byte: then quoted-printable is shorter, and people can read it. */
function isMostlyLatin(text: string): boolean {
  return Buffer.byteLength(text) < (text.length * 4) / 3;
}
