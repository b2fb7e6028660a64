import { inflateRawSync } from 'node:zlib';
import { unreadable } from './file-problem.rules.js';

const MAX_ENTRIES = 2_000;
const MAX_UNPACKED = 120 * 1024 * 1024;

/** What is said of an archive that cannot be read, and how much it may hold. */
interface ArchiveLimits {
  /** Message key. */
  readonly damaged?: string;
  /** In bytes, all parts together. */
  readonly unpacked?: number;
}

export interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/**
 * The parts of a ZIP archive (APPNOTE 4.3), without those features of it that office programs do not use. Nothing is
 * believed of the sizes that it states: each part is unpacked up to a limit and no further. Throws UnreadableFile.
 */
export function unzipped(
  bytes: Buffer,
  { damaged = 'file.problem.xlsx', unpacked = MAX_UNPACKED }: ArchiveLimits = {},
): ZipEntry[] {
  const refuse = (): never => unreadable(damaged);
  let end = bytes.length - 22;
  while (end >= 0 && end > bytes.length - 22 - 65_536 && bytes.readUInt32LE(end) !== END) end--;
  if (end < 0 || bytes.readUInt32LE(end) !== END) return refuse();
  const count = bytes.readUInt16LE(end + 10);
  if (count > MAX_ENTRIES) return unreadable('file.problem.unpacked');
  let room = unpacked;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let nth = 0; nth < count; nth++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== ENTRY) return refuse();
    const [flags, method, packed] = [
      bytes.readUInt16LE(at + 8),
      bytes.readUInt16LE(at + 10),
      bytes.readUInt32LE(at + 20),
    ];
    const [nameLength, extra, comment] = [
      bytes.readUInt16LE(at + 28),
      bytes.readUInt16LE(at + 30),
      bytes.readUInt16LE(at + 32),
    ];
    const local = bytes.readUInt32LE(at + 42);
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    if ((flags & 1) === 1 || local + 30 > bytes.length || bytes.readUInt32LE(local) !== LOCAL) return refuse();
    const from = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
    const content = inflated(bytes.subarray(from, from + packed), method, room, damaged);
    room -= content.length;
    entries.push({ name, content });
    at += 46 + nameLength + extra + comment;
  }
  return entries;
}

function inflated(packed: Buffer, method: number, room: number, damaged: string): Buffer {
  if (method === 0) return packed.length > room ? unreadable('file.problem.unpacked') : packed;
  if (method !== 8) return unreadable(damaged);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, room) });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') return unreadable('file.problem.unpacked');
    return unreadable(damaged);
  }
}
