import { createHash, createVerify, type KeyObject } from 'node:crypto';

/**
 * Checks the topmost DKIM signature of a message (RFC 6376, rsa-sha256, relaxed/relaxed) with a known public key.
 * Answers what is wrong, or the tags of the good signature. Written from the standard, not from the signer.
 */
export function checkDkim(
  message: Buffer,
  key: KeyObject,
): { problem: string } | { tags: Record<string, string>; signed: string[] } {
  const text = message.toString('latin1');
  const end = text.indexOf('\r\n\r\n');
  const fields = text.slice(0, end).split(/\r\n(?![ \t])/);
  const body = text.slice(end + 4);
  const signature = fields.find((field) => /^dkim-signature:/i.test(field));
  if (!signature) return { problem: 'no signature' };
  const tags = Object.fromEntries(
    signature
      .slice(signature.indexOf(':') + 1)
      .replace(/\s+/g, '')
      .split(';')
      .filter(Boolean)
      .map((tag) => [tag.slice(0, tag.indexOf('=')), tag.slice(tag.indexOf('=') + 1)]),
  );
  if (tags['a'] !== 'rsa-sha256' || tags['c'] !== 'relaxed/relaxed') return { problem: `${tags['a']}, ${tags['c']}` };
  if (createHash('sha256').update(relaxedBody(body), 'latin1').digest('base64') !== tags['bh'])
    return { problem: 'body' };
  const left = [...fields].reverse(); // the last one of a name is the first to be taken
  const signed = (tags['h'] ?? '').toLowerCase().split(':');
  const lines = signed.map((name) => {
    const at = left.findIndex((field) => field.toLowerCase().startsWith(`${name}:`));
    return at < 0 ? '' : `${relaxedField(left.splice(at, 1)[0]!)}\r\n`;
  });
  const own = relaxedField(signature).replace(/(\bb=)[^;]*/, '$1');
  const verify = createVerify('RSA-SHA256').update(lines.join('') + own, 'latin1');
  return verify.verify(key, tags['b'] ?? '', 'base64') ? { tags, signed } : { problem: 'head' };
}

function relaxedField(field: string): string {
  const colon = field.indexOf(':');
  const value = field
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${field.slice(0, colon).trim().toLowerCase()}:${value}`;
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map((line) => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''));
  while (lines.at(-1) === '') lines.pop();
  return lines.length === 0 ? '' : `${lines.join('\r\n')}\r\n`;
}
