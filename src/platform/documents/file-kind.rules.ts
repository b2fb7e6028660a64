import { unreadable } from './file-problem.rules.js';

/** Kinds of files that people may send as evidence, with the endings that are theirs. */
const KINDS = {
  pdf: { endings: ['pdf'], type: 'application/pdf' },
  jpeg: { endings: ['jpg', 'jpeg'], type: 'image/jpeg' },
  png: { endings: ['png'], type: 'image/png' },
} as const;
export type FileKind = keyof typeof KINDS;
export const FILE_KINDS = Object.keys(KINDS) as FileKind[];

/**
 * What a file is by its bytes *and* by the ending of its name, which must agree ([F1]); nothing is believed of what the
 * browser says. Throws UnreadableFile: `file.kind.ending`, `file.kind.bytes` when it is not what its name says.
 */
export function fileKindOf(filename: string, bytes: Uint8Array): FileKind {
  const ending = /\.([^.]+)$/.exec(filename)?.[1]?.toLowerCase() ?? '';
  const named = FILE_KINDS.find((kind) => (KINDS[kind].endings as readonly string[]).includes(ending));
  if (!named) return unreadable('file.kind.ending');
  return looksLike(named, bytes) ? named : unreadable('file.kind.bytes');
}

export function mediaTypeOf(kind: FileKind): string {
  return KINDS[kind].type;
}

export function endingOf(kind: FileKind): string {
  return KINDS[kind].endings[0];
}

function looksLike(kind: FileKind, bytes: Uint8Array): boolean {
  switch (kind) {
    case 'pdf':
      // ISO 32000-1, 7.5.2 and 7.5.5: a header, and an end that readers look for in the last kilobyte.
      return starts(bytes, [0x25, 0x50, 0x44, 0x46, 0x2d]) && text(bytes.subarray(-1024)).includes('%%EOF');
    case 'jpeg':
      // Start of image and a first marker; some cameras write more behind the end of image.
      return starts(bytes, [0xff, 0xd8, 0xff]) && bytes.length > 100;
    case 'png':
      // PNG, 5.2 and 11.2.2: the signature, then the image header.
      return starts(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) && text(bytes.subarray(12, 16)) === 'IHDR';
  }
}

function starts(bytes: Uint8Array, with_: readonly number[]): boolean {
  return with_.every((value, at) => bytes[at] === value);
}

function text(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
