import { shownText } from '../../kernel/text.js';

/** What no file system of our readers takes in a name, and what would lead out of a folder ([F3]). */
const FORBIDDEN = /[\\/:*?"<>|\p{Cc}\p{Cf}\p{Noncharacter_Code_Point}\p{Zl}\p{Zp}]+/gu;
/** Names of devices on Windows, with any ending. */
const DEVICES = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;
/** Archives and file systems count bytes; most take 255. */
const LONGEST = 180;

/**
 * A name under which a text can be kept as a file in any folder of any system: no separators, no hidden or device names, at
 * most 180 bytes of UTF-8 with its ending. Letters of every script stay. `fallback` where nothing is left.
 */
export function safeFileName(text: string, ending: string, fallback = 'document'): string {
  const bare = shownText(text, { multiline: false, max: 200 })
    .normalize('NFC')
    .replace(FORBIDDEN, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+|[. ]+$/g, '');
  const name = cut(bare, LONGEST - bytesOf(ending) - 1).replace(/[. ]+$/, '') || fallback;
  return `${DEVICES.test(name) ? `_${name}` : name}.${ending}`;
}

/** The names in their order, each different from those before it also where letter case does not count: `List (2).docx`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const dot = name.lastIndexOf('.');
    const [stem, ending] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
    let unique = name;
    for (let nth = 2; taken.has(folded(unique)); nth++) {
      const tail = ` (${nth})${ending}`;
      unique = `${cut(stem, LONGEST - bytesOf(tail))}${tail}`;
    }
    taken.add(folded(unique));
    return unique;
  });
}

function folded(name: string): string {
  return name.normalize('NFKC').toLocaleLowerCase('und');
}

/** Whole characters, at most so many bytes. */
function cut(text: string, bytes: number): string {
  let size = 0;
  let cutText = '';
  for (const character of text) {
    size += bytesOf(character);
    if (size > bytes) break;
    cutText += character;
  }
  return cutText;
}

function bytesOf(text: string): number {
  let size = 0;
  for (const character of text) {
    const code = character.codePointAt(0)!;
    size += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return size;
}
