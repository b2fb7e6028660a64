import { encode as base64, wrap as base64Lines } from 'nodemailer/lib/base64';
import type MimeNode from 'nodemailer/lib/mime-node';
import { encode as quotedPrintable, wrap as quotedPrintableLines } from 'nodemailer/lib/qp';

/**
 * The message of a multipart tree whose contents are all in memory: what its `build()` gives with one kind of line end, without a
 * stream and several turns of the event loop for each part. Throws for contents that would have to be fetched.
 */
export function mimeBytes(node: MimeNode): Buffer {
  return Buffer.from(textOf(node), 'latin1');
}

/** Headers and encoded bodies hold nothing but ASCII. */
function textOf(node: MimeNode): string {
  const headers = node.buildHeaders(); // this also settles the boundary and the transfer encoding
  if (!node.multipart) return `${headers}\r\n\r\n${bodyOf(node)}`;
  const parts = node.childNodes.map((child) => `--${String(node.boundary)}\r\n${textOf(child)}\r\n`);
  return `${headers}\r\n\r\n${parts.join('')}--${String(node.boundary)}--\r\n`;
}

function bodyOf(node: MimeNode): string {
  const { content } = node;
  if (!content) return '';
  if (typeof content !== 'string' && !Buffer.isBuffer(content)) throw new Error('a part that is not in memory');
  const encoding = node.getTransferEncoding();
  if (encoding === 'base64') return base64Lines(base64(content));
  const text = encoding === 'quoted-printable' ? quotedPrintableLines(quotedPrintable(content)) : content.toString();
  // The only line end of a message (RFC 5322 section 2.1); what leaves is then what was stored, and signed.
  return text.replace(/\r\n?|\n/g, '\r\n');
}
