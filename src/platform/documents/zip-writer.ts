import { crc32, deflateRawSync } from 'node:zlib';
import type { ZipEntry } from './zip-archive.js';

/** A part of an archive whose content is made when its turn comes. */
export interface LaterEntry {
  readonly name: string;
  readonly read: () => Buffer | Promise<Buffer>;
}

/** 1 January 1980, the first day that the format knows: the same parts make the same bytes. */
const DATE = 0x0021;
/** Names are UTF-8 (APPNOTE 4.4.4, bit 11). */
const FLAGS = 0x0800;
const DEFLATED = 8;

/** A ZIP archive of these parts, in this order. The same parts always make the same bytes. */
export function zipped(entries: readonly ZipEntry[]): Buffer {
  const directory = new Directory();
  return Buffer.concat([...entries.map(({ name, content }) => directory.add(name, content)), directory.end()]);
}

/** The same piece by piece: no more than one part is in memory at a time. Names must differ (see `uniqueNames`). */
export async function* zippedPieces(entries: Iterable<LaterEntry>): AsyncGenerator<Buffer> {
  const directory = new Directory();
  for (const { name, read } of entries) yield directory.add(name, await read());
  yield directory.end();
}

class Directory {
  private readonly lines: Buffer[] = [];
  private at = 0;

  /** The part as it stands in the archive. */
  add(name: string, content: Buffer): Buffer {
    const packed = deflateRawSync(content, { level: 9 });
    const path = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(FLAGS, 2);
    common.writeUInt16LE(DEFLATED, 4);
    common.writeUInt16LE(DATE, 8);
    common.writeUInt32LE(crc32(content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(content.length, 18);
    common.writeUInt16LE(path.length, 22);
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common, path, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(this.at, 10);
    this.lines.push(Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), common, rest, path]));
    this.at += local.length;
    return local;
  }

  end(): Buffer {
    const lines = Buffer.concat(this.lines);
    const end = Buffer.alloc(22);
    end.write('PK\u0005\u0006', 0, 'latin1');
    end.writeUInt16LE(this.lines.length, 8);
    end.writeUInt16LE(this.lines.length, 10);
    end.writeUInt32LE(lines.length, 12);
    end.writeUInt32LE(this.at, 16);
    return Buffer.concat([lines, end]);
  }
}
