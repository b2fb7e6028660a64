import { TextDecoder } from 'node:util';
import { unreadable } from './file-problem.rules.js';

/** Encodings that files of the trade declare; the browser's names for them. */
const DECLARED = /^\s*<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][\w.-]{0,30})["']/;

/** The text of an XML file by its byte order mark, its declaration, or as UTF-8. Throws UnreadableFile. */
export function xmlText(bytes: Buffer): string {
  const marked = markedEncoding(bytes);
  // Without a mark, `<?` in two bytes each gives UTF-16 away (XML 1.0, appendix F).
  const guessed =
    bytes[0] === 0x3c && bytes[1] === 0 ? 'utf-16le' : bytes[0] === 0 && bytes[1] === 0x3c ? 'utf-16be' : '';
  const declared = DECLARED.exec(bytes.subarray(0, 200).toString('latin1'))?.[1] ?? 'utf-8';
  return decoded(bytes, marked ?? (guessed || declared));
}

/** The text of a file that says nothing of its encoding: by its byte order mark, or UTF-8. Throws UnreadableFile. */
export function plainFileText(bytes: Buffer): string {
  return decoded(bytes, markedEncoding(bytes) ?? 'utf-8');
}

/** A table that is no UTF-8 was saved by an old spreadsheet program, and here they write windows-1251. */
export function tableText(bytes: Buffer): string {
  const marked = markedEncoding(bytes);
  if (marked) return decoded(bytes, marked);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return decoded(bytes, 'windows-1251');
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown } | null)?.code;
}

function markedEncoding(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null;
}

function decoded(bytes: Buffer, encoding: string): string {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(encoding, { fatal: true });
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_NOT_SUPPORTED') throw error;
    return unreadable('file.problem.unknownEncoding', '1', { encoding });
  }
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (codeOf(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error;
    return unreadable('file.problem.encoding', lineOfBadByte(bytes, encoding), { encoding });
  }
}

/** Lines of encodings that keep ASCII end where ASCII lines end; of the others only the file as a whole can be named. */
function lineOfBadByte(bytes: Buffer, encoding: string): string {
  if (/^utf-?16/i.test(encoding)) return '';
  let line = 1;
  for (let from = 0; from < bytes.length; line++) {
    const end = bytes.indexOf(0x0a, from);
    const until = end < 0 ? bytes.length : end + 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(from, until));
    } catch {
      return String(line);
    }
    from = until;
  }
  return '';
}
